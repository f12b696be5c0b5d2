"""Visits under trusteeship: those a contract owes, and those that were made while one was in force."""

from __future__ import annotations

import pytest

from anjian_cli.errors import Misread
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import own_life, register, trusteeship
from oracle.figures import dump
from support.desk import SHIZHU, Desk, refuses

AGREED, MADE = "trusteeship.visits_agreed", "trusteeship.visits_made"


@pytest.fixture
def firm(desk: Desk) -> int:
    return desk.enterprise()


def visit(desk: Desk, firm: int, on: str = "2018-05-09", **more: object) -> int:
    given = {"agency": "示例安全技术公司", "kind": "喷涂", "visited_on": on, **more}
    return desk.of("visit", firm, max("2018-11-05", on), **given)


class TestAgreed:
    @pytest.mark.parametrize(
        ("a_year", "of_2018", "of_2019"), [(0, 0, 0), (1, 0, 1), (4, 3, 1), (12, 10, 2), (366, 306, 60)]
    )
    def test_they_are_spread_over_the_contracts_year(
        self, desk: Desk, firm: int, a_year: int, of_2018: int, of_2019: int
    ) -> None:
        desk.contract(firm, visits_per_year=a_year)
        assert desk.figures(AGREED, "2018-12-31", "2019-12-31") == [of_2018, of_2019]
        assert desk.figures(AGREED, "2018-02-28", "2020-12-31") == [0, 0]

    def test_four_are_due_at_the_end_of_each_quarter(self, desk: Desk, firm: int) -> None:
        desk.contract(firm)
        assert desk.figures(
            AGREED, "2018-05-30", "2018-05-31", "2018-08-29", "2018-08-30", "2018-11-28", "2018-11-29"
        ) == [0, 1, 1, 2, 2, 3]
        assert desk.figures(AGREED, "2019-02-27", "2019-02-28") == [0, 1]

    def test_shorter_than_a_year(self, desk: Desk, firm: int) -> None:
        """Rule 15: half a year of four a year owes two."""
        desk.contract(firm, last_on="2018-08-29")
        assert desk.figures(AGREED, "2018-08-28", "2018-08-29", "2018-12-31") == [1, 2, 2]

    def test_ended_early_voided_and_prolonged(self, desk: Desk, firm: int) -> None:
        contract = desk.contract(firm)
        desk.edit("trusteeship", contract, last_on="2019-08-31")
        assert desk.figures(AGREED, "2018-12-31", "2019-12-31") == [3, 3]
        desk.step(trusteeship.end, contract, "2018-08-30", None)
        assert desk.figures(AGREED, "2018-12-31", "2019-12-31") == [1, 0]
        desk.edit("trusteeship", contract, ended_on="2018-08-31")
        assert desk.figures(AGREED, "2018-12-31", "2019-12-31") == [2, 0]
        desk.edit("trusteeship", contract, ended_on=CLEAR, end_reason=CLEAR)
        assert desk.figures(AGREED, "2018-12-31", "2019-12-31") == [3, 3]
        desk.void("trusteeship", contract)
        assert desk.figures(AGREED, "2018-12-31", "2019-12-31") == [0, 0]
        assert desk.rows("due_visit", "id") == []
        desk.undo()
        assert desk.figures(AGREED, "2018-12-31", "2019-12-31") == [3, 3]

    def test_another_number_of_visits_keeps_nothing_of_the_first(self, desk: Desk, firm: int) -> None:
        contract = desk.contract(firm)
        desk.edit("trusteeship", contract, visits_per_year=2)
        assert desk.rows("due_visit", "due_on", "visits") == [("2018-08-30", 1), ("2019-02-28", 1)]

    def test_under_another_enterprise_they_go_with_the_contract(self, desk: Desk, firm: int) -> None:
        contract = desk.contract(firm)
        other = desk.enterprise(town="石柱镇")
        desk.edit("trusteeship", contract, enterprise=desk.name(other))
        assert (desk.figure(AGREED, "2018-12-31"), desk.figure(AGREED, "2018-12-31", SHIZHU)) == (0, 3)
        assert {row[0] for row in desk.rows("due_visit", "enterprise_id")} == {other}

    def test_trap_10_due_in_the_town_of_the_day(self, desk: Desk, firm: int) -> None:
        desk.contract(firm)
        desk.move(firm, "石柱镇", "2018-08-30")
        assert (desk.figure(AGREED, "2018-12-31"), desk.figure(AGREED, "2018-12-31", SHIZHU)) == (1, 2)

    def test_more_than_one_a_day_or_ten_years_is_a_slip_of_the_pen(self, desk: Desk, firm: int) -> None:
        read = definition.record("trusteeship").columns["visits_per_year"].read
        assert read("366次") == 366
        with pytest.raises(Misread) as caught:
            read("367")
        assert caught.value.code == "E247"
        before = dump(desk.ledger)
        for last_on in ("2028-02-29", "2199-12-31"):
            with refuses("E438"):
                desk.contract(firm, last_on=last_on)
        assert dump(desk.ledger) == before
        desk.contract(firm, last_on="2028-02-28")


