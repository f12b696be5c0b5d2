"""A second opinion on what is owed by a rate with a denominator of its own, day by day.

From the domain's rules alone: owed until it is done or excused, in the name of the town where the enterprise was when
it fell due (in a later year, on 1 January); done is a part of what was owed, and is not excused any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from oracle.count import Found
from oracle.model import OPEN, Enterprise, where

Days = tuple[str, str]  # the first, and the first no more


def gone(enterprise: Enterprise) -> list[Days]:
    """When it was closed, or away from the county: 搬迁, and no town of the county that it moved to since."""
    ends = [*(day for day, _ in enterprise.states[1:]), OPEN]
    found = []
    for (begin, state), end in zip(enterprise.states, ends, strict=True):
        moved_within = any(town and begin <= day < end for day, town in enterprise.moves)
        if state == "关闭" or (state == "搬迁" and not moved_within):
            found.append((begin, end))
    return found


def within(days: Sequence[Days], day: str) -> bool:
    return any(begin <= day < end for begin, end in days)


@dataclass
class Debt:
    """Owed from `start` on; `done_on` and `undone_on` where it was done, `settled_on` where it ended otherwise."""

    enterprise: Enterprise
    start: str
    excuses: list[Days] = field(default_factory=list)
    done_on: str = OPEN
    undone_on: str = OPEN
    settled_on: str = OPEN

    @property
    def is_done(self) -> bool:
        """Done while it was owed: an excuse that began before stood in the way."""
        return self.done_on != OPEN and not any(begin < self.done_on < end for begin, end in self._all())

    def _all(self) -> list[Days]:
        return [*self.excuses, *gone(self.enterprise)]

    def stands(self, day: str) -> bool:
        """Whether it is done on a day."""
        return self.is_done and self.done_on <= day < self.undone_on

    def holds(self, day: str) -> bool:
        """Whether it is owed on a day, done or not."""
        ended = max(min(self.done_on if self.undone_on == OPEN else OPEN, self.settled_on), self.start)
        if day < self.start or day[:4] > ended[:4]:
            return False
        return self.stands(day) or not within(self._all(), day)

    def count(self, found: Found, owed: str, carried: str, done: str) -> None:
        """Add it to the figures of the indicators."""
        for day, figures in found.items():
            if day < self.start:
                continue
            town = where(self.enterprise, max(self.start, f"{day[:4]}-01-01"))
            if self.holds(day):
                figures[owed if day[:4] == self.start[:4] else carried, town] += 1
            if self.stands(day) and day[:4] == self.done_on[:4]:
                figures[done, town] += 1
