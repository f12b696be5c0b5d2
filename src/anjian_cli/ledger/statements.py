"""The statements that write rows of any table, one row or many at once.

They note nothing: on the ledger itself only the gate may use them, which records what it does with them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice

from anjian_cli.ledger import content
from anjian_cli.ledger.content import Value

ROWS_A_STATEMENT = 100  # rows written by one statement in bulk
SORTED_IN = 16_384  # KiB of memory in which an index is built


def quoted(names: Iterable[str]) -> str:
    """Names of columns as SQL."""
    return ", ".join(f'"{name}"' for name in names)


def insert(connection: sqlite3.Connection, table: str, names: Sequence[str], rows: Iterable[tuple[Value, ...]]) -> None:
    """Write new rows, a statement for each."""
    connection.executemany(f'INSERT INTO "{table}" ({quoted(names)}) VALUES ({_marks(names)})', rows)


def insert_many(
    connection: sqlite3.Connection, table: str, names: Sequence[str], rows: Sequence[tuple[Value, ...]]
) -> None:
    """Write new rows by the hundred: a statement for each costs half as much again."""
    whole = len(rows) - len(rows) % ROWS_A_STATEMENT
    flat = chain.from_iterable(rows[:whole])
    values = iter(lambda: tuple(islice(flat, ROWS_A_STATEMENT * len(names))), ())
    marks = ", ".join([f"({_marks(names)})"] * ROWS_A_STATEMENT)
    connection.executemany(f'INSERT INTO "{table}" ({quoted(names)}) VALUES {marks}', values)
    insert(connection, table, names, rows[whole:])


def change(connection: sqlite3.Connection, table: str, row: int, values: Mapping[str, Value]) -> None:
    """Write other values into some columns of a row."""
    assignments = ", ".join(f'"{name}" = ?' for name in values)
    connection.execute(f'UPDATE "{table}" SET {assignments} WHERE id = ?', (*values.values(), row))


def delete(connection: sqlite3.Connection, table: str, first: int, last: int) -> None:
    """Take away the rows from id `first` to id `last`."""
    connection.execute(f'DELETE FROM "{table}" WHERE id BETWEEN ? AND ?', (first, last))


def restore(connection: sqlite3.Connection, table: str, row: Mapping[str, Value]) -> None:
    """Make a row what it was, all columns, whether it is there or not."""
    names = content.stored_columns(connection, table)
    set_all = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
    connection.execute(
        f'INSERT INTO "{table}" ({quoted(names)}) VALUES ({_marks(names)}) ON CONFLICT (id) DO UPDATE SET {set_all}',
        tuple(row.get(name) for name in names),
    )


@contextmanager
def without_indexes(connection: sqlite3.Connection, tables: Iterable[str]) -> Iterator[None]:
    """Build the indexes of empty tables that are to take many rows once, at the end. Uniqueness is held only then:
    raises sqlite3.IntegrityError."""
    dropped = [
        index
        for table in tables
        for index in connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,)
        ).fetchall()
    ]
    for name, _ in dropped:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    (pages,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute(f"PRAGMA cache_size = -{SORTED_IN}")  # sorting takes as much as the cache may
    for _, made in dropped:
        connection.execute(made)
    connection.execute(f"PRAGMA cache_size = {pages}")


def _marks(names: Sequence[str]) -> str:
    return ", ".join("?" * len(names))