class TestMade:
    def test_within_a_contract_of_its_kind_in_force(self, desk: Desk, firm: int) -> None:
        with refuses("E425"):
            visit(desk, firm)
        desk.contract(firm)
        for day in ("2018-02-28", "2019-03-01"):
            with refuses("E425"):
                visit(desk, firm, day)
        with refuses("E425"):
            visit(desk, firm, kind="小微")
        visit(desk, firm, "2018-03-01")
        visit(desk, firm, "2019-02-28")
        assert desk.figures(MADE, "2018-02-28", "2018-03-01", "2018-12-31", "2019-12-31") == [0, 1, 1, 1]

    def test_a_contract_does_not_end_before_a_visit_that_was_made(self, desk: Desk, firm: int) -> None:
        contract = desk.contract(firm)
        visit(desk, firm, "2018-08-10")
        with refuses("E425"):
            desk.step(trusteeship.end, contract, "2018-08-10", None)
        with refuses("E425"):
            desk.void("trusteeship", contract)
        desk.step(trusteeship.end, contract, "2018-08-11", None)

    def test_it_is_the_same_visit_when_told_again(self, desk: Desk, firm: int) -> None:
        desk.contract(firm)
        assert visit(desk, firm) == visit(desk, firm, hazards_found=3, hazards_closed=3)
        assert desk.figure(MADE, "2018-10-31") == 1
        with refuses("E259"):
            visit(desk, firm, hazards_closed=4)

    def test_voided_it_is_told_near_the_figure(self, desk: Desk, firm: int) -> None:
        desk.contract(firm)
        desk.void("visit", visit(desk, firm, "2018-10-09"), "记错日期")
        assert desk.figure(MADE, "2018-10-31") == 0
        assert desk.near(MADE) == ["已作废：记错日期"]

    def test_trap_10_made_in_the_town_of_the_day(self, desk: Desk, firm: int) -> None:
        desk.contract(firm)
        visit(desk, firm, "2018-06-30")
        visit(desk, firm, "2018-07-01")
        assert desk.figure(MADE, "2018-10-31") == 2
        desk.move(firm, "石柱镇", "2018-07-01")
        assert (desk.figure(MADE, "2018-10-31"), desk.figure(MADE, "2018-10-31", SHIZHU)) == (1, 1)


@pytest.mark.parametrize(
    ("on", "agency", "asked"),
    [
        ("2018-03-01", "某某技术公司", ["E485"]),  # the contract's first day
        ("2018-05-09", "某某技术公司", ["E485"]),
        ("2018-05-09", "示例安全技术公司", []),
        ("2018-05-09", "示例 安全技术公司", []),
    ],
)
def test_another_agency_than_the_contracts_is_asked(
    desk: Desk, firm: int, on: str, agency: str, asked: list[str]
) -> None:
    desk.contract(firm)
    with desk.gate() as gate:
        given = {"enterprise": desk.name(firm), "agency": agency, "kind": "喷涂", "visited_on": on}
        kept = register.take(gate, definition.record("visit"), given, Finder(gate.connection))
        assert [fault.code for fault in own_life.questions(gate, definition.record("visit"), kept)] == asked
