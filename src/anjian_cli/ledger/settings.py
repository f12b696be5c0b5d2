"""Settings in force on a day. Which there are, and what they may hold, says records/setting.py."""

from __future__ import annotations

import sqlite3


def all_in_force(connection: sqlite3.Connection, day: str) -> dict[str, str]:
    """Name to value of every setting in force on `day`."""
    found = connection.execute(
        "SELECT name, value FROM setting WHERE voided_on IS NULL AND from_on <= ? AND ? < until_on",
        (day, day),
    )
    return dict(found)


def is_demonstration(connection: sqlite3.Connection) -> bool:
    """Whether the ledger holds made-up data (演示数据). It does for good: whatever day is asked for."""
    found = connection.execute(
        "SELECT 1 FROM setting WHERE name = 'demonstration' AND value = '1' AND voided_on IS NULL"
    ).fetchone()
    return found is not None


def value(connection: sqlite3.Connection, name: str, day: str) -> str | None:
    """One setting in force on `day`, None if it is not set."""
    found = connection.execute(
        "SELECT value FROM setting WHERE name = ? AND voided_on IS NULL AND from_on <= ? AND ? < until_on",
        (name, day, day),
    ).fetchone()
    return None if found is None else str(found[0])


def region_name(connection: sqlite3.Connection) -> str:
    """What the region is called by the newest setting, also on days before it was written down; '' if by none."""
    found = connection.execute(
        "SELECT value FROM setting WHERE name = 'region_name' AND voided_on IS NULL ORDER BY from_on DESC LIMIT 1"
    ).fetchone()
    return "" if found is None else str(found[0])


def demonstration_day(connection: sqlite3.Connection) -> str | None:
    """The day (YYYY-MM-DD) that a demonstration takes as today; None in a real ledger, whatever is set there."""
    if not is_demonstration(connection):
        return None
    found = connection.execute(
        "SELECT value FROM setting WHERE name = 'demonstration_day' AND voided_on IS NULL"
    ).fetchone()
    return None if found is None else str(found[0])
