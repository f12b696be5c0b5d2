"""到期 = 按期整改 + 逾期后整改 + 已整改待验收 + 逾期未整改: each hazard once, by the deadline it first met; in the
table and in the letter the same."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from anjian_cli.bulletin import correction, details, due, phrase, sentences
from anjian_cli.bulletin.briefing import briefing
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.explain import Asked, explain
from anjian_cli.bulletin.owing import owing
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.standing import standing
from anjian_cli.bulletin.value import COUNTY, Bulletin
from anjian_cli.errors import Refused
from anjian_cli.workflow import hazard_cycle, month
from anjian_cli.workflow.hazard_cycle import Acceptance
from support.desk import FIVE, ZHIYING, Desk

TODAY = "2019-03-01"
PARTS = ("on_time_of_year", "late_of_year", "awaiting", "overdue")


def of_month(desk: Desk, year: int, month: int) -> tuple[int, int, int, int, int]:
    """到期 and its four parts by the tables of a month; the letter and the paragraph of rates have them too."""
    bulletin = compile_bulletin(desk.ledger, ended(year, month))
    category = next(c for c in bulletin.categories if c.id == "hazard")
    done = {table.id.removeprefix("hazard."): table.total.done or 0 for table in category.indicators}
    due, on_time, late, awaiting, overdue = (done[name] for name in ("due_of_year", *PARTS))
    said = sentences.rectification(bulletin)
    if said:
        numbers = [int(number) for number in re.findall(r"(\d+)条", said)]
        assert numbers[:5] == [due, on_time, late, awaiting, overdue]
        of_it = [done[f"overdue_{name}"] for name in ("carried", "extended", "sent_back")]
        assert numbers[5:] == [number for number in of_it if number]
    assert (phrase.fell_due(category) is None) == (due == 0)
    return due, on_time, late, awaiting, overdue


def hazard(desk: Desk, found_on: str, deadline_on: str) -> int:
    return desk.hazard(desk.enterprise(), found_on=found_on, deadline_on=deadline_on)


def test_row_3_extended_after_its_deadline_it_is_due_once(desk: Desk) -> None:
    one = hazard(desk, "2018-08-01", "2018-09-15")
    desk.step(hazard_cycle.extend, one, "2018-11-15", "2018-10-20", "设备未到", "县安委办", None)
    assert [found.due_on for found in due.due(desk.ledger, "2018-11-02", "2018-11-30")] == ["2018-11-15"]  # the to-do
    desk.step(hazard_cycle.close, one, Acceptance("2018-11-10"), rectified_on="2018-11-08", today=TODAY)
    assert of_month(desk, 2018, 10) == (1, 0, 0, 0, 1)
    assert desk.figure("hazard.overdue_extended", "2018-10-31") == 1
    assert of_month(desk, 2018, 12) == (1, 0, 1, 0, 0)
    assert of_month(desk, 2019, 1) == (0, 0, 0, 0, 0)


def test_row_4_completed_in_time_and_accepted_later_it_is_awaiting_and_then_in_time(desk: Desk) -> None:
    one = hazard(desk, "2018-09-01", "2018-09-30")
    desk.step(hazard_cycle.close, one, Acceptance("2018-10-05"), rectified_on="2018-09-29")
    assert of_month(desk, 2018, 9) == (1, 0, 0, 1, 0)
    assert of_month(desk, 2018, 10) == (1, 1, 0, 0, 0)


def test_row_5_open_over_new_year_it_is_carried_over(desk: Desk) -> None:
    one = hazard(desk, "2018-11-01", "2018-12-10")
    assert of_month(desk, 2018, 12) == of_month(desk, 2019, 1) == (1, 0, 0, 0, 1)
    assert desk.figure("hazard.overdue_carried", "2018-12-31") == 0
    assert desk.figure("hazard.overdue_carried", "2019-01-31") == 1
    (leadership,) = briefing(compile_bulletin(desk.ledger, ended(2019, 1)), ())
    assert "到期应整改隐患1条" in leadership
    assert "逾期仍未整改1条（其中上年转入1条）" in leadership
    desk.step(hazard_cycle.close, one, Acceptance("2019-02-10"), rectified_on="2019-02-09", today=TODAY)
    assert of_month(desk, 2019, 2) == of_month(desk, 2019, 12) == (1, 0, 1, 0, 0)  # it stays all year
    assert of_month(desk, 2020, 1) == (0, 0, 0, 0, 0)


def test_row_6_open_at_the_end_of_its_day_it_is_overdue(desk: Desk) -> None:
    hazard(desk, "2018-09-01", "2018-10-31")
    assert of_month(desk, 2018, 9) == (0, 0, 0, 0, 0)
    assert of_month(desk, 2018, 10) == (1, 0, 0, 0, 1)


def test_a_completion_that_was_refused_counts_no_more(desk: Desk) -> None:
    one = hazard(desk, "2018-09-01", "2018-09-30")
    desk.step(hazard_cycle.rectify, one, "2018-09-20")
    desk.step(hazard_cycle.accept, one, Acceptance("2018-10-08", qualified=False, failure_reason="型号不符"))
    assert of_month(desk, 2018, 9) == (1, 0, 0, 1, 0)
    assert of_month(desk, 2018, 10) == (1, 0, 0, 0, 1)
    assert desk.figure("hazard.overdue_sent_back", "2018-10-31") == 1
    desk.step(hazard_cycle.close, one, Acceptance("2018-11-02"), rectified_on="2018-11-01", today=TODAY)
    assert of_month(desk, 2018, 11) == (1, 0, 1, 0, 0)


@pytest.mark.unmeasured
def test_on_every_day_until_the_end_of_the_next_year_it_is_one_of_the_four(desk: Desk) -> None:
    one = hazard(desk, "2018-08-01", "2018-09-15")
    desk.step(hazard_cycle.extend, one, "2018-11-15", "2018-10-20", "设备未到", "县安委办", None)
    desk.step(hazard_cycle.close, one, Acceptance("2018-11-10"), rectified_on="2018-11-08", today=TODAY)
    desk.step(hazard_cycle.reopen, one, "2018-12-20", "2019-01-20", "又拆除", today=TODAY)
    desk.step(hazard_cycle.rectify, one, "2019-02-01", today=TODAY)
    desk.step(hazard_cycle.close, hazard(desk, "2018-09-01", "2018-10-31"), Acceptance("2018-10-20"),
              rectified_on="2018-10-19")  # fmt: skip
    found_on = date(2018, 8, 1)
    for day in (str(found_on + timedelta(days)) for days in range((date(2020, 1, 1) - found_on).days)):
        cells = desk.cells(day)
        due, *parts = (cells.get((f"hazard.{name}", ZHIYING), 0) for name in ("due_of_year", "accepted_late", *PARTS))
        assert due == sum(parts), day


def done(bulletin: Bulletin) -> dict[str, int | None]:
    (category,) = (c for c in bulletin.categories if c.id == "hazard")
    return {table.id.removeprefix("hazard."): table.total.done for table in category.indicators}


FIVE_AND_TODAY = ("due_of_year", *PARTS, "due_today")


@pytest.fixture
def on_the_day(desk: Desk) -> Desk:
    """Due on 2 November: one open, one rectified, one accepted, one refused; and one overdue since 20 October, which is
    rectified on that day."""
    for _ in range(4):
        hazard(desk, "2018-10-01", "2018-11-02")
    for one in (2, 3, 4):
        desk.step(hazard_cycle.rectify, one, "2018-10-30")
    desk.step(hazard_cycle.accept, 3, Acceptance("2018-11-02"))
    desk.step(hazard_cycle.accept, 4, Acceptance("2018-11-01", qualified=False, failure_reason="型号不符"))
    desk.step(hazard_cycle.rectify, hazard(desk, "2018-10-01", "2018-10-20"), "2018-11-02")
    return desk


@pytest.mark.unmeasured
def test_on_a_day_that_is_not_over_what_is_due_that_day_stands_beside(on_the_day: Desk) -> None:
    """And what was due before counts to the moment."""
    desk = on_the_day
    running = Period(2018, 11, "2018-11-02", False)
    bulletin = compile_bulletin(desk.ledger, running)
    told = done(bulletin)
    assert tuple(told[name] for name in FIVE_AND_TODAY) == (1, 0, 0, 1, 0, 4)
    assert told["overdue_sent_back"] == 0
    said = sentences.rectification(bulletin)
    rates = "到期应整改隐患1条，按期整改0条，按期整改率0.00%；逾期后整改0条，已整改待验收1条，逾期仍未整改0条"
    assert said.endswith(f"{rates}；另有今日到期4条。")
    found = standing(desk.ledger, "2018-11-02", running)
    assert (found.open_hazards, found.overdue, found.due_today) == (4, 0, 4)
    assert [one for one in owing(desk.ledger, define(desk.ledger, running)) if one.category == "隐患整改"] == []
    for name in FIVE_AND_TODAY:
        why = explain(desk.ledger, Asked(running, COUNTY, f"hazard.{name}"))
        assert sum(item.quantity for item in why.counted) == told[name] == why.figure
        assert all(note.startswith("没有办的在应办的里面") for note in why.notes)
    why = explain(desk.ledger, Asked(running, COUNTY, "hazard.overdue"))
    assert [one.reason for one in why.not_counted if one.reason.startswith("今日")] == ["今日到期，过了今日才计入"] * 2


def test_the_day_over_it_counts_with_the_others(on_the_day: Desk) -> None:
    over = done(compile_bulletin(on_the_day.ledger, Period(2018, 11, "2018-11-02", True)))
    assert tuple(over[name] for name in FIVE_AND_TODAY[:-1]) == (5, 1, 0, 2, 2)
    assert "due_today" not in over
    assert over["overdue_sent_back"] == 1
    with pytest.raises(Refused, match="E451"):
        explain(on_the_day.ledger, Asked(ended(2018, 11), COUNTY, "hazard.due_today"))


def test_what_was_due_on_the_last_day_of_the_month_before_counts_in_a_running_one(desk: Desk) -> None:
    hazard(desk, "2018-10-01", "2018-10-31")
    running = compile_bulletin(desk.ledger, Period(2018, 11, "2018-11-02", False))
    (category,) = (c for c in running.categories if c.id == "hazard")
    (overdue,) = (table.total for table in category.indicators if table.id == "hazard.overdue")
    assert (overdue.done, overdue.last_month, overdue.this_month) == (1, 1, 0)
    assert done(running)["due_today"] == 0


@pytest.mark.unmeasured
def test_in_time_goes_by_the_day_that_is_set_and_a_locked_month_keeps_its_own(desk: Desk) -> None:
    """Completed in time and accepted late; completed late; accepted in time."""
    for rectified, accepted in (
        ("2018-09-29", "2018-10-05"),
        ("2018-10-01", "2018-10-05"),
        ("2018-09-29", "2018-09-30"),
    ):
        one = hazard(desk, "2018-09-01", "2018-09-30")
        desk.step(hazard_cycle.close, one, Acceptance(accepted), rectified_on=rectified)
    desk.read("setting", name="hazard.in_time_by", value="验收日期", from_on="2018-11-01")
    october, november = (compile_bulletin(desk.ledger, ended(2018, month)) for month in (10, 11))
    assert (done(october)["on_time_of_year"], done(october)["late_of_year"]) == (2, 1)
    assert (done(november)["on_time_of_year"], done(november)["late_of_year"]) == (1, 2)
    assert "隐患按期以整改完成日期计，验收合格的才算整改；期限以最先到期的为准。" in october.rule
    assert "隐患按期以验收日期计，验收合格的才算整改；期限以最先到期的为准。" in november.rule
    for name, of in (("on_time_of_year", november), ("late_of_year", november), ("on_time_of_year", october)):
        why = explain(desk.ledger, Asked(ended(2018, int(of.month[5:])), COUNTY, f"hazard.{name}"))
        assert sum(item.quantity for item in why.counted) == done(of)[name]
    with desk.gate() as gate:
        month.close(gate, ended(2018, 10), "0.2.0")
    desk.read("setting", name="按期以…计", value="验收日期", from_on="2018-01-01")
    assert correction.month_diff(desk.ledger, "2018-10") == []
    assert (done(compile_bulletin(desk.ledger, ended(2018, 9)))["on_time_of_year"]) == 1


def test_the_major_ones_overdue_are_named(desk: Desk) -> None:
    firm = desk.enterprise()
    major = {"level": "重大", **FIVE}
    one = desk.hazard(firm, found_on="2018-10-01", deadline_on="2018-10-20", description="喷漆房无防爆灯", **major)
    desk.hazard(firm, found_on="2018-10-01", deadline_on="2018-10-20")
    desk.hazard(firm, found_on="2018-10-01", deadline_on="2018-11-02", **major)
    october = compile_bulletin(desk.ledger, ended(2018, 10))
    (named,) = october.overdue_major
    (name,) = desk.ledger.execute("SELECT name FROM enterprise WHERE id = ?", (firm,)).fetchone()
    said = f"其中重大隐患逾期1条：芝英镇{name}（喷漆房无防爆灯，期限2018年10月20日）"
    assert said in sentences.rectification(october)
    assert any(said in point for point in briefing(october, ()))
    running = define(desk.ledger, Period(2018, 11, "2018-11-02", False))
    assert details.overdue_major(desk.ledger, running) == (named,)
    assert standing(desk.ledger, "2018-11-02", running.period).overdue_major == 1
    desk.step(hazard_cycle.rectify, one, "2018-10-30")
    assert compile_bulletin(desk.ledger, ended(2018, 10)).overdue_major == ()


def test_opening_figures_of_the_parts_are_due_in_the_next_year_too(desk: Desk) -> None:
    for name, number in (
        ("到期隐患", 9),
        ("按期整改", 4),
        ("逾期后整改", 1),
        ("到期待验收", 1),
        ("逾期", 3),
        ("逾期上年转入", 2),
    ):
        desk.opening(name, "2018-10-31", str(number))
    told = done(compile_bulletin(desk.ledger, ended(2018, 10)))
    assert tuple(told[name] for name in FIVE_AND_TODAY[:-1]) == (9, 4, 1, 1, 3)
    assert told["overdue_carried"] == 2
    january = ended(2019, 1)
    told = done(compile_bulletin(desk.ledger, january))
    assert tuple(told[name] for name in FIVE_AND_TODAY[:-1]) == (4, 0, 0, 1, 3)
    assert told["overdue_carried"] == 3
    why = explain(desk.ledger, Asked(january, COUNTY, "hazard.due_of_year"))
    assert sum(item.quantity for item in why.counted) == 4
    one = hazard(desk, "2018-11-02", "2018-12-10")
    told = done(compile_bulletin(desk.ledger, january))
    assert tuple(told[name] for name in FIVE_AND_TODAY[:-1]) == (5, 0, 0, 1, 4)
    desk.void("hazard", one, today=TODAY)
    for name, number in (("到期隐患", 6), ("逾期", 2), ("到期待验收", 0)):  # given anew, they no longer come over
        desk.opening(name, "2019-01-31", str(number), today=TODAY)
    told = done(compile_bulletin(desk.ledger, january))
    assert (told["due_of_year"], told["overdue"], told["awaiting"]) == (6, 2, 0)


def test_what_is_only_due_today_has_neither_task_nor_opening_figure(desk: Desk) -> None:
    with pytest.raises(Refused, match="E268"):
        desk.opening("今日到期", "2018-10-31", "3")
    for town in ("芝英镇", "全市"):
        with pytest.raises(Refused, match="E268"):
            desk.target(3, indicator="今日到期", town=town)


def test_what_came_first_later_in_last_years_month_is_not_known_of_its_days_before(desk: Desk) -> None:
    """A running month is held against the same days of the year before; of those the ledger knows nothing yet."""
    desk.towns()
    desk.training(held_on="2017-11-03")

    def last_year(day: str) -> int | None:
        bulletin = compile_bulletin(desk.ledger, Period(2018, 11, day, False))
        tables = [table for category in bulletin.categories for table in category.indicators]
        (cell,) = (c for t in tables if t.id == "training.网格员" for c in t.cells if c.town == ZHIYING)
        return cell.last_year

    assert (last_year("2018-11-02"), last_year("2018-11-03")) == (None, 8)
