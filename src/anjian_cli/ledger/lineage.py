"""Which ledger a file is, how far its operations reach, and where those of two files part."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from anjian_cli.ledger import history
from anjian_cli.ledger.open import version
from anjian_cli.ledger.witness import ledger_id
from anjian_cli.records import definition


class Lineage(NamedTuple):
    """`ledger_id` is '' in a ledger of version 1, which had none; `first` and `head` are the hashes of the first and
    the last operation, '' where there is none; `operations` is how many there are, `at` when the last was recorded
    (UTC)."""

    ledger_id: str
    first: str
    head: str
    operations: int
    at: str
    version: int


def lineage(connection: sqlite3.Connection) -> Lineage:
    """The lineage of a ledger of any version."""
    told = connection.execute("SELECT hash, at FROM operation ORDER BY id").fetchall()
    first, last = (told[0], told[-1]) if told else (("", ""), ("", ""))
    return Lineage(ledger_id(connection), str(first[0]), str(last[0]), len(told), str(last[1]), version(connection))


def heads(connection: sqlite3.Connection) -> list[str]:
    """The hashes of a ledger's operations, the oldest first: each was its head once."""
    return [str(row[0]) for row in connection.execute("SELECT hash FROM operation ORDER BY id")]


def is_same(one: Lineage, other: Lineage) -> bool:
    """Whether two files are of one ledger: by its id, and by the first operation where a file is from before the id."""
    if one.ledger_id and other.ledger_id:
        return one.ledger_id == other.ledger_id
    return one.first == other.first


def only_in(connection: sqlite3.Connection, other: sqlite3.Connection) -> list[sqlite3.Row]:
    """The operations that a ledger has and another file of it has not, as `history.operations` has them, oldest first.
    Each hash holds all that came before it: behind the last one in common nothing is the same."""
    theirs = dict(other.execute("SELECT id, hash FROM operation").fetchall())
    ours = connection.execute("SELECT id, hash FROM operation ORDER BY id").fetchall()
    common = max((row[0] for row in ours if theirs.get(row[0]) == row[1]), default=0)
    return history.operations_after(connection, common)


def records(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """How many records of each type a ledger holds, voided ones too: (title, count), without those it has none of."""
    kinds = {record.name for record in definition.all_records()}  # some stand below their enterprise, as contracts do
    tables = connection.execute("SELECT name, title, name = root FROM record_table ORDER BY name").fetchall()
    types = [(name, title) for name, title, is_root in tables if is_root or name in kinds]
    counted = [(title, connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name, title in types]
    return [(title, count) for title, count in counted if count]
