"""The indicators that are counted, as the ledger's catalogue lists them: by category, with unit and what they are
measured against, and from which records each is counted."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class Entry(NamedTuple):
    """An indicator. `unit` is 分 for money; `against` is 'target', 'required', 'last_year', another indicator's short
    word or ''; `source` the table of the records that it counts, '' of one that somebody marks."""

    id: str
    short: str
    title: str
    unit: str
    category: str
    category_title: str
    ranked: bool
    against: str
    source: str


def indicators(connection: sqlite3.Connection, day: str) -> list[Entry]:
    """The indicators that the scheme in force on a day asks for, in the order in which they are printed."""
    found = connection.execute(
        "SELECT i.id, i.short, i.title, i.unit, i.category, c.title AS category_title, i.ranked,"
        " COALESCE(a.short, i.against, '') AS against, COALESCE(f.record, i.counts, '') AS source"
        " FROM dated_indicator i JOIN dated_category c ON c.id = i.category AND c.scheme_id = i.scheme_id"
        " LEFT JOIN dated_indicator a ON a.id = i.against AND a.scheme_id = i.scheme_id"
        " LEFT JOIN dated_indicator n ON n.id = i.counts AND n.scheme_id = i.scheme_id"
        " LEFT JOIN fact f ON f.id = COALESCE(i.fact, n.fact)"
        " WHERE i.from_on <= ?1 AND ?1 < i.until_on ORDER BY i.position",
        (day,),
    )
    return [Entry(**{**dict(row), "ranked": bool(row["ranked"])}) for row in found]


_CALLED = {
    "indicator": "SELECT short FROM indicator WHERE id = ?",
    "category": "SELECT title FROM category WHERE id = ?",
    "town": "SELECT name FROM town WHERE code = ?",
    "department": "SELECT name FROM department WHERE number = ?",
}


def called(connection: sqlite3.Connection, what: str, code: str) -> str:
    """What a person calls an indicator, a category or a town; its code where it has no name."""
    found = connection.execute(_CALLED[what], (code,)).fetchone()
    return code if found is None else str(found[0])
