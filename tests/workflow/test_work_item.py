"""Work items and monthly figures: what a town did, and what it says that something comes to."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.bulletin import explain
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import COUNTY
from anjian_cli.ledger import schemes
from anjian_cli.light_dataclasses import replace
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import scheme
from anjian_cli.workflow.scheme_draft import Asked
from support.desk import SHIZHU, ZHIYING, Desk, refuses

DRILL: dict[str, Any] = {"kind": "应急演练", "town": "芝英镇", "done_on": "2018-10-09", "title": "火灾演练"}
ASKED = {
    "drills": "work.done?kind=应急演练",
    "county_drills": "work.done?kind=应急演练&level=县级",
    "reported": "figure.reported?kind=避灾安置场所",
    "standing": "figure.standing?kind=避灾安置场所",
    "in_time": "report.of_month?kind=按期",
}


def asked(code: str, measure: str) -> Asked:
    return Asked(
        f"daily.{code}", "training", f"示例{code}".replace("_", ""), f"示例{code}", "次", "sum", measure, False, "",
        "", "", "", False,
    )  # fmt: skip


@pytest.fixture
def asking(desk: Desk) -> Desk:
    """A scheme that asks for each of them."""
    shipped = scheme.draft_of(desk.ledger, schemes.all_of(desk.ledger)[0])
    indicators = (*shipped.indicators, *(asked(*each) for each in ASKED.items()))
    with desk.gate(command="scheme adopt") as gate:
        scheme.adopt(gate, replace(shipped, name="示例2018", indicators=indicators), "2017-01-01")
    return desk


def told(desk: Desk, code: str, month: str = "2018-10", town: str = ZHIYING) -> explain.Explanation:
    """A cell as `explain` has it, which holds its records against its figure."""
    period = ended(int(month[:4]), int(month[5:]))
    return explain.explain(desk.ledger, explain.Asked(period, town, f"daily.{code}"))


def by_month(desk: Desk, code: str, *months: str, town: str = ZHIYING) -> list[int | None]:
    return [told(desk, code, month, town).figure for month in months]


class TestWorkItem:
    def test_counts_as_often_as_it_was_done_on_its_day(self, asking: Desk) -> None:
        asking.take("work_item", **DRILL)
        asking.take("work_item", **{**DRILL, "title": "疏散演练", "level": "县级", "times": 3, "done_on": "2018-09-30"})
        asking.take("work_item", **{**DRILL, "kind": "督查检查"})
        assert by_month(asking, "drills", "2018-08", "2018-09", "2018-10") == [0, 3, 4]
        assert by_month(asking, "county_drills", "2018-10") == [3]
        assert told(asking, "drills").counted[1].description == "火灾演练"

    def test_of_no_town_it_is_the_countys_alone(self, asking: Desk) -> None:
        asking.take("work_item", **{**DRILL, "town": None})
        assert by_month(asking, "drills", "2018-10") == [0]
        assert told(asking, "drills", town=COUNTY).figure == 1

    def test_found_again_with_and_without_a_name(self, desk: Desk) -> None:
        nameless = {name: value for name, value in DRILL.items() if name != "title"}
        first = desk.take("work_item", **nameless)
        assert desk.row("work_item", first.row_id)["times"] == 1
        assert desk.take("work_item", **nameless).outcome == "unchanged"
        again = desk.take("work_item", **nameless, times=2)
        assert (again.row_id, again.outcome) == (first.row_id, "changed")
        assert desk.take("work_item", **nameless).outcome == "unchanged"  # nothing said leaves how often it was
        assert desk.take("work_item", **DRILL).outcome == "new"

    def test_voided_it_stands_beside_the_figure(self, asking: Desk) -> None:
        row = asking.take("work_item", **DRILL).row_id
        asking.void("work_item", row)
        found = told(asking, "drills")
        assert (found.figure, [near.reason for near in found.not_counted]) == (0, ["已作废：重复登记"])

    def test_what_is_refused(self, desk: Desk) -> None:
        with refuses("E203"):
            desk.read("work_item", kind="团建", town="芝英镇", done_on="2018-10-09")
        with refuses("E213"):
            desk.take("work_item", **{**DRILL, "done_on": "2018-11-06"})
        row = desk.take("work_item", **DRILL).row_id
        with refuses("E256"):
            desk.edit("work_item", row, times=CLEAR)

    def test_a_word_of_the_office_from_its_day_on(self, asking: Desk) -> None:
        asking.take("term", list="工作项种类", word="安全体验", from_on="2018-10-09")
        asking.take("work_item", **{**DRILL, "kind": "安全体验"})
        with refuses("E740"):
            asking.take("work_item", **{**DRILL, "kind": "安全体验", "done_on": "2018-10-08"})
        assert by_month(asking, "drills", "2018-10") == [0]


class TestMonthlyFigure:
    def test_what_was_told_adds_up_and_what_stands_is_the_months_own(self, asking: Desk) -> None:
        asking.monthly("2018-08", 10)
        asking.monthly("2018-09", 12)
        asking.monthly("2018-11", 7, today="2018-12-01")
        months = ("2018-07", "2018-08", "2018-09", "2018-10", "2018-11", "2018-12")
        assert by_month(asking, "reported", *months) == [0, 10, 22, 22, 29, 29]
        assert by_month(asking, "standing", *months) == [None, 10, 12, None, 7, None]

    def test_the_last_month_of_a_year(self, asking: Desk) -> None:
        asking.monthly("2017-12", 5)
        assert by_month(asking, "standing", "2017-12", "2018-01") == [5, None]
        assert by_month(asking, "reported", "2017-12", "2018-01") == [5, 0]

    def test_told_again_it_is_corrected(self, asking: Desk) -> None:
        row = asking.monthly("2018-10", 12)
        assert asking.monthly("2018-10", 13) == row
        assert asking.monthly("2018-10", 9, kind="微型消防站") != row
        assert by_month(asking, "standing", "2018-10") == [13]
        asking.edit("monthly_figure", row, month="2018-09")  # and its days with it
        assert by_month(asking, "standing", "2018-09", "2018-10") == [13, None]
        other = asking.monthly("2018-10", 1)
        with refuses("E238"):
            asking.edit("monthly_figure", other, month="2018-09")

    def test_why_what_stands_near_does_not_count(self, asking: Desk) -> None:
        asking.monthly("2018-08", 10)
        asking.monthly("2018-09", 12)
        asking.monthly("2018-10", 0)
        reasons = [near.reason for near in told(asking, "standing").not_counted]
        assert reasons == [
            "是2018年8月的数，9月的另有上报",
            "是2018年9月的数，10月的另有上报",
            "2018年10月报的是0",
        ]
        asking.monthly("2018-09", 3, town="石柱镇")
        (near,) = told(asking, "standing", town=SHIZHU).not_counted
        assert near.reason == "是2018年9月的数，10月没有上报"
        assert near.item.description == "避灾安置场所，2018-09"
        assert [near.reason for near in told(asking, "reported").not_counted] == ["2018年10月报的是0"]

    def test_a_month_to_come_is_refused(self, desk: Desk) -> None:
        desk.monthly("2018-11", 3)  # which runs
        with refuses("E787"):
            desk.monthly("2018-12", 3, today="2018-11-30")

    def test_a_word_of_the_office_by_the_last_day_of_the_month(self, desk: Desk) -> None:
        desk.take("term", list="上报项目", word="安全体验馆", from_on="2018-10-31")
        desk.monthly("2018-10", 3, kind="安全体验馆")
        with refuses("E741"):
            desk.monthly("2018-09", 3, kind="安全体验馆")


def test_a_report_counts_for_the_month_that_it_is_of(asking: Desk) -> None:
    asking.filing("2018-09", "2018-09-30")
    late = asking.filing("2018-10", "2018-11-03")
    assert by_month(asking, "in_time", "2018-09", "2018-10", "2018-11") == [1, 1, 1]
    asking.void("filing", late)
    asking.void("filing", asking.filing("2018-08", "2018-08-31"))
    found = told(asking, "in_time")
    assert (found.figure, [near.reason for near in found.not_counted]) == (1, ["已作废：重复登记"])
