"""What is asked about a visit under a trusteeship. That a contract was in force on its day stands in rules/visit.py."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.ledger.gate import Gate
from anjian_cli.records import likeness
from anjian_cli.workflow.kept_record import Kept

ASKED_OF = {"agency", "kind", "visited_on", "enterprise_id"}


def questions(gate: Gate, kept: Kept) -> list[Fault]:
    """E485 where another agency came than the one with the contract: often the wrong name, sometimes a stand-in."""
    if kept.outcome != "new" and not ASKED_OF.intersection(name for name, _, _ in kept.changes):
        return []
    visit = gate.row("visit", kept.row_id)
    contracts = gate.connection.execute(
        "SELECT number, agency FROM trusteeship WHERE enterprise_id = ? AND kind = ? AND from_on <= ? AND ? < until_on"
        " AND voided_on IS NULL",
        (visit["enterprise_id"], visit["kind"], visit["visited_on"], visit["visited_on"]),
    ).fetchall()
    if any(likeness.key(row["agency"]) == likeness.key(str(visit["agency"])) for row in contracts):
        return []
    return [
        Fault("E485", {"agency": row["agency"], "number": row["number"]}, str(visit["agency"]), "agency")
        for row in contracts
    ]
