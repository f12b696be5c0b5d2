"""New files and folders that their owner alone can read: whatever leaves the ledger holds names and numbers of people,
and computers of an office have more users than one. On Windows the rights of the folder hold, as the platform has it.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from anjian_cli import interruption

FILE, FOLDER = 0o600, 0o700


def create(path: Path) -> BinaryIO:
    """A new file to write to. Raises OSError, FileExistsError where there is one already."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, FILE))


def write(content: bytes, path: Path, *, instead: bool = False) -> None:
    """Write a file, which has its name once its content is on the disk whole, and not before; `instead` of one that has
    the name. Raises OSError, FileExistsError where there is one."""
    _take_away_left(path)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with create(partial) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # a name on the disk whose content is not there yet would be an empty file
        if instead:
            partial.replace(path)
        else:
            with interruption.held():
                _name(partial, path)
                interruption.made(path)
    finally:
        with suppress(OSError):  # the file is there, or it is told why not: the next run takes it away
            partial.unlink(missing_ok=True)


def _name(partial: Path, path: Path) -> None:
    """Give what was written its name. Raises FileExistsError where something has it."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError as error:  # a stick has no second names
        if os.path.lexists(path):
            raise FileExistsError(error.errno, error.strerror, str(path)) from None
        partial.rename(path)


def _take_away_left(path: Path) -> None:
    """Take away what runs that were killed have left of the same file."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.partial"):
        process = left.name.removesuffix(".partial").rpartition(".")[2]
        if process.isdecimal() and not _runs(int(process)):
            with suppress(OSError):
                left.unlink()


def _runs(process: int) -> bool:
    """Whether another process of this number is there. On Windows nobody need ask: a file that one is writing cannot be
    taken away."""
    if os.name == "nt" or process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def folder(path: Path) -> None:
    """Make a folder with those it lies in, as far as they are not there yet; one that is there stays as open as it is.
    Raises OSError."""
    with filled(path):
        pass


@contextmanager
def filled(path: Path) -> Iterator[None]:
    """While something is written into a folder: it is made as by `folder`, and where nothing came into it, for the disk
    was full or the writing was broken off, what was made is gone again. Raises OSError."""
    made: list[Path] = []
    try:
        for one in reversed((path, *path.parents)):
            if not one.exists():
                one.mkdir(FOLDER, exist_ok=True)
                made.append(one)
        path.mkdir(exist_ok=True)  # says what is wrong where a file has the name
        yield
    except BaseException:  # Ctrl-C, too: whatever broke it off, no empty folder stays
        for one in reversed(made):
            with suppress(OSError):  # there is something in it
                one.rmdir()
        raise
