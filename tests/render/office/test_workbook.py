"""The annexes as a workbook: every cell as the sheet says, totals as formulas that agree, ready to print."""

from __future__ import annotations

import io
import re
from fractions import Fraction

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from anjian_cli.bulletin import findings, phrase
from anjian_cli.render.office.annex import annexes
from anjian_cli.render.office.workbook import FIRST_HEAD, workbook
from anjian_cli.render.office.worksheet import heading, heading_width
from anjian_cli.render.paper import Head, Row, Sheet, shown
from support.bulletin_builder import SEEDS, bulletin, known
from support.points_builder import scored
from support.sweeps import sweep

MARK = "核对稿　数据时点2018-11-02 16:30"


def body(sheet: Sheet) -> int:
    """The first row of cells, from 1."""
    return FIRST_HEAD + (2 if any(head.group for head in sheet.heads) else 1) + 1


def marked(page: Worksheet) -> str | None:
    """What stands above every printed page."""
    header = page.oddHeader
    assert header is not None
    return header.right.text


@pytest.mark.unmeasured
@sweep("seed", SEEDS, keep=3)
def test_every_cell_is_what_the_sheet_says(seed: int) -> None:
    made = bulletin(seed)
    sheets = annexes(made)
    content = workbook(sheets, MARK, after=made.rule, charts_of=made)
    values, formulas = (load_workbook(io.BytesIO(content), data_only=only) for only in (True, False))
    assert values.sheetnames == [sheets[0].name, "排名图", *(sheet.name for sheet in sheets[1:]), "说明"]
    assert tuple(row[0].value for row in values["说明"].rows) == made.rule
    for sheet in sheets:
        page, written = values[sheet.name], formulas[sheet.name]
        rows = [row.cells for row in sheet.rows] + ([sheet.total] if sheet.total else [])
        for at, cells in enumerate(rows, body(sheet)):
            for column, (head, cell) in enumerate(zip(sheet.heads, cells, strict=True), 1):
                found = page.cell(at, column).value
                text = shown(cell, head.kind)
                if isinstance(found, int | float):
                    assert Fraction(str(found)) == Fraction(text.removeprefix("+"))
                else:
                    assert (found or "") == text
        assert sheet.total is not None
        last = body(sheet) + len(sheet.rows)
        for column in range(len(sheet.heads)):
            formula = str(written.cell(last, column + 1).value)
            assert formula.startswith("=SUM(") == sheet.summed(column)
            if sheet.summed(column):
                numbers = [page.cell(at, column + 1).value for at in range(body(sheet), last)]
                added = sum(Fraction(str(n)) for n in numbers if isinstance(n, int | float))
                assert added == Fraction(str(page.cell(last, column + 1).value))


def test_it_prints_on_a4_across_with_the_mark_on_every_page() -> None:
    for page in load_workbook(io.BytesIO(workbook(annexes(bulletin(1)), MARK))).worksheets:
        assert page.page_setup.orientation == "landscape"
        setup = page.page_setup  # 1 by default
        assert (setup.paperSize, setup.fitToWidth or 1, 1 if setup.fitToHeight is None else setup.fitToHeight) == (
            9,
            1,
            1,
        )
        fitted = page.sheet_properties.pageSetUpPr
        assert fitted is not None
        assert fitted.fitToPage
        assert page.print_area
        assert page.print_title_rows
        assert marked(page) == MARK
        assert page.oddFooter is not None
        assert page.oddFooter.center.text == "第 &P 页　共 &N 页"
        assert page.page_margins.left >= 20 / 25.4 - 0.001


def test_an_issued_one_has_no_mark_and_the_same_bytes_every_time() -> None:
    first, again = (workbook(annexes(bulletin(2)), "") for _ in range(2))
    assert first == again
    assert marked(load_workbook(io.BytesIO(first)).worksheets[0]) is None


def test_text_stays_text() -> None:
    heads = (Head("镇（街、区）", "name"), Head("备注", "text"))
    sheet = Sheet("表", None, "=1+1", "", "", heads, (Row(("=cmd|' /C calc'!A0", "http://x")),), None, ("@注",))
    page = load_workbook(io.BytesIO(workbook([sheet], "&甲")))["表"]
    assert page.cell(2, 1).data_type == "s"
    assert (page.cell(5, 1).value, page.cell(5, 1).data_type) == ("=cmd|' /C calc'!A0", "s")
    assert page.cell(5, 2).hyperlink is None


def test_the_first_places_and_the_last_are_coloured() -> None:
    made = known(bulletin(1))
    leaders = {phrase.place(made, one.town) for one in findings.overall(made).leaders}
    assert len(leaders) == 3
    sheet = annexes(made)[0]
    page = load_workbook(io.BytesIO(workbook([sheet], "")))[sheet.name]
    rank = [head.title for head in sheet.heads].index("排名") + 1
    for at, row in enumerate(sheet.rows, body(sheet)):
        colour = page.cell(at, rank).fill.fgColor.rgb
        assert colour == ("FFF4CCCC" if row.behind else "FFD9EAD3" if row.cells[1] in leaders else "00000000")


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_a_narrow_sheet_loses_nothing(columns: int) -> None:
    heads = tuple(Head(f"列{at}", "text") for at in range(columns))
    sheet = Sheet("表", None, "题", "左", "右", heads, (Row(("甲",) * columns),), None, ("注一",))
    page = load_workbook(io.BytesIO(workbook([sheet], "")))["表"]
    assert "".join(str(cell.value or "") for cell in page[3]).replace("　", "") == "左右"
    assert page.cell(2, 1).value == "题"
    assert [cell.value for cell in page[4]][:columns] == [head.title for head in heads]


