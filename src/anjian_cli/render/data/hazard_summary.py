"""隐患统计 for programs, as CSV and as JSON. Takes a Summary and nothing else."""

from __future__ import annotations

import json

from anjian_cli.bulletin import wording
from anjian_cli.bulletin.exact import Json, encode
from anjian_cli.bulletin.hazard_summary import LEVEL, LEVELS, Count, Row, Summary
from anjian_cli.render.data import records

TITLES = ("发现", "销号", "未销号", "逾期")
DAYS = ("销号平均天数", "未销号平均天数")
SEE = "看记录"


def columns(of: Summary) -> tuple[str, ...]:
    """The titles, in the order of `cells`; a row that is of one level is not split by level."""
    levels = () if of.per == LEVEL else LEVELS
    figures = (f"{title}{part}" for title in TITLES for part in ("", *levels))
    return (of.per, *figures, *DAYS, SEE)


def cells(of: Summary, row: Row) -> list[str]:
    """A row as text; — for what is not known, and for the days of none."""
    levels = of.per != LEVEL
    figures = [text for count in counts(row) for text in _amounts(count, levels=levels)]
    days = [wording.decimal(mean, 1) for mean in (row.days_closed, row.days_standing)]
    return [row.name, *figures, *days, f"anjian {row.see}" if row.see else ""]


def counts(row: Row) -> tuple[Count, ...]:
    """The figures, in the order of TITLES."""
    return row.found, row.closed, row.standing, row.overdue


def delimited(of: Summary) -> str:
    """A row for each, the total last; empty where a figure is not known."""
    rows = [["" if cell == wording.NOTHING else cell for cell in cells(of, row)] for row in of.rows]
    return records.delimited(columns(of), rows)


def structured(of: Summary) -> str:
    """Everything by name; fractions as "a/b", what is of a level by its name."""
    made = encode(of)
    assert isinstance(made, dict)
    made["rows"] = [_row(row) for row in of.rows]
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _row(row: Row) -> Json:
    made = encode(row)
    assert isinstance(made, dict)
    for name, count in zip(("found", "closed", "standing", "overdue"), counts(row), strict=True):
        levels = dict(zip(LEVELS, count.levels, strict=True))
        made[name] = {"total": count.total, "levels": {**levels}, "opening": count.opening}
    return made


def _amounts(count: Count, *, levels: bool) -> list[str]:
    total = wording.NOTHING if count.total is None else str(count.total)
    return [total, *(map(str, count.levels) if levels else ())]
