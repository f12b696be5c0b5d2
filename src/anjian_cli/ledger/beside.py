"""What stands beside the records, held against the log and the records: the ids given out, the operation that a locked
month ends with, its figures against its bulletin. Of numbers, titles and totals `held` tells."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from anjian_cli.errors import Fault
from anjian_cli.ledger import roots


def faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Everything in it that is not as it has to be (E712-E715)."""
    yield from _ids(connection)
    yield from _heads(connection)
    yield from _cells(connection)


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


def _cells(connection: sqlite3.Connection) -> Iterator[Fault]:
    """A figure of a locked month that is another in the bulletin it was printed from: the two are written together, and
    one is what later months are reckoned with, the other what is printed again."""
    for row, month, bulletin in connection.execute("SELECT id, month, bulletin FROM issued_month").fetchall():
        kept = {
            (indicator, town): figures
            for indicator, town, *figures in connection.execute(
                "SELECT indicator, town_code, done, this_month, target, rank FROM month_cell WHERE issued_month_id = ?",
                (row,),
            )
        }
        try:
            printed = dict(_printed(json.loads(bulletin)))
        except (ValueError, TypeError, KeyError):  # it is no bulletin any more
            yield Fault("E715", {"month": month, "indicator": "整份", "town": ""})
            continue
        for indicator, town in sorted(kept.keys() | printed.keys()):
            if kept.get((indicator, town)) != printed.get((indicator, town)):
                yield Fault("E715", {"month": month, "indicator": indicator, "town": town})


def _printed(bulletin: dict[str, Any]) -> Iterator[tuple[tuple[str, str], list[int | None]]]:
    """The figures that a bulletin has of towns (and, '', of none), as far as there is something to keep of them."""
    for category in bulletin["categories"]:
        for table in category["indicators"]:
            for cell in (*table["cells"], *([table["other"]] if table["other"] else [])):
                asked = cell["target"] if cell.get("control") is None else cell["control"]
                if cell["done"] is not None and (cell["done"] or asked):
                    yield (table["id"], cell["town"]), [cell["done"], cell["this_month"], asked, cell["rank"]]
