"""The core holds: sums = view = a day-by-day simulation, as-of = snapshot, all put back = empty, and a check that
finds what was altered. A few histories here; many in tests/long."""

from __future__ import annotations

import json
import os
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from anjian_cli.bulletin import due
from anjian_cli.bulletin.period import ended
from anjian_cli.ledger import check, content
from anjian_cli.records import definition
from oracle import due_work
from oracle.by_indicator import INDICATORS, items
from oracle.fallen_due import contradictions, telling_days
from oracle.figures import record_tables
from oracle.histories import History
from oracle.model import PROGRAMMES, TARGETS
from oracle.steps import ACTIONS
from support.plain_environment import unmeasured
from support.sweeps import sweep

HISTORIES, STEPS = 10, 270
REFUSALS = {
    # hazards, totals, targets, what is referred to, undo
    *("E401", "E403", "E404", "E405", "E407", "E410", "E414", "E415", "E423", "E431", "E432"),
    # days, what presupposes another thing, keys
    *("E213", "E214", "E236", "E259", "E260", "E261", "E262", "E263", "E264", "E422", "E424"),
    # certificates, rectification, trusteeship, tests, devices
    *("E411", "E413", "E419", "E425", "E426", "E427", "E428", "E429", "E430", "E446", "E447", "E448"),
    # responsible villages, accidents
    *("E435", "E436", "E437", "E439", "E440", "E449"),
}
PARTS = ("on_time_of_year", "accepted_late", "late_of_year", "awaiting", "overdue")
LOCKED = {
    *("issued_month", "month_cell", "month_recount", "month_text"),
    *("term", "scheme", "scheme_category", "scheme_group", "scheme_indicator", "scheme_part", "mark", "veto_lifting"),
    *("sent_package", "reporting_ledger", "received_package", "delivered_unit", "delivered_sum", "delivered_opening"),
}
"""Tables that no random step fills: tests/test_issued_month.py, tests/bulletin/test_any_scheme.py, and test_term.py,
test_mark.py and test_receiving.py of tests/workflow do."""


class Histories:
    """The histories of this process, by seed; and what those of all processes of a test run did, left in a folder."""

    def __init__(self, folder: Path) -> None:
        self.made: dict[int, History] = {}
        self._folder = folder

    def run(self, seed: int) -> History:
        if seed not in self.made:
            with unmeasured() if seed else nullcontext():
                made = self.made[seed] = History(seed).run(STEPS)
            with unmeasured():
                planned, tasks = _planned(made), _tasks(made) if seed < 4 else set()
            filled = [table for table, rows in made.ids.items() if rows]
            did = {"done": [*made.done], "refused": [*made.refusals], "counted": [*made.counted], "filled": filled}
            did |= {
                "planned": [*planned],
                "tasks": [*tasks],
                "fell due": [row[0] for row in _what_fell_due(made.ledger)],
            }
            partial = self._folder / f"{seed}.{os.getpid()}"
            partial.write_text(json.dumps(did), encoding="utf-8")
            partial.replace(self._folder / f"{seed}.json")
        return self.made[seed]

    def all_did(self, what: str) -> set[str]:
        """What was done, refused, counted, filled in any of the histories; one that no process has run yet is run."""
        found = set[str]()
        for seed in range(HISTORIES):
            told = self._folder / f"{seed}.json"
            if not told.exists():
                self.run(seed)
            found.update(json.loads(told.read_text(encoding="utf-8"))[what])
        return found


@pytest.fixture(scope="module")
def histories(shared_folder: Path) -> Iterator[Histories]:
    folder = shared_folder / "histories"
    folder.mkdir(exist_ok=True)
    found = Histories(folder)
    yield found
    for one in found.made.values():
        one.close()


@pytest.fixture(scope="module")
def history(histories: Histories) -> History:
    """One of them, to be tried in copies."""
    return histories.run(0)


@sweep("seed", range(HISTORIES), keep=2)
def test_a_history_is_what_everything_says_of_it(histories: Histories, seed: int) -> None:
    """One test a history, so that no two processes live through the same: sums, view, simulation, snapshots and inverse
    are compared along the way."""
    made = histories.run(seed)
    assert len(made.effects) > STEPS / 3
    assert made.refusals
    assert made.snapshots
    assert all(many == 0 for *_, many in _what_fell_due(made.ledger))
    _is_done_of_what_is_owed(made.ledger)
    with unmeasured():
        _fell_due_alike_wherever_it_is_said(made.ledger)
        _is_counted_as_it_is_listed(made.ledger)


