"""Create a ledger file, whole or not at all, readable by its owner only."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database, Migrations

from anjian_cli import interruption
from anjian_cli.errors import refused
from anjian_cli.ledger import making, placing, row_check, row_totals, schema
from anjian_cli.ledger.open import prepare
from anjian_cli.records import definition
from anjian_cli.rules import system_errors

migrations = Migrations("anjian")


# Not transactional: the script opens and closes its own statements; the file is thrown away if it fails.
@migrations(name="0001_ledger", transactional=False)
def _ledger(database: Database) -> None:
    database.executescript(schema.text())


def create(path: Path, write_into: Callable[[sqlite3.Connection], None] | None = None, *, draw_id: bool = True) -> None:
    """A ledger at `path`: empty, or with what `write_into` writes into it before anyone sees it. `draw_id` as in
    `fill`.

    Raises `Refused` E616 if something is there, E617 if it cannot be written, E631 if the disk is full.
    """
    if path.exists():
        raise refused("E616", path=path)
    partial = path.with_name(path.name + ".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if partial.exists() and _left_behind(partial):
            _remove(partial)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError as error:
        raise refused("E617", path=path, why=f"另一个建账正在写 {partial.name}") from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise refused("E631", str(path)) from error
        raise refused("E617", path=path, why=system_errors.writing(error, path.parent)) from error
    try:
        with closing(sqlite3.connect(partial, isolation_level=None)) as connection:
            _hold(connection)
            fill(connection, draw_id=draw_id)
            if write_into is not None:
                prepare(connection)
                connection.execute("PRAGMA synchronous = OFF")
                write_into(connection)
        placing.settle(partial)
        _name(partial, path)
    except FileExistsError as error:
        raise refused("E616", path=path) from error
    finally:
        _remove(partial)


@contextmanager
def in_the_making(path: Path) -> Iterator[Path]:
    """Where a ledger that takes several operations to make is made: in a folder of its own beside `path`, whose name it
    takes once the block has ended well. One that is left before, or killed, leaves none.

    Raises `Refused` as `create`.
    """
    if path.exists():
        raise refused("E616", path=path)
    with ExitStack() as stack:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            placing.clear_workplaces(path.parent)
            folder = stack.enter_context(placing.workplace(path.parent))
        except OSError as error:
            raise refused("E617", path=path, why=error.strerror or error) from error
        made = folder / path.name
        yield made
        placing.settle(made)
        try:
            _name(made, path)
        except FileExistsError as error:
            raise refused("E616", path=path) from error


def _hold(connection: sqlite3.Connection) -> None:
    """Keep a file in the making to this process, by which another sees that it is not left behind."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    # It counts once it is whole: so it goes to the disk once, not with every statement.
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")


def _left_behind(partial: Path) -> bool:
    """Whether the process that was making a file is gone."""
    try:
        with closing(sqlite3.connect(partial, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:  # killed at its first page
        return True
    return True


def _remove(partial: Path) -> None:
    for each in (partial, partial.with_name(partial.name + "-journal")):
        with suppress(OSError):  # whether the ledger was made is not told by this; the next one takes it away
            each.unlink(missing_ok=True)


def _name(partial: Path, path: Path) -> None:
    """Give what was made its name, and have that on the disk. Raises FileExistsError where somebody has it."""
    with interruption.held():
        try:
            os.link(partial, path)
        except FileExistsError:
            raise
        except OSError:  # a stick has no second names
            if path.exists():
                raise FileExistsError(path) from None
            partial.rename(path)
        interruption.made(path, "已建好台账")
    placing.settle_folder(path)


def fill(connection: sqlite3.Connection, *, draw_id: bool = True) -> None:
    """Make an empty database (in a file or in memory) a ledger of the newest version; `draw_id`: one of its own, not a
    copy of another."""
    connection.isolation_level = None
    migrations.apply(Database(connection, use_counts_table=False))
    if draw_id:
        making.draw_id(connection)
    making.fill_titles(
        connection,
        [
            (record.name, name, column.title)
            for record in definition.all_records()
            for name, column in record.columns.items()
        ],
    )
    row_check.install(connection)
    row_totals.rebuild(connection)
    connection.row_factory = sqlite3.Row
