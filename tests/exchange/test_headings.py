"""Which row holds the headings, which column is which field, which rows are no records."""

from __future__ import annotations

from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.errors import Refused
from anjian_cli.exchange import headings, kind
from anjian_cli.exchange.content import Sheet
from anjian_cli.records import amounts, codes, days, values
from anjian_cli.records.definition import Column, Fields, Record


class Drill(Fields):
    number: Annotated[str | None, Column("编号", values.name, shown_only=True)] = None
    enterprise: Annotated[str, Column("企业名称", values.name, aliases=("单位名称",), required=True)]
    held_on: Annotated[str, Column("演练日期", days.day, required=True)]
    attended: Annotated[int | None, Column("参加人数（人）", amounts.count)] = None
    grant: Annotated[int | None, Column("经费（补助）", amounts.money)] = None
    cost: Annotated[int | None, Column("经费", amounts.money)] = None
    town: Annotated[str | None, Column("镇（街、区）", values.name, aliases=("镇街",))] = None


class Grid(Fields):
    town: Annotated[str | None, Column("镇（街、区）", values.name)] = None
    enterprise: Annotated[str | None, Column("企业名称", values.name)] = None
    officer: Annotated[str, Column("网格员", values.name, required=True)]
    phone: Annotated[str | None, Column("电话", codes.phone)] = None


DRILL = Record("fire_drill", "演练", Drill, 1, command="fire-drill")
GRID = Record("grid", "网格", Grid, 2)


def sheet(*rows: list[str]) -> Sheet:
    return Sheet("芝英镇.csv", "", list(enumerate(rows, start=1)))


def codes_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    assert all(fault.place.file == "芝英镇.csv" and str(fault) for fault in refused.value.faults)
    return [fault.code for fault in refused.value.faults]


def test_headings_are_matched_to_fields() -> None:
    found = headings.match(sheet(["企业名称", "备注", "演练日期", "参加人数（人）"], ["甲", "", "", ""]), DRILL)
    assert found.row == 1
    assert found.fields == {0: "enterprise", 2: "held_on", 3: "attended"}
    assert found.titles == {"enterprise": "企业名称", "held_on": "演练日期", "attended": "参加人数（人）"}
    assert found.unknown == ["备注"]
    assert found.width == 4


@pytest.mark.parametrize(
    "typed",
    [
        "企业名称",
        " 企 业 名 称　",
        "★企业名称",
        "*企业名称",
        "企业名称*",
        "企业\n名称",
        "企业名称（必填）",
        "企业名称(全称)",
        "单位名称",
        "enterprise",
        "Ｅｎｔｅｒｐｒｉｓｅ",
        "ENTERPRISE",
        "\ufeff企业名称",
        "企业名称：",
    ],
)
def test_spellings_of_a_heading(typed: str) -> None:
    assert headings.match(sheet([typed, "演练日期"]), DRILL).fields == {0: "enterprise", 1: "held_on"}


@pytest.mark.parametrize("typed", ["镇（街、区）", "镇(街、区)", "镇", "镇街", "town"])
def test_brackets_may_be_left_out(typed: str) -> None:
    assert headings.match(sheet(["企业名称", "演练日期", typed]), DRILL).fields[2] == "town"


def test_a_unit_that_multiplies_is_not_left_out() -> None:
    found = headings.match(sheet(["企业名称", "演练日期", "经费（万元）", "参加人数"]), DRILL)
    assert found.unknown == ["经费（万元）"]
    assert found.fields[3] == "attended"
    assert headings.match(sheet(["企业名称", "演练日期", "经费（元）"]), DRILL).fields[2] == "cost"


def test_a_full_title_goes_before_one_without_its_bracket() -> None:
    found = headings.match(sheet(["企业名称", "演练日期", "经费", "经费（补助）"]), DRILL)
    assert (found.fields[2], found.fields[3]) == ("cost", "grant")


def test_shown_columns_are_known_but_not_read() -> None:
    found = headings.match(sheet(["编号", "企业名称", "演练日期"]), DRILL)
    assert found.fields == {1: "enterprise", 2: "held_on"}
    assert found.unknown == []


