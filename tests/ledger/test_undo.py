"""Undo: what it takes back, when it is refused, and that it is an operation like any other."""

from __future__ import annotations

from contextlib import closing

import pytest

from anjian_cli.ledger import history, inverse, sums
from anjian_cli.workflow import hazard_cycle, opening_figure
from anjian_cli.workflow.hazard_cycle import Acceptance
from oracle.figures import dump
from support.desk import SHIZHU, ZHIYING, Desk, refuses

RECORDS = ("town", "enterprise", "residence", "training", "hazard", "hazard_deadline", "rectification", "target")


def records(desk: Desk) -> object:
    return dump(desk.ledger, RECORDS)


def test_undo_is_a_new_operation_that_says_what_it_undoes(desk: Desk) -> None:
    before = records(desk)
    desk.training()
    undone = desk.head
    assert desk.undo() == undone + 1
    assert records(desk) == before
    assert desk.ledger.execute("SELECT undoes FROM operation WHERE id = ?", (desk.head,)).fetchone()[0] == undone
    newest, older, *_ = history.operations(desk.ledger, 5)
    assert (newest["command"], newest["undoes"], older["undone_by"]) == ("undo", undone, desk.head)


def test_what_was_undone_and_is_there_again_is_not_called_undone(desk: Desk) -> None:
    desk.training()
    entered = desk.head
    undo = desk.undo()
    again = desk.undo(undo)
    told = {row["id"]: row["undone_by"] for row in history.operations(desk.ledger, 3)}
    assert told == {again: None, undo: again, entered: None}
    assert history.operation(desk.ledger, entered)["undone_by"] is None
    assert [row["undone_by"] for row in history.operations_after(desk.ledger, entered)] == [again, None]


def test_a_later_operation_on_the_same_record_stands_in_the_way(desk: Desk) -> None:
    course = desk.training()
    first = desk.head
    desk.take("training", number=desk.row("training", course)["number"], passed=5)
    with refuses("E431") as messages:
        desk.undo(first)
    assert f"操作{first}不能撤销" in messages[0]
    assert f"操作{desk.head}" in messages[0]


def test_an_operation_on_another_record_does_not(desk: Desk) -> None:
    course = desk.training()
    first = desk.head
    desk.training()
    desk.undo(first)
    assert desk.row("training", course) is None


def test_several_steps_are_undone_one_after_the_other_and_done_again(desk: Desk) -> None:
    firm = desk.enterprise()
    states = [records(desk)]
    hazard = desk.hazard(firm)
    states.append(records(desk))
    desk.step(hazard_cycle.rectify, hazard, "2018-10-20")
    states.append(records(desk))
    desk.step(hazard_cycle.accept, hazard, Acceptance("2018-10-22"))
    states.append(records(desk))
    accepted = desk.head
    undos = []
    for back, state in enumerate(reversed(states[:-1])):
        undos.append(desk.undo(accepted - back))  # an operation and its undo cancel out
        assert records(desk) == state
    for again, state in zip(reversed(undos), states[1:], strict=True):
        desk.undo(again)  # an undo is undone
        assert records(desk) == state
    assert desk.figure("hazard.accepted_of_year", "2018-10-31") == 1


def test_what_was_undone_is_not_undone_twice(desk: Desk) -> None:
    desk.training()
    first = desk.head
    by = desk.undo(first)
    with refuses("E433") as messages:
        desk.undo(first)
    assert f"操作{by}已经撤销了它" in messages[0]


def test_what_is_done_again_can_be_undone_again(desk: Desk) -> None:
    before = records(desk)
    desk.training()
    first = desk.head
    undone = desk.undo(first)
    again = desk.undo(undone)
    with refuses("E433"):
        desk.undo(undone)
    desk.undo(first)
    assert records(desk) == before
    assert again < desk.head


def test_without_a_number_the_newest_that_still_holds_is_meant(desk: Desk) -> None:
    towns = desk.head
    desk.training()
    first = desk.head
    desk.training()
    assert history.last_standing(desk.ledger) == desk.head
    desk.undo()
    assert history.last_standing(desk.ledger) == first
    desk.undo(first)
    assert history.last_standing(desk.ledger) == towns
    desk.undo(desk.head)  # done again
    assert history.last_standing(desk.ledger) == first


def test_there_is_no_such_operation(desk: Desk) -> None:
    with refuses("E434"):
        desk.undo(99)


def test_an_issued_month_is_not_undone(desk: Desk) -> None:
    with desk.gate(command="month issue") as gate:
        gate.insert("setting", number="x", name="clerk", value="甲", from_on="2018-01-01")
    with refuses("E433"):
        desk.undo()


