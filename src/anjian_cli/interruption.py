"""Ctrl-C, and whoever else asks the program to end: when that is answered, and what had come to be by then.

An interruption is Python's KeyboardInterrupt, which undoes what is under way as any error does. It waits while a step
is done that must not stop halfway (`held`), and comes once: who presses twice does not break off the tidying up.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager

from anjian_cli.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

TWICE = 1.0
"""Seconds within which a second interruption is the same as the first."""

LOOKS_UP = 1_000_000
"""Instructions of SQLite between two looks: some hundredths of a second."""


class _State:
    """What was asked, and when (`time.monotonic`); how many steps hold it up; what has come to be, in words, and of
    how much that was taken away again."""

    def __init__(self) -> None:
        self.asked, self.at, self.waits, self.holding = False, 0.0, False, 0
        self.made: dict[str, str] = {}
        self.unmade = 0


_state = _State()


def begin() -> None:
    """Nothing was asked, and nothing has come to be."""
    _state.__init__()  # type: ignore[misc]


def answer() -> None:
    """From now on answer to SIGINT and SIGTERM, unless whoever started the program has it ignore them (nohup, a job
    in the background). Does nothing outside of the main thread."""
    import _signal  # type: ignore[import-not-found]  # `signal` takes a millisecond to make enums of its numbers

    for number in (_signal.SIGINT, _signal.SIGTERM):
        try:
            if _signal.getsignal(number) != _signal.SIG_IGN:
                _signal.signal(number, _interrupt)
        except ValueError:
            return
    sys.unraisablehook = _unraisable


def _interrupt(*_: object) -> None:
    if _state.asked and time.monotonic() - _state.at < TWICE:
        return
    _state.asked, _state.at = True, time.monotonic()
    if _state.holding:
        _state.waits = True
        return
    raise KeyboardInterrupt


def _unraisable(lost: sys.UnraisableHookArgs) -> None:
    """An interruption that came where nothing can be raised (an object being taken away) comes again a moment later."""
    if not issubclass(lost.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    import _thread

    def again() -> None:
        time.sleep(0.01)
        _state.asked = False
        _thread.interrupt_main()

    _thread.start_new_thread(again, ())


def end() -> None:
    """Nothing is interrupted any more: what is left is to say how it ended."""
    _state.holding += 1


def asked() -> bool:
    """Whether an interruption was asked for, whatever became of it: a library may have made another error of it."""
    return _state.asked


@contextmanager
def held() -> Iterator[None]:
    """While a step is done that must not stop halfway, and which takes no time worth telling."""
    _state.holding += 1
    try:
        yield
    finally:
        _state.holding -= 1
    if _state.waits and not _state.holding:
        _state.waits = False
        raise KeyboardInterrupt


@contextmanager
def heard(connection: sqlite3.Connection) -> Iterator[None]:
    """While statements run on a connection that may take seconds each: SQLite looks up now and then. What it makes of
    an interruption is an error like any other, which whoever expects damage may take for it; so it is raised again."""
    connection.set_progress_handler(lambda: None, LOOKS_UP)  # Python looks for signals when it has something to run
    try:
        yield
    except Exception as error:
        if _state.asked:
            raise KeyboardInterrupt from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
    if _state.asked:
        raise KeyboardInterrupt


def made(what: object, how: str = "已写出") -> None:
    """Something has come to be, whole, that stays even if the rest is interrupted."""
    _state.made[str(what)] = how


def unmade(what: object) -> None:
    """It was taken away again, since the rest did not come to be."""
    del _state.made[str(what)]
    _state.unmade += 1


def is_made(what: object) -> bool:
    """Whether it was made in this run."""
    return str(what) in _state.made


def what_stays() -> list[str]:
    """What has come to be, in words."""
    by: dict[str, list[str]] = {}
    for what, how in _state.made.items():
        by.setdefault(how, []).append(what)
    return [f"{how}：{'、'.join(found)}" for how, found in by.items()]


def what_went() -> list[str]:
    """What was taken away again, in words."""
    return [f"先写出的{_state.unmade}个文件已收回"] if _state.unmade else []
