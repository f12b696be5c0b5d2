"""The check: what it finds, by code. That it finds any altered value is the property test's matter (test_core)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin.period import ended
from anjian_cli.ledger import check, inverse, write
from anjian_cli.ledger import open as opening
from anjian_cli.workflow import month
from support.desk import Desk

pytestmark = pytest.mark.altered


def codes(desk: Desk) -> set[str]:
    return {fault.code for fault in check.check(desk.ledger)}


def test_a_ledger_without_a_single_operation_is_whole(ledger: sqlite3.Connection) -> None:
    assert check.check(ledger) == []


def test_a_whole_one_has_nothing_and_is_left_alone(desk: Desk) -> None:
    desk.contract(desk.enterprise())
    before = desk.ledger.serialize()
    assert check.check(desk.ledger) == []
    assert desk.ledger.serialize() == before


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("alteration", "found"),
    [
        ("UPDATE training SET title = 'x'", {"E706", "E708"}),
        ("UPDATE training SET passed = passed + 1", {"E704", "E706", "E708"}),
        ("UPDATE training SET passed = 11", {"E252", "E704", "E706", "E708"}),
        ("DELETE FROM training", {"E704", "E706", "E709"}),
        ("INSERT INTO setting (number, name, value, from_on) VALUES ('x', 'a', 'b', '2018-01-01')", {"E707", "E708"}),
        ("UPDATE measure_day SET came = came + 1", {"E704", "E710"}),
        ("DELETE FROM measure_month", {"E704", "E710"}),
        ("UPDATE training SET town_code = '999999999'", {"E702"}),
        ("CREATE TABLE x (y)", {"E703"}),
        ("DROP VIEW not_counted", {"E703"}),
        ("DROP TRIGGER operation_stays", {"E703"}),
        ("UPDATE shipped_indicator SET ranked = 0 WHERE id = 'training.网格员'", {"E703"}),
        ("UPDATE shipped_category SET position = 99 WHERE id = 'training'", {"E703"}),
        ("DELETE FROM record_table WHERE name = 'training'", {"E702", "E703"}),
    ],
)
def test_what_was_done_past_the_gate(desk: Desk, alteration: str, found: set[str]) -> None:
    desk.training()
    desk.ledger.execute("PRAGMA foreign_keys = OFF")
    desk.ledger.execute(alteration)
    assert codes(desk) == found


@pytest.mark.parametrize(
    ("table", "alteration", "found"),
    [
        ("operation", "UPDATE operation SET actor = 'x' WHERE id = 2", {"E705", "E709"}),
        ("operation", "UPDATE operation SET at = '2018-11-06T01:00:00Z' WHERE id = 3", {"E705", "E709"}),
        ("operation", "UPDATE operation SET hash = 'x' WHERE id = 3", {"E705", "E709"}),
        ("operation", "UPDATE operation SET content = 'x' WHERE id = 3", {"E705", "E706", "E709"}),
        ("change", "DELETE FROM change WHERE operation = 3", {"E706", "E707", "E709"}),
        ("change", "UPDATE change SET before = '[]' WHERE before IS NOT NULL", {"E706", "E709"}),
        ("change", "UPDATE change SET before = 'no longer JSON' WHERE before IS NOT NULL", {"E706", "E709"}),
        ("change", "UPDATE change SET before = replace(before, '\"passed\":8', '\"passed\": 8')", {"E706", "E709"}),
        ("change", "UPDATE change SET table_name = 'x' WHERE operation = 3", {"E706", "E709"}),
        ("change", "UPDATE change SET last_id = 99 WHERE operation = 3", {"E706", "E709", "E712"}),
        ("source_row", "UPDATE source_row SET first_row = 4", {"E706", "E709"}),
        ("source_row", "UPDATE source_row SET sheet = '别处'", {"E706", "E709"}),
        ("source_row", "DELETE FROM source_row", {"E706", "E709"}),
        ("source_row", "INSERT INTO source_row VALUES (3, 'town', 1, 1, '', 9)", {"E706", "E709"}),
    ],
)
def test_an_altered_history(desk: Desk, table: str, alteration: str, found: set[str]) -> None:
    course = desk.training()
    with desk.gate() as gate:
        gate.insert("setting", number="x", name="a", value="b", from_on="2018-01-01", until_on="9999-12-31")
        gate.came_from("setting", range(1, 2), "培训", 3)
    desk.take("training", number=desk.row("training", course)["number"], passed=5)
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    guards = desk.ledger.execute(query, (table,)).fetchall()
    for name, _ in guards:
        desk.ledger.execute(f"DROP TRIGGER {name}")
    desk.ledger.execute(alteration)
    for _, sql in guards:
        desk.ledger.execute(sql)
    assert codes(desk) == found


@pytest.mark.parametrize(
    ("alteration", "cells"),
    [
        ("UPDATE measure_day SET went = 1", ["2018-10-10"]),
        ("UPDATE measure_month SET came = came - 8", ["2018-10"]),
        ("DELETE FROM measure_day", ["2018-10-10"]),
        ("INSERT INTO measure_day VALUES ('2018-10-11', 'hazard.open', '', 0, 0)", ["2018-10-11"]),
        ("INSERT INTO measure_month VALUES ('2018-11', 'hazard.open', '', 2, 2, 2, 2)", ["2018-11"]),
        ("UPDATE measure_day SET town_code = ''", ["2018-10-10", "2018-10-10"]),
    ],
)
def test_which_sums_are_wrong(desk: Desk, alteration: str, cells: list[str]) -> None:
    desk.training(held_on="2018-10-10")
    desk.ledger.execute(alteration)
    found = [(fault.code, fault.words["at"]) for fault in check.check(desk.ledger)]
    assert [at for code, at in found if code == "E704"] == cells
    assert {code for code, _ in found} <= {"E704", "E710"}  # nor do they add up to what is kept of them


@pytest.mark.parametrize(
    ("alteration", "found"),
    [
        ("UPDATE number_sequence SET last = 0", {"E709"}),
        ("UPDATE number_sequence SET last = 999", {"E709"}),
        ("DELETE FROM number_sequence", {"E709"}),
        ("UPDATE column_title SET title = 'x' WHERE column_name = 'remark'", {"E709"}),
        ("DELETE FROM operation_root WHERE operation = 3", {"E709"}),
        ("UPDATE operation_root SET last_id = last_id + 1", {"E709"}),
        ("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'training'", {"E712"}),
        ("UPDATE row_total SET checks = checks + 1 WHERE table_name = 'training'", {"E709"}),
        ("DELETE FROM measure_total", {"E710"}),
        ("UPDATE measure_month SET went_by_day = went_by_day + 1", {"E710"}),
    ],
)
def test_what_stands_beside_the_records(desk: Desk, alteration: str, found: set[str]) -> None:
    desk.training()
    desk.ledger.execute(alteration)
    assert codes(desk) == found


def test_what_was_altered_is_told_of_the_operation_that_wrote_it_last(desk: Desk) -> None:
    one, other = desk.training(), desk.training()
    desk.training()
    desk.edit("training", one, passed=5)
    desk.ledger.execute("UPDATE training SET remark = 'x'")
    told = [fault.words["operation"] for fault in check.check(desk.ledger) if fault.code == "E706"]
    assert told == [desk.head, desk.head - 1, desk.head - 2]
    assert one != other


def test_since_when_a_row_may_be_another(desk: Desk) -> None:
    one, other = desk.training(), desk.training()
    desk.edit("training", one, passed=5)
    desk.training()
    desk.ledger.execute("UPDATE training SET remark = 'x' WHERE id <= 2")
    desk.ledger.execute("INSERT INTO department (number, name) VALUES ('x', '某')")
    told = [str(fault.words["since"]) for fault in check.check(desk.ledger) if fault.code == "E708"]
    assert sorted(told) == [
        "（最后写它的是操作4，2018-11-05 09:00，经办人甲：改动在这以后）",
        "（最后写它的是操作5，2018-11-05 09:00，经办人甲：改动在这以后）",
        "（没有一步操作写过它）",
    ]
    assert one < other


@pytest.mark.parametrize(
    ("alteration", "told"),
    [
        ("UPDATE month_cell SET done = done + 1 WHERE id = 1", 1),
        ("UPDATE month_cell SET this_month = 99, rank = 2 WHERE id = 1", 1),
        ("UPDATE month_cell SET target = NULL WHERE id = 1", 1),
        ("DELETE FROM month_cell WHERE id = 1", 1),
        ("UPDATE issued_month SET bulletin = replace(bulletin, '\"done\":8', '\"done\":9')", 1),
        ("UPDATE issued_month SET bulletin = 'x'", 1),
        ("UPDATE issued_month SET bulletin = '{}'", 1),
    ],
)
def test_a_locked_month_and_its_bulletin_say_the_same(desk: Desk, alteration: str, told: int) -> None:
    desk.target(20)
    desk.training()
    desk.step(month.close, ended(2018, 10), "0.1.0")
    assert codes(desk) == set()
    desk.ledger.execute(alteration)
    assert [fault.code for fault in check.check(desk.ledger)].count("E715") == told


def test_of_the_log_only_what_came_after_an_operation(desk: Desk) -> None:
    course, _ = desk.training(), desk.training()
    with closing(inverse.copy(desk.ledger)) as taken:
        assert check.examine(taken, since=3) == []
    (stays,) = desk.ledger.execute("SELECT sql FROM sqlite_schema WHERE name = 'operation_stays'").fetchone()
    desk.ledger.execute("DROP TRIGGER operation_stays")
    desk.ledger.execute("UPDATE operation SET content = 'x' WHERE id IN (3, 4)")
    desk.ledger.execute(stays)
    desk.ledger.execute("UPDATE training SET remark = 'x' WHERE id = ?", (course,))

    def found(since: int) -> list[tuple[str, object]]:
        with closing(inverse.copy(desk.ledger)) as taken:
            faults = check.examine(taken, since=since)
        return [(fault.code, fault.words.get("operation")) for fault in faults if fault.code in ("E705", "E706")]

    assert found(0) == [("E705", 3), ("E705", 4), ("E706", 4), ("E706", 3)]
    assert found(3) == [("E705", 4), ("E706", 4)]
    assert found(4) == []
    with closing(inverse.copy(desk.ledger)) as taken:  # what stands there now is looked at all the same
        assert {fault.code for fault in check.examine(taken, since=4)} == {"E708", "E709"}


def test_an_operation_cut_off_the_end_with_all_its_traces_but_not_its_rows(desk: Desk) -> None:
    desk.training()
    desk.ledger.execute("PRAGMA foreign_keys = OFF")
    for table in ("operation", "change"):
        for (name,) in desk.ledger.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND name LIKE '%kept'", (table,)
        ).fetchall():
            (sql,) = desk.ledger.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
            desk.ledger.execute(f"DROP TRIGGER {name}")
            column = "id" if table == "operation" else "operation"
            desk.ledger.execute(f"DELETE FROM {table} WHERE {column} = ?", (3,))
            desk.ledger.execute(sql)
    desk.ledger.execute("DELETE FROM operation_root WHERE operation = 3")
    assert codes(desk) == {"E707", "E709", "E714"}


def test_a_page_that_was_overwritten(ledger_file: Path) -> None:
    with write.operation(ledger_file, "test", at="2018-11-05T01:00:00Z", actor="甲", today="2018-11-05") as gate:
        for n in range(500):
            gate.insert("setting", number=f"x{n}", name=f"n{n}", value="某" * 20, from_on="2018-01-01")
    content = bytearray(ledger_file.read_bytes())
    at = content.rindex("某".encode()) // 4096 * 4096
    content[at : at + 8] = b"\xff" * 8
    ledger_file.write_bytes(bytes(content))
    connection = opening.reading(ledger_file)
    try:
        found = {fault.code for fault in check.check(connection)}
    except sqlite3.DatabaseError as error:  # some damage SQLite itself will not read past; the command says E615
        found = {error.sqlite_errorname}
    finally:
        connection.close()
    assert found & {"E701", "SQLITE_CORRUPT"}