def test_money_is_shown_without_a_bare_point_and_a_heading_breaks_before_its_bracket() -> None:
    heads = (Head("镇", "name"), Head("奖励资金（万元）", "money"), Head("尚欠序时（家）", "count"))
    sheet = Sheet("表", None, "题", "", "", heads, (Row(("甲", 5_000_000, 3)),), None, ())
    page = load_workbook(io.BytesIO(workbook([sheet], "")))["表"]
    assert (page.cell(5, 2).value, page.cell(5, 2).number_format) == (5, "General")
    assert page.cell(5, 3).number_format == "0"
    assert page.cell(4, 3).value == "尚欠\n序时\n（家）"


def test_a_long_list_takes_as_many_pages_as_it_needs() -> None:
    rows = tuple(Row((f"企业{at}",)) for at in range(31))
    sheet = Sheet("表", None, "题", "", "", (Head("企业名称", "name"),), rows, None, ())
    page = load_workbook(io.BytesIO(workbook([sheet], "")))["表"]
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$4:$4"


def test_what_is_said_before_and_after_tables_stands_around_them() -> None:
    sheet = Sheet("表", None, "题", "", "", (Head("镇", "name"),), (Row(("甲",)),), None, ())
    names = [
        load_workbook(io.BytesIO(workbook([sheet], "", before=before, after=after))).sheetnames
        for before, after in (((), ()), (("先",), ()), ((), ("后",)), (("先",), ("后",)))
    ]
    assert names == [["表"], ["说明", "表"], ["表", "说明"], ["要点", "表", "说明"]]


PLAIN = 15
"""A row of which no height is told, in points."""


def clipped(content: bytes) -> list[str]:
    """The cells whose text does not fit into their row: so many characters of 11 points as a column is wide stand
    beside each other, Chinese ones count two, and a line is 1.2 times as high as its type."""
    found = []
    for page in load_workbook(io.BytesIO(content)).worksheets:
        wide = {
            at: float(each.width)
            for each in page.column_dimensions.values()
            for at in range(each.min or 1, (each.max or 1) + 1)
        }
        high = {at: float(page.row_dimensions[at].height or PLAIN) for at in range(1, page.max_row + 1)}
        spans = {each.coord.partition(":")[0]: each.bounds for each in page.merged_cells.ranges}
        for cell in (cell for row in page.iter_rows() for cell in row if cell.data_type == "s"):
            if not cell.alignment.wrap_text:
                continue
            alone = (cell.column, cell.row, cell.column, cell.row)
            left, top, right, bottom = spans.get(cell.coordinate, alone)
            size = float(cell.font.sz or 0)
            fits = sum(wide[at] for at in range(left, right + 1)) * 11 / size
            lines = sum(max(1, -(-twice(line) // fits)) for line in str(cell.value).split("\n"))
            there = sum(high[at] for at in range(top, bottom + 1))
            if there < min(lines * size * 1.2, 409):
                found.append(f"{page.title}!{cell.coordinate} {there} {lines} {cell.value}")
    return found


def twice(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in re.sub("_x[0-9A-F]{4}_", "", text))  # those are escaped


@sweep("seed", SEEDS[:4], keep=2)
def test_no_text_is_clipped(seed: int) -> None:
    found = bulletin(seed)
    content = workbook(annexes(found), MARK, before=("开头" * 90,), after=found.rule, charts_of=found)
    assert clipped(content) == []
    points = scored(seed, items=9)
    assert clipped(workbook(annexes(points), MARK, after=points.rule, charts_of=points)) == []


def test_long_words_make_their_row_higher_and_a_heading_its_own() -> None:
    heads = (
        Head("镇", "name"),
        Head("差异原因", "text"),
        Head("调整依据（关停、搬迁、转产核减）", "count", "一组很长的名称"),
    )
    rows = (Row(("甲", "短", 1)), Row(("长名称的镇" * 9, "理由" * 60, 2)))
    sheet = Sheet(
        "表", None, "很长的题目" * 9, "左边" * 20, "右边" * 9, heads, rows, ("", "合计的说明" * 30, 3), ("注" * 300,)
    )
    content = workbook([sheet], "")
    assert clipped(content) == []
    page = load_workbook(io.BytesIO(content))["表"]
    heights = [page.row_dimensions[at].height or PLAIN for at in range(1, page.max_row + 1)]
    plain, long = heights[5], heights[6]
    assert long >= 4 * 10 * 1.2 > 2 * plain > 20
    assert min(heights[1], heights[2], heights[4], heights[7], heights[8]) > 24


def test_a_heading_leaves_no_character_alone_and_keeps_its_bracket() -> None:
    assert heading("与序时进度差（百分点）", 10) == "与序时\n进度差\n（百分点）"
    assert heading("标准化创建（%）", 7) == "标准化\n创建\n（%）"
    assert heading("排名", 5) == "排名"
    for title in (
        "标准化创建（%）",
        "参评项数",
        "联系电话",
        "与序时进度差（百分点）",
        "调整依据（关停、搬迁、转产核减）",
    ):
        lines = heading(title, heading_width(title, 5, 36, 3)).split("\n")
        assert len(lines) <= 3
        assert all(twice(line) > 2 for line in lines)
        assert sum("（" in line for line in lines) == sum("（" in line and "）" in line for line in lines)
