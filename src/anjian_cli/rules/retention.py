"""Which backups stay: of each of the last days, weeks and months that have any, the newest.

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


def staying(moments: Iterable[datetime], keep: Keep) -> set[datetime]:
    """Those of the moments at which a backup was made whose backup stays. The newest of all always does."""
    newest_first = sorted(set(moments), reverse=True)
    kept = set(newest_first[:1])
    spans: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (keep.days, lambda moment: moment.date()),
        (keep.weeks, lambda moment: moment.isocalendar()[:2]),
        (keep.months, lambda moment: (moment.year, moment.month)),
    )
    for count, span_of in spans:
        newest_of: dict[object, datetime] = {}
        for moment in newest_first:
            newest_of.setdefault(span_of(moment), moment)
        kept.update(list(newest_of.values())[:count])
    return kept
