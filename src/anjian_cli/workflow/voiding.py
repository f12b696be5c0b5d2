"""Void a record: it stays where it is, with a reason, and counts no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import refused
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.workflow import own_life

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

NEVER_VOID = ("residence", "hazard_charge", "training_officer")
"""Rows beside a record of another root that refer to records and have no day of their own on which they are void."""


def void(gate: Gate, record: Record, row_id: int, why: str) -> None:
    """Void a record: it stays in the ledger with the reason and counts no more.

    Raises `Refused` E416 (already voided), E423 (others refer to it).
    """
    row = gate.row(record.name, row_id)
    shown = gate.connection.execute(f'SELECT number FROM "{record.name}" WHERE id = ?', (row_id,)).fetchone()[0]
    if row["voided_on"] is not None:
        raise refused("E416", shown, number=shown)
    _refuse_if_referred_to(gate, record.name, row, shown)
    gate.update(record.name, row_id, voided_on=gate.today, void_reason=why)
    own = own_life.of(record.name)
    if own is not None and hasattr(own, "voided"):
        own.voided(gate, row)


def _refuse_if_referred_to(gate: Gate, table: str, row: Row, shown: str) -> None:
    connection = gate.connection
    # What belongs to the same root is held by the rules of that root; what follows by rule follows from what refers.
    for other in connection.execute(
        "SELECT name, title FROM record_table t WHERE root <> (SELECT root FROM record_table WHERE name = ?)"
        f" AND (name IN {NEVER_VOID}"
        " OR EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE name = 'voided_on'))",
        (table,),
    ).fetchall():
        for key in connection.execute("SELECT * FROM pragma_foreign_key_list(?)", (other["name"],)).fetchall():
            if key["table"] != table:
                continue
            alive = "" if other["name"] in NEVER_VOID else " AND voided_on IS NULL"
            (count,) = connection.execute(
                f'SELECT count(*) FROM "{other["name"]}" WHERE "{key["from"]}" = ?{alive}',
                (row[key["to"] or "id"],),
            ).fetchone()
            if count:
                raise refused("E423", shown, number=shown, count=count, kind=other["title"])
