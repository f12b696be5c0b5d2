"""Putting a whole ledger in the place of another, or of none: written beside it, settled on the disk, renamed.

At any moment a file of the ledger's name is there and whole, the old or the new, and the old one stays beside it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from anjian_cli.errors import Refused
from anjian_cli.ledger.open import WAIT_SECONDS, result_code

RENAMES_OPEN_FILES = os.name != "nt"
"""Whether a file that a program holds open can be given another name."""

BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a ledger, under its name with this behind it."""

BEGUN = ".anjian-"
"""How the name of a folder begins in which a file is made that nobody sees yet."""

_HELD = "in-use"

Refusal = Callable[[str, str], Refused]
"""How something is refused: given why, and what is to be done."""


@contextmanager
def alone(connection: sqlite3.Connection, refusal: Refusal) -> Iterator[None]:
    """While nobody else writes the ledger, and nobody was reading it. Raises what `refusal` makes."""
    try:
        connection.execute("BEGIN EXCLUSIVE")  # no reader
        connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")  # no writer; whoever reads meanwhile reads the old one to its end
    except sqlite3.OperationalError as error:
        if result_code(error) == sqlite3.SQLITE_BUSY:
            why, remedy = f"另一个程序正在使用它，已等待{WAIT_SECONDS}秒", "请等它结束后再试"
        elif result_code(error) == sqlite3.SQLITE_READONLY:
            why, remedy = "台账文件或它所在的文件夹是只读的", "请换到可以写的地方再试"
        else:
            why, remedy = str(error), "请检查磁盘和权限"
        raise refusal(why, remedy) from error
    try:
        yield
    finally:
        with suppress(sqlite3.ProgrammingError):  # it is closed
            connection.execute("ROLLBACK")


Stamp = tuple[int, int]


def stamp(path: Path) -> Stamp:
    """By what it shows that a file was written: its size and when. Raises OSError."""
    told = path.stat()
    return told.st_size, told.st_mtime_ns


def let_go(old: sqlite3.Connection, path: Path, was: Stamp) -> bool:
    """Close the old ledger where its name cannot be given away while it is open. False if somebody wrote it just then:
    what was made of it is out of date."""
    if RENAMES_OPEN_FILES:
        return True
    old.close()
    return stamp(path) == was


def take_name(fresh: Path, path: Path) -> None:
    """Give a fresh file, which is on the disk whole, the name of the ledger. Raises OSError."""
    fresh.replace(path)
    settle_folder(path)


def settle(path: Path) -> None:
    """Have a file's content on the disk. Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def settle_folder(path: Path) -> None:
    """Have the names in a file's folder on the disk, where a system knows how."""
    with suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def keep(path: Path, mark: str, unfinished: str) -> Path:
    """Give a ledger a second name, beside the one that a new file is to take, readable by its owner: `…-v1.db` for the
    mark v1, `…-v1-2.db` where that is another file's. `unfinished` ends the name of a copy under way, where a disk
    knows no second names. Raises OSError."""
    path.chmod(0o600)
    turn = 1
    while True:
        more = "" if turn == 1 else f"-{turn}"
        kept = path.with_name(f"{path.stem}-{mark}{more}{path.suffix}")
        if kept.exists() and kept.samefile(path):  # of a run that was killed just behind this
            return kept
        if not kept.exists():
            break
        turn += 1
    try:
        kept.hardlink_to(path)
    except OSError:  # a stick has no second names
        copied = kept.with_name(kept.name + unfinished)
        _copy(path, copied)
        copied.chmod(0o600)
        settle(copied)
        copied.rename(kept)
    return kept


def _copy(path: Path, target: Path) -> None:
    """Copy a ledger that we hold against other writers (`alone`), and hold it still."""
    source = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    with open(source, "rb", closefd=not RENAMES_OPEN_FILES) as file, target.open("wb") as copied:
        shutil.copyfileobj(file, copied)
    # It stays open for the rest of the run: on POSIX a process that closes a file gives up all its locks on it, those
    # of SQLite as well, and what another program wrote from then on would be lost.


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """A folder of our own, in the folder `beside`, for files that are renamed when they are whole. It is gone at the
    end, with what is left in it; that of a run that was killed is cleared by the next one. Raises OSError."""
    folder = Path(tempfile.mkdtemp(prefix=BEGUN, dir=beside))
    try:
        held = os.open(folder / _HELD, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            _hold(held)
            yield folder
        finally:
            os.close(held)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear_workplaces(beside: Path) -> None:
    """Take away what runs that were killed have left in a folder; what another run is working on stays."""
    for folder in beside.glob(f"{BEGUN}*"):
        if folder.is_dir() and not folder.is_symlink() and not _is_held(folder / _HELD):
            shutil.rmtree(folder, ignore_errors=True)


def new_file(path: Path) -> Path:
    """Make an empty file that its owner alone can read. Raises OSError, FileExistsError where there is one."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    return path


if sys.platform == "win32":

    def _hold(held: int) -> None:
        """An open file is held by being open."""

    def _is_held(path: Path) -> bool:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            return True
        return False

else:
    import fcntl

    def _hold(held: int) -> None:
        with suppress(OSError):  # a drive that knows no locks: then two runs at once are not told apart
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _is_held(path: Path) -> bool:
        try:
            held = os.open(path, os.O_RDWR)
        except OSError:
            return False
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # another run has it, or this drive knows no locks
            return True
        finally:
            os.close(held)
        return False
