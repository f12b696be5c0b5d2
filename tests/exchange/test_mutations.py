"""Every row of `mutations` gets exactly what is written beside it: no more faults, no fewer, and no traceback."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from exchange.mutations import CASES, VALID, Case
from support.import_ledger import content, newest, operations, sheet, take
from support.sweeps import sweep


@pytest.fixture
def ledger(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "甲.db"))


@pytest.mark.unmeasured
@sweep("case", CASES, ids=lambda case: f"{case.record}: {case.name}", keep=45)
def test_a_row_gets_what_it_deserves(case: Case, ledger: Path) -> None:
    before, done = content(ledger), operations(ledger)
    text = sheet([{**VALID[case.record], **row} for row in case.rows]) + case.tail
    report = take(ledger, text, case.record)
    found = frozenset((fault.code, fault.field) for fault in report.faults)
    assert all(str(fault) and fault.place.file for fault in report.faults)
    if isinstance(case.expect, str):
        assert (found, report.taken) == (frozenset(), True)
        outcomes = {"new": report.new, "changed": report.changed, "unchanged": report.unchanged}
        assert outcomes.pop(case.expect) == report.rows == len(case.rows)
        assert set(outcomes.values()) == {0}
        row = newest(ledger, case.record)
        assert {name: row[name] for name in case.stored} == case.stored
        assert (content(ledger) == before) == (operations(ledger) == done) == (case.expect == "unchanged")
    else:
        assert (found, report.taken) == (case.expect, False)
        assert report.refused
        assert content(ledger) == before


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
    assert {case.record for case in CASES} == VALID.keys()
    assert len({(case.record, case.name) for case in CASES}) == len(CASES)
