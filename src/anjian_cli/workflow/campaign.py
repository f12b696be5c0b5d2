"""What goes with a campaign: its phases, and the records that name it."""

from __future__ import annotations

from collections.abc import Mapping
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
    """Take in a campaign. Where its name changes, the records that bear it follow (N450); those that bore its new name
    before, of no campaign or of one that was voided, are its own from now on (N452)."""
    stored = register.resolve(record, given, finder)
    row = register.existing(gate, record, stored)
    kept = register.keep_plain(gate, record, stored, row)
    finder.campaigns.clear()
    name = str(gate.row("campaign", kept.row_id)["name"])
    was = None if row is None else str(row["name"])
    if name == was or gate.numbers_are_free:
        return kept
    if told := _told({title: len(_bearing(gate, table, name)) for table, title in NAME_IT.items()}):
        kept.said.append(Fault("N452", {"told": told}, name, "name"))
    if was is not None:
        kept.said += _renamed(gate, was, name)
    return kept


def _bearing(gate: Gate, table: str, name: str) -> list[int]:
    """The ids of the living records that name a campaign."""
    found = gate.connection.execute(f"SELECT id FROM {table} WHERE campaign = ? AND voided_on IS NULL", (name,))
    return [int(row[0]) for row in found.fetchall()]


def _told(counts: Mapping[str, int]) -> str:
    """检查25条、工作项36条"""
    return "、".join(f"{title}{count}条" for title, count in counts.items() if count)


def _renamed(gate: Gate, was: str, name: str) -> list[Fault]:
    """Let what names a campaign name it as it is called now."""
    carried: dict[str, int] = {}
    for table, title in NAME_IT.items():
        rows = _bearing(gate, table, was)
        for row in rows:
            gate.update(table, row, campaign=name)
        carried[title] = len(rows)
    told = _told(carried)
    return [Fault("N450", {"was": was, "told": told}, name, "name")] if told else []


def voided(gate: Gate, row: Row) -> None:
    """Its phases are voided for the same reason."""
    standing = gate.row("campaign", int(str(row["id"])))
    reason = {"voided_on": standing["voided_on"], "void_reason": standing["void_reason"]}
    for (phase,) in gate.connection.execute(
        "SELECT id FROM campaign_phase WHERE campaign_id = ? AND voided_on IS NULL", (row["id"],)
    ).fetchall():
        gate.update("campaign_phase", phase, **reason)
