"""Keep an inspection: its campaign, if it names one, is one of the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from anjian_cli.bulletin.summary_table import typed
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
    """Take in an inspection. Raises `Refused` E860 (no such campaign), E871 (the visit is another campaign's). Says
    N451 where it was not in the days of its campaign, for which it does not count."""
    stored = register.resolve(record, given, finder)
    of_campaign.hold_named(gate, record, stored, finder)
    told = stored.get("campaign")
    names_one, numbered = told not in (None, CLEAR), bool(stored.get("number"))
    row = register.existing(gate, record, stored) if names_one or numbered else None
    if row is not None and names_one and not numbered:
        _refuse_moving(gate, row, str(told))
    kept = register.keep_plain(gate, record, stored, row)
    before = row or {}
    campaign, day = (stored.get(name) or before.get(name) for name in ("campaign", "inspected_on"))
    if campaign not in (None, CLEAR) and kept.outcome != "unchanged":
        kept.said += _outside(gate, str(campaign), str(day))
    return kept


def _refuse_moving(gate: Gate, row: Row, campaign: str) -> None:
    """A visit that was found by firm, day and way of inspection stays with its campaign: it would be taken from the
    coverage of the one, without a word, by a form of the other."""
    was = row["campaign"]
    if was in (None, campaign) or not of_campaign.is_one(gate, str(was)):
        return
    words = {"was": was, "day": row["inspected_on"], "method": row["method"], "number": row["number"]}
    raise Refused([Fault("E871", words | {"typed": typed(campaign)}, campaign, "campaign")])


def _outside(gate: Gate, campaign: str, day: str) -> Iterator[Fault]:
    """N451 for a day before a campaign began or after it ended."""
    found = (
        gate.reading("campaign", name=campaign)
        .execute("SELECT from_on, last_on FROM campaign WHERE name = ? AND voided_on IS NULL", (campaign,))
        .fetchone()
    )
    if found is not None and not found["from_on"] <= day <= (found["last_on"] or day):
        until = f"至{found['last_on']}" if found["last_on"] else "起"
        yield Fault("N451", {"campaign": campaign, "span": f"{found['from_on']}{until}"}, field="inspected_on")
