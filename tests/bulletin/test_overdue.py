"""What is overdue or owed goes by the days that the figures count: hazards on the first screen and in the list of what
is owed, health tests in that list."""

from __future__ import annotations

from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.owing import owing
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.standing import standing
from anjian_cli.workflow import hazard_cycle
from anjian_cli.workflow.hazard_cycle import Acceptance
from support.desk import FIVE, Desk


def told(desk: Desk, day: str) -> tuple[int | None, ...]:
    """In the figures of the day's end, on the screen (overdue, major of these, due today) and in the list of a day that
    is not over; and how many of the listed are major."""
    period = Period(int(day[:4]), int(day[5:7]), day, False)
    found = standing(desk.ledger, day, period)
    listed = [one for one in owing(desk.ledger, define(desk.ledger, period)) if one.category == "隐患整改"]
    major = sum(one.stage.startswith("重大") for one in listed)
    figure = desk.figure("hazard.overdue", day)
    return figure, found.overdue, found.overdue_major, found.due_today, len(listed), major


def test_from_the_end_of_the_deadlines_day_until_it_is_rectified(desk: Desk) -> None:
    firm = desk.enterprise()
    plain = desk.hazard(firm, deadline_on="2018-10-20")
    desk.hazard(firm, deadline_on="2018-10-22", level="重大", **FIVE)
    desk.void("hazard", desk.hazard(firm, deadline_on="2018-10-20"))
    desk.step(hazard_cycle.rectify, plain, "2018-10-24")
    desk.step(hazard_cycle.accept, plain, Acceptance("2018-10-25"))
    days = ("2018-10-19", "2018-10-20", "2018-10-21", "2018-10-22", "2018-10-23", "2018-10-24", "2018-10-25")
    assert [told(desk, day) for day in days] == [
        (0, 0, 0, 0, 0, 0), (1, 0, 0, 1, 0, 0), (1, 1, 0, 0, 1, 0), (2, 1, 0, 1, 1, 0), (2, 2, 1, 0, 2, 1),
        (1, 1, 1, 0, 1, 1), (1, 1, 1, 0, 1, 1),
    ]  # fmt: skip


def test_a_hazard_sent_back_after_its_deadline_is_overdue_by_the_first(desk: Desk) -> None:
    hazard = desk.hazard(desk.enterprise(), deadline_on="2018-10-20")
    desk.step(hazard_cycle.rectify, hazard, "2018-10-22")
    desk.step(hazard_cycle.accept, hazard, Acceptance("2018-10-22"))
    desk.step(hazard_cycle.reopen, hazard, "2018-10-25", "2018-10-26", "又拆除")
    days = ("2018-10-21", "2018-10-22", "2018-10-24", "2018-10-25", "2018-10-27")
    assert [told(desk, day)[:2] for day in days] == [(1, 1), (0, 0), (0, 0), (1, 1), (1, 1)]


def test_a_health_test_is_owed_each_year_until_it_is_reported(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.of("exposure", firm, level="一般", from_on="2018-01-01")
    desk.tested(firm, "2018-05-09")
    desk.tested(firm, "2018-08-01")  # not counted again

    def owed(day: str) -> tuple[int, int]:
        period = Period(int(day[:4]), int(day[5:7]), day, False)
        listed = [one for one in owing(desk.ledger, define(desk.ledger, period)) if one.category == "职业卫生检测"]
        return desk.figure("health.exposed", day) - desk.figure("health.tested", day), len(listed)

    days = ("2018-05-08", "2018-05-09", "2018-12-31", "2019-01-01")
    assert [owed(day) for day in days] == [(1, 1), (0, 0), (0, 0), (1, 1)]


def test_a_health_test_is_owed_from_the_first_to_the_last_day_of_the_exposure(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.of("exposure", firm, level="一般", from_on="2018-03-01", ended_on="2018-09-01", end_reason="停用")

    def owed(day: str) -> tuple[int, int]:
        period = Period(int(day[:4]), int(day[5:7]), day, False)
        listed = [one for one in owing(desk.ledger, define(desk.ledger, period)) if one.category == "职业卫生检测"]
        return desk.figure("health.exposed", day), len(listed)

    days = ("2018-02-28", "2018-03-01", "2018-08-31", "2018-09-01")
    assert [owed(day) for day in days] == [(0, 0), (1, 1), (1, 1), (0, 0)]
