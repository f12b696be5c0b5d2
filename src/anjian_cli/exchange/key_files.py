"""Files of keys: the private one, which is its owner's alone, and the public ones that are known to a ledger, which lie
beside it. Reads and writes text; knows nothing of signing.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from anjian_cli.errors import refused
from anjian_cli.exchange import owner_only
from anjian_cli.rules import system_errors

LONGEST = 10_000
"""Characters that are read of such a file."""
_PUBLIC = re.compile(r"(?m)^[0-9a-f]{64}\b")


def private(path: Path) -> str:
    """The text of a private key's file. Raises `Refused` E729 (there is none), E728 (it cannot be read)."""
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(LONGEST)
    except FileNotFoundError as error:
        raise refused("E729", path=path) from error
    except OSError as error:
        raise refused("E728", why=system_errors.reading(error)) from error
    except UnicodeDecodeError as error:
        raise refused("E728", why="不是文字") from error


def others_read(path: Path) -> bool:
    """Whether others than its owner may read a file, as far as the platform says so in the file's own rights."""
    if os.name == "nt":  # there the rights of the folder hold, and these bits say nothing
        return False
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def beside(ledger: Path) -> Path:
    """Where the public keys known to a ledger stand."""
    return ledger.with_name(f"{ledger.name}.keys")


def known(ledger: Path) -> frozenset[str]:
    """The public keys (hexadecimal) that lie beside a ledger; none where there is no such file, or it is unreadable."""
    try:
        with beside(ledger).open(encoding="utf-8") as file:
            return frozenset(_PUBLIC.findall(file.read(LONGEST)))
    except (OSError, UnicodeDecodeError):
        return frozenset()


def remember(ledger: Path, public: str, said: str) -> None:
    """Put a public key beside the ledger, with a few words; nothing where it is known. Raises OSError."""
    if public in known(ledger):
        return
    path = beside(ledger)
    line = f"{public}  {said}\n".encode()
    if path.exists():
        with path.open("ab+") as file:
            file.seek(max(file.seek(0, os.SEEK_END) - 1, 0))
            ended = file.read(1) in (b"", b"\n")  # an editor may have left the last line open
            file.write(line if ended else b"\n" + line)
        return
    with owner_only.create(path) as file:
        file.write(line)
