"""Keep an inspection: its campaign, if it names one, is one of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.workflow import of_campaign, register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in an inspection. Raises `Refused` E860 (no such campaign)."""
    stored = register.resolve(record, given, finder)
    of_campaign.hold_named(gate, record, stored, finder)
    return register.keep_plain(gate, record, stored)
