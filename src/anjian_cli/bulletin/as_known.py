"""The ledger as it was known at the end of a day: what was entered, changed or taken back since is taken out."""

from __future__ import annotations

import sqlite3

from anjian_cli.errors import refused
from anjian_cli.ledger import history, inverse, rewind


def go_back(taken: sqlite3.Connection, day: str) -> None:
    """Take a copy of the ledger (`inverse.copy`) back to what was known at the end of a day (YYYY-MM-DD). Raises
    `Refused` E450 for a day before the first operation."""
    last = history.last_before(taken, day + history.END_OF_DAY)
    if not last:
        first = taken.execute("SELECT date(at, '+8 hours') FROM operation ORDER BY id LIMIT 1").fetchone()
        raise refused("E450", day=day, first=first[0] if first else "今天以后")
    inverse.go_back(taken, last)
    rewind.forget_after(taken, last)
