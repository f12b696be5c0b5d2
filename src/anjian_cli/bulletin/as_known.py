"""The ledger as it was known at the end of a day: what was entered, changed or taken back since is taken out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from anjian_cli.errors import refused
from anjian_cli.ledger import history, inverse, write

END_OF_DAY = "T16:00:00Z"
"""Midnight in Beijing, whose time all of China keeps, in UTC."""


@contextmanager
def as_known_on(connection: sqlite3.Connection, day: str) -> Iterator[sqlite3.Connection]:
    """A copy of the ledger as it was at the end of a day (YYYY-MM-DD). Raises `Refused` E450 for a day before the
    first operation."""
    last = history.last_before(connection, day + END_OF_DAY)
    if not last:
        (first,) = connection.execute("SELECT substr(min(at), 1, 10) FROM operation").fetchone()
        raise refused("E450", day=day, first=first or "今天以后")
    with closing(inverse.as_of(connection, last)) as copy:
        write.forget_after(copy, last)
        yield copy
