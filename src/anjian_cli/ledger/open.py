"""Open a ledger file. Nothing else in the program opens one.

Reports open it read-only and never write. A path that holds no ledger creates nothing.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from anjian_cli.errors import Refused, refused
from anjian_cli.ledger import schema

WAIT_SECONDS = 30


def reading(path: Path) -> sqlite3.Connection:
    """A read-only connection with rows by name. Raises `Refused` E611, E613-E615, E617, E618, E621."""
    connection = _connect(path, "ro")
    try:
        _inspect(connection, path)
    except sqlite3.OperationalError as error:
        # A writer was killed: its journal must be played back once, which a read-only connection may not do.
        connection.close()
        if _busy(error) or not Path(f"{path}-journal").exists():
            raise _unread(error, path) from error
        writing(path).close()
        connection = _connect(path, "ro")
        _inspect(connection, path)
    connection.execute("PRAGMA query_only = ON")
    _hold_pages(connection)
    return connection


def writing(path: Path) -> sqlite3.Connection:
    """A connection that may write, for the gate alone. Raises as `reading` does."""
    connection = _connect(path, "rw")
    try:
        _inspect(connection, path)
    except sqlite3.OperationalError as error:
        connection.close()
        raise _unread(error, path) from error
    prepare(connection)
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """The settings every writing connection has."""
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA trusted_schema = OFF")
    _hold_pages(connection)


def _hold_pages(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA cache_size = -32768")  # KiB; the default of 2 MB reads a large ledger's pages again


def _busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def _unread(error: sqlite3.OperationalError, path: Path) -> Refused:
    if _busy(error):
        return refused("E621", seconds=WAIT_SECONDS)
    return refused("E615", path=path, why=error)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    if sqlite3.sqlite_version_info < (3, 37):
        raise refused("E618", version=sqlite3.sqlite_version)
    if not path.exists():
        raise refused("E611", path=path)
    try:
        uri = f"file:{quote(str(path.resolve()).replace(os.sep, '/'))}?mode={mode}"
        connection = sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise refused("E617", path=path, why=error) from error
    connection.row_factory = sqlite3.Row
    return connection


def _inspect(connection: sqlite3.Connection, path: Path) -> None:
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        connection.close()
        raise refused("E613", path=path) from error
    if application != schema.APPLICATION_ID:
        connection.close()
        raise refused("E613", path=path)
    if version > schema.VERSION:
        connection.close()
        raise refused("E614", path=path, version=version)
    connection.execute("PRAGMA trusted_schema = OFF")
