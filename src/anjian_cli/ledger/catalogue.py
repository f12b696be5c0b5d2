"""The indicators that are counted, as the ledger's catalogue lists them: by category, with unit and what they are
measured against, and from which records each is counted."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

_COUNTED_FROM = {
    "training": "training",
    "standard": "standardization",
    "village": "responsible_village",
    "village.guided": "guidance",
    "special": "programme",
    "trusteeship": "trusteeship",
    "trusteeship.visits_made": "visit",
    "health": "health_test",
    "health.exposed": "exposure",
    "health.severe": "exposure",
    "hazard": "hazard",
    "hazard.inspected": "inspection",
    "case": "enforcement_case",
    "accident": "accident",
    "equipment": "device",
    "report": "filing",
}
"""The record type (by its table) whose rows an indicator counts; by the beginning of its id."""


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
        " COALESCE(a.short, i.against, '') AS against"
        " FROM indicator i JOIN category c ON c.id = i.category LEFT JOIN indicator a ON a.id = i.against"
        " ORDER BY i.position"
    )
    return [Entry(**{**dict(row), "ranked": bool(row["ranked"]), "source": _source(row["id"])}) for row in found]


def _source(indicator: str) -> str:
    best = max((begin for begin in _COUNTED_FROM if f"{indicator}.".startswith(f"{begin}.")), key=len)
    return _COUNTED_FROM[best]
