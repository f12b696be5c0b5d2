"""The gate: whole or not at all, nothing recorded where nothing changed, and an operation that never changes."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from anjian_cli.errors import refused
from anjian_cli.ledger import content, history, schema, write
from anjian_cli.ledger import open as opening
from anjian_cli.ledger.gate import Gate, Source
from anjian_cli.workflow import hazard_cycle
from oracle.figures import dump
from support.desk import SHIZHU, ZHIYING, Desk, refuses


@pytest.mark.parametrize("reason", [refused("E107", reason="x", remedy="y"), RuntimeError(), KeyboardInterrupt()])
def test_whatever_interrupts_an_operation_leaves_no_trace(desk: Desk, reason: BaseException) -> None:
    course = desk.training()
    before = dump(desk.ledger)

    def interrupted() -> None:
        with desk.gate() as gate:
            number = gate.number("setting", "330784", 2018)
            gate.insert("setting", number=number, name="a", value="b", from_on="2018-01-01")
            gate.update("training", course, passed=9)
            gate.delete("training", course)
            raise reason

    with pytest.raises(type(reason)):
        interrupted()
    assert dump(desk.ledger) == before
    assert not desk.ledger.in_transaction
    # The number that nobody has seen is given to the next one.
    with desk.gate() as gate:
        assert gate.number("setting", "330784", 2018).endswith("-0001")


def test_a_broken_rule_rolls_everything_back_and_names_every_fault(desk: Desk) -> None:
    before = dump(desk.ledger)
    with refuses("E252", "E252"), desk.gate() as gate:
        for passed in (9, 10, 11):
            gate.insert(
                "training", number=f"x{passed}", town_code=ZHIYING, held_on="2018-10-09", kind="网格员", title="x",
                attended=9, passed=passed,
            )  # fmt: skip
    assert dump(desk.ledger) == before


def test_a_reference_to_nothing_is_refused_at_the_commit(desk: Desk) -> None:
    before = dump(desk.ledger)
    with pytest.raises(sqlite3.IntegrityError), desk.gate() as gate:
        gate.insert("residence", enterprise_id=999)
    assert dump(desk.ledger) == before


def test_nothing_is_recorded_where_nothing_changed(desk: Desk) -> None:
    course = desk.training(passed=8)
    before = dump(desk.ledger)
    with desk.gate() as gate:
        assert not gate.update("training", course, passed=8)
    assert desk.take("training", number=desk.row("training", course)["number"], passed=8).outcome == "unchanged"
    assert dump(desk.ledger) == before


def test_abandoned_everything_is_checked_and_nothing_kept(desk: Desk) -> None:
    before = dump(desk.ledger)
    with desk.gate() as gate:
        gate.insert("setting", number="x", name="clerk", value="甲", from_on="2018-01-01")
        gate.abandon()
    assert dump(desk.ledger) == before
    with refuses("E255"), desk.gate() as gate:
        gate.insert("target", number="x", year=2018, indicator="training.网格员", document="x", from_on="2019-01-01")
        gate.abandon()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE operation SET actor = 'x'",
        "DELETE FROM operation",
        "UPDATE change SET before = NULL",
        "DELETE FROM change",
    ],
)
def test_an_operation_never_changes(desk: Desk, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        desk.ledger.execute(statement)


def test_an_operation_keeps_who_when_what_and_the_file(desk: Desk) -> None:
    source = Source("10月培训.csv", "ab" * 32)
    with write.gate(
        desk.ledger, "import", at="2018-11-05T01:02:03Z", actor="经办人乙", today="2018-11-05", source=source
    ) as gate:
        gate.insert("setting", number="x", name="clerk", value="甲", from_on="2018-01-01")
    (row,) = desk.ledger.execute("SELECT * FROM operation ORDER BY id DESC LIMIT 1").fetchall()
    assert (row["at"], row["actor"], row["command"]) == ("2018-11-05T01:02:03Z", "经办人乙", "import")
    assert (row["source_file"], row["source_sha256"], row["undoes"]) == ("10月培训.csv", "ab" * 32, None)


def test_the_chain_is_of_every_operation_and_its_content(desk: Desk) -> None:
    desk.training()
    previous = ""
    for row in desk.ledger.execute("SELECT * FROM operation ORDER BY id").fetchall():
        entry = {key: row[key] for key in row.keys() if key not in ("content", "hash")}  # noqa: SIM118
        assert entry["version"] == schema.VERSION
        assert row["hash"] == content.link(previous, entry, row["content"])
        previous = row["hash"]


def test_an_inserted_row_costs_a_range_and_a_changed_one_is_kept_as_it_was(desk: Desk) -> None:
    with desk.gate() as gate:
        for number in range(100):
            gate.insert("setting", number=f"x{number}", name=f"n{number}", value="甲", from_on="2018-01-01")
    assert desk.ledger.execute("SELECT count(*), max(last_id) - min(first_id) FROM change WHERE operation = ?",
                               (desk.head,)).fetchone()[:] == (1, 99)  # fmt: skip
    with desk.gate() as gate:
        gate.update("setting", 5, value="乙")
        gate.update("setting", 5, value="丙")  # kept once, as it was before both
    ((before,),) = desk.ledger.execute("SELECT before FROM change WHERE operation = ?", (desk.head,)).fetchall()
    assert [(row["id"], row["value"]) for row in json.loads(before)] == [(5, "甲")]


def test_canonical_json_has_sorted_keys_and_no_nulls() -> None:
    assert content.canonical({"b": 1, "a": "某", "c": None}) == '{"a":"某","b":1}'
    assert content.canonical([{"b": None}, {"a": 1}]) == '[{},{"a":1}]'


def test_numbers_are_by_record_region_and_year_and_carry_the_ledgers_letter(desk: Desk) -> None:
    with desk.gate() as gate:
        assert gate.number("hazard", ZHIYING, 2018) == "330784109-2018-0001"
        assert gate.number("hazard", ZHIYING, 2018) == "330784109-2018-0002"
        assert gate.number("hazard", SHIZHU, 2018) == "330784110-2018-0001"
        assert gate.number("hazard", ZHIYING, 2019) == "330784109-2019-0001"
        assert gate.number("training", ZHIYING, 2018) == "330784109-2018-0001"
    desk.read("setting", name="台账字母", value="a")
    with desk.gate() as gate:
        assert gate.number("hazard", ZHIYING, 2018) == "330784109-2018-A0001"


def test_ids_and_numbers_are_not_used_again_after_an_undo(desk: Desk) -> None:
    first = desk.row("training", desk.training())
    desk.undo()
    second = desk.row("training", desk.training())
    assert second["id"] == first["id"] + 1
    assert (first["number"], second["number"]) == ("330784109-2018-0001", "330784109-2018-0002")


def test_a_row_that_passes_to_another_root_is_counted_there(desk: Desk) -> None:
    here, there = desk.enterprise(), desk.enterprise(town="石柱镇")
    contract = desk.contract(here)
    number = desk.row("trusteeship", contract)["number"]
    desk.take("trusteeship", number=number, enterprise=desk.name(there))
    assert desk.figure("trusteeship.喷涂", "2018-10-31") == 0
    assert desk.figure("trusteeship.喷涂", "2018-10-31", SHIZHU) == 1
    desk.undo()
    assert desk.figure("trusteeship.喷涂", "2018-10-31") == 1
    assert desk.figure("trusteeship.喷涂", "2018-10-31", SHIZHU) == 0
    assert [step["command"] for step in history.of_root(desk.ledger, "enterprise", there)] == ["test", "test", "undo"]


def test_a_row_that_passes_to_another_root_meets_the_rules_there(desk: Desk) -> None:
    here, there = desk.enterprise(), desk.enterprise()
    contract = desk.contract(here)
    desk.contract(there)
    with refuses("E411"):
        desk.take("trusteeship", number=desk.row("trusteeship", contract)["number"], enterprise=desk.name(there))


def test_what_is_held_back_is_written_when_it_is_read(desk: Desk) -> None:
    with desk.gate() as gate:
        row = gate.insert("setting", number="x", name="clerk", value="甲", from_on="2018-01-01")
        assert gate.row("setting", row)["value"] == "甲"
        query = "SELECT count(*) FROM setting WHERE name = ?"
        assert gate.reading("setting", name="clerk").execute(query, ("clerk",)).fetchone()[0] == 1
        gate.insert("setting", number="y", name="clerk", value="乙", from_on="2018-02-01", until_on="2018-03-01")
        assert gate.reading("setting", name="clerk").execute(query, ("clerk",)).fetchone()[0] == 2
        with pytest.raises(LookupError):
            gate.row("setting", 99)


def test_an_operation_on_a_file(ledger_file: Path) -> None:
    with write.operation(ledger_file, "test", at="2018-11-05T01:00:00Z", actor="甲", today="2018-11-05") as gate:
        gate.insert("setting", number="x", name="clerk", value="甲", from_on="2018-01-01")
    with closing(opening.reading(ledger_file)) as connection:
        assert connection.execute("SELECT value FROM setting").fetchone()[0] == "甲"
        assert history.last_standing(connection) == 1


class TestInBulk:
    """Roots that came together, and were vouched for."""

    def hazards(self, gate: Gate, firm: int, count: int) -> range:
        same: dict[str, list[Any]] = {
            "number": gate.numbers("hazard", ["330784109"] * count, 2018),
            "enterprise_id": [firm] * count,
            "town_code": ["330784109"] * count,
            "found_on": ["2018-10-09"] * count,
            "source": ["网格巡查"] * count,
            "level": ["一般"] * count,
            "description": [f"第{number}处" for number in range(count)],
            "deadline_on": ["2018-10-31"] * count,
        }
        return gate.append("hazard", same)

    def test_what_comes_to_one_later_is_counted_and_held_against_the_rules(self, desk: Desk) -> None:
        firm = desk.enterprise()
        with desk.gate() as gate:
            ids = self.hazards(gate, firm, 3)
            gate.vouch("hazard", ids)  # without items: nothing of them would be counted
            for row in ids:
                hazard_cycle.open_deadline(gate, row, "2018-10-09", "2018-10-31")
        assert desk.figure("hazard.open", "2018-10-10") == 3
        with refuses("E417"), desk.gate() as gate:
            ids = self.hazards(gate, firm, 2)
            gate.vouch("hazard", ids)
            for row in (*ids, ids[0]):
                hazard_cycle.open_deadline(gate, row, "2018-10-09", "2018-10-31")

    def test_rows_are_only_added_to_roots_of_the_same_operation(self, desk: Desk) -> None:
        firm = desk.enterprise()
        with pytest.raises(ValueError, match="there before"), desk.gate() as gate:
            gate.append("enterprise_risk", {"enterprise_id": [firm], "kind": ["喷涂"]})
        with pytest.raises(ValueError, match="until_on"), desk.gate() as gate:
            gate.append("residence", {"enterprise_id": [firm], "town_code": [None]})
