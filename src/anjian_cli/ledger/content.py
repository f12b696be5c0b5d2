"""What the hash chain is made of: rows as canonical JSON (sorted keys, no nulls, no generated columns)."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence

from anjian_cli.ledger.spans import merged

Value = str | int | float | None
Row = dict[str, Value]
Change = tuple[str, int, int, str | None]
"""Rows first..last of a table: inserted (None), or as they were before (canonical JSON)."""

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def stored_columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table that are stored, not generated, by name."""
    found = connection.execute("SELECT name FROM pragma_table_info(?) ORDER BY name", (table,))
    return tuple(name for (name,) in found)


def canonical(value: Mapping[str, Value] | list[Row]) -> str:
    """Canonical JSON of a row, an operation or a list of rows."""
    if isinstance(value, list):
        return _encode([_without_nulls(row) for row in value])
    return _encode(_without_nulls(value))


def _without_nulls(row: Mapping[str, Value]) -> Row:
    return {key: value for key, value in row.items() if value is not None}


def digest(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    """SHA-256 of the changes, and of the rows they speak of as they stand now. A row that is not there contributes
    nothing."""
    sha = hashlib.sha256()
    for change in changes:
        sha.update(f"{_encode(change)}\n".encode())
    spans = [(table, first, last) for table, first, last, _ in changes]
    columns: dict[str, tuple[str, ...]] = {}
    for table, first, last in merged(spans):
        names = columns.setdefault(table, stored_columns(connection, table))
        sha.update(f"{table} {first} {last}\n".encode())
        cursor = connection.cursor()
        cursor.row_factory = None
        quoted = ", ".join(f'"{name}"' for name in names)
        rows = cursor.execute(f'SELECT {quoted} FROM "{table}" WHERE id BETWEEN ? AND ? ORDER BY id', (first, last))
        while batch := rows.fetchmany(1000):
            lines = [_encode({k: v for k, v in zip(names, row, strict=True) if v is not None}) for row in batch]
            sha.update(("\n".join(lines) + "\n").encode())
    return sha.hexdigest()


def link(previous: str, operation: Mapping[str, Value], content: str) -> str:
    """The operation's hash: SHA-256 of the previous hash, the operation and its content."""
    return hashlib.sha256(f"{previous}\n{canonical(operation)}\n{content}".encode()).hexdigest()
