"""What a backup is called, and what its name tells: when it was made, of which ledger, as of which operation.

So that who looks into the folder, and the program that clears it, need to open none; of an encrypted one there is
nothing else to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from anjian_cli.rules.file_names import file_name

ENCRYPTED = ".age"
"""What ends the name of an encrypted backup."""

MARK, HEAD = 4, 8
"""Digits of the ledger's mark, and of its head, in the name."""

_BETWEEN = "_备份_"
_NAME = re.compile(
    rf".+{_BETWEEN}(\d{{4}}-\d\d-\d\d_\d{{6}})_([0-9a-f]{{{MARK}}}|新)_([0-9a-f]{{{HEAD}}}|空)\.db({re.escape(ENCRYPTED)})?"
)
_MOMENT = "%Y-%m-%d_%H%M%S"


class BackupName(NamedTuple):
    """A name taken apart. `mark` tells the ledger, `head` its last operation."""

    name: str
    moment: datetime
    mark: str
    head: str


def backup_name(ledger: str, moment: datetime, mark: str, head: str, *, encrypted: bool) -> str:
    """What the backup of a ledger is called: `ledger` is the file's name without its ending, `moment` the clock of
    Beijing, `mark` and `head` hashes, '' in a ledger without an operation."""
    told = f"{moment.strftime(_MOMENT)}_{mark[:MARK] or '新'}_{head[:HEAD] or '空'}"
    of = file_name(ledger.partition(_BETWEEN)[0] or ledger)  # of a backup that is used as a ledger: the name of that
    return f"{of}{_BETWEEN}{told}.db{ENCRYPTED if encrypted else ''}"


def of_ledger(names: Iterable[str], mark: str) -> list[BackupName]:
    """Those among the names of files that are backups of the ledger with this mark, the oldest first."""
    found = [read for name in names if (read := _read(name)) is not None and read.mark == (mark[:MARK] or "新")]
    return sorted(found, key=lambda one: (one.moment, one.name))


def _read(name: str) -> BackupName | None:
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        moment = datetime.strptime(match[1], _MOMENT)  # noqa: DTZ007 -- by the clock of Beijing, as all names are
    except ValueError:  # 2026-02-30
        return None
    return BackupName(name, moment, match[2], match[3])
