"""A trusteeship contract: in force from its first day to its last, both included, or until it was ended."""

from __future__ import annotations

import pytest

from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import trusteeship
from support.desk import SHIZHU, Desk, refuses

KIND = "trusteeship.喷涂"


@pytest.fixture
def firm(desk: Desk) -> int:
    return desk.enterprise()


@pytest.mark.parametrize(
    ("last_on", "gone_on"),
    [
        ("2018-10-31", "2018-11-01"),
        ("2018-12-31", "2019-01-01"),
        ("2019-02-28", "2019-03-01"),
        ("2020-02-28", "2020-02-29"),
        ("2020-02-29", "2020-03-01"),
    ],
)
def test_trap_4_the_last_day_is_in_force_also_the_29th_of_february(
    desk: Desk, firm: int, last_on: str, gone_on: str
) -> None:
    desk.contract(firm, last_on=last_on)
    assert desk.figure(KIND, "2018-02-28") == 0
    assert desk.figure(KIND, "2018-03-01") == 1
    assert desk.figure(KIND, last_on) == 1
    assert desk.figure(KIND, gone_on) == 0


def test_ended_early_it_is_out_of_force_from_that_day(desk: Desk, firm: int) -> None:
    contract = desk.contract(firm)
    desk.step(trusteeship.end, contract, "2018-10-31", "企业停产")
    assert desk.figure(KIND, "2018-10-30") == 1
    assert desk.figure(KIND, "2018-10-31") == 0
    row = desk.row("trusteeship", contract)
    assert (row["last_on"], row["ended_on"], row["end_reason"]) == ("2019-02-28", "2018-10-31", "企业停产")
    with refuses("E419"):
        desk.step(trusteeship.end, contract, "2018-11-01", None)


@pytest.mark.parametrize("day", ["2018-02-28", "2019-03-01"])
def test_it_ends_within_its_days(desk: Desk, firm: int, day: str) -> None:
    contract = desk.contract(firm)
    with refuses("E413"):
        desk.step(trusteeship.end, contract, day, None)


def test_a_voided_one_is_not_ended(desk: Desk, firm: int) -> None:
    contract = desk.contract(firm)
    desk.void("trusteeship", contract)
    with refuses("E416"):
        desk.step(trusteeship.end, contract, "2018-10-31", None)
    assert desk.figure(KIND, "2018-10-30") == 0


def test_the_end_taken_back_the_agreed_day_holds_again(desk: Desk, firm: int) -> None:
    contract = desk.contract(firm, ended_on="2018-10-31")
    assert desk.figure(KIND, "2018-10-31") == 0
    desk.take("trusteeship", number=desk.row("trusteeship", contract)["number"], ended_on=CLEAR)
    assert desk.figure(KIND, "2018-10-31") == 1


def test_prolonged_it_is_in_force_longer(desk: Desk, firm: int) -> None:
    contract = desk.contract(firm)
    desk.take("trusteeship", number=desk.row("trusteeship", contract)["number"], last_on="2019-12-31")
    assert desk.figure(KIND, "2019-12-31") == 1


def test_a_renewal_begins_the_day_after(desk: Desk, firm: int) -> None:
    desk.contract(firm)
    with refuses("E411") as messages:
        desk.contract(firm, from_on="2019-02-28", last_on="2020-02-29")
    assert "续签的请从2019-03-01起" in messages[0]
    desk.contract(firm, from_on="2019-03-01", last_on="2020-02-29")
    assert [desk.figure(KIND, day) for day in ("2019-02-28", "2019-03-01", "2020-02-29", "2020-03-01")] == [1, 1, 1, 0]


def test_another_agency_follows_an_early_end(desk: Desk, firm: int) -> None:
    contract = desk.contract(firm)
    desk.step(trusteeship.end, contract, "2018-10-01", "换机构")
    desk.contract(firm, agency="又一公司", from_on="2018-10-01", last_on="2019-09-30")
    assert [desk.figure(KIND, day) for day in ("2018-09-30", "2018-10-01")] == [1, 1]


def test_trap_5_kinds_overlap_so_their_sum_is_not_the_number_of_firms(desk: Desk, firm: int) -> None:
    desk.contract(firm)
    desk.contract(firm, kind="小微")
    desk.contract(desk.enterprise(), kind="小微")
    assert desk.figure(KIND, "2018-10-31") + desk.figure("trusteeship.小微", "2018-10-31") == 3
    (firms,) = desk.ledger.execute(
        "SELECT count(DISTINCT subject) FROM fact_item WHERE fact = 'trusteeship.contract'"
    ).fetchone()
    assert firms == 2


def test_trap_10_a_contract_is_split_where_the_enterprise_moved(desk: Desk, firm: int) -> None:
    desk.contract(firm)
    number = desk.row("enterprise", firm)["number"]
    desk.take("enterprise", number=number, town="石柱镇", changed_on="2018-10-31")
    assert (desk.figure(KIND, "2018-10-30"), desk.figure(KIND, "2018-10-30", SHIZHU)) == (1, 0)
    assert (desk.figure(KIND, "2018-10-31"), desk.figure(KIND, "2018-10-31", SHIZHU)) == (0, 1)


def test_its_number_is_of_the_town_the_firm_was_in(desk: Desk, firm: int) -> None:
    assert desk.row("trusteeship", desk.contract(firm))["number"] == "330784109-2018-0001"


def test_the_end_before_the_beginning(desk: Desk, firm: int) -> None:
    with refuses("E214"):
        desk.contract(firm, last_on="2018-02-28")
    contract = desk.contract(firm)
    with refuses("E214"):
        desk.take("trusteeship", number=desk.row("trusteeship", contract)["number"], last_on="2018-02-28")


def test_without_an_enterprise(desk: Desk) -> None:
    with refuses("E202"):
        desk.take(
            "trusteeship", agency="某某公司", kind="喷涂", from_on="2018-03-01", last_on="2019-02-28", visits_per_year=4
        )


def test_of_namesakes_the_town_tells_which(desk: Desk) -> None:
    desk.enterprise("兴达厂", no_code_reason="在办")
    there = desk.enterprise("兴达厂", town="石柱镇")
    contract = desk.contract(there, town="石柱镇")
    assert desk.row("trusteeship", contract)["enterprise_id"] == there
