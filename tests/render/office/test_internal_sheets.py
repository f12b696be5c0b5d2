"""The office's own worksheets say what the ledger says, and leave to the clerk what it cannot."""

from __future__ import annotations

import io
from collections.abc import Sequence
from fractions import Fraction

from openpyxl import load_workbook

from anjian_cli.bulletin.cross_check import Compared, Reported, reported
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.task_basis import task_basis
from anjian_cli.bulletin.value import Bulletin, Confirmed, Correction, Filings, Rescored, TaskBasis
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.office.annex import annexes
from anjian_cli.render.office.internal_sheets import internal_sheets
from anjian_cli.render.office.workbook import workbook
from anjian_cli.render.paper import Sheet, Value, shown
from anjian_cli.workflow import month
from support.bulletin_builder import bulletin
from support.bulletin_ledger import JIANGNAN, OCTOBER, ZHIYING, Book
from support.bulletin_ledger import table as table_of

NAMES = ["数据核对", "欠账名单", "更正", "任务依据", "年底预计", "格码"]
FINE, GRID = "case.fine", "training.网格员"


def sheets(found: Bulletin, told: Sequence[Reported] = (), tasks: Sequence[TaskBasis] = ()) -> dict[str, Sheet]:
    made = internal_sheets(found, [], told, tasks)
    assert [sheet.name for sheet in made] == NAMES
    return {sheet.name: sheet for sheet in made}


def cells(sheet: Sheet) -> list[tuple[Value, ...]]:
    assert sheet.right == f"共{len(sheet.rows)}条"
    assert all(len(row.cells) == len(sheet.heads) for row in sheet.rows)
    return [row.cells for row in sheet.rows]


def test_the_columns_are_the_offices() -> None:
    found = sheets(bulletin(1))
    assert ["｜".join(head.title for head in sheet.heads) for sheet in found.values()] == [
        "镇（街、区）｜指标｜镇报数｜台账数｜相差｜差异原因｜镇经办人｜确认日期｜确认方式",
        "镇（街、区）｜类别｜企业名称｜统一社会信用代码｜现处阶段｜应完成日期｜超期天数｜责任人｜联系电话",
        "原通报期｜镇（街、区）｜指标｜原数｜更正数｜原因｜依据材料｜提出单位｜核实日期｜原排名｜更正后排名",
        "指标｜镇（街、区）｜年度任务｜下达文号｜起用日期｜调整前｜调整依据（关停、搬迁、转产核减）",
        "类别｜指标｜单位｜年度任务｜累计或现有｜距年度任务尚差｜余下每月需完成｜近3个月月均｜年底预计｜预计缺口"
        "｜预计完不成的镇（街、区）",
        "类别｜指标｜全市的格码｜镇（街、区）的格码，如",
    ]
    assert {sheet.left for sheet in found.values()} == {found["欠账名单"].left}
    assert all(sheet.number is None and "10月份" in sheet.title for sheet in found.values())


def test_one_that_is_empty_says_so_and_is_still_there() -> None:
    found = sheets(replace(bulletin(1), categories=(), corrections=(), rescored=()))
    assert [sheet.rows for sheet in found.values()] == [()] * len(NAMES)
    assert [sheet.notes[0] for sheet in found.values()] == [
        "没有镇（街、区）可核对。",
        "没有未完成的企业。",
        "已印发、定稿的数字没有更正。",
        "没有下达本年度任务。",
        "没有计分的任务。",
        "没有指标。",
    ]
    assert not any("差异 20" in note for note in found["更正"].notes)
    assert load_workbook(io.BytesIO(workbook(list(found.values()), ""))).sheetnames == NAMES


def test_what_towns_told_with_who_agreed() -> None:
    made = bulletin(1)
    one, two, three, four = (town.code for town in made.towns[:4])
    agreed = (Confirmed(one, "经办人甲", "2018-11-02", "微信"), Confirmed(two, "经办人乙", "2018-11-03", "电话"))
    made = replace(made, confirmed=agreed, filings=Filings((four,), (), (), (), ()))
    told = (
        Reported(
            one, "报送人甲", False, (Compared(GRID, 6, 4, "台账不计：…"), Compared(FINE, 5_000_000, 5_005_000, ""))
        ),
        Reported(two, "报送人乙", True, ()),
        Reported(three, "报送人丙", False, (Compared(GRID, 4, 4, ""),)),
        Reported(four, "", False, ()),
    )
    sheet = sheets(made, told)["数据核对"]
    names = [town.name for town in made.towns]
    assert cells(sheet) == [
        (names[0], "网格员培训合格（人次）", 6, 4, 2, "台账不计：…", "经办人甲", "2018-11-02", "微信"),
        (names[0], "处罚金额（万元）", "5", "5.005", "-0.005", "", "经办人甲", "2018-11-02", "微信"),
        (names[1], "全部", None, None, None, "", "经办人乙", "2018-11-03（以后数字有变）", "电话"),
        (names[2], "网格员培训合格（人次）", 4, 4, 0, "", "报送人丙", "未确认", ""),
        (names[3], "全部", "未报", None, None, "", "", "未确认", ""),
    ]
    assert [row.behind for row in sheet.rows] == [True, True, False, False, False]
    kept_no_reports = sheets(replace(made, filings=None), told)["数据核对"]
    assert kept_no_reports.rows[-1].cells[2] is None


