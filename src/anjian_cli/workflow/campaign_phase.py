"""Keep a phase of a campaign: it is known by its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.workflow import of_campaign, register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a phase. Raises `Refused` E860 (no such campaign), E238 (it has a phase of that title)."""
    stored = register.resolve(record, given, finder)
    row = meant(gate, record, stored)
    if row is not None:
        names = ("campaign_id", "title")
        key = {name: row[name] if stored.get(name) is None else stored[name] for name in names}
        of_campaign.refuse_taken(gate, record, row, key)
    return register.keep_plain(gate, record, stored, row)


def meant(gate: Gate, record: Record, stored: Values) -> Row | None:
    """The phase that values speak of; None for a new one."""
    of_campaign.campaign(gate, stored)
    key = {"campaign_id": stored.get("campaign_id"), "title": stored.get("title")}
    return of_campaign.known(gate, record, stored, key)
