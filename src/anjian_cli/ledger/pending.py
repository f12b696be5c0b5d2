"""Rows held back: new rows that an operation has taken and not yet written.

They are written together, since a statement for each costs an import much of its time. Whoever reads must not notice.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping

from anjian_cli.ledger import statements
from anjian_cli.ledger.content import Value

QUEUE = 5000  # rows held back before they are written together


class Pending:
    """The rows that one operation holds back."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._queued: dict[tuple[str, tuple[str, ...]], list[tuple[Value, ...]]] = defaultdict(list)
        self._length = 0
        self._sought: dict[str, set[tuple[str, ...]]] = defaultdict(set)  # by table, the columns it is searched by
        self._waiting: set[tuple[str, tuple[str, ...], tuple[Value, ...]]] = set()  # what they hold in a row held back

    def add(self, table: str, row: int, values: Mapping[str, Value]) -> None:
        """Hold back a new row with this id."""
        if self._length >= QUEUE:
            self.write()
        self._queued[table, ("id", *values)].append((row, *values.values()))
        self._length += 1
        for columns in self._sought.get(table, ()):
            self._waiting.add((table, columns, tuple(values.get(name) for name in columns)))

    def write(self) -> None:
        """Write what is held back."""
        for (table, names), rows in self._queued.items():
            statements.insert(self._connection, table, names, rows)
        self._queued.clear()
        self._length = 0
        self._waiting.clear()

    def written(self) -> sqlite3.Connection:
        """The connection, with nothing held back."""
        self.write()
        return self._connection

    def written_where(self, table: str, sought: Mapping[str, Value]) -> sqlite3.Connection:
        """The connection, with no row of a table held back that has these values (in columns without a default)."""
        columns = tuple(sought)
        if columns not in self._sought[table]:
            self._sought[table].add(columns)
            self.write()
        elif (table, columns, tuple(sought.values())) in self._waiting:
            self.write()
        return self._connection

    def forget_sought(self, table: str) -> None:
        """A table took rows in bulk: what was sought among the rows held back is sought in the table again."""
        self._sought.pop(table, None)
