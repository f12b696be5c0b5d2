"""End a trusteeship contract before its time. When a contract is in force follows in rules/trusteeship.py."""

from __future__ import annotations

from anjian_cli.errors import refused
from anjian_cli.ledger.write import Gate


def end(gate: Gate, contract: int, day: str, why: str | None) -> None:
    """End a contract early; `day` is the first day it is no longer in force. Raises E413, E416, E419."""
    row = gate.row("trusteeship", contract)
    if row["voided_on"] is not None:
        raise refused("E416", str(row["number"]), number=row["number"])
    if row["ended_on"] is not None:
        raise refused("E419", day=row["ended_on"], number=row["number"])
    gate.update("trusteeship", contract, ended_on=day, end_reason=why)
