"""The statements that write rows of any table, one row or many at once.

Each row gets its check with its values (`row_check`). They note nothing: on the ledger itself only the gate may use
them, which records what it does with them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice

from anjian_cli.ledger import content, row_check
from anjian_cli.ledger.content import Value

ROWS_A_STATEMENT = 100  # rows written by one statement in bulk
SORTED_IN = 16_384  # KiB of memory in which an index is built


def quoted(names: Iterable[str]) -> str:
    """Names of columns as SQL."""
    return ", ".join(f'"{name}"' for name in names)


def insert(connection: sqlite3.Connection, table: str, names: Sequence[str], rows: Iterable[tuple[Value, ...]]) -> None:
    """Write new rows, a statement for each."""
    columns, values = _checked(connection, table, {name: f"?{at}" for at, name in enumerate(names, 1)})
    connection.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({values})', rows)


def insert_many(
    connection: sqlite3.Connection, table: str, names: Sequence[str], rows: Sequence[tuple[Value, ...]]
) -> None:
    """Write new rows by the hundred: a statement for each costs half as much again."""
    whole = len(rows) - len(rows) % ROWS_A_STATEMENT
    flat = chain.from_iterable(rows[:whole])
    parameters = iter(lambda: tuple(islice(flat, ROWS_A_STATEMENT * len(names))), ())
    marks = ", ".join([f"({_marks(names)})"] * ROWS_A_STATEMENT)
    # The check is told once and reckoned for each row: told a hundred times it costs half as much again.
    columns, values = _checked(connection, table, {name: f"column{at}" for at, name in enumerate(names, 1)})
    connection.executemany(f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM (VALUES {marks})', parameters)
    insert(connection, table, names, rows[whole:])


def change(connection: sqlite3.Connection, table: str, row: int, values: Mapping[str, Value]) -> None:
    """Write other values into some columns of a row."""
    marks = {name: f"?{at}" for at, name in enumerate(values, 2)}
    standing = {name: f'"{name}"' for name in row_check.hashed(connection, table)}
    if check := row_check.of_values(connection, table, {**standing, **marks}):
        marks[content.ROW_CHECK] = check
    assignments = ", ".join(f'"{name}" = {value}' for name, value in marks.items())
    connection.execute(f'UPDATE "{table}" SET {assignments} WHERE id = ?1', (row, *values.values()))


def delete(connection: sqlite3.Connection, table: str, first: int, last: int) -> None:
    """Take away the rows from id `first` to id `last`."""
    connection.execute(f'DELETE FROM "{table}" WHERE id BETWEEN ? AND ?', (first, last))


def delete_all(connection: sqlite3.Connection, table: str) -> None:
    """Take away all rows: SQLite gives their pages up together, where no trigger asks for each."""
    connection.execute(f'DELETE FROM "{table}"')


def restore(connection: sqlite3.Connection, table: str, row: Mapping[str, Value]) -> None:
    """Make a row what it was, all columns, whether it is there or not."""
    names = row_check.hashed(connection, table)
    columns, values = _checked(connection, table, {name: f"?{at}" for at, name in enumerate(names, 1)})
    set_all = ", ".join(f"{name} = excluded.{name}" for name in columns.split(", "))
    connection.execute(
        f'INSERT INTO "{table}" ({columns}) VALUES ({values}) ON CONFLICT (id) DO UPDATE SET {set_all}',
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


def _checked(connection: sqlite3.Connection, table: str, given: Mapping[str, str]) -> tuple[str, str]:
    """The columns of a row to be written and SQL for their values: those given and, where a table has it, the check."""
    check = row_check.of_values(connection, table, given)
    told = given if check is None else {**given, content.ROW_CHECK: check}
    return quoted(told), ", ".join(told.values())


def _marks(names: Sequence[str]) -> str:
    return ", ".join("?" * len(names))