def test_titles_and_instructions_above_are_passed_over() -> None:
    top = sheet(
        ["永康市应急演练登记表", "", "", ""],
        ["填表说明：企业名称须与营业执照一致", "", "", ""],
        ["企业名称", "基本情况", "", ""],
        ["单位名称", "演练日期", "经费", ""],
        ["甲", "2018-10-09", "20", ""],
    )
    found = headings.match(top, DRILL)
    assert (found.row, found.width) == (4, 3)


def test_headings_in_two_lines_are_read_together() -> None:
    two = sheet(
        ["应急演练登记表", "", "", "", ""],
        ["企业名称", "演练", "", "投入", "备注"],
        ["", "日期", "级别", "经费", ""],
        ["甲", "2018-10-09", "县级", "20", ""],
    )
    found = headings.match(two, DRILL)
    assert (found.row, found.width) == (3, 5)
    assert found.fields == {0: "enterprise", 1: "held_on", 3: "cost"}
    assert found.titles == {"enterprise": "企业名称", "held_on": "演练日期", "cost": "经费"}
    assert found.unknown == ["级别", "备注"]


def test_a_record_below_the_headings_is_not_read_as_their_second_line() -> None:
    found = headings.match(sheet(["企业名称", "演练日期", "经费"], ["甲", "", ""], ["乙", "2018-10-09", ""]), DRILL)
    assert (found.row, found.fields) == (1, {0: "enterprise", 1: "held_on", 2: "cost"})


def test_an_explanation_between_title_and_headings_is_passed_over() -> None:
    found = headings.match(
        sheet(["登记表", ""], ["填表说明：每月5日前报", ""], ["企业名称", "演练日期"], ["甲", "2018-10-09"]), DRILL
    )
    assert (found.row, found.titles["enterprise"]) == (3, "企业名称")


def test_of_equal_rows_the_first_holds_the_headings() -> None:
    assert headings.match(sheet(["企业名称", "演练日期"], ["企业名称", "演练日期"]), DRILL).row == 1


def test_the_line_is_that_of_the_file() -> None:
    assert headings.match(Sheet("a.csv", "", [(7, ["企业名称", "演练日期"])]), DRILL).row == 7


def test_one_heading_is_enough_if_no_other_is_required() -> None:
    assert headings.match(sheet(["网格员"], ["张三"]), GRID).fields == {0: "officer"}
    with pytest.raises(Refused) as refused:
        headings.match(sheet(["企业名称"], ["甲"]), DRILL)
    assert codes_of(refused) == ["E301"]


def test_no_heading_row() -> None:
    with pytest.raises(Refused) as refused:
        headings.match(sheet(["甲", "乙"], ["丙", "丁"]), DRILL)
    assert codes_of(refused) == ["E301"]
    assert "前20行中找“企业名称”“演练日期”等" in str(refused.value)
    assert "anjian fire-drill template" in str(refused.value)
    far = sheet(*[["甲", "乙"]] * 20, ["企业名称", "演练日期"])
    with pytest.raises(Refused):
        headings.match(far, DRILL)
    assert headings.match(far, DRILL, within=21).row == 21
    with pytest.raises(Refused):
        headings.match(sheet(), DRILL)


def test_all_that_is_wrong_with_the_headings_is_said_at_once() -> None:
    with pytest.raises(Refused) as refused:
        headings.match(sheet(["企业名称", "经费", "单位名称", "经费"]), DRILL)
    assert codes_of(refused) == ["E308", "E308", "E310"]
    assert "第1行（C列）：列“单位名称”出现了两次" in str(refused.value)
    assert "缺少必填的列：演练日期" in str(refused.value)


def test_the_kind_of_a_sheet_is_recognised() -> None:
    assert kind.recognise(sheet(["企业名称", "演练日期", "镇街"]), [GRID, DRILL]) is DRILL
    assert kind.recognise(sheet(["企业名称", "镇（街、区）", "网格员"]), [GRID, DRILL]) is GRID