class TestLaterRecordsLeanOnIt:
    """E432: what would go or come back cannot be fitted into what was entered since."""

    def test_a_town_with_a_training(self, desk: Desk) -> None:
        desk.take("town", code="330784111", name="前仓镇")
        first = desk.head
        desk.training(town="前仓镇")
        with refuses("E432"):
            desk.undo(first)

    def test_a_code_that_another_bears_by_now(self, desk: Desk) -> None:
        code = "91330784MA2DAAAA1X"
        firm, other = desk.enterprise(credit_code=code), desk.enterprise()
        desk.take("enterprise", number=desk.row("enterprise", firm)["number"], credit_code="（清空）")
        cleared = desk.head
        desk.take("enterprise", number=desk.row("enterprise", other)["number"], credit_code=code)
        before = dump(desk.ledger)
        with refuses("E432"):
            desk.undo(cleared)
        assert dump(desk.ledger) == before

    def test_a_day_on_which_another_begins_by_now(self, desk: Desk) -> None:
        desk.target(10)
        undone = desk.undo()
        desk.target(12)
        with refuses("E432"):
            desk.undo(undone)

    def test_a_record_whose_enterprise_was_voided_since(self, desk: Desk) -> None:
        firm = desk.enterprise()
        hazard = desk.hazard(firm)
        desk.void("hazard", hazard)
        voided = desk.head
        desk.void("enterprise", firm)
        with refuses("E432"):
            desk.undo(voided)

    def test_a_void_that_would_come_back_over_a_later_record(self, desk: Desk) -> None:
        desk.take("town", code="330784111", name="前仓镇")
        (row,) = desk.ledger.execute("SELECT id FROM town WHERE code = '330784111'").fetchone()
        desk.void("town", row)
        undone = desk.undo()
        desk.training(town="前仓镇")
        with refuses("E432"):
            desk.undo(undone)


class TestRowsBesideIt:
    """What stands beside a row that goes takes up its days and its part anew."""

    def test_a_total_before_the_others(self, desk: Desk) -> None:
        desk.opening("网格员", "2018-06-30", "20")
        first = desk.head
        desk.opening("网格员", "2018-09-30", "50")
        assert desk.figure("training.网格员", "2018-10-31") == 50
        undone = desk.undo(first)
        assert desk.figure("training.网格员", "2018-08-31") == 0
        assert desk.figure("training.网格员", "2018-10-31") == 50
        desk.undo(undone)
        assert desk.figure("training.网格员", "2018-08-31") == 20
        assert desk.figure("training.网格员", "2018-10-31") == 50

    def test_a_total_done_again_between_others_entered_since(self, desk: Desk) -> None:
        desk.opening("网格员", "2018-06-30", "20")
        undone = desk.undo()
        desk.opening("网格员", "2018-09-30", "50")
        desk.undo(undone)
        assert desk.figure("training.网格员", "2018-08-31") == 20
        assert desk.figure("training.网格员", "2018-10-31") == 50

    def test_a_stock_after_another_that_was_entered_later(self, desk: Desk) -> None:
        desk.opening("喷涂", "2018-09-30", "8")
        second = desk.head
        desk.opening("喷涂", "2018-06-30", "5")
        desk.undo(second)
        assert desk.figure("trusteeship.喷涂", "2018-10-31") == 5

    def test_a_target_after_another_that_was_entered_later(self, desk: Desk) -> None:
        desk.target(12, "2018-07-01")
        second = desk.head
        desk.target(10)
        desk.undo(second)
        assert desk.rows("target", "quantity", "from_on", "until_on") == [(10, "2018-01-01", "9999-12-31")]

    def test_a_setting_after_another_that_was_entered_later(self, desk: Desk) -> None:
        desk.read("setting", name="经办人", value="乙", from_on="2018-07-01")
        second = desk.head
        desk.read("setting", name="经办人", value="甲", from_on="2018-01-01")
        desk.undo(second)
        assert desk.rows("setting", "value", "until_on") == [("甲", "9999-12-31")]


def test_an_undo_meets_the_rules(desk: Desk) -> None:
    figure = desk.opening("网格员", "2018-09-30", "20")
    desk.step(opening_figure.write_down, figure, 8)
    written_down = desk.head
    desk.training(held_on="2018-09-10", passed=8)
    with refuses("E414"):
        desk.undo(written_down)


def test_a_row_replaced_within_one_operation_goes_back_in_reverse_order(desk: Desk) -> None:
    firm = desk.enterprise(risks=("喷涂",))
    (risk,) = desk.rows("enterprise_risk", "id", "kind")
    with desk.gate() as gate:
        gate.delete("enterprise_risk", int(str(risk[0])))
        gate.insert("enterprise_risk", enterprise_id=firm, kind="喷涂")
    with closing(inverse.as_of(desk.ledger, desk.head - 1)) as then:
        assert [tuple(row) for row in then.execute("SELECT id, kind FROM enterprise_risk")] == [risk]
    desk.undo()
    assert desk.rows("enterprise_risk", "id", "kind") == [risk]


