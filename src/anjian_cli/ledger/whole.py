"""What a ledger consists of, row by row: all that must be known to make it anew (`reproduce`).

Left out is what the schema itself fills, the titles of columns, and what SQLite keeps for itself but for the ids that
were given out last.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from anjian_cli.ledger.content import ROW_CHECK, Value

BESIDE = ("number_sequence", "measure_month", "measure_day", "measure_total")
"""Tables beside the records': the numbers given out last, and the sums."""

JOURNAL = ("operation", "change", "source_row", "operation_root")
"""The tables of the log: an operation, its changes, from which lines of its file they came, the roots it touched."""

FETCHED = 1000
"""Rows that are fetched at once."""


class Table(NamedTuple):
    """A table, its stored columns in the order of the schema, and the type of each: TEXT or INTEGER."""

    name: str
    columns: Mapping[str, str]


class Identity(NamedTuple):
    """Which ledger it is and how far it has come: its id, the number of its last operation (0 for none) with hash and
    moment (UTC), and by table the id given out last."""

    ledger_id: str
    head: int
    head_hash: str
    head_at: str
    last_ids: Mapping[str, int]


def identity(connection: sqlite3.Connection) -> Identity:
    """Which ledger this is."""
    (ledger_id,) = connection.execute("SELECT ledger_id FROM ledger").fetchone()
    head = connection.execute("SELECT id, hash, at FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    last_ids = connection.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall()
    number, hashed, at = head or (0, "", "")
    return Identity(str(ledger_id), number, hashed, at, dict(last_ids))


def tables(connection: sqlite3.Connection) -> list[Table]:
    """The tables of records in the order of the schema, then those beside them."""
    found = connection.execute(
        "SELECT m.name FROM sqlite_master m JOIN record_table t ON t.name = m.name WHERE m.type = 'table'"
        " ORDER BY m.rowid"
    ).fetchall()
    return [table(connection, name) for name in (*(name for (name,) in found), *BESIDE)]


def table(connection: sqlite3.Connection, name: str) -> Table:
    """One table as it is stored, without the checks of its rows: those are reckoned where they are written."""
    found = connection.execute("SELECT name, type FROM pragma_table_info(?) ORDER BY cid", (name,)).fetchall()
    return Table(name, {column: kind for column, kind in found if column != ROW_CHECK})


def rows(connection: sqlite3.Connection, of: Table) -> Iterator[tuple[Value, ...]]:
    """The rows of a table in the order of its key."""
    key = connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (of.name,)).fetchall()
    order = ", ".join(f'"{name}"' for (name,) in key)
    return _rows(connection, of, f"ORDER BY {order}")


def journal(connection: sqlite3.Connection) -> Iterator[tuple[str, tuple[Value, ...]]]:
    """The log, oldest first: (table, row), each operation and behind it what the other tables say of it. The columns
    are those of `table`."""
    operations, *others = (table(connection, name) for name in JOURNAL)
    order = {"change": "seq", "source_row": "table_name, first_id", "operation_root": "root, first_id"}
    at = list(operations.columns).index("id")
    for row in _rows(connection, operations, "ORDER BY id"):
        yield "operation", row
        for other in others:
            for each in _rows(connection, other, f"WHERE operation = ? ORDER BY {order[other.name]}", row[at]):
                yield other.name, each


def _rows(connection: sqlite3.Connection, of: Table, which: str, *values: Value) -> Iterator[tuple[Value, ...]]:
    names = ", ".join(f'"{name}"' for name in of.columns)
    cursor = connection.cursor()
    cursor.row_factory = None
    cursor.execute(f'SELECT {names} FROM "{of.name}" {which}', values)
    while found := cursor.fetchmany(FETCHED):
        yield from found
