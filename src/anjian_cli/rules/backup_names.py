"""What a backup is called, and what its name tells: when it was made, of which ledger, as of which operation.

So that who looks into the folder, and the program that clears it, need to open none; of an encrypted one there is
nothing else to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from anjian_cli.rules.file_names import file_name

ENCRYPTED = ".age"
"""What ends the name of an encrypted backup."""

MARK, HEAD = 4, 8
"""Digits of the ledger's mark, and of its head, in the name."""

_NO_MARK, _NO_HEAD = "新", "空"
"""What stands for them of a ledger without an operation."""

_BETWEEN = "_备份_"
_NAME = re.compile(
    rf"(.+){_BETWEEN}(\d{{4}}-\d\d-\d\d_\d{{6}})_([0-9a-f]{{{MARK}}}|{_NO_MARK})_([0-9a-f]{{{HEAD}}}|{_NO_HEAD})\.db({re.escape(ENCRYPTED)})?"
)
_MOMENT = "%Y-%m-%d_%H%M%S"


class BackupName(NamedTuple):
    """A name taken apart. `of` is what the ledger's file was called; `mark` tells the ledger, `head` its last
    operation."""

    name: str
    of: str
    moment: datetime
    mark: str
    head: str
    encrypted: bool


def backup_name(ledger: str, moment: datetime, mark: str, head: str, *, encrypted: bool) -> str:
    """What the backup of a ledger is called: `ledger` is the file's name without its ending, `moment` the clock of
    Beijing, `mark` and `head` hashes, '' in a ledger without an operation."""
    told = f"{moment.strftime(_MOMENT)}_{mark[:MARK] or _NO_MARK}_{head[:HEAD] or _NO_HEAD}"
    of = file_name(ledger.partition(_BETWEEN)[0] or ledger)  # of a backup that is used as a ledger: the name of that
    return f"{of}{_BETWEEN}{told}.db{ENCRYPTED if encrypted else ''}"


def reaches(hashes: Sequence[str]) -> dict[str, int]:
    """How many operations a ledger has at each head, as a name tells the head; `hashes` are those of its operations,
    the oldest first."""
    return {_NO_HEAD: 0} | {each[:HEAD]: count for count, each in enumerate(hashes, 1)}


def of_ledger(names: Iterable[str], mark: str) -> list[BackupName]:
    """Those among the names of files that are backups of the ledger with this mark, the oldest first."""
    found = [read for name in names if (read := _read(name)) is not None and read.mark == (mark[:MARK] or _NO_MARK)]
    return sorted(found, key=lambda one: (one.moment, one.name))


def _read(name: str) -> BackupName | None:
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        moment = datetime.strptime(match[2], _MOMENT)  # noqa: DTZ007 -- by the clock of Beijing, as all names are
    except ValueError:  # 2026-02-30
        return None
    return BackupName(name, match[1], moment, match[3], match[4], encrypted=match[5] is not None)
