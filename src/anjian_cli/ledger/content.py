"""What the hash chain is made of: rows as canonical JSON (sorted keys, no generated columns).

Rows are hashed in blocks of their ids, column by column: a million of them cost a tenth of what row by row costs, and
a block that was hashed as it was written is not read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from types import MappingProxyType

from anjian_cli.ledger.fingerprint import sha256
from anjian_cli.ledger.spans import Span, merged

Value = str | int | float | None
Row = dict[str, Value]
Change = tuple[str, int, int, str | None]
"""Rows first..last of a table: inserted (None), or as they were before (canonical JSON)."""
Origin = tuple[str, int, int, str, int]
"""Rows first..last of a table came from the lines of a sheet: its name ('' for a text file), the line of the first."""

BLOCK = 1000
ROW_CHECK = "row_check"
"""The column of every record's table that is no fact: what its row is held against (`ledger/row_check.py`)."""
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def stored_columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table that are stored, not generated, by name; without the check that a row carries."""
    found = connection.execute("SELECT name FROM pragma_table_info(?) ORDER BY name", (table,))
    return tuple(name for (name,) in found if name != ROW_CHECK)


def row_id(row: Mapping[str, Value]) -> int:
    """The id of a row."""
    return int(str(row["id"]))


def canonical(value: Mapping[str, Value] | list[Row]) -> str:
    """Canonical JSON of a row, an operation or a list of rows."""
    if isinstance(value, list):
        return _encode([_without_nulls(row) for row in value])
    return _encode(_without_nulls(value))


def _without_nulls(row: Mapping[str, Value]) -> Row:
    return {key: value for key, value in row.items() if value is not None}


def digest(
    connection: sqlite3.Connection,
    changes: Sequence[Change],
    origins: Sequence[Origin],
    known: Mapping[Span, str] = MappingProxyType({}),
) -> str:
    """SHA-256 of the changes and origins, and of the rows they speak of as they stand now, block by block. A row that
    is not there contributes nothing. `known` has the hashes of blocks that need not be read again."""
    return _digest(changes, origins, partial(stored_columns, connection), partial(_read_block, connection), known)


def hashes_to(
    connection: sqlite3.Connection,
    recorded: str,
    changes: Sequence[Change],
    origins: Sequence[Origin],
    columns_of: Callable[[str], tuple[str, ...]],
) -> bool:
    """Whether the `digest` of changes, origins and rows is what was recorded. `columns_of` gives the columns of a table
    that are hashed: those of the version that the operation was written under.

    SQLite writes the same JSON of texts and whole numbers, in a third of the time. Where its hash is the one recorded
    the rows are those that were hashed; where it is not, what Python writes of them decides."""
    with suppress(sqlite3.Error):  # what is neither text nor number; it is told where Python reads it
        if _digest(changes, origins, columns_of, partial(_block_by_sql, connection)) == recorded:
            return True
    return _digest(changes, origins, columns_of, partial(_read_block, connection)) == recorded


def _digest(
    changes: Sequence[Change],
    origins: Sequence[Origin],
    columns_of: Callable[[str], tuple[str, ...]],
    hash_of: Callable[[Span, Sequence[str]], str],
    known: Mapping[Span, str] = MappingProxyType({}),
) -> str:
    told = [f"{_encode(line)}\n" for line in (*changes, *sorted(origins))]
    columns: dict[str, tuple[str, ...]] = {}
    for span in merged((table, first, last) for table, first, last, _ in changes):
        table = span[0]
        if table not in columns:
            columns[table] = columns_of(table)
        for block in blocks(*span):
            found = known.get(block) or hash_of(block, columns[table])
            told.append(f"{table} {block[1]} {block[2]} {found}\n")
    return sha256("".join(told))


def blocks(table: str, first: int, last: int) -> Iterator[Span]:
    """A range of rows cut at every multiple of `BLOCK`, so that its parts do not depend on where it begins."""
    while first <= last:
        end = min(last, (block_number(first) + 1) * BLOCK - 1)
        yield table, first, end
        first = end + 1


def block_number(row: int) -> int:
    """Which block a row's id lies in."""
    return row // BLOCK


def block_hash(columns: Mapping[str, Sequence[Value]]) -> str:
    """SHA-256 of rows given by column. A column with the same in every row tells it once; one in which nothing stands
    contributes nothing."""
    told: dict[str, Value | Sequence[Value]] = {}
    for name, values in columns.items():
        if values and values.count(values[0]) < len(values):
            told[name] = values
        elif values and values[0] is not None:
            told[name] = values[0]
    return sha256(_encode(told))


def _read_block(connection: sqlite3.Connection, block: Span, names: Sequence[str]) -> str:
    table, first, last = block
    cursor = connection.cursor()
    cursor.row_factory = None
    quoted = ", ".join(f'"{name}"' for name in names)
    rows = cursor.execute(f'SELECT {quoted} FROM "{table}" WHERE id BETWEEN ? AND ? ORDER BY id', (first, last))
    return block_hash(dict(zip(names, zip(*rows.fetchall(), strict=True), strict=False)))


def _block_by_sql(connection: sqlite3.Connection, block: Span, names: Sequence[str]) -> str:
    """The same, where SQLite writes each column as JSON: no value of a row becomes one of Python's."""
    table, first, last = block
    columns = ", ".join(f'json_group_array("{name}")' for name in names)
    count, *texts = connection.execute(
        f'SELECT count(*), {columns} FROM "{table}" WHERE id BETWEEN ? AND ?', (first, last)
    ).fetchone()
    told = []
    for name, text in zip(names, texts, strict=True) if count else ():
        # As long as the first value so many times over: then it may be the same in every row.
        size, rest = divmod(len(text) - len("[]") - (count - 1), count)
        value = text[1 : 1 + size]
        if not rest and text == f"[{','.join([value] * count)}]":
            text = value
        if text != "null":
            told.append(f"{_encode(name)}:{text}")
    return sha256(f"{{{','.join(told)}}}")


def link(previous: str, operation: Mapping[str, Value], content: str) -> str:
    """The operation's hash: SHA-256 of the previous hash, the operation and its content."""
    return sha256(f"{previous}\n{canonical(operation)}\n{content}")
