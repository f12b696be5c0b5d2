"""A target by date: changed, withdrawn, moved; each holds until the next begins."""

from __future__ import annotations

from anjian_cli.records.values import CLEAR
from support.desk import Desk, refuses


def targets(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("target", "quantity", "from_on", "until_on", where="voided_on IS NULL")


def number(desk: Desk, target: int) -> str:
    return str(desk.row("target", target)["number"])


def test_it_holds_from_the_first_of_january_unless_a_day_is_given(desk: Desk) -> None:
    desk.target(10)
    assert targets(desk) == [(10, "2018-01-01", "9999-12-31")]


def test_a_later_one_takes_its_place_from_its_day_in_whatever_order_they_come(desk: Desk) -> None:
    desk.target(30, "2018-09-01")
    desk.target(10)
    desk.target(20, "2018-07-01")
    assert sorted(targets(desk), key=str) == [
        (10, "2018-01-01", "2018-07-01"),
        (20, "2018-07-01", "2018-09-01"),
        (30, "2018-09-01", "9999-12-31"),
    ]


def test_the_same_again_and_another_number_for_the_same_day(desk: Desk) -> None:
    first = desk.target(10)
    before = desk.head
    assert desk.target(10) == first
    assert desk.head == before
    assert desk.target(12) == first
    assert targets(desk) == [(12, "2018-01-01", "9999-12-31")]


def test_withdrawn_from_a_day(desk: Desk) -> None:
    desk.target(10)
    desk.target(None, "2018-07-01")
    assert targets(desk) == [(10, "2018-01-01", "2018-07-01"), (None, "2018-07-01", "9999-12-31")]


def test_nought_is_a_target_and_none_is_not(desk: Desk) -> None:
    first = desk.target(0)
    assert desk.row("target", first)["quantity"] == 0
    desk.take("target", number=number(desk, first), quantity=CLEAR)
    assert desk.row("target", first)["quantity"] is None


def test_voided_the_one_before_holds_again(desk: Desk) -> None:
    desk.target(10)
    second = desk.target(20, "2018-07-01")
    desk.void("target", second)
    assert targets(desk) == [(10, "2018-01-01", "9999-12-31")]


def test_the_only_one_can_be_voided(desk: Desk) -> None:
    desk.void("target", desk.target(10))
    assert targets(desk) == []


def test_moved_to_another_day_beyond_the_next_one(desk: Desk) -> None:
    first = desk.target(10)
    desk.target(20, "2018-07-01")
    desk.take("target", number=number(desk, first), from_on="2018-09-01")
    assert targets(desk) == [(10, "2018-09-01", "9999-12-31"), (20, "2018-07-01", "2018-09-01")]


def test_moved_to_another_cell_both_cells_are_set_anew(desk: Desk) -> None:
    desk.target(10)
    second = desk.target(20, "2018-07-01")
    desk.take("target", number=number(desk, second), town="石柱镇")
    assert targets(desk) == [(10, "2018-01-01", "9999-12-31"), (20, "2018-07-01", "9999-12-31")]


def test_not_to_a_day_that_is_taken(desk: Desk) -> None:
    desk.target(10)
    second = desk.target(20, "2018-07-01")
    with refuses("E417") as messages:
        desk.take("target", number=number(desk, second), from_on="2018-01-01")
    assert "同一年度任务在2018-01-01有两行" in messages[0]


def test_a_row_with_its_number_and_its_year_stays_on_its_day(desk: Desk) -> None:
    second = desk.target(20, "2018-07-01")
    kept = desk.take("target", number=number(desk, second), year=2018, quantity=25, from_on=None)
    assert kept.outcome == "changed"
    assert targets(desk) == [(25, "2018-07-01", "9999-12-31")]


def test_nothing_is_recorded_where_nothing_changes(desk: Desk) -> None:
    first = desk.target(10)
    before = desk.head
    desk.take("target", number=number(desk, first), year=2018, quantity=10, from_on="2018-01-01")
    assert desk.head == before


def test_a_target_of_a_year_does_not_begin_in_the_next(desk: Desk) -> None:
    with refuses("E255"):
        desk.target(10, "2019-01-01")
    desk.target(10, "2017-12-15")


def test_the_countys_own_task_has_no_town(desk: Desk) -> None:
    county = desk.target(100, town="全市")
    town = desk.target(10)
    assert county != town
    assert desk.row("target", county)["town_code"] is None
    assert desk.target(100, town="合计") == county


def test_an_indicator_that_does_not_exist(desk: Desk) -> None:
    with refuses("E239"):
        desk.target(10, indicator="三级新建")


def test_a_town_s_task_that_would_be_printed_nowhere_is_refused_with_the_reason(desk: Desk) -> None:
    for indicator, against in (("三级复评", "到期应复评"), ("已检", "应检测企业"), ("按期整改", "到期应整改")):
        told = {"year": "2018", "indicator": indicator, "quantity": "5", "document": "永安委〔2018〕3号"}
        with refuses("E268") as said:
            desk.read("target", **told, town="芝英镇")
        assert f"“{indicator}”的任务没有作用" in said[0]
        assert against in said[0]
        assert desk.read("target", **told, town="全市").outcome == "new"  # held against all that was done
    assert desk.read("target", **(told | {"indicator": "到期复评"}), town="芝英镇").outcome == "new"
