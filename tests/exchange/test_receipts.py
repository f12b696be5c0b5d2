"""What came in with one import, by town."""

from __future__ import annotations

from pathlib import Path

from anjian_cli.errors import Fault
from anjian_cli.exchange import receipts
from anjian_cli.exchange.prefill import Town
from anjian_cli.exchange.receipts import Outcome, Receipt
from anjian_cli.exchange.report import Part, Report

TOWNS = [
    Town("330784109", "芝英镇", "芝英"),
    Town("330784105", "石柱镇", "石柱"),
    Town("330784003", "江南街道", "江南"),
]
BAD = [Fault("E202")]


def outcome(file: str, town: str, part: Part | None, *, taken: bool = False, faulty: bool = False) -> Outcome:
    report = Report(file, parts=[part] if part else [], faults=BAD if faulty else [], taken=taken)
    return Outcome(report, Path(file), town)


OUTCOMES = [
    outcome("石柱.csv", "石柱镇", Part(rows=3, new=2, refused=1), faulty=True),
    outcome("芝英.csv", "芝英镇", Part(rows=5, new=2, changed=1, unchanged=1, refused=1), taken=True, faulty=True),
    outcome("芝英2.csv", "芝英镇", Part(rows=2, new=2), taken=True),
    outcome("照片.et", "", None, faulty=True),
    outcome("又一份.csv", "芝英镇", None),
]


def test_by_town_in_the_offices_order() -> None:
    found = receipts.receipts(OUTCOMES, TOWNS)
    assert found == [
        Receipt("芝英镇", files=3, taken=6, left_out=1, send_back=["芝英.csv"]),
        Receipt("石柱镇", files=1, taken=0, left_out=3, send_back=["石柱.csv"]),
        Receipt("", files=1, unread=1, send_back=["照片.et"]),
    ]
    assert receipts.total(found) == Receipt(
        "合计", files=5, taken=6, left_out=4, unread=1, send_back=["芝英.csv", "石柱.csv", "照片.et"]
    )
    assert receipts.silent(found, TOWNS) == ["江南街道"]


def test_a_trial_counts_what_would_be_taken() -> None:
    trial = [
        outcome("甲.csv", "", Part(rows=3, new=3)),
        outcome("乙.csv", "", Part(rows=3, new=2, refused=1), faulty=True),
    ]
    (found,) = receipts.receipts(trial, TOWNS, dry_run=True)
    assert (found.taken, found.left_out) == (3, 3)
    (found,) = receipts.receipts(trial, TOWNS, dry_run=True, accept_good=True)
    assert (found.taken, found.left_out) == (5, 1)
    (found,) = receipts.receipts(trial, TOWNS)
    assert (found.taken, found.left_out) == (0, 6)


def test_nothing_came() -> None:
    assert receipts.receipts([], TOWNS) == []
    assert receipts.total([]).files == 0
