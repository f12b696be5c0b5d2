"""Settings: read as their name demands, each in force until the next."""

from __future__ import annotations

import pytest

from anjian_cli.ledger.settings import demonstration_day
from support.desk import Desk, refuses


def settings(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("setting", "name", "value", "from_on", "until_on", where="voided_on IS NULL")


def test_the_first_holds_from_the_beginning_a_later_one_from_the_business_day(desk: Desk) -> None:
    desk.read("setting", name="发文单位", value="永康市安委办")
    desk.read("setting", name="issuer", value="永康市安全生产委员会办公室")
    assert settings(desk) == [
        ("issuer", "永康市安委办", "0001-01-01", "2018-11-05"),
        ("issuer", "永康市安全生产委员会办公室", "2018-11-05", "9999-12-31"),
    ]


def test_the_same_value_again_changes_nothing(desk: Desk) -> None:
    desk.read("setting", name="发文单位", value="永康市安委办")
    before = desk.head
    assert desk.read("setting", name="发文单位", value="永康市安委办").outcome == "unchanged"
    assert desk.head == before


def test_another_value_for_the_same_day_takes_its_place(desk: Desk) -> None:
    desk.read("setting", name="经办人", value="甲", from_on="2018-01-01")
    desk.read("setting", name="经办人", value="乙", from_on="2018-01-01")
    assert settings(desk) == [("clerk", "乙", "2018-01-01", "9999-12-31")]


def test_one_for_an_earlier_day_ends_where_the_next_begins(desk: Desk) -> None:
    desk.read("setting", name="经办人", value="乙", from_on="2018-06-01")
    desk.read("setting", name="经办人", value="甲", from_on="2018-01-01")
    assert settings(desk)[1] == ("clerk", "甲", "2018-01-01", "2018-06-01")


def test_voided_the_one_before_holds_again_and_the_only_one_can_be_voided(desk: Desk) -> None:
    desk.read("setting", name="经办人", value="甲", from_on="2018-01-01")
    desk.read("setting", name="经办人", value="乙", from_on="2018-06-01")
    desk.void("setting", 2)
    assert settings(desk) == [("clerk", "甲", "2018-01-01", "9999-12-31")]
    desk.void("setting", 1)
    assert settings(desk) == []


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        (
            "序时计划.三级复评",
            "0 0 0 0 0 0 0 0 0 0 0.5 1",
            ("plan.standard.reached.三级复评", "0 0 0 0 0 0 0 0 0 0 1/2 1"),
        ),
        (
            "plan.三级复评",
            "0 0 0 0 0 0 0 0 0 0 50% 100%",
            ("plan.standard.reached.三级复评", "0 0 0 0 0 0 0 0 0 0 1/2 1"),
        ),
        ("是否评排名.网格员", "否", ("ranked.training.网格员", "0")),
        ("权重.安全专项整治", "0.2", ("weight.special", "1/5")),
        ("weight.special", "20%", ("weight.special", "1/5")),
        ("台账字母", "ａ", ("ledger_letter", "A")),
        ("单项超100%按100%计", "是", ("cap", "1")),
        ("落后名单取末几位", "３", ("lag.last", "3")),
    ],
)
def test_a_name_in_either_language_and_a_value_as_the_name_demands(
    desk: Desk, name: str, value: str, stored: tuple[str, str]
) -> None:
    desk.read("setting", name=name, value=value)
    assert settings(desk)[0][:2] == stored


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("plan.三级复评", "0 0 0 0 0 0 0 0 0 0 1", "E254"),
        ("plan.三级复评", "1 0 0 0 0 0 0 0 0 0 0 1", "E254"),
        ("plan.没有", "0 0 0 0 0 0 0 0 0 0 0 1", "E239"),
        ("ranked.网格员", "也许", "E246"),
        ("weight.没有", "0.2", "E203"),
        ("weight.special", "很多", "E248"),
        ("ledger_letter", "AB", "E203"),
        ("lag.last", "-1", "E243"),
    ],
)
def test_a_value_that_cannot_be_read(desk: Desk, name: str, value: str, code: str) -> None:
    with refuses(code):
        desk.read("setting", name=name, value=value)


def test_only_a_demonstration_has_a_day_of_its_own(desk: Desk) -> None:
    with refuses("E106"):
        desk.read("setting", name="演示日期", value="2018-11-02")
    desk.read("setting", name="演示数据", value="否")
    with refuses("E106"):
        desk.read("setting", name="演示日期", value="2018-11-02")


def test_the_day_of_a_demonstration_holds_at_once(desk: Desk) -> None:
    """One that is set on the day it replaces would never hold where it lies before."""
    desk.read("setting", name="演示数据", value="是")
    for value in ("2018-11-02", "2018-12-03", "2018-10-20"):
        desk.read("setting", name="演示日期", value=value, from_on="2018-11-05")
        assert demonstration_day(desk.ledger) == value
    assert settings(desk)[1:] == [("demonstration_day", "2018-10-20", "0001-01-01", "9999-12-31")]


@pytest.mark.parametrize("of", ["hazard", "监管执法", "智慧用电"])
def test_a_weight_of_what_is_not_scored_is_refused_with_the_reason(desk: Desk, of: str) -> None:
    with refuses("E268") as said:
        desk.read("setting", name=f"权重.{of}", value="2")
    assert "这一类不计入综合得分" in said[0]
    assert settings(desk) == []
    assert desk.read("setting", name="权重.安全专项整治", value="0").outcome == "new"


def test_a_plan_of_what_has_no_pace_is_refused_until_it_is_ranked(desk: Desk) -> None:
    curve = "0 0 0 0 0 0 0 0 0 0 0.5 1"
    with refuses("E268"):
        desk.read("setting", name="序时计划.按期整改", value=curve)
    assert desk.read("setting", name="序时计划.三级复评", value=curve).outcome == "new"
    assert desk.read("setting", name="序时计划.指导企业", value=curve).outcome == "new"  # it may yet have tasks
    desk.read("setting", name="是否评排名.按期整改", value="是")
    assert desk.read("setting", name="序时计划.按期整改", value=curve).outcome == "new"