@pytest.mark.unmeasured
def test_a_whole_file_is_undone_at_once(desk: Desk) -> None:
    firm = desk.enterprise()
    before = records(desk)
    with desk.gate() as gate:
        for n in range(1200):
            row = gate.insert(
                "hazard", number=f"x{n}", enterprise_id=firm, town_code=(ZHIYING, SHIZHU)[n % 2], source="企业自查",
                found_on="2018-10-01", level="一般", description=str(n), deadline_on="2018-10-20",
            )  # fmt: skip
            hazard_cycle.open_deadline(gate, row, "2018-10-01", "2018-10-20")
    with_file = records(desk)
    assert desk.figure("hazard.overdue", "2018-10-31") == desk.figure("hazard.overdue", "2018-10-31", SHIZHU) == 600
    desk.undo()
    assert records(desk) == before
    assert desk.figure("hazard.overdue", "2018-10-31") == 0
    desk.undo()
    assert records(desk) == with_file
    assert desk.figure("hazard.overdue", "2018-10-31") == 600


def test_the_ledger_as_of_an_operation_leaves_the_ledger_alone(desk: Desk) -> None:
    course = desk.training()
    then = desk.head
    desk.take("training", number=desk.row("training", course)["number"], passed=3)
    desk.hazard(desk.enterprise())
    before = dump(desk.ledger)
    with closing(inverse.as_of(desk.ledger, then)) as copy:
        assert [tuple(row) for row in copy.execute("SELECT passed FROM training")] == [(8,)]
        assert copy.execute("SELECT count(*) FROM hazard").fetchone()[0] == 0
        assert copy.execute("SELECT came FROM measure_day").fetchone()[0] == 8
        assert copy.execute("SELECT count(*) FROM operation").fetchone()[0] == desk.head  # its history is still whole
    with closing(inverse.as_of(desk.ledger, 0)) as empty:
        assert not any(dump(empty, (*RECORDS, "measure_day", "measure_month")).values())
    assert dump(desk.ledger) == before


def test_sums_counted_anew_are_the_sums_that_were_kept(desk: Desk) -> None:
    desk.training()
    desk.contract(desk.enterprise())
    before = dump(desk.ledger, ("measure_day", "measure_month"))
    sums.rebuild_sums(desk.ledger)
    assert dump(desk.ledger, ("measure_day", "measure_month")) == before


def test_an_undone_move_brings_the_contract_back_to_its_town(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.contract(firm)
    number = desk.row("enterprise", firm)["number"]
    desk.take("enterprise", number=number, town="石柱镇", changed_on="2018-10-10")
    assert desk.figure("trusteeship.喷涂", "2018-10-31", SHIZHU) == 1
    desk.undo()
    assert desk.figure("trusteeship.喷涂", "2018-10-31") == 1


@pytest.mark.altered
def test_emptied_bookkeeping_lets_nothing_be_undone_that_may_not_be(desk: Desk) -> None:
    course = desk.training()
    first = desk.head
    desk.take("training", number=desk.row("training", course)["number"], passed=5)
    desk.ledger.execute("DELETE FROM operation_root")
    with refuses("E431") as messages:
        desk.undo(first)
    assert f"后来的操作{desk.head}" in messages[0]
    undone = desk.head
    desk.undo(undone)
    desk.ledger.execute("DELETE FROM operation_root")
    with refuses("E433"):
        desk.undo(undone)


@pytest.mark.altered
def test_a_record_that_passed_to_another_root_stands_in_the_way_of_both(desk: Desk) -> None:
    one, other = desk.enterprise(), desk.enterprise()
    contract = desk.contract(one)
    with desk.gate() as gate:
        gate.update("trusteeship", contract, enterprise_id=other)
    moved = desk.head
    desk.contract(other, kind="涉粉")
    desk.ledger.execute("DELETE FROM operation_root")
    with refuses("E431"):
        desk.undo(moved)


@pytest.mark.altered
def test_a_number_that_a_record_bears_is_not_given_out_again(desk: Desk) -> None:
    for _ in range(3):
        desk.training()
    for last in (0, 1, 2):
        desk.ledger.execute("UPDATE number_sequence SET last = ? WHERE record = 'training'", (last,))
        with refuses("E627"):
            desk.training()
    desk.ledger.execute("DELETE FROM number_sequence")
    with refuses("E627"):
        desk.training()
    desk.ledger.execute(
        "INSERT INTO number_sequence"
        " SELECT 'training', substr(number, 1, 9), substr(number, 11, 4), 3 FROM training LIMIT 1"
    )
    desk.training()


def test_what_left_the_house_is_not_taken_back_by_whatever_clock_it_was_recorded(desk: Desk) -> None:
    for command in ("month issue", f"month issue{history.CLOCK_RIGHT}", history.UPGRADE):
        with desk.gate(command=command) as gate:
            gate.insert("setting", number=command, name=f"x{desk.head}", value="甲", from_on="2018-01-01")
        with refuses("E433"):
            desk.undo()
