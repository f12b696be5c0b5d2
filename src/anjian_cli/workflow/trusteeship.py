"""Keep a trusteeship contract, and end it before its time. When it is in force follows in rules/trusteeship.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import agreement, register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a contract. Raises `Refused` as `register.keep_plain`, and of a row of a file E285 (the contract's own
    number is that of another enterprise's)."""
    stored = register.resolve(record, given, finder)
    if gate.source is not None:
        _refuse_number_of_another(gate, stored)
    return register.keep_plain(gate, record, stored)


def _refuse_number_of_another(gate: Gate, stored: Values) -> None:
    number, enterprise = stored.get("contract_number"), stored.get("enterprise_id")
    if {None, CLEAR} & {number, enterprise}:
        return
    found = (
        gate.reading("trusteeship", contract_number=str(number))
        .execute(
            "SELECT t.number, e.name FROM trusteeship t JOIN enterprise e ON e.id = t.enterprise_id"
            " WHERE t.contract_number = ? AND t.enterprise_id <> ? AND t.voided_on IS NULL",
            (number, enterprise),
        )
        .fetchone()
    )
    if found is not None:
        told = agreement.name_of(gate, enterprise)
        words = {"owner": found["name"], "number": found["number"], "told": told, "example": f"{number}-2"}
        raise refused("E285", str(number), "contract_number", **words)


def end(gate: Gate, contract: int, day: str, why: str | None) -> None:
    """End a contract early; `day` is the first day it is no longer in force. Raises E413, E416, E419."""
    row = gate.row("trusteeship", contract)
    if row["voided_on"] is not None:
        raise refused("E416", str(row["number"]), number=row["number"])
    if row["ended_on"] is not None:
        raise refused("E419", day=row["ended_on"], number=row["number"])
    gate.update("trusteeship", contract, ended_on=day, end_reason=why)
