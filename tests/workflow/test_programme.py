"""Special rectification: enrolled, accepted, what became of it; and accepted before it goes into trusteeship."""

from __future__ import annotations

import pytest

from anjian_cli.records.values import CLEAR
from support.desk import SHIZHU, Desk, refuses

ENROLLED, ACCEPTED = "special.enrolled.喷涂", "special.accepted.喷涂"
PASSED = {"accepted_on": "2018-08-10", "conclusion": "合格"}


@pytest.fixture
def firm(desk: Desk) -> int:
    return desk.enterprise()


def test_enrolled_and_accepted_on_their_days(desk: Desk, firm: int) -> None:
    desk.programme(firm, **PASSED, rectified_on="2018-08-01")
    assert desk.figures(ENROLLED, "2018-01-14", "2018-01-15", "2018-12-31", "2019-01-01") == [0, 1, 1, 0]
    assert desk.figures(ACCEPTED, "2018-08-09", "2018-08-10", "2018-12-31", "2019-01-01") == [0, 1, 1, 0]
    assert desk.near(ACCEPTED) == []


def test_a_failed_acceptance_does_not_count_and_is_told(desk: Desk, firm: int) -> None:
    row = desk.programme(firm, rectified_on="2018-08-01")
    assert desk.near(ACCEPTED) == ["已整改，还没有验收"]
    desk.edit("programme", row, accepted_on="2018-08-10", conclusion="不合格")
    assert desk.figure(ACCEPTED, "2018-10-31") == 0
    assert desk.near(ACCEPTED) == ["验收不合格"]
    desk.edit("programme", row, accepted_on="2018-09-10", conclusion="合格")
    assert desk.figures(ACCEPTED, "2018-09-09", "2018-09-10") == [0, 1]
    assert desk.near(ACCEPTED) == []


def test_excused_it_is_taken_off_on_that_day(desk: Desk, firm: int) -> None:
    desk.programme(firm, excused_on="2018-06-01", excuse="关停")
    assert desk.figures(ENROLLED, "2018-05-31", "2018-06-01") == [1, 0]


@pytest.mark.parametrize(
    ("more", "kind", "day", "before"),
    [
        ({**PASSED, "outcome": "提升"}, "提升", "2018-08-10", "2018-08-09"),
        ({**PASSED, "outcome": "托管", "outcome_on": "2018-09-01"}, "托管", "2018-09-01", "2018-08-31"),
        ({"outcome": "关停", "outcome_on": "2018-05-01"}, "关停", "2018-05-01", "2018-04-30"),
    ],
)
def test_what_became_of_it(desk: Desk, firm: int, more: dict[str, str], kind: str, day: str, before: str) -> None:
    desk.programme(firm, **more)
    assert desk.figures(f"special.outcome.{kind}", before, day) == [0, 1]


def test_once_a_year_and_kind(desk: Desk, firm: int) -> None:
    desk.programme(firm)
    with refuses("E430"):
        desk.programme(firm, action="2018年秋季喷涂整治", enrolled_on="2018-12-31", today="2018-12-31")
    desk.programme(firm, kind="胶水")
    desk.programme(firm, action="2019年喷涂行业整治", enrolled_on="2019-01-01", today="2019-01-01")
    assert desk.figures(ENROLLED, "2018-12-31", "2019-01-01") == [1, 1]


def test_the_same_table_again_with_a_step_more(desk: Desk, firm: int) -> None:
    row = desk.programme(firm)
    assert desk.programme(firm, diagnosed_on="2018-03-10") == row
    assert desk.programme(firm, **PASSED) == row
    assert desk.rows("programme", "diagnosed_on", "accepted_on") == [("2018-03-10", "2018-08-10")]


def test_a_newly_found_firm_is_accepted_before_trusteeship(desk: Desk, firm: int) -> None:
    row = desk.programme(firm, reason="新发现", enrolled_on="2018-03-01")
    with refuses("E426"):
        desk.contract(firm, from_on="2018-06-01", last_on="2019-05-31")
    desk.edit("programme", row, **PASSED)
    with refuses("E426"):
        desk.contract(firm, from_on="2018-08-09", last_on="2019-05-31")
    contract = desk.contract(firm, from_on="2018-08-10", last_on="2019-05-31")
    assert desk.figure("trusteeship.喷涂", "2018-08-10") == 1
    with refuses("E426"):
        desk.edit("programme", row, accepted_on=CLEAR, conclusion=CLEAR)
    desk.void("trusteeship", contract)
    desk.edit("programme", row, accepted_on=CLEAR, conclusion=CLEAR)


def test_trap_10_debt_and_credit_in_one_town_the_outcome_in_that_of_its_day(desk: Desk, firm: int) -> None:
    desk.programme(firm, **PASSED, outcome="整治", outcome_on="2018-09-10")
    desk.move(firm, "石柱镇", "2018-08-10")
    assert (desk.figure(ENROLLED, "2018-10-31"), desk.figure(ENROLLED, "2018-10-31", SHIZHU)) == (1, 0)
    assert (desk.figure(ACCEPTED, "2018-10-31"), desk.figure(ACCEPTED, "2018-10-31", SHIZHU)) == (1, 0)
    assert desk.figure("special.outcome.整治", "2018-10-31", SHIZHU) == 1
    desk.undo()
    assert (desk.figure(ACCEPTED, "2018-10-31"), desk.figure(ACCEPTED, "2018-10-31", SHIZHU)) == (1, 0)


def test_trap_10_taken_off_where_it_was_enrolled(desk: Desk, firm: int) -> None:
    row = desk.programme(firm)
    desk.move(firm, "石柱镇", "2018-03-01")
    desk.edit("programme", row, excused_on="2018-06-01", excuse="关停")
    assert (desk.figure(ENROLLED, "2018-10-31"), desk.figure(ENROLLED, "2018-10-31", SHIZHU)) == (0, 0)
