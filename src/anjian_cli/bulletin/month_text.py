"""The clerk's own words in a month's letter, as they are kept. Written by workflow/month_text.py."""

from __future__ import annotations

import sqlite3

from anjian_cli.bulletin.value import OwnText


def texts(connection: sqlite3.Connection, month: str) -> tuple[OwnText, ...]:
    """What is kept of a month (YYYY-MM), by section."""
    found = connection.execute(
        "SELECT section, text FROM month_text WHERE month = ? AND text <> '' ORDER BY section", (month,)
    )
    return tuple(OwnText(**row) for row in found)
