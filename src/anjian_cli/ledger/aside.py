"""A long operation is written aside: into a copy of the ledger, which takes its name once it is whole.

In the ledger itself it would outgrow the memory that SQLite has for changes, and from then on no reader would be let
in until it is over: half a minute for half a million rows. Aside, readers go on reading the ledger as it was, and only
who wants to write waits.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from anjian_cli.errors import refused
from anjian_cli.ledger import placing
from anjian_cli.ledger.open import reading, writing

ROOM = 2.5
"""The copy grows while it is written: so many times the ledger's size is taken to be needed."""


class Copy:
    """A copy of the ledger, to be written by one operation. Made by `beside`."""

    def __init__(self, ledger: sqlite3.Connection, path: Path, file: Path, stamp: placing.Stamp) -> None:
        self._ledger, self._path, self._file, self._stamp = ledger, path, file, stamp
        self.connection = writing(file)
        self.connection.execute("PRAGMA synchronous = OFF")  # it counts once it is whole: so it goes to the disk once

    def take_the_name(self) -> None:
        """Make the copy the ledger. Refused E632 where another program holds the ledger open and the system does not
        let its name go, or somebody wrote it; the ledger is then as it was."""
        self.connection.close()
        try:
            placing.settle(self._file)
            if not placing.let_go(self._ledger, self._path, self._stamp):
                raise refused("E632", path=self._path, why="另一个程序刚刚写过它")
            placing.take_name(self._file, self._path)
        except PermissionError as error:
            raise refused("E632", path=self._path, why="另一个程序正打开着它") from error


@contextmanager
def beside(ledger: sqlite3.Connection, path: Path) -> Iterator[Copy | None]:
    """A copy of the ledger at `path`, which `ledger` holds against other writers. None where there cannot be one: no
    room for it, or another program put the ledger into a mode in which its file is not all of it."""
    path = path.resolve()
    (mode,) = ledger.execute("PRAGMA journal_mode").fetchone()
    size = path.stat().st_size
    if mode != "delete" or shutil.disk_usage(path.parent).free < size * ROOM:
        yield None
        return
    file = path.with_name(path.name + ".importing")
    file.unlink(missing_ok=True)  # of an operation that was killed: nobody else is here
    try:
        stamp = placing.stamp(path)
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        # By another connection: one that holds the ledger for writing cannot be copied from.
        with closing(reading(path)) as source, closing(sqlite3.connect(file)) as blank:
            source.backup(blank)
        _as_open_as(path, file)
        copy = Copy(ledger, path, file, stamp)
        with closing(copy.connection):
            yield copy
    finally:
        for each in (file, file.with_name(file.name + "-journal")):
            with suppress(OSError):  # what the operation has come to is not told by this; the next one takes it away
                each.unlink(missing_ok=True)


def _as_open_as(path: Path, file: Path) -> None:
    """Give the copy the rights that the ledger was given."""
    shutil.copymode(path, file)
    told = path.stat()
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(file, told.st_uid, told.st_gid)
