"""Workbooks as offices send them: every cell read as its reader sees it, or refused with its cell."""

from __future__ import annotations

import shutil
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from anjian_cli.errors import Fault, Refused
from anjian_cli.exchange import cell_value, intake, opened_file, reader, workbook, workbook_package
from anjian_cli.exchange.content import Content, Sheet
from anjian_cli.exchange.report import Report
from exchange.books import altered, claimed_size, locked, packed, saved, unpacked, xls, xlsx
from support.examples import examples
from support.import_ledger import JINGGONG, code, content, gates, newest, operations, take

SHEET = "xl/worksheets/sheet1.xml"


def sheets(data: bytes, suffix: str = ".xlsx") -> list[Sheet]:
    return reader.sheets(Content(f"芝英镇{suffix}", data, suffix))


def cells(data: bytes, suffix: str = ".xlsx") -> list[list[str]]:
    (sheet,) = sheets(data, suffix)
    return [row for _, row in sheet.rows]


def fault(data: bytes, suffix: str = ".xlsx") -> Fault:
    with pytest.raises(Refused) as caught:
        sheets(data, suffix)
    (only,) = caught.value.faults
    assert only.place.file == f"芝英镇{suffix}"
    assert str(only)
    return only


# --- cells

VALUES: list[tuple[object, str]] = [
    ("  芝英镇\u3000", "  芝英镇\u3000"),
    (12, "12"),
    (12.0, "12"),
    (-3, "-3"),
    (0, "0"),
    (0.1 + 0.2, "0.3"),
    (274.7, "274.7"),
    (1e-7, "0.0000001"),
    (330784000012345, "330784000012345"),
    (913307840000000001, "9.13308E+17"),
    (9.1330784e16, "9.13308E+16"),
    (1e15, "1E+15"),
    (13800000000, "13800000000"),
    (True, "是"),
    (False, "否"),
    (None, ""),
    (date(2018, 10, 9), "2018-10-09"),
    (datetime(2018, 10, 9), "2018-10-09"),  # noqa: DTZ001 -- a cell has no time zone
    (datetime(2018, 10, 9, 13, 5), "2018-10-09 13:05"),  # noqa: DTZ001
    (date(1900, 1, 31), "1900-01-31"),
    (time(9, 30), "09:30"),
    (43382, "43382"),
    ("9.13308E+17", "9.13308E+17"),
]


def test_cells_are_read_as_they_are_seen() -> None:
    assert cells(xlsx({"隐患": [["首", *(value for value, _ in VALUES)]]})) == [["首", *(seen for _, seen in VALUES)]]


def test_cells_of_an_old_workbook() -> None:
    day, moment = xlwt.easyxf(num_format_str="yyyy-mm-dd"), xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    clock = xlwt.easyxf(num_format_str="hh:mm")

    def more(book: Any) -> None:
        sheet = book.get_sheet(0)
        sheet.write(1, 0, date(2018, 10, 9), day)
        sheet.write(1, 1, datetime(2018, 10, 9, 13, 5), moment)  # noqa: DTZ001
        sheet.write(1, 2, time(9, 30), clock)
        sheet.row(1).set_cell_error(3, 0x2A)
        sheet.write(1, 4, xlwt.Formula("1+1"))
        sheet.write(1, 5, -1.0, day)

    plain = [value for value, _ in VALUES if not isinstance(value, date | time)]
    seen = [seen for value, seen in VALUES if not isinstance(value, date | time)]
    rows = cells(xls([plain], more), ".xls")
    assert rows[0] == seen
    assert rows[1][:4] == ["2018-10-09", "2018-10-09 13:05", "09:30", "#N/A"]


@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_days_counted_from_1904(suffix: str) -> None:
    if suffix == ".xlsx":
        data = xlsx({"隐患": [["日"], [date(2018, 10, 9)]]}, lambda book: setattr(book, "epoch", CALENDAR_MAC_1904))
    else:

        def old(book: Any) -> None:
            book.dates_1904 = True
            book.get_sheet(0).write(1, 0, date(2018, 10, 9), xlwt.easyxf(num_format_str="yyyy-mm-dd"))

        data = xls([["日"]], old)
    assert cells(data, suffix) == [["日"], ["2018-10-09"]]


