"""Undo one operation, and let the rows beside what came or went take up their days and numbers anew.

What stood beside a row when it was entered may be others than stand beside it when it goes: a later total holds what
it adds to the one before, a target ends where the next begins. So they are worked out again from what is left. A
village that was rewarded since is not rewarded once more by what an undo brings back.
"""

from __future__ import annotations

from anjian_cli.errors import Refused
from anjian_cli.ledger import inverse, words
from anjian_cli.ledger.gate import Gate
from anjian_cli.workflow import month as issued
from anjian_cli.workflow import (
    month_text,
    opening_figure,
    responsible_village,
    scheme,
    scheme_tasks,
    setting,
    target,
    term,
)

BESIDE = {
    "setting": setting.voided,
    "target": target.voided,
    "opening_figure": opening_figure.voided,
    "responsible_village": responsible_village.refuse_second_reward,
}


def undo(gate: Gate, operation: int) -> str:
    """Undo `operation` as part of `gate`; returns the command that is undone. Raises as `ledger.inverse.undo`, and
    E441 for the words of a month that is issued since, E744 for a word that records use, E776 for a
    scheme that a locked month goes by, E891 for tasks of what a scheme has dropped that was adopted since, and as
    `month.refuse_undoing`."""
    texts = gate.connection.execute(
        "SELECT DISTINCT t.month FROM change c JOIN month_text t ON t.id BETWEEN c.first_id AND c.last_id"
        " WHERE c.operation = ? AND c.table_name = 'month_text'",
        (operation,),
    )
    for (month,) in texts.fetchall():
        month_text.refuse_issued(gate, month)
    issued.refuse_undoing(gate, operation)
    before = words.of(gate.connection)
    scheme.refuse_locked(gate, operation)
    of_tasks = _touches(gate, operation, "target")
    left_over = scheme_tasks.since(gate.connection, operation) if of_tasks else {}
    command = inverse.undo(gate, operation)
    scheme.refuse_locked(gate, operation)  # one that comes back
    touched = gate.connection.execute("SELECT DISTINCT table_name FROM change WHERE operation = ?", (operation,))
    for (table,) in touched.fetchall():
        if table == "term":
            term.refuse_taking(gate, before)
        if table in BESIDE:
            for row in gate.connection.execute(f'SELECT * FROM "{table}" WHERE voided_on IS NULL').fetchall():
                BESIDE[table](gate, dict(row))
    if of_tasks:
        now = scheme_tasks.since(gate.connection, operation)
        if brought := [fault for of, (count, fault) in now.items() if count > left_over.get(of, (0, fault))[0]]:
            raise Refused(brought)
    return command


def _touches(gate: Gate, operation: int, table: str) -> bool:
    found = gate.connection.execute(
        "SELECT 1 FROM change WHERE operation = ? AND table_name = ? LIMIT 1", (operation, table)
    )
    return found.fetchone() is not None
