"""The check that a record's row carries, so that damage to it shows: the CRC-32 of its other columns as JSON.

It tells a disk that lies from a ledger as the gate left it, not a forger, whom the chain tells. It is reckoned by SQL
where the row is written or read, and is no field of the record: no form, listing, journal or chain has it.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Mapping, Sequence

from anjian_cli.ledger import content

LOG = {"operation": "id", "change": "operation", "source_row": "operation", "operation_root": "operation"}
"""The tables of the log, whose rows carry no check of their own, each with the column of the operation's number."""

BESIDE = ("number_sequence", "column_title")
"""Tables that are neither records nor log; their rows carry none either."""

Columns = Mapping[str, tuple[str, str]]
"""The stored columns of a table by name: the type of each, and what SQL has for it where nothing is given."""

_known: dict[tuple[int, str], Columns] = {}  # by version and table: opening holds that a version has no others


def install(connection: sqlite3.Connection) -> None:
    """Teach a connection the function by which checks are reckoned."""
    connection.create_function("crc32", 1, zlib.crc32, deterministic=True)


def hashed(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The stored columns of a table without the check: as `content.stored_columns`, asked of the file only once."""
    return tuple(name for name in _columns(connection, table) if name != content.ROW_CHECK)


def of_values(connection: sqlite3.Connection, table: str, given: Mapping[str, str]) -> str | None:
    """SQL for the check of a row in the making: `given` has SQL for the columns that are given. None where a table's
    rows have no check: in a ledger of an older version."""
    columns = _columns(connection, table)
    if content.ROW_CHECK not in columns:
        return None
    # What is given is stored as the type of its column, and the check is of what is stored.
    return _check(
        [
            f"CAST({given[name]} AS {kind})" if name in given else default
            for name, (kind, default) in columns.items()
            if name != content.ROW_CHECK
        ]
    )


def of_row(connection: sqlite3.Connection, table: str) -> str:
    """SQL for the check of a row as it stands in a table; of LOG and BESIDE too, whose rows carry none."""
    return _check([f'"{name}"' for name in hashed(connection, table)])


def _check(values: Sequence[str]) -> str:
    return f"crc32(CAST(json_array({', '.join(values)}) AS BLOB))"


def _columns(connection: sqlite3.Connection, table: str) -> Columns:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if (version, table) not in _known:
        found = connection.execute("SELECT name, type, dflt_value FROM pragma_table_info(?) ORDER BY name", (table,))
        _known[version, table] = {name: (kind, default or "NULL") for name, kind, default in found}
    return _known[version, table]
