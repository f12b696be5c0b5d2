"""A restore: a backup copied beside the place where it is to go, examined there, and held against what is there."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from anjian_cli.bulletin import exact
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import choose_month
from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger import backup as ledger_backup
from anjian_cli.ledger import encryption, placing, schema
from anjian_cli.ledger import restore as ledger_restore
from anjian_cli.ledger.lineage import Lineage, lineage, records
from anjian_cli.ledger.moment import at_one_moment
from anjian_cli.ledger.open import reading
from anjian_cli.ledger.restore import Present
from anjian_cli.ledger.settings import demonstration_day
from anjian_cli.workflow.upgrade import in_memory


class Prepared(NamedTuple):
    """A backup that is ready to take the name `target`, which `present` has now (None: nothing has)."""

    copy: Path
    target: Path
    lineage: Lineage
    present: Present | None


class Proof(NamedTuple):
    """What a restored ledger can do: how many records it holds, by title, and the fingerprint of a bulletin."""

    records: list[tuple[str, int]]
    month: str
    fingerprint: str


@contextmanager
def prepared(backup: Path, target: Path, keys: Path | None) -> Iterator[Prepared]:
    """All of a restore but its last step. `keys`: the file with the secret key, for a backup that is encrypted. What
    was copied is gone at the end, unless it was `put`.

    Raises `Refused` E662 where there is no backup, E663 to E665 and E668 for what is wrong with it (with every fault
    that a check finds), as `ledger.open.reading` where it is no ledger, E617 and E621 for the target; OSError.
    """
    target = target.resolve()
    if not backup.is_file():
        raise refused("E662", why=_no_file(backup, "文件"))
    if target.exists() and backup.samefile(target):
        remedy = "请用另一份备份，或用 --恢复到 写另一个名字"
        raise refused("E671", path=target, why="要恢复的就是它自己", remedy=remedy)
    if encrypted := encryption.is_encrypted(backup):
        if keys is None:
            raise refused("E663", path=backup)
        if not keys.is_file():
            raise refused("E664", path=backup, why=_no_file(keys, "私钥文件"))
    placing.clear_workplaces(target.parent)
    with placing.workplace(target.parent) as folder:
        copy = placing.new_file(folder / "whole.db")
        try:
            if encrypted:
                assert keys is not None
                encryption.decrypt(backup, copy, keys)
                placing.settle(copy)
            else:
                ledger_backup.copied(backup, copy)
            found = ledger_backup.faults(copy)
        except ledger_backup.DAMAGE as error:
            if _is_of_the_disk(error):
                raise
            raise refused("E668", path=backup, why=f"内容已损坏（{error}）") from error
        if found:
            raise Refused([Fault("E668", {"path": backup, "why": "核验不过"}), *found])
        with closing(reading(copy, older=True)) as connection:
            told, present = lineage(connection), ledger_restore.present(target, connection)
        yield Prepared(copy, target, told, present)


def put(ready: Prepared) -> Path | None:
    """The last step: the backup takes the name; returns where the file is kept that had it. Raises as
    `ledger.restore.put`."""
    return ledger_restore.put(ready.copy, ready.target, ready.present)


def proof(ready: Prepared, today: str) -> Proof:
    """What the backup gives when it is read as a ledger, with the bulletin of the last month that had ended by `today`,
    or by its own day if it is a demonstration."""
    if ready.lineage.version < schema.VERSION:
        with closing(in_memory(ready.copy)) as connection:
            return _proof(connection, today)
    with at_one_moment(ready.copy) as connection:
        return _proof(connection, today)


def _proof(connection: sqlite3.Connection, today: str) -> Proof:
    period = choose_month(connection, None, None, demonstration_day(connection) or today)
    text = exact.dump(compile_bulletin(connection, period))
    return Proof(records(connection), period.title, hashlib.sha256(text.encode()).hexdigest()[:8])


def _no_file(path: Path, what: str) -> str:
    return f"“{path}”是文件夹，不是{what}" if path.is_dir() else f"没有“{path}”这个{what}"


def _is_of_the_disk(error: Exception) -> bool:
    """Whether a disk is to blame, not the backup."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
