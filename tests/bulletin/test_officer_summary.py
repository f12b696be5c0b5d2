"""网格员统计: who looks after what, who inspects, who never finds anything; each figure against what was recorded."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.bulletin import coverage
from anjian_cli.bulletin.grid_work import names
from anjian_cli.bulletin.officer_summary import GRID, PER, PERSON, officer_summary
from anjian_cli.bulletin.summary_table import SummaryTable, Value
from support.desk import SHIZHU, ZHIYING, Desk

DAY = "2018-10-31"


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.towns()
    for name, town in (("芝英一网格", "芝英镇"), ("芝英二网格", "芝英镇"), ("石柱一网格", "石柱镇")):
        desk.take("grid", town=town, name=name)
    for name, town, grid in (
        ("甲", "芝英镇", "芝英一网格"),
        ("乙", "芝英镇", "芝英一网格"),
        ("丙", "石柱镇", "石柱一网格"),
    ):
        desk.take("officer", town=town, name=name, grid=grid, from_on="2018-01-02")
    return desk


def visit(office: Desk, firm: int, on: str, inspector: str | None, found: str = "无", method: str = "网格巡查") -> int:
    return office.of("inspection", firm, inspected_on=on, method=method, found_any=found, inspector=inspector)


def said(table: SummaryTable, name: str) -> dict[str, Value]:
    """The values of a row that are not nought or nothing, by the titles of their columns."""
    (row,) = (row for row in table.all_rows if row.name == name)
    return {column.full_title: value for column, value in zip(table.columns, row.values, strict=True) if value}


def test_by_town(office: Desk) -> None:
    firm, other = office.enterprise("示例甲厂"), office.enterprise("示例乙厂")
    office.enterprise("示例丙厂", registered_on="2018-11-01")
    office.edit("enterprise", other, state="停产", changed_on="2018-10-31")
    office.edit("enterprise", firm, state="停产", changed_on="2018-02-01")
    office.edit("enterprise", firm, state="在营", changed_on="2018-03-01")
    office.training(officers=("乙",), held_on="2018-03-01")
    office.training(officers=("甲",), held_on="2018-11-01")
    visit(office, firm, "2018-10-08", "甲、乙", "有")
    visit(office, firm, "2018-09-08", "甲，丁")
    visit(office, firm, "2018-10-09", "丁")
    visit(office, firm, "2018-10-09", None)
    visit(office, firm, "2018-11-01", "甲")
    visit(office, firm, "2018-01-01", "甲")  # who had not come yet
    office.void("inspection", visit(office, firm, "2018-10-10", "甲"))
    table = officer_summary(office.ledger, DAY)
    assert said(table, "芝英镇") == {
        "网格": 2,
        "网格没人的": 1,
        "网格本月未报": 1,
        "在岗网格员": 2,
        "企业": 1,
        "每人几家": Fraction(1, 2),
        "网格员已培训": 1,
        "网格员未培训": 1,
        "检查次数": 2,
        "检查查出问题": 1,
        "检查查无隐患": 1,
        "检查查无隐患率": Fraction(1, 2),
    }
    assert said(table, "石柱镇") == {"网格": 1, "网格本月未报": 1, "在岗网格员": 1, "网格员未培训": 1}
    assert said(table, "全市")["检查次数"] == 2
    assert [(row.behind, row.see) for row in table.rows] == [
        (True, "网格员 列表 --镇街 芝英镇"), (True, "网格员 列表 --镇街 石柱镇"),
    ]  # fmt: skip
    # Before the last week of a month most grids have not reported yet: then only a grid without anyone is marked.
    assert [row.behind for row in officer_summary(office.ledger, "2018-10-24").rows] == [True, False]
    assert [row.behind for row in officer_summary(office.ledger, "2018-10-24", GRID).rows] == [False, True, False]
    (only,) = officer_summary(office.ledger, DAY, town=SHIZHU).all_rows
    assert only.name == "石柱镇"


def test_grids_of_one_name_in_towns_that_were_merged(desk: Desk) -> None:
    """Whose officer and whose firm it is is told by the town of its row, though both count for one town by now."""
    desk.towns()
    numbers, officers = {}, {}
    for town in ("芝英镇", "石柱镇"):
        numbers[town] = desk.take("grid", town=town, name="一网格").number
        officers[town] = desk.take("officer", town=town, name="甲", grid="一网格").row_id
    visit(desk, desk.enterprise("示例甲厂", grid_officer="甲"), "2018-10-20", "甲")
    visit(desk, desk.enterprise("示例乙厂", town="石柱镇", grid_officer="甲"), "2018-08-20", "甲", "有")
    desk.take("town", code=SHIZHU, until_on="2018-10-01", merged_into=ZHIYING)
    own, other = (f"一网格（{numbers[town]}）" for town in ("芝英镇", "石柱镇"))
    table = officer_summary(desk.ledger, DAY, GRID)
    assert {row.name: (*row.values[1:5], row.values[-1], row.behind) for row in table.rows} == {
        own: ("甲", 1, 1, 0, 1, False),
        other: ("甲", 1, 1, 1, 0, True),
    }
    assert [row.values[2:6] for row in officer_summary(desk.ledger, DAY, PERSON).rows] == [
        (1, None, 1, 0),
        (1, None, 1, 1),
    ]
    rows = coverage.table(desk.ledger, coverage.coverage(desk.ledger, DAY), coverage.GRID).rows
    assert {row.name: row.values[1] for row in rows} == {f"芝英镇 {own}": 1, f"芝英镇 {other}": 1}
    assert said(officer_summary(desk.ledger, DAY), "芝英镇")["检查次数"] == 2
    for per in PER:  # who types the name that was finds the town that is
        asked = [officer_summary(desk.ledger, DAY, per, town) for town in (SHIZHU, ZHIYING)]
        assert asked[0] == asked[1]
        assert asked[0].rows == officer_summary(desk.ledger, DAY, per).rows[: len(asked[0].rows)]
        assert asked[0].rows
    desk.void("officer", officers["石柱镇"])
    assert said(officer_summary(desk.ledger, DAY), "芝英镇")["网格没人的"] == 1


def test_by_person_with_those_who_are_no_officers(office: Desk) -> None:
    firm, other = office.enterprise("示例甲厂", grid_officer="甲"), office.enterprise("示例乙厂", town="石柱镇")
    for day in range(1, 6):
        visit(office, firm, f"2018-10-0{day}", "甲、王某")
    visit(office, firm, "2018-10-09", "甲", "有")
    visit(office, other, "2018-10-10", "甲", "有", "部门检查")  # not in 石柱
    visit(office, other, "2018-10-10", None)
    for day in range(1, 5):
        visit(office, firm, f"2018-10-1{day}", "乙")
    office.training(officers=("乙",), held_on="2018-03-01")
    visit(office, office.enterprise("示例丁厂", town=None), "2018-10-11", "周某")
    table = officer_summary(office.ledger, DAY, PERSON)
    assert [(row.name, *row.values[:4], row.values[4], row.values[5], row.behind) for row in table.rows] == [
        ("甲", "芝英镇", "芝英一网格", 1, "未培训", 6, 1, False),
        ("乙", "芝英镇", "芝英一网格", 0, "已培训", 4, 0, False),
        ("丙", "石柱镇", "石柱一网格", 0, "未培训", 0, 0, False),
        ("王某", "芝英镇", "不在册", None, None, 5, 0, True),
        ("周某", None, "不在册", None, None, 1, 0, False),
        ("甲", "石柱镇", "不在册", None, None, 1, 1, False),
    ]
    assert table.notes == ("查了5次以上，一次问题也没有查出的：王某", "有1次检查没有写检查人，不在表里")
    assert table.rows[3].see == "检查 列表 --查找 王某"
    assert [row.name for row in officer_summary(office.ledger, DAY, PERSON, SHIZHU).rows] == ["丙", "甲"]
    office.take("officer", town="芝英镇", name="乙", until_on="2018-10-20")
    told = {row.name: row.values[1] for row in officer_summary(office.ledger, DAY, PERSON).rows}
    assert told["乙"] == "已离岗"
    office.take("officer", town="石柱镇", name="丙", until_on="2018-10-20")
    assert "丙" not in {row.name for row in officer_summary(office.ledger, DAY, PERSON).rows}


def test_by_grid(office: Desk) -> None:
    office.village("溪心村")
    office.take("grid", town="芝英镇", name="芝英二网格", village="溪心村")
    firm = office.enterprise("示例甲厂", grid_officer="乙", village="溪心村")
    other = office.enterprise("示例乙厂", village="溪心村")
    outside = office.enterprise("示例丙厂", grid_officer="没有这个人")
    visit(office, firm, "2018-09-08", None, "有")
    visit(office, other, "2018-10-08", None)
    visit(office, outside, "2018-10-09", "甲 丁")
    visit(office, firm, "2018-10-09", "甲", "有", "部门检查")
    table = officer_summary(office.ledger, DAY, GRID)
    assert [(row.name, *row.values, row.behind) for row in table.rows] == [
        ("芝英一网格", "芝英镇", "甲、乙", 1, 2, 1, 1, Fraction(1, 2), 1, False),
        ("芝英二网格", "芝英镇", None, 1, 1, 0, 1, Fraction(1), 1, True),
        ("石柱一网格", "石柱镇", "丙", 0, 0, 0, 0, None, 0, True),
    ]
    assert [row.name for row in officer_summary(office.ledger, DAY, GRID, ZHIYING).rows] == ["芝英一网格", "芝英二网格"]


def test_what_is_not_known_is_said(office: Desk) -> None:
    office.take("officer", town="石柱镇", name="丁", from_on="2018-01-02")
    office.take("grid", town="石柱镇", name="石柱一网格", until_on="2018-10-01")
    office.take("grid", town="石柱镇", name="石柱二网格", from_on="2018-10-01")
    assert officer_summary(office.ledger, DAY).rows[0].values[6:8] == (None, None)
    assert "培训都没有写到场的网格员" in officer_summary(office.ledger, DAY).notes[0]


def test_who_stands_with_a_grid_that_the_town_does_not_have(desk: Desk) -> None:
    desk.towns()
    desk.take("officer", town="芝英镇", name="甲", grid="芝英一格")
    desk.take("officer", town="石柱镇", name="乙", grid="石柱一格")
    assert all("名录" not in note for note in officer_summary(desk.ledger, DAY).notes)
    desk.take("grid", town="芝英镇", name="芝英一网格")
    assert "写的网格不在网格名录里的有1名：甲（芝英一格）" in officer_summary(desk.ledger, DAY).notes


def test_an_office_without_any(desk: Desk) -> None:
    desk.towns()
    for per in PER:
        notes = officer_summary(desk.ledger, DAY, per).notes
        assert notes[:2] == ("还没有登记在岗的网格员：anjian 网格员 新增", "还没有划定网格：anjian 网格 新增")


@pytest.mark.parametrize("told", ["甲、乙", "甲，乙", "甲,乙;甲", "甲 乙", " 甲　乙、", "甲；乙"])
def test_several_people_in_one_cell(told: str) -> None:
    assert names(told) == ("甲", "乙")
    assert names(None) == names("") == ()
