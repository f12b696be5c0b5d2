"""数据核对: what every town says its figures are, against the bulletin's, and what the ledger knows of a difference.

Reads reports and records as of the bulletin's day; compares with the figures that the bulletin has.
"""

from __future__ import annotations

import sqlite3
from collections import Counter

from anjian_cli.bulletin import filings, items, not_counted, phrase, wording
from anjian_cli.bulletin.definition import Definition
from anjian_cli.bulletin.doubts import digest, figures_of
from anjian_cli.bulletin.value import Bulletin, IndicatorTable
from anjian_cli.light_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Compared:
    """An indicator of a town: what it `said`, what is `done` by the bulletin, in the indicator's unit (money in fen).
    `reason` is what the ledger knows of the difference (Chinese), '' for nothing."""

    indicator: str
    said: int
    done: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reported:
    """A town's report of the month: by whom ('' = not told, or not reported) and its figures in the office's order.
    `outdated`: its figures are others than those it agreed with."""

    town: str
    filer: str
    outdated: bool
    figures: tuple[Compared, ...]


def reported(connection: sqlite3.Connection, definition: Definition, bulletin: Bulletin) -> tuple[Reported, ...]:
    """Every town of the bulletin, in the office's order, with the figures it told of what is ranked, and of anything
    else where they differ. A figure that the bulletin does not know is not compared, nor is the report of a town that
    has merged."""
    said = {(town, of): quantity for town, of, quantity in filings.told(connection, bulletin.month)}
    rows = {
        row["town_code"]: row
        for row in connection.execute(
            "SELECT town_code, COALESCE(refiled_on, filed_on) AS told_on, COALESCE(filer, '') AS filer,"
            " confirmed_figures FROM filing WHERE month = ? AND voided_on IS NULL",
            (bulletin.month,),
        ).fetchall()
    }
    found = []
    for town in bulletin.towns:
        row = rows.get(town.code)
        if row is None:
            found.append(Reported(town.code, "", False, ()))
            continue
        agreed = row["confirmed_figures"]
        outdated = agreed is not None and agreed != digest(figures_of(bulletin, town.code))
        figures = []
        for table, done in _known(bulletin, town.code):
            told = said.get((town.code, table.id))
            if told is not None and (table.ranked or told != done):
                reason = _reason(connection, definition, table, town.code, told - done, row["told_on"])
                figures.append(Compared(table.id, told, done, reason))
        found.append(Reported(town.code, row["filer"], outdated, tuple(figures)))
    return tuple(found)


def _known(bulletin: Bulletin, town: str) -> list[tuple[IndicatorTable, int]]:
    """A town's figures, as far as they are known."""
    return [
        (table, cell.done)
        for category in bulletin.categories
        for table in category.indicators
        for cell in table.cells
        if cell.town == town and cell.done is not None
    ]


def _reason(
    connection: sqlite3.Connection, definition: Definition, table: IndicatorTable, town: str, off: int, told_on: str
) -> str:
    """What may account for `off` (told less done): records that do not count, or were entered after the report. More
    than the difference cannot be what it comes from, and are not told."""
    indicator = next((each for each in definition.indicators if each.id == table.id), None)
    if off == 0 or indicator is None or indicator.kind not in ("flow", "stock"):
        return ""
    counted = items.in_figure(connection, definition, indicator, town)
    if off > 0:
        left_out = not_counted.not_counted(connection, definition, indicator, town, counted)
        if not 0 < len(left_out) <= off:
            return ""
        reasons = Counter(each.reason for each in left_out)
        return "台账不计：" + "；".join(f"{reason}（{records}条）" for reason, records in reasons.items())
    described = items.described(connection, counted)
    since = sum(item.quantity for item in described if phrase.moment(item.recorded_at)[:10] > told_on)
    if not 0 < since <= -off:
        return ""
    return f"{told_on}报送以后登记{wording.amount(since, table.unit)}{wording.shown_unit(table.unit)}"
