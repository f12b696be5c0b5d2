"""What was done: the list of operations, and the operations that touched one record."""

from __future__ import annotations

import json
import sqlite3

END_OF_DAY = "T16:00:00Z"
"""Midnight in Beijing, whose time all of China keeps, in UTC."""

CLOCK_RIGHT = " --clock-right"
"""What stands behind a command in the log that put right a clock which was wrong at the operation before it."""

CORRECTION = " --correct --why "
"""What stands behind an edit in the log that mended what was entered wrongly, before the reason."""

UPGRADE = "upgrade"
"""What the log calls the operation that made a ledger one of a newer version. Nobody's facts are in it."""


_ROWS = "iif(json_valid(before), json_array_length(before), last_id - first_id + 1)"
"""SQL for how many rows a change speaks of: those that are kept as they were need not stand side by side."""
_UNDONE_BY = "json_extract(?1, '$.\"' || o.id || '\"') AS undone_by"
"""SQL for the undo of an operation that stands, given what `_undone` tells."""
_OPERATION = (
    "SELECT o.id, o.at, o.actor, o.command, o.undoes, o.source_file, o.source_sha256, substr(o.hash, 1, 8) AS hash,"
    f" (SELECT sum({_ROWS}) FROM change c WHERE c.operation = o.id) AS rows, {_UNDONE_BY} FROM operation o"
)


def operations(connection: sqlite3.Connection, limit: int) -> list[sqlite3.Row]:
    """The newest operations, newest first, with the number of rows each touched and by which operation it is undone."""
    return connection.execute(f"{_OPERATION} ORDER BY o.id DESC LIMIT ?2", (_undone(connection), limit)).fetchall()


def operations_after(connection: sqlite3.Connection, number: int) -> list[sqlite3.Row]:
    """The operations after one (0: all), oldest first, as `operations` has them."""
    return connection.execute(f"{_OPERATION} WHERE o.id > ?2 ORDER BY o.id", (_undone(connection), number)).fetchall()


def operation(connection: sqlite3.Connection, number: int) -> sqlite3.Row:
    """One operation, as `operations` has it. Raises LookupError."""
    found: sqlite3.Row | None = connection.execute(
        f"{_OPERATION} WHERE o.id = ?2", (_undone(connection), number)
    ).fetchone()
    if found is None:
        raise LookupError(number)
    return found


def written(connection: sqlite3.Connection, operation: int) -> dict[str, int]:
    """By table, how many rows an operation wrote, changed or took away."""
    found = connection.execute(
        f"SELECT table_name, sum({_ROWS}) FROM change WHERE operation = ? GROUP BY table_name", (operation,)
    )
    return {str(row[0]): int(row[1]) for row in found}


def rows_written(connection: sqlite3.Connection, operation: int) -> int:
    """How many rows an operation wrote, changed or took away."""
    return sum(written(connection, operation).values())


