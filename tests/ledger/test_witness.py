"""What a ledger's heads prove: digits that it had, and how far two ledgers are one."""

from __future__ import annotations

from contextlib import closing

import pytest

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.ledger import inverse, rewind, witness
from anjian_cli.workflow import month, month_text
from support.desk import Desk

OCTOBER = ended(2018, 10)


def hashes(desk: Desk) -> list[str]:
    return [str(row[0]) for row in desk.ledger.execute("SELECT hash FROM operation ORDER BY id")]


def printed(desk: Desk) -> str:
    return compile_bulletin(desk.ledger, OCTOBER).witness


def test_digits_are_found_at_the_operation_that_came_to_them(desk: Desk) -> None:
    desk.training()
    desk.training()
    for at, made in enumerate(hashes(desk), 1):
        for length in (8, 16, 64):
            found = witness.find(desk.ledger, made[:length].upper())
            assert found is not None
            assert (found.operation, found.hash) == (at, made)
            assert witness.later(desk.ledger, found) == len(hashes(desk)) - at
    assert witness.find(desk.ledger, "0" * 16) is None


def test_an_empty_ledger_has_none(desk: Desk) -> None:
    with closing(inverse.copy(desk.ledger)) as empty:
        inverse.go_back(empty, 0)
        rewind.forget_after(empty, 0)
        assert (witness.head(empty), witness.digits(empty)) == (None, "")
        assert compile_bulletin(empty, OCTOBER).witness == ""
        assert witness.together(empty, desk.ledger).last is None


def test_a_running_month_prints_the_last_operation_but_no_upgrade(desk: Desk) -> None:
    desk.training()
    before = printed(desk)
    assert before == hashes(desk)[-1][:16]
    with desk.gate(command="upgrade") as gate:
        gate.note_down()
    assert hashes(desk)[-1][:16] != before == printed(desk)


def test_a_locked_month_prints_what_locked_it_as_long_as_it_stays(desk: Desk) -> None:
    """Its bulletin is a part of that operation: whoever alters it comes to other digits."""
    desk.training()
    desk.step(month.close, OCTOBER, "0")
    closed = printed(desk)
    assert closed == hashes(desk)[-1][:16]
    desk.training()
    with desk.gate(command="upgrade") as gate:
        gate.note_down()
    assert printed(desk) == closed
    with desk.gate() as gate:
        month_text.keep(gate, "2018-09", 4, "另一个月的话")
        month_text.keep(gate, "2018-10", 4, "本月的话")
    assert printed(desk) == hashes(desk)[-1][:16] != closed
    desk.step(month.issue, "2018-10", "永安委办〔2018〕15号", "2018-11-05")
    issued = printed(desk)
    assert issued == hashes(desk)[-1][:16]
    desk.training()
    assert printed(desk) == issued
    (stored,) = desk.ledger.execute("SELECT bulletin FROM issued_month").fetchone()
    assert '"witness"' not in stored


def test_how_far_two_ledgers_are_one(desk: Desk) -> None:
    with closing(inverse.copy(desk.ledger)) as other:
        assert witness.ledger_id(other) == witness.ledger_id(desk.ledger)
        found = witness.together(desk.ledger, other)
        assert found.last is not None
        assert (found.last.operation, found.here, found.there) == (2, 0, 0)
        desk.training()
        found = witness.together(desk.ledger, other)
        assert (found.here, found.there) == (1, 0)
        found = witness.together(other, desk.ledger)
        assert (found.here, found.there) == (0, 1)
        Desk(other).training(title="另一期")
        found = witness.together(desk.ledger, other)
        assert found.last is not None
        assert (found.last.operation, found.here, found.there) == (2, 1, 1)


@pytest.mark.parametrize("altered", ["done = done + 1", "bulletin = replace(bulletin, '芝英', '石柱')"])
@pytest.mark.altered
def test_what_is_printed_of_a_locked_month_is_bound(desk: Desk, altered: str) -> None:
    """The content of the operation that locked it is another as soon as its bulletin or a cell is."""
    from anjian_cli.ledger import check

    desk.training()
    desk.step(month.close, OCTOBER, "0")
    desk.ledger.execute("UPDATE " + ("month_cell" if "done" in altered else "issued_month") + f" SET {altered}")
    found = {fault.code for fault in check.check(desk.ledger)}
    assert found - {"E715"} == {"E706", "E708"}
    assert ("E715" in found) == ("done" in altered)  # a cell is another than the bulletin has it
