"""A made-up next version of the program: a column more in a table of every root, which follows by rule, and an
indicator more. For tests of what an upgrade does to a ledger of today."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest

from anjian_cli.ledger import roots, schema, versions
from anjian_cli.rules.derivation import Derived

COLUMN = "made_up"
INDICATOR = "training.attended"
FOLLOWS_BY_RULE = frozenset({"due_visit", "test_due", "review_due", "programme_due", "hazard_due"})
"""Tables whose whole rows follow by rule: they have no column that does."""


def adopt(patch: pytest.MonkeyPatch) -> None:
    """From here on the program is the next version."""
    now = schema.VERSION
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema.text())
        tables = [name for (name,) in connection.execute("SELECT name FROM record_table ORDER BY name")]
    tables = [table for table in tables if table not in FOLLOWS_BY_RULE]
    past = versions._past
    before = past(now)
    text = _changed(schema.text(), tables)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(text)
        told = versions.digest(connection)
    patch.setattr(schema, "text", lambda: text)
    patch.setattr(schema, "VERSION", now + 1)
    patch.setattr(versions, "DIGESTS", {**versions.DIGESTS, now + 1: told})
    patch.setattr(versions, "SETTLED", {**versions.SETTLED, now + 1: tuple(tables)})
    patch.setattr(versions, "_past", lambda version: before if version == now else past(version))
    derive = roots.derived

    def derived(rows: roots.Rows) -> Iterator[Derived]:
        yield from derive(rows)
        yield Derived(
            {
                (table, int(str(row["id"]))): {COLUMN: of(row)}
                for table in rows
                if table in tables
                for row in rows[table]
            }
        )

    patch.setattr(roots, "derived", derived)


def of(row: Mapping[str, object]) -> str:
    """What the column holds: something that follows from what people told, and moves with it."""
    return "/".join(str(row.get(name)) for name in ("remark", "voided_on", "name", "until_on", "quantity"))


def _changed(text: str, tables: list[str]) -> str:
    text = text.replace(f"PRAGMA user_version = {schema.VERSION};", f"PRAGMA user_version = {schema.VERSION + 1};")
    for table in tables:
        head = f"CREATE TABLE {table} (\n  id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
        assert head in text, table
        text = text.replace(head, f"{head}  {COLUMN} TEXT,\n")
    counted = "  FROM training WHERE voided_on IS NULL AND passed > 0;"
    assert counted in text
    more = (
        f"UNION ALL\nSELECT '{INDICATOR}', kind, '', '', COALESCE(town_code, ''), '', '', id, held_on, '9999-12-31',"
        " attended, 'training', id, 'training', id FROM training WHERE voided_on IS NULL AND attended > 0;"
    )
    text = text.replace(counted, f"{counted[:-1]}\n{more}")
    return text + (
        "\nINSERT INTO fact (id, title, record, counted, of_year, due, kind)"
        f" VALUES ('{INDICATOR}', '参加培训', 'training', 'flow', 0, 0, '培训对象');"
        "\nINSERT INTO shipped_indicator (id, category, short, title, unit, kind, measure, position)"
        f" VALUES ('{INDICATOR}', 'training', '参训', '参加培训', '人次', 'sum', '{INDICATOR}', 199);\n"
    )