def _tasks(made: History) -> set[str]:
    """The county is the towns with a task, and what has no town: of what that was compared."""
    compared = set[str]().union(*(made.compare_tasks(ended(2018, number)) for number in (3, 6, 9, 12)))
    assert compared <= set(TARGETS)
    return compared


def _planned(made: History) -> Counter[str]:
    """What is due of planned work is what the model asks, among records of every kind (of these alone:
    tests/bulletin/test_due_work.py): how often which was met."""
    met = Counter[str]()
    days = ["2017-12-31", "2018-12-31", *(telling_days(made.ledger)[::20]), made.today]
    assert list(due_work.contradictions(made.ledger, made.model, days, met)) == [], made.seed
    return met


def _what_fell_due(ledger: sqlite3.Connection) -> list[sqlite3.Row]:
    """In every town what is due comes and goes with the parts, day by day: the difference is nothing. Which part it is,
    the simulation says."""
    return ledger.execute(
        "SELECT on_day, town_code, sum(CASE fact WHEN 'hazard.due_of_year' THEN many ELSE -many END) FROM ("
        " SELECT from_on AS on_day, fact, town_code, 1 AS many FROM hazard_item"
        " UNION ALL SELECT until_on, fact, town_code, -1 FROM hazard_item"
        ") WHERE fact IN (?, ?, ?, ?, ?, ?) GROUP BY 1, 2",
        [f"hazard.{name}" for name in ("due_of_year", *PARTS)],
    ).fetchall()


OWED = (
    ("standard.reached.三级复评", ("standard.review_due", "standard.review_carried")),
    *((f"special.accepted.{of}", (f"special.enrolled.{of}", f"special.carried.{of}")) for of in PROGRAMMES),
    ("health.tested", ("health.exposed",)),
)
"""What is done of those owed, and those owed: of the year, and of the years before."""


def _is_done_of_what_is_owed(ledger: sqlite3.Connection) -> None:
    """On every month's last day, in every town, and firm by firm."""
    for day in (f"{year}-{month:02}-28" for year in (2016, 2017, 2018) for month in range(1, 13)):
        counted = Counter[tuple[str, str, int]]()
        for indicator, town, firm, quantity in ledger.execute(
            f"SELECT i.indicator, i.town_code, i.subject, i.quantity FROM {items('enterprise_item')} i"
            f" JOIN {INDICATORS} d ON d.id = i.indicator WHERE i.from_on <= ?1 AND CASE d.kind"
            " WHEN 'flow' THEN substr(i.from_on, 1, 4) = substr(?1, 1, 4) ELSE ?1 < i.until_on END",
            (day,),
        ):
            counted[indicator, town, firm] += quantity
        for done, owed in OWED:
            for (indicator, town, firm), quantity in counted.items():
                if indicator == done:
                    assert quantity <= sum(counted[of, town, firm] for of in owed), (day, done, town, firm)


