"""Occupational health: who has to be tested by the rule of the day, and who was, once an enterprise and year."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.records.values import CLEAR
from support.desk import SHIZHU, Desk, refuses

EXPOSED, TESTED, OVER, REMEDIED = (f"health.{name}" for name in ("exposed", "tested", "over_limit", "remedied"))


@pytest.fixture
def firm(desk: Desk) -> int:
    return desk.enterprise()


def expose(desk: Desk, firm: int, level: str = "一般", from_on: str = "2018-01-01", **more: Any) -> int:
    return desk.of("exposure", firm, level=level, from_on=from_on, **more)


class TestExposed:
    def test_from_its_day_until_nobody_is_exposed(self, desk: Desk, firm: int) -> None:
        row = expose(desk, firm, from_on="2018-03-01")
        assert desk.figures(EXPOSED, "2018-02-28", "2018-03-01", "2018-12-31", "2019-01-01") == [0, 1, 1, 1]
        desk.edit("exposure", row, ended_on="2018-09-01", end_reason="生产线拆除")
        assert desk.figures(EXPOSED, "2018-08-31", "2018-09-01", "2019-01-01") == [1, 0, 0]
        desk.edit("exposure", row, ended_on=CLEAR, end_reason=CLEAR)
        assert desk.figure(EXPOSED, "2019-01-01") == 1

    @pytest.mark.parametrize("level", ["一般", "较重", "严重"])
    def test_trap_14_in_2018_a_test_does_not_free_from_the_next_years(self, desk: Desk, firm: int, level: str) -> None:
        expose(desk, firm, level)
        desk.tested(firm, "2018-05-09")
        assert desk.figures(EXPOSED, "2018-12-31", "2019-12-31", "2020-12-31", "2021-01-31") == [1, 1, 1, 1]

    @pytest.mark.parametrize(("level", "serious"), [("一般", 0), ("较重", 0), ("严重", 1)])
    def test_trap_14_the_rule_of_2021_begins_on_the_first_of_february(
        self, desk: Desk, firm: int, level: str, serious: int
    ) -> None:
        expose(desk, firm, level)
        desk.tested(firm, "2020-05-09")
        assert desk.figures(EXPOSED, "2021-01-31", "2021-02-01", "2022-12-31", "2023-01-01") == [1, serious, serious, 1]

    def test_trap_14_three_years_after_a_test_it_is_due_again(self, desk: Desk, firm: int) -> None:
        expose(desk, firm)
        first = desk.tested(firm, "2021-05-09")
        years = ("2021-12-31", "2022-01-01", "2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01")
        assert desk.figures(EXPOSED, *years) == [1, 0, 0, 1, 1, 1]
        desk.tested(firm, "2024-06-01")
        assert desk.figures(EXPOSED, *years) == [1, 0, 0, 1, 1, 0]
        # A test put right, or voided, moves what is due.
        desk.edit("health_test", first, "2025-01-01", sampled_on="2022-05-09", reported_on="2022-05-09")
        assert desk.figures(EXPOSED, *years) == [1, 1, 0, 0, 0, 0]
        desk.void("health_test", first, today="2025-01-01")
        assert desk.figures(EXPOSED, *years) == [1, 1, 1, 1, 1, 0]

    def test_once_at_a_time(self, desk: Desk, firm: int) -> None:
        row = expose(desk, firm)
        with refuses("E446") as messages:
            expose(desk, firm, "严重", "2018-06-01")
        assert "（330784109-2018-0001，2018-01-01起）" in messages[0]
        desk.edit("exposure", row, ended_on="2018-06-01", end_reason="危害程度改变")
        expose(desk, firm, "严重", "2018-06-01")
        assert desk.figures(EXPOSED, "2018-05-31", "2018-06-01", "2018-12-31") == [1, 1, 1]

    def test_under_another_enterprise_what_is_due_goes_with_it(self, desk: Desk, firm: int) -> None:
        row = expose(desk, firm)
        desk.edit("exposure", row, enterprise=desk.name(desk.enterprise(town="石柱镇")))
        assert (desk.figure(EXPOSED, "2018-10-31"), desk.figure(EXPOSED, "2018-10-31", SHIZHU)) == (0, 1)
        assert len(desk.rows("test_due", "id")) == 1

    def test_voided_it_is_told_near_the_figure(self, desk: Desk, firm: int) -> None:
        desk.void("exposure", expose(desk, firm), "不接触")
        assert desk.figure(EXPOSED, "2018-10-31") == 0
        assert desk.near(EXPOSED) == ["已作废：不接触"]


class TestTested:
    def test_on_the_day_of_the_report_until_the_years_end(self, desk: Desk, firm: int) -> None:
        expose(desk, firm)
        desk.tested(firm, "2018-10-09", sampled_on="2018-09-20")
        assert desk.figures(TESTED, "2018-09-20", "2018-10-08", "2018-10-09", "2018-12-31", "2019-01-01") == [
            0, 0, 1, 1, 0,
        ]  # fmt: skip
        assert desk.figure(OVER, "2018-12-31") == 0

    def test_twice_in_a_year_counts_once_and_is_told(self, desk: Desk, firm: int) -> None:
        expose(desk, firm)
        first = desk.tested(firm, "2018-05-09")
        desk.tested(firm, "2018-09-09", over=1)
        assert desk.figures(TESTED, "2018-05-09", "2018-09-09", "2018-12-31") == [1, 1, 1]
        assert desk.near(TESTED) == ["本年已检过，一家一年只计一次"]
        assert desk.figures(OVER, "2018-09-08", "2018-09-09", "2018-12-31") == [0, 1, 1]
        desk.void("health_test", first, "报告作废")
        assert desk.figures(TESTED, "2018-09-08", "2018-09-09") == [0, 1]
        assert desk.near(TESTED) == ["已作废：报告作废"]

    def test_over_the_limit_and_remedied(self, desk: Desk, firm: int) -> None:
        row = desk.tested(firm, "2018-05-09", over=2)
        assert desk.figures(OVER, "2018-05-08", "2018-05-09", "2018-12-31", "2019-01-01") == [0, 1, 1, 0]
        assert desk.figure(REMEDIED, "2018-12-31") == 0
        desk.edit("health_test", row, remedied_on="2018-08-10")
        assert desk.figures(REMEDIED, "2018-08-09", "2018-08-10", "2018-12-31", "2019-01-01") == [0, 1, 1, 0]
        assert desk.figure(OVER, "2018-12-31") == 1  # 超标 stays: it is what was found
        desk.tested(firm, "2018-09-09", over=1)
        assert desk.figures(REMEDIED, "2018-09-08", "2018-09-09") == [1, 0]

    def test_the_same_report_told_again(self, desk: Desk, firm: int) -> None:
        row = desk.tested(firm, "2018-10-09", sampled_on="2018-09-20", over=1)
        told: dict[str, Any] = {
            "reported_on": "2018-10-09",
            "sampled_on": "2018-09-20",
            "over": 1,
            "remedied_on": "2018-10-30",
        }
        assert desk.tested(firm, **told) == row
        assert desk.row("health_test", row)["remedied_on"] == "2018-10-30"

    def test_in_the_bulletin_against_those_exposed(self, desk: Desk, firm: int) -> None:
        other = desk.enterprise()
        for one in (firm, other):
            expose(desk, one)
        desk.tested(firm, "2018-05-09")
        cell = desk.cell(TESTED)
        assert (cell.done, cell.target, str(cell.rate), cell.rank) == (1, 2, "1/2", 1)
        assert desk.cell(TESTED, SHIZHU).rank is None


def test_trap_10_after_a_move(desk: Desk, firm: int) -> None:
    expose(desk, firm)
    desk.tested(firm, "2018-05-09", over=1, remedied_on="2018-06-01")
    for of in (EXPOSED, TESTED, OVER, REMEDIED):
        assert (desk.figure(of, "2018-10-31"), desk.figure(of, "2018-10-31", SHIZHU)) == (1, 0)
    desk.move(firm, "石柱镇", "2018-07-01")
    for of in (EXPOSED, TESTED, OVER, REMEDIED):
        assert (desk.figure(of, "2018-06-30"), desk.figure(of, "2018-06-30", SHIZHU)) == (1, 0)
        assert (desk.figure(of, "2018-07-01"), desk.figure(of, "2018-07-01", SHIZHU)) == (0, 1)


def test_trap_10_reported_after_a_move_that_was_known_late(desk: Desk, firm: int) -> None:
    expose(desk, firm)
    desk.tested(firm, "2018-08-09")
    desk.move(firm, "石柱镇", "2018-07-01")
    assert (desk.figure(TESTED, "2018-10-31"), desk.figure(TESTED, "2018-10-31", SHIZHU)) == (0, 1)
