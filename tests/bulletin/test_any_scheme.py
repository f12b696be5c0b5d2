"""Random schemes, adopted at random days of random histories: what is counted is what there is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from random import Random

import pytest

from anjian_cli.bulletin import figures
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.definition import Definition, define
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import UNSETTLED
from anjian_cli.errors import Refused
from anjian_cli.ledger import sums, write
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS
from anjian_cli.workflow import scheme, undo
from oracle.figures import Dump, dump, record_tables
from oracle.histories import History
from oracle.schemes import Unknown, by_hand, drawn


def adopt(history: History, rng: Random, name: str) -> bool:
    """Whether a random scheme could be adopted, of a day a little before or after now."""
    ledger, today = history.ledger, history.today
    day = f"{today[:4]}-{rng.randint(1, 12):02d}-{rng.choice((1, 15, 28)):02d}"
    try:
        with write.gate(ledger, "scheme adopt", at="2018-01-01T00:00:00Z", actor="测试", today=today) as gate:
            scheme.adopt(gate, drawn(ledger, rng, name, day), day)
    except Refused as refused:
        if {fault.code for fault in refused.faults} <= {"E765", "E767"}:
            return False
        raise
    return True


def undo_last(history: History) -> None:
    with write.gate(history.ledger, "undo", at="2018-01-01T00:00:00Z", actor="测试", today=history.today) as gate:
        undo.undo(gate, gate.head)


def kept(ledger: sqlite3.Connection) -> Dump:
    tables = (*record_tables(ledger), *sums.TABLES)
    return {name: sorted(rows, key=str) for name, rows in dump(ledger, tables).items()}


def compare(ledger: sqlite3.Connection, year: int, month: int) -> int:
    """How many cells that are not 0 are what they are by hand, of towns and of departments; the bulletin is compiled,
    too."""
    counted = sum(_compare(ledger, define(ledger, ended(year, month), of=of)) for of in (TOWNS, DEPARTMENTS))
    compile_bulletin(ledger, ended(year, month))
    return counted


def _compare(ledger: sqlite3.Connection, definition: Definition) -> int:
    day = definition.period.as_of
    found, unknown = figures.compute(ledger, definition), Unknown(ledger, definition, day)
    wanted = by_hand(ledger, definition, day)
    counted = 0
    for indicator in definition.indicators:
        for place in (*(unit.code for unit in definition.towns), UNSETTLED):
            done = found.cells[indicator.id, place].done if (indicator.id, place) in found.cells else 0
            if indicator.kind == "counted":
                base = found.cells[indicator.counts, place].done if (indicator.counts, place) in found.cells else 0
                if place != UNSETTLED and base is not None:
                    assert done == int(base > 0), (indicator, place)
            elif indicator.kind in ("flow", "stock") and not indicator.apart:
                expected = None if (indicator.id, place) in unknown else wanted[indicator.id, place]
                assert done == expected, (indicator, place, done, expected)
                counted += bool(done)
    return counted


def held(seed: int, steps: int) -> int:
    """A history with schemes adopted in between; returns how many cells were compared that are not 0."""
    rng = Random(seed)
    counted = 0
    with closing(History(seed)) as history:
        ledger = history.ledger
        for _ in range(3):
            history._operate("department", history.department)
        for n in range(3):
            for _ in range(steps):
                history.step()
            before = kept(ledger)
            if not adopt(history, rng, f"甲{n}"):
                assert kept(ledger) == before
                continue
            history.note_rows()
            if rng.random() < 0.5:
                after = kept(ledger)
                for state in (before, after):
                    undo_last(history)
                    assert kept(ledger) == state
            for year in {int(history.today[:4]) - 1, int(history.today[:4])}:
                for month in rng.sample(range(1, 13), 2):
                    counted += compare(ledger, year, month)
    return counted


@pytest.mark.unmeasured
@pytest.mark.parametrize("seed", [1, 4])
def test_figures_are_those_of_the_items(seed: int) -> None:
    assert held(seed, 30) > 10