def test_times_beyond_a_day() -> None:
    assert cell_value.text(timedelta(hours=30, minutes=5)) == "30:05"
    assert cell_value.text(time(9, 30, 5)) == "09:30:05"


def test_failed_formulas_keep_their_sign() -> None:
    data = xlsx({"说明": [["x"]], "隐患": [["首", "#N/A", "#REF!", "尾"], ["甲", "", "", "#DIV/0!"]]})
    assert [row for _, row in sheets(data)[1].rows] == [["首", "#N/A", "#REF!", "尾"], ["甲", "", "", "#DIV/0!"]]


def test_a_formula_gives_its_result_and_is_counted() -> None:
    data = xlsx({"隐患": [["数", "=1+2", "=3+4"]]})
    data = altered(data, SHEET, b"<f>1+2</f><v />", b"<f>1+2</f><v>3</v>")
    (sheet,) = sheets(data)
    assert (sheet.rows, sheet.formulas, sheet.unknown_results) == ([(1, ["数", "3"])], 2, 1)


def test_rows_and_columns_are_those_of_the_sheet() -> None:
    data = xlsx({"隐患": []}, lambda book: book.worksheets[0].cell(4, 3, "甲"))
    assert sheets(data)[0].rows == [(4, ["", "", "甲"])]
    data = xls([], lambda book: book.get_sheet(0).write(3, 2, "甲"))
    assert sheets(data, ".xls")[0].rows == [(4, ["", "", "甲"])]


def test_hidden_sheets_are_not_read_and_hidden_rows_are() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["旧"].sheet_state = "hidden"
        book["更旧"].sheet_state = "veryHidden"
        book["隐患"].row_dimensions[2].hidden = True

    found = sheets(xlsx({"隐患": [["甲"], ["乙"]], "旧": [["丙"]], "更旧": [["丁"]]}, hide))
    assert [(sheet.name, sheet.hidden, sheet.rows) for sheet in found] == [
        ("隐患", False, [(1, ["甲"]), (2, ["乙"])]),
        ("旧", True, []),
        ("更旧", True, []),
    ]

    def hide_old(book: Any) -> None:
        book.add_sheet("旧").visibility = 1

    assert [sheet.hidden for sheet in sheets(xls([["甲"]], hide_old), ".xls")] == [False, True]


def test_only_the_first_of_merged_cells_has_the_value() -> None:
    data = xlsx({"隐患": [["甲", "乙"], [None, "丙"]]}, lambda book: book["隐患"].merge_cells("A1:A2"))
    assert cells(data) == [["甲", "乙"], ["", "丙"]]


def test_a_chart_is_no_sheet() -> None:
    data = xlsx({"隐患": [["甲"]]}, lambda book: book.create_chartsheet("图"))
    assert [(sheet.name, bool(sheet.rows)) for sheet in sheets(data)] == [("隐患", True), ("图", False)]


def test_a_workbook_is_one_whatever_it_is_called(tmp_path: Path) -> None:
    for name, data in (
        ("甲.csv", xlsx({"隐患": [["甲"]]})),
        ("乙.xlsx", xls([["甲"]])),
        ("丙.xlsm", xlsx({"a": [["甲"]]})),
    ):
        (sheet,) = reader.read(saved(tmp_path / name, data))
        assert sheet.rows == [(1, ["甲"])]
    (sheet,) = reader.read(reader.STDIN, stdin=xlsx({"隐患": [["甲"]]}))
    assert (sheet.file, sheet.rows) == ("标准输入", [(1, ["甲"])])


# --- what is not read


def test_passwords() -> None:
    found = fault(locked(xls([["甲"]])))
    assert found.code == "E314"
    assert "取消密码" in found.remedy
    # An old workbook says it by a record of its own.
    old = bytearray(xls([["甲"]]))
    at = old.index(b"\xe1\x00\x02\x00")  # the record that follows the beginning
    old[at : at + 6] = b"\x2f\x00\x02\x00\x00\x00"
    assert fault(bytes(old), ".xls").code == "E314"


