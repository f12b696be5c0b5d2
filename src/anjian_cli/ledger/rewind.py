"""What takes a copy of the ledger apart. It works on copies only (`inverse.copy`), never on the ledger itself: there an
operation is taken back by another one, through the gate (`Gate.take_back`), which records it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from anjian_cli.ledger import journal, row_totals, statements

MANY = 1000
"""From so many rows on it is worth a look whether a table has any others."""


def put_back(copy: sqlite3.Connection, operation: int) -> None:
    """Take the effects of the newest operation that is left out of a copy."""
    for table, first, last, before in journal.changes_of(copy, operation):
        if before is None and last - first >= MANY and _are_all(copy, table, first, last):
            statements.delete_all(copy, table)
        elif before is None:
            statements.delete(copy, table, first, last)
        else:
            for row in json.loads(before):
                statements.restore(copy, table, row)


def _are_all(copy: sqlite3.Connection, table: str, first: int, last: int) -> bool:
    least, most = copy.execute(f'SELECT min(id), max(id) FROM "{table}"').fetchone()
    return least is not None and first <= least and most <= last


def drop_indexes(copy: sqlite3.Connection, tables: Iterable[str]) -> None:
    """Of tables of a copy, before all their rows are taken back: these are found by their ids, and to keep the indexes
    up to date would take three quarters of the time."""
    for table in tables:
        found = copy.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,)
        ).fetchall()
        for (name,) in found:
            copy.execute(f'DROP INDEX "{name}"')


def forget_after(copy: sqlite3.Connection, operation: int) -> None:
    """Take what is told of later operations off a copy."""
    for table in ("operation", "change", "source_row"):
        copy.execute(f"DROP TRIGGER {table}_kept")
    for table in ("source_row", "operation_root", "change"):
        copy.execute(f"DELETE FROM {table} WHERE operation > ?", (operation,))
    copy.execute("DELETE FROM operation WHERE id > ?", (operation,))
    row_totals.rebuild(copy)
