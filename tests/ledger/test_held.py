"""What is read is held against what was kept beside it: each kind of damage, and what is refused for it."""

from __future__ import annotations

import sqlite3

import pytest

from anjian_cli.bulletin import due, explain
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.correction import month_diff
from anjian_cli.bulletin.evidence import evidence
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.standing import standing
from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger import held, inverse, row_totals, sums
from anjian_cli.workflow import month
from oracle.figures import dump
from support.desk import TODAY, ZHIYING, Desk, refuses

pytestmark = pytest.mark.altered

OCTOBER = ended(2018, 10)
RUNNING = Period(2018, 11, TODAY, False)


def alter(desk: Desk, statement: str) -> None:
    """Past the gate."""
    desk.ledger.execute("PRAGMA foreign_keys = OFF")
    desk.ledger.execute(statement)


def kept(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    found = dump(desk.ledger, (*sums.TABLES, "row_total"))
    return {name: [row for row in rows if any(row[2:]) or row[1]] for name, rows in found.items()}


@pytest.fixture
def county(desk: Desk) -> Desk:
    firm = desk.enterprise()
    desk.contract(firm)
    desk.hazard(firm)
    desk.training()
    desk.target(20)
    return desk


def everything(ledger: sqlite3.Connection) -> list[Fault]:
    """What is found wrong of all that is kept."""
    return [*held.records_and_log(ledger), *held.sums(ledger)]


def read_all(ledger: sqlite3.Connection) -> None:
    """What an office prints and looks at."""
    bulletin = compile_bulletin(ledger, OCTOBER)
    compile_bulletin(ledger, RUNNING)
    explain.explain(ledger, explain.Asked(OCTOBER, ZHIYING, "hazard.open"))
    due.due(ledger, TODAY, "2018-12-31")
    evidence(ledger, bulletin, records=True)


def test_a_ledger_as_the_gate_left_it_is_read(county: Desk) -> None:
    read_all(county.ledger)
    assert everything(county.ledger) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE hazard SET description = '某' WHERE id = 1", "E708"),
        ("UPDATE hazard_deadline SET deadline_on = '2018-12-30'", "E708"),
        ("UPDATE enterprise SET name = '某' WHERE id = 1", "E708"),
        ("UPDATE target SET quantity = quantity + 1", "E708"),
        ("UPDATE town SET short_name = '某' WHERE id = 1", "E708"),
        ("UPDATE trusteeship SET row_check = row_check + 1", "E708"),
        ("DELETE FROM target", "E709"),
        ("DELETE FROM hazard_due", "E709"),
        ("UPDATE row_total SET rows = rows + 1 WHERE table_name = 'town'", "E709"),
        ("UPDATE measure_month SET came = came + 1 WHERE measure = 'hazard.found'", "E710"),
        ("UPDATE measure_month SET month = '2018-1p' WHERE measure = 'hazard.found'", "E710"),
        ("UPDATE measure_month SET month = '2017-22' WHERE measure = 'hazard.found'", "E710"),
        ("UPDATE measure_month SET town_code = '330784999' WHERE measure = 'hazard.found'", "E710"),
        ("DELETE FROM measure_month WHERE measure = 'hazard.found'", "E710"),
        ("UPDATE measure_total SET went = went + 1 WHERE measure = 'hazard.open'", "E710"),
        ("UPDATE operation SET actor = '某' WHERE id = (SELECT max(id) FROM operation)", "E705"),
        ("UPDATE operation SET at = '2018-01-01T00:00:00Z' WHERE id = 3", "E709"),
        ("UPDATE change SET last_id = 9 WHERE operation = 3", "E709"),
    ],
)
def test_what_was_altered_is_refused_to_who_reads(county: Desk, statement: str, code: str) -> None:
    for name in ("operation_stays", "change_stays"):
        county.ledger.execute(f"DROP TRIGGER {name}")
    alter(county, statement)
    with pytest.raises(Refused) as caught:
        read_all(county.ledger)
    assert {fault.code for fault in caught.value.faults} == {code}
    assert code in {fault.code for fault in everything(county.ledger)} or code == "E705"


def test_the_days_of_a_running_month(county: Desk) -> None:
    county.training(held_on="2018-11-02")
    alter(county, "UPDATE measure_day SET day = '2018-11-03' WHERE day = '2018-11-02'")
    compile_bulletin(county.ledger, OCTOBER)
    with refuses("E710"):
        compile_bulletin(county.ledger, RUNNING)