@pytest.mark.unmeasured
@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_damaged_files(keep: float) -> None:
    for data, suffix in ((xlsx({"隐患": [["甲"]]}), ".xlsx"), (xls([["甲"]]), ".xls")):
        assert fault(data[: int(len(data) * keep)], suffix).code == "E315"


def test_other_files_of_the_same_make() -> None:
    assert fault(packed({"mimetype": b"x", "content.xml": b"<x/>"}), ".odt").words["suffix"] == ".odt"
    assert fault(packed({"mimetype": b"x", "content.xml": b"<x/>"}), ".ods").words["suffix"] == ".odt"
    assert fault(packed({"[Content_Types].xml": b"<x/>", "甲/a.xml": b"<x/>"})).code == "E315"
    assert fault(packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "").words["suffix"] == ".docx"
    assert fault(packed({"[Content_Types].xml": b"<x/>", "xl/a.xml": b"<x/>"})).code == "E315"


@pytest.mark.parametrize("module", ["python_calamine", "xlrd"])
def test_without_the_component(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    data, suffix = (xls([["甲"]]), ".xls") if module == "xlrd" else (xlsx({"隐患": [["甲"]]}), ".xlsx")
    found = fault(data, suffix)
    assert found.code == "E313"
    assert "CSV" in found.remedy


# --- limits


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="B2"', b'r="XFD1048576"'),
        (b'r="B2"', b'r="B4294967290"'),
        (b'r="B2"', b"r='XFD1048576'"),
        (b'r="B2"', b's=">" r="XFD1048576"'),
        (b'<row r="2"', b'<row r="99999999"'),
        (b'<c r="B2"', b'<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="XFD1048576"'),
    ],
)
def test_a_cell_far_away_does_not_take_all_memory(old: bytes, new: bytes) -> None:
    data = xlsx({"隐患": [["甲", "乙"], ["丙", "丁"]]})
    if b"<x:c" in new:
        data = altered(data, SHEET, b'<c r="B2" t="inlineStr"><is><t>\xe4\xb8\x81</t></is></c>', new + b"/>")
    elif b"<row" in new:
        data = altered(altered(data, SHEET, b' r="B2"', b""), SHEET, b' r="A2"', b"")
        data = altered(data, SHEET, old, new)
    else:
        data = altered(data, SHEET, old, new)
    found = fault(data)
    assert (found.code, found.words["what"]) == ("E317", "表的范围")


def test_rows_and_cells_need_not_say_where_they_stand() -> None:
    data = xlsx({"隐患": [["甲", "乙"], ["丙", "丁"]]})
    for old in (b' r="A1"', b' r="B1"', b' r="A2"', b' r="B2"', b' r="1"', b' r="2"'):
        data = altered(data, SHEET, old, b"")
    assert cells(data) == [["甲", "乙"], ["丙", "丁"]]


@pytest.mark.unmeasured
def test_wide_and_long_sheets_are_taken() -> None:
    assert len(cells(xlsx({"隐患": [[*map(str, range(800))], ["x"]]}))[0]) == 800
    data = xlsx({"隐患": [["甲"]]}, lambda book: book["隐患"].cell(1_048_576, 1, "尾"))
    assert [row for row, _ in sheets(data)[0].rows] == [1, 1_048_576]


def test_too_many_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_SHEETS", 2)
    assert fault(xlsx({"甲": [], "乙": [], "丙": []})).words["size"] == "3张"
    assert fault(xls([], lambda book: [book.add_sheet("a"), book.add_sheet("b")]), ".xls").code == "E317"


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_package, "MOST_CELLS", 5)
    assert fault(xlsx({"甲": [["1", "2"], ["3", "4"]], "乙": [["1", "2"]]})).code == "E317"
    assert len(sheets(xlsx({"甲": [["1", "2"], ["3", "4"]]}))) == 1


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
def test_entities_are_not_expanded(part: str) -> None:
    parts = unpacked(xlsx({"隐患": [["甲"]]}))
    begin = 0 if not parts[part].startswith(b"<?") else parts[part].index(b"?>") + 2
    changed = parts[part][:begin] + LAUGHS + parts[part][begin:].replace("甲".encode(), b"&b;")
    assert fault(packed({**parts, part: changed})).code == "E315"


