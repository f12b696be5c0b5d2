"""Keep a trusteeship contract and end it early. In force from `from_on` until the day after its last day, or until
the day it was ended (that day no longer counts)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger.lookup import Finder
from anjian_cli.ledger.write import Gate
from anjian_cli.records.values import CLEAR
from anjian_cli.rules.intervals import next_day
from anjian_cli.workflow import register
from anjian_cli.workflow.kept import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a contract; the town given only tells namesakes apart."""
    stored = register.resolve(record, given, finder)
    town = stored.pop("town_code", None)
    row = register.existing(gate, record, stored)
    if row is not None:
        kept = register.update(gate, record, row, stored)
        _set_until(gate, kept.row_id)
    else:
        _refuse_backwards(stored)
        if stored["enterprise_id"] is None:
            raise refused("E202", None, "enterprise")
        region = register.region_of(gate, {"town_code": town or _town(gate, stored)})
        stored = {name: None if value == CLEAR else value for name, value in stored.items()}
        until_on = str(stored.get("ended_on") or next_day(str(stored["last_on"])))
        kept = register.insert(gate, record, region, {**stored, "until_on": until_on})
    kept.root, kept.root_id = "enterprise", _enterprise(gate, kept.row_id, stored)
    return kept


def end(gate: Gate, contract: int, day: str, why: str | None) -> None:
    """End a contract before its time; `day` is the first day it is no longer in force. Raises E413, E416, E419."""
    row = gate.row("trusteeship", contract)
    if row["voided_on"] is not None:
        raise refused("E416", str(row["number"]), number=row["number"])
    if row["ended_on"] is not None:
        raise refused("E419", day=row["ended_on"])
    gate.update("trusteeship", contract, ended_on=day, end_reason=why, until_on=day)


def _refuse_backwards(stored: Values) -> None:
    # The schema refuses an end before the beginning without words; say it in ours.
    if str(stored["last_on"]) < str(stored["from_on"]):
        words = {"other_title": "起始日期", "other": stored["from_on"]}
        raise Refused([Fault("E214", words, str(stored["last_on"]), "last_on")])


def _set_until(gate: Gate, contract: int) -> None:
    row = gate.row("trusteeship", contract)
    gate.update("trusteeship", contract, until_on=row["ended_on"] or next_day(str(row["last_on"])))


def _enterprise(gate: Gate, contract: int, stored: Values) -> int:
    given = stored.get("enterprise_id")
    return int(given) if given is not None else int(str(gate.row("trusteeship", contract)["enterprise_id"]))


def _town(gate: Gate, stored: Values) -> str | None:
    day = str(stored["from_on"])
    found = gate.connection.execute(
        "SELECT town_code FROM residence WHERE enterprise_id = ? AND from_on <= ? AND ? < until_on",
        (stored["enterprise_id"], day, day),
    ).fetchone()
    return found[0] if found else None
