"""Totals known without their records: what each adds to the one before, and the days it holds."""

from __future__ import annotations

import pytest

from anjian_cli.workflow import opening_figure
from oracle.figures import dump
from support.desk import SHIZHU, Desk, refuses

PARTS = ("cumulative", "quantity", "period_from", "from_on", "until_on")


def parts(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("opening_figure", *PARTS, where="voided_on IS NULL")


def number(desk: Desk, figure: int) -> str:
    return str(desk.row("opening_figure", figure)["number"])


def figures(desk: Desk, indicator: str, *days: str) -> list[int]:
    return [desk.figure(indicator, f"2018-{day}") for day in days]


class TestFlow:
    def test_it_counts_on_its_day_for_the_year_so_far(self, desk: Desk) -> None:
        desk.opening("网格员", "2018-06-30", "20")
        assert figures(desk, "training.网格员", "06-29", "06-30", "12-31") == [0, 20, 20]
        assert desk.figure("training.网格员", "2019-01-31") == 0
        assert parts(desk) == [(20, 20, "2018-01-01", "2018-06-30", "9999-12-31")]

    def test_a_second_total_adds_only_the_difference_in_whatever_order_they_come(self, desk: Desk) -> None:
        desk.opening("网格员", "2018-09-30", "50")
        desk.opening("网格员", "2018-06-30", "20")
        desk.opening("网格员", "2018-08-31", "20")
        assert figures(desk, "training.网格员", "07-31", "08-31", "09-30") == [20, 20, 50]
        assert parts(desk) == [
            (50, 30, "2018-09-01", "2018-09-30", "9999-12-31"),
            (20, 20, "2018-01-01", "2018-06-30", "9999-12-31"),
            (20, 0, "2018-07-01", "2018-08-31", "9999-12-31"),
        ]

    def test_another_year_begins_anew(self, desk: Desk) -> None:
        desk.opening("网格员", "2017-12-31", "90")
        desk.opening("网格员", "2018-06-30", "20")
        assert desk.figure("training.网格员", "2017-12-31") == 90
        assert figures(desk, "training.网格员", "06-30") == [20]

    def test_a_total_does_not_fall(self, desk: Desk) -> None:
        first = desk.opening("网格员", "2018-06-30", "20")
        with refuses("E418") as messages:
            desk.opening("网格员", "2018-09-30", "19")
        assert "累计数19小于2018-06-30的累计数20" in messages[0]
        desk.opening("网格员", "2018-09-30", "20")
        with refuses("E418"):
            desk.take("opening_figure", number=number(desk, first), cumulative="21")

    def test_voided_the_later_ones_take_its_part_over(self, desk: Desk) -> None:
        first = desk.opening("网格员", "2018-06-30", "20")
        desk.opening("网格员", "2018-09-30", "50")
        desk.void("opening_figure", first)
        assert figures(desk, "training.网格员", "06-30", "09-30") == [0, 50]
        assert parts(desk) == [(50, 50, "2018-01-01", "2018-09-30", "9999-12-31")]

    def test_corrected_the_later_ones_add_less(self, desk: Desk) -> None:
        first = desk.opening("网格员", "2018-06-30", "20")
        desk.opening("网格员", "2018-09-30", "50")
        desk.take("opening_figure", number=number(desk, first), cumulative="25")
        assert figures(desk, "training.网格员", "06-30", "09-30") == [25, 50]

    def test_money_is_read_in_its_unit(self, desk: Desk) -> None:
        desk.opening("罚款", "2018-10-31", "274.7万元")
        assert figures(desk, "case.fine", "10-31") == [274700000]
        with refuses("E243"):
            desk.opening("网格员", "2018-10-31", "2万元")
        with refuses("E244"):
            desk.opening("罚款", "2018-11-01", "许多")


class TestStock:
    def test_it_holds_until_the_next_total(self, desk: Desk) -> None:
        desk.opening("喷涂", "2018-09-30", "80")
        desk.opening("喷涂", "2018-06-30", "60")
        assert figures(desk, "trusteeship.喷涂", "06-29", "06-30", "09-29", "09-30", "12-31") == [0, 60, 60, 80, 80]
        assert desk.figure("trusteeship.喷涂", "2019-01-31") == 80

    def test_it_may_fall(self, desk: Desk) -> None:
        desk.opening("喷涂", "2018-06-30", "60")
        desk.opening("喷涂", "2018-09-30", "50")
        assert figures(desk, "trusteeship.喷涂", "09-29", "09-30") == [60, 50]

    def test_a_stock_of_the_year_ends_with_it(self, desk: Desk) -> None:
        desk.opening("到期复评", "2018-01-01", "423")
        assert figures(desk, "standard.review_due", "01-01", "12-31") == [423, 423]
        assert desk.figure("standard.review_due", "2019-01-01") == 0
        assert parts(desk) == [(423, 423, None, "2018-01-01", "2019-01-01")]

    def test_voided_the_one_before_holds_on(self, desk: Desk) -> None:
        desk.opening("喷涂", "2018-06-30", "60")
        second = desk.opening("喷涂", "2018-09-30", "80")
        desk.void("opening_figure", second)
        assert figures(desk, "trusteeship.喷涂", "12-31") == [60]


class TestMoved:
    def test_to_another_day_beyond_the_next_one(self, desk: Desk) -> None:
        for indicator in ("喷涂", "网格员"):
            first = desk.opening(indicator, "2018-06-30", "90")
            second = desk.opening(indicator, "2018-09-30", "95")
            if indicator == "喷涂":
                desk.take("opening_figure", number=number(desk, second), cumulative="80")
            desk.take("opening_figure", number=number(desk, first), from_on="2018-10-31", cumulative="99")
        assert figures(desk, "trusteeship.喷涂", "06-30", "09-30", "10-31") == [0, 80, 99]
        assert figures(desk, "training.网格员", "06-30", "09-30", "10-31") == [0, 95, 99]

    def test_to_an_earlier_day_than_it_stood_for(self, desk: Desk) -> None:
        desk.opening("网格员", "2018-06-30", "20")
        second = desk.opening("网格员", "2018-09-30", "50")
        desk.take("opening_figure", number=number(desk, second), from_on="2018-03-31", cumulative="15")
        assert figures(desk, "training.网格员", "03-31", "06-30", "09-30") == [15, 20, 20]

    def test_not_to_a_day_that_is_taken(self, desk: Desk) -> None:
        desk.opening("网格员", "2018-06-30", "20")
        second = desk.opening("网格员", "2018-09-30", "50")
        before = dump(desk.ledger)
        with refuses("E417"):
            desk.take("opening_figure", number=number(desk, second), from_on="2018-06-30")
        assert dump(desk.ledger) == before

    def test_to_another_town(self, desk: Desk) -> None:
        desk.opening("网格员", "2018-06-30", "20")
        second = desk.opening("网格员", "2018-09-30", "50")
        desk.take("opening_figure", number=number(desk, second), town="石柱镇")
        assert figures(desk, "training.网格员", "09-30") == [20]
        assert desk.figure("training.网格员", "2018-09-30", SHIZHU) == 50

    def test_to_an_indicator_of_another_kind(self, desk: Desk) -> None:
        figure = desk.opening("网格员", "2018-06-30", "20")
        desk.take("opening_figure", number=number(desk, figure), indicator="到期复评")
        assert parts(desk) == [(20, 20, None, "2018-06-30", "2019-01-01")]
        desk.take("opening_figure", number=number(desk, figure), indicator="网格员")
        assert parts(desk) == [(20, 20, "2018-01-01", "2018-06-30", "9999-12-31")]


class TestWriteDown:
    def test_it_takes_off_what_records_are_to_stand_for(self, desk: Desk) -> None:
        figure = desk.opening("网格员", "2018-06-30", "20")
        desk.step(opening_figure.write_down, figure, 5)
        desk.step(opening_figure.write_down, figure, 3)
        assert figures(desk, "training.网格员", "06-30") == [12]
        assert desk.row("opening_figure", figure)["cumulative"] == 20

    @pytest.mark.parametrize("indicator", ["网格员", "喷涂"])
    def test_not_more_than_there_is(self, desk: Desk, indicator: str) -> None:
        figure = desk.opening(indicator, "2018-06-30", "20")
        with refuses("E415"):
            desk.step(opening_figure.write_down, figure, 21)
        desk.step(opening_figure.write_down, figure, 20)
        assert parts(desk)[0][1] == 0

    def test_not_below_what_was_written_down(self, desk: Desk) -> None:
        figure = desk.opening("网格员", "2018-06-30", "20")
        desk.step(opening_figure.write_down, figure, 12)
        with refuses("E415"):
            desk.take("opening_figure", number=number(desk, figure), cumulative="11")
        desk.take("opening_figure", number=number(desk, figure), cumulative="12")

    def test_not_a_voided_one(self, desk: Desk) -> None:
        figure = desk.opening("网格员", "2018-06-30", "20")
        desk.void("opening_figure", figure)
        with refuses("E416"):
            desk.step(opening_figure.write_down, figure, 1)

    def test_of_an_earlier_total_the_later_one_stays_what_it_adds(self, desk: Desk) -> None:
        first = desk.opening("网格员", "2018-06-30", "20")
        desk.opening("网格员", "2018-09-30", "50")
        desk.step(opening_figure.write_down, first, 5)
        assert figures(desk, "training.网格员", "06-30", "09-30") == [15, 45]


def test_the_same_total_again_changes_nothing(desk: Desk) -> None:
    first = desk.opening("网格员", "2018-06-30", "20")
    before = desk.head
    assert desk.opening("网格员", "2018-06-30", "20") == first
    assert desk.head == before


def test_a_total_of_the_future_is_refused(desk: Desk) -> None:
    with refuses("E213"):
        desk.opening("网格员", "2018-11-06", "20")
