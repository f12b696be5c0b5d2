"""Open a ledger file. Nothing else in the program opens one.

Reports open it read-only and never write. A path that holds no ledger creates nothing. Nothing that is found in the
file is trusted: only the tables, views, indexes and triggers of its version may be in it, for a foreign trigger would
write along with us and a foreign view would count for us.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from urllib.parse import quote

from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger import schema, versions

WAIT_SECONDS = 30
HOW = {"foreign": "不是本程序的", "altered": "与本程序的不同", "missing": "不见了"}


def reading(path: Path, *, older: bool = False, as_found: bool = False) -> sqlite3.Connection:
    """A read-only connection with rows by name. `older`: a ledger of an earlier version is opened as it is.
    `as_found`: so is one that holds what is not ours; only what examines or copies it may ask for that.

    Raises `Refused` E611, E613-E615, E617, E618, E621, E703 with every object that is not ours, E626.
    """
    connection = _connect(path, "ro")
    try:
        _inspect(connection, path, older, as_found)
    except sqlite3.OperationalError as error:
        # A writer was killed: its journal must be played back once, which a read-only connection may not do.
        connection.close()
        if _busy(error) or not Path(f"{path}-journal").exists():
            raise _unread(error, path) from error
        writing(path, older=older, as_found=as_found).close()
        connection = _connect(path, "ro")
        _inspect(connection, path, older, as_found)
    connection.execute("PRAGMA query_only = ON")
    _hold_pages(connection)
    return connection


def writing(path: Path, *, older: bool = False, as_found: bool = False) -> sqlite3.Connection:
    """A connection that may write, for the gate and the upgrade alone. Raises as `reading` does."""
    connection = _connect(path, "rw")
    try:
        _inspect(connection, path, older, as_found)
    except sqlite3.OperationalError as error:
        connection.close()
        raise _unread(error, path) from error
    prepare(connection)
    return connection


def version(connection: sqlite3.Connection) -> int:
    """The version of the schema that a ledger has."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)


def is_older(path: Path) -> bool:
    """Whether the file says of itself that it is a ledger of an earlier version, told from its first bytes: what every
    writing command asks must cost nothing."""
    if not path.is_file():
        return False  # it is told when it is opened
    try:
        with path.open("rb", buffering=0) as file:
            head = file.read(72)
    except OSError:  # it is told when it is opened
        return False
    told = [int.from_bytes(head[at : at + 4], "big") for at in (68, 60)]  # application_id and user_version
    return told[0] == schema.APPLICATION_ID and told[1] < schema.VERSION


def uri(path: Path, mode: str) -> str:
    """The file as SQLite's URI: ro, rw."""
    return f"file:{quote(str(path.resolve()).replace(os.sep, '/'))}?mode={mode}"


def prepare(connection: sqlite3.Connection) -> None:
    """The settings every writing connection has."""
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = EXTRA")
    _defend(connection)
    _hold_pages(connection)


def _defend(connection: sqlite3.Connection) -> None:
    """What SQLite offers against a file that was made to harm: nothing in it calls what it should not, and what a page
    says of its cells is held against the page."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)


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
    if not path.is_file():  # a pipe would be waited for
        raise refused("E617", path=path, why="它是文件夹" if path.is_dir() else "它不是普通文件（是管道、设备之类）")
    try:
        connection = sqlite3.connect(uri(path, mode), uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise refused("E617", path=path, why=error) from error
    connection.row_factory = sqlite3.Row
    return connection


def _inspect(connection: sqlite3.Connection, path: Path, older: bool, as_found: bool) -> None:
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        found = version(connection)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        connection.close()
        raise refused("E613", path=path) from error
    if application != schema.APPLICATION_ID:
        connection.close()
        raise refused("E613", path=path)
    if found > schema.VERSION:
        connection.close()
        raise refused("E614", path=path, version=found)
    if found not in versions.DIGESTS:
        connection.close()
        raise refused("E613", path=path)
    _defend(connection)
    if not as_found and versions.digest(connection) != versions.DIGESTS[found]:
        faults = strange(connection)
        connection.close()
        raise Refused(faults)
    if found < schema.VERSION and not older:
        connection.close()
        raise refused("E626", path=path, version=found)


def strange(connection: sqlite3.Connection) -> list[Fault]:
    """A fault (E703) for every object in a ledger that is not as its version has it."""
    return [
        Fault("E703", {"kind": versions.KINDS[each.kind], "name": each.name, "how": HOW[each.how]})
        for each in versions.strangers(connection, version(connection))
    ]
