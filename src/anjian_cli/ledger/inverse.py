"""The one inverse: undo on the ledger, and the ledger as of an operation on a copy."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from anjian_cli.errors import refused
from anjian_cli.ledger import content, rewind, roots, row_check, row_totals, schema, sums, versions
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.history import CLOCK_RIGHT, UPGRADE, standing_undoes, written
from anjian_cli.ledger.open import result_code
from anjian_cli.ledger.spans import Span, meet, merged

T = TypeVar("T")

IRREVERSIBLE = {
    # Issued figures have left the house; to take them back is a step of its own, which leaves them readable.
    "month issue": (
        "印发不能撤销",
        "要收回重发的，请撤回：anjian 月份 撤回 --原因 …；只是数字有误的，更正后列入下期通报",
    ),
    UPGRADE: ("台账已是新版的", "旧版的台账还留在旁边"),
}


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
    row_check.install(other)
    return other


@contextmanager
def copy_in_file(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """As `copy`, in a file for its owner alone that is gone afterwards: a large ledger held in memory would take all
    of it. Raises OSError."""
    path.unlink(missing_ok=True)  # of a run that was killed
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            try:
                connection.backup(other)
            except sqlite3.OperationalError as error:
                if result_code(error) == sqlite3.SQLITE_FULL:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
                raise
            other.row_factory = sqlite3.Row
            row_check.install(other)
            for setting in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
                other.execute(f"PRAGMA {setting}")
            yield other
    finally:
        path.unlink()


def as_of(connection: sqlite3.Connection, operation: int) -> sqlite3.Connection:
    """A copy as the ledger was after `operation` (0: before the first), as the program of now would have it: what
    follows by a rule that came later is there, too. Its history is still whole."""
    other = copy(connection)
    go_back(other, operation)
    return other


def each_as_of(connection: sqlite3.Connection, operations: Iterable[int]) -> Iterator[tuple[int, sqlite3.Connection]]:
    """As `as_of` for several operations, the newest first; each copy lasts until the next."""
    with closing(copy(connection)) as going_back:
        reached = None
        for operation in sorted(operations, reverse=True):
            _put_back(going_back, operation, reached)
            reached = operation
            with closing(copy(going_back)) as other:
                _speak_as_now(other, operation)
                yield operation, other


def after_and_before(
    connection: sqlite3.Connection, operation: int, read: Callable[[sqlite3.Connection], T]
) -> tuple[T, T]:
    """What `read` finds in the ledger as it was after an operation, and as it was before. Sums, and what follows by
    later rules, are as they happen to be. Raises `Refused` E434."""
    if connection.execute("SELECT 1 FROM operation WHERE id = ?", (operation,)).fetchone() is None:
        raise refused("E434", operation=operation)
    with closing(copy(connection)) as taken:
        _put_back(taken, operation, None)
        after = read(taken)
        _put_back(taken, operation - 1, operation)
        return after, read(taken)


def touched(connection: sqlite3.Connection, operation: int) -> list[Span]:
    """The rows that an operation changed, and the roots they belong to, as the ledger stands now."""
    return _touched(connection, roots.catalogue(connection), operation)


def go_back(taken: sqlite3.Connection, operation: int) -> None:
    """Make a copy of the ledger what it was after `operation`, as `as_of` does. Its history is still whole."""
    _put_back(taken, operation, None)
    _speak_as_now(taken, operation)


def _put_back(taken: sqlite3.Connection, operation: int, reached: int | None) -> None:
    """Put back, on a copy, what came after `operation`: all, or what is left of it up to `reached`."""
    taken.execute("BEGIN")
    later = taken.execute(
        "SELECT id FROM operation WHERE id > ?1 AND (?2 IS NULL OR id <= ?2) ORDER BY id DESC", (operation, reached)
    )
    for (each,) in later.fetchall():
        rewind.put_back(taken, each)
    taken.execute("COMMIT")


def _speak_as_now(taken: sqlite3.Connection, operation: int) -> None:
    """Let a copy that was put back have what follows by rules that came later, and sums."""
    taken.execute("BEGIN")
    (written_under,) = taken.execute(
        "SELECT COALESCE((SELECT COALESCE(version, 1) FROM operation WHERE id <= ? ORDER BY id DESC LIMIT 1), ?)",
        (operation, schema.VERSION),
    ).fetchone()
    if tables := versions.settled_since(written_under):
        Gate(taken, "", "", "", "").settle(tables)
    sums.rebuild_sums(taken)
    row_totals.rebuild(taken)
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
    if (command := found["command"].removesuffix(CLOCK_RIGHT)) in IRREVERSIBLE:
        why, remedy = IRREVERSIBLE[command]
        raise refused("E433", operation=operation, why=why, remedy=remedy)
    if not written(connection, operation):
        raise refused("E433", operation=operation, why="它没有改动台账", remedy="导出的文件收不回来，请找到它并删除")
    if (by := standing_undoes(connection).get(operation)) is not None:
        raise refused("E433", operation=operation, why=f"操作{by}已经撤销了它", remedy=f"要恢复它，请撤销操作{by}")
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
            if parent not in can_be_void or tables[parent][0] == root:
                continue  # within a root its rules hold; a diagnosis may stand on an enrolment that is void
            in_force = "AND c.voided_on IS NULL" if table in can_be_void else ""
            found = connection.execute(
                f'SELECT 1 FROM "{parent}" p JOIN "{table}" c ON c."{key["from"]}" = p."{key["to"] or "id"}"'
                f" WHERE p.voided_on IS NOT NULL {in_force} LIMIT 1"
            ).fetchone()
            if found is not None:
                return True
    return False


def _later(connection: sqlite3.Connection, operation: int) -> int | None:
    """The first later operation that touched one of the same records and still has an effect.

    An operation and its undo cancel out, so several steps can be undone one after the other; an upgrade stands in
    nobody's way, since what it filled follows by rule. What an operation touched is read from its changes, which the
    chain vouches for; `operation_root` is bookkeeping.
    """
    cancelled = {both for pair in standing_undoes(connection).items() if pair[0] > operation for both in pair}
    tables = roots.catalogue(connection)
    ours = _touched(connection, tables, operation)
    later = connection.execute(
        "SELECT DISTINCT c.operation FROM change c JOIN operation o ON o.id = c.operation"
        " WHERE c.operation > ? AND o.command <> ? ORDER BY 1",
        (operation, UPGRADE),
    ).fetchall()
    for (each,) in later:
        if each not in cancelled and meet(ours, _touched(connection, tables, each)):
            return int(each)
    return None


def _touched(connection: sqlite3.Connection, tables: roots.Catalogue, operation: int) -> list[Span]:
    """The rows that an operation changed, and the roots that they belonged to before or belong to now. Of a row that
    it made and that is gone since, the row alone: its root stands in what took it away."""
    found: list[Span] = []
    changes = connection.execute(
        "SELECT table_name, first_id, last_id, before FROM change WHERE operation = ?", (operation,)
    )
    for table, first, last, before in changes.fetchall():
        root, column = tables[table]
        if before is None:
            which, values = "id BETWEEN ? AND ?", [first, last]
            found.append((table, first, last))
        else:
            rows = json.loads(before)
            which, values = f"id IN ({', '.join('?' * len(rows))})", [row["id"] for row in rows]
            found += [(table, row["id"], row["id"]) for row in rows]
            found += [(root, row[column], row[column]) for row in rows]
        if column != "id":
            standing = connection.execute(f'SELECT DISTINCT "{column}" FROM "{table}" WHERE {which}', values)
            found += [(root, each, each) for (each,) in standing.fetchall()]
    return merged(found)
