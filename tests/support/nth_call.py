"""A process that dies, or whose disk is full, at its n-th call of SQLite or of the system's file functions."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from typing import Any, NamedTuple

KILLED = 9
_CHANGING = ("fsync", "replace", "link", "unlink", "chmod", "rename", "mkdir", "rmdir")
_WANTING_ROOM = ("fsync", "replace", "rename", "mkdir")


class Ended(NamedTuple):
    """How the process ended: the calls that it made (0 if it was killed), and what it said."""

    calls: int
    said: str


class _Calls:
    def __init__(self, at: int, full: bool) -> None:
        self.at, self.full, self.made = at, full, 0

    def step(self) -> None:
        self.made += 1
        if self.made == self.at and self.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if self.made == self.at:
            os._exit(KILLED)


def in_a_child(act: Callable[[], str], at: int, *, full: bool = False) -> Ended:
    """Run something in a process of its own, which is killed at its call number `at` (0: never); `full`: that call
    fails as it does on a full disk, and only calls that want room are counted."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        calls = _Calls(at, full)
        _watch(calls)
        try:
            said = act()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writing, f"{calls.made} {said}".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        text = told.read()
    os.waitpid(child, 0)
    made, _, said = text.partition(" ")
    return Ended(int(made or 0), said)


def with_no_file_longer_than(size: int, act: Callable[[], str]) -> str:
    """Run something in a process of its own in which every write fails that would make a file longer than `size` bytes;
    what it said."""
    import resource

    def bounded() -> str:
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        return act()

    return in_a_child(bounded, 0).said


def _watch(calls: _Calls) -> None:
    for name in _WANTING_ROOM if calls.full else _CHANGING:
        setattr(os, name, _stepping(calls, getattr(os, name)))
    if calls.full:
        return

    class Cursor(sqlite3.Cursor):
        def execute(self, *args: Any) -> Any:
            calls.step()
            return super().execute(*args)

        def fetchall(self) -> list[Any]:
            calls.step()
            return super().fetchall()

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def execute(self, *args: Any) -> Any:
            return self.cursor().execute(*args)

        def backup(self, *args: Any, **more: Any) -> None:
            progress = more.pop("progress", None)

            def step(status: int, remaining: int, total: int) -> None:
                calls.step()
                if progress is not None:
                    progress(status, remaining, total)

            super().backup(*args, progress=step, **more)

    connect = sqlite3.connect
    sqlite3.connect = lambda *args, **more: connect(*args, **{**more, "factory": Connection})


def _stepping(calls: _Calls, of: Callable[..., Any]) -> Callable[..., Any]:
    def stepping(*args: Any, **more: Any) -> Any:
        calls.step()
        return of(*args, **more)

    return stepping