def test_sums_that_were_held_are_those_of_a_month_asked_for(county: Desk) -> None:
    alter(county, "UPDATE measure_day SET came = came + 1 WHERE measure = 'hazard.found'")
    found = held.Sums(county.ledger)
    found.until("2018-09-30")
    with refuses("E710"):
        found.until("2018-10-31")
    with refuses("E710"):  # it has not become sound by having been looked at
        found.until("2018-10-31")


def test_the_sums_are_held_beside_a_locked_month_as_well(county: Desk) -> None:
    """Its own bulletin is kept and adds up nothing; what is told beside it is added up."""
    with county.gate() as gate:
        month.close(gate, OCTOBER, "0.1.0")
    alter(county, "UPDATE measure_month SET came = came + 1 WHERE measure = 'hazard.open'")
    compile_bulletin(county.ledger, OCTOBER)
    for read in (lambda: standing(county.ledger, TODAY, OCTOBER), lambda: month_diff(county.ledger, OCTOBER.key)):
        with refuses("E710"):
            read()


@pytest.mark.parametrize("table", ["residence", "trusteeship"])
@pytest.mark.parametrize("told", [False, True])
@pytest.mark.parametrize("locked", [False, True])
def test_the_first_screen_holds_what_it_reads_whole(
    county: Desk, monkeypatch: pytest.MonkeyPatch, table: str, *, told: bool, locked: bool
) -> None:
    """However many there are, and whether the figure is asked for that is counted in them or not."""
    monkeypatch.setattr(held, "AT_MOST", 0)
    if told:
        county.filing(figures=("托管企业 1",))
    if locked:
        with county.gate() as gate:
            month.close(gate, OCTOBER, "0.1.0")
    standing(county.ledger, TODAY, OCTOBER)
    alter(county, f"UPDATE {table} SET row_check = row_check + 1")
    with refuses("E708"):
        standing(county.ledger, TODAY, OCTOBER)


def test_a_record_is_called_by_its_number(county: Desk) -> None:
    (number,) = (county.row("hazard", 1)["number"],)
    alter(county, "UPDATE hazard_deadline SET deadline_on = '2018-12-30'")
    with refuses("E708") as told:
        due.due(county.ledger, TODAY, "2018-12-31")
    assert f"整改期限{number}" in told[0]


def test_what_the_figure_says_and_its_records_do_not(county: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the cause: here an index that has lost a row, with nobody who looks at indexes."""
    monkeypatch.setattr(held, "readable", lambda _: None)
    alter(county, "DELETE FROM hazard_deadline")
    with refuses("E711"):
        explain.explain(county.ledger, explain.Asked(OCTOBER, ZHIYING, "hazard.open"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE hazard SET description = '某'",
        "UPDATE hazard_deadline SET deadline_on = '2018-12-30'",
        "UPDATE hazard SET row_check = NULL",
    ],
)
def test_what_does_not_hold_is_not_changed(county: Desk, statement: str) -> None:
    alter(county, statement)
    before = county.ledger.serialize()
    with refuses("E708"):
        county.void("hazard", 1)
    assert county.ledger.serialize() == before
    county.training()  # nothing of it was touched


def test_nothing_is_written_behind_an_operation_that_does_not_hold(county: Desk) -> None:
    county.ledger.execute("DROP TRIGGER operation_stays")
    alter(county, "UPDATE operation SET actor = '某' WHERE id = (SELECT max(id) FROM operation)")
    with refuses("E705"):
        county.training()


def test_what_is_kept_follows_whatever_is_done(county: Desk) -> None:
    county.edit("training", 1, passed=5)
    county.move(1, "石柱镇", "2018-10-20")
    county.void("hazard", 1)
    county.undo()
    county.undo()
    county.undo()
    found = kept(county)
    county.ledger.execute("BEGIN")
    sums.rebuild_sums(county.ledger)
    row_totals.rebuild(county.ledger)
    county.ledger.execute("COMMIT")
    assert kept(county) == found
    assert everything(county.ledger) == []


def test_a_copy_of_a_moment_before_holds_as_well(county: Desk) -> None:
    county.void("hazard", 1)
    then = inverse.as_of(county.ledger, county.head - 1)
    assert everything(then) == []
    read_all(then)


def test_a_value_is_checked_as_it_is_stored(county: Desk) -> None:
    """A number into a column of text, and a text that is a number."""
    with county.gate() as gate:
        gate.update("training", 1, remark=5, hours="7")
        gate.insert("setting", number="x", name="某", value=3, from_on="2018-01-01", until_on="9999-12-31")
    assert county.row("training", 1)["remark"] == "5"
    assert county.row("training", 1)["hours"] == 7
    assert everything(county.ledger) == []
