"""上报数 that stands (存量): for which units and months one was filed.

A month for which a unit filed no figure is not known: it is never 0, and so never a fall from the month before. Who has
none files a 0. Knows no figures.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from anjian_cli.bulletin.definition import Definition, Indicator, unit_columns
from anjian_cli.bulletin.value import UNSETTLED
from anjian_cli.ledger import held
from anjian_cli.ledger.lookup import MONTHLY
from anjian_cli.rules import measure

RECORD = "monthly_figure"
"""The table of what is told month by month and stands until the next month's (MONTHLY)."""


def rests_on(indicator: Indicator) -> bool:
    """Whether an indicator adds up or takes off anything that is told month by month."""
    return any(map(is_told, _sums(indicator)))


@cache  # asked of every cell
def is_told(of: str) -> bool:
    """Whether a measure is told month by month."""
    return measure.read(of).fact == MONTHLY


def _sums(indicator: Indicator) -> tuple[str, ...]:
    return indicator.sums if indicator.kind == "stock" else ()


class FiledFigures:
    """The months of which each unit in force has filed a figure of each kind."""

    def __init__(self, connection: sqlite3.Connection, definition: Definition, of: Iterable[Indicator]) -> None:
        """Of some indicators: where none of them rests on such a figure nothing is read. Raises `Refused`, as
        `ledger.held.tables`."""
        self._asked = {i.id: tuple(each for each in _sums(i) if is_told(each)) for i in of if rests_on(i)}
        self._months: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        if not self._asked:
            return
        held.tables(connection, (RECORD,))
        whose, _ = unit_columns(definition.of)
        for unit, kind, month in connection.execute(
            f"SELECT {whose}, kind, month FROM {RECORD} WHERE voided_on IS NULL AND {whose} IS NOT NULL"
        ):
            self._months[definition.roll(unit)][kind].add(month)

    def lacking(self, indicator: Indicator, place: str, month: str, opened: Collection[str] = ()) -> bool:
        """Whether a unit has filed no figure of a month (YYYY-MM), or not of every kind that the indicator asks for:
        of every kind that it ever files, where it asks for none by name. Of the measures that are `opened` an opening
        figure stands for it."""
        told: Mapping[str, Collection[str]] = self._months.get(place, {})
        return place != UNSETTLED and any(
            not told or any(month not in told.get(kind, ()) for kind in measure.read(of).words.get("kind", tuple(told)))
            for of in self._asked.get(indicator.id, ())
            if of not in opened
        )
