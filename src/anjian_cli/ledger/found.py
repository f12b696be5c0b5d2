"""Where a text stands in the ledger: the records of every type that have it in a field of their own, or in what was
written down of them since (deadlines, rectifications, former names), or are of an enterprise that has it.

Which columns hold text the catalogue says. The base tables are searched, each once, not the listings. What is hidden
where it leaves is found by the whole of it alone: part of a telephone number finds nothing. Takes connections; knows
neither screen nor what records mean.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence

from anjian_cli.errors import Refused
from anjian_cli.ledger import lookup
from anjian_cli.records import likeness, masking

CODES = frozenset({"town_code", "village_code", "merged_into", "department", "indicator", "found_by", "charged_to"})
"""Columns that name another record by its code: nobody wrote the code."""
PRIVATE = "phone"
_HIDDEN_LENGTHS = (11, 18)
"""So many digits have a mobile number and an identity number, which are hidden in any text."""
_SHORT_NUMBER = re.compile(r"[^-]+-[A-Za-z]?\d{1,7}|\d{6,9}-\d{4}-[A-Za-z]?\d{1,7}")


def numbered(connection: sqlite3.Connection, types: Collection[str], text: str, today: str) -> dict[str, int]:
    """By record type the record that has a number, whole or as people say it (芝英-12)."""
    if not _SHORT_NUMBER.fullmatch(text):
        return {}
    found = {}
    for each in types:
        try:
            found[each] = lookup.record_id(connection, each, text, today)
        except Refused:  # there is none of this type
            continue
    return found


def holding(connection: sqlite3.Connection, types: Sequence[str], texts: Sequence[str]) -> dict[str, set[int]]:
    """By record type the ids of the records that have every one of the texts."""
    connection.create_function("as_it_leaves", 1, _as_it_leaves, deterministic=True)
    beside = _beside(connection, types)
    found: dict[str, set[int]] = {}
    for text in texts:
        enterprises = _of_table(connection, "enterprise", "id", text)
        for table, column in beside.get("enterprise", ()):
            enterprises |= _of_table(connection, table, column, text)
        for each in types:
            ids = enterprises if each == "enterprise" else _of_table(connection, each, "id", text)
            if each != "enterprise":
                for table, column in beside.get(each, ()):
                    ids |= _of_table(connection, table, column, text)
                ids |= _of_enterprises(connection, each, enterprises)
            found[each] = found[each] & ids if each in found else set(ids)
    return found


def kept(
    connection: sqlite3.Connection, record: str, ids: Collection[int], town_code: str | None, *, voided: bool
) -> list[int]:
    """Those of the records of a type that are of a town ('' = of none, None = of any) and, unless asked for, are not
    voided; the newest first."""
    where = "id IN (SELECT value FROM json_each(?))"
    values: list[str | None] = [json.dumps(sorted(ids))]
    if town_code is not None:
        where += " AND town_code IS ?"
        values.append(town_code or None)
    if not voided:
        where += " AND voided_on IS NULL"
    found = connection.execute(f'SELECT id FROM "{record}_listing" WHERE {where} ORDER BY id DESC', values)
    return [int(row[0]) for row in found]


def _beside(connection: sqlite3.Connection, types: Collection[str]) -> Mapping[str, list[tuple[str, str]]]:
    """By record type the tables that go on with it, with their columns for its id."""
    found: dict[str, list[tuple[str, str]]] = {}
    views = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    for name, root, column in connection.execute("SELECT name, root, root_column FROM record_table").fetchall():
        is_own = name == root or f"{name}_listing" in views
        if not is_own and (root in types or root == "enterprise"):
            found.setdefault(root, []).append((name, column))
    return found


def _of_table(connection: sqlite3.Connection, table: str, column: str, text: str) -> set[int]:
    """What a column says (whose row it is) of the rows of a table that have the text."""
    asked = list(_conditions(connection, table, text))
    if not asked:
        return set()
    where = " OR ".join(condition for condition, _ in asked)
    found = connection.execute(f'SELECT "{column}" FROM "{table}" WHERE {where}', [value for _, value in asked])
    return {int(row[0]) for row in found}


def _conditions(connection: sqlite3.Connection, table: str, text: str) -> Iterator[tuple[str, str]]:
    part_of_hidden = text.isdigit() and len(text) not in _HIDDEN_LENGTHS
    key = likeness.key(text)
    for name in _columns(connection, table):
        if name == "number":
            yield f'substr("number", -{len(text)}) = ?', text
        elif name == "name_key":
            yield "instr(name_key, ?) > 0", key or text
        elif name == PRIVATE:
            yield f'"{name}" = ?', text
        elif part_of_hidden:
            yield f'instr(as_it_leaves("{name}"), ?) > 0', text
        else:
            yield f'instr("{name}", ?) > 0', text


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns that hold what somebody wrote: no codes, no days, nothing that follows."""
    found = connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
    return [
        name
        for name, kind in found
        if kind.upper() == "TEXT" and name not in CODES and not name.endswith(("_on", "_from", "_until", "_due"))
    ]


def _of_enterprises(connection: sqlite3.Connection, record: str, enterprises: Collection[int]) -> set[int]:
    columns = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (record,))]
    if not enterprises or "enterprise_id" not in columns:
        return set()
    query = f'SELECT id FROM "{record}" WHERE enterprise_id IN (SELECT value FROM json_each(?))'
    return {int(row[0]) for row in connection.execute(query, (json.dumps(sorted(enterprises)),))}


def _as_it_leaves(value: str | int | None) -> str | int | None:
    return masking.in_text(value) if isinstance(value, str) else value
