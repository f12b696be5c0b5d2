"""Keep an inspection: its campaign, if it names one, is one of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import of_campaign, register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in an inspection. Raises `Refused` E860 (no such campaign), E871 (the visit is another campaign's)."""
    stored = register.resolve(record, given, finder)
    of_campaign.hold_named(gate, record, stored, finder)
    row = None
    if stored.get("campaign") not in (None, CLEAR) and not stored.get("number"):
        row = register.existing(gate, record, stored)
        if row is not None:
            _refuse_moving(gate, row, str(stored["campaign"]))
    return register.keep_plain(gate, record, stored, row)


def _refuse_moving(gate: Gate, row: Row, campaign: str) -> None:
    """A visit that was found by firm, day and way of inspection stays with its campaign: it would be taken from the
    coverage of the one, without a word, by a form of the other."""
    was = row["campaign"]
    if was in (None, campaign) or not of_campaign.is_one(gate, str(was)):
        return
    words = {"was": was, "day": row["inspected_on"], "method": row["method"], "number": row["number"]}
    raise Refused([Fault("E871", words, campaign, "campaign")])
