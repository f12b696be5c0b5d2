"""What the figures of a day mean, as one hash: by it a month that was locked tells whether it is counted as it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from anjian_cli.ledger import schemes
from anjian_cli.ledger.fingerprint import sha256
from anjian_cli.ledger.schemes import Scheme

_ASKED = "id, category, short, title, unit, kind, ranked, against, counts, measure, position, carried, apart, direction"
FACTS = 1
"""The version of what the items of the facts mean; one up where a view gives others than before."""

ALIKE = frozenset({"1476ad873ee17d5501e711c0b7be4863b869ced0bcd4c42ac7c23ac6e4a18155"})
"""What months were locked under that meant the same by every figure: the hash of versions 3 and 4 of the schema."""


def definition_hash(connection: sqlite3.Connection, day: str) -> str:
    """SHA-256 of what the figures of a day mean: the facts as they are of this version, what the scheme in force asks
    of them, its categories. Not of how the items are selected: that may be written otherwise and give the same."""
    rows = [
        list(row)
        for table, columns in (("dated_indicator", _ASKED), ("dated_category", "id, title, position, scored, weight"))
        for row in connection.execute(
            f"SELECT {columns} FROM {table} WHERE from_on <= ?1 AND ?1 < until_on ORDER BY position, id", (day,)
        )
    ]
    scheme = schemes.on(connection, day)
    return sha256(json.dumps([FACTS, rows, *_points_asked(connection, scheme)], ensure_ascii=False))


def _points_asked(connection: sqlite3.Connection, scheme: Scheme) -> Iterator[object]:
    """What a scheme says of points and of what is counted beside a measure; nothing of one that says nothing."""
    if scheme.id == schemes.SHIPPED:
        return
    told = [scheme.total, scheme.assessed, scheme.missing, scheme.grades]
    if any(told):
        yield told
    for table, columns in (
        ("scheme_category", "code, full_marks, bonus_cap, deduction_cap, conversion, missing"),
        ("scheme_group", "code, category, full_marks"),
        ("scheme_indicator", "code, group_code, form, full_marks, scoring, missing, units"),
        ("scheme_part", "indicator, position, measure, sign, word"),
    ):
        for row in connection.execute(f"SELECT {columns} FROM {table} WHERE scheme_id = ? ORDER BY id", (scheme.id,)):
            if any(value is not None for value in tuple(row)[1:]):
                yield [table, *row]


def means_the_same(connection: sqlite3.Connection, hashed: str, day: str) -> bool:
    """Whether what a month was locked under (`definition_hash` of its day) means the same by every figure as now."""
    return (hashed in ALIKE and schemes.on(connection, day).id == schemes.SHIPPED) or hashed == definition_hash(
        connection, day
    )


def fact_digests(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """What each fact means here, as a digest: two ledgers count the same under a measure where that of its fact is one.
    What a setting changes in it is part of it: in time is what came within so many days."""
    (grace,) = connection.execute(
        "SELECT COALESCE(group_concat(from_on || '=' || value, ';'), '') FROM (SELECT from_on, value FROM setting"
        " WHERE name = 'filing.grace' AND voided_on IS NULL AND value <> '0' ORDER BY from_on)"
    ).fetchone()
    for row in connection.execute("SELECT id, counted, of_year, part_of FROM fact ORDER BY id"):
        told = [FACTS, *row, grace if row[0].startswith("report.") else ""]
        yield row[0], sha256(repr(told))[:16]
