"""What came in with one import, by the town that sent it: how much was taken, and what is to be sent back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli.exchange.kind import UNTOLD
from anjian_cli.exchange.prefill import Town
from anjian_cli.exchange.report import Report

if TYPE_CHECKING:  # openpyxl is needed only where a copy is written
    from anjian_cli.exchange.marked_copy import MarkedCopy


@dataclass(frozen=True)
class Outcome:
    """What came of one file: where it lies, the town that sent it ('' if that cannot be told), the marked copy; where
    it is not one town's, of which there are rows in it."""

    report: Report
    path: Path
    town: str = ""
    copy: MarkedCopy | None = None
    named: frozenset[str] = frozenset()


@dataclass
class Receipt:
    """What one town sent; '' is what cannot be laid on one. `taken` and `left_out` count rows; `unread` files have
    none that could be counted, `untold` those of which nobody can say what they are, `of_office` those that hold what
    the office itself keeps. `send_back` are the names of files to be mended and sent again."""

    town: str
    files: int = 0
    taken: int = 0
    left_out: int = 0
    unread: int = 0
    untold: int = 0
    of_office: int = 0
    send_back: list[str] = field(default_factory=list)


def receipts(
    outcomes: Iterable[Outcome], towns: Sequence[Town], *, dry_run: bool = False, accept_good: bool = False
) -> list[Receipt]:
    """A receipt for each town that sent something, in the office's order, then what no town can be named for. In a
    trial rows are counted as they would be taken."""
    found = {name: Receipt(name) for name in [*(town.name for town in towns), ""]}
    for outcome in outcomes:
        report = outcome.report
        receipt = found.setdefault(outcome.town, Receipt(outcome.town))
        receipt.files += 1
        good = report.new + report.changed + report.unchanged
        taken = good if report.is_taken(dry_run=dry_run, accept_good=accept_good) else 0
        receipt.taken += taken
        receipt.left_out += report.rows - taken
        receipt.untold += not report.rows and any(fault.code in UNTOLD for fault in report.faults)
        receipt.of_office += report.of_office
        if report.faults and not report.of_office:
            receipt.send_back.append(report.file)
            receipt.unread += not report.rows
    return [receipt for receipt in found.values() if receipt.files]


def total(receipts: Sequence[Receipt]) -> Receipt:
    """The sum of receipts."""
    whole = Receipt("合计")
    for receipt in receipts:
        whole.files += receipt.files
        whole.taken += receipt.taken
        whole.left_out += receipt.left_out
        whole.unread += receipt.unread
        whole.of_office += receipt.of_office
        whole.send_back += receipt.send_back
    return whole


def silent(receipts: Iterable[Receipt], towns: Iterable[Town]) -> list[str]:
    """The towns from which nothing came that could be told for a report of theirs."""
    heard = {receipt.town for receipt in receipts if receipt.files > receipt.untold}
    return [town.name for town in towns if town.name not in heard]


def within(outcomes: Iterable[Outcome], silent: Sequence[str]) -> list[str]:
    """Those of the towns from which no file came that have rows in a file of no one town."""
    named = {town for outcome in outcomes for town in outcome.named}
    return [town for town in silent if town in named]
