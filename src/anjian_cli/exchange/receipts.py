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
    """What came of one file: where it lies, the town that sent it ('' if that cannot be told), the marked copy."""

    report: Report
    path: Path
    town: str = ""
    copy: MarkedCopy | None = None


@dataclass
class Receipt:
    """What one town sent; '' is what cannot be laid on one. `taken` and `left_out` count rows; `unread` files have
    none that could be counted, `untold` those of which nobody can say what they are. `send_back` are the names of files
    to be mended and sent again."""

    town: str
    files: int = 0
    taken: int = 0
    left_out: int = 0
    unread: int = 0
    untold: int = 0
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
        if report.faults:
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
        whole.send_back += receipt.send_back
    return whole


def silent(receipts: Iterable[Receipt], towns: Iterable[Town]) -> list[str]:
    """The towns from which nothing came that could be told for a report of theirs."""
    heard = {receipt.town for receipt in receipts if receipt.files > receipt.untold}
    return [town.name for town in towns if town.name not in heard]
