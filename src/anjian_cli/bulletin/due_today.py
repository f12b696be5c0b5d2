"""今日到期: on a day that is not over, the hazards whose first deadline is that very day. They may still be rectified:
they are left out of 到期 and its parts and stand beside; what was due before counts to the moment.

Only a period that is not finished has them (`Period.finished`); a past day, or an ended month, counts to its end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from anjian_cli.bulletin.period import Period

DUE = "hazard.due_of_year"
ITEMS = frozenset(
    f"hazard.{name}"
    for name in (
        "due_of_year",
        "on_time_of_year",
        "accepted_late",
        "late_of_year",
        "awaiting",
        "overdue",
        "overdue_carried",
        "overdue_extended",
        "overdue_sent_back",
    )
)
"""The items of 到期 and its parts, by name."""

HAZARDS = "SELECT hazard_id FROM hazard_due WHERE due_on = ?"
"""The hazards whose first deadline is a day; found by an index."""


def day_not_over(period: Period) -> str:
    """The day of a period that is not over; '' where all its days are."""
    return "" if period.finished else period.as_of


def counted(connection: sqlite3.Connection, period: Period) -> dict[tuple[str, str], int]:
    """How many items of those hazards hold on the day that is not over, by name and town code. Reads these hazards
    alone, however many there are."""
    day = day_not_over(period)
    if not day:
        return {}
    found = connection.execute(
        f"SELECT indicator, town_code, sum(quantity) FROM hazard_item WHERE root_id IN ({HAZARDS})"
        f" AND indicator IN ({', '.join('?' * len(ITEMS))}) AND from_on <= ? AND ? < until_on GROUP BY 1, 2",
        (day, *sorted(ITEMS), day, day),
    )
    return {(item, town): quantity for item, town, quantity in found}


def among(period: Period, names: Sequence[str], *, today: bool) -> tuple[str, list[str]]:
    """A condition on items of these names, and the values for its marks: of such a hazard (`today`), or not."""
    day = day_not_over(period)
    if not day or not ITEMS.intersection(names):
        return ("0" if today else "1"), []
    return f"{'' if today else 'NOT '}(root = 'hazard' AND root_id IN ({HAZARDS}))", [day]
