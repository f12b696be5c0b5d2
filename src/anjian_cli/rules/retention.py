"""Which backups stay: of each of the last days, weeks and months that have any, the one that goes furthest, of several
the newest.

They are counted by those that have one, not by the calendar: an office that was shut for half a year, or a clock that
was wrong, does not make the old ones go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple


class Keep(NamedTuple):
    """How many days, weeks (Monday to Sunday) and months keep their newest backup."""

    days: int
    weeks: int
    months: int

    def __str__(self) -> str:
        return f"{self.days}天、{self.weeks}周、{self.months}个月"


USUAL = Keep(7, 8, 24)


class Point(NamedTuple):
    """Where a backup stands: how many of the ledger's operations it has, and when it was made."""

    reach: int
    moment: datetime


def staying(backups: Iterable[Point], keep: Keep) -> set[Point]:
    """Those of the backups that stay. The one that goes furthest of all always does. One that was made later and has
    fewer operations is of a copy that was left behind: it takes nobody's place."""
    furthest_first = sorted(set(backups), reverse=True)
    kept = set(furthest_first[:1])
    spans: tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...] = (
        (keep.days, lambda moment: (moment.year, moment.month, moment.day)),
        (keep.weeks, lambda moment: moment.isocalendar()[:2]),
        (keep.months, lambda moment: (moment.year, moment.month)),
    )
    for count, span_of in spans:
        furthest_of: dict[tuple[int, ...], Point] = {}
        for backup in furthest_first:
            furthest_of.setdefault(span_of(backup.moment), backup)
        kept.update(furthest_of[span] for span in sorted(furthest_of, reverse=True)[:count])
    return kept