def test_a_size_that_is_not_true() -> None:
    data = xlsx({"隐患": [["甲" * 1000]]})
    real = len(unpacked(data)[SHEET])
    for size in (0, real - 500, real + 1):
        assert fault(claimed_size(data, SHEET, size)).code == "E315"


# --- imported


@pytest.fixture
def ledger(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "甲.db"))


ENTERPRISE = ["镇（街、区）", "企业名称", "统一社会信用代码", "生产经营地址", "从业人数", "注册日期"]
HAZARD = ["企业名称", "发现日期", "隐患来源", "隐患级别", "隐患部位与描述", "整改期限"]


def hazard(what: str, **values: object) -> list[object]:
    row = dict(
        zip(HAZARD, ["永康市精工五金厂", date(2018, 10, 9), "网格巡查", "一般", what, date(2018, 11, 30)], strict=True)
    )
    assert values.keys() <= row.keys()
    return list({**row, **values}.values())


def places(report: Report) -> list[tuple[str, int | None, str, str]]:
    assert all(str(fault) for fault in report.faults)
    return [(f.place.sheet, f.place.row, f.code, f.place.column) for f in report.faults]


def test_a_workbook_as_it_arrives(ledger: Path) -> None:
    """A title, an explanation, headings in two lines, numbers for text, a total, a note, a hidden sheet."""
    rows: list[list[object]] = [
        ["永康市10月企业名单"],
        ["填表说明：每月5日前报"],
        ["镇（街、区）", "企业名称", "统一社会信用代码", "地址", None, "从业人数", "注册", "网格"],
        [None, None, None, "生产经营地址", "注册地址", None, "日期", None],
        ["芝英镇\u3000", "永康市甲五金厂", code(101), "甲路１号", None, 12.0, date(2001, 2, 3), "x"],
        ["石柱镇", "永康市乙五金厂", code(102).lower(), 12, None, "１２", 36930, None],
        ["合计", None, None, None, None, 24],
        ["填表人：某某"],
    ]
    data = xlsx({"企业": rows, "说明": [["x"]], "人员": [["姓名", "电话"]], "Sheet3": [], "旧": rows}, hide_old)
    report = take(ledger, data)
    assert places(report) == []
    (part,) = report.parts
    assert (part.title, part.sheet, part.new, part.skipped, part.unknown) == ("企业", "企业", 2, [7, 8], ["网格"])
    assert (report.passed_over, report.hidden) == (["说明", "人员"], ["旧"])
    row = newest(ledger, "enterprise")
    assert (row["name"], row["credit_code"], row["employees"]) == ("永康市乙五金厂", code(102), 12)
    assert (row["operating_address"], row["registered_on"]) == ("12", "2001-02-08")


def hide_old(book: openpyxl.Workbook) -> None:
    book["旧"].sheet_state = "hidden"


BAD: list[tuple[dict[str, object], tuple[str, str]]] = [
    ({"发现日期": "2018-13-2"}, ("E211", "B")),
    ({"发现日期": date(2018, 11, 20)}, ("E213", "B")),
    ({"发现日期": 3}, ("E212", "B")),
    ({"发现日期": "#N/A"}, ("E212", "B")),
    ({"发现日期": "N/A"}, ("E212", "B")),
    ({"发现日期": time(9, 30)}, ("E212", "B")),
    ({"隐患级别": "较大"}, ("E241", "D")),
    ({"隐患级别": True}, ("E203", "D")),
    ({"隐患来源": None}, ("E202", "C")),
    ({"隐患部位与描述": "甲_x000B_乙"}, ("E201", "E")),
    ({"企业名称": "同上"}, ("E319", "A")),
    ({"隐患部位与描述": "〃"}, ("E319", "E")),
    ({"整改期限": date(2018, 10, 1)}, ("E214", "F")),
]


