"""What a reader of a workbook does not see as it is stored: merged cells, hidden and filtered rows, hidden columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from anjian_cli.exchange import content, headings, merged_cells
from anjian_cli.exchange.lines import Form
from anjian_cli.records import definition
from commands.conftest import Run
from support.import_ledger import code as credit_code

Sheet = Any
Rows = list[list[Any]]
HEADS = ["镇（街、区）", "培训日期", "培训类别", "培训名称", "参训人次", "合格人次"]
COURSES: Rows = [
    ["芝英镇", "2018-10-09", "其他从业人员", "喷涂企业员工培训", 60, 58],
    [None, "2018-10-10", "主要负责人", "负责人培训", 40, 39],
    [None, "2018-10-11", "安全管理人员", "管理人员培训", 30, 30],
]


def saved(name: str, rows: Rows, change: Callable[[Sheet], object]) -> str:
    book = Workbook()
    sheet: Sheet = book.active
    for row in rows:
        sheet.append(row)
    change(sheet)
    book.save(name)
    return name


def test_a_town_merged_over_its_rows(new_county: Run) -> None:
    name = saved("培训.xlsx", [HEADS, *COURSES], lambda sheet: sheet.merge_cells("A2:A4"))
    said = new_county("import", name)
    assert "新增3" in said
    assert "合并的单元格，每一行都按合并的内容读：镇（街、区）第2至4行。" in said
    new_county("training", "export", "-o", "出.csv")
    assert Path("出.csv").read_text("utf-8-sig").count("芝英镇") == 3


def test_below_a_merged_title_and_above_a_merged_foot(new_county: Run) -> None:
    rows: Rows = [["2018年10月培训情况"], HEADS, *COURSES, ["合计", None, None, None, 130, 127], ["说明：略"]]

    def merge(sheet: Sheet) -> None:
        for area in ("A1:F1", "A3:A5", "A6:D6", "A7:F7"):
            sheet.merge_cells(area)

    said = new_county("import", saved("培训.xlsx", rows, merge))
    assert "新增3" in said
    assert "第6、7行是合计、说明或示例" in said


def test_headings_of_two_merged_lines(new_county: Run) -> None:
    above = [*HEADS[:4], "人次", None]
    below: list[Any] = [None] * 4 + ["参训人次", "合格人次"]

    def merge(sheet: Sheet) -> None:
        for area in ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "A3:A5"):
            sheet.merge_cells(area)

    said = new_county("import", saved("培训.xlsx", [above, below, *COURSES], merge))
    assert "新增3" in said
    assert "参训人次共130" in said


@pytest.mark.parametrize(
    ("area", "place", "why"),
    [
        ("E2:E3", "第2行“参训人次”（E列）", "合并了第2至3行，分不清各行是多少"),
        ("E3:F3", "第3行“参训人次”（E列）", "合并了2列，分不清是哪一列的"),
    ],
)
def test_a_merged_number_is_refused(new_county: Run, area: str, place: str, why: str) -> None:
    rows = [HEADS, *([["芝英镇", *row[1:]] for row in COURSES])]
    said = new_county("import", saved("培训.xlsx", rows, lambda sheet: sheet.merge_cells(area)), code=1)
    assert "：3行，" in said
    assert place in said
    assert why in said
    assert "E457" in said


def test_a_text_merged_over_a_column_that_is_not_read_is_not_lost(new_county: Run) -> None:
    rows = [[*HEADS, "序号", "备注"], *([["芝英镇", *row[1:], "送教上门", None] for row in COURSES])]
    said = new_county("import", saved("培训.xlsx", rows, lambda sheet: sheet.merge_cells("G2:H2")), code=1)
    assert "第2行“备注”（H列）：这个单元格合并了2列，分不清是哪一列的" in said


def test_no_row_is_looked_at_more_often_than_it_has_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as rows, and some thousand that lie one upon the other, as a file by hand may have them."""
    looked: list[int] = []
    real = merged_cells._is_told

    def counted(*given: Any) -> bool:
        looked.append(given[2])
        return real(*given)

    monkeypatch.setattr(merged_cells, "_is_told", counted)
    record = definition.record("training")
    rows = [(1, HEADS), *((at, ["芝英镇", *map(str, COURSES[0][1:])]) for at in range(2, 402))]
    for merged in ([(at, at + 1, 0, 0) for at in range(2, 402, 2)], [(2, 1_048_576, 0, 0)] * 3000):
        looked.clear()
        sheet = content.Sheet("甲.xlsx", "", rows, unseen=content.Unseen(merged=merged))
        assert merged_cells.filled(Form(sheet, record, headings.match(sheet, record)))[1]
        assert len(looked) <= 401 * len(HEADS)


def test_hidden_and_filtered_rows_and_columns_are_said(new_county: Run) -> None:
    rows = [HEADS, *([["芝英镇", *row[1:]] for row in COURSES])]

    def hide(sheet: Sheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.auto_filter.ref = "A1:F4"
        sheet.column_dimensions["F"].hidden = True

    said = new_county("import", saved("培训.xlsx", rows, hide))
    assert "新增3" in said
    assert "第3行是隐藏的或筛选掉的，照样收了" in said
    assert "隐藏的列，照样读了：合格人次。" in said


def test_a_firm_merged_over_its_hazards(new_county: Run) -> None:
    Path("企业.csv").write_text(
        f"企业名称,统一社会信用代码,镇（街、区）,从业人数\n示例五金厂,{credit_code(1)},芝英镇,5\n", "utf-8"
    )
    new_county("import", "企业.csv")
    rows: Rows = [
        ["镇（街、区）", "企业名称", "发现日期", "隐患来源", "隐患级别", "隐患部位与描述", "整改期限"],
        ["芝英镇", "示例五金厂", "2018-10-09", "网格巡查", "一般", "通道堵塞", "2018-10-20"],
        [None, None, None, "网格巡查", "一般", "线路老化", "2018-10-20"],
    ]

    def merge(sheet: Sheet) -> None:
        for area in ("A2:A3", "B2:B3", "C2:C3"):
            sheet.merge_cells(area)

    said = new_county("import", saved("隐患.xlsx", rows, merge))
    assert "隐患2行，新增2" in said
