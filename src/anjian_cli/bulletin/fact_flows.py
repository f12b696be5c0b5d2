"""What came of some flows in a stretch of days: records by any of their words, and what opening figures add.

Asks for no scheme: it counts facts. What an opening figure stands for has no records, and no other word than its town.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Literal

from anjian_cli.bulletin.counting import Window
from anjian_cli.bulletin.opening_totals import OPENED, Opening
from anjian_cli.bulletin.value import UNSETTLED

By = Literal["town_code", "kind", "found_by", "month", "violation"]
"""By what the records are told apart: town, what the fact calls its kind, department, month (YYYY-MM); cases alone by
what they are about (违法类型)."""
Counted = Mapping[tuple[str, str], int]
"""By fact and word."""

_COLUMNS: Mapping[By, str] = {
    "town_code": "town_code",
    "kind": "kind",
    "found_by": "found_by",
    "month": "substr(from_on, 1, 7)",
    "violation": "(SELECT c.violation FROM enforcement_case c WHERE c.id = root_id)",
}


def recorded(
    connection: sqlite3.Connection,
    root: str,
    facts: Collection[str],
    window: Window,
    by: By,
    within: Callable[[str], bool] = lambda _: True,
) -> Counted:
    """The items of a root's facts in a window, by a word of theirs; `within` says of a town's code whether its items
    are asked for. Facts whose quantity is money give fen."""
    marks = ", ".join("?" * len(facts))
    cursor = connection.cursor()
    cursor.row_factory = None
    found = cursor.execute(
        f"SELECT fact, COALESCE({_COLUMNS[by]}, ''), town_code, sum(quantity) FROM {root}_item"
        f" WHERE fact IN ({marks}) AND from_on BETWEEN ? AND ? GROUP BY 1, 2, 3",
        (*facts, window.first, window.last),
    )
    counted: defaultdict[tuple[str, str], int] = defaultdict(int)
    for fact, word, town, number in found:
        if within(town):
            counted[fact, word] += number
    return counted


def first_day(connection: sqlite3.Connection, root: str, facts: Collection[str]) -> str:
    """The day of the first item or opening figure of them; '~' if there is none."""
    marks = ", ".join("?" * len(facts))
    (record,) = connection.execute(
        f"SELECT min(from_on) FROM {root}_item WHERE fact IN ({marks})", tuple(facts)
    ).fetchone()
    days = [opening.period_from or opening.from_on for opening, _ in _openings(connection, facts)]
    return min([record or "~", *days])


def opened(
    connection: sqlite3.Connection, facts: Collection[str], window: Window, rolled: Mapping[str, str]
) -> Mapping[tuple[str, str], int | None]:
    """What opening figures add in a window, by fact and town in force; None where one reaches over an end of the
    window, so that it does not tell how much of it lies within."""
    found: defaultdict[tuple[str, str], list[Opening]] = defaultdict(list)
    for opening, fact in _openings(connection, facts):
        found[fact, rolled.get(opening.town, UNSETTLED)].append(opening)
    return {
        key: sum(each.quantity for each in openings if window.first <= each.from_on <= window.last)
        if all(map(window.knows, openings))
        else None
        for key, openings in found.items()
    }


def _openings(connection: sqlite3.Connection, facts: Collection[str]) -> Iterator[tuple[Opening, str]]:
    """The opening figures in force of these facts as a whole, each with its fact."""
    cursor = connection.execute(
        "SELECT indicator, COALESCE(town_code, '') AS town, from_on, until_on, period_from, quantity, last_rank,"
        f" source, {OPENED} AS measure FROM opening_figure o WHERE voided_on IS NULL ORDER BY from_on"
    )
    for row in cursor:
        if row["measure"] in facts:
            yield Opening(**row), row["measure"]
