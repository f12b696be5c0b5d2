"""The due list as a form: what stands in it, and the whole round: out, filled in, and taken in."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from anjian_cli.bulletin import due
from anjian_cli.exchange import due_form, intake, marked_copy, opened_file, spreadsheet
from anjian_cli.exchange.cells import OTHER_DUE
from anjian_cli.exchange.report import Report
from anjian_cli.render.screen import report as shown
from anjian_cli.workflow import hazard_cycle
from anjian_cli.workflow.hazard_cycle import Acceptance
from support.desk import FIVE, SHIZHU, TODAY, ZHIYING, Desk

FILE = "芝英镇_待办回填单.xlsx"
DONE: dict[str, Any] = {"整改完成日期": date(2018, 11, 1), "验收日期": date(2018, 11, 2), "验收人": "验收人丙"}


def form(desk: Desk, town: str = ZHIYING) -> Workbook:
    """As it is sent out: written and read again."""
    found = due.due(desk.ledger, TODAY, "2018-12-05", town)
    made = due_form.book("芝英镇", "2018-11-05", found, due.hazards(desk.ledger, found, TODAY))
    return load_workbook(BytesIO(spreadsheet.content(made)))


def headed(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value).partition("\n")[0]: index for index, cell in enumerate(sheet[3], start=1)}


def fill_in(book: Workbook, *rows: dict[str, Any]) -> None:
    """Fill in the rows below the headings, in order."""
    sheet = book["隐患"]
    at = headed(sheet)
    for number, told in enumerate(rows, start=4):
        for heading, value in told.items():
            sheet.cell(number, at[heading]).value = value


def take(desk: Desk, book: Workbook, folder: Path) -> Report:
    book.save(folder / FILE)
    (opened,) = opened_file.open_files(folder / FILE)
    return intake.take_file(opened, lambda _: desk.gate())


def said(report: Report) -> list[str]:
    return shown.summary(report, dry_run=False, accept_good=False)


def test_what_is_known_of_a_hazard_stands_in_its_row(desk: Desk) -> None:
    firm = desk.enterprise("永康市甲厂", grid_officer="网格员乙")
    major = desk.hazard(firm, **FIVE, level="重大", description="=未用防爆灯", deadline_on="2018-11-20")
    desk.step(hazard_cycle.supervise, major, "县级", None, "2018-10-10")
    desk.step(hazard_cycle.rectify, major, "2018-11-01")
    desk.hazard(firm, description="配电箱无盖")
    book = form(desk)
    sheet = book["隐患"]
    assert book.sheetnames == ["隐患"]
    assert sheet["A1"].value == "芝英镇待办回填单：隐患　2018-11-05"
    at = headed(sheet)
    assert list(at) == [
        "隐患编号", "网格员", "受检单位", "隐患情况", "要办的事", "现期限", "整改完成日期", "验收日期", "验收单位",
        "验收人", "验收结论", "不合格原因", "延至日期", "延期日期", "延期理由", "批准单位", "批准文号",
    ]  # fmt: skip
    rows = [[cell.value for cell in sheet[row]][: at["验收日期"]] for row in (4, 5)]
    assert rows[0][1:] == ["网格员乙", "永康市甲厂", "配电箱无盖", "一般隐患整改\n逾5天", "2018-10-31", None, None]
    assert rows[1][:2] == [f"{ZHIYING}-2018-0001", "网格员乙"]
    assert rows[1][3:5] == ["=未用防爆灯", "重大隐患验收 县级挂牌\n15天"]
    assert str(rows[1][6])[:10] == "2018-11-01"
    assert (sheet.cell(5, 4).data_type, sheet.cell(5, at["验收日期"]).number_format) == ("s", "yyyy-mm-dd")
    checked = {str(rule.sqref).split(":")[0]: rule.type for rule in sheet.data_validations.dataValidation}
    assert checked == {"G4": "date", "H4": "date", "K4": "list", "M4": "date", "N4": "date"}
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (
        "landscape", 9, 1,
    )  # fmt: skip


@pytest.mark.unmeasured
def test_filled_in_it_closes_sends_back_and_extends(desk: Desk, tmp_path: Path) -> None:
    firm = desk.enterprise()
    hazards = [desk.hazard(firm) for _ in range(18)]
    book = form(desk)
    failed = DONE | {"验收结论": "不合格", "不合格原因": "型号不符"}
    extended = {"延至日期": date(2018, 12, 15), "延期理由": "设备未到", "批准单位": "县安委办"}
    fill_in(book, *[DONE | {"验收结论": "合格"}] * 14, failed, extended, extended | {"延期日期": "2018-10-30"})
    report = take(desk, book, tmp_path)
    assert (report.faults, report.new, report.changed, report.unchanged) == ([], 0, 17, 1)
    assert said(report)[:2] == [
        f"《{FILE}》：隐患18行，新增0，修改17，不变1。", "　销号14条、退回整改1条、延期2条。",
    ]  # fmt: skip
    assert [stage for (stage,) in desk.rows("hazard_listing", "stage")] == ["已销号"] * 14 + ["待整改"] * 4
    assert desk.rows("hazard_deadline", "from_on", "deadline_on", "reason", where="deadline_on > '2018-12-01'") == [
        (TODAY, "2018-12-15", "设备未到"), ("2018-10-30", "2018-12-15", "设备未到"),
    ]  # fmt: skip
    left = due.due(desk.ledger, TODAY, "2018-12-31")
    assert {one.record_id for one in left} == set(hazards[14:])
    assert said(take(desk, book, tmp_path))[0].endswith("修改0，不变18。")


def test_rectified_alone_is_told_apart(desk: Desk, tmp_path: Path) -> None:
    desk.hazard(desk.enterprise())
    book = form(desk)
    fill_in(book, {"整改完成日期": "2018年11月1日"})
    assert said(take(desk, book, tmp_path))[1] == "　整改完成1条。"
    (row,) = due.hazards(desk.ledger, due.due(desk.ledger, TODAY, "2018-12-31"), TODAY)
    assert (row.due.kind, row.rectified_on) == ("一般隐患验收", "2018-11-01")


def test_not_filled_in_it_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    firm = desk.enterprise()
    first, second, third = (desk.hazard(firm) for _ in range(3))
    desk.step(hazard_cycle.rectify, first, "2018-11-01")
    desk.step(hazard_cycle.extend, second, "2018-11-30", "2018-10-20", "设备未到", None, None)
    desk.step(hazard_cycle.rectify, third, "2018-10-20")
    desk.step(hazard_cycle.accept, third, Acceptance("2018-10-22", qualified=False, failure_reason="型号不符"))
    desk.contract(firm, last_on="2018-11-30")
    before = desk.head
    report = take(desk, form(desk), tmp_path)
    assert (report.faults, report.changed, report.unchanged, desk.head) == ([], 0, 3, before)
    assert said(report) == [
        f"《{FILE}》：隐患3行，新增0，修改0，不变3。",
        "　整改完成日期2018-11-01。",
        "　“其他待办”表只供查看，没有导入；办好的请用各自的登记表报来。",
    ]


def test_a_form_has_its_town_s_only_and_what_is_no_hazard_on_a_sheet_to_be_read(desk: Desk, tmp_path: Path) -> None:
    firm, other = desk.enterprise("甲厂"), desk.enterprise("乙厂", town="石柱镇")
    desk.hazard(firm)
    desk.hazard(other)
    desk.contract(other, last_on="2018-11-30", visits_per_year=0)
    book = form(desk, SHIZHU)
    units = [row[2].value for row in book["隐患"].iter_rows(min_row=4)]
    assert units == ["乙厂"]
    sheet = book[OTHER_DUE]
    assert [cell.value for cell in sheet[4]] == [
        "2018-11-30", "25天", "石柱镇", "托管合同到期 喷涂", "乙厂", "anjian 托管 新增 乙厂", None,
    ]  # fmt: skip
    assert OTHER_DUE in opened_file.NO_RECORDS
    assert form(desk).sheetnames == ["隐患"]
    hazard = desk.rows("hazard", "id", where="enterprise_id = 2")[0][0]
    desk.void("hazard", int(str(hazard)))
    nothing = take(desk, form(desk, SHIZHU), tmp_path)
    assert (nothing.faults, nothing.rows) == ([], 0)


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("told", "code", "cell"),
    [
        ({"整改完成日期": "2018-11-02", "验收日期": "2018-11-01"}, "E410", "H4"),
        ({"验收日期": "2018-11-01"}, "E421", "G4"),
        ({"延至日期": "2018-10-31"}, "E406", "M4"),
        ({"延期理由": "设备未到"}, "E424", "M4"),
        ({"整改完成日期": "2018-11-06"}, "E213", "G4"),
    ],
)
def test_what_cannot_be_comes_back_with_its_cell(
    desk: Desk, tmp_path: Path, told: dict[str, Any], code: str, cell: str
) -> None:
    desk.hazard(desk.enterprise())
    book = form(desk)
    fill_in(book, told)
    report = take(desk, book, tmp_path)
    assert [(fault.code, f"{fault.place.column}{fault.place.row}") for fault in report.faults] == [(code, cell)]
    assert not report.taken
    (opened,) = opened_file.open_files(tmp_path / FILE)
    opened.report.faults.extend(report.faults)
    copy = marked_copy.write(opened, tmp_path / "退回")
    assert copy is not None
    comment = load_workbook(copy.path)["隐患"][cell].comment
    assert comment is not None
    assert code in comment.text


def test_a_namesake_does_not_stand_in_the_way_and_other_grey_cells_are_not_read(desk: Desk, tmp_path: Path) -> None:
    firm = desk.enterprise("永康市同名厂")
    desk.hazard(firm, description="一处")
    desk.enterprise("永康市同名厂", town="石柱镇")
    book = form(desk)
    fill_in(book, {"要办的事": "改了", "现期限": "2019-01-01", **DONE})
    report = take(desk, book, tmp_path)
    assert (report.faults, said(report)[1]) == ([], "　销号1条。")
    assert desk.rows("hazard", "description", "enterprise_id") == [("一处", firm)]
