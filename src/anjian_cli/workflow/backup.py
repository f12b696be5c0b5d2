"""A backup: a copy of one moment, examined where it lies, under a name that tells what it is; and what goes for it.

A file bears the name of a backup only when it was whole and on the disk. What goes goes only then.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from anjian_cli import interruption, under_way
from anjian_cli.bulletin.phrase import CHINA
from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger import backup as ledger_backup
from anjian_cli.ledger import encryption, placing
from anjian_cli.ledger.lineage import Lineage, heads, lineage
from anjian_cli.ledger.open import reading
from anjian_cli.rules import backup_names, retention
from anjian_cli.rules.backup_names import BackupName

FOLDER = "备份"
"""Where backups go if nothing else is said, beside the ledger."""

KEYS = "备份公钥.txt"
"""The public keys to which the backups of the ledgers in its folder are encrypted."""


class Older(NamedTuple):
    """Earlier backups of a ledger: the names of those that went by the rule, and of those that should have gone and
    could not; how many in plain there are beside an encrypted one just made."""

    gone: list[str]
    stayed: list[str]
    plain: int


class Made(NamedTuple):
    """A backup that was made: `size` in bytes; what became of older ones."""

    path: Path
    lineage: Lineage
    size: int
    older: Older


def backup(ledger: Path, folder: Path, at: str, keep: retention.Keep) -> Made:
    """Back up a ledger into a folder that is there; `at` is the moment (UTC, …Z). Encrypted where the ledger's folder
    has a file `KEYS`.

    Raises `Refused` E660 where there is no room, E661 with every fault of the ledger, E665 to E667 for the keys, and
    as `ledger.backup.copied`; OSError and sqlite3.Error for the folder. The ledger and earlier backups are as they
    were.
    """
    ledger = ledger.resolve()
    keys_file = ledger.with_name(KEYS)
    keys = encryption.public_keys(keys_file) if keys_file.exists() else []
    # What is to be encrypted lies in plain only where the ledger itself does.
    beside = ledger.parent if keys else folder
    for cleared in {beside, folder}:
        placing.clear_workplaces(cleared)
    if ledger.is_file():
        for filled in {beside, folder}:
            _room(ledger, filled)
    with placing.workplace(beside) as plain_folder:
        plain = placing.new_file(plain_folder / "whole.db")
        ledger_backup.copied(ledger, plain)
        if found := ledger_backup.faults(plain):
            raise Refused([Fault("E661", {"path": ledger}), *found])
        with closing(reading(plain, older=True)) as copy:
            told, hashes = lineage(copy), heads(copy)
        moment = datetime.fromisoformat(at.removesuffix("Z")) + CHINA
        name = backup_names.backup_name(ledger.stem, moment, told.first, told.head, encrypted=bool(keys))
        path = folder / name
        if keys:
            with placing.workplace(folder) as sealed_folder:
                sealed = placing.new_file(sealed_folder / "whole.age")
                with under_way.work("加密"):
                    encryption.encrypt(plain, sealed, keys)
                placing.settle(sealed)
                size = sealed.stat().st_size  # here: a run just behind this one may let it go by the rule
                with interruption.held():
                    placing.take_name(sealed, path)
                    interruption.made(path, "已备份")
        else:
            size = plain.stat().st_size
            with interruption.held():
                placing.take_name(plain, path)
                interruption.made(path, "已备份")
    return Made(path, told, size, clear(folder, name, hashes, keep))


def clear(folder: Path, made: str, hashes: Sequence[str], keep: retention.Keep) -> Older:
    """Take away the backups that the rule no longer keeps, never the one just made; `hashes` are those of the ledger's
    operations.

    Only what this ledger contains can go: a backup whose head it never had is of a copy that went its own way, or of
    what a restore took back, and has what no other has. Of each name that the ledger's file has had the last one
    stays. Encrypted ones and plain ones take no place from each other.
    """
    reach = backup_names.reaches(hashes)
    mark = hashes[0] if hashes else ""
    backups = backup_names.of_ledger((path.name for path in folder.iterdir()), mark)
    points = {one: retention.Point(reach[one.head], one.moment) for one in backups if one.head in reach}
    encrypted = made.endswith(backup_names.ENCRYPTED)
    older = Older([], [], sum(encrypted and not one.encrypted for one in backups))
    for alike in (True, False):
        of_kind = {one: point for one, point in points.items() if one.encrypted == alike}
        staying = retention.staying(of_kind.values(), keep) | set(_last_of_each_name(of_kind).values())
        for one, point in of_kind.items():
            if point in staying or one.name == made:
                continue
            try:
                (folder / one.name).unlink(missing_ok=True)
                older.gone.append(one.name)
            except OSError:
                older.stayed.append(one.name)
    return older


def _last_of_each_name(points: Mapping[BackupName, retention.Point]) -> dict[str, retention.Point]:
    return {one.of: point for one, point in sorted(points.items(), key=lambda pair: pair[1])}


def _room(ledger: Path, folder: Path) -> None:
    """Raises `Refused` E660 where a folder's disk has no room for a copy of the ledger."""
    needed, free = ledger.stat().st_size, shutil.disk_usage(folder).free
    if free < needed:
        why = f"磁盘已满：{folder} 只剩{free // 1_000_000}MB，备份要{needed // 1_000_000 + 1}MB"
        raise refused("E660", why=why, remedy="请先腾出地方，或换一个盘；早先的备份没有动")
