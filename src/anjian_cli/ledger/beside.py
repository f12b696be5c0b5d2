"""What stands beside the records and no figure rests on, held against the log and the records: the ids given out, the
operation that a locked month ends with. Of numbers, titles and totals `held` tells."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from anjian_cli.errors import Fault
from anjian_cli.ledger import roots


def faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Everything in it that is not as it has to be (E712-E714)."""
    yield from _ids(connection)
    yield from _heads(connection)


def _ids(connection: sqlite3.Connection) -> Iterator[Fault]:
    """An id that could be given out a second time, and an operation that was given one and is not there."""
    given = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    noted = dict(connection.execute("SELECT table_name, max(last_id) FROM change GROUP BY table_name").fetchall())
    for table in (*roots.catalogue(connection), "operation"):
        (last,) = connection.execute(f'SELECT COALESCE(max(id), 0) FROM "{table}"').fetchone()
        last = max(last, noted.get(table, 0))
        if given.get(table, 0) < last:
            yield Fault("E712", {"table": table, "given": given.get(table, 0), "last": last})
    # One that is given up takes its id back with it, and none is ever deleted: so the log's end is where it stands.
    if given.get("operation", 0) > last:
        yield Fault("E714", {"given": given["operation"], "last": last})


def _heads(connection: sqlite3.Connection) -> Iterator[Fault]:
    """A locked month that does not end with the operation it says."""
    for month, head in connection.execute(
        "SELECT m.month, m.head FROM issued_month m LEFT JOIN operation o ON o.id = m.head"
        " WHERE m.head_hash IS NOT COALESCE(o.hash, '')"
    ).fetchall():
        yield Fault("E713", {"month": month, "operation": head})
