"""到期 = 按期整改 + 逾期后整改 + 已整改待验收 + 逾期未整改: each hazard once, by the deadline it first met; in the
table and in the letter the same."""

from __future__ import annotations

import re
from datetime import date, timedelta

from anjian_cli.bulletin import phrase, sentences
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.workflow import hazard_cycle
from anjian_cli.workflow.hazard_cycle import Acceptance
from support.desk import Desk

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


def test_extended_after_its_deadline_it_is_due_once(desk: Desk) -> None:
    one = hazard(desk, "2018-08-01", "2018-09-15")
    desk.step(hazard_cycle.extend, one, "2018-11-15", "2018-10-20", "设备未到", "县安委办", None)
    desk.step(hazard_cycle.close, one, Acceptance("2018-11-10"), rectified_on="2018-11-08", today=TODAY)
    assert of_month(desk, 2018, 10) == (1, 0, 0, 0, 1)
    assert desk.figure("hazard.overdue_extended", "2018-10-31") == 1
    assert of_month(desk, 2018, 12) == (1, 0, 1, 0, 0)
    assert of_month(desk, 2019, 1) == (0, 0, 0, 0, 0)


def test_completed_in_time_and_accepted_later_it_is_awaiting_and_then_in_time(desk: Desk) -> None:
    one = hazard(desk, "2018-09-01", "2018-09-30")
    desk.step(hazard_cycle.close, one, Acceptance("2018-10-05"), rectified_on="2018-09-29")
    assert of_month(desk, 2018, 9) == (1, 0, 0, 1, 0)
    assert of_month(desk, 2018, 10) == (1, 1, 0, 0, 0)


def test_open_over_new_year_it_is_carried_over(desk: Desk) -> None:
    one = hazard(desk, "2018-11-01", "2018-12-10")
    assert of_month(desk, 2018, 12) == of_month(desk, 2019, 1) == (1, 0, 0, 0, 1)
    assert desk.figure("hazard.overdue_carried", "2018-12-31") == 0
    assert desk.figure("hazard.overdue_carried", "2019-01-31") == 1
    desk.step(hazard_cycle.close, one, Acceptance("2019-02-10"), rectified_on="2019-02-09", today=TODAY)
    assert of_month(desk, 2019, 2) == of_month(desk, 2019, 12) == (1, 0, 1, 0, 0)  # it stays all year
    assert of_month(desk, 2020, 1) == (0, 0, 0, 0, 0)


def test_open_at_the_end_of_its_day_it_is_overdue(desk: Desk) -> None:
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


def test_on_every_day_of_two_years_it_is_one_of_the_four(desk: Desk) -> None:
    one = hazard(desk, "2018-08-01", "2018-09-15")
    desk.step(hazard_cycle.extend, one, "2018-11-15", "2018-10-20", "设备未到", "县安委办", None)
    desk.step(hazard_cycle.close, one, Acceptance("2018-11-10"), rectified_on="2018-11-08", today=TODAY)
    desk.step(hazard_cycle.reopen, one, "2018-12-20", "2019-01-20", "又拆除", today=TODAY)
    desk.step(hazard_cycle.rectify, one, "2019-02-01", today=TODAY)
    desk.step(hazard_cycle.close, hazard(desk, "2018-09-01", "2018-10-31"), Acceptance("2018-10-20"),
              rectified_on="2018-10-19")  # fmt: skip
    first = date(2018, 1, 1)
    for day in (str(first + timedelta(days)) for days in range(730)):
        due, *parts = (desk.figure(f"hazard.{name}", day) for name in ("due_of_year", *PARTS))
        assert due == sum(parts), day
