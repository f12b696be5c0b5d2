"""How far the county had come by the end of every month of the year, for the charts of page and workbook."""

from __future__ import annotations

from fractions import Fraction

from anjian_cli.bulletin import findings
from anjian_cli.bulletin.value import Bulletin, Category, IndicatorTable
from anjian_cli.light_dataclasses import dataclass

MONTHS = 12
PACE = tuple(Fraction(month, MONTHS) for month in range(1, MONTHS + 1))
"""The pace of the whole year, which ends at 100%."""


@dataclass(frozen=True, slots=True)
class Months:
    """A category over the months: each of its indicators (short word) with its rates against the targets of now, from
    January to this month, None where one is not known. `paced`: the pace of the year is what all of them are held
    against."""

    category: Category
    rates: tuple[tuple[str, tuple[Fraction | None, ...]], ...]
    paced: bool


def of_category(bulletin: Bulletin, category: Category) -> Months | None:
    """A category's indicators that are scored; None where of none of them a month is known."""
    tables = findings.scored_tables(category)
    rates = []
    for table in tables:
        target = table.total.target
        if target and any(done is not None for done in table.total.months):
            done = done_by_month(bulletin, table)
            rates.append((table.short, tuple(None if each is None else Fraction(each, target) for each in done)))
    if not rates:
        return None
    return Months(category, tuple(rates), all(table.pace == bulletin.pace for table in tables))


def done_by_month(bulletin: Bulletin, table: IndicatorTable) -> list[int | None]:
    """What the county had done by the end of each month of the year so far; the first ones may not be known."""
    known = table.total.months
    return [*[None] * (int(bulletin.month[5:7]) - len(known)), *known]
