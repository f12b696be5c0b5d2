"""Totals known without their records: what each adds to the one before, and the days it holds."""

from __future__ import annotations

import pytest

from anjian_cli.rules.opening_figure import MONEY
from anjian_cli.workflow import opening_figure
from oracle.figures import dump
from support.desk import SHIZHU, ZHIYING, Desk, refuses

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
        with refuses("E415"):
            desk.step(opening_figure.write_down, figure, 0)
        desk.step(opening_figure.write_down, figure, 20)
        assert parts(desk)[0][1] == 0

    def test_money_is_told_and_typed_as_it_is_written(self, desk: Desk) -> None:
        figure = desk.opening("罚款", "2018-06-30", "3万元")
        with refuses("E414") as messages:
            desk.case(filed_on="2018-05-01", decided_on="2018-05-02", fine=1_500_050)
        assert "已有期初数3万元，又登记了1.50005万元逐条记录" in messages[0]
        assert "--数量 1.50005万元" in messages[0]
        with refuses("E415") as messages:
            desk.step(opening_figure.write_down, figure, 3_000_001)
        assert "现为3万元，不能核减3.000001万元" in messages[0]
        with desk.gate() as gate:
            by = opening_figure.typed(gate, figure, "1.50005万元")
            assert by == 1_500_050
            opening_figure.write_down(gate, figure, by)
            assert opening_figure.shown(gate, figure) == "1.49995万元"
        with refuses("E418") as messages:
            desk.opening("罚款", "2018-09-30", "2万元")
        assert "累计数2万元小于2018-06-30的累计数3万元" in messages[0]

    def test_the_rule_knows_which_indicators_count_money(self, desk: Desk) -> None:
        found = desk.ledger.execute("SELECT id FROM indicator WHERE unit = '分'").fetchall()
        assert {row["id"] for row in found} == set(MONEY)

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


def whole_of(desk: Desk, indicator: str, *days: str) -> list[int]:
    """The county's figure, those of no town among it."""
    return [sum(desk.figure(indicator, f"2018-{day}", town) for town in (ZHIYING, SHIZHU, "")) for day in days]