def extent(connection: sqlite3.Connection) -> tuple[int, str]:
    """How many operations there are, and the ledger's fingerprint: eight digits of the last one's hash, '' for none."""
    (number,) = connection.execute("SELECT count(*) FROM operation").fetchone()
    last = connection.execute("SELECT substr(hash, 1, 8) FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    return int(number), str(last[0]) if last else ""


def of_root(connection: sqlite3.Connection, root: str, root_id: int) -> list[sqlite3.Row]:
    """The operations that touched one root, or what belongs to it, oldest first."""
    return connection.execute(
        "SELECT o.id, o.at, o.actor, o.command, o.undoes, o.source_file, o.source_sha256 FROM operation_root r"
        " JOIN operation o ON o.id = r.operation"
        " WHERE r.root = ? AND r.first_id <= ? AND r.last_id >= ? ORDER BY o.id",
        (root, root_id, root_id),
    ).fetchall()


def of_record(connection: sqlite3.Connection, table: str, row_id: int) -> list[sqlite3.Row]:
    """The operations that touched one record, oldest first: of one that belongs to a root beside others (a firm's
    visits, contracts, tests) those that touched its own row."""
    root, root_id = root_of(connection, table, row_id)
    steps = of_root(connection, root, root_id)
    if root == table:
        return steps
    own = connection.execute(
        "SELECT c.operation FROM operation_root r JOIN change c ON c.operation = r.operation AND c.table_name = ?1"
        " AND c.first_id <= ?2 AND c.last_id >= ?2 WHERE r.root = ?3 AND r.first_id <= ?4 AND r.last_id >= ?4",
        (table, row_id, root, root_id),
    )
    operations = {operation for (operation,) in own}
    return [step for step in steps if step["id"] in operations]


def origins(connection: sqlite3.Connection, table: str, row_id: int) -> dict[int, tuple[str, int]]:
    """By operation, on which line of its file a record stood: (sheet, '' for a text file; line)."""
    found = connection.execute(
        "SELECT operation, sheet, first_row + ?2 - first_id FROM source_row"
        " WHERE table_name = ?1 AND first_id <= ?2 AND last_id >= ?2",
        (table, row_id),
    )
    return {operation: (sheet, line) for operation, sheet, line in found}


def imports(connection: sqlite3.Connection, limit: int) -> list[sqlite3.Row]:
    """The newest operations that took in a file, newest first: when, who, file and SHA-256, how many records of each
    type were new or changed, and by which operation it is undone."""
    return connection.execute(
        "SELECT o.id, o.at, o.actor, o.source_file, o.source_sha256,"
        " (SELECT group_concat(t.title || s.rows, '、') FROM record_table t JOIN ("
        "   SELECT table_name, sum(last_id - first_id + 1) AS rows FROM source_row"
        "   WHERE operation = o.id GROUP BY table_name) s ON s.table_name = t.name) AS records,"
        f" {_UNDONE_BY} FROM operation o WHERE o.source_file IS NOT NULL ORDER BY o.id DESC LIMIT ?2",
        (_undone(connection), limit),
    ).fetchall()


def standing_undoes(connection: sqlite3.Connection) -> dict[int, int]:
    """Operations that are undone, and the undo of each that still holds, read from what undoes what."""
    undone: dict[int, int] = {}
    for entry in connection.execute("SELECT id, undoes FROM operation WHERE undoes IS NOT NULL ORDER BY id DESC"):
        if entry["id"] not in undone:
            undone[entry["undoes"]] = entry["id"]
    return undone


def _undone(connection: sqlite3.Connection) -> str:
    """As `standing_undoes`, as JSON."""
    return json.dumps(standing_undoes(connection))


def last(connection: sqlite3.Connection) -> tuple[int, str]:
    """The last operation and when it was recorded (UTC); (0, '') for none."""
    found = connection.execute("SELECT id, at FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    return (int(found[0]), str(found[1])) if found else (0, "")


def last_before(connection: sqlite3.Connection, moment: str) -> int:
    """The last operation that was known before a moment (UTC, YYYY-MM-DDTHH:MM:SSZ); 0 for none. Operations are known
    in their order: one recorded with an earlier time than one before it (a clock put right) is known when that one
    is, not before."""
    (last,) = connection.execute(
        "SELECT COALESCE((SELECT min(id) - 1 FROM operation WHERE at >= ?), (SELECT max(id) FROM operation), 0)",
        (moment,),
    ).fetchone()
    return int(last)


def last_standing(connection: sqlite3.Connection) -> int | None:
    """The newest operation that is neither an undo nor undone nor an upgrade, and changed something: what `undo` means
    without a number."""
    undone: set[int] = set()
    found = connection.execute(
        "SELECT id, undoes, command, EXISTS (SELECT 1 FROM change c WHERE c.operation = o.id) AS acted"
        " FROM operation o ORDER BY id DESC"
    )
    for row in found:
        if row["id"] in undone or row["command"] == UPGRADE or not row["acted"]:
            continue
        if row["undoes"] is None:
            return int(row["id"])
        undone.add(row["undoes"])
    return None


def root_of(connection: sqlite3.Connection, table: str, row_id: int) -> tuple[str, int]:
    """The root a row belongs to: (root table, root id). Raises LookupError."""
    root, column = connection.execute("SELECT root, root_column FROM record_table WHERE name = ?", (table,)).fetchone()
    found = connection.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row_id,)).fetchone()
    if found is None:
        raise LookupError(f"{table} {row_id}")
    return str(root), int(found[0])
