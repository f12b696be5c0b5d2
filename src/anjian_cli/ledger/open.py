"""Open a ledger file. Nothing else in the program opens one, but for a `glance` at names while a line is typed.

Reports open it read-only and never write. A path that holds no ledger creates nothing. Nothing that is found in the
file is trusted: only the tables, views, indexes and triggers of its version may be in it, for a foreign trigger would
write along with us and a foreign view would count for us.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import suppress

from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger import row_check, schema, versions

Location = str | os.PathLike[str]
"""Where a file is. What every command does on its way to the ledger does without pathlib, which takes as long to import
as the ledger to open."""
WAIT_SECONDS = 30
"""So long a writer waits for its turn."""
READER_WAITS = 8
"""So long, in seconds, a reader does: only a commit keeps it waiting."""
HOW = {"foreign": "不是本程序的", "altered": "与本程序的不同", "missing": "不见了"}


def reading(path: Location, *, older: bool = False, as_found: bool = False, held: bool = False) -> sqlite3.Connection:
    """A read-only connection with rows by name. `older`: a ledger of an earlier version is opened as it is.
    `as_found`: so is one that holds what is not ours; only what examines or copies it may ask for that. `held`: the
    read transaction in which the file was examined is not over.

    Raises `Refused` E611, E613-E615, E617, E618, E621, E637, E703 with every object that is not ours, E626.
    """
    connection = _connect(path, "ro")
    try:
        _inspect_at_once(connection, path, older, as_found)
    except sqlite3.OperationalError as error:
        # A writer was killed: its journal must be played back once, which a read-only connection may not do.
        connection.close()
        if _busy(error) or not os.path.exists(_journal(path)) or not _may_write(path):
            raise _unread(error, path) from error
        writing(path, older=older, as_found=as_found).close()
        connection = _connect(path, "ro")
        _inspect_at_once(connection, path, older, as_found)
    connection.execute("PRAGMA query_only = ON")
    _hold_pages(connection)
    if not held:
        connection.execute("ROLLBACK")  # it was only read
    return connection


def writing(path: Location, *, older: bool = False, as_found: bool = False) -> sqlite3.Connection:
    """A connection that may write, for the gate and the upgrade alone. Raises as `reading` does."""
    connection = _connect(path, "rw")
    try:
        _inspect_at_once(connection, path, older, as_found)
        connection.execute("ROLLBACK")  # it was only read
    except sqlite3.OperationalError as error:
        connection.close()
        raise _unread(error, path) from error
    prepare(connection)
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        # Another program put it so. At rest a ledger is one file, which can be copied.
        with suppress(sqlite3.OperationalError):  # somebody has it open
            connection.execute("PRAGMA journal_mode = DELETE")
    return connection


def version(connection: sqlite3.Connection) -> int:
    """The version of the schema that a ledger has."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)


def is_older(path: Location) -> bool:
    """Whether the file says of itself that it is a ledger of an earlier version, told from its first bytes: what every
    writing command asks must cost nothing."""
    if not os.path.isfile(path):
        return False  # it is told when it is opened
    head = _head(path)
    if len(head) < 72:  # it is told when it is opened
        return False
    told = [int.from_bytes(head[at : at + 4], "big") for at in (68, 60)]  # application_id and user_version
    return told[0] == schema.APPLICATION_ID and told[1] < schema.VERSION


def result_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 where Python itself found text that is none, and says so without a code."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def uri(path: Location, mode: str) -> str:
    """The file as SQLite's URI: ro, rw."""
    told = os.path.realpath(path).replace(os.sep, "/")
    for sign in "%?#":  # the only ones that SQLite would take for something else
        told = told.replace(sign, f"%{ord(sign):x}")
    return f"file:{told}?mode={mode}"


def prepare(connection: sqlite3.Connection) -> None:
    """The settings every writing connection has."""
    row_check.install(connection)
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


def _shown(path: Location) -> str:
    from pathlib import Path  # here: only a refusal needs it

    return str(Path(path))


def _busy(error: sqlite3.OperationalError) -> bool:
    return result_code(error) == sqlite3.SQLITE_BUSY


def _unread(error: sqlite3.OperationalError, path: Location) -> Refused:
    if _busy(error):
        return refused("E621")
    if result_code(error) in NEEDS_TO_WRITE and not _may_write(path):
        if os.path.exists(_journal(path)):
            return refused("E633", path=_shown(path), beside=os.path.basename(_journal(path)))
        if _in_wal_mode(path):
            return refused("E634", path=_shown(path), beside=f"{os.path.basename(path)}-wal")
    return refused("E615", path=_shown(path), why=error)


