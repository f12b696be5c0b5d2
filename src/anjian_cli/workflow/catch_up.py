"""Keep what a unit that lags answers to the bulletin of a month, with what it means to come up with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import register, told_figures, whose
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a plan to catch up. Raises `Refused` E239 (no such indicator), E787 (a month to come), E793 (of a town
    and of a department, or of neither), and those of a figure that cannot be read."""
    stored: Values = dict.fromkeys(whose.UNITS) | register.resolve(record, given, finder)
    figures = stored.pop("figures", None)
    row = register.existing(gate, record, stored)
    whose.hold_one(stored, row)
    month = str(stored.get("month") or (row["month"] if row else ""))
    if month > gate.today[:7]:
        raise Refused([Fault("E787", {"month": month}, month, "month")])
    kept = register.keep_plain(gate, record, stored, row)
    if figures is not None:
        told_figures.keep(gate, kept, "catch_up_figure", () if figures == CLEAR else figures, finder, month)
    return kept
