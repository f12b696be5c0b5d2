"""The core holds: sums = view = a day-by-day simulation, as-of = snapshot, all put back = empty, and a check that
finds what was altered. A few histories here; many in tests/long."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from anjian_cli.ledger import check, content
from core_histories import History, dump, record_tables

HISTORIES, STEPS = 6, 60


@pytest.fixture(scope="module", params=range(HISTORIES))
def history(request: pytest.FixtureRequest) -> Iterator[History]:
    """A history that was run, and compared with the simulation all along."""
    made = History(request.param)
    yield made.run(STEPS)
    made.close()


def test_sums_view_simulation_snapshots_and_inverse_agree(history: History) -> None:
    # History.run has compared them along the way; here, that there was something to compare.
    assert len(history.effects) > STEPS / 3
    assert history.refusals
    assert history.snapshots


def test_histories_take_every_kind_of_step_and_meet_the_rules() -> None:
    done, refused = set[str](), set[str]()
    for seed in range(100, 100 + HISTORIES):
        made = History(seed)
        for _ in range(STEPS):
            made.step()
        done |= set(made.done)
        refused |= set(made.refusals)
        made.close()
    assert {"undo", "move", "extend", "accept", "reopen", "contract", "opening", "write_down", "target"} <= done
    assert {"E403", "E404", "E410", "E414", "E423", "E431", "E432"} <= refused


def test_an_altered_value_of_any_record_is_found(history: History) -> None:
    rng = random.Random(history.seed)
    for table in record_tables(history.ledger):
        with closing(copy_of(history.ledger)) as copy:
            if alter(copy, rng, table):
                assert check.check(copy), f"a value of {table} was altered and not found"


def test_an_altered_history_is_found(history: History) -> None:
    rng = random.Random(history.seed)
    for table in ("operation", "change"):
        for _ in range(6):
            with closing(copy_of(history.ledger)) as copy:
                guards = unguarded(copy, table)
                altered = alter(copy, rng, table)
                for guard in guards:
                    copy.execute(guard)
                if altered:
                    assert check.check(copy), f"{altered} was altered and not found"


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


@pytest.mark.parametrize("table", ["indicator_day", "indicator_month"])
def test_a_wrong_sum_is_found(history: History, table: str) -> None:
    with closing(copy_of(history.ledger)) as copy:
        copy.execute(f"UPDATE {table} SET came = came + 1 WHERE rowid IN (SELECT 1)" if False else
                     f"UPDATE {table} SET came = came + 1")  # fmt: skip
        assert {fault.code for fault in check.check(copy)} == {"E704"}


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
    """One character of one value, somewhere; what was altered, '' if there is no row. Tries until the schema lets it."""
    rows = copy.execute(f'SELECT rowid AS at, * FROM "{table}"' if table != "change" else "SELECT * FROM change").fetchall()
    if not rows:
        return ""
    names = [n for n in content.stored_columns(copy, table) if n != "seq"]
    for _ in range(200):
        row, name = rng.choice(rows), rng.choice(names)
        if row[name] is None:
            continue
        value = _one_character_else(rng, row[name])
        key = ("operation = ? AND seq = ?", (row["operation"], row["seq"])) if table == "change" else (
            "rowid = ?", (row["at"],))  # fmt: skip
        before = dump(copy, [table])
        try:
            copy.execute(f'UPDATE "{table}" SET "{name}" = ? WHERE {key[0]}', (value, *key[1]))
        except sqlite3.IntegrityError:
            continue
        if dump(copy, [table]) != before:
            return f"{table}.{name} of {key[1]}: {row[name]!r} -> {value!r}"
    return ""


def _one_character_else(rng: random.Random, value: object) -> object:
    if isinstance(value, int):
        return value + rng.choice((1, 7))
    text = str(value)
    at = rng.randrange(len(text))
    other = rng.choice([c for c in "0123456789abcdef某" if c != text[at]])
    return text[:at] + other + text[at + 1 :]
