"""Numbers and comparisons in words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.bulletin import wording

if TYPE_CHECKING:
    from anjian_cli.bulletin.wording import Noun

F = Fraction


def test_percent_is_half_up_and_exact() -> None:
    assert wording.percent(F(5, 6)) == "83.33%"
    assert wording.percent(F(1, 800)) == "0.13%"  # 0.125 goes up, where a float would go to even
    assert wording.percent(F(-1, 800)) == "-0.13%"
    assert wording.percent(F(-1, 100000)) == "0.00%"
    assert wording.percent(F(6, 5)) == "120.00%"
    assert wording.percent(None) == "—"
    assert wording.percent(F(2, 3), 0) == "67%"


@given(st.integers(-(10**9), 10**9), st.sampled_from([1, 2, 4, 5, 8, 10, 1000, 100000]))
def test_decimal_rounds_as_an_exact_decimal_does(numerator: int, denominator: int) -> None:
    exact = (Decimal(numerator) / Decimal(denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert Decimal(wording.decimal(F(numerator, denominator))) == exact


def test_money_is_shown_in_ten_thousands_without_trailing_zeros() -> None:
    assert wording.amount(274_700_000, "分") == "274.7"
    assert wording.amount(3_000_000, "分") == "3"
    assert wording.amount(1, "分") == "0.000001"
    assert wording.amount(0, "分") == "0"
    assert wording.amount(12, "家") == "12"
    assert wording.amount(F(5, 2), "起") == "2.5"
    assert wording.amount(None, "家") == "—"
    assert wording.shown_unit("分") == "万元"


@pytest.mark.parametrize(
    ("now", "base", "noun", "words"),
    [
        (82, 60, "count", "增长36.67%"),
        (274_700_000, 182_700_000, "count", "增长50.36%"),
        (41, 46, "accident", "下降10.87%"),
        (47, 46, "accident", "上升2.17%"),
        (7, 7, "accident", "持平"),
        (5, 0, "count", "上年同期为0"),
        (0, 0, "count", "持平"),
        (0, 5, "count", "下降100%"),
        (5, None, "count", "—"),
        (None, 5, "count", "—"),
        (100_001, 100_000_000_000, "count", "下降100%"),
        (100_000, 99_999, "count", "增长不足0.01%"),
        (F(5, 6), F(4, 5), "rate", "上升3.33个百分点"),
        (F(1, 2), F(4, 5), "rate", "下降30.00个百分点"),
    ],
)
def test_change(now: int | Fraction | None, base: int | Fraction | None, noun: Noun, words: str) -> None:
    assert wording.change(now, base, noun) == words


PUBLISHED = (
    # what, now, the year before, as it was printed, its decimals (three published bulletins; bases follow from them)
    ("永康市1-10月非事故立案数", 82, 60, "增长36.67%", 2, "count"),
    ("永康市1-10月处罚金额，分", 274_700_000, 182_700_000, "增长50.36%", 2, "count"),
    ("衢州市1-11月事故起数", 99, 150, "下降34%", 1, "accident"),
    ("衢州市1-11月亡人事故起数", 75, 115, "下降34.8%", 1, "accident"),
    ("衢州市1-11月死亡人数", 77, 123, "下降37.4%", 1, "accident"),
    ("衢州市工矿商贸1-11月事故起数", 16, 22, "下降27.3%", 1, "accident"),
    ("衢州市道路运输1-11月事故起数", 83, 128, "下降35.2%", 1, "accident"),
    ("衢州市11月事故起数", 8, 9, "下降11.1%", 1, "accident"),
    ("衢州市11月死亡人数", 6, 7, "下降14.3%", 1, "accident"),
    ("衢州市道路运输11月事故起数", 7, 7, "持平", 1, "accident"),
)


@pytest.mark.parametrize(
    ("what", "now", "base", "words", "places", "noun"), PUBLISHED, ids=[row[0] for row in PUBLISHED]
)
def test_the_percentages_of_published_bulletins_come_out_of_their_counts(
    what: str, now: int, base: int, words: str, places: int, noun: Noun
) -> None:
    assert wording.change(now, base, noun, places) == words, what


def test_against_the_pace_by_the_exact_fraction() -> None:
    assert wording.against_pace(F(8545, 10000) - F(5, 6)) == "高于序时进度2.12个百分点"
    assert wording.against_pace(F(3, 5) - F(5, 6)) == "低于序时进度23.33个百分点"
    assert wording.against_pace(F(0)) == "与序时进度持平"
    assert wording.against_pace(F(-1, 10**6)) == "低于序时进度0.00个百分点"
    assert wording.against_pace(None) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "〇"),
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
    ],
)
def test_numerals(number: int, words: str) -> None:
    assert wording.numeral(number) == words


def test_only_several_are_numbered() -> None:
    assert wording.numbered(["甲"]) == ("甲",)
    assert wording.numbered(["甲", "乙"]) == ("1.甲", "2.乙")


@pytest.mark.parametrize(
    ("difference", "words"),
    [(F(1, 50), "+2.00"), (F(1, 10**6), "+0.00"), (F(0), "0.00"), (F(-1, 10**6), "-0.00"), (F(-1, 50), "-2.00")],
)
def test_a_lead_too_small_to_show_is_not_taken_for_none(difference: Fraction, words: str) -> None:
    assert wording.lead(difference) == words


def test_what_is_short_of_the_whole_is_never_shown_as_the_whole() -> None:
    assert wording.percent(Fraction(99_997, 100_000)) == "99.99%"
    assert wording.percent(Fraction(99_994, 100_000)) == "99.99%"
    assert wording.percent(Fraction(9_999, 10_000)) == "99.99%"
    assert wording.percent(Fraction(99_984, 100_000)) == "99.98%"
    assert wording.percent(Fraction(1)) == "100.00%"
    assert wording.percent(Fraction(100_001, 100_000)) == "100.00%"
    assert wording.percent(Fraction(999, 1000), 0) == "99%"
    assert wording.score(Fraction(9_999_999, 100_000)) == "99.99"
    assert wording.score(Fraction(100)) == "100.00"
    assert wording.hundredths(None) == wording.score(None) == "—"


def test_more_than_was_asked_has_a_word_of_its_own() -> None:
    rates = (None, Fraction(1, 2), Fraction(1), Fraction(96, 10))
    assert [wording.exceeded(rate) for rate in rates] == ["", "", "", "超额"]


def test_points_below_each_other_have_as_many_places_as_one_of_them_needs() -> None:
    column = [Fraction(98, 10), Fraction(895, 100), None, Fraction(4)]
    assert wording.marks_column(column) == ["9.80", "8.95", "—", "4.00"]
    assert wording.marks_column([Fraction(5, 2), Fraction(4)]) == ["2.5", "4.0"]
    assert wording.marks_column([Fraction(4), Fraction(20)]) == ["4", "20"]
    assert wording.marks_column([Fraction(46, 5), Fraction(599, 150)]) == ["9.20", "3.99"]
    assert wording.marks_column([None]) == ["—"]
