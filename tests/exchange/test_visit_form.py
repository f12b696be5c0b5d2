"""The firms that were not inspected as a form: out, filled in, and taken in; and what no other list may leave empty."""

from __future__ import annotations

import random
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from anjian_cli.bulletin import coverage
from anjian_cli.bulletin.unvisited import Unvisited
from anjian_cli.demonstration.firms import credit_code
from anjian_cli.exchange import intake, opened_file, spreadsheet, visit_form
from anjian_cli.exchange.receipts import Outcome
from anjian_cli.exchange.report import Report
from anjian_cli.render.data import report_json
from anjian_cli.render.screen import report as shown
from support.desk import SHIZHU, TODAY, ZHIYING, Desk
from support.sweeps import sweep

CAMPAIGN = "2018年隐患排查、教育培训大检查"  # with words that speak for other kinds of lists
CODES = [credit_code(90001), credit_code(90002)]
SEEN: dict[str, Any] = {"检查日期": date(2018, 10, 9), "检查方式": "部门检查", "检查人": "检查人丙", "有无隐患": "无"}


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.towns()
    desk.take("campaign", name=CAMPAIGN, from_on="2018-09-01")
    return desk


def units(desk: Desk, campaign: str | None = CAMPAIGN, town: str | None = None) -> visit_form.Forms:
    return visit_form.forms(desk.ledger, coverage.coverage(desk.ledger, TODAY, campaign), town, TODAY)


def form(desk: Desk, campaign: str | None = CAMPAIGN, town: str = ZHIYING) -> Workbook:
    """As it is sent out: written and read again."""
    found = units(desk, campaign, town)
    return load_workbook(BytesIO(spreadsheet.content(visit_form.book(found, found.units[0]))))


def headed(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): index for index, cell in enumerate(sheet[3], start=1)}


def fill_in(book: Workbook, told: dict[str, dict[str, Any]]) -> None:
    """Fill in the rows of firms, by their names."""
    sheet = book["检查"]
    at = headed(sheet)
    for row in range(4, sheet.max_row + 1):
        for heading, value in told.get(str(sheet.cell(row, 1).value), {}).items():
            sheet.cell(row, at[heading]).value = value


def take(desk: Desk, book: Workbook, folder: Path, name: str = "芝英镇_未查企业检查登记表.xlsx") -> Report:
    book.save(folder / name)
    (opened,) = opened_file.open_files(folder / name)
    return intake.take_file(opened, lambda _: desk.gate())


def said(report: Report) -> list[str]:
    return shown.summary(report, dry_run=False, accept_good=False)


def codes(report: Report) -> list[tuple[str, int | None, str]]:
    return [(fault.code, fault.place.row, fault.field) for fault in report.faults]


def left(desk: Desk, campaign: str | None = CAMPAIGN) -> list[str]:
    found = coverage.coverage(desk.ledger, TODAY, campaign)
    return [row.name for row in coverage.listed(desk.ledger, found, coverage.UNVISITED).rows]


def test_what_stands_in_it(office: Desk) -> None:
    office.enterprise("永康市甲厂", credit_code=None, operating_address="芝英镇示例路1号，找13800001234")
    office.enterprise("永康市乙厂")
    office.enterprise("永康市丙厂", town="石柱镇")
    found = units(office)
    assert [(unit.name, [firm.enterprise for firm in unit.firms]) for unit in found.units] == [
        ("芝英镇", ["永康市乙厂", "永康市甲厂"]), ("石柱镇", ["永康市丙厂"]),
    ]  # fmt: skip
    book = form(office)
    sheet = book["检查"]
    assert book.sheetnames == ["检查"]
    assert sheet["A1"].value == f"芝英镇未查企业检查登记表　{CAMPAIGN}，截至{TODAY}"
    assert "检查日期不早于2018-09-01的才算" in str(sheet["A2"].value)
    assert list(headed(sheet)) == [
        "企业名称", "统一社会信用代码", "镇（街、区）", "地址（只读）", "检查行动",
        "检查日期", "检查方式", "检查人", "有无隐患",
    ]  # fmt: skip
    rows = [[cell.value for cell in sheet[row]] for row in (4, 5)]
    assert rows == [
        ["永康市乙厂", None, "芝英镇", "（没有登记）", CAMPAIGN, None, None, None, None],
        ["永康市甲厂", None, "芝英镇", "芝英镇示例路1号，找138****1234", CAMPAIGN, None, None, None, None],
    ]
    checked = {str(rule.sqref): (rule.type, rule.formula1) for rule in sheet.data_validations.dataValidation}
    assert checked["F4:F5"][0] == "date"
    assert checked["I4:I5"] == ("list", '"有,无"')
    assert "部门检查" in checked["G4:G5"][1]
    assert "群众举报" not in checked["G4:G5"][1]


def test_a_campaign_that_is_over_says_until_when_a_visit_counts(office: Desk) -> None:
    office.take("campaign", name="春季行动", from_on="2018-03-01", last_on="2018-05-31")
    office.enterprise()
    note = str(form(office, "春季行动")["检查"]["A2"].value)
    assert "检查日期不早于2018-03-01、不晚于2018-05-31的才算" in note
    assert list(headed(form(office, None)["检查"]))[3:5] == ["地址（只读）", "检查日期"]


