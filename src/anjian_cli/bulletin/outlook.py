"""Where the year is going: what is expected by its end, and what is needed a month. Exact arithmetic on the bulletin's
value; knows no ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from anjian_cli.bulletin import findings
from anjian_cli.bulletin.period import MONTHS
from anjian_cli.bulletin.value import TARGET, Bulletin, Cell, IndicatorTable
from anjian_cli.light_dataclasses import dataclass

SPAN = 3
METHOD = (
    f"年底预计为已过整月的完成数加近{SPAN}个月（不足{SPAN}个月的按已有月份）平均月增量乘余下月数，"
    "舍去尾数；以应办数为任务的不超过应办数。仅供参考"
)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What lies ahead of a cell with a task, in its indicator's unit. `growth` is the mean of the last months, None
    where it is not known; `expected` by 31 December and `short_of` then (never negative) likewise. `needed` is how
    many a month reach the task from now on; None where that is not known, or no month is left."""

    cell: Cell
    growth: Fraction | None
    expected: int | None
    short_of: int | None
    needed: int | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What lies ahead in a scored indicator: of the county, and of every town in the office's order (None = no
    task)."""

    table: IndicatorTable
    total: Ahead | None
    towns: tuple[Ahead | None, ...]


def outlook(bulletin: Bulletin) -> tuple[Outlook, ...]:
    """The outlook of every indicator that is scored this month."""
    return tuple(
        Outlook(
            table,
            _ahead(bulletin, table, table.total),
            tuple(_ahead(bulletin, table, cell) for cell in table.cells),
        )
        for table in _scored(bulletin)
    )


def of_town(bulletin: Bulletin, code: str) -> tuple[tuple[IndicatorTable, Ahead], ...]:
    """What lies ahead of one town, in every scored indicator in which it has a task. Raises KeyError."""
    at = bulletin.at(code)
    found = ((table, _ahead(bulletin, table, table.cells[at])) for table in _scored(bulletin))
    return tuple((table, ahead) for table, ahead in found if ahead is not None)


def _scored(bulletin: Bulletin) -> Iterator[IndicatorTable]:
    return (table for category in findings.scored(bulletin) for table in findings.scored_tables(category))


def falling_short(bulletin: Bulletin, one: Outlook) -> list[str]:
    """The short names of the towns that are expected not to reach their task."""
    return [town.short for town, ahead in zip(bulletin.towns, one.towns, strict=True) if ahead and ahead.short_of]


def months_left(bulletin: Bulletin) -> int:
    """From now on, a running month among them."""
    return MONTHS - _passed(bulletin)


def needed(bulletin: Bulletin, owed: int | None) -> int | None:
    """How many a month bring what is owed to the year; None where that is not known, or no month is left."""
    left = months_left(bulletin)
    if owed is None or (owed and not left):
        return None
    return ceil(Fraction(owed, left)) if owed else 0


def _passed(bulletin: Bulletin) -> int:
    month = int(bulletin.month[5:])
    return month if bulletin.finished else month - 1


def _ahead(bulletin: Bulletin, table: IndicatorTable, cell: Cell) -> Ahead | None:
    if not cell.target:
        return None
    left = months_left(bulletin)
    a_month = needed(bulletin, cell.owes_year)
    done = cell.months[: _passed(bulletin)]
    growth = _growth(table, done)
    if growth is None or done[-1] is None:
        return Ahead(cell, None, None, None, a_month)
    least = (cell.done or 0) if _from_nothing(table) else 0  # what a running month has brought is not lost again
    expected = max(floor(done[-1] + growth * left), least)
    if table.against not in ("", TARGET):  # no more can be done than there is to do
        expected = min(expected, cell.target)
    return Ahead(cell, growth, expected, max(0, cell.target - expected), a_month)


def _growth(table: IndicatorTable, done: tuple[int | None, ...]) -> Fraction | None:
    """The mean of the last months, None where there are none or one of their ends is not known."""
    whole = (0, *done) if done and _from_nothing(table) else done
    months = min(SPAN, len(whole) - 1)
    if months < 1:
        return None
    since, last = whole[-1 - months], whole[-1]
    return None if since is None or last is None else Fraction(last - since, months)


def _from_nothing(table: IndicatorTable) -> bool:
    """Whether its figure begins with the year. Of all else January has nothing before it to be compared with."""
    return table.kind == "flow" or table.of_year
