"""The ledger's heads as witnesses: which operation's hash begins with the digits that a paper prints, and how far the
chains of two ledgers are one.

An operation's hash holds every one before it, with all that they wrote. Whoever alters a record, a sum's record or an
issued month and rebuilds the chain comes to other hashes from there on; digits that were printed before tell.
Whether the chain holds its records is `check`'s matter: only of a ledger that it finds whole does a digit prove
anything. Reads only.
"""

from __future__ import annotations

import sqlite3

from anjian_cli.ledger.history import UPGRADE
from anjian_cli.light_dataclasses import dataclass

LENGTH = 16
"""Hexadecimal digits of a hash that a paper prints: 64 bits, which nobody hits by altering a ledger until it fits."""
FEWEST = 8
"""Digits that papers printed up to 0.3.0. They can be hit by whoever tries long enough."""


@dataclass(frozen=True, slots=True)
class Head:
    """An operation, as the last one of a ledger: its number, moment of recording (UTC), who did it, its hash."""

    operation: int
    at: str
    actor: str
    hash: str


@dataclass(frozen=True, slots=True)
class Together:
    """How far two chains are one: the last operation that both have, None if none; how many each has after it."""

    last: Head | None
    here: int
    there: int


_HEAD = "SELECT id AS operation, at, actor, hash FROM operation"


def head(connection: sqlite3.Connection) -> Head | None:
    """The last operation, None of a ledger without any. Upgrades at the end are passed over: a ledger of an earlier
    version is read from a copy that was upgraded in memory, and that operation's hash will never be in any file."""
    return _one(connection.execute(f"{_HEAD} WHERE command <> ? ORDER BY id DESC LIMIT 1", (UPGRADE,)))


def digits(connection: sqlite3.Connection) -> str:
    """What a paper prints that is made of the ledger now: `LENGTH` digits of the head, '' where there is none."""
    found = head(connection)
    return found.hash[:LENGTH] if found else ""


def digits_of_closed(connection: sqlite3.Connection, locked: int, month: str) -> str:
    """What a paper prints that is made of a month (YYYY-MM) that is locked and not issued (a row of issued_month): the
    digits of the last operation that wrote it or the clerk's words in it. They hold the bulletin as it is kept."""
    return _of_last(
        connection,
        "(r.root = 'issued_month' AND ?2 BETWEEN r.first_id AND r.last_id) OR (r.root = 'month_text' AND EXISTS ("
        "SELECT 1 FROM month_text t WHERE t.month = ?3 AND t.id BETWEEN r.first_id AND r.last_id))",
        locked,
        month,
    )


def digits_of_issued(connection: sqlite3.Connection, issued: int) -> str:
    """What a paper prints that is made of an issued month (a row of issued_month): the digits of the operation that
    issued it, whether or not it was withdrawn since. The bulletin as it is kept, and the words in it, are behind it."""
    return _of_last(
        connection,
        "r.root = 'issued_month' AND ?2 BETWEEN r.first_id AND r.last_id AND EXISTS ("
        "SELECT 1 FROM change c WHERE c.operation = o.id AND c.table_name = 'issued_month' AND c.before IS NOT NULL"
        " AND ?2 BETWEEN c.first_id AND c.last_id"
        " AND json_extract(c.before, '$[' || (?2 - c.first_id) || '].issued_on') IS NULL)",
        issued,
    )


def _of_last(connection: sqlite3.Connection, touched: str, *values: int | str) -> str:
    """The digits of the last operation that touched certain roots, upgrades left out as in `head`."""
    found = connection.execute(
        "SELECT o.hash FROM operation_root r JOIN operation o ON o.id = r.operation"
        f" WHERE o.command <> ?1 AND ({touched}) ORDER BY o.id DESC LIMIT 1",
        (UPGRADE, *values),
    ).fetchone()
    return str(found[0])[:LENGTH] if found else ""


def find(connection: sqlite3.Connection, digits: str) -> Head | None:
    """The first operation whose hash begins with these digits; None if there never was one. Of several the first is
    what the digits prove at least."""
    return _one(
        connection.execute(f"{_HEAD} WHERE substr(hash, 1, ?) = ? ORDER BY id LIMIT 1", (len(digits), digits.lower()))
    )


def at(connection: sqlite3.Connection, operation: int) -> Head | None:
    """The head that an operation came to; None if there is no such operation."""
    return _one(connection.execute(f"{_HEAD} WHERE id = ?", (operation,)))


def later(connection: sqlite3.Connection, head: Head) -> int:
    """How many operations came after one."""
    (found,) = connection.execute("SELECT count(*) FROM operation WHERE id > ?", (head.operation,)).fetchone()
    return int(found)


def together(connection: sqlite3.Connection, other: sqlite3.Connection) -> Together:
    """How far the chains of two ledgers are one."""
    ours, theirs = (
        [tuple(row) for row in each.execute("SELECT id, hash FROM operation ORDER BY id")]
        for each in (connection, other)
    )
    alike = next((at for at, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), None)
    if alike is None:
        alike = min(len(ours), len(theirs))
    last = _one(connection.execute(f"{_HEAD} WHERE id = ?", (ours[alike - 1][0],))) if alike else None
    return Together(last, here=len(ours) - alike, there=len(theirs) - alike)


def are_one(one: str, other: str) -> bool:
    """Whether two ledgers may be the same, by their numbers: two that have one must have the same."""
    return one == other or not (one and other)


def ledger_id(connection: sqlite3.Connection) -> str:
    """The number that a ledger was given when it was made, and keeps; '' in version 1, which has none."""
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'ledger'").fetchone() is None:
        return ""
    (found,) = connection.execute("SELECT ledger_id FROM ledger").fetchone()
    return str(found)


def _one(found: sqlite3.Cursor) -> Head | None:
    row = found.fetchone()
    return Head(*row) if row else None
