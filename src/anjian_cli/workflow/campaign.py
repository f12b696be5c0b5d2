"""What goes with a campaign: its phases, and the records that name it."""

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

NAME_IT = {"inspection": "检查", "work_item": "工作项"}
"""The records that name their campaign, by table."""


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a campaign. Where its name changes, the records that bear it follow (N450)."""
    stored = register.resolve(record, given, finder)
    row = register.existing(gate, record, stored)
    kept = register.keep_plain(gate, record, stored, row)
    finder.campaigns.clear()
    if row is not None:
        kept.said += _renamed(gate, str(row["name"]), str(gate.row("campaign", kept.row_id)["name"]))
    return kept


def _renamed(gate: Gate, was: str, name: str) -> list[Fault]:
    """Let what names a campaign name it as it is called now."""
    if name == was:
        return []
    carried: dict[str, int] = {}
    for table, title in NAME_IT.items():
        rows = gate.connection.execute(
            f"SELECT id FROM {table} WHERE campaign = ? AND voided_on IS NULL", (was,)
        ).fetchall()
        for (row,) in rows:
            gate.update(table, row, campaign=name)
        carried[title] = len(rows)
    told = "、".join(f"{title}{count}条" for title, count in carried.items() if count)
    return [Fault("N450", {"was": was, "told": told}, name, "name")] if told else []


def voided(gate: Gate, row: Row) -> None:
    """Its phases are voided for the same reason."""
    standing = gate.row("campaign", int(str(row["id"])))
    reason = {"voided_on": standing["voided_on"], "void_reason": standing["void_reason"]}
    for (phase,) in gate.connection.execute(
        "SELECT id FROM campaign_phase WHERE campaign_id = ? AND voided_on IS NULL", (row["id"],)
    ).fetchall():
        gate.update("campaign_phase", phase, **reason)