def test_every_fault_with_its_cell(ledger: Path) -> None:
    before = content(ledger)
    rows = [hazard(f"第{number}处", **row) for number, (row, _) in enumerate(BAD)]
    merged = [*hazard("并"), None]
    merged[0] = None
    report = take(ledger, xlsx({"10月隐患": [HAZARD, *rows, merged, hazard("好")]}))
    found = [("10月隐患", row, *where) for row, (_, where) in enumerate(BAD, 2)]
    assert places(report) == [*found, ("10月隐患", len(BAD) + 2, "E202", "A")]
    assert (report.taken, report.rows, report.refused) == (False, len(BAD) + 2, len(BAD) + 1)
    assert content(ledger) == before
    where = "《标准输入》“10月隐患”表第2行“发现日期”（B列）"
    assert str(report.faults[0]) == f"{where}：“2018-13-2”——没有这一天：没有13月。请改为如 2018-12-13。〔E211〕"
    good = take(ledger, xlsx({"10月隐患": [HAZARD, *rows, merged, hazard("好")]}), accept_good=True)
    assert (good.taken, good.new, good.refused) == (True, 1, len(BAD) + 1)


def test_codes_that_the_spreadsheet_has_spoilt(ledger: Path) -> None:
    def row(name: str, found: object) -> list[object]:
        return ["芝英镇", name, found, "路", 1, None]

    report = take(
        ledger,
        xlsx(
            {
                "企业": [
                    ENTERPRISE,
                    row("甲厂", 913307840000000001),
                    row("乙厂", "9.13308E+17"),
                    row("丙厂", 330784000012345),
                    row("丁厂", "91330784****28xxxx"),
                    row("戊厂", f"\u3000{code(105)} "),
                ]
            }
        ),
    )
    assert places(report) == [
        ("企业", 2, "E221", "C"),
        ("企业", 3, "E221", "C"),
        ("企业", 5, "E224", "C"),
    ]
    assert report.faults[0].value == report.faults[1].value == "9.13308E+17"


# --- anything

BOOKS = {".xlsx": xlsx({"隐患": [HAZARD, hazard("甲")]}), ".xls": xls([HAZARD, ["a", 1.5, True]])}


@st.composite
def damaged(draw: st.DrawFn) -> tuple[bytes, str]:
    """A workbook, or a part of one, with bytes changed, left out or doubled; or any bytes."""
    suffix = draw(st.sampled_from([".xlsx", ".xls", ".zip", ".csv"]))
    if draw(st.booleans()):
        return draw(st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])) + draw(
            st.binary(max_size=200)
        ), suffix
    kind = draw(st.sampled_from([".xlsx", ".xls"]))
    parts = unpacked(BOOKS[kind]) if kind == ".xlsx" and draw(st.booleans()) else {"": BOOKS[kind]}
    name = draw(st.sampled_from(sorted(parts)))
    data = bytearray(parts[name])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 12))] = draw(st.binary(max_size=12))
    parts[name] = bytes(data)
    return parts[""] if "" in parts else packed(parts), suffix


@pytest.mark.unmeasured
@given(damaged(), st.booleans())
@examples(25, HealthCheck.function_scoped_fixture, ordinary=8)
def test_any_bytes_are_taken_or_refused(template: Path, tmp_path: Path, given: tuple[bytes, str], good: bool) -> None:
    ledger = Path(shutil.copy(template, tmp_path / "甲.db"))
    before = content(ledger)
    path = saved(tmp_path / f"甲{given[1]}", given[0])
    for opened in opened_file.open_files(path):
        report = intake.take_file(opened, gates(ledger), accept_good=good)
        assert all(str(fault) and fault.code != "E901" for fault in report.faults)
        assert report.taken or report.faults
        assert not (report.taken and report.faults) or good
        assert report.rows == report.new + report.changed + report.unchanged + report.refused
        if not report.taken:
            assert content(ledger) == before
            assert operations(ledger) == operations(template)


def test_the_code_in_the_ledger_stays_as_it_was(ledger: Path) -> None:
    row = ["江南街道", "永康市精工五金厂", JINGGONG, "精工路3号", 35, None]
    report = take(ledger, xlsx({"企业": [ENTERPRISE, row]}))
    assert (places(report), report.unchanged) == ([], 1)
