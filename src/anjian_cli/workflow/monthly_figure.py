"""Keep a monthly figure: of a month that has begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a monthly figure. Raises `Refused` E787 for a month to come."""
    stored = register.resolve(record, {"town": None, "department": None, **given}, finder)
    month = stored.get("month")
    if month is not None and month > gate.today[:7]:
        raise Refused([Fault("E787", {"month": month}, month, "month")])
    return register.keep_plain(gate, record, stored)
