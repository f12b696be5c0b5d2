"""报出包: which packages this ledger has made of a month for the unit above, and the number of the next."""

from __future__ import annotations

import sqlite3

from anjian_cli.ledger.gate import Gate
from anjian_cli.light_typing import NamedTuple


class Sent(NamedTuple):
    """A package that was made: the how-manieth of its month, the SHA-256 of what it carries and of its manifest."""

    serial: int
    content: str
    manifest: str


def last(connection: sqlite3.Connection, month: str) -> Sent | None:
    """The last one of a month (YYYY-MM); None if there is none."""
    found = connection.execute(
        "SELECT serial, content, manifest FROM sent_package WHERE month = ? ORDER BY serial DESC LIMIT 1", (month,)
    ).fetchone()
    return None if found is None else Sent(*found)


def latest_month(connection: sqlite3.Connection) -> str:
    """The latest month (YYYY-MM) of which one was made; '' if none ever was."""
    (found,) = connection.execute("SELECT COALESCE(max(month), '') FROM sent_package").fetchone()
    return str(found)


def note(
    gate: Gate, *, month: str, serial: int, content: str, manifest: str, operation: int, issued: bool, key: str
) -> None:
    """Keep that one was made."""
    gate.insert(
        "sent_package",
        month=month,
        serial=serial,
        content=content,
        manifest=manifest,
        operation=operation,
        issued=int(issued),
        key=key,
    )
