"""What the hash chain is made of: rows as canonical JSON (sorted keys, no generated columns).

Rows are hashed in blocks of their ids, column by column: a million of them cost a tenth of what row by row costs, and
a block that was hashed as it was written is not read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    columns_of: Callable[[str], tuple[str, ...]] | None = None,
) -> str:
    """SHA-256 of the changes and origins, and of the rows they speak of as they stand now, block by block. A row that
    is not there contributes nothing. `known` has the hashes of blocks that need not be read again. `columns_of` gives
    the columns of a table that are hashed: those of the version that the operation was written under (all of now)."""
    told = [f"{_encode(line)}\n" for line in (*changes, *sorted(origins))]
    columns: dict[str, tuple[str, ...]] = {}
    for span in merged((table, first, last) for table, first, last, _ in changes):
        table = span[0]
        if table not in columns:
            columns[table] = columns_of(table) if columns_of else stored_columns(connection, table)
        for block in blocks(*span):
            found = known.get(block) or _read_block(connection, block, columns[table])
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


def link(previous: str, operation: Mapping[str, Value], content: str) -> str:
    """The operation's hash: SHA-256 of the previous hash, the operation and its content."""
    return sha256(f"{previous}\n{canonical(operation)}\n{content}")