class TestTotalOfTheCounty:
    """全市 and 合计 beside figures of towns (亳州: 124,841 against 122,002, printed as 246,843)."""

    def test_equal_to_its_towns_it_is_left_out_and_said(self, desk: Desk) -> None:
        desk.opening("三级新创", "2018-09-30", "5")
        desk.opening("三级新创", "2018-09-30", "10", town=SHIZHU)
        for word in ("全市", "合计"):
            kept = desk.take(
                "opening_figure", indicator="三级新创", town=word, from_on="2018-09-30", cumulative="15", source="x"
            )
            assert kept.outcome == "left out"
            assert kept.note is not None
            assert "表中合计15家" in str(kept.note)
            assert "〔N302〕" in str(kept.note)
        assert len(parts(desk)) == 2

    @pytest.mark.parametrize(("told", "by"), [("14", 1), ("16", 1), ("0", 15)])
    def test_unequal_it_is_refused_with_both_numbers(self, desk: Desk, told: str, by: int) -> None:
        desk.opening("三级新创", "2018-09-30", "5")
        desk.opening("三级新创", "2018-09-30", "10", town=SHIZHU)
        with refuses("E476") as said:
            desk.opening("三级新创", "2018-09-30", told, town="全市")
        assert f"合计{told}家，各镇（街、区）相加15家，相差{by}家" in said[0]
        assert "未定镇街" in said[0]

    def test_money_is_told_in_its_unit(self, desk: Desk) -> None:
        desk.opening("罚款", "2018-09-30", "5万元")
        with refuses("E476") as said:
            desk.opening("罚款", "2018-09-30", "15万元", town="全市")
        assert "合计15万元，各镇（街、区）相加5万元，相差10万元" in said[0]

    def test_what_no_town_bears_is_a_figure_of_its_own(self, desk: Desk) -> None:
        desk.opening("三级新创", "2018-09-30", "5")
        rest = desk.opening("三级新创", "2018-09-30", "3", town="未定镇街")
        assert desk.row("opening_figure", rest)["unsettled"] == 1
        assert whole_of(desk, "standard.reached.三级新创", "09-30") == [8]
        kept = desk.take(
            "opening_figure", indicator="三级新创", town="合计", from_on="2018-09-30", cumulative="8", source="x"
        )
        assert kept.outcome == "left out"
        assert desk.row("opening_figure", rest)["cumulative"] == 3

    def test_the_county_s_alone_stays_possible(self, desk: Desk) -> None:
        whole = desk.opening("三级新创", "2018-09-30", "15", town="全市")
        assert desk.row("opening_figure", whole)["unsettled"] is None
        assert desk.opening("三级新创", "2018-09-30", "16", town="全市") == whole
        desk.opening("罚款", "2018-09-30", "5万元")  # another indicator
        desk.opening("三级新创", "2017-12-31", "9")  # another year of a flow

    def test_towns_beside_a_total_that_stands_are_refused(self, desk: Desk) -> None:
        whole = desk.opening("三级新创", "2018-09-30", "15", town="全市")
        for day in ("2018-09-30", "2018-06-30", "2018-10-31"):
            with refuses("E477") as said:
                desk.opening("三级新创", day, "5")
            assert number(desk, whole) in said[0]
        desk.take("opening_figure", number=number(desk, whole), town="未定镇街", cumulative="10")
        desk.opening("三级新创", "2018-09-30", "5")
        assert whole_of(desk, "standard.reached.三级新创", "09-30") == [15]

    def test_a_total_of_another_day_cannot_be_held_against_them(self, desk: Desk) -> None:
        desk.opening("三级新创", "2018-06-30", "5")
        with refuses("E478"):
            desk.opening("三级新创", "2018-09-30", "15", town="全市")
        rest = desk.opening("三级新创", "2018-09-30", "15", town="未定")
        with refuses("E478"):
            desk.take("opening_figure", number=number(desk, rest), town="全市")

    @pytest.mark.parametrize("of", ["三级新创", "喷涂", "排查隐患"])
    def test_next_month_s_total_is_held_against_next_month_s_towns(self, desk: Desk, of: str) -> None:
        for day, parts_of_it in (("2018-06-30", ("5", "10")), ("2018-09-30", ("6", "12")), ("2018-03-31", ("1", "2"))):
            for town, told in zip((ZHIYING, SHIZHU), parts_of_it, strict=True):
                desk.opening(of, day, told, town=town)
            whole = str(sum(map(int, parts_of_it)))
            kept = desk.take("opening_figure", indicator=of, town="合计", from_on=day, cumulative=whole, source="x")
            assert kept.outcome == "left out"
            with refuses("E476"):
                desk.opening(of, day, "99", town="全市")
        # A town that has none of this day may be part of the total: nobody can say what the sum is.
        desk.opening(of, "2018-10-31", "7")
        with refuses("E478"):
            desk.opening(of, "2018-10-31", "7", town="全市")

    def test_a_stock_s_total_ends_where_what_no_town_bears_takes_its_place(self, desk: Desk) -> None:
        desk.opening("喷涂", "2018-06-30", "80", town="全市")
        with refuses("E477"):
            desk.opening("喷涂", "2018-09-30", "50")
        desk.opening("喷涂", "2018-09-30", "30", town="未定镇街")
        desk.opening("喷涂", "2018-09-30", "50")
        assert whole_of(desk, "trusteeship.喷涂", "08-31", "09-30") == [80, 80]


@pytest.mark.parametrize(
    ("figures_of", "said"),
    [
        ({"排查隐患": 15, "已销号": 20}, "“已销号”20条，多于“排查隐患”15条"),
        ({"排查隐患": 15, "已销号": 15}, ""),
        ({"排查隐患": 15, "已销号": 10, "未销号": 4}, "“未销号”却是4条"),
        ({"排查隐患": 15, "已销号": 10, "未销号": 5}, ""),
        ({"排查隐患": 15, "已销号": 10, "未销号": 6}, "“未销号”却是6条，多出的1条应是上年转入的"),
        ({"到期隐患": 8, "按期整改": 9}, "“按期整改”9条，多于“到期隐患”8条"),
        ({"到期隐患": 8, "按期整改": 6, "逾期后整改": 3}, "“按期整改”6条加“逾期后整改”3条，多于“到期隐患”8条"),
        ({"到期隐患": 8, "按期整改": 6, "逾期后整改": 2}, ""),
    ],
)
def test_what_cannot_be_is_said_at_entry(desk: Desk, figures_of: dict[str, int], said: str) -> None:
    kept = [
        desk.take(
            "opening_figure", indicator=of, town="芝英镇", from_on="2018-09-30", cumulative=str(quantity), source="x"
        )
        for of, quantity in figures_of.items()
    ]
    with desk.gate() as gate:
        notes = [str(note) for note in opening_figure.remarks(gate, kept)]
    assert [said in note for note in notes] == ([True] if said else [])
    assert all(note.startswith("芝英镇截至2018-09-30的期初数") for note in notes)