def _fell_due_alike_wherever_it_is_said(ledger: sqlite3.Connection) -> None:
    """Tables, letter, town sheets, first screen and the list of what is owed; while a day is not over, too."""
    days = telling_days(ledger)  # none in a history in which nothing fell due
    for day in ("2018-12-31", "2019-01-31", *days[:: len(days) // 4 + 1]):
        assert list(contradictions(ledger, day)) == []


def _is_counted_as_it_is_listed(ledger: sqlite3.Connection) -> None:
    """The list reads its first lines, and counts the others by an index; long past days, too."""
    days = telling_days(ledger) or ["2018-12-31"]
    for day in (days[0], *days[:: len(days) // 9 + 1], days[-1], "2019-01-31"):
        all_of_them = due.due(ledger, day, "9999-12-31")
        for count in (0, len(all_of_them) // 3, len(all_of_them)):
            found, unread = due.first(ledger, day, "9999-12-31", None, count)
            assert found == all_of_them[:count], day
            assert unread == Counter(one.left for one in all_of_them[count:]), day


@pytest.mark.thorough
def test_histories_take_every_kind_of_step_count_in_every_indicator_and_meet_the_rules(
    histories: Histories, ledger: sqlite3.Connection
) -> None:
    """What is said of the core is said of all of it: a record type, an indicator or a table that no history has to do
    with would be one that nothing was compared of."""
    done = histories.all_did("done")
    assert histories.all_did("planned")
    assert histories.all_did("tasks")  # of control figures: tests/bulletin/test_control.py
    assert histories.all_did("fell due")
    assert sorted({name for name, _ in ACTIONS} - done) == []
    of_records = {
        f"{record} {what}" for record in {*definition.names()} - LOCKED for what in ("new", "changed", "voided")
    }
    assert sorted(of_records - done) == []
    assert sorted(REFUSALS - histories.all_did("refused")) == []
    counting = {row[0] for row in ledger.execute("SELECT id FROM indicator WHERE kind = 'sum'")}
    assert sorted(counting - histories.all_did("counted")) == []
    assert sorted(set(record_tables(ledger)) - LOCKED - histories.all_did("filled")) == []


@pytest.mark.unmeasured
def test_an_altered_value_of_any_record_is_found(history: History) -> None:
    rng = random.Random(history.seed)
    for table in record_tables(history.ledger):
        with closing(copy_of(history.ledger)) as copy:
            if alter(copy, rng, table):
                assert check.check(copy), f"a value of {table} was altered and not found"


@pytest.mark.unmeasured
def test_an_altered_history_is_found(history: History) -> None:
    rng = random.Random(history.seed)
    for table in ("operation", "change"):
        for _ in range(12):
            with closing(copy_of(history.ledger)) as copy:
                guards = unguarded(copy, table)
                altered = alter(copy, rng, table)
                for guard in guards:
                    copy.execute(guard)
                if altered:
                    assert check.check(copy), f"{altered} was altered and not found"


@pytest.mark.unmeasured
def test_a_row_that_came_or_went_past_the_gate_is_found(history: History) -> None:
    for table in record_tables(history.ledger):
        with closing(copy_of(history.ledger)) as copy:
            rows = [row for (row,) in copy.execute(f'SELECT id FROM "{table}"')]
            if not rows:
                continue
            copy.execute(f'DELETE FROM "{table}" WHERE id = ?', (rows[len(rows) // 2],))
            assert check.check(copy), f"a row of {table} is gone"
    with closing(copy_of(history.ledger)) as copy:
        copy.execute("INSERT INTO setting (number, name, value, from_on) VALUES ('x', 'clerk', '丁', '2001-01-01')")
        assert "E707" in {fault.code for fault in check.check(copy)}


@pytest.mark.parametrize("table", ["measure_day", "measure_month"])
def test_a_wrong_sum_is_found(history: History, table: str) -> None:
    with closing(copy_of(history.ledger)) as copy:
        copy.execute(f"UPDATE {table} SET came = came + 1")
        assert {fault.code for fault in check.check(copy)} == {"E704", "E710"}


def copy_of(ledger: sqlite3.Connection) -> sqlite3.Connection:
    """A copy in memory that nothing guards, to be altered."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    copy.deserialize(ledger.serialize())
    copy.row_factory = sqlite3.Row
    copy.execute("PRAGMA foreign_keys = OFF")
    copy.execute("PRAGMA trusted_schema = OFF")
    return copy


def unguarded(copy: sqlite3.Connection, table: str) -> list[str]:
    """Take the triggers of a table away; returns the SQL that brings them back."""
    found = copy.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,))
    triggers = [tuple(row) for row in found]
    for name, _ in triggers:
        copy.execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in triggers]


def alter(copy: sqlite3.Connection, rng: random.Random, table: str) -> str:
    """One character of one value, somewhere, as the schema lets it; what was altered, '' if there is no row."""
    key = "operation || '/' || seq" if table == "change" else "id"
    rows = copy.execute(f'SELECT {key} AS at, * FROM "{table}"').fetchall()
    names = [name for name in content.stored_columns(copy, table) if name != "seq"]
    for _ in range(200 if rows else 0):
        row, name = rng.choice(rows), rng.choice(names)
        if row[name] is None:
            continue
        value = _one_character_else(rng, row[name])
        try:
            copy.execute(f'UPDATE "{table}" SET "{name}" = ? WHERE {key} = ?', (value, row["at"]))
        except sqlite3.IntegrityError:
            continue
        return f"{table} {row['at']}, {name}: {row[name]!r} -> {value!r}"
    return ""


def _one_character_else(rng: random.Random, value: str | int) -> str | int:
    if isinstance(value, int):
        return value + rng.choice((1, 7))
    at = rng.randrange(len(value)) if value else 0
    other = rng.choice([c for c in "0123456789abcdef某" if c != value[at : at + 1]])
    return value[:at] + other + value[at + 1 :]
