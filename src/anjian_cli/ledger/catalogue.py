"""The indicators that are counted, as the ledger's catalogue lists them: by category, with unit and what they are
measured against, and from which records each is counted."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class Entry(NamedTuple):
    """An indicator. `unit` is 分 for money; `against` is 'target', another indicator's short word or ''; `source` the
    table of the records that it counts."""

    id: str
    short: str
    title: str
    unit: str
    category: str
    category_title: str
    ranked: bool
    against: str
    source: str


def indicators(connection: sqlite3.Connection) -> list[Entry]:
    """All indicators in the order in which they are printed."""
    found = connection.execute(
        "SELECT i.id, i.short, i.title, i.unit, i.category, c.title AS category_title, i.ranked,"
        " COALESCE(a.short, i.against, '') AS against, COALESCE(f.record, i.counts) AS source"
        " FROM indicator i JOIN category c ON c.id = i.category LEFT JOIN indicator a ON a.id = i.against"
        " LEFT JOIN measure m ON m.id = COALESCE(i.measure, (SELECT measure FROM indicator WHERE id = i.counts))"
        " LEFT JOIN fact f ON f.id = m.fact ORDER BY i.position"
    )
    return [Entry(**{**dict(row), "ranked": bool(row["ranked"])}) for row in found]
