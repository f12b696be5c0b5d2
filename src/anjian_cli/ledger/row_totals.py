"""The totals of the tables: how many rows each has, and the sum of their checks, so that a row that is gone shows.

An operation brings them up to date by what it did; `rebuild` reckons all anew, for a ledger in the making or a copy.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from anjian_cli.ledger import row_check
from anjian_cli.ledger.content import ROW_CHECK
from anjian_cli.ledger.row_check import BESIDE, LOG
from anjian_cli.ledger.spans import Spans

_MANY = 500  # rows that are asked for together
Moved = dict[str, list[int]]


class RowTotals:
    """By how much one operation moves the totals of record tables."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._moved: Moved = defaultdict(lambda: [0, 0])  # by table, rows and checks

    def leave(self, table: str, ids: Sequence[int]) -> None:
        """Before rows are changed or deleted for the first time."""
        self._add(table, ids, -1)

    def record(self, operation: int, made: Spans, others: Iterable[tuple[str, int]]) -> None:
        """Write the totals down, with what `operation` put into the log. `made` are the rows that it inserted, `others`
        those that it changed or brought back."""
        for table, first, last in made.spans():
            self._count(table, f'FROM "{table}" WHERE id BETWEEN ? AND ?', (first, last), 1)
        by_table: dict[str, set[int]] = defaultdict(set)
        for table, row in others:
            if not made.holds(table, row):
                by_table[table].add(row)
        for table, rows in by_table.items():
            self._add(table, rows, 1)
        for table, column in LOG.items():
            check = row_check.of_row(self._connection, table)
            found = self._connection.execute(
                f"SELECT count(*), COALESCE(sum({check}), 0) FROM {table} WHERE {column} = ?", (operation,)
            )
            self._moved[table] = list(found.fetchone())
        _write(self._connection, self._moved)

    def _add(self, table: str, ids: Collection[int], sign: int) -> None:
        rows = list(ids)
        for start in range(0, len(rows), _MANY):
            some = rows[start : start + _MANY]
            self._count(table, f'FROM "{table}" WHERE id IN ({", ".join("?" * len(some))})', some, sign)

    def _count(self, table: str, which: str, values: Sequence[int], sign: int) -> None:
        count, checks = self._connection.execute(
            f"SELECT count(*), COALESCE(sum({ROW_CHECK}), 0) {which}", values
        ).fetchone()
        self._moved[table][0] += sign * count
        self._moved[table][1] += sign * checks


def rebuild(connection: sqlite3.Connection) -> None:
    """Reckon the totals of all tables from the checks that stand in them."""
    connection.execute("DELETE FROM row_total")
    moved: Moved = {}
    for (table,) in connection.execute("SELECT name FROM record_table").fetchall():
        moved[table] = [*connection.execute(f'SELECT count(*), sum({ROW_CHECK}) FROM "{table}"').fetchone()]
    for table in (*LOG, *BESIDE):
        moved[table] = _counted(connection, table)
    _write(connection, moved)


def reckon(connection: sqlite3.Connection, table: str) -> None:
    """Reckon the total of a table of BESIDE anew: of few rows, which an operation hardly ever writes."""
    connection.execute("DELETE FROM row_total WHERE table_name = ?", (table,))
    _write(connection, {table: _counted(connection, table)})


def _counted(connection: sqlite3.Connection, table: str) -> list[int]:
    check = row_check.of_row(connection, table)
    return [*connection.execute(f"SELECT count(*), sum({check}) FROM {table}").fetchone()]


def _write(connection: sqlite3.Connection, moved: Moved) -> None:
    connection.executemany(
        "INSERT INTO row_total VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET rows = rows + excluded.rows, checks = checks + excluded.checks",
        ((table, rows, checks or 0) for table, (rows, checks) in moved.items()),
    )
