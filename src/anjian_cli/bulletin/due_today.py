"""今日到期: on a day that is not over, the hazards whose first deadline is that very day. They may still be rectified:
they are left out of 到期 and its parts and stand beside; what was due before counts to the moment.

Only a period that is not finished has them (`Period.finished`); a past day, or an ended month, counts to its end.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from anjian_cli.bulletin.period import Period
from anjian_cli.ledger.measures import COLUMNS, UNIT_COLUMNS, Measures
from anjian_cli.light_typing import TYPE_CHECKING
from anjian_cli.rules.measure import read

if TYPE_CHECKING:
    from typing import Any

DUE = "hazard.due_of_year"
"""到期: the fact, and the measure of all of it."""
FACTS = frozenset(
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
"""到期 and its parts: the facts whose items these hazards have."""

CHUNK = 500
HAZARDS = "SELECT hazard_id FROM hazard_due WHERE due_on = ?"
"""The hazards whose first deadline is a day; found by an index."""


def day_not_over(period: Period) -> str:
    """The day of a period that is not over; '' where all its days are."""
    return "" if period.finished else period.as_of


def counted(connection: sqlite3.Connection, period: Period, asked: Sequence[str] = ()) -> Mapping[tuple[str, str], int]:
    """How many items of those hazards hold on the day that is not over, by measure and unit; with `asked`, of the
    facts of these measures alone. Reads these hazards alone, however many there are."""
    day = day_not_over(period)
    facts = FACTS.intersection(read(each).fact for each in asked) if asked else FACTS
    found: Counter[tuple[str, str]] = Counter()
    if day and facts:
        measures = Measures(connection)
        for *told, town, found_by, charged_to, quantity in of_hazards(
            connection,
            f"{COLUMNS}, {UNIT_COLUMNS}, quantity",
            [hazard for (hazard,) in connection.execute(HAZARDS, (day,))],
            f"fact IN ({', '.join('?' * len(facts))}) AND from_on <= ? AND ? < until_on",
            [*sorted(facts), day, day],
        ):
            whose = (town, found_by, charged_to)
            for measure, place in measures.placed(tuple(told)):
                found[measure, whose[place]] += quantity
    return found


def of_hazards(
    connection: sqlite3.Connection, columns: str, hazards: Sequence[int], condition: str, values: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """Columns of the items of some hazards for which a condition holds. Their ids are told one by one, some hundreds at
    a time: the view looks up what is told so, and reads all hazards for a SELECT in its place."""
    for start in range(0, len(hazards), CHUNK):
        some = hazards[start : start + CHUNK]
        yield from connection.execute(
            f"SELECT {columns} FROM hazard_item WHERE root_id IN ({', '.join('?' * len(some))}) AND {condition}",
            (*some, *values),
        )


def among(period: Period, measures: Sequence[str], *, today: bool) -> tuple[str, list[str]]:
    """A condition on items of these measures, and the values for its marks: of such a hazard (`today`), or not."""
    day = day_not_over(period)
    if not day or not FACTS.intersection(read(each).fact for each in measures):
        return ("0" if today else "1"), []
    return f"{'' if today else 'NOT '}(root = 'hazard' AND root_id IN ({HAZARDS}))", [day]
