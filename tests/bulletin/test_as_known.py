"""The bulletin as known on a day is the one that was made on that day."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta

import pytest

from anjian_cli.bulletin import as_known, explain
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import period
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.ledger import inverse, write
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.workflow import hazard_cycle, month, register, voiding
from anjian_cli.workflow import undo as workflow_undo
from anjian_cli.workflow.hazard_cycle import Acceptance
from support.desk import Desk, refuses
from support.sweeps import sweep

FIRST = date(2018, 10, 1)


@pytest.fixture
def desk(ledger: sqlite3.Connection) -> Desk:
    """Two towns, entered before everything else."""
    made = Desk(ledger, at="2018-09-28T01:00:00Z")
    made.towns()
    return made


@contextmanager
def known_on(ledger: sqlite3.Connection, day: str) -> Iterator[sqlite3.Connection]:
    """A copy of the ledger as it was known at the end of a day."""
    with closing(inverse.copy(ledger)) as taken:
        as_known.go_back(taken, day)
        yield taken


def on_day(ledger: sqlite3.Connection, day: str) -> list[Bulletin]:
    """September's bulletin and October's, made on a day."""
    return [compile_bulletin(ledger, period(2018, number, day)) for number in (9, 10)]


@sweep("seed", [0, *(pytest.param(seed, marks=pytest.mark.unmeasured) for seed in (1, 2))], keep=1)
def test_it_is_the_bulletin_of_that_day(desk: Desk, seed: int) -> None:
    """Records of any day entered, changed, voided, undone; September locked and issued on the way."""
    chance = random.Random(seed)
    firm, made = desk.enterprise(), {}
    asked = chance.sample([(FIRST + timedelta(number)).isoformat() for number in range(45)], 12)
    for number in range(45):
        day = (FIRST + timedelta(number)).isoformat()
        for hour in range(chance.randint(0 if number else 1, 2)):
            at = f"{day}T{hour:02d}:00:00Z" if hour else f"{FIRST + timedelta(number - 1)}T16:00:00Z"
            with write.gate(desk.ledger, "test", at=at, actor="甲", today=day) as gate:
                _something(gate, chance, firm, day)
        if day == "2018-10-08":
            with write.gate(desk.ledger, "month close", at=f"{day}T09:00:00Z", actor="甲", today=day) as gate:
                month.close(gate, period(2018, 9, day), "0")
        if day in (*asked, "2018-10-20", "2018-11-14"):
            made[day] = on_day(desk.ledger, day)
    for day in asked:
        with known_on(desk.ledger, day) as then:
            assert on_day(then, day) == made[day]
    assert made["2018-11-14"] != made["2018-10-20"]


def _something(gate: Gate, chance: random.Random, firm: int, day: str) -> None:
    finder = Finder(gate.connection)
    back = (date.fromisoformat(day) - timedelta(chance.randint(0, 40))).isoformat()
    what = chance.choice(["training", "training", "hazard", "change", "void", "accept", "undo"])
    row = gate.connection.execute("SELECT id, number FROM training WHERE voided_on IS NULL ORDER BY id DESC").fetchone()
    training = definition.record("training")
    if what == "training" or row is None:
        given = {
            "town": "芝英镇",
            "held_on": back,
            "kind": "网格员",
            "title": f"{gate.head}",
            "attended": 9,
            "passed": 8,
        }
        register.take(gate, training, given, finder)
    elif what == "hazard":
        number = gate.connection.execute("SELECT number FROM enterprise WHERE id = ?", (firm,)).fetchone()[0]
        given = {"enterprise": number, "found_on": back, "deadline_on": back, "description": str(gate.head)}
        register.take(gate, definition.record("hazard"), {**given, "source": "网格巡查", "level": "一般"}, finder)
    elif what == "change":
        register.take(gate, training, {"number": row["number"], "passed": chance.randint(1, 9)}, finder)
    elif what == "void":
        voiding.void(gate, training, row["id"], "重复")
    elif what == "accept":
        found = gate.connection.execute("SELECT hazard_id FROM hazard_deadline WHERE ended_by IS NULL").fetchone()
        if found is not None:
            hazard_cycle.close(gate, found[0], Acceptance(day), rectified_on=day)
    elif gate.connection.execute("SELECT command FROM operation WHERE id = ?", (gate.head,)).fetchone()[0] == "test":
        workflow_undo.undo(gate, gate.head)


def test_an_answer_of_that_day(desk: Desk) -> None:
    for day, held in (("2018-10-09", "2018-10-09"), ("2018-10-20", "2018-10-02")):
        with write.gate(desk.ledger, "test", at=f"{day}T01:00:00Z", actor="甲", today=day) as gate:
            given = {"town": "芝英镇", "held_on": held, "kind": "网格员", "title": day, "attended": 9, "passed": 8}
            register.take(gate, definition.record("training"), given, Finder(gate.connection))
    for day, records in (("2018-10-19", 1), ("2018-10-20", 2)):
        with known_on(desk.ledger, day) as then:
            asked = explain.parse_code(then, ["10-芝英-网格员"], day, period(2018, 10, day))
            assert len(explain.explain(then, asked).counted) == records


def test_what_was_recorded_after_a_wrong_clock_was_known_after_it(desk: Desk) -> None:
    """The clock was a year ahead once: what was recorded since, by the right one, cannot have been known before."""
    moments = ("2018-10-09T01:00:00Z", "2019-10-10T01:00:00Z", "2018-10-10T02:00:00Z", "2019-10-10T15:59:59Z")
    for held, at in enumerate((*moments, "2019-10-10T16:00:00Z"), start=1):
        desk.at = at
        desk.training(held_on=f"2018-10-0{held}", passed=1)
    known = {"2018-10-08": 0, "2018-10-09": 1, "2018-10-10": 1, "2019-10-09": 1, "2019-10-10": 4, "2019-10-11": 5}
    for day, trainings in known.items():
        with known_on(desk.ledger, day) as then:
            assert then.execute("SELECT count(*) FROM training").fetchone()[0] == trainings, day


def test_the_day_of_the_first_operation_is_beijings(ledger: sqlite3.Connection) -> None:
    Desk(ledger, at="2018-10-01T16:00:00Z").towns()
    with refuses("E450") as messages, known_on(ledger, "2018-10-01"):
        pass
    assert "第一步在2018-10-02" in messages[0]


def test_before_the_ledger_there_is_nothing_to_know(ledger: sqlite3.Connection) -> None:
    with refuses("E450"), known_on(ledger, "2018-10-01"):
        pass
