"""The one inverse: undo on the ledger, and the ledger as of an operation on a copy."""

from __future__ import annotations

import sqlite3

from anjian_cli.errors import refused
from anjian_cli.ledger import content, roots, write
from anjian_cli.ledger.write import Gate

# Issued figures have left the house; they are corrected, not taken back.
IRREVERSIBLE = frozenset({"month issue"})


def copy(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The ledger in memory, free to be taken apart."""
    other = sqlite3.connect(":memory:", isolation_level=None)
    (only_reads,) = connection.execute("PRAGMA query_only").fetchone()
    if connection.in_transaction and not only_reads:
        # A backup of a connection that is writing would wait for itself for ever. One that only reads may be in a
        # transaction: the backup is of its moment, and takes a quarter of the time.
        other.deserialize(connection.serialize())
    else:
        connection.backup(other)
    other.row_factory = sqlite3.Row
    other.execute("PRAGMA foreign_keys = OFF")
    return other


def as_of(connection: sqlite3.Connection, operation: int) -> sqlite3.Connection:
    """A copy as the ledger was after `operation` (0: before the first). Its history is still whole."""
    other = copy(connection)
    go_back(other, operation)
    return other


def go_back(taken: sqlite3.Connection, operation: int) -> None:
    """Make a copy of the ledger what it was after `operation`. Its history is still whole."""
    taken.execute("BEGIN")
    for (later,) in taken.execute("SELECT id FROM operation WHERE id > ? ORDER BY id DESC", (operation,)).fetchall():
        write.put_back(taken, later)
    write.rebuild_sums(taken)
    taken.execute("COMMIT")


def undo(gate: Gate, operation: int) -> str:
    """Undo one operation as part of `gate`; returns the command that is undone.

    Refused where a later operation touched one of its records (E431) or what it did cannot be taken back (E433);
    E434 if there is no such operation. That later records still refer to its rows shows at the commit (E432).
    """
    connection = gate.connection
    found = connection.execute("SELECT command FROM operation WHERE id = ?", (operation,)).fetchone()
    if found is None:
        raise refused("E434", operation=operation)
    if found["command"] in IRREVERSIBLE:
        raise refused("E433", operation=operation, why="已印发的通报不能收回", remedy="数字有误的，更正后列入下期通报")
    later = _later(connection, operation)
    if later is not None:
        raise refused("E431", operation=operation, later=later)
    gate.undoes = operation
    try:
        gate.take_back(operation)
    except sqlite3.IntegrityError as error:
        # A later record bears the code, or begins on the day, that would come back.
        raise refused("E432", operation=operation) from error
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None or _refers_to_voided(connection):
        raise refused("E432", operation=operation)
    return str(found["command"])


def _refers_to_voided(connection: sqlite3.Connection) -> bool:
    """Whether a record in force refers to a voided one of another root: either may have been brought back."""
    tables = roots.catalogue(connection)
    can_be_void = {name for name in tables if "voided_on" in content.stored_columns(connection, name)}
    for table, (root, _) in tables.items():
        for key in connection.execute("SELECT * FROM pragma_foreign_key_list(?)", (table,)).fetchall():
            parent = key["table"]
            if parent not in can_be_void or parent == root:
                continue
            in_force = "AND c.voided_on IS NULL" if table in can_be_void else ""
            found = connection.execute(
                f'SELECT 1 FROM "{parent}" p JOIN "{table}" c ON c."{key["from"]}" = p."{key["to"] or "id"}"'
                f" WHERE p.voided_on IS NOT NULL {in_force} LIMIT 1"
            ).fetchone()
            if found is not None:
                return True
    return False


def _later(connection: sqlite3.Connection, operation: int) -> int | None:
    """The first later operation that touched one of the same roots and still has an effect.

    An operation and its undo cancel out, so several steps can be undone one after the other.
    """
    undone: dict[int, int] = {}  # operation -> the undo of it that still holds
    for entry in connection.execute("SELECT id, undoes FROM operation WHERE undoes IS NOT NULL ORDER BY id DESC"):
        if entry["id"] not in undone:
            undone[entry["undoes"]] = entry["id"]
    cancelled = {both for pair in undone.items() if pair[0] > operation for both in pair}
    for (later,) in connection.execute(
        "SELECT DISTINCT b.operation FROM operation_root a JOIN operation_root b ON b.root = a.root"
        " AND b.first_id <= a.last_id AND b.last_id >= a.first_id AND b.operation > a.operation"
        " WHERE a.operation = ? ORDER BY 1",
        (operation,),
    ):
        if later not in cancelled:
            return int(later)
    return None
