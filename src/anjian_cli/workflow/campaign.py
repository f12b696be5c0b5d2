"""What goes with a campaign: its phases."""

from __future__ import annotations

from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate


def voided(gate: Gate, row: Row) -> None:
    """Its phases are voided for the same reason."""
    standing = gate.row("campaign", int(str(row["id"])))
    reason = {"voided_on": standing["voided_on"], "void_reason": standing["void_reason"]}
    for (phase,) in gate.connection.execute(
        "SELECT id FROM campaign_phase WHERE campaign_id = ? AND voided_on IS NULL", (row["id"],)
    ).fetchall():
        gate.update("campaign_phase", phase, **reason)
