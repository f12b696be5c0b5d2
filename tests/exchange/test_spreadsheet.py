"""Workbooks as they are written: text stays text, days are days, and what is exported comes in unchanged."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from anjian_cli.exchange import spreadsheet
from anjian_cli.exchange.cells import READ_ONLY
from anjian_cli.ledger import listing
from anjian_cli.ledger.listing import Wanted
from anjian_cli.records import definition
from anjian_cli.records.definition import Kind
from anjian_cli.render.screen.listing import titles
from support.desk import Desk

RISKY = ["=1+1", "+8613800000000", "-1", "@SUM(1)", "\t=1", "#N/A", "=cmd|' /C calc'!A0", "9133078400000000X", "007"]


def written(*values: spreadsheet.Value, style: str = spreadsheet.PLAIN) -> list[object]:
    """Values put into a workbook, and the cells that another program reads."""
    book = spreadsheet.new()
    sheet = book.create_sheet("表")
    for index, value in enumerate(values, start=1):
        spreadsheet.put(sheet, 1, index, value, style)
    return list(load_workbook(BytesIO(spreadsheet.content(book)))["表"][1])


def test_no_text_is_a_formula() -> None:
    for text, cell in zip(RISKY, written(*RISKY), strict=True):
        assert (getattr(cell, "value", None), getattr(cell, "data_type", None)) == (text, "s")
        assert getattr(cell, "number_format", None) == "@"
        assert getattr(cell, "quotePrefix", None) == text.startswith(("=", "+", "-", "@", "\t"))


def test_what_no_workbook_can_hold() -> None:
    first, second = written("甲\0乙\x0b", "长" * 40000)
    assert getattr(first, "value", None) == "甲\ufffd乙\ufffd"
    assert len(getattr(second, "value", "")) == spreadsheet.LONGEST_CELL


def test_kinds_of_fields() -> None:
    hazard, enterprise, accident = map(definition.record, ("hazard", "enterprise", "accident"))
    assert spreadsheet.typed(hazard, "found_on", "2018-10-09") == date(2018, 10, 9)
    assert spreadsheet.typed(hazard, "found_on", "1900-01-31") == "1900-01-31"
    assert spreadsheet.typed(hazard, "funds", 150) == Decimal("1.5")
    assert spreadsheet.typed(accident, "loss", 12_500_000) == Decimal("12.5")
    assert spreadsheet.typed(enterprise, "employees", 12) == 12
    assert spreadsheet.typed(enterprise, "credit_code", "91330784MA00000001") == "91330784MA00000001"
    assert enterprise.kinds["risks"] is Kind.TERMS
    assert spreadsheet.typed(hazard, "funds", None) is None


def test_widths_and_heights() -> None:
    assert spreadsheet.wide("镇abc\n五个字的行") == 10
    assert spreadsheet.width(["永康市示例五金厂"]) == 19
    assert spreadsheet.width([None, "长" * 100]) == spreadsheet.WIDEST
    assert spreadsheet.height(["短", None], [10, 10]) is None
    assert spreadsheet.height(["长" * 20, 3], [22, 10]) == 33


def test_a_list_for_the_office(desk: Desk) -> None:
    enterprise = desk.enterprise()
    desk.hazard(enterprise, description="=1+1", funds=500000)
    rows = list(listing.rows(desk.ledger, "hazard", Wanted()))
    hazard = definition.record("hazard")
    book = spreadsheet.new(large=True)
    spreadsheet.add_list(book, "隐患", hazard, rows, titles(hazard, rows))
    sheet = load_workbook(BytesIO(spreadsheet.content(book)))["隐患"]
    cells = {heading.value: below for heading, below in zip(sheet[1], sheet[2], strict=True)}
    assert cells["发现日期"].value == datetime.fromisoformat("2018-10-09")
    assert cells["发现日期"].number_format == "yyyy-mm-dd"
    assert (cells["隐患部位与描述"].value, cells["隐患部位与描述"].data_type) == ("=1+1", "s")
    assert cells["资金（元）"].value == 5000
    assert cells["统一社会信用代码"].number_format == "@"
    grey = cells[f"现状{READ_ONLY}"]
    assert (grey.value, grey.fill.fgColor.rgb) == ("待整改", "00F2F2F2")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("D2", f"A1:{get_column_letter(len(cells))}2")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1"
