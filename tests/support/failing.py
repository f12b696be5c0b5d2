"""A command line in a process of its own, in which one call of SQLite, or one operation on a file, goes wrong.

Not simulated: single writes of SQLite itself. Its calls fail before they begin, or the process is killed between two of
them. What SQLite writes fails in the middle where a file may not grow any more (`size`), whole and in part; a kill at
any moment is what `support.kills` does. That a disk lies about what it has stored is not simulated at all.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from anjian_cli import cli
from anjian_cli.commands.session import Session

NOW = "2018-11-02T03:04:05Z"
OUT, ERR = ".out", ".err"
"""The files, in the command's folder, that its output and its errors go to."""
NO_ANSWER = 120
"""Seconds after which a command that does not end is ended, so that a test never hangs."""
SQL = ("ioerr", "full", "memory", "interrupt", "corrupt", "kill")
FILES = ("EIO", "ENOSPC", "kill", "torn", "torn and kill")
SIZES = (4_096, 6_000, 20_000, 100_000, 500_000, 800_000, 806_912, 820_000, 1_000_000)
"""Bytes beyond which no file may grow: a journal's first page, more of it, a page in the middle of a ledger, a new
one."""
_CODES = {"ioerr": sqlite3.SQLITE_IOERR, "full": sqlite3.SQLITE_FULL, "corrupt": sqlite3.SQLITE_CORRUPT}
_CHANGING = ("replace", "rename", "link", "unlink", "mkdir", "rmdir", "chmod", "chown", "truncate", "symlink")
_MAKING = os.O_CREAT


class Wrong(NamedTuple):
    """What goes wrong: at which layer (`sql`, `files`), how (one of `SQL`, `FILES`; '' only counts), at which call. At
    the layer `size` every write that would make a file longer than `at` bytes; 0 is none."""

    layer: str
    how: str = ""
    at: int = 0


class Ended(NamedTuple):
    """How a command ended: its exit code (below 0 the signal that killed it), what it printed and said, how many calls
    it made (0 if it was killed)."""

    code: int
    out: str
    said: str
    calls: int


def run(
    folder: Path,
    line: Sequence[str],
    wrong: Wrong | None = None,
    *,
    prepare: Callable[[], None] = lambda: None,
    seconds: int = NO_ANSWER,
) -> Ended:
    """Run a command line in `folder`, which is its home as well. `prepare` is called in its process before."""
    return wait(begin(folder, line, wrong, prepare=prepare, seconds=seconds))


class Running(NamedTuple):
    """A command under way: its process, and where its count is read."""

    child: int
    told: int
    folder: Path


def begin(
    folder: Path,
    line: Sequence[str],
    wrong: Wrong | None = None,
    *,
    prepare: Callable[[], None] = lambda: None,
    seconds: int = NO_ANSWER,
) -> Running:
    """As `run`, without waiting."""
    told, telling = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(told)
        _become(folder)
        signal.alarm(seconds)
        calls = _Calls(wrong or Wrong("none"), str(folder))
        prepare()
        calls.watch()
        try:
            code = cli.main(line)
        except BaseException as error:
            calls.done = True
            sys.stderr.write(f"Traceback: {type(error).__name__}: {error}\n")
            code = 250
        calls.done = True
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except OSError:
                code = code or 251
        os.write(telling, str(calls.made).encode())
        os._exit(code)
    os.close(telling)
    return Running(child, told, folder)


def wait(running: Running) -> Ended:
    """The end of a command."""
    with os.fdopen(running.told, encoding="ascii") as file:
        made = int(file.read() or 0)
    code = os.waitstatus_to_exitcode(os.waitpid(running.child, 0)[1])
    folder = running.folder
    out, said = (_read(folder / name) for name in (OUT, ERR))
    return Ended(code, out, said, made)


def _read(file: Path) -> str:
    """What a command printed; nothing where it was killed before it had begun."""
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    finally:
        file.unlink(missing_ok=True)


def _become(folder: Path) -> None:
    os.chdir(folder)
    for name in ("ANJIAN_DB", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        os.environ.pop(name, None)
    os.environ |= {"HOME": str(folder), "ANJIAN_ACTOR": "测试"}
    for number, name in ((0, os.devnull), (1, OUT), (2, ERR)):
        file = os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC if number else os.O_RDONLY, 0o600)
        os.dup2(file, number)
        os.close(file)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    setattr(Session, "now", lambda _: NOW)  # noqa: B010 (no type of a method is like it)


