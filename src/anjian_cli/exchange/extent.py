"""What rows of a sheet span and come to: from which day to which, and the sums of their numbers.

A year that slipped in every row, or 元 read for 万元, breaks no rule of a single row. It shows here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import amounts, days, values
from anjian_cli.records.definition import Kind, Record
from anjian_cli.rules import place_names
from anjian_cli.workflow import echo

_TIMES = {days.day, days.year_month, days.year}
_COUNTS = {amounts.count, amounts.people}

Sums = dict[str, tuple[int, str]]
"""A total with its unit (分 for money, '' where the field's title says it) by what it is of: an indicator or a kind of
statistic, or '' for the field itself."""


@dataclass
class Extent:
    """`days` are the first and the last day, month or year of a field, `sums` its totals; both by the field's name."""

    days: dict[str, tuple[str, str]] = field(default_factory=dict)
    sums: dict[str, Sums] = field(default_factory=dict)

    def add(self, record: Record, told: Mapping[str, Any], finder: Finder) -> None:
        """Add one row of parsed values."""
        self.add_columns(record, {name: (value,) for name, value in told.items()})
        for name, column in record.columns.items():
            value, of = told.get(name), told.get(column.measure)
            if column.measure not in ("indicator", "kind") or value in (None, values.CLEAR) or of is None:
                continue
            unit, parse = echo.UNIT_OF_KIND.get(of, ""), amounts.people
            if column.measure == "indicator":
                known = finder.indicator(of)
                of, unit, parse = known.short, known.unit, amounts.count
            if unit == echo.MONEY:
                parse = amounts.money
            if told.get("town") in place_names.WHOLE:
                of = f"{of}（{told['town']}）"
            if "from_on" in record.columns and record.columns["from_on"].past and told.get("from_on"):
                of = f"{of}至{told['from_on']}"  # totals up to several days do not add up
            self._sum(name, of, parse(value) if isinstance(value, str) else value, unit)

    def add_columns(
        self, record: Record, columns: Mapping[str, Sequence[Any]], but: Iterable[int] = frozenset()
    ) -> None:
        """Add rows as columns of parsed values, without those at the places `but`. What only an indicator gives a unit
        is left out."""
        out = frozenset(but)
        for name, cells in columns.items():
            column = record.columns[name]
            time, number = column.parse in _TIMES, is_summed(record, name)
            if not (time or number):
                continue
            there = [cell for at, cell in enumerate(cells) if at not in out] if out else cells
            there = [cell for cell in there if cell is not None and cell != values.CLEAR]
            if there and time:
                self._span(name, str(min(there)), str(max(there)))
            elif there:
                unit = echo.MONEY if record.kinds[name] is Kind.AMOUNT else ""
                self._sum(name, "", sum(there), unit)

    def join(self, other: Extent) -> None:
        """Add what another part of the same sheet spans and comes to."""
        for name, (first, last) in other.days.items():
            self._span(name, first, last)
        for name, sums in other.sums.items():
            for of, (total, unit) in sums.items():
                self._sum(name, of, total, unit)

    def _span(self, name: str, first: str, last: str) -> None:
        known = self.days.get(name, (first, last))
        self.days[name] = min(known[0], first), max(known[1], last)

    def _sum(self, name: str, of: str, number: int, unit: str) -> None:
        sums = self.sums.setdefault(name, {})
        sums[of] = sums.get(of, (0, unit))[0] + number, unit


def is_summed(record: Record, name: str) -> bool:
    """Whether the numbers of a field add up to something. In what the office itself keeps a number is an order or a
    measure of something else."""
    column = record.columns[name]
    if record.office or column.measure or column.shown_only:
        return False
    return record.kinds[name] is Kind.AMOUNT or column.parse in _COUNTS
