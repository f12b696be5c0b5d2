"""A total known without its records, and records of the same cell and period: never counted twice (E414). Marks of a
month that is locked: what becomes of them is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from anjian_cli.bulletin.period import ended
from anjian_cli.ledger import inverse
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.workflow import hazard_cycle, month, opening_figure, register, voiding
from anjian_cli.workflow.hazard_cycle import Acceptance
from oracle.figures import dump
from support import department_scheme, marked_scheme, points_scheme
from support.desk import ZHIYING, Desk, refuses


class TestFlow:
    def test_a_record_in_the_period_is_refused_with_the_way_out(self, desk: Desk) -> None:
        figure = desk.opening("网格员", "2018-09-30", "40")
        before = dump(desk.ledger)
        with refuses("E414") as messages:
            desk.training(held_on="2018-09-30", passed=8)
        assert "芝英镇在2018-01-01至2018-09-30已有期初数40，又登记了8件" in messages[0]
        assert f"anjian 期初 核减 {desk.row('opening_figure', figure)['number']} --数量 8" in messages[0]
        assert dump(desk.ledger) == before

    @pytest.mark.parametrize("day", ["2017-12-31", "2018-10-01"])
    def test_a_record_before_or_after_the_period_is_taken(self, desk: Desk, day: str) -> None:
        desk.opening("网格员", "2018-09-30", "40")
        desk.training(held_on=day, passed=8)

    def test_a_record_of_another_town_kind_or_without_a_figure_is_taken(self, desk: Desk) -> None:
        desk.opening("网格员", "2018-09-30", "40")
        desk.training(held_on="2018-09-10", town="石柱镇")
        desk.training(held_on="2018-09-10", kind="主要负责人")
        desk.training(held_on="2018-09-10", passed=None)

    def test_written_down_as_many_are_taken_and_the_total_stays(self, desk: Desk) -> None:
        figure = desk.opening("网格员", "2018-09-30", "40")
        desk.step(opening_figure.write_down, figure, 8)
        assert desk.figure("training.网格员", "2018-10-31") == 32
        desk.training(held_on="2018-09-10", passed=8)
        assert desk.figure("training.网格员", "2018-10-31") == 40
        with refuses("E414"):
            desk.training(held_on="2018-09-11", passed=1)

    def test_a_total_over_records_that_are_there_is_refused(self, desk: Desk) -> None:
        desk.training(held_on="2018-09-10", passed=8)
        with refuses("E414"):
            desk.opening("网格员", "2018-09-30", "40")
        desk.opening("网格员", "2018-09-09", "40")

    def test_a_total_that_adds_nothing_still_stands_for_its_days(self, desk: Desk) -> None:
        desk.opening("网格员", "2018-06-30", "40")
        desk.training(held_on="2018-08-01", passed=8)
        with refuses("E414"):
            desk.opening("网格员", "2018-09-30", "40")

    def test_a_second_total_stands_for_the_days_since_the_first(self, desk: Desk) -> None:
        first = desk.opening("网格员", "2018-06-30", "40")
        desk.opening("网格员", "2018-09-30", "60")
        desk.step(opening_figure.write_down, first, 8)
        desk.training(held_on="2018-06-30", passed=8)
        with refuses("E414"):
            desk.training(held_on="2018-07-01", passed=1)

    def test_the_last_record_gone_the_total_may_grow_back(self, desk: Desk) -> None:
        figure = desk.opening("网格员", "2018-09-30", "40")
        desk.step(opening_figure.write_down, figure, 8)
        course = desk.training(held_on="2018-09-10", passed=8)
        desk.void("training", course)
        assert desk.figure("training.网格员", "2018-10-31") == 32

    def test_hazards_of_the_year_are_a_flow_too(self, desk: Desk) -> None:
        firm = desk.enterprise()
        desk.opening("排查隐患", "2018-09-30", "5")
        with refuses("E414"):
            desk.hazard(firm, found_on="2018-09-30")
        hazard = desk.hazard(firm, found_on="2018-10-01")
        # Moved into the period, it would be counted twice.
        with refuses("E414"):
            desk.take("hazard", number=desk.row("hazard", hazard)["number"], found_on="2018-09-30")


class TestStock:
    def test_a_contract_in_force_on_the_day_is_refused(self, desk: Desk) -> None:
        desk.opening("喷涂", "2018-09-30", "8")
        firm = desk.enterprise()
        with refuses("E414") as messages:
            desk.contract(firm)
        assert "芝英镇在2018-09-30已有期初数8，又登记了1件" in messages[0]

    @pytest.mark.parametrize(("from_on", "last_on"), [("2018-10-01", "2019-09-30"), ("2017-09-01", "2018-09-29")])
    def test_one_that_began_after_or_ended_before_is_taken(self, desk: Desk, from_on: str, last_on: str) -> None:
        desk.opening("喷涂", "2018-09-30", "8")
        desk.contract(desk.enterprise(), from_on=from_on, last_on=last_on)

    def test_trap_4_the_last_day_of_a_contract_counts(self, desk: Desk) -> None:
        desk.opening("喷涂", "2018-09-30", "8")
        firm = desk.enterprise()
        with refuses("E414"):
            desk.contract(firm, from_on="2017-10-01", last_on="2018-09-30")

    def test_written_down_it_is_taken(self, desk: Desk) -> None:
        figure = desk.opening("喷涂", "2018-09-30", "8")
        desk.step(opening_figure.write_down, figure, 1)
        desk.contract(desk.enterprise())
        assert desk.figure("trusteeship.喷涂", "2018-10-31") == 8

    def test_a_move_brings_a_contract_into_the_cell(self, desk: Desk) -> None:
        firm = desk.enterprise(town="石柱镇")
        desk.contract(firm)
        desk.opening("喷涂", "2018-09-30", "8")
        number = desk.row("enterprise", firm)["number"]
        desk.take("enterprise", number=number, town="芝英镇", changed_on="2018-10-01")
        with refuses("E414"):
            desk.take("enterprise", number=number, town="芝英镇", changed_on="2018-09-30")

    def test_the_countys_own_total_stands_for_what_has_no_town(self, desk: Desk) -> None:
        desk.opening("喷涂", "2018-09-30", "8", town="全市")
        firm = desk.enterprise(town=None)
        with refuses("E414"):
            desk.contract(firm)
        assert desk.figure("trusteeship.喷涂", "2018-10-31", "") == 8

    def test_open_hazards_are_a_stock(self, desk: Desk) -> None:
        desk.opening("未销号", "2018-09-30", "3")
        firm = desk.enterprise()
        hazard = desk.hazard(firm, found_on="2018-10-01")
        desk.step(hazard_cycle.close, hazard, Acceptance("2018-10-20"), rectified_on="2018-10-20")
        with refuses("E414"):
            desk.hazard(firm, found_on="2018-09-30")
        # Found and closed before the day of the total, it is not in it.
        desk.hazard(firm, found_on="2018-09-01", rectified_on="2018-09-02", accepted_on="2018-09-03")
        assert desk.figure("hazard.open", "2018-10-10") == 4
        assert desk.row("hazard", hazard)["town_code"] == ZHIYING


class TestMarks:
    """Of the scheme of points: 监管人员 is marked."""

    @pytest.fixture
    def locked(self, desk: Desk) -> Desk:
        """October is locked; of September and November there is a mark each."""
        with desk.gate(command="scheme adopt") as gate:
            points_scheme.write(gate, "2018-01-01")
        for of in ("2018-09", "2018-11"):
            desk.take("mark", "2018-12-05", **self.given(month=of, points="-0.5"))
        with desk.gate(command="month close") as gate:
            month.close(gate, ended(2018, 10), "0.6.0")
        return desk

    def given(self, **more: object) -> dict[str, object]:
        return {"indicator": "监管人员", "town": "芝英镇", "month": "2018-10", "points": "-1", "reason": "", **more}

    def said(self, desk: Desk, step: Callable[[Gate], object]) -> list[str]:
        with desk.gate("2018-12-05") as gate:
            step(gate)
        return [str(notice) for notice in gate.notices]

    def mark(self, desk: Desk, **more: object) -> list[str]:
        record = definition.record("mark")
        return self.said(desk, lambda gate: register.take(gate, record, self.given(**more), Finder(gate.connection)))

    def test_of_a_locked_month_or_one_before(self, locked: Desk) -> None:
        (said,) = self.mark(locked)
        assert said.startswith("2018-10通报已定稿，得分和名次不再改动。评分已记入台账；")
        assert "〔N435〕" in said
        assert [self.mark(locked, month=of, town="石柱镇") for of in ("2018-11", "2018-12")] == [[], []]
        assert "〔N435〕" in self.mark(locked, month="2018-01", town="石柱镇")[0]

    def test_before_anything_is_locked_and_after_it_was_withdrawn(self, desk: Desk) -> None:
        with desk.gate(command="scheme adopt") as gate:
            points_scheme.write(gate, "2018-01-01")
        assert self.mark(desk) == []
        with desk.gate(command="month close") as gate:
            month.close(gate, ended(2018, 10), "0.6.0")
            month.issue(gate, "2018-10", "例1号", "2018-11-05")
        assert self.mark(desk, town="石柱镇")[0].startswith("2018-10通报已于2018-11-05印发（例1号），")
        desk.step(month.withdraw, "2018-10", "例1号有误", "2018-11-06")
        assert self.mark(desk, points="-1.5") == []

    def test_changed_voided_and_undone(self, locked: Desk) -> None:
        record = definition.record("mark")
        (number, row), (later, _) = [
            (str(number), int(str(row))) for number, row in locked.rows("mark", "number", "id")
        ]

        def edit(of: str, **more: object) -> list[str]:
            given = {"number": of, **more}
            return self.said(locked, lambda gate: register.take(gate, record, given, Finder(gate.connection)))

        assert "〔N435〕" in edit(number, points="-1.5")[0]
        assert edit(number, remark="电话核实") == []
        assert edit(later, points="-1.5") == []
        assert "〔N435〕" in edit(later, month="2018-10")[0]
        assert "〔N435〕" in edit(later, month="2018-11")[0]
        assert "〔N435〕" in self.said(locked, lambda gate: voiding.void(gate, record, row, "误录"))[0]
        assert "〔N435〕" in self.said(locked, lambda gate: inverse.undo(gate, gate.head))[0]
        self.mark(locked, town="石柱镇")
        assert "〔N435〕" in self.said(locked, lambda gate: inverse.undo(gate, gate.head))[0]

    def test_of_a_part_of_the_year_that_was_assessed_before(self, desk: Desk) -> None:
        with desk.gate(command="scheme adopt") as gate:
            gate.update("scheme", points_scheme.write(gate, "2018-01-01"), assessed="季")
        with desk.gate(command="month close") as gate:
            month.close(gate, ended(2018, 8), "0.6.0")
        (said,) = self.mark(desk, month="2018-06")
        assert "评分是2018-07以前的考核期的" in said
        assert "〔N437〕" in said
        assert "〔N435〕" in self.mark(desk, month="2018-07")[0]

    def test_of_a_department(self, desk: Desk) -> None:
        department_scheme.adopt(desk)
        with desk.gate(command="month close") as gate:
            month.close(gate, ended(2018, 10), "0.6.0")
        (said,) = self.mark(desk, indicator="配合", town=None, department="甲局")
        assert "部门的得分和名次不再改动，也不列更正" in said
        assert "〔N436〕" in said

    def test_where_no_points_are_given(self, desk: Desk) -> None:
        marked_scheme.adopt(desk)
        with desk.gate(command="month close") as gate:
            month.close(gate, ended(2018, 10), "0.6.0")
        assert self.mark(desk) == []
