"""What 明细 tells of a count beside its own records where points or a veto rest on it: the same months of the year
before, the condition of a veto or a consequence, and whether it is reached.
"""

from __future__ import annotations

import sqlite3
from fractions import Fraction

from anjian_cli.bulletin import figures, items, points, points_reason
from anjian_cli.bulletin.definition import Definition, Indicator
from anjian_cli.bulletin.not_counted import NotCounted
from anjian_cli.bulletin.value import Cell
from anjian_cli.light_dataclasses import replace
from anjian_cli.rules.scoring import WITHOUT_POINTS

COMPARED = "上年同期的，用来比较"


def year_before(
    connection: sqlite3.Connection, definition: Definition, indicator: Indicator, place: str, cell: Cell
) -> tuple[list[NotCounted], str]:
    """The records of the same months of the year before (上年同期), and a note of how many they are; neither of what is
    not held against these. Where the ledger does not reach so far back, the note says that it is not known."""
    if not indicator.yearly:
        return [], ""
    period = definition.period
    last_day = period.years_before(1)
    begin = f"{last_day[:4]}-{definition.first_month:02d}-01"
    when = f"上年同期（{begin}至{last_day}）"
    if cell.last_year is None:
        return [], f"{when}的数不知道：台账里它的第一条记录在那以后；上年的数补登、导入以后才能比"
    before = replace(definition, period=replace(period, year=period.year - 1, as_of=last_day, finished=True))
    found = [item for item in items.in_figure(connection, before, indicator, place) if _within(item, indicator, begin)]
    amount = points_reason.amount(Fraction(sum(item.quantity for item in found)), indicator)
    listed = f"，记录列在没有计入的里面，原因是“{COMPARED}”" if found else ""
    return [NotCounted(item, COMPARED) for item in items.described(connection, found)], f"{when}{amount}{listed}"


def _within(item: items.Item, indicator: Indicator, begin: str) -> bool:
    return indicator.kind != "flow" or item.from_on >= begin


def condition(connection: sqlite3.Connection, definition: Definition, indicator: Indicator, town: str) -> str:
    """The condition of a veto or a consequence, what was counted for it, whether it is reached; '' of another form, and
    of a place that is no unit."""
    how = indicator.scoring
    if how is None or how.form not in WITHOUT_POINTS or all(unit.code != town for unit in definition.towns):
        return ""
    return points.condition(definition, figures.compute(connection, definition), indicator, town)
