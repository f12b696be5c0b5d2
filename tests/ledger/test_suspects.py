"""The check reads only suspects row by row, and counts in one pass: whatever was altered by hand, it names the same
faults as if it read and counted everything. Many more alterations: tests/long/test_suspects_long.py."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from anjian_cli.ledger import check, inverse, roots, sums, suspects
from anjian_cli.workflow import hazard_cycle
from anjian_cli.workflow.hazard_cycle import Acceptance
from oracle.by_indicator import items
from oracle.histories import History
from support.desk import FIVE, Desk

EDITS = 120
ALTERED = {
    "hazard": ("found_on", "deadline_on", "reported_on", "level", "responsible", "voided_on"),
    "hazard_deadline": ("deadline_on", "from_on", "until_on", "hazard_id"),
    "rectification": ("rectified_on", "accepted_on", "conclusion", "failure_reason", "until_on", "hazard_id"),
    "supervision": ("from_on", "until_on", "level", "hazard_id"),
}
"""What the rules of hazards look at, and something that they do not."""


@pytest.fixture
def lives(desk: Desk) -> Desk:
    """Hazards of every shape: open, rectified, accepted, failed, extended, sent back, listed, voided; most of them
    plain."""
    firm = desk.enterprise("永康市甲厂")
    made = [desk.hazard(firm, description=f"第{at}处") for at in range(12)]
    major = desk.hazard(firm, **FIVE, level="重大")
    for hazard in made[3:11]:
        desk.step(hazard_cycle.rectify, hazard, "2018-10-12")
    desk.step(hazard_cycle.accept, made[4], Acceptance("2018-10-14", qualified=False, failure_reason="型号不符"))
    for hazard in made[5:11]:
        desk.step(hazard_cycle.accept, hazard, Acceptance("2018-10-14"))
    desk.step(hazard_cycle.rectify, made[4], "2018-10-16")
    desk.step(hazard_cycle.reopen, made[5], "2018-10-20", "2018-11-30", "又拆除")
    desk.step(hazard_cycle.extend, made[1], "2018-12-15", "2018-10-25", "设备未到", None, None)
    desk.step(hazard_cycle.supervise, major, "县级", None, "2018-10-20")
    desk.void("hazard", made[10])
    return desk


@pytest.mark.unmeasured
def test_whatever_is_altered_by_hand_the_same_faults_are_found(lives: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(suspects.suspects(lives.ledger, "hazard") or ()) == 4
    same_faults(lives, monkeypatch, EDITS)


def same_faults(lives: Desk, monkeypatch: pytest.MonkeyPatch, edits: int) -> None:
    """So many copies, each altered by hand."""
    rng = random.Random(20181105)
    found = 0
    for _ in range(edits):
        with closing(inverse.copy(lives.ledger)) as copy:
            told = [_alter(copy, rng) for _ in range(rng.choice((1, 1, 2, 3)))]
            faults = list(check._rules(copy))
            with monkeypatch.context() as everything:
                everything.setattr(suspects, "SOUND", {})
                assert faults == list(check._rules(copy)), told
            found += bool(faults)
    assert edits / 4 < found < edits  # there was something to find, and something not to


def _alter(copy: sqlite3.Connection, rng: random.Random) -> str:
    """Give a row another value of the same kind, as the schema lets it, or take it away."""
    table = rng.choice(sorted(ALTERED))
    ids = [row for (row,) in copy.execute(f"SELECT id FROM {table}")]
    if not ids:
        return ""
    row, name = rng.choice(ids), rng.choice(ALTERED[table])
    values: dict[str, tuple[object, ...]] = {
        "level": ("一般", "重大", "县级", "镇级"),
        "responsible": (None, "某"),
        "conclusion": (None, "合格", "不合格"),
        "failure_reason": (None, "某"),
        "hazard_id": tuple(range(1, 14)),
    }
    days = (None, "9999-12-31", "2018-10-01", "2018-10-08", "2018-10-09", "2018-10-13", "2018-10-20", "2018-12-31")
    if name == "voided_on" and rng.random() < 0.3:
        copy.execute(f"DELETE FROM {table} WHERE id = ?", (row,))
        return f"{table} {row} gone"
    value = rng.choice(values.get(name, days))
    try:
        copy.execute(f"UPDATE {table} SET {name} = ? WHERE id = ?", (value, row))
    except sqlite3.IntegrityError:
        return ""
    return f"{table} {row}: {name} = {value}"


def _grouped(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str, int, int]]:
    """The day sums as SQL adds them up."""
    yield from connection.execute(
        f"SELECT day, indicator, town_code, sum(came), sum(went) FROM ("
        f" SELECT from_on AS day, indicator, town_code, quantity AS came, 0 AS went FROM {items()}"
        f" UNION ALL SELECT until_on, indicator, town_code, 0, quantity FROM {items()}"
        " WHERE until_on < '9999-12-31') GROUP BY 1, 2, 3 HAVING sum(came) <> 0 OR sum(went) <> 0 ORDER BY 1, 2, 3"
    )


@pytest.mark.unmeasured
@pytest.mark.parametrize("seed", [3, 8])
def test_all_items_are_counted_as_the_view_gives_them(seed: int) -> None:
    made = History(seed)
    for _ in range(60):
        made.step()
    with closing(made.ledger) as ledger:
        came, went = sums.counted(ledger)
        ids = dict(map(tuple, ledger.execute("SELECT measure, id FROM indicator WHERE measure IS NOT NULL")))
        cells = (
            (day, ids.get(of, of), town, came.get((day, of, town), 0), went.get((day, of, town), 0))
            for day, of, town in came.keys() | went.keys()
        )
        assert sorted(row for row in cells if row[3] or row[4]) == [tuple(row) for row in _grouped(ledger)]


def test_single_roots_are_read_as_ranges_are(lives: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roots, "CHUNK", 3)
    tables = roots.catalogue(lives.ledger)
    ranged = list(roots.load(lives.ledger, tables, "hazard", 1, 13))
    assert ranged == list(roots.load_each(lives.ledger, tables, "hazard", range(1, 14)))
    assert [root for root, _ in roots.load_each(lives.ledger, tables, "hazard", [2, 5, 99])] == [2, 5]
