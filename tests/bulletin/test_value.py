"""What the bulletin's values answer by themselves."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.bulletin.value import ScoreRow
from support.letter_builder import UNITS, cell, of, table


@pytest.mark.parametrize(
    ("rank", "last_rank", "moved"), [(2, 5, 3), (5, 2, -3), (4, 4, 0), (None, 4, None), (4, None, None)]
)
def test_places_up_since_the_month_before(rank: int | None, last_rank: int | None, moved: int | None) -> None:
    assert ScoreRow(UNITS[0].code, Fraction(80), rank, last_rank, 6, 0, "").moved == moved


def test_an_indicator_is_tasked_where_one_town_is() -> None:
    assert table("x", "x", [cell(1, 10), cell(1)], cell(2)).tasked
    assert not table("x", "x", [cell(1, 0), cell(1)], cell(2)).tasked


def test_only_a_figure_that_says_so_is_of_the_year() -> None:
    assert not table("x", "x", [], cell(2)).of_year


def test_a_town_by_its_code() -> None:
    assert of().town(UNITS[1].code) == UNITS[1]
    with pytest.raises(KeyError):
        of().town("330784999")
