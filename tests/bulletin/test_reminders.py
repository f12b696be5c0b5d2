"""Messages of what is due: every thing once, the most urgent first, and what is new since a day."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin import due, reminders
from anjian_cli.bulletin.period import day_after
from anjian_cli.bulletin.reminders import AGENCY, DEPARTMENT, OFFICER, PER, SHOWN, TOWN
from anjian_cli.errors import Fault
from anjian_cli.ledger.open import reading
from anjian_cli.workflow import hazard_cycle
from anjian_cli.workflow.hazard_cycle import Acceptance
from support.desk import FIVE, TODAY, Desk


def named(desk: Desk, per: str = TOWN, today: str = TODAY, since: str | None = None) -> dict[str, list[str]]:
    """To whom, and of whom each line of the message speaks."""
    found = reminders.reminders(desk.ledger, today, per, 40, since)
    return {each.to: re.findall("：(永康市[^，（]*)", each.text) for each in found}


def test_overdue_major_hazards_come_first_then_what_is_overdue_for_longest(desk: Desk) -> None:
    late, later, major, listed, soon = (desk.enterprise(f"永康市{name}厂") for name in "甲乙丙丁戊")
    desk.hazard(late, found_on="2018-09-01", deadline_on="2018-09-10")
    desk.hazard(later, found_on="2018-09-01", deadline_on="2018-09-05")
    desk.hazard(major, **FIVE, level="重大", found_on="2018-09-01", deadline_on="2018-10-20")
    of = desk.hazard(listed, **FIVE, level="重大", found_on="2018-09-01", deadline_on="2018-10-25")
    desk.step(hazard_cycle.supervise, of, "县级", None, "2018-10-20")
    desk.hazard(soon, found_on="2018-11-01", deadline_on="2018-11-20")
    assert named(desk) == {"芝英镇": ["永康市丁厂", "永康市丙厂", "永康市乙厂", "永康市甲厂", "永康市戊厂"]}


def test_a_message_says_how_many_and_names_so_many(desk: Desk) -> None:
    for number in range(SHOWN + 2):
        desk.hazard(desk.enterprise(), found_on="2018-10-01", deadline_on=f"2018-10-{number + 10}")
    (told,) = reminders.reminders(desk.ledger, TODAY)
    assert told.lines[0] == f"【催办】芝英镇（11月5日）：逾期{SHOWN + 2}件。"
    assert told.lines[-2] == "还有2件，见待办回填单。"
    assert (told.due, told.late, len(told.lines)) == (SHOWN + 2, SHOWN + 2, SHOWN + 3)


def test_new_is_what_was_not_there_or_has_fallen_due_since(desk: Desk) -> None:
    old, fallen, new = (desk.enterprise(f"永康市{name}厂") for name in "甲乙丙")
    desk.hazard(old, found_on="2018-09-01", deadline_on="2018-09-10")
    desk.hazard(fallen, found_on="2018-09-01", deadline_on="2018-11-01")
    desk.hazard(new, found_on="2018-11-02", deadline_on="2018-11-09")
    assert named(desk, since="2018-10-30") == {"芝英镇": ["永康市乙厂", "永康市丙厂"]}
    assert named(desk, since=TODAY) == {}


def test_what_is_done_is_not_reminded_of(desk: Desk) -> None:
    hazard = desk.hazard(desk.enterprise())
    assert named(desk)
    desk.step(hazard_cycle.rectify, hazard, "2018-10-20")
    desk.step(hazard_cycle.accept, hazard, Acceptance("2018-10-22"))
    assert named(desk) == {}


def test_officers_are_told_of_the_firms_that_they_look_after(desk: Desk) -> None:
    desk.take("officer", town="芝英镇", name="网格员甲")
    desk.take("officer", town="芝英镇", name="网格员乙")
    desk.hazard(desk.enterprise("永康市甲厂", grid_officer="网格员甲、网格员乙"))
    desk.hazard(desk.enterprise("永康市乙厂", grid_officer="网格员乙"))
    desk.hazard(desk.enterprise("永康市丙厂"))
    assert named(desk, OFFICER) == {
        "芝英镇 网格员乙": ["永康市乙厂", "永康市甲厂"],
        "芝英镇 网格员甲": ["永康市甲厂"],
    }


@pytest.mark.unmeasured
@pytest.mark.parametrize("per", PER)
def test_in_the_demonstration_everyone_is_told_of_what_is_theirs(
    per: str, demonstration_made: tuple[Path, list[Fault]], tmp_path: Path
) -> None:
    with closing(reading(Path(shutil.copy(demonstration_made[0], tmp_path / "台账.db")))) as ledger:
        told = reminders.reminders(ledger, "2018-11-02", per)
        listed = due.due(ledger, "2018-11-02", day_after("2018-11-02", reminders.WITHIN))
    assert told
    assert all(each.lines[0].startswith("【演示数据】【催办】") for each in told)
    counted = sum(each.due for each in told)
    assert counted == len(listed) if per == TOWN else counted > 0
    assert per in (TOWN, DEPARTMENT, AGENCY) or all(re.search(" .*网格员", each.to) for each in told)