def test_corrections_and_what_they_did_to_scores() -> None:
    made = bulletin(1)
    one, two, three = (town.code for town in made.towns[:3])
    corrections = (
        Correction("2018-09", GRID, one, 4, 3, False),
        Correction("2018-09", FINE, "", 0, 250_000, True),
        Correction("2018-09", "gone", three, 1, 2, False),
    )
    rescored = (
        Rescored("2018-09", one, Fraction(200, 3), Fraction(65), 2, 3),
        Rescored("2018-09", two, Fraction(66), Fraction(66), 3, 2),
        Rescored("2018-09", three, Fraction(40), None, 4, None),
    )
    sheet = sheets(replace(made, corrections=corrections, rescored=rescored))["更正"]
    first, second, third = (town.name for town in made.towns[:3])
    nothing = ("", "", "", "")
    assert cells(sheet) == [
        ("2018年9月", first, "网格员培训合格（人次）", 4, 3, *nothing, 2, 3),
        ("2018年9月", "未定镇街", "处罚金额（万元）", "0", "0.25", "口径变化", "", "", "", "", ""),
        ("2018年9月", third, "gone", 1, 2, *nothing, 4, None),
        ("2018年9月", first, "综合得分（分）", "66.67", "65.00", *nothing, 2, 3),
        ("2018年9月", second, "综合得分（分）", "66.00", "66.00", *nothing, 3, 2),
        ("2018年9月", third, "综合得分（分）", "40.00", "—", *nothing, 4, None),
    ]
    assert sheet.notes == (
        "排名为综合得分的排名，没有填的没有变动。",
        "依据材料、提出单位、核实日期和口径变化以外的原因，台账不记，请手填。",
        "由哪些记录造成：anjian 月份 差异 2018-09 --逐条。",
    )


def test_tasks_with_what_they_were_before() -> None:
    made = bulletin(1)
    year = "永安委〔2018〕3号"
    tasks = (
        TaskBasis(GRID, "1", "东城街道", 20, year, "2018-01-01", False, None, ""),
        TaskBasis(GRID, "2", "西城街道", 18, "永安委〔2018〕9号", "2018-06-01", True, 20, "甲厂关停"),
        TaskBasis(GRID, "3", "江南街道", None, "永安委〔2018〕9号", "2018-06-01", True, 5, ""),
        TaskBasis(GRID, "4", "石柱镇", 0, "永安委〔2018〕9号", "2018-06-01", True, None, ""),
        TaskBasis(FINE, "全市", "全市", 500_000, year, "2018-01-01", True, 0, ""),
    )
    grid, fine = "网格员培训合格（人次）", "处罚金额（万元）"
    assert cells(sheets(made, tasks=tasks)["任务依据"]) == [
        (grid, "东城街道", 20, year, "2018-01-01", "", ""),
        (grid, "西城街道", 18, "永安委〔2018〕9号", "2018-06-01", 20, "甲厂关停"),
        (grid, "江南街道", "撤销", "永安委〔2018〕9号", "2018-06-01", 5, ""),
        (grid, "石柱镇", 0, "永安委〔2018〕9号", "2018-06-01", "撤销", ""),
        (fine, "全市", "0.5", year, "2018-01-01", "0", ""),
    ]


def test_a_late_record_and_the_place_it_took_away_in_a_workbook() -> None:
    book = Book()
    for town in (JIANGNAN, ZHIYING):
        book.target(GRID, town, 10)
    book.training(JIANGNAN, "2018-09-03", 5)
    book.training(ZHIYING, "2018-09-03", 4)
    with book.gate() as gate:
        month.close(gate, OCTOBER.previous(), "0.1.0")
    book.training(ZHIYING, "2018-09-20", 2)
    found = book.bulletin()
    title = f"{table_of(found, GRID).title}（人次）"
    told = reported(book.connection, define(book.connection, OCTOBER), found)
    made = sheets(found, told, task_basis(book.connection, define(book.connection, OCTOBER)))
    assert cells(made["更正"]) == [
        ("2018年9月", "芝英镇", title, 4, 6, "", "", "", "", 2, 1),
        ("2018年9月", "江南街道", "综合得分（分）", "50.00", "50.00", "", "", "", "", 1, 2),
        ("2018年9月", "芝英镇", "综合得分（分）", "40.00", "60.00", "", "", "", "", 2, 1),
    ]
    assert [row[:2] for row in cells(made["数据核对"])] == [(town.name, "全部") for town in found.towns]
    assert [row[1:3] for row in cells(made["任务依据"])] == [("江南街道", 10), ("芝英镇", 10)]
    pages = load_workbook(io.BytesIO(workbook(list(made.values()), "核对稿")))
    for name, sheet in made.items():
        for at, row in enumerate(sheet.rows, 5):
            read = ["" if cell.value is None else str(cell.value) for cell in pages[name][at]]
            assert read == [shown(cell, head.kind) for cell, head in zip(row.cells, sheet.heads, strict=True)]


def test_the_codes_of_all_figures_stand_here_and_on_no_annex() -> None:
    found = bulletin(1)
    told = {row.cells[2:] for row in sheets(found)["格码"].rows}
    tables = [table for category in found.categories for table in category.indicators if table.total.done]
    assert tables
    assert {(table.total.code, table.cells[0].code if table.cells else "") for table in tables} <= told
    assert not any("格码" in note for sheet in annexes(found) for note in sheet.notes)
