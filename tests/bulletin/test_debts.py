"""A rate is done of those owed: a part of them, in their town and their year. What is not done stays owed; a firm that
is gone owes nothing. The rules by their numbers: docs/decisions.md, "A rate is done of those owed"."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.due import due
from anjian_cli.bulletin.explain import Asked, explain
from anjian_cli.bulletin.owing import owing
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.value import COUNTY
from anjian_cli.light_dataclasses import replace
from anjian_cli.records.values import CLEAR
from anjian_cli.render.screen import explanation
from anjian_cli.render.screen.styled_lines import text
from support.desk import SHIZHU, ZHIYING, Desk

AGAIN, REVIEW_DUE, REVIEW_CARRIED, REVIEW_APART = (
    f"standard.{name}" for name in ("reached.三级复评", "review_due", "review_carried", "review_apart")
)
ENROLLED, CARRIED, ACCEPTED = (f"special.{name}.喷涂" for name in ("enrolled", "carried", "accepted"))
EXPOSED, TESTED, APART = (f"health.{name}" for name in ("exposed", "tested", "tested_apart"))


def rate(desk: Desk, indicator: str, month: str = "2018-10", town: str = ZHIYING) -> tuple[object, object, object]:
    """What is done, of how many, and the place."""
    cell = desk.cell(indicator, town, month)
    return cell.done, cell.target, cell.rank


def named(desk: Desk, day: str) -> list[tuple[str, str, str]]:
    """Whom the list of what is owed names, of what, and in the name of which town."""
    definition = define(desk.ledger, Period(int(day[:4]), int(day[5:7]), day, False))
    return [(one.enterprise, one.stage, one.town) for one in owing(desk.ledger, definition)]


def test_rule_1_an_early_re_review_counts_for_its_own_due_year(desk: Desk) -> None:
    early, lapsed = desk.enterprise("甲厂"), desk.enterprise("乙厂")
    desk.standard(early, "2016-05-01")
    desk.standard(early, "2018-06-01", kind="复评")
    desk.standard(lapsed, "2015-05-01")
    assert rate(desk, AGAIN) == (0, 1, None)
    assert named(desk, "2018-10-31") == [("乙厂", "到期复评，还没有启动", ZHIYING)]
    assert rate(desk, AGAIN, "2019-03") == (1, 2, 1)  # beside the one of 乙厂, which is carried over
    assert desk.figures(REVIEW_CARRIED, "2018-12-31", "2019-01-01", "2021-01-01") == [0, 1, 1]


def test_a_re_review_that_was_revoked_leaves_it_owed(desk: Desk) -> None:
    firm = desk.enterprise("甲厂")
    desk.standard(firm, "2015-05-01")
    row = desk.standard(firm, "2018-04-01", kind="复评")
    assert rate(desk, AGAIN)[:2] == (1, 1)
    desk.edit("standardization", row, revoked_on="2018-08-15")
    assert (desk.figures(AGAIN, "2018-08-14", "2018-08-15"), rate(desk, AGAIN)[:2]) == ([1, 0], (0, 1))
    assert named(desk, "2018-10-31") == [("甲厂", "到期复评，还没有启动", ZHIYING)]
    assert [one.what for one in due(desk.ledger, "2018-11-02", "2018-12-31")] == ["三级证书到期 应复评"]
    assert rate(desk, AGAIN, "2019-03")[:2] == (0, 1)
    desk.standard(firm, "2018-11-02", kind="复评")
    assert rate(desk, AGAIN, "2018-11")[:2] == (1, 1)
    assert due(desk.ledger, "2018-11-02", "2018-12-31") == []


@pytest.mark.unmeasured
def test_rule_2_debt_and_credit_in_one_town(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.standard(firm, "2015-05-01")
    desk.programme(firm, enrolled_on="2018-01-15", accepted_on="2018-09-10", conclusion="合格")
    desk.of("exposure", firm, level="一般", from_on="2018-01-01")
    desk.tested(firm, "2018-03-10")
    desk.move(firm, "石柱镇", "2018-07-01")
    assert rate(desk, AGAIN)[:2] == (0, 1)
    assert named(desk, "2018-10-31") == [(desk.name(firm), "到期复评，还没有启动", ZHIYING)]
    desk.standard(firm, "2018-09-01", kind="复评")
    assert [rate(desk, of)[:2] for of in (AGAIN, ACCEPTED, TESTED)] == [(1, 1), (1, 1), (0, 0)]
    assert [rate(desk, of, town=SHIZHU)[:2] for of in (AGAIN, ACCEPTED, TESTED)] == [(0, 0), (0, 0), (1, 1)]


def test_rule_7_a_test_of_a_firm_that_is_not_exposed_stands_apart(desk: Desk) -> None:
    exposed, other = desk.enterprise("甲厂"), desk.enterprise("乙厂")
    desk.of("exposure", exposed, level="一般", from_on="2018-01-01")
    desk.tested(other, "2018-03-10")
    assert rate(desk, TESTED) == (0, 1, None)
    assert desk.figure(APART, "2018-10-31") == 1
    assert desk.near(TESTED) == ["不在应检名单以内，另计为“名单外检测”"]
    assert named(desk, "2018-10-31") == [("甲厂", "本年还没有检测", ZHIYING)]
    assert desk.cell(TESTED).owes_year == 1


@pytest.mark.unmeasured
def test_rule_11_a_firm_that_closed_owes_nothing_from_that_day_on(desk: Desk) -> None:
    firm = desk.enterprise("甲厂")
    desk.standard(firm, "2015-12-01")
    desk.of("exposure", firm, level="一般", from_on="2018-01-01")
    desk.programme(firm, enrolled_on="2018-01-15")
    desk.contract(firm, from_on="2018-01-01", last_on="2018-12-31", visits_per_year=12)
    desk.hazard(firm, found_on="2018-05-01", deadline_on="2018-12-31")
    owed = (REVIEW_DUE, EXPOSED, ENROLLED)
    assert [desk.figure(of, "2018-06-19") for of in owed] == [1, 1, 1]
    assert len(due(desk.ledger, "2018-06-20", "2019-12-31")) > 4
    desk.edit("enterprise", firm, state="关闭", changed_on="2018-06-20")
    assert [desk.figure(of, "2018-06-20") for of in owed] == [0, 0, 0]
    assert [rate(desk, of)[:2] for of in (AGAIN, TESTED, ACCEPTED)] == [(0, 0)] * 3
    assert desk.figures("trusteeship.visits_agreed", "2018-06-20", "2018-12-31") == [5, 5]
    for of in owed:
        assert [reason for reason in desk.near(of) if "企业2018-06-20起关闭" in reason], of
    assert due(desk.ledger, "2018-06-20", "2019-12-31") == []
    assert [one for one in named(desk, "2018-10-31") if one[1] != "托管到期未续签"] == []
    desk.edit("enterprise", firm, state="在营", changed_on="2018-09-01")
    assert [desk.figure(of, "2018-08-31") for of in owed] == [0, 0, 0]
    assert [desk.figure(of, "2018-09-01") for of in owed] == [1, 1, 1]


@pytest.mark.unmeasured
def test_rule_12_what_was_enrolled_last_year_stays_owed(desk: Desk) -> None:
    done, open_still = desk.enterprise("甲厂"), desk.enterprise("乙厂")
    desk.programme(done, enrolled_on="2017-12-15", accepted_on="2018-03-10", conclusion="合格")
    row = desk.programme(open_still, enrolled_on="2017-11-15")
    assert rate(desk, ACCEPTED, "2017-12") == (0, 2, None)
    assert rate(desk, ACCEPTED) == (1, 2, 1)
    assert (desk.figure(ENROLLED, "2018-10-31"), desk.figure(CARRIED, "2018-10-31")) == (0, 2)
    assert named(desk, "2018-10-31") == [("乙厂", "喷涂（上年结转），未开始", ZHIYING)]
    assert rate(desk, ACCEPTED, "2019-10") == (0, 1, None)
    desk.edit("programme", row, "2019-11-05", excused_on="2019-05-01", excuse="转产")
    assert rate(desk, ACCEPTED, "2019-10")[:2] == (0, 0)
    assert any("核减：转产" in reason for reason in desk.near(CARRIED, "2019-10"))
    desk.edit("programme", row, "2019-11-05", excused_on=CLEAR, excuse=CLEAR)
    assert rate(desk, ACCEPTED, "2019-10")[:2] == (0, 1)


def test_rule_13_begun_in_time_and_announced_in_the_next_year(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.standard(firm, "2014-12-20")
    desk.standard(firm, "2018-01-15", kind="复评", begun_on="2017-11-01")
    assert rate(desk, AGAIN, "2017-12")[:2] == (0, 1)
    assert rate(desk, AGAIN, "2018-10")[:2] == (1, 1)
    assert (desk.figure(REVIEW_DUE, "2018-10-31"), desk.figure(REVIEW_CARRIED, "2018-10-31")) == (0, 1)


def test_rule_18_three_years_after_the_last_test(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.of("exposure", firm, "2024-11-05", level="一般", from_on="2020-01-01")
    tested = {"agency": "示例检测", "sampled_on": "2020-06-20", "reported_on": "2020-06-30"}
    desk.of("health_test", firm, "2024-11-05", **tested, points=3, points_over=0)
    (item,) = [one for one in due(desk.ledger, "2023-01-01", "2023-12-31") if one.record == "exposure"]
    assert item.due_on == "2023-06-30"
    assert item.what == "职业卫生检测 上次2020-06-30，满三年（国家卫生健康委令第5号）"
    assert desk.figures(EXPOSED, "2022-12-31", "2023-01-01", "2023-12-31") == [0, 1, 1]


def test_rule_19_a_lower_certificate_beside_a_higher_one(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.standard(firm, "2017-05-01", grade="二级")
    desk.standard(firm, "2018-05-01")
    assert desk.figure("standard.valid.二级", "2018-10-31") == desk.figure("standard.valid.三级", "2018-10-31") == 1
    assert desk.figure("standard.reached.三级新创", "2018-10-31") == 0
    assert any(reason.startswith("已有更高等级的证书") for reason in desk.near("standard.reached.三级新创"))


class TestBesideATotal:
    """An opening total of what is owed does not say of which firms: whatever was done counts beside it."""

    @pytest.mark.unmeasured
    @pytest.mark.parametrize("town", ["芝英镇", "全市"])
    def test_a_test_of_a_firm_without_exposure_counts(self, desk: Desk, town: str) -> None:
        desk.tested(desk.enterprise(), "2018-10-10")
        assert rate(desk, TESTED)[0] == 0
        told: dict[str, Any] = {"indicator": "应检", "from_on": "2018-09-30", "cumulative": 10, "source": "移交"}
        desk.take("opening_figure", **told, **({} if town == "全市" else {"town": town}))
        assert rate(desk, TESTED)[0] == 1
        assert desk.near(TESTED) == []
        assert rate(desk, TESTED, town=SHIZHU)[0] == 0
        assert rate(desk, TESTED, "2019-10")[0] == 0  # the total was of 2018

    def test_a_re_review_whose_certificate_is_not_recorded(self, desk: Desk) -> None:
        desk.standard(desk.enterprise(), "2018-10-10", kind="复评")
        assert rate(desk, AGAIN)[0] == 0
        assert desk.figure(REVIEW_APART, "2018-10-31") == 1
        told: dict[str, Any] = {"indicator": "到期复评", "from_on": "2018-09-30", "cumulative": 10, "source": "移交"}
        desk.take("opening_figure", town="芝英镇", **told)
        assert rate(desk, AGAIN) == (1, 10, 1)


def test_explain_says_how_much_of_what_is_owed_was_carried_over(desk: Desk) -> None:
    for enrolled_on in ("2017-11-15", "2018-01-15"):
        desk.programme(desk.enterprise(), enrolled_on=enrolled_on)
    asked = Asked(ended(2018, 10), ZHIYING, ACCEPTED)
    assert "列入整治的喷涂企业2家（含上年结转1家）" in text(explanation.lines(explain(desk.ledger, asked)))
    county = replace(asked, place=COUNTY)
    assert "列入整治的喷涂企业2家（含上年结转1家）" in text(explanation.lines(explain(desk.ledger, county)))


def test_explain_says_where_those_stand_that_are_not_done(desk: Desk) -> None:
    """Beside what is done it cannot: whatever has not been begun is no record of it."""

    def told(place: str = ZHIYING) -> str:
        return text(explanation.lines(explain(desk.ledger, Asked(ended(2018, 10), place, ACCEPTED)), 200))

    desk.programme(desk.enterprise(), enrolled_on="2018-01-15")
    assert "对照着看：anjian 明细 10-芝英-列入喷涂。" in told()
    assert "对照着看：anjian 明细 10-全市-列入喷涂。" in told(COUNTY)
    desk.programme(desk.enterprise(), enrolled_on="2017-11-15")
    assert "对照着看：anjian 明细 10-芝英-列入喷涂、anjian 明细 10-芝英-结转喷涂。" in told()


def test_none_are_named_where_all_is_done(desk: Desk) -> None:
    row = desk.programme(desk.enterprise(), enrolled_on="2018-01-15")
    desk.edit("programme", row, rectified_on="2018-03-01", accepted_on="2018-03-05", conclusion="合格")
    found = explain(desk.ledger, Asked(ended(2018, 10), ZHIYING, ACCEPTED))
    assert (found.figure, found.notes) == (1, ())


def test_what_is_of_a_year_begins_anew_on_1_january(desk: Desk) -> None:
    """The month's own figure of January is no fall from December's."""
    firm = desk.enterprise()
    desk.of("exposure", firm, level="一般", from_on="2017-01-01")
    desk.tested(firm, "2017-05-01")
    desk.standard(firm, kind="复评", begun_on="2017-02-01", consulted_on="2017-03-01", reviewed_on="2017-04-01")
    for of in (TESTED, "standard.stage.复评.咨询", "standard.towns_in_review"):
        cell = desk.cell(of, month="2018-01")
        assert (cell.done, cell.last_month, cell.this_month) == (0, 1, 0), of
    assert (desk.cell(EXPOSED, month="2018-01").this_month, desk.cell(EXPOSED, month="2018-02").this_month) == (1, 0)
