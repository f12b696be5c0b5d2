"""What is expected by the year's end and needed a month: by hand, and by its own terms."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.bulletin.outlook import Ahead, Outlook, falling_short, months_left, outlook
from anjian_cli.bulletin.value import Bulletin, Cell, IndicatorTable
from anjian_cli.light_dataclasses import replace
from support.bulletin_builder import SEEDS, bulletin
from support.sweeps import sweep


def told(
    months: tuple[int | None, ...],
    target: int,
    *,
    month: str = "2018-10",
    finished: bool = True,
    kind: str = "flow",
    of_year: bool = False,
    against: str = "target",
) -> Ahead:
    """Of the county, in one scored indicator of an otherwise made-up bulletin."""
    found = replace(bulletin(1), month=month, finished=finished)
    at = next(at for at, category in enumerate(found.categories) if category.scored)
    category = found.categories[at]
    number = next(n for n, table in enumerate(category.indicators) if table.scored)
    table = category.indicators[number]
    done = months[-1]
    owes = None if done is None else max(0, target - done)
    cell = replace(table.total, months=months, target=target, done=done, owes_year=owes)
    changed = replace(
        table, kind=kind, of_year=of_year, against=against, total=cell, cells=(replace(table.cells[0], target=1),)
    )
    tables = (changed, *(t for n, t in enumerate(category.indicators) if n != number))
    categories = (replace(category, indicators=tables), *found.categories[:at], *found.categories[at + 1 :])
    ahead = outlook(replace(found, categories=categories))[0].total
    assert ahead is not None
    return ahead


def figures(ahead: Ahead) -> tuple[Fraction | None, int | None, int | None, int | None]:
    return ahead.growth, ahead.expected, ahead.short_of, ahead.needed


def test_the_demonstration_countys_standardization() -> None:
    """108 by September, 129 by October of 200: 71 in July, so 58 in three months, two months to go."""
    ahead = told((0, 0, 27, 27, 50, 71, 71, 94, 108, 129), 200)
    assert figures(ahead) == (Fraction(58, 3), 167, 33, 36)  # 129 + 38.67; 71 owed over two months


@pytest.mark.parametrize(
    ("months", "month", "kind", "of_year", "expected"),
    [
        ((12,), "2018-01", "flow", False, (Fraction(12), 144, 0, 8)),  # the year began with none
        ((12,), "2018-01", "stock", True, (Fraction(12), 144, 0, 8)),
        ((12,), "2018-01", "stock", False, (None, None, None, 8)),  # December's end is not known
        ((12, 18), "2018-02", "stock", False, (Fraction(6), 78, 22, 9)),
        ((12, 18), "2018-02", "flow", False, (Fraction(9), 108, 0, 9)),
        ((60, 40, 20, 10), "2018-04", "stock", False, (Fraction(-50, 3), 0, 100, 12)),  # never less than none
        ((30, 20, 10, 0), "2018-04", "flow", False, (Fraction(-10), 0, 100, 13)),  # nor where some were taken back
        ((None, 10, 20, 30, 40), "2018-05", "flow", False, (Fraction(10), 110, 0, 9)),
        ((1, None, 20, 30, 40), "2018-05", "flow", False, (None, None, None, 9)),
        ((0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 90), "2018-12", "flow", False, (Fraction(30), 90, 10, None)),
        ((0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100), "2018-12", "flow", False, (Fraction(100, 3), 100, 0, 0)),
    ],
)
def test_by_hand(
    months: tuple[int | None, ...],
    month: str,
    kind: str,
    of_year: bool,
    expected: tuple[Fraction | None, int | None, int | None, int | None],
) -> None:
    assert figures(told(months, 100, month=month, kind=kind, of_year=of_year)) == expected


def test_a_running_month_is_no_measure_but_what_it_has_brought_stays() -> None:
    """Nine whole months, 3 a month of late; October has 50 already, and counts among the months left."""
    ahead = told((0, 0, 0, 0, 0, 0, 3, 6, 9, 50), 100, finished=False)
    assert figures(ahead) == (Fraction(3), 50, 50, 17)
    ahead = told((0, 0, 0, 0, 0, 0, 3, 6, 9, 10), 100, finished=False)
    assert figures(ahead) == (Fraction(3), 18, 82, 30)


def test_no_more_is_expected_than_there_is_to_do() -> None:
    """147 of 180 listed, 23 a month of late."""
    months = (0, 0, 0, 0, 25, 50, 78, 107, 135, 147)
    assert figures(told(months, 180)) == (Fraction(23), 193, 0, 17)
    assert figures(told(months, 180, against="列入喷涂")) == (Fraction(23), 180, 0, 17)


def test_without_months_nothing_is_expected_but_something_is_needed() -> None:
    bare = [one.total for one in outlook(without_months(bulletin(1))) if one.total]
    assert bare
    assert {(ahead.growth, ahead.expected, ahead.short_of) for ahead in bare} == {(None, None, None)}
    assert any(ahead.needed for ahead in bare)


def without_months(found: Bulletin) -> Bulletin:
    def table(each: IndicatorTable) -> IndicatorTable:
        def cell(one: Cell) -> Cell:
            return replace(one, months=())

        return replace(each, cells=tuple(map(cell, each.cells)), total=cell(each.total))

    categories = tuple(replace(c, indicators=tuple(map(table, c.indicators))) for c in found.categories)
    return replace(found, categories=categories)


@sweep("seed", SEEDS, keep=3)
def test_what_is_needed_reaches_the_task_and_no_less_does(seed: int) -> None:
    found = bulletin(seed)
    left = months_left(found)
    said = 0
    for one in outlook(found):
        assert len(one.towns) == len(found.towns)
        for cell, ahead in zip((*one.table.cells, one.table.total), (*one.towns, one.total), strict=True):
            assert (ahead is None) == (not cell.target)
            if ahead is None:
                continue
            assert ahead.cell is cell
            owed = cell.owes_year
            assert (ahead.needed is None) == (owed is None or (owed > 0 and left == 0))
            if ahead.needed is not None and owed is not None:
                said += 1
                assert ahead.needed * left >= owed
                assert ahead.needed == 0 or (ahead.needed - 1) * left < owed
            if ahead.expected is not None:
                assert ahead.short_of == max(0, (cell.target or 0) - ahead.expected)
    assert said


def test_who_will_fall_short() -> None:
    found = bulletin(1, 3)
    table = found.categories[0].indicators[0]
    ahead = [None if short is None else Ahead(table.total, None, None, short, None) for short in (0, 2, None)]
    assert falling_short(found, Outlook(table, None, tuple(ahead))) == [found.towns[1].short]
