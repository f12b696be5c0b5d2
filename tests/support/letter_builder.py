"""Tables made by hand for what is said of them: as many towns as have cells, at the pace of October."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from anjian_cli.bulletin import ranking
from anjian_cli.bulletin.value import Bulletin, Category, Cell, IndicatorTable
from anjian_cli.light_dataclasses import replace
from support.bulletin_builder import bulletin, towns

PACE = Fraction(10, 12)
UNITS = towns()


def cell(done: int | None, target: int | None = None, **more: object) -> Cell:
    rate = ranking.rate(done, target)
    gap = None if rate is None else rate - PACE
    plain = Cell(
        "", "", done, 0, target, rate, gap, ranking.owed(done, target, PACE), None, None, None, None, None, None
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def table(id_: str, short: str, cells: Sequence[Cell], total: Cell, **more: object) -> IndicatorTable:
    placed = tuple(replace(each, town=town.code) for each, town in zip(cells, UNITS, strict=False))
    plain = IndicatorTable(
        id_, short, short, "家", "flow", "target", True, True, "", PACE, placed, total, None, None, (), ""
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def category(id_: str, title: str, tables: Sequence[IndicatorTable], **more: object) -> Category:
    return replace(Category(id_, title, True, Fraction(1), tuple(tables), (), None, ()), **more)  # type: ignore[arg-type]


def of(*categories: Category, **changes: object) -> Bulletin:
    return bulletin(0, categories=categories, corrections=(), death_rates=(), filings=None, **changes)  # type: ignore[arg-type]