def test_a_sheet_that_lacks_a_column_is_not_taken_for_another_kind() -> None:
    with pytest.raises(Refused) as refused:
        kind.recognise(sheet(["企业名称", "镇（街、区）", "经费", "参加人数", "网格员"]), [GRID, DRILL])
    assert codes_of(refused) == ["E310"]


def test_unrecognised_and_ambiguous_sheets() -> None:
    with pytest.raises(Refused) as refused:
        kind.recognise(sheet(["甲", "乙"]), [GRID, DRILL])
    assert codes_of(refused) == ["E301"]
    with pytest.raises(Refused) as refused:
        kind.recognise(sheet(["企业名称", "镇（街、区）"]), [GRID, DRILL])
    assert codes_of(refused) == ["E311"]
    assert "网格、演练" in str(refused.value)


def test_of_equal_kinds_the_one_with_all_required_columns_is_meant() -> None:
    rows = sheet(["企业名称", "镇（街、区）", "网格员", "经费"])
    assert kind.recognise(rows, [DRILL, GRID]) is GRID


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_letter(index: int, letters: str) -> None:
    assert headings.letter(index) == letters


@given(st.integers(0, 20_000))
def test_letters_count(index: int) -> None:
    number = 0
    for char in headings.letter(index):
        number = number * 26 + ord(char) - ord("A") + 1
    assert number == index + 1


def test_overlong() -> None:
    assert headings.overlong(["甲", "乙"], 2) == 0
    assert headings.overlong(["甲", "乙", "", "　"], 2) == 0
    assert headings.overlong(["甲", "乙", "", "丁", ""], 2) == 4
    assert headings.overlong(["甲"], 2) == 0


@pytest.mark.parametrize(
    "first",
    [
        "合计",
        "合 计",
        "总计：86",
        "小计(家)",
        "合计86",
        "填表人：张三",
        "填表人 张三",
        "审核人",
        "注：本表一式两份",
        "注1：略",
        "备注:",
        "示例",
        "示例1",
        "★示例",
        "单位负责人（签字）",
        "填表说明",
        "全市合计",
        "全县 总计：3",
        "全区合计86家",
    ],
)
def test_notes(first: str) -> None:
    assert headings.is_note([first, "", "86"])
    assert headings.is_note(["", "　", first, "86"])


@pytest.mark.parametrize(
    "first",
    [
        "永康市恒达工具厂",
        "合计算机有限公司",
        "注塑厂",
        "备注册商标事务所",
        "示例家具厂",
        "1",
        "总装厂",
        "小计量所",
        "全市合计事务所",
        "全新五金厂",
        "全市",
    ],
)
def test_records_are_no_notes(first: str) -> None:
    assert not headings.is_note([first, "合计"])


def test_a_blank_row_is_no_note() -> None:
    assert not headings.is_note(["", " "])
    assert not headings.is_note([])


@pytest.mark.parametrize("cell", ["共86条", "共 ８６ 家", "合计86"])
def test_a_count_of_the_rows_is_no_record(cell: str) -> None:
    assert headings.is_note(["", cell])


@pytest.mark.parametrize("cell", ["共青团路86号", "共86条街", "共进五金厂"])
def test_what_only_begins_like_a_count_is_one(cell: str) -> None:
    assert not headings.is_note([cell])


@pytest.mark.parametrize(
    ("heading", "field", "other"),
    [
        ("经费（万元）", "cost", True),
        ("花费（元）", "cost", False),
        ("花费（必填）", "cost", False),
        ("花费", "cost", False),
        ("参加人数（千人）", "attended", True),
    ],
)
def test_headings_in_another_unit(heading: str, field: str, other: bool) -> None:
    assert headings.other_scale(heading, DRILL.columns[field]) is other


def test_a_heading_in_yuan_for_a_column_in_ten_thousands() -> None:
    column = Column("直接经济损失（万元）", amounts.ten_thousand)
    assert headings.other_scale("损失（元）", column)
    assert not headings.other_scale("损失（万元）", column)
