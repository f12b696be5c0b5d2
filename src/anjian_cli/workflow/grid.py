"""Keep a grid: the officers that name it name it as it is called now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a grid. Where its name changes, its town's officers who bear it follow (N453): else it would have nobody
    from that day on."""
    stored = register.resolve(record, given, finder)
    row = register.existing(gate, record, stored)
    kept = register.keep_plain(gate, record, stored, row)
    if row is not None and any(name == "name" for name, _, _ in kept.changes):
        kept.said += _renamed(gate, row, str(gate.row("grid", kept.row_id)["name"]))
    return kept


def _renamed(gate: Gate, was: Row, name: str) -> list[Fault]:
    officers = gate.connection.execute(
        "SELECT id FROM officer WHERE town_code = ? AND grid = ? AND voided_on IS NULL", (was["town_code"], was["name"])
    ).fetchall()
    for (officer,) in officers:
        gate.update("officer", officer, grid=name)
    return [Fault("N453", {"was": was["name"], "count": len(officers)}, name, "name")] if officers else []
