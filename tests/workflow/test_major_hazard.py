"""判定标准: clauses by which a hazard is a major one, chosen as its basis, by the day on which it was found."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from anjian_cli.errors import Refused
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.rules import major_hazard
from anjian_cli.rules.intervals import OPEN
from anjian_cli.workflow import hazard, in_bulk, register
from anjian_cli.workflow.kept_record import Kept
from support.desk import Desk, refuses

TODAY = "2026-01-31"
LAST_OF_2017, FIRST_OF_2023 = "2023-05-14", "2023-05-15"
DUST_2017, DUST_2023 = "129号-粉尘3", "令10-11(3)"


def found(desk: Desk, basis: str | None, on: str = "2024-05-09", **more: Any) -> Kept:
    told: dict[str, Any] = {
        "enterprise": desk.name(desk.enterprise()),
        "found_on": on,
        "source": "部门检查",
        "level": "重大",
    }
    told |= {"description": "一处", "deadline_on": on, "responsible": "甲", "measures": "停用", "funds": 100}
    return desk.take("hazard", TODAY, **{**told, "contingency_plan": "专人值守", "basis": basis, **more})


def basis_of(desk: Desk, kept: Kept) -> str:
    return str(desk.rows("hazard", "basis", where=f"id = {kept.row_id}")[0][0])


def test_codes_words_and_citations_are_each_of_one_clause_at_a_time() -> None:
    said = [text for each in major_hazard.CLAUSES for text in (each.code, each.words, each.citation)]
    for text in said:
        days = sorted((each.from_on, each.until_on) for each in major_hazard.meant(text))
        assert days
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(days))
    assert max(len(each.words) for each in major_hazard.CLAUSES) <= 25
    assert max(len(each.citation) for each in major_hazard.CLAUSES) <= 200


def test_how_many_clauses_there_are_on_a_day() -> None:
    """By the orders there are 59 and 64; less those that are not in here: 27 of 2017, 13 of 2023."""
    days = ("2017-11-29", "2017-11-30", LAST_OF_2017, FIRST_OF_2023, "2030-01-01")
    assert [len(major_hazard.in_force(day)) for day in days] == [0, 32, 32, 51, 51]
    assert {each.until_on for each in major_hazard.CLAUSES} == {FIRST_OF_2023, OPEN}


@pytest.mark.parametrize(
    ("basis", "where"),
    [
        ("令10-3(2)", "第三条第二项（管理类）"),
        ("令10-3（2）", "第三条第二项（管理类）"),
        ("令第10号第3条第2项", "第三条第二项（管理类）"),
        ("10号令 11(10)", "第十一条第十项（粉尘涉爆）"),
        ("特种作业人员未取得资格就上岗", "第三条第二项（管理类）"),
    ],
)
def test_a_clause_is_chosen_by_code_or_words_and_kept_as_it_is_cited(desk: Desk, basis: str, where: str) -> None:
    told = basis_of(desk, found(desk, basis))
    assert told.startswith(f"《工贸企业重大事故隐患判定标准》（应急管理部令第10号）{where}：")
    assert basis_of(desk, found(desk, told)) == told


@pytest.mark.parametrize("basis", ["粉尘防爆安全规程", "第三条", "特种作业", "令10"])
def test_other_text_stays_as_it_is(desk: Desk, basis: str) -> None:
    kept = found(desk, basis, level="一般")
    assert basis_of(desk, kept) == basis
    with desk.gate(TODAY) as gate:
        assert hazard.remarks(gate, [kept]) == []


@pytest.mark.parametrize(
    ("basis", "on", "said"),
    [
        (DUST_2023, LAST_OF_2017, "2023-05-15才施行"),
        (DUST_2023, FIRST_OF_2023, ""),
        (DUST_2017, LAST_OF_2017, ""),
        (DUST_2017, FIRST_OF_2023, "2023-05-15起已废止"),
        (DUST_2017, "2017-11-30", ""),
        (DUST_2017, "2017-11-29", "2017-11-30才施行"),
    ],
)
def test_one_that_was_not_in_force_that_day_is_refused_with_which_one_was(
    desk: Desk, basis: str, on: str, said: str
) -> None:
    if not said:
        assert basis_of(desk, found(desk, basis, on)).startswith("《工贸")
        return
    with refuses("E830") as messages:
        found(desk, basis, on)
    assert said in messages[0]
    then = {LAST_OF_2017: "安监总管四〔2017〕129号", FIRST_OF_2023: "应急管理部令第10号"}.get(on, "2017-11-30以前")
    assert then in messages[0]


def test_neither_the_day_nor_the_basis_alone_leads_out_of_the_days_it_holds(desk: Desk) -> None:
    row = found(desk, DUST_2017, "2023-05-10").row_id
    number = desk.rows("hazard", "number", where=f"id = {row}")[0][0]
    for told in ({"found_on": FIRST_OF_2023}, {"basis": DUST_2023}):
        with refuses("E830"):
            desk.edit("hazard", row, TODAY, **told)
        with desk.gate(TODAY) as gate, pytest.raises(Refused) as caught:
            register.correct(gate, definition.record("hazard"), {"number": number, **told}, Finder(gate.connection))
        assert [fault.code for fault in caught.value.faults] == ["E830"]
    assert desk.edit("hazard", row, TODAY, found_on="2023-05-09").outcome == "changed"


def test_a_clause_with_a_hazard_that_is_not_major_is_said_and_nothing_is_changed(desk: Desk) -> None:
    kept = [found(desk, "令10-3(2)", level="一般"), found(desk, "令10-3(2)"), found(desk, None, level="一般")]
    with desk.gate(TODAY) as gate:
        (told,) = hazard.remarks(gate, kept)
    assert (told.code, told.words["numbers"]) == ("N410", kept[0].number)
    assert desk.rows("hazard", "level") == [("一般",), ("重大",), ("一般",)]
    again = desk.edit("hazard", kept[0].row_id, TODAY, remark="已看过")
    with desk.gate(TODAY) as gate:
        assert hazard.remarks(gate, [again]) == []


def test_a_code_that_the_list_does_not_have_is_said_and_kept(desk: Desk) -> None:
    kept = found(desk, "令10-5(2)")
    assert basis_of(desk, kept) == "令10-5(2)"
    with desk.gate(TODAY) as gate:
        assert [fault.code for fault in hazard.remarks(gate, [kept])] == ["N411"]


def test_in_bulk_those_with_a_clause_are_left(desk: Desk) -> None:
    columns: dict[str, list[Any]] = {
        "enterprise": [desk.name(desk.enterprise())] * 4,
        "source": ["网格巡查"] * 4,
        "found_on": ["2018-05-01"] * 4,
        "level": ["一般"] * 4,
        "description": [f"第{at}处" for at in range(4)],
        "deadline_on": ["2018-07-01"] * 4,
        "basis": [None, "粉尘防爆安全规程", DUST_2017, "令10-5(2)"],
    }
    with desk.gate() as gate:
        way = in_bulk.of("hazard")
        assert way is not None
        taken = way(gate, definition.record("hazard"), Finder(gate.connection)).take(columns)
    assert taken.left == {2, 3}
