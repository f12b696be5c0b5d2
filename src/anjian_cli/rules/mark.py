"""What must hold of a mark by itself: it is of a month that has begun."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Rows, day


def faults(root: Rows) -> list[Fault]:
    """Nobody marks what has not been yet."""
    (mark,) = root["mark"]
    month = day(mark, "month")
    if day(mark, "marked_on")[:7] < month:
        return [Fault("E780", {"month": month, "day": day(mark, "marked_on")}, month, "month")]
    return []
