"""Long work says here what it is doing and how far it is. It says so to nobody in particular: a screen looks when it
wants to know, so whoever works knows no screen, and off a terminal nobody looks.
"""

from __future__ import annotations

from contextlib import contextmanager

from anjian_cli.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    T = TypeVar("T")


class Work:
    """A piece of work, `doing` in words. Of `total` units (0: nobody knows) `done` are done; where it has steps,
    `total` is of these, `now` is the step that it is `at`, and `done` what was counted in it."""

    def __init__(self, doing: str, total: int = 0, unit: str = "") -> None:
        self.doing, self.total, self.unit = doing, total, unit
        self.done = self.at = 0
        self.now = ""

    def step(self, now: str) -> None:
        """The next step begins."""
        self.at += 1
        self.now, self.done = now, 0

    def add(self, count: int) -> None:
        """So many units more are done."""
        self.done += count

    def counting(self, items: Iterable[T]) -> Iterator[T]:
        """The items, each counted as a unit when it is taken."""
        for item in items:
            self.done += 1
            yield item


class _State:
    """The pieces of work under way, the outermost first; how many have the screen for something else just now; who is
    to take what is shown away before that."""

    def __init__(self) -> None:
        self.works: list[Work] = []
        self.others = 0
        self.wipe: Callable[[], None] = lambda: None


_state = _State()


def begin() -> None:
    """Nothing is under way, and nobody looks."""
    _state.__init__()  # type: ignore[misc]


def end() -> None:
    """Nothing is shown any more."""
    _state.others += 1
    _state.wipe()


@contextmanager
def work(doing: str, total: int = 0, unit: str = "") -> Iterator[Work]:
    """While a piece of work is done; it may be a part of another."""
    begun = Work(doing, total, unit)
    _state.works.append(begun)
    try:
        yield begun
    finally:
        _state.works.remove(begun)


def works() -> list[Work]:
    """What is under way, the outermost first."""
    return list(_state.works)


def wiped_by(wipe: Callable[[], None]) -> None:
    """From now on `wipe` is called before something else is said."""
    _state.wipe = wipe


def wipe() -> None:
    """Take away what is shown."""
    _state.wipe()


@contextmanager
def silent() -> Iterator[None]:
    """While the screen is another's: something is said, or a person is asked, or reads."""
    _state.others += 1
    try:
        _state.wipe()
        yield
    finally:
        _state.others -= 1


def is_silent() -> bool:
    """Whether the screen is another's."""
    return _state.others > 0
