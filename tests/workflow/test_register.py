"""Taking a record in: what it refers to, whether it is there already, blanks, what is emptied, voiding."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.records.values import CLEAR
from oracle.figures import dump
from support.desk import SHIZHU, ZHIYING, Desk, refuses

COURSE: dict[str, Any] = {
    "town": "芝英镇",
    "held_on": "2018-10-09",
    "kind": "网格员",
    "title": "网格员轮训",
    "attended": 20,
    "passed": 18,
}


def test_the_same_record_twice_is_one_record(desk: Desk) -> None:
    first = desk.take("training", **COURSE)
    before = desk.head
    again = desk.take("training", **COURSE)
    assert (first.outcome, again.outcome, again.row_id, again.number) == (
        "new",
        "unchanged",
        first.row_id,
        first.number,
    )
    assert desk.head == before
    assert desk.figure("training.网格员", "2018-10-31") == 18


def test_a_record_found_by_its_key_is_changed(desk: Desk) -> None:
    first = desk.take("training", **COURSE)
    again = desk.take("training", **{**COURSE, "passed": 17, "hours": 8})
    assert (again.outcome, again.row_id) == ("changed", first.row_id)
    assert sorted(again.changes) == [("hours", None, 8), ("passed", 18, 17)]
    assert desk.figure("training.网格员", "2018-10-31") == 17


def test_by_its_number_even_what_the_key_is_made_of_is_changed(desk: Desk) -> None:
    first = desk.take("training", **COURSE)
    kept = desk.take("training", number=first.number, town="石柱镇", held_on="2018-10-10")
    assert kept.row_id == first.row_id
    assert desk.figure("training.网格员", "2018-10-31") == 0
    assert desk.figure("training.网格员", "2018-10-31", SHIZHU) == 18
    assert kept.number == first.number == "330784109-2018-0001"  # a number never changes


def test_a_blank_leaves_the_value_and_is_counted(desk: Desk) -> None:
    first = desk.take("training", **COURSE, hours=8)
    kept = desk.take("training", **{**COURSE, "passed": None}, hours=None, remark=None)
    assert (kept.outcome, kept.blanks) == ("unchanged", 2)
    assert desk.row("training", first.row_id)["hours"] == 8


def test_what_is_to_be_emptied_is_emptied(desk: Desk) -> None:
    first = desk.take("training", **COURSE, hours=8)
    desk.take("training", **COURSE, hours=CLEAR)
    assert desk.row("training", first.row_id)["hours"] is None


def test_a_new_record_with_fields_to_be_emptied_has_them_empty(desk: Desk) -> None:
    made = desk.take("training", **COURSE, hours=CLEAR, remark=CLEAR, organiser=CLEAR)
    assert tuple(desk.row("training", made.row_id)[c] for c in ("hours", "remark", "organiser")) == (None, None, None)


def test_all_that_cannot_be_found_is_told_at_once(desk: Desk) -> None:
    before = dump(desk.ledger)
    with refuses("E231", "E233"):
        desk.take("training", **{**COURSE, "town": "芝瑛"}, enterprise="没有的厂")
    assert dump(desk.ledger) == before


def test_a_day_in_the_future_is_refused_where_it_speaks_of_the_past(desk: Desk) -> None:
    with refuses("E213") as messages:
        desk.take("training", **{**COURSE, "held_on": "2018-11-06"})
    assert "晚于今天（2018-11-05），培训日期不能是将来" in messages[0]
    desk.take("training", **{**COURSE, "held_on": "2018-11-05"})


def test_there_is_no_such_number(desk: Desk) -> None:
    with refuses("E235"):
        desk.take("training", number="330784109-2018-0099", passed=1)


def test_a_number_is_never_taken_from_outside(desk: Desk) -> None:
    with refuses("E235"):
        desk.take("training", **COURSE, number="330784109-2018-0001")


class TestVoid:
    def test_it_stays_with_the_reason_and_counts_no_more(self, desk: Desk) -> None:
        course = desk.training()
        desk.void("training", course, "重复登记")
        row = desk.row("training", course)
        assert (row["voided_on"], row["void_reason"]) == ("2018-11-05", "重复登记")
        assert desk.figure("training.网格员", "2018-10-31") == 0

    def test_not_twice(self, desk: Desk) -> None:
        course = desk.training()
        desk.void("training", course)
        with refuses("E416"):
            desk.void("training", course)

    def test_its_key_is_refused_with_the_reason_until_it_is_taken_back(self, desk: Desk) -> None:
        first = desk.take("training", **COURSE)
        desk.void("training", first.row_id, "记错镇街")
        with refuses("E236") as messages:
            desk.take("training", **COURSE)
        assert "已作废（记错镇街）" in messages[0]
        with refuses("E236"):
            desk.take("training", number=first.number, passed=1)
        desk.undo()
        assert desk.take("training", **COURSE).outcome == "unchanged"

    def test_what_others_refer_to_is_not_voided(self, desk: Desk) -> None:
        firm = desk.enterprise()
        hazard = desk.hazard(firm)
        with refuses("E423") as messages:
            desk.void("enterprise", firm)
        assert "还有1条隐患用到它" in messages[0]
        with refuses("E423"):
            desk.void("town", 1)
        desk.void("hazard", hazard)
        desk.void("enterprise", firm)

    def test_an_enterprise_with_a_contract_is_not_voided(self, desk: Desk) -> None:
        firm = desk.enterprise()
        contract = desk.contract(firm)
        with refuses("E422"):
            desk.void("enterprise", firm)
        desk.void("trusteeship", contract)
        desk.void("enterprise", firm)

    def test_a_town_with_nothing_is_voided(self, desk: Desk) -> None:
        desk.void("town", 2)
        with refuses("E231"):
            desk.training(town="石柱镇")


def test_trap_11_full_width_and_blanks_are_one_identity(desk: Desk) -> None:
    code = "91330784147599098J"
    first = desk.read("enterprise", town="芝英镇", name="永康市恒达工具厂", credit_code=code)
    wide = code.translate({ord(c): ord(c) + 0xFEE0 for c in code})
    again = desk.read("enterprise", town="　芝英镇", name="永康市恒达工具厂　", credit_code=f" {wide.lower()}　")
    assert (again.outcome, again.row_id) == ("unchanged", first.row_id)


def test_trap_13_money_is_exact(desk: Desk) -> None:
    firm = desk.enterprise()
    texts = {"enterprise": desk.name(firm), "agency": "示例安全技术公司", "kind": "喷涂", "visits_per_year": "4"}
    days = {"from_on": "2018-03-01", "last_on": "2019-02-28"}
    for number, (typed, fen) in enumerate((("3000", 300000), ("0.29元", 29), ("1.15", 115), ("2.747万元", 2747000))):
        kind = ("喷涂", "涉氨", "涉粉", "小微")[number]
        made = desk.read("trusteeship", **{**texts, **days, "kind": kind, "yearly_fee": typed})
        assert desk.row("trusteeship", made.row_id)["yearly_fee"] == fen
    for town, typed in (("芝英镇", "274.7万元"), ("石柱镇", "0.07元")):
        desk.opening("罚款", "2018-10-31", typed, town=town)
    assert desk.figure("case.fine", "2018-10-31") == 274700000
    assert desk.figure("case.fine", "2018-10-31", SHIZHU) == 7


def test_a_record_without_a_town_is_numbered_by_the_county(desk: Desk) -> None:
    assert desk.target(5, town="全市") == 1
    assert desk.row("target", 1)["number"] == "000000-2018-0001"
    desk.read("setting", name="区划代码", value="330784")
    desk.target(5, town="全市", indicator="喷涂")
    assert desk.row("target", 2)["number"] == "330784-2018-0001"
    desk.target(5)
    assert desk.row("target", 3)["number"] == f"{ZHIYING}-2018-0001"


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ("training", "number"),
        ("hazard", "enterprise"),
        ("hazard", "accepted_on"),
        ("trusteeship", "enterprise"),
        ("target", "from_on"),
        ("enterprise", "state"),
        ("town", "name"),
        ("village", "town"),
    ],
)
def test_what_a_record_rests_on_is_not_emptied(desk: Desk, record: str, field: str) -> None:
    before = dump(desk.ledger)
    with refuses("E256"):
        desk.take(record, **{field: CLEAR})
    assert dump(desk.ledger) == before
