"""隐患统计 as JSON, which tells more than its table: what is of each level, and what opening figures add."""

from __future__ import annotations

import json

from anjian_cli.bulletin.exact import Json, encode
from anjian_cli.bulletin.hazard_summary import LEVELS, Row, Summary


def structured(of: Summary) -> str:
    """Everything by name; fractions as "a/b", what is of a level by its name."""
    made = encode(of)
    assert isinstance(made, dict)
    made["rows"] = [_row(row) for row in of.rows]
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _row(row: Row) -> Json:
    made = encode(row)
    assert isinstance(made, dict)
    counts = (row.found, row.closed, row.standing, row.overdue)
    for name, count in zip(("found", "closed", "standing", "overdue"), counts, strict=True):
        levels = dict(zip(LEVELS, count.levels, strict=True))
        made[name] = {"total": count.total, "levels": {**levels}, "opening": count.opening}
    return made
