"""What others publish, read in the unit of its kind: money, or people."""

from __future__ import annotations

import pytest

from anjian_cli.records.values import CLEAR
from support.desk import Desk, refuses


@pytest.mark.parametrize(
    ("kind", "typed", "quantity", "shown"),
    [
        ("生产总值", "559.8亿元", 5_598_000_000_000, "559.80亿元"),
        ("生产总值", "559.87654321亿元", 5_598_765_432_100, "55987654321元"),
        ("生产总值", "0.01亿元", 100_000_000, "0.01亿元"),
        ("生产总值", "0.01元", 1, "0.01元"),
        ("生产总值", "1.5元", 150, "1.50元"),
        ("从业人员", "42.3万人", 423_000, "423000"),
        ("从业人员", "423,000", 423_000, "423000"),
        ("从业人员", "1", 1, "1"),
    ],
)
def test_in_the_unit_of_its_kind(desk: Desk, kind: str, typed: str, quantity: int, shown: str) -> None:
    row = desk.statistic(typed, kind)
    assert desk.row("statistic", row)["quantity"] == quantity
    assert desk.rows("statistic_listing", "town", "amount") == [("全市", shown)]
    assert desk.statistic(shown, kind) == row  # what is exported comes in unchanged
    assert desk.row("statistic", row)["quantity"] == quantity


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("从业人员", "0", "E264"),
        ("从业人员", "0.00万人", "E264"),
        ("生产总值", "0", "E264"),
        ("从业人员", "559.8亿元", "E243"),
        ("从业人员", "42.35555万", "E243"),
        ("生产总值", "42.3万人", "E244"),
        ("生产总值", "500万美元", "E245"),
    ],
)
def test_what_cannot_be_a_denominator(desk: Desk, kind: str, typed: str, code: str) -> None:
    with refuses(code):
        desk.statistic(typed, kind)
    assert desk.rows("statistic", "id") == []


def test_one_a_kind_town_and_day(desk: Desk) -> None:
    row = desk.statistic("42.3万人")
    assert desk.statistic("42.4万人") == row
    assert desk.row("statistic", row)["quantity"] == 424_000
    other = desk.statistic("42.4万人", from_on="2016-12-31")
    desk.statistic("5万人", town="芝英镇")
    desk.statistic("559.8亿元", "生产总值")
    assert len(desk.rows("statistic", "id")) == 4
    with refuses("E238") as messages:
        desk.edit("statistic", other, from_on="2017-12-31")
    assert "“000000-2018-0001”已有这个统计项目、镇（街、区）、截至日期" in messages[0]


def test_another_kind_is_another_unit(desk: Desk) -> None:
    row = desk.statistic("42.3万人")
    with refuses("E424"):
        desk.edit("statistic", row, kind="生产总值")
    desk.edit("statistic", row, kind="生产总值", amount="559.8亿元")
    assert desk.row("statistic", row)["quantity"] == 5_598_000_000_000
    # By its number alone the kind that stands says the unit.
    desk.edit("statistic", row, amount="560亿元")
    assert desk.row("statistic", row)["quantity"] == 5_600_000_000_000
    with refuses("E244"):
        desk.edit("statistic", row, amount="42.3万人")


def test_of_a_town_it_becomes_the_countys(desk: Desk) -> None:
    row = desk.statistic("5万人", town="芝英镇")
    assert desk.row("statistic", row)["town_code"] == "330784109"
    desk.edit("statistic", row, town="全市")
    assert desk.row("statistic", row)["town_code"] is None
    with refuses("E256"):
        desk.take("statistic", number=CLEAR)
