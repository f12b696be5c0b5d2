"""Enforcement: filed is not decided is not collected; accident cases apart; what is revoked is taken back."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.records.values import CLEAR
from support.desk import SHIZHU, Desk, refuses

FILED, FINED, FINE, REFERRED = (f"case.{name}" for name in ("filed", "fined", "fine", "referred"))
DECIDED: dict[str, Any] = {"decided_on": "2018-09-20", "fine": 2_000_000}


def test_each_on_its_own_day(desk: Desk) -> None:
    desk.case(**DECIDED, collected_on="2018-10-08", referred=2, referred_on="2018-10-01")
    assert desk.figures(FILED, "2018-09-09", "2018-09-10", "2018-12-31", "2019-01-01") == [0, 1, 1, 0]
    assert desk.figures(FINED, "2018-09-19", "2018-09-20") == [0, 1]
    assert desk.figures(FINE, "2018-09-19", "2018-09-20") == [0, 2_000_000]
    assert desk.figures(REFERRED, "2018-09-30", "2018-10-01") == [0, 2]


@pytest.mark.parametrize(
    ("more", "day", "before"), [({}, "2018-09-10", "2018-09-09"), (DECIDED, "2018-09-20", "2018-09-19")]
)
def test_referred_without_a_day_with_the_decision_or_the_filing(
    desk: Desk, more: dict[str, Any], day: str, before: str
) -> None:
    desk.case(referred=1, **more)
    assert desk.figures(REFERRED, before, day) == [0, 1]


def test_filed_and_not_decided_is_told_near_the_figure(desk: Desk) -> None:
    row = desk.case()
    assert desk.near(FINED) == desk.near(FINE) == ["已立案，还没有作出决定"]
    desk.edit("enforcement_case", row, **DECIDED)
    assert desk.near(FINED) == desk.near(FINE) == []


def test_a_warning_without_a_fine(desk: Desk) -> None:
    desk.case(decided_on="2018-09-20")
    assert (desk.figure(FINED, "2018-12-31"), desk.figure(FINE, "2018-12-31")) == (1, 0)


def test_accident_cases_are_counted_apart(desk: Desk) -> None:
    desk.case(**DECIDED, accident="是", referred=1, referred_on="2018-10-01")
    assert [desk.figure(of, "2018-12-31") for of in (FILED, FINED, FINE, REFERRED)] == [0, 0, 0, 0]
    assert desk.figures("case.accident", "2018-09-09", "2018-09-10") == [0, 1]
    assert desk.figures("case.accident_fine", "2018-09-19", "2018-09-20") == [0, 2_000_000]
    assert desk.near(FILED) == desk.near(FINE) == ["事故类案件，另计"]


@pytest.mark.parametrize("accident", ["否", "是"])
def test_revoked_it_is_taken_back_on_that_day(desk: Desk, accident: str) -> None:
    row = desk.case(**DECIDED, referred=2, referred_on="2018-09-25", accident=accident)
    desk.edit("enforcement_case", row, revoked_on="2018-10-15", revoke_reason="复议撤销")
    filed, fine = (FILED, FINE) if accident == "否" else ("case.accident", "case.accident_fine")
    assert desk.figures(filed, "2018-10-14", "2018-10-15") == [1, 0]
    assert desk.figures(fine, "2018-10-14", "2018-10-15") == [2_000_000, 0]
    assert desk.figures(FINED, "2018-10-14", "2018-10-15") == [accident == "否", 0]
    assert desk.figures(REFERRED, "2018-10-14", "2018-10-15") == [2 * (accident == "否"), 0]


@pytest.mark.unmeasured
@pytest.mark.parametrize("accident", ["否", "是"])
def test_revoked_in_a_later_year_neither_year_counts_it(desk: Desk, accident: str) -> None:
    row = desk.case(**DECIDED, referred=2, referred_on="2018-09-25", accident=accident)
    desk.edit("enforcement_case", row, "2019-02-01", revoked_on="2019-01-15", revoke_reason="法院撤销")
    filed, fine = (FILED, FINE) if accident == "否" else ("case.accident", "case.accident_fine")
    for of in (filed, fine, FINED, REFERRED):
        assert desk.figures(of, "2018-09-30", "2018-12-31", "2019-01-14", "2019-01-15", "2019-12-31") == [0] * 5
    why = "撤销于2019-01-15：法院撤销"
    assert desk.near(filed) == desk.near(fine) == [why]
    if accident == "否":
        assert desk.near(FINED) == desk.near(REFERRED) == [why]


def test_each_of_it_belongs_to_the_year_it_was_counted_in(desk: Desk) -> None:
    row = desk.case(filed_on="2017-11-10", **{**DECIDED, "decided_on": "2018-03-01"})
    desk.edit("enforcement_case", row, revoked_on="2018-10-15", revoke_reason="复议撤销")
    assert desk.figures(FILED, "2017-12-31", "2018-10-14", "2018-10-15") == [0, 0, 0]
    assert desk.figures(FINE, "2018-03-01", "2018-10-14", "2018-10-15") == [2_000_000, 2_000_000, 0]


def test_revoked_before_it_was_decided_nothing_but_the_filing_is_taken_back(desk: Desk) -> None:
    desk.case(revoked_on="2018-10-15", revoke_reason="不予处罚")
    assert [desk.figure(of, "2018-12-31") for of in (FILED, FINED, FINE)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("0.01元", 1),
        ("0.29", 29),
        ("20000", 2_000_000),
        ("7,000", 700_000),
        ("2.747万元", 2_747_000),
        ("274.7万元", 274_700_000),
        ("1亿元", 10_000_000_000),
    ],
)
def test_trap_13_fines_are_exact(desk: Desk, typed: str, fen: int) -> None:
    text = {"case_number": "1号", "party": "某厂", "town": "芝英镇", "cause": "x", "filed_on": "2018-09-10"}
    desk.read("enforcement_case", **text, decided_on="2018-09-20", fine=typed, accident="否", joint="否")
    assert desk.figure(FINE, "2018-10-31") == fen


def test_trap_13_many_fines_add_up_to_what_was_published(desk: Desk) -> None:
    # 82 cases, 274.7万元: as floats in 万元 their sum would not come out even.
    fines = [3_350_067] * 81
    for fine in (*fines, 274_700_000 - sum(fines)):
        desk.case(decided_on="2018-09-20", fine=fine)
    assert (desk.figure(FINED, "2018-10-31"), desk.figure(FINE, "2018-10-31")) == (82, 274_700_000)
    assert desk.cell(FINE).done == 274_700_000


def test_one_case_number_is_one_case(desk: Desk) -> None:
    number = "永安监罚〔2018〕执法二中队-9号"
    row = desk.case(case_number=number)
    assert desk.case(case_number=number, **DECIDED) == row
    other = desk.case()
    with refuses("E238") as messages:
        desk.edit("enforcement_case", other, case_number=number)
    assert "“330784109-2018-0001”已有这个案号" in messages[0]
    desk.void("enforcement_case", row)
    desk.edit("enforcement_case", other, case_number=number)


def test_trap_10_a_case_stays_in_the_town_that_was_told(desk: Desk) -> None:
    firm = desk.enterprise()
    row = desk.case(party=desk.name(firm))
    desk.move(firm, "石柱镇", "2018-01-01")
    assert (desk.figure(FILED, "2018-12-31"), desk.figure(FILED, "2018-12-31", SHIZHU)) == (1, 0)
    desk.edit("enforcement_case", row, town="石柱镇")
    assert (desk.figure(FILED, "2018-12-31"), desk.figure(FILED, "2018-12-31", SHIZHU)) == (0, 1)


def test_a_decision_taken_back_as_a_slip_takes_what_rests_on_it(desk: Desk) -> None:
    row = desk.case(**DECIDED)
    with refuses("E424"):
        desk.edit("enforcement_case", row, decided_on=CLEAR)
    desk.edit("enforcement_case", row, decided_on=CLEAR, fine=CLEAR)
    assert (desk.figure(FINED, "2018-12-31"), desk.figure(FINE, "2018-12-31")) == (0, 0)
