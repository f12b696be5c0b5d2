"""Which rows are records and which are notes: by what stands in them, not by how they begin."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.exchange import headings, lines, long_sheets
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.lines import Form
from anjian_cli.exchange.report import Part
from anjian_cli.records import definition
from support.import_ledger import standing, take

COURSES = "培训名称,镇（街、区）,培训日期,培训类别,参训人次,合格人次"
REST = ",芝英镇,2018-10-20,其他从业人员,10,9"


def read(record: str, *rows: str) -> tuple[list[int], list[int], list[int]]:
    """The lines that are records, notes, and serial numbers alone, of rows below headings in line 1."""
    kind = definition.record(record)
    sheet = Sheet("a.csv", "", [(at, row.split(",")) for at, row in enumerate(rows, start=1)])
    form, part = Form(sheet, kind, headings.match(sheet, kind)), Part()
    return [line.row for line in lines.read(form, part)], part.skipped, part.numbered


@pytest.mark.parametrize(
    "first",
    [
        "单位负责人和安全管理人员培训班",
        "填报人员业务培训",
        "审核人员培训",
        "注1期",
        "示例1期培训",
        "合计2期",
        "备注2018年",
        "说明1",
        "共3期",
    ],
)
def test_a_row_whose_required_cells_read_is_a_record_whatever_it_begins_with(first: str) -> None:
    assert read("training", COURSES, first + REST) == ([2], [], [])
    # With one of them missing or misread it is what it looks like, if it looks like one.
    for rest in (",芝英镇,,其他从业人员,10,9", ",芝英镇,某日,其他从业人员,10,9", ",,,,,"):
        found = read("training", COURSES, first + rest)
        assert found[0] == ([] if headings.is_note([first]) else [2])


@pytest.mark.parametrize(
    "first",
    ["示例", "示例：甲班", "合计", "合计：3期", "填表人：甲", "注：甲", "说明", "备注", "共3个", "合计12人"[:2]],
)
def test_a_word_alone_or_with_a_colon_is_a_note_whatever_follows(first: str) -> None:
    assert read("training", COURSES, first + REST) == ([], [2], [])


FIRMS = "企业名称,镇（街、区）,联系电话,从业人数"


@pytest.mark.parametrize(
    ("row", "record"),
    [
        ("填表人张三,,审核人李四,", False),
        ("合计5,,,", False),
        ("合计5,,,120", True),  # by what can be read no total: a firm called 合计5 with 120 people
        ("填表人张三,芝英镇,0579-87123456,", True),
        ("合计,,,120", False),
    ],
)
def test_where_only_a_name_is_required_more_than_text_must_read(row: str, record: bool) -> None:
    assert read("enterprise", FIRMS, row)[0] == ([2] if record else [])


HAZARDS = "序号,企业名称,发现日期,隐患来源,隐患级别,隐患内容,整改期限"
HAZARD = "1,甲厂,2018-10-05,部门检查,一般,无罩,2018-10-08"


@pytest.mark.parametrize("serial", ["3", "3.", "3、", " 3 "])
def test_a_serial_number_alone_is_no_record(serial: str) -> None:
    assert read("hazard", HAZARDS, HAZARD, f"{serial},,,,,,") == ([2], [], [3])


def test_a_serial_number_below_no_heading_is_one_as_well() -> None:
    heads = HAZARDS.removeprefix("序号")
    assert read("hazard", heads, HAZARD, "3,,,,,,", "三,,,,,,") == ([2, 4], [], [3])


def test_what_is_more_than_a_serial_number_is_told() -> None:
    assert read("hazard", HAZARDS, "甲,,,,,,", ",甲厂,,,,,", "3,,,,,,x") == ([2, 3, 4], [], [])


def test_all_lines_of_a_note_belong_to_it() -> None:
    rows = [
        HAZARD,
        "说明：,隐患类型：按后果,,,,,",
        ",隐患级别：按总局令,,,,,",
        ",隐患状态：据复查,,,,,",
        "2、附照片,,,,,,",
    ]
    assert read("hazard", HAZARDS, *rows) == ([2], [3, 4, 5, 6], [])


def test_a_record_below_a_note_is_one() -> None:
    rows = ["说明：甲,,,,,,", HAZARD, ",甲厂,,,,,", "注,,,,,,", "合计,,,,,,", HAZARD]
    # The broken row in line 4 does not stand below the note, but below a record.
    assert read("hazard", HAZARDS, *rows) == ([3, 4, 7], [2, 5, 6], [])


def test_of_short_rows_below_a_note_none_is_lost_that_has_what_it_needs() -> None:
    assert read("enterprise", FIRMS, "说明：甲,,,", "甲厂,芝英镇,,", "乙厂,,,") == ([3, 4], [2], [])


@given(st.integers(0, 3), st.sampled_from(["合计2期培训", "注1期", "示例1期"]))
def test_notes_among_many_rows_are_judged_alike(at: int, name: str) -> None:
    rows = [f"{n}厂,芝英镇,,{n}" for n in range(3)]
    rows.insert(at, f"{name},芝英镇,,7")
    assert len(read("enterprise", FIRMS, *rows)[0]) == 4


def test_a_long_sheet_keeps_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heads = "企业名称,镇（街、区）,无代码原因,从业人数,生产经营地址\n"
    rows = [f"长{n}厂,芝英镇,代码不详,{n},某路{n}号" for n in range(40)]
    rows[5:5] = ["合计2期厂,芝英镇,代码不详,3,路", "说明：甲,,,,", ",乙,,,", "注塑厂,芝英镇,代码不详,4,路", "合计,,,,"]
    told = []
    for long in (10_000, 3):
        monkeypatch.setattr(long_sheets, "LONG", long)
        ledger = standing(tmp_path / f"{long}.db")
        report = take(ledger, heads + "\n".join(rows))
        told.append((report.new, report.parts[0].skipped, report.faults))
    assert told[0] == told[1] == (42, [8, 9, 11], [])
