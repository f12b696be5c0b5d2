"""A root is a record with the rows that are checked together with it. Finds them, and what their rules say."""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import ModuleType

from anjian_cli.errors import Fault
from anjian_cli.ledger import content
from anjian_cli.ledger.content import Row
from anjian_cli.rules import word_lists
from anjian_cli.rules.derivation import Derived
from anjian_cli.rules.module_names import module_of

Catalogue = Mapping[str, tuple[str, str]]
Rows = Mapping[str, Sequence[Row]]
CHUNK = 2000


def catalogue(connection: sqlite3.Connection) -> Catalogue:
    """Table name to (root table, the column that holds the root's id)."""
    return {
        name: (root, column)
        for name, root, column in connection.execute("SELECT name, root, root_column FROM record_table")
    }


def counting(connection: sqlite3.Connection) -> frozenset[str]:
    """The roots that have countable items: those with a view of their own."""
    found = connection.execute(
        "SELECT DISTINCT t.root FROM record_table t"
        " JOIN sqlite_master v ON v.type = 'view' AND v.name = t.root || '_item'"
    )
    return frozenset(root for (root,) in found)


def load(
    connection: sqlite3.Connection, tables: Catalogue, root: str, first: int, last: int
) -> Iterator[tuple[int, Rows]]:
    """Every root in an id range that is there: its id, and its rows by table, in the order of their ids; beside them
    the words of the ledger's lists (`word_lists.BESIDE`), if there are any."""
    for start in range(first, last + 1, CHUNK):
        yield from _load(connection, tables, root, "BETWEEN ? AND ?", (start, min(start + CHUNK - 1, last)))


def load_each(
    connection: sqlite3.Connection, tables: Catalogue, root: str, ids: Sequence[int]
) -> Iterator[tuple[int, Rows]]:
    """The same of single roots, by their ids."""
    for start in range(0, len(ids), CHUNK):
        told = ", ".join(map(str, ids[start : start + CHUNK]))
        yield from _load(connection, tables, root, f"IN ({told})", ())


def _load(
    connection: sqlite3.Connection, tables: Catalogue, root: str, which: str, values: tuple[int, ...]
) -> Iterator[tuple[int, Rows]]:
    found: dict[int, dict[str, list[Row]]] = {}
    beside = terms(connection)
    for table, (of, column) in tables.items():
        if of != root:
            continue
        cursor = connection.execute(f'SELECT * FROM "{table}" WHERE "{column}" {which} ORDER BY id', values)
        names = [part[0] for part in cursor.description]
        at = names.index(column)
        for told in cursor:
            row = dict(zip(names, told, strict=True))
            row.pop(content.ROW_CHECK, None)  # no fact
            found.setdefault(told[at], {}).setdefault(table, []).append(row)
    for root_id in sorted(found):
        if root in found[root_id]:
            if beside:
                found[root_id][word_lists.BESIDE] = beside
            yield root_id, found[root_id]


def terms(connection: sqlite3.Connection) -> list[Row]:
    """The words that the ledger says something of, in the order of their lists."""
    found = connection.execute(
        "SELECT list, word, means, from_on, until_on FROM term WHERE voided_on IS NULL"
        " ORDER BY position IS NULL, position, id"
    ).fetchall()
    names = ("list", "word", "means", "from_on", "until_on")
    return [dict(zip(names, row, strict=True)) for row in found]


@cache
def _rules(table: str) -> ModuleType | None:
    """The module of `rules` that belongs to a table; None where nothing holds beyond the schema's own guards."""
    name = f"anjian_cli.rules.{module_of(table)}"
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name != name:
            raise
        return None


def derived(rows: Rows) -> Iterator[Derived]:
    """What follows from the rows of one root by the rules of its tables."""
    for table in rows:
        rules = _rules(table)
        if rules is not None and hasattr(rules, "derived"):
            yield rules.derived(rows)


def faults(rows: Rows) -> list[Fault]:
    """What does not hold among the rows of one root, by the modules in `rules` of all its tables."""
    found: list[Fault] = []
    for table in rows:
        rules = _rules(table)
        if rules is not None and hasattr(rules, "faults"):
            found += [fault._replace(table=table) for fault in rules.faults(rows)]
    return found + word_lists.faults(rows)
