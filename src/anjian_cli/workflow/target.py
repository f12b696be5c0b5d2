"""Keep a target: the one in force before it ends where it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.ledger.content import Row
from anjian_cli.ledger.lookup import Finder
from anjian_cli.ledger.write import Gate
from anjian_cli.workflow import register, timeline
from anjian_cli.workflow.kept import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

KEY = ("year", "indicator", "town_code")


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a target. Without a day of its own it holds from 1 January of its year; a blank number of a new one
    means that there is none from that day on."""
    stored = register.resolve(record, given, finder)
    stored["from_on"] = stored.get("from_on") or f"{stored.get('year')}-01-01"
    row = register.existing(gate, record, stored)
    if row is not None:
        return register.update(gate, record, row, stored)
    key = {name: stored[name] for name in KEY}
    until_on = timeline.span(gate, "target", key, str(stored["from_on"]))
    return register.insert(gate, record, register.region_of(gate, stored), {**stored, "until_on": until_on})


def voided(gate: Gate, row: Row) -> None:
    """The target before it holds on."""
    timeline.close_gap(gate, "target", {name: row[name] for name in KEY}, row)
