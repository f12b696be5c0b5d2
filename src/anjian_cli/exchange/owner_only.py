"""New files and folders that their owner alone can read: whatever leaves the ledger holds names and numbers of people,
and computers of an office have more users than one. On Windows the rights of the folder hold, as the platform has it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

FILE, FOLDER = 0o600, 0o700


def create(path: Path) -> BinaryIO:
    """A new file to write to. Raises OSError, FileExistsError where there is one already."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, FILE))


def folder(path: Path) -> None:
    """Make a folder with those it lies in, as far as they are not there yet; one that is there stays as open as it is.
    Raises OSError."""
    for one in reversed((path, *path.parents)):
        if not one.exists():
            one.mkdir(FOLDER, exist_ok=True)
    path.mkdir(exist_ok=True)  # says what is wrong where a file has the name
