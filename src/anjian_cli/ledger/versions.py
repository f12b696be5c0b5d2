"""The versions of the ledger's schema: what of a file is ours, and which columns an operation of each hashes.

Of the present version `data/schema.sql` says all. Of each one before it `schemas/<version>.json` keeps what must be
known for ever: a digest of every object, by which a stranger is told from what was ours, and the columns of every
table. `tests/kept/make.py` writes it, with the program of that version.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache

from anjian_cli.ledger import schema
from anjian_cli.ledger.content import stored_columns
from anjian_cli.ledger.fingerprint import sha256
from anjian_cli.light_typing import NamedTuple

DIGESTS: Mapping[int, str] = {
    1: "cd84ffc178af995375f47e5db5692bcace6875734c9745c03bd2b28c69ce1e28",
    2: "08a72c796d7e91ae66a98f5c0fc6a9825450f11f37feed27b4459e973dee5232",
    3: "90f6edcab74d857c51fe66d6084a860925a2d023f81416778d1032d83f01fee1",
    4: "e4a2ad44119c900fc9cbb3971474cdba115c55e1be824f08715b79da01fabc60",
    5: "f78e74ddf8590a7d71993507bc5544508ea742a7ef1f7ec3b3e4044c6ebba793",
    6: "6e62d06978b21e712f8c8df790650c33753cf6845a7a3115f40c7e84a853972d",
    7: "a46f7d2d7d6f9b166a357fdb23b045125d1673baa0e449e92c6e97d73b850cde",
    8: "21f2cb4e41c2a1cb77ee9434adb5cbf9d09eee1610563cc7fa9d41b31f6d44dc",
}
"""What `digest` gives for a ledger of each version. A file with another is not ours."""

SETTLED: Mapping[int, tuple[str, ...]] = {
    2: ("trusteeship",),
    3: ("standardization", "programme", "trusteeship", "exposure", "casualties", "hazard"),
    6: ("standardization",),
    7: ("standardization",),
}
"""The tables whose records a version gave columns or rows that follow by rule (`derived` in `rules`), or another rule
for them: in an older ledger the roots with rows in them are settled anew."""

DEFINITIONS = ("record_table", "fact", "shipped_category", "shipped_indicator")
"""What the schema itself fills, and no operation changes."""

EVER_DEFINED = ("record_table", "category", "indicator", *DEFINITIONS[1:])
"""The same of all versions; the second and third, as tables, up to version 4."""

NOT_OURS = ("_sqlite_migrations", "sqlite_sequence", "sqlite_stat1", "sqlite_stat3", "sqlite_stat4")
"""Tables that SQLite, its ANALYZE and sqlite-utils keep for themselves; by their whole names."""

NOT_OUR_INDEX = ("idx__sqlite_migrations_migration_set_name", "_sqlite_migrations")
"""The index that sqlite-utils makes on its own table: its name and the table's."""

KINDS = {"table": "表", "view": "视图", "index": "索引", "trigger": "触发器", "rows": "内容表"}


class Stranger(NamedTuple):
    """An object that is not as the version has it: `kind` as in KINDS; `how`: foreign, altered or missing."""

    kind: str
    name: str
    how: str


class _Past(NamedTuple):
    objects: Mapping[str, str]
    columns: Mapping[str, tuple[str, ...]]


def digest(connection: sqlite3.Connection) -> str:
    """SHA-256 of all objects of the file and of the definitions in it. Raises sqlite3.DatabaseError where there are
    no tables of ours to read."""
    told = "\n".join(f"{kind} {name}\n{text}" for kind, name, text in _objects(connection))
    return sha256(told)


def strangers(connection: sqlite3.Connection, version: int) -> list[Stranger]:
    """Everything in a ledger that is not as its version has it, by name."""
    theirs = {(kind, name): _brief(text) for kind, name, text in _objects(connection)}
    ours = {(key.partition(" ")[0], key.partition(" ")[2]): told for key, told in _past(version).objects.items()}
    found = []
    for kind, name in sorted(theirs.keys() | ours.keys(), key=lambda key: (key[1], key[0])):
        key = (kind, name)
        if key not in ours:
            found.append(Stranger(kind, name, "foreign"))
        elif key not in theirs:
            found.append(Stranger(kind, name, "missing"))
        elif theirs[key] != ours[key]:
            found.append(Stranger(kind, name, "altered"))
    return found


def is_empty(connection: sqlite3.Connection, version: int) -> bool:
    """Whether no table in a file is as this version has it: then the file only says that it is a ledger."""
    theirs = {(f"table {name}", _brief(text)) for kind, name, text in _objects(connection) if kind == "table"}
    return not any(each in theirs for each in _past(version).objects.items())


def columns(version: int, table: str) -> tuple[str, ...]:
    """The stored columns that a table had in a version, by name. Raises KeyError for a table it did not have."""
    return _past(version).columns[table]


def settled_since(version: int) -> tuple[str, ...]:
    """The tables that later versions than this gave columns that follow by rule."""
    return tuple(dict.fromkeys(table for later, tables in SETTLED.items() if later > version for table in tables))


def describe(connection: sqlite3.Connection) -> dict[str, dict[str, object]]:
    """What is kept of the version that a ledger has: `objects` and `columns`, for its JSON file."""
    tables = [name for kind, name, _ in _objects(connection) if kind == "table"]
    return {
        "objects": {f"{kind} {name}": _brief(text) for kind, name, text in _objects(connection)},
        "columns": {table: list(stored_columns(connection, table)) for table in tables},
    }


@cache
def _past(version: int) -> _Past:
    if version == schema.VERSION:
        with closing(sqlite3.connect(":memory:")) as fresh:
            fresh.executescript(schema.text())
            told = describe(fresh)
    else:
        import json  # here: a ledger of the present version needs neither
        from importlib.resources import files

        told = json.loads(files("anjian_cli.ledger").joinpath("schemas", f"{version}.json").read_text("utf-8"))
    objects: Mapping[str, str] = dict(told["objects"])  # type: ignore[arg-type]
    names: Mapping[str, list[str]] = dict(told["columns"])  # type: ignore[arg-type]
    return _Past(objects, {table: tuple(of) for table, of in names.items()})


def _objects(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Every object that is not SQLite's own, and the definitions' rows: kind, name, what it is."""
    cursor = connection.cursor()
    cursor.row_factory = None
    tables = set()
    for kind, name, table, sql in cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 2, 1"):
        if kind == "table":
            tables.add(name)
        if (kind == "table" and name in NOT_OURS) or (kind == "index" and _not_our_index(name, table, sql)):
            continue
        yield kind, name, f"{table}\n{sql}"
    for table in EVER_DEFINED:
        if table in tables:
            yield "rows", table, repr(cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall())


def _not_our_index(name: str, table: str, sql: str | None) -> bool:
    return (name, table) == NOT_OUR_INDEX or (sql is None and name.startswith("sqlite_autoindex_"))


def _brief(text: str) -> str:
    return sha256(text)[:16]
