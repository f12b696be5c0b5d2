"""Check a ledger: schema, integrity, references, chain, sums and rules. Reads only; works on a copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache

from anjian_cli.errors import Fault
from anjian_cli.ledger import content, inverse, roots, schema, write

# What the schema itself fills, and no operation changes.
DEFINITIONS = ("record_table", "category", "indicator")


def check(connection: sqlite3.Connection) -> list[Fault]:
    """Everything that is wrong with the ledger; empty when it is whole."""
    with closing(inverse.copy(connection)) as taken:
        return examine(taken)


def examine(taken: sqlite3.Connection) -> list[Fault]:
    """The same of a copy (`inverse.copy`), which is taken apart; its table of operations stays whole."""
    found = [*_integrity(taken), *_schema(taken)]
    if found:
        return found
    # From the newest operation back: does its content still hash to what was recorded, and its link?
    return [*_sums(taken), *_rules(taken), *_links(taken), *_contents(taken)]


def _integrity(connection: sqlite3.Connection) -> Iterator[Fault]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield Fault("E701", {"why": line})
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Fault("E702", {"table": table, "row": row, "parent": parent})


def _schema(connection: sqlite3.Connection) -> Iterator[Fault]:
    ours = _objects(connection)
    theirs, definitions = _intended()
    if ours == theirs:
        for table in DEFINITIONS:
            if _all_rows(connection, table) != definitions[table]:
                yield Fault("E703", {"name": table})
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) != theirs.get(name):
            yield Fault("E703", {"name": name})


@cache
def _intended() -> tuple[dict[str, str], dict[str, list[tuple[object, ...]]]]:
    """The objects and the definitions that the schema makes."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(schema.text())
        return _objects(fresh), {table: _all_rows(fresh, table) for table in DEFINITIONS}


def _all_rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY 1')]


def _objects(connection: sqlite3.Connection) -> dict[str, str]:
    return {
        name: sql
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        if not name.startswith("sqlite_") and "_sqlite_migrations" not in name
    }


def _sums(connection: sqlite3.Connection) -> Iterator[Fault]:
    days = {(day, indicator, town): (came, went) for day, indicator, town, came, went in write.counted(connection)}
    months: dict[tuple[str, str, str], tuple[int, int]] = {}
    for (day, indicator, town), (came, went) in days.items():
        was = months.get((day[:7], indicator, town), (0, 0))
        months[day[:7], indicator, town] = (was[0] + came, was[1] + went)
    months = {key: sums for key, sums in months.items() if sums != (0, 0)}
    for table, at, wanted in (("indicator_day", "day", days), ("indicator_month", "month", months)):
        kept = {
            (key, indicator, town): (came, went)
            for key, indicator, town, came, went in connection.execute(
                f"SELECT {at}, indicator, town_code, came, went FROM {table}"
            )
        }
        for key in sorted(kept.keys() | wanted.keys()):
            if kept.get(key) != wanted.get(key):
                yield Fault("E704", {"at": key[0], "indicator": key[1], "town": key[2]})


def _rules(connection: sqlite3.Connection) -> Iterator[Fault]:
    tables = roots.catalogue(connection)
    for root in sorted({root for root, _ in tables.values()}):
        (last,) = connection.execute(f'SELECT COALESCE(max(id), 0) FROM "{root}"').fetchone()
        for _, rows in roots.load(connection, tables, root, 1, last):
            yield from roots.faults(rows)


def _links(taken: sqlite3.Connection) -> Iterator[Fault]:
    entries = taken.execute(
        "SELECT id, at, actor, command, undoes, source_file, source_sha256, content, hash FROM operation ORDER BY id"
    ).fetchall()
    previous = ""
    for entry in entries:
        plain = {key: entry[key] for key in entry.keys() if key not in {"content", "hash"}}  # noqa: SIM118
        if content.link(previous, plain, entry["content"]) != entry["hash"]:
            yield Fault("E705", {"operation": entry["id"]})
        previous = entry["hash"]


def _contents(taken: sqlite3.Connection) -> Iterator[Fault]:
    """Put back one operation after the other. One whose content was altered ends it: what was before cannot be told."""
    tables = roots.catalogue(taken)
    taken.execute("BEGIN")
    for operation, recorded in taken.execute("SELECT id, content FROM operation ORDER BY id DESC").fetchall():
        changes = [
            tuple(row)
            for row in taken.execute(
                "SELECT table_name, first_id, last_id, before FROM change WHERE operation = ? ORDER BY seq",
                (operation,),
            )
        ]
        origins = [
            tuple(row)
            for row in taken.execute(
                "SELECT table_name, first_id, last_id, sheet, first_row FROM source_row WHERE operation = ?",
                (operation,),
            )
        ]
        known = all(table in tables for table, *_ in changes)
        if not known or content.digest(taken, changes, origins) != recorded:
            yield Fault("E706", {"operation": operation})
            return
        write.put_back(taken, operation)
    for table in tables:
        (left,) = taken.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        if left:
            yield Fault("E707", {"table": table, "count": left})
