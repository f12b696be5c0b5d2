"""The schema: STRICT tables, guards that hold, and every field of a record with a place in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.ledger import roots, schema
from anjian_cli.ledger import settings as in_force
from anjian_cli.records import definition
from oracle.figures import new_ledger
from support.desk import Desk

# A field that a listing has no column for, and why.
SHOWN_ELSEWHERE = {
    ("enterprise", "changed_on"),  # the day of a change: stands on the rows that are kept by date
}


def objects(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    found = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {tuple(row) for row in found if not row[1].startswith("sqlite_") and "_sqlite_migrations" not in row[1]}


def test_a_created_ledger_has_the_schema_as_it_is_written(ledger_file: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as fresh, closing(sqlite3.connect(ledger_file)) as created:
        fresh.executescript(schema.text())
        assert objects(created) == objects(fresh)
        for pragma in ("user_version", "application_id"):
            assert created.execute(f"PRAGMA {pragma}").fetchone() == fresh.execute(f"PRAGMA {pragma}").fetchone()
        assert created.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION
        assert created.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID


def test_every_table_is_strict(ledger: sqlite3.Connection) -> None:
    tables = ledger.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    loose = {name for name, strict in tables if not strict and not name.startswith(("sqlite_", "_sqlite_migrations"))}
    assert loose == set()


def test_every_record_table_is_there_with_the_column_of_its_root(ledger: sqlite3.Connection) -> None:
    known = ledger.execute("SELECT name, root, root_column FROM record_table").fetchall()
    for name, root, column in known:
        columns = {row[1] for row in ledger.execute(f'PRAGMA table_xinfo("{name}")')}
        assert {"id", column} <= columns, name
        assert column == "id" if name == root else column == f"{root}_id", name
        assert root in {row[0] for row in known}
    for record in definition.names():
        assert record in {row[0] for row in known}


def test_ids_of_records_and_operations_are_never_given_out_twice(ledger: sqlite3.Connection) -> None:
    for (name,) in ledger.execute("SELECT name FROM record_table UNION SELECT 'operation'").fetchall():
        (sql,) = ledger.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        assert "AUTOINCREMENT" in sql, name


def test_every_field_of_a_record_is_listed_or_shown_elsewhere(ledger: sqlite3.Connection) -> None:
    for record in definition.all_records():
        listed = {row[1] for row in ledger.execute(f'PRAGMA table_info("{record.name}_listing")')}
        assert {"id", "number", "town_code", "voided_on", "void_reason"} <= listed, record.name
        missing = {(record.name, name) for name in record.columns} - {(record.name, name) for name in listed}
        assert missing <= SHOWN_ELSEWHERE


def test_every_field_has_its_chinese_title_in_the_file(ledger: sqlite3.Connection) -> None:
    titles = {(table, column): title for table, column, title in ledger.execute("SELECT * FROM column_title")}
    assert titles["hazard", "found_on"] == "发现日期"
    assert {(record.name, name) for record in definition.all_records() for name in record.columns} == titles.keys()


def test_every_reference_is_found_by_an_index_or_is_to_a_code(ledger: sqlite3.Connection) -> None:
    """The items of one root come from an index, so do the rows that belong to it."""
    for name, root, column in ledger.execute("SELECT name, root, root_column FROM record_table").fetchall():
        if name == root:
            continue
        plan = ledger.execute(f'EXPLAIN QUERY PLAN SELECT * FROM "{name}" WHERE "{column}" = 1').fetchall()
        assert "USING" in plan[0][3], name


def test_the_items_of_one_root_read_no_whole_table(ledger: sqlite3.Connection) -> None:
    views = roots.counting(ledger)
    assert {"hazard", "enterprise", "opening_figure"} <= views
    for view in (*(f"{root}_item" for root in sorted(views)), "fact_item"):
        plan = ledger.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {view} WHERE root_id = 1")
        scanned = [step[3] for step in plan if step[3].startswith("SCAN") and not step[3].endswith("_item")]
        assert not scanned, view


def test_the_items_of_a_root_are_its_own_and_part_of_all(ledger: sqlite3.Connection) -> None:
    (whole,) = ledger.execute("SELECT sql FROM sqlite_master WHERE name = 'fact_item'").fetchone()
    for root in roots.counting(ledger):
        assert f"SELECT * FROM {root}_item" in whole
        (sql,) = ledger.execute("SELECT sql FROM sqlite_master WHERE name = ?", (f"{root}_item",)).fetchone()
        assert sql.count(f"'{root}'") >= sum(line.startswith("SELECT") for line in sql.splitlines())


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO setting (number, name, value, from_on) VALUES ('x', 'a', 'b', '2018-02-30')",
        "INSERT INTO setting (number, name, value, from_on) VALUES ('x', 'a', 'b', '2018-2-3')",
        "INSERT INTO setting (number, name, value, from_on, until_on)"
        " VALUES ('x', 'a', 'b', '2018-02-03', '2018-02-03')",
        "INSERT INTO town (code, name, short_name, kind, position) VALUES ('33078410', 'x', 'x', '镇', 1)",
        "INSERT INTO town (code, name, short_name, kind, position) VALUES ('330784109', 'x', 'x', '村', 1)",
        "INSERT INTO target (number, year, indicator, document, from_on) VALUES ('x', 2018, '没有', 'x', '2018-01-01')",
        "INSERT INTO target (number, year, indicator, quantity, document, from_on)"
        " VALUES ('x', 2018, 'training.其他', -1, 'x', '2018-01-01')",
        "INSERT INTO training (number, held_on, kind, title, attended) VALUES ('x', '2018-01-01', '', 'x', 1)",
        "INSERT INTO training (number, held_on, kind, title, attended) VALUES ('x', '2018-01-01', '网格员', 'x', 'y')",
    ],
)
def test_the_tables_guard_themselves(ledger: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        ledger.execute(statement)


def test_an_indicator_has_one_id_one_short_word_and_a_known_denominator(ledger: sqlite3.Connection) -> None:
    rows = ledger.execute("SELECT id, against, counts, category, kind FROM indicator").fetchall()
    ids = {row["id"] for row in rows}
    for row in rows:
        assert row["against"] in {None, "target", *ids}, row["id"]
        assert (row["counts"] in ids) == (row["kind"] in ("counted", "today")), row["id"]
        assert (row["counts"] in definition.names()) == (row["kind"] == "distinct"), row["id"]
        assert row["id"].startswith(row["category"] + "."), row["id"]
    words = [(row[0], word) for row in ledger.execute("SELECT id, short, title FROM indicator") for word in {*row}]
    assert len({word for _, word in words}) == len(words)


def test_a_setting_in_force_on_a_day(desk: Desk) -> None:
    desk.read("setting", name="经办人", value="甲")
    desk.read("setting", name="经办人", value="乙", from_on="2018-06-01")
    assert in_force.value(desk.ledger, "clerk", "2018-05-31") == "甲"
    assert in_force.value(desk.ledger, "clerk", "2018-06-01") == "乙"
    assert in_force.value(desk.ledger, "issuer", "2018-06-01") is None
    assert in_force.all_in_force(desk.ledger, "2018-06-01") == {"clerk": "乙"}


def test_two_ledgers_in_memory_are_alike() -> None:
    with closing(new_ledger()) as one, closing(new_ledger()) as other:
        assert objects(one) == objects(other)
