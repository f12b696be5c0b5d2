"""Keep a work item: once where nothing is said of how often, and found again also where it has no name or town."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.workflow import of_campaign, register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a work item. A file without a column for its name speaks of the one without a name.
    Raises `Refused` E860 (no such campaign)."""
    stored = register.resolve(record, {"town": None, "department": None, "title": None, **given}, finder)
    of_campaign.hold_named(gate, record, stored, finder)
    row = register.existing(gate, record, stored)
    if row is None and stored.get("times") is None:
        stored["times"] = 1
    return register.keep_plain(gate, record, stored, row)
