"""What the figures say, where a rule begins and ends."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.bulletin import findings
from anjian_cli.bulletin.findings import Field, Placed
from anjian_cli.bulletin.value import CategoryRow
from support.bulletin_builder import bulletin
from support.letter_builder import UNITS, category, cell, of, table


@pytest.mark.parametrize(("towns", "named"), [(1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (6, 3), (8, 3)])
def test_of_few_towns_half_are_named_and_no_more(towns: int, named: int) -> None:
    assert Field(tuple(Placed("", Fraction(1), at, Fraction(0), False) for at in range(towns))).named == named


def test_half_the_way_is_not_less_than_half() -> None:
    values = (Fraction(1, 2), Fraction(49, 100))
    field = Field(tuple(Placed(str(value), value, 1, Fraction(0), False) for value in values))
    assert [one.value for one in field.under_half] == [Fraction(49, 100)]


@pytest.mark.parametrize(
    ("behind", "met", "without", "slow"),
    [
        (2, 2, 4, True),  # half of those asked are behind, and half of all are asked
        (1, 2, 3, False),  # one of three
        (3, 0, 4, False),  # three of seven
    ],
)
def test_slow_is_where_half_are_asked_and_half_of_these_are_behind(
    behind: int, met: int, without: int, slow: bool
) -> None:
    cells = [*[cell(0, 4)] * behind, *[cell(4, 4)] * met, *[cell(0)] * without]
    found = category("standard", "", [table("standard.reached.三级新创", "三级新创", cells, cell(1, 4))])
    assert (findings.slowest(of(found, towns=UNITS[: len(cells)])) is not None) == slow


@pytest.mark.parametrize(("county", "slow"), [(9, True), (10, False), (11, False)])
def test_where_the_county_has_reached_the_pace_nothing_is_slow(county: int, slow: bool) -> None:
    cells = [cell(9, 12), cell(9, 12), cell(10, 12)]  # the third is just at it
    found = category("standard", "", [table("standard.reached.三级新创", "三级新创", cells, cell(county, 12))])
    made = findings.slowest(of(found, towns=UNITS[:3]))
    assert (made.below if made else None) == (2 if slow else None)


def test_who_is_at_the_pace_is_not_behind() -> None:
    rows = tuple(
        CategoryRow(unit.code, Fraction(1, 2), 1, None, gap)
        for unit, gap in zip(UNITS, (Fraction(0), Fraction(-1, 100)), strict=False)
    )
    found = findings.often_behind(of(*(category(str(at), "", [], rows=rows) for at in range(5))))
    assert [(one.town, one.below, one.rated) for one in found] == [(UNITS[1].code, 5, 5)]


def test_a_score_has_no_pace_and_is_never_finished() -> None:
    field = findings.overall(bulletin(1))
    assert {(one.gap, one.finished) for one in field.towns} == {(Fraction(0), False)}


def test_the_slowest_is_where_the_most_are_behind() -> None:
    tables = [
        table(f"standard.{short}", short, [cell(0, 12)] * behind + [cell(12, 12)] * (4 - behind), cell(0, 12))
        for short, behind in (("甲", 2), ("乙", 4), ("丙", 3))
    ]
    made = findings.slowest(of(category("standard", "", tables), towns=UNITS[:4]))
    assert made is not None
    assert (made.table.short, made.below) == ("乙", 4)


def test_who_lags_is_not_among_the_first_whatever_its_place() -> None:
    ranks = (1, 2, 2, 2)
    towns = tuple(Placed(f"t{at}", Fraction(1, rank), rank, Fraction(-1), False) for at, rank in enumerate(ranks))
    assert [one.town for one in Field(towns).leaders] == ["t0"]
    two = tuple(Placed(f"t{at}", Fraction(1, at + 1), at + 1, Fraction(-1), False) for at in range(4))
    assert [one.town for one in Field(two).leaders] == ["t0", "t1"]
    assert [one.town for one in Field(two, laggards=("t1", "t2", "t3")).leaders] == ["t0"]


def test_where_a_figure_is_not_known_nobody_is_first_last_or_done() -> None:
    towns = tuple(Placed(f"t{at}", Fraction(1), at + 1, Fraction(-1), True) for at in range(6))
    whole, partly = Field(towns), Field(towns, known=False)
    assert whole.leaders
    assert whole.finished
    assert (partly.leaders, partly.finished) == ((), ())
    assert partly.below == whole.below