def _bound(largest: int) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


class _Calls:
    """Counts calls, and lets the one that is meant go wrong."""

    def __init__(self, wrong: Wrong, folder: str) -> None:
        self.wrong, self.folder, self.made, self.done = wrong, folder, 0, False

    def watch(self) -> None:
        if self.wrong.layer == "sql":
            _watch_sql(self)
        elif self.wrong.layer == "files":
            _watch_files(self)
        elif self.wrong.layer == "size" and self.wrong.at:
            _bound(self.wrong.at)

    def step(self, half: Callable[[], object] = lambda: None) -> None:
        """One call; `half` does a part of it."""
        if self.done:
            return
        self.made += 1
        if self.made != self.wrong.at:
            return
        how = self.wrong.how
        if how.startswith("torn"):
            half()
        if how.endswith("kill"):
            os.kill(os.getpid(), signal.SIGKILL)
        if self.wrong.layer == "files":
            number = errno.EIO if how == "EIO" else errno.ENOSPC
            raise OSError(number, os.strerror(number))
        if how == "memory":
            raise MemoryError
        if how == "interrupt":
            raise KeyboardInterrupt
        error = (sqlite3.DatabaseError if how == "corrupt" else sqlite3.OperationalError)(f"made up: {how}")
        error.sqlite_errorcode = _CODES[how]
        raise error

    def under(self, *paths: object) -> bool:
        """Whether one of the paths lies in the command's folder: what it changes elsewhere is not its own."""
        told = (os.path.abspath(os.fsdecode(path)) for path in paths if isinstance(path, (str, bytes, os.PathLike)))  # noqa: PTH100
        return any(path.startswith(self.folder) for path in told)


def _watch_sql(calls: _Calls) -> None:
    class Cursor(sqlite3.Cursor):
        pass

    for name in ("execute", "executemany", "executescript", "fetchone", "fetchall", "fetchmany", "__iter__"):
        setattr(Cursor, name, _stepping(calls, getattr(sqlite3.Cursor, name)))

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def execute(self, *args: Any) -> Any:
            return self.cursor().execute(*args)

        def executemany(self, *args: Any) -> Any:
            return self.cursor().executemany(*args)

        def executescript(self, *args: Any) -> Any:
            return self.cursor().executescript(*args)

    for name in ("backup", "serialize", "deserialize"):
        setattr(Connection, name, _stepping(calls, getattr(sqlite3.Connection, name)))
    real = sqlite3.connect

    def connect(*args: Any, **more: Any) -> Any:
        calls.step()
        return real(*args, **{**more, "factory": Connection})

    sqlite3.connect = connect


def _stepping(calls: _Calls, of: Callable[..., Any]) -> Callable[..., Any]:
    def stepping(*args: Any, **more: Any) -> Any:
        calls.step()
        return of(*args, **more)

    return stepping


def _watch_files(calls: _Calls) -> None:
    for name in _CHANGING:
        if hasattr(os, name):
            setattr(os, name, _changing(calls, getattr(os, name)))
    os.fsync = _stepping(calls, os.fsync)
    opened, real = os.open, builtins.open

    def making(path: Any, flags: int, *args: Any, **more: Any) -> int:
        if flags & _MAKING and calls.under(path):
            calls.step()
        return opened(path, flags, *args, **more)

    class Torn(io.BufferedWriter):
        """A file of which a part is written, and then no more."""

        def write(self, data: Any) -> int:
            def half() -> None:
                super(Torn, self).write(bytes(data)[: len(data) // 2])
                self.flush()

            calls.step(half)
            return super().write(data)

    def writing(file: Any, mode: str = "r", *args: Any, **more: Any) -> Any:
        if not set(mode) & set("wxa") or not calls.under(file):
            return real(file, mode, *args, **more)
        if "opener" not in more:
            calls.step()
        bare: Any = real(file, mode.replace("t", "").replace("b", "") + "b", opener=more.get("opener"))
        torn = Torn(bare.detach())
        if "b" in mode:
            return torn
        return io.TextIOWrapper(torn, encoding=more.get("encoding"), newline=more.get("newline"))

    os.open = making
    builtins.open = io.open = writing


def _changing(calls: _Calls, of: Callable[..., Any]) -> Callable[..., Any]:
    def changing(*args: Any, **more: Any) -> Any:
        if calls.under(*args):
            calls.step()
        return of(*args, **more)

    return changing