NEEDS_TO_WRITE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM)
"""What SQLite answers where a file cannot be read without writing something first."""


def _journal(path: Location) -> str:
    return f"{os.fspath(path)}-journal"


def _may_write(path: Location) -> bool:
    return os.access(path, os.W_OK) and os.access(os.path.dirname(os.path.realpath(path)), os.W_OK)


def _head(path: Location) -> bytes:
    """The first bytes of a file, in which SQLite says what it is; none where it cannot be read."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read(100)
    except OSError:
        return b""


def _in_wal_mode(path: Location) -> bool:
    return _head(path)[18:19] == b"\2"


def _not_read(path: Location) -> Refused:
    """For a file that SQLite cannot read: a ledger of which a part is missing is no foreign file."""
    head = _head(path)
    if int.from_bytes(head[68:72], "big") != schema.APPLICATION_ID:
        return refused("E613", path=_shown(path))
    page = int.from_bytes(head[16:18], "big")
    wanted, found = (page if page > 1 else 65536) * int.from_bytes(head[28:32], "big"), os.stat(path).st_size
    if found < wanted:
        return refused(
            "E615", path=_shown(path), why=f"只有{found:,}字节，应有{wanted:,}字节，后面的缺了（没有拷完？）"
        )
    return refused("E615", path=_shown(path), why="内容已损坏")


def _connect(path: Location, mode: str) -> sqlite3.Connection:
    if sqlite3.sqlite_version_info < (3, 37):
        raise refused("E618", version=sqlite3.sqlite_version)
    if not os.path.exists(path):
        if os.path.islink(path):
            why = f"它是链接，所指的 {os.readlink(path)} 不在"
            raise refused("E637", path=_shown(path), why=why, remedy="请找回所指的文件，或用 --台账 写明台账在哪里")
        raise refused("E611", path=_shown(path))
    if os.path.isdir(path):
        raise refused("E637", path=_shown(path), why="它是文件夹", remedy="请写到里面的台账文件")
    if not os.path.isfile(path):  # a pipe would be waited for
        raise refused("E637", path=_shown(path), why="它不是普通文件（是管道、设备之类）", remedy="请检查路径")
    try:
        connection = sqlite3.connect(
            uri(path, mode), uri=True, timeout=READER_WAITS if mode == "ro" else WAIT_SECONDS, isolation_level=None
        )
    except sqlite3.OperationalError as error:
        raise refused("E617", path=_shown(path), why=error) from error
    connection.row_factory = sqlite3.Row
    return connection


def _inspect_at_once(connection: sqlite3.Connection, path: Location, older: bool, as_found: bool) -> None:
    """As `_inspect`, in one read transaction, which is not ended: else every statement would wait by itself for a
    writer beside us."""
    connection.execute("BEGIN")
    _inspect(connection, path, older, as_found)


def _inspect(connection: sqlite3.Connection, path: Location, older: bool, as_found: bool) -> None:
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        found = version(connection)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _not_read(path) from error
    if application != schema.APPLICATION_ID:
        connection.close()
        raise refused("E613", path=_shown(path))
    if found > schema.VERSION:
        connection.close()
        raise refused("E614", path=_shown(path), version=found)
    if found not in versions.DIGESTS:
        connection.close()
        raise refused("E613", path=_shown(path))
    _defend(connection)
    row_check.install(connection)
    try:
        faults = [] if as_found or versions.digest(connection) == versions.DIGESTS[found] else strange(connection)
    except sqlite3.OperationalError:
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the schema is no text any more
        connection.close()
        raise _not_read(path) from error
    if (faults or as_found) and _only_says_so(connection, found):
        connection.close()
        raise refused("E613", path=_shown(path))
    if faults:
        connection.close()
        raise Refused(faults)
    if found < schema.VERSION and not older:
        connection.close()
        raise refused("E626", path=_shown(path), version=found)


def _only_says_so(connection: sqlite3.Connection, found: int) -> bool:
    """Whether a file says that it is a ledger, and has nothing of one."""
    try:
        return versions.is_empty(connection, found)
    except (sqlite3.DatabaseError, UnicodeDecodeError):  # a check tells what is wrong
        return False


def strange(connection: sqlite3.Connection) -> list[Fault]:
    """A fault (E703) for every object in a ledger that is not as its version has it."""
    return [
        Fault("E703", {"kind": versions.KINDS[each.kind], "name": each.name, "how": HOW[each.how]})
        for each in versions.strangers(connection, version(connection))
    ]
