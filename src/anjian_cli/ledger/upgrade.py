"""Upgrade: the rows of an older ledger, copied into a fresh file of the present version that takes its name.

The copy is one operation more, behind the old head: it fills what follows by rules that are new. Every older operation
keeps its hash, for an operation hashes the columns of the version it was written under. The old file stays beside the
new one. At any moment a file of the ledger's name is there and whole, the old or the new.

The same copy, without what is not ours, is made of a ledger that another program has put something into; and a
reading command, which may not write, makes it in memory.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from anjian_cli import interruption, under_way
from anjian_cli.errors import Refused, refused
from anjian_cli.ledger import create, making, placing, row_totals, schema, statements, sums, versions
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.history import UPGRADE
from anjian_cli.ledger.open import WAIT_SECONDS, Location, prepare, result_code, uri, version, writing
from anjian_cli.rules import system_errors

UNFINISHED = ".upgrading"
"""What ends the name of a file under way."""

COUNTED = (*sums.TABLES, "row_total")
"""What is counted anew, not copied."""

MORE_ROOM = 1.25
"""The new file, with what the upgrade fills, is taken to need so many times the old one's room."""

Recount = Callable[[Gate], None]
"""What is to be counted and kept at an upgrade, by those who know what figures mean. Given the gate, whose connection
has the rows and sums of the new version."""


class Entry(NamedTuple):
    """How the upgrade stands in the log: when (UTC), by whom, on which business day."""

    at: str
    actor: str
    today: str


def upgrade(path: Path, entry: Entry, recount: Recount, *, clean: bool = False) -> Path | None:
    """Make the ledger at `path` one of the present version; returns where the old one is kept, None if there was
    nothing to do. `clean`: also one of the present version, of which only what is ours is taken.

    Raises `Refused` E625 where it cannot be done, E703 for what is not ours (unless `clean`), and as `open.writing`;
    the ledger is then as it was.
    """
    path = path.resolve()
    with closing(writing(path, older=True, as_found=clean)) as old:
        if version(old) == schema.VERSION and not clean:
            return None
        partial = _beside(path)
        _room(path)
        with placing.alone(old, lambda why, remedy: refused("E625", path=path, why=why, remedy=remedy)):
            try:
                partial.unlink(missing_ok=True)  # of an upgrade that was killed: nobody else is here
                os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
                stamp = placing.stamp(path)
                _make(partial, path, entry, recount)
                of = version(old)
                if not placing.let_go(old, path, stamp):
                    raise refused("E625", path=path, why="另一个程序刚刚写过它", remedy="请再运行一次")
                with interruption.held():
                    kept = placing.keep(path, f"v{of}", UNFINISHED)
                    placing.take_name(partial, path)
                    interruption.made(path, f"原来的留在 {kept}，已升级")
            except OSError as error:
                raise _refusal(path, system_errors.writing(error, path.parent)) from error
            except sqlite3.OperationalError as error:
                full = result_code(error) == sqlite3.SQLITE_FULL
                raise _refusal(path, "磁盘已满" if full else str(error)) from error
            except sqlite3.IntegrityError as error:
                raise _refusal(path, f"有记录不合新版的规定（{error}）") from error
            finally:
                with suppress(OSError):  # whether it was done is not told by this; the next one takes it away
                    partial.unlink(missing_ok=True)
    return kept


def in_memory(path: Location, recount: Recount) -> sqlite3.Connection:
    """The ledger at `path`, of an earlier version, as one of the present version in memory, to be read. Its history is
    that of the file. Raises sqlite3.Error."""
    fresh = sqlite3.connect(":memory:", uri=True, isolation_level=None, timeout=WAIT_SECONDS)
    fresh.execute("ATTACH ? AS old", (uri(path, "ro"),))
    _concluded(_copied(fresh, Entry("", "", ""), recount))
    fresh.execute("DETACH old")
    fresh.execute("PRAGMA query_only = ON")
    return fresh


