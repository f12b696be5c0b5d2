"""A ledger copied as it was at one moment, beside whoever writes it, and examined where it lies.

Nothing is written into the ledger. The copy is one file, whatever SQLite keeps beside the ledger.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from anjian_cli import under_way
from anjian_cli.errors import Fault, refused
from anjian_cli.ledger import check, placing
from anjian_cli.ledger.open import WAIT_SECONDS, reading

PAGES = 500
"""Pages (of 4 KB) that are copied in one step: so long a writer waits at most."""

PAUSE = 0.001
"""Seconds between two steps, in which a writer gets his turn; and until the next look whether a writer is done. SQLite
itself comes to look only every tenth of a second, and hardly ever finds a gap if somebody writes without a pause."""

RESTARTS = 1
"""So often a writer may make SQLite begin the copy anew, before it is made in one go. Who writes without a pause does
so at every step."""


DAMAGE = (sqlite3.DatabaseError, ArithmeticError, LookupError, TypeError, ValueError)
"""What reading a ledger may raise in which anything may be damaged: text that is none, JSON cut off, NULL."""


class _OvertakenError(Exception):
    """A writer commits between the steps again and again."""


class _Steps:
    """What SQLite tells after each step of a copy: between two, a writer may commit, and then it begins anew."""

    def __init__(self, work: under_way.Work) -> None:
        self._copied = self._restarts = self._waits = 0
        self._work = work

    def __call__(self, status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            self._waits += 1
            if self._waits * PAUSE > WAIT_SECONDS:
                raise refused("E621")
            return
        self._waits = 0
        copied = total - remaining
        self._work.done, self._work.total = copied, total
        self._restarts += copied <= self._copied
        self._copied = copied
        if remaining and self._restarts > RESTARTS:
            raise _OvertakenError
        if remaining:
            time.sleep(PAUSE)


def copied(ledger: Path, target: Path) -> None:
    """Copy a ledger of any version onto `target`, an empty file, and have it on the disk.

    It is copied in steps, between which others may write. Where they do it again and again, it is read in one go into
    memory, so that nobody waits for the target's disk: a stick may take longer than a writer waits.

    Raises `Refused` as `ledger.open.reading` for the ledger, E621; OSError and sqlite3.Error for the target.
    """
    with under_way.work("复制台账", unit="页") as work:
        with closing(reading(ledger, older=True)) as source, closing(_unsettled(target)) as copy:
            source.execute("PRAGMA busy_timeout = 0")  # the steps wait by themselves
            try:
                source.backup(copy, pages=PAGES, progress=_Steps(work), sleep=PAUSE)
            except _OvertakenError:
                with closing(sqlite3.connect(":memory:")) as memory:
                    source.backup(memory, progress=_Steps(work), sleep=PAUSE)
                    memory.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        placing.settle(target)


def faults(copy: Path) -> list[Fault]:
    """Everything that is wrong with a copy, read back from where it lies; empty when it is whole. Raises `Refused` as
    `ledger.open.reading`."""
    with closing(reading(copy, older=True, as_found=True)) as connection:
        try:
            return check.check(connection)
        except DAMAGE as error:
            return [Fault("E701", {"why": error})]


def _unsettled(target: Path) -> sqlite3.Connection:
    """A new file that goes to the disk once, when it is whole."""
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = MEMORY")
    return connection
