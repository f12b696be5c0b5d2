"""Create a ledger file, whole or not at all, readable by its owner only."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations

from anjian_cli.errors import refused
from anjian_cli.ledger import making, schema
from anjian_cli.ledger.open import prepare
from anjian_cli.records import definition

migrations = Migrations("anjian")


# Not transactional: the script opens and closes its own statements; the file is thrown away if it fails.
@migrations(name="0001_ledger", transactional=False)
def _ledger(database: Database) -> None:
    database.executescript(schema.text())


def create(path: Path, write_into: Callable[[sqlite3.Connection], None] | None = None) -> None:
    """A ledger at `path`: empty, or with what `write_into` writes into it before anyone sees it.

    Raises `Refused` E616 if something is there, E617 if it cannot be written.
    """
    if path.exists():
        raise refused("E616", path=path)
    partial = path.with_name(path.name + ".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError as error:
        raise refused("E617", path=path, why=f"{partial.name} 还在，可能有另一个建账正在进行") from error
    except OSError as error:
        raise refused("E617", path=path, why=error.strerror or error) from error
    try:
        with closing(sqlite3.connect(partial, isolation_level=None)) as connection:
            # It counts once it is whole: so it goes to the disk once, not with every statement.
            connection.execute("PRAGMA synchronous = OFF")
            fill(connection)
            if write_into is not None:
                prepare(connection)
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute("PRAGMA journal_mode = MEMORY")
                write_into(connection)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        os.link(partial, path)
    except FileExistsError as error:
        raise refused("E616", path=path) from error
    finally:
        partial.unlink()


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
    connection.row_factory = sqlite3.Row
