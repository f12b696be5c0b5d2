"""Check a ledger: schema, integrity, references, chain, sums and rules. Reads only; works on a copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

from anjian_cli.errors import Fault
from anjian_cli.ledger import content, inverse, rewind, roots, schema, sums, upgrade, versions
from anjian_cli.ledger.open import strange, version


def check(connection: sqlite3.Connection) -> list[Fault]:
    """Everything that is wrong with the ledger; empty when it is whole."""
    with closing(inverse.copy(connection)) as taken:
        return examine(taken)


def examine(taken: sqlite3.Connection) -> list[Fault]:
    """The same of a copy (`inverse.copy`), which is taken apart; its table of operations stays whole."""
    found = [*_integrity(taken), *strange(taken)]
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


def _sums(connection: sqlite3.Connection) -> Iterator[Fault]:
    days = {(day, indicator, town): (came, went) for day, indicator, town, came, went in sums.counted(connection)}
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
        for key in sorted(key for key in kept.keys() | wanted.keys() if kept.get(key) != wanted.get(key)):
            yield Fault("E704", {"at": key[0], "indicator": key[1], "town": key[2]})


def _rules(connection: sqlite3.Connection) -> Iterator[Fault]:
    if version(connection) < schema.VERSION:
        # The rules are those of now, and speak of columns that it does not have yet.
        with closing(upgrade.of_copy(connection)) as now:
            yield from _rules(now)
        return
    tables = roots.catalogue(connection)
    for root in sorted({root for root, _ in tables.values()}):
        (last,) = connection.execute(f'SELECT COALESCE(max(id), 0) FROM "{root}"').fetchone()
        for _, rows in roots.load(connection, tables, root, 1, last):
            yield from roots.faults(rows)


def _links(taken: sqlite3.Connection) -> Iterator[Fault]:
    entries = taken.execute("SELECT * FROM operation ORDER BY id").fetchall()
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
    for entry in taken.execute("SELECT * FROM operation ORDER BY id DESC").fetchall():
        operation, recorded = entry["id"], entry["content"]
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
        if not _known(tables, changes) or _digest(taken, entry, changes, origins) != recorded:
            yield Fault("E706", {"operation": operation})
            return
        rewind.put_back(taken, operation)
    for table in tables:
        (left,) = taken.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        if left:
            yield Fault("E707", {"table": table, "count": left})


def _known(tables: roots.Catalogue, changes: Sequence[content.Change]) -> bool:
    return all(table in tables for table, *_ in changes)


def _digest(
    taken: sqlite3.Connection, entry: sqlite3.Row, changes: Sequence[content.Change], origins: Sequence[content.Origin]
) -> str:
    """What an operation hashes to: over the columns of the version that it was written under."""
    told = entry["version"] if "version" in entry.keys() else None  # noqa: SIM118 -- a ledger of version 1 has none
    if (told or 1) not in versions.DIGESTS:
        return "there is no such version"
    return content.digest(taken, changes, origins, columns_of=lambda table: versions.columns(told or 1, table))