def of_copy(old: sqlite3.Connection) -> sqlite3.Connection:
    """As `in_memory`, for a copy in memory, and without a recount."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    fresh.execute("ATTACH ':memory:' AS old")
    fresh.deserialize(old.serialize(), name="old")
    _concluded(_copied(fresh, Entry("", "", ""), lambda _: None))
    return fresh


def _concluded(gate: Gate) -> None:
    """Keep, in a ledger in memory, what an upgrade fills that is not recorded there."""
    row_totals.rebuild(gate.connection)
    gate.connection.execute("COMMIT")


def _make(partial: Path, path: Path, entry: Entry, recount: Recount) -> None:
    """The new ledger, whole and on the disk."""
    with closing(sqlite3.connect(partial, uri=True, isolation_level=None)) as fresh:
        fresh.execute("PRAGMA journal_mode = MEMORY")
        fresh.execute("PRAGMA synchronous = OFF")  # it counts once it is whole: so it goes to the disk once
        fresh.execute("ATTACH ? AS old", (uri(path, "ro"),))
        _copied(fresh, entry, recount).conclude()
    placing.settle(partial)


def _copied(fresh: sqlite3.Connection, entry: Entry, recount: Recount) -> Gate:
    """Copy what is attached as `old` into an empty database and fill what is new. Leaves the transaction open, and
    the gate under way."""
    create.fill(fresh, draw_id=False)
    prepare(fresh)
    fresh.execute("PRAGMA foreign_keys = OFF")
    fresh.execute("PRAGMA synchronous = OFF")
    since = _version_of_attached(fresh)
    fresh.execute("BEGIN")
    tables = list(_tables(fresh))
    with under_way.work("升级台账：抄录", len(tables), "张表") as work, statements.without_indexes(fresh, tables):
        for table in tables:
            work.step(table)
            making.copy_rows(fresh, table)
    making.copy_sequences(fresh)
    if "ledger" not in tables:  # it came with version 2
        making.draw_id(fresh)
    row_totals.rebuild(fresh)
    gate = Gate(fresh, UPGRADE, entry.at, entry.actor, entry.today)
    with under_way.work("升级台账：补记和汇总"):
        gate.settle(versions.settled_since(since))
        sums.rebuild_sums(fresh)
        recount(gate)
    return gate


def _version_of_attached(fresh: sqlite3.Connection) -> int:
    """The version of what is attached as `old`."""
    (found,) = fresh.execute("PRAGMA old.user_version").fetchone()
    return int(found)


def _tables(fresh: sqlite3.Connection) -> Iterator[str]:
    """The tables of both ledgers whose rows are facts or their history."""
    found = fresh.execute(
        "SELECT m.name FROM main.sqlite_master m JOIN old.sqlite_master o ON o.name = m.name AND o.type = m.type"
        " WHERE m.type = 'table' ORDER BY m.rowid"
    ).fetchall()
    for (name,) in found:
        if name not in (*versions.EVER_DEFINED, *versions.NOT_OURS, *COUNTED, "column_title"):
            yield name


def _room(path: Path) -> None:
    """Raises `Refused` E625 where the folder has no room, or may not be written to."""
    if not os.access(path.parent, os.W_OK):
        raise refused("E625", path=path, why=f"{path.parent} 是只读的", remedy="请把台账复制到可以写的地方再升级")
    needed = int(path.stat().st_size * MORE_ROOM)
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        why = f"磁盘只剩{free // 1_000_000}MB，升级要{needed // 1_000_000 + 1}MB"
        raise refused("E625", path=path, why=why, remedy="请先腾出地方")


def _refusal(path: Path, why: str) -> Refused:
    return refused("E625", path=path, why=why, remedy="请检查磁盘和权限后再试；一直不行，请连同这句话告诉维护的人")


def _beside(path: Path) -> Path:
    return path.with_name(path.name + UNFINISHED)
