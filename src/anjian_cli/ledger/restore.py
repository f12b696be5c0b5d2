"""Putting a backup in a ledger's place: what would be lost by it, and the change of names itself.

The file that bears the name is kept beside, with what SQLite has beside it: a journal that is left there would be
played back into the restored ledger.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from anjian_cli import interruption
from anjian_cli.errors import Refused, refused
from anjian_cli.ledger import placing
from anjian_cli.ledger.backup import DAMAGE
from anjian_cli.ledger.lineage import Lineage, is_same, lineage, only_in
from anjian_cli.ledger.open import reading, writing

MARK = "恢复前"
"""What is put behind the name of the file that was there."""

UNFINISHED = ".restoring"

_UNREADABLE = {"E613", "E614", "E615"}
"""A file that is no ledger, is one of a newer program, or is not read."""


class Present(NamedTuple):
    """The file that bears the name now. `lineage` is None where it cannot be read, for the reason `unread`; `lost` are
    its operations that the backup does not have, oldest first."""

    lineage: Lineage | None
    unread: str
    same: bool
    lost: list[sqlite3.Row]


def present(path: Path, copy: sqlite3.Connection) -> Present | None:
    """The file at `path` beside a backup that is to take its place; None where there is none. Raises `Refused` E617,
    E621."""
    if not path.exists():
        return None
    try:
        with closing(reading(path, older=True, as_found=True, held=True)) as connection:
            found = lineage(connection)
            if not is_same(found, lineage(copy)):
                return Present(found, "", False, [])
            return Present(found, "", True, only_in(connection, copy))
    except Refused as refusal:
        if refusal.faults[0].code not in _UNREADABLE:
            raise
        return Present(None, refusal.faults[0].reason, False, [])
    except DAMAGE as error:
        return Present(None, f"内容已损坏（{error}）", False, [])


def put(copy: Path, path: Path, seen: Present | None) -> Path | None:
    """Let `copy`, whole and on the disk in a folder beside, take the name `path`; returns where the file is kept that
    had it, None if there was none. `seen` is what `present` found.

    Raises `Refused` E671 where somebody uses that file, or it is another one by now; OSError.
    """
    if seen is None:
        if path.exists():
            raise _refusal(path, "刚刚有了同名的文件", "请再运行一次")
        with interruption.held():
            placing.take_name(copy, path)
            interruption.made(path, "已恢复")
        return None
    with _nobody_else(path) as connection:
        if connection is not None and lineage(connection) != seen.lineage:
            raise _overtaken(path)
        if connection is not None and not placing.let_go(connection, path, placing.stamp(path)):
            raise _overtaken(path)
        with interruption.held():  # between these a journal would lie beside a ledger that it is not of
            kept = placing.keep(path, MARK, UNFINISHED)
            for ending in placing.BESIDE:
                if (more := Path(f"{path}{ending}")).exists():
                    more.replace(f"{kept}{ending}")
            placing.take_name(copy, path)
            interruption.made(path, f"原来的留在 {kept}，已恢复")
    return kept


@contextmanager
def _nobody_else(path: Path) -> Iterator[sqlite3.Connection | None]:
    """While nobody else uses the ledger; with a connection to it, None where it cannot be read as one."""
    with ExitStack() as held:
        connection = None
        try:
            connection = held.enter_context(closing(writing(path, older=True, as_found=True)))
            held.enter_context(placing.alone(connection, lambda why, remedy: _refusal(path, why, remedy)))
            lineage(connection)
        except Refused as refusal:
            if refusal.faults[0].code not in _UNREADABLE:
                raise
            connection = None
        except DAMAGE:
            connection = None
        yield connection


def _overtaken(path: Path) -> Refused:
    return _refusal(path, "刚刚又有人写过它", "请再运行一次，看清楚会丢掉什么")


def _refusal(path: Path, why: str, remedy: str) -> Refused:
    return refused("E671", path=path, why=why, remedy=remedy)
