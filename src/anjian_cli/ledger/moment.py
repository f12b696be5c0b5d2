"""Reading a ledger at one moment: whatever a command reads belongs together, whoever writes meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from anjian_cli.ledger.open import Location, reading


@contextmanager
def at_one_moment(path: Location, *, older: bool = False, as_found: bool = False) -> Iterator[sqlite3.Connection]:
    """A read-only connection in one read transaction, which ends with the block. As `ledger.open.reading`.

    Until then nobody can commit: who writes waits (up to `ledger.open.WAIT_SECONDS`). So the block only reads; what is
    made of it, and written or shown, is made behind it.
    """
    with closing(reading(path, older=older, as_found=as_found, held=True)) as connection:
        yield connection
