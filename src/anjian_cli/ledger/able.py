"""What this computer's SQLite can do of what a ledger needs."""

from __future__ import annotations

import sqlite3
from contextlib import closing

OLDEST = (3, 37)
"""The first version that has all of it."""
_NEEDED = {
    "STRICT表": "CREATE TABLE a (b INTEGER) STRICT",
    "JSON": "SELECT json_group_array(value) FROM json_each('[1]')",
    "窗口函数": "SELECT row_number() OVER (ORDER BY 1)",
}


def lacking() -> list[str]:
    """What it lacks, in Chinese; tried in memory, so that nothing is touched."""
    found = []
    with closing(sqlite3.connect(":memory:")) as connection:
        for name, statement in _NEEDED.items():
            try:
                connection.execute(statement)
            except sqlite3.Error:
                found.append(name)
    return found