@pytest.mark.parametrize("campaign", [CAMPAIGN, None])
@sweep("seed", range(3), keep=2)
def test_filled_in_it_covers_those_who_were_visited(
    office: Desk, tmp_path: Path, seed: int, campaign: str | None
) -> None:
    chance = random.Random(seed)
    names = [f"永康市示例{letter}厂" for letter in "甲乙丙丁戊己"]
    for at, name in enumerate(names):
        code = {"credit_code": CODES[at], "no_code_reason": None} if at < len(CODES) else {}
        office.enterprise(name, **code)
    office.enterprise("永康市示例甲厂", town="石柱镇")  # of the same name, elsewhere
    office.enterprise("永康市示例己厂", town="石柱镇")
    book = form(office, campaign)
    visited = chance.sample(names, chance.randint(1, 5))
    fill_in(book, dict.fromkeys(visited, SEEN))
    report = take(office, book, tmp_path)
    assert (report.faults, report.new, report.rows) == ([], len(visited), len(visited))
    assert said(report)[0].endswith(f"检查{len(visited)}行，新增{len(visited)}，修改0，不变0。")
    assert f"　{6 - len(visited)}家没有填，没有收。" in said(report)
    not_visited = [name for name in names if name not in visited]
    assert sorted(left(office, campaign)) == sorted([*not_visited, "永康市示例甲厂", "永康市示例己厂"])
    assert {row for (row,) in office.rows("inspection", "town_code")} == {ZHIYING}
    again = take(office, book, tmp_path)
    assert (again.new, again.changed, again.unchanged) == (0, 0, len(visited))
    assert f"　{6 - len(visited)}家没有填，没有收。" in said(again)


def test_not_filled_in_it_changes_nothing(office: Desk, tmp_path: Path) -> None:
    for _ in range(3):
        office.enterprise()
    head = office.head
    report = take(office, form(office), tmp_path)
    assert said(report) == [
        "《芝英镇_未查企业检查登记表.xlsx》：检查0行，新增0，修改0，不变0。", "　3家没有填，没有收。",
    ]  # fmt: skip
    assert office.head == head
    told = report_json.document([Outcome(report, tmp_path / "a.xlsx", "", None)], [], [], dry_run=False)
    assert '"rows_not_filled": [\n            4,\n            5,\n            6\n          ]' in told
    report.taken = False
    assert shown.summary(report, dry_run=True, accept_good=False)[1] == "　3家没有填，没有收。"


@pytest.mark.parametrize("told", [{"检查人": "检查人丙"}, {"检查方式": "部门检查"}, {"有无隐患": "无"}])
def test_half_filled_in_it_is_refused(office: Desk, tmp_path: Path, told: dict[str, str]) -> None:
    office.enterprise("永康市甲厂")
    office.enterprise("永康市乙厂")
    book = form(office)
    fill_in(book, {"永康市甲厂": SEEN, "永康市乙厂": told})
    report = take(office, book, tmp_path)
    assert ("E202", 4, "inspected_on") in codes(report)
    assert office.rows("inspection", "id") == []


def test_a_remark_is_never_passed_over(office: Desk, tmp_path: Path) -> None:
    office.enterprise("永康市甲厂")
    book = form(office)
    book["检查"].cell(3, 10).value = "备注"
    book["检查"].cell(4, 10).value = "大门关着"
    assert codes(take(office, book, tmp_path))[0] == ("E202", 4, "inspected_on")


def test_an_empty_row_of_any_other_list_is_refused(office: Desk, tmp_path: Path) -> None:
    """The row that the form would pass over: without the form's column; with a column but nothing in it, as in a row
    that was added; with another read-only column."""
    office.enterprise("永康市甲厂")
    empty = [("E202", 4, "inspected_on"), ("E202", 4, "method"), ("E202", 4, "found_any")]
    for heading in ("地址", "发现隐患（条）（只读）", "（只读）"):
        book = form(office)
        book["检查"].cell(3, headed(book["检查"])["地址（只读）"]).value = heading
        assert codes(take(office, book, tmp_path)) == empty
    book = form(office)
    book["检查"].cell(4, headed(book["检查"])["地址（只读）"]).value = None
    assert codes(take(office, book, tmp_path)) == empty
    # Of another kind of record that heading means nothing.
    hazards = Workbook()
    sheet = hazards.worksheets[0]
    sheet.append(["企业名称", "地址（只读）", "发现日期", "隐患来源", "隐患级别", "隐患部位与描述", "整改期限"])
    sheet.append(["永康市甲厂", "芝英镇示例路1号"])
    assert {code for code, *_ in codes(take(office, hazards, tmp_path))} == {"E202"}


def test_namesakes_that_nothing_tells_apart_are_left_out(office: Desk) -> None:
    for number in ("330784600000001", "330784600000002"):
        office.enterprise("永康市甲厂", registration_number=number)
    office.enterprise("永康市乙厂")
    (unit,) = units(office).units
    assert unit == Unvisited("芝英镇", unit.firms, ("永康市甲厂", "永康市甲厂"))
    assert [firm.enterprise for firm in unit.firms] == ["永康市乙厂"]
    assert not units(office, town=SHIZHU).units
