"""What a person sees in a cell is what is taken, or it is refused or said."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from anjian_cli.errors import Misread, Refused
from anjian_cli.exchange import other_workbook, workbook
from anjian_cli.exchange.cells import neutralise, restored
from anjian_cli.exchange.content import Content, Sheet
from anjian_cli.exchange.number_format import shown
from anjian_cli.records import codes, days, values
from commands.conftest import Lay, Run
from exchange.books import (
    Rows,
    ods,
    packed,
    unpacked,
    with_backslashes,
    with_lost_siblings,
    with_strings_said,
    xls,
    xlsb,
    xlsx,
)

FIRMS = "企业名称,镇（街、区）,无代码原因,生产经营地址"
CONTRACT = ["企业名称", "服务机构", "托管类别", "合同编号", "起始日期", "终止日期", "约定服务次数"]
TEST = ["企业名称", "检测机构", "采样日期", "报告日期", "报告编号", "检测点（个）", "超标点（个）"]


@pytest.fixture
def office_of_two(new_county: Run, lay: Lay) -> Run:
    """甲厂 and 乙厂, and an agency."""

    def lines() -> None:
        Path("企业.csv").write_text(f"{FIRMS}\n甲厂,芝英镇,在办,一路\n乙厂,芝英镇,在办,二路\n", encoding="utf-8")
        new_county("import", "企业.csv")
        new_county("agency", "add", "机构甲")

    lay("office_of_two", lines)
    return new_county


def asked(query: str) -> list[object]:
    with closing(sqlite3.connect("a.db")) as ledger:
        return [value for (value,) in ledger.execute(query)]


def written(name: str, rows: Rows, change: Callable[[openpyxl.Workbook], object] | None = None) -> str:
    Path(name).write_bytes(xlsx({"表": rows}, change))
    return name


def contract(number: object, kind: str = "喷涂", firm: str = "甲厂") -> list[object]:
    return [firm, "机构甲", kind, number, date(2018, 10, 1), date(2019, 9, 30), 4]


def formatted(cell: str, code: str) -> Callable[[openpyxl.Workbook], object]:
    def change(book: openpyxl.Workbook) -> None:
        book.worksheets[0][cell].number_format = code

    return change


# --- months


@pytest.mark.parametrize("text", ["2018.1", "２０１８．１", " 2018.1 "])
def test_a_month_that_may_be_october_is_refused(text: str) -> None:
    with pytest.raises(Misread) as caught:
        days.year_month(text)
    assert caught.value.code == "E288"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2018.10", "2018-10"),
        ("2018.01", "2018-01"),
        ("2018.2", "2018-02"),
        ("2018-1", "2018-01"),
        ("2018年1月", "2018-01"),
    ],
)
def test_a_month_that_is_plain_is_read(text: str, month: str) -> None:
    assert days.year_month(text) == month


FILING = ["镇（街、区）", "统计期", "报送方式", "零报告", "镇报数"]


@pytest.mark.unmeasured
@pytest.mark.parametrize("typed", [2018.1, "2018.1"])
def test_a_month_column_of_a_workbook(office_of_two: Run, typed: object) -> None:
    said = office_of_two("import", written("月报.xlsx", [FILING, ["芝英镇", typed, "微信", "否", "涉氨 4"]]), code=1)
    assert "分不清是1月还是10月" in said
    assert asked("SELECT count(*) FROM filing") == [0]


# --- days counted from 1904


@pytest.mark.parametrize(
    ("found", "due"),
    [(41941, 41957), (41941.4375, 41957.5), (datetime.fromisoformat("2018-10-30T10:30"), date(2018, 11, 15))],
)
def test_days_with_hours_of_a_workbook_that_counts_from_1904(office_of_two: Run, found: object, due: object) -> None:
    heads = ["企业名称", "发现日期", "隐患来源", "隐患级别", "隐患部位与描述", "整改期限"]

    def change(book: openpyxl.Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    office_of_two("import", written("果.xlsx", [heads, ["甲厂", found, "网格巡查", "一般", "无灯", due]], change))
    assert asked("SELECT found_on || ' ' || deadline_on FROM hazard") == ["2018-10-30 2018-11-15"]


@pytest.mark.unmeasured
@pytest.mark.parametrize("month", [41912, 41941.25, datetime.fromisoformat("2018-10-01")])
def test_months_of_a_workbook_that_counts_from_1904(office_of_two: Run, month: object) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    office_of_two("import", written("月报.xlsx", [FILING, ["芝英镇", month, "微信", "否", "涉氨 4"]], change))
    assert asked("SELECT month FROM filing") == ["2018-10"]


# --- numbers of documents


@pytest.mark.parametrize("number", [20181009000123456, 2018100900012345.0, 1.5e17])
def test_a_documents_number_that_became_a_number_is_refused(office_of_two: Run, number: object) -> None:
    row = ["甲厂", "机构甲", date(2018, 10, 20), date(2018, 10, 30), number, 12, 0]
    said = office_of_two("import", written("检测.xlsx", [TEST, row]), code=1)
    assert "第2行“报告编号”（E列）" in said
    assert "后几位已丢失" in said


@pytest.mark.parametrize("text", ["2.0181E+16", "2.0181e16", "20181009000123000", "９．１E＋15"])
def test_a_number_that_lost_its_last_digits_in_a_text_file(text: str) -> None:
    with pytest.raises(Misread) as caught:
        codes.Document(60)(text)
    assert caught.value.code == "E287"


@pytest.mark.parametrize(
    "text", ["20181009000123456", "HT20180000000000000", "检2018E3", "永安委〔2018〕15号", "201810090001234", "0017"]
)
def test_a_documents_number_that_is_whole_is_read(text: str) -> None:
    assert codes.Document(60)(text) == text


def test_a_number_that_lost_its_zeros_shows_beside_the_others(office_of_two: Run) -> None:
    Path("合同.csv").write_text(
        "\n".join(
            [
                ",".join(CONTRACT),
                "甲厂,机构甲,喷涂,0017,2018-10-01,2019-09-30,4",
                "乙厂,机构甲,喷涂,18,2018-10-01,2019-09-30,4",
                "乙厂,机构甲,小微,1018,2018-10-01,2019-09-30,4",
            ]
        ),
        encoding="utf-8",
    )
    said = office_of_two("import", "合同.csv", code=1)
    assert "第3行“合同编号”（D列）：“18”——比同一列的“0017”位数少，前面的0可能丢了" in said
    assert "第4行" not in said


# --- numbers shown by a format


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ('"HT"0000', 17, "HT0017"),
        ("0000", 17, "0017"),
        ("000-0000-0000", 13812345678, "138-1234-5678"),
        ("0000-00", 201810, "2018-10"),
        ('0.0"万元"', 12.5, "12.5万元"),
        ('0.0"万元"', 12.345, "12.345万元"),
        ('"永安委〔2018〕"0"号"', 15, "永安委〔2018〕15号"),
        ("第0号", 5, "第5号"),
        (r'"A"\-00', 7, "A-07"),
        ("[Red]00", 7, "07"),
    ],
)
def test_a_number_is_what_its_format_shows(code: str, value: float, text: str) -> None:
    show = shown(code)
    assert show is not None
    assert show(value) == text


@pytest.mark.parametrize(
    "code",
    [
        *("General", "0", "#,##0.00", '"¥"#,##0.00', "[$¥-804]#,##0.00", "_ * #,##0.00_ ;_ * -#,##0.00_ ", "@"),
        *("yyyy-mm-dd", "0.00%", "0.00E+00", "# ?/?", '0!.0,"万"', "[DBNum1]0", "[>100]00", '0"家"', "0;-0;;@", ""),
    ],
)
def test_a_format_that_adds_nothing(code: str) -> None:
    assert shown(code) is None


@pytest.mark.parametrize(("code", "value"), [('"HT"0000', -17), ('"HT"0000', 1e16), ("0000-00", 2018.5)])
def test_a_number_that_is_no_number_of_anything(code: str, value: float) -> None:
    show = shown(code)
    assert show is not None
    assert show(value) is None


@pytest.mark.parametrize(("code", "value", "kept"), [('"HT"0000', 17, "HT0017"), ("0000", 17, "0017"), ("0", 17, "17")])
def test_a_contract_number_is_taken_as_shown(office_of_two: Run, code: str, value: int, kept: str) -> None:
    office_of_two("import", written("合同.xlsx", [CONTRACT, contract(value)], formatted("D2", code)))
    assert asked("SELECT contract_number FROM trusteeship") == [kept]


def test_the_same_in_an_old_workbook() -> None:
    def change(book: xlwt.Workbook) -> None:
        shown_so, struck = xlwt.XFStyle(), xlwt.XFStyle()
        shown_so.num_format_str = '"HT"0000'
        struck.font.struck_out = True
        sheet = book.get_sheet(0)
        sheet.write(1, 0, 17, shown_so)
        sheet.write(1, 1, 17)
        sheet.write(2, 0, "甲", struck)

    (found,) = workbook.sheets(Content("甲.xls", xls([["编号", "数"]], change), ".xls"))
    assert found.rows[1:] == [(2, ["HT0017", "17"]), (3, ["甲"])]
    assert found.struck == (3,)


# --- a number that became a day


@pytest.mark.unmeasured
@pytest.mark.parametrize("made", [date(2018, 5, 12), "5月12日", "12-May"])
def test_a_contract_number_that_became_a_day_is_said(office_of_two: Run, made: object) -> None:
    said = office_of_two("import", written("合同.xlsx", [CONTRACT, contract(made)]))
    assert "看来是表格软件把“合同编号”变成了日期" in said
    assert len(asked("SELECT contract_number FROM trusteeship")) == 1


def test_a_number_with_a_hyphen_is_no_day(office_of_two: Run) -> None:
    said = office_of_two("import", written("合同.xlsx", [CONTRACT, contract("5-12")]))
    assert "变成了日期" not in said


# --- what web sites write so that a spreadsheet takes it for text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('="91330784MA2"', "91330784MA2"),
        ('="2018-10-30"', "2018-10-30"),
        ('="说""好"""', '说"好"'),
        ("'9133", "9133"),
        ("'=1+1", "=1+1"),
        ("''甲", "'甲"),
        ("'", "'"),
        ("=1+1", "=1+1"),
        ('="甲"&"乙"', '="甲"&"乙"'),
    ],
)
def test_what_a_cell_means(cell: str, text: str) -> None:
    assert restored(cell) == text


@pytest.mark.parametrize("text", ["'甲", "''", "'", "=1", "-5", "-甲", "＝1", "甲'", '="9"', "'=1"])
def test_what_goes_out_comes_back(text: str) -> None:
    assert restored(neutralise(text)) == text


def test_a_file_of_a_web_site(office_of_two: Run) -> None:
    Path("网.csv").write_text(
        '企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限\n="甲厂",="2018-10-30",网格巡查,一般,\'无灯,2018-11-15\n',
        encoding="utf-8",
    )
    office_of_two("import", "网.csv")
    assert asked("SELECT found_on || description FROM hazard") == ["2018-10-30无灯"]


# --- to be emptied


@pytest.mark.parametrize("word", ["（清空）", "(清空)", "[清空]", "清空", "【清空】", " ( 清空 ) ", "［清空］"])
def test_every_way_to_say_that_a_field_is_emptied(word: str) -> None:
    assert values.is_clear(word)


@pytest.mark.parametrize("word", ["清空仓库", "已清空", "（清空", "清", "清空）"])
def test_what_only_speaks_of_emptying(word: str) -> None:
    assert not values.is_clear(word)


@pytest.mark.unmeasured
@pytest.mark.parametrize("word", ["(清空)", "清空", "[清空]"])
def test_a_remark_is_emptied(office_of_two: Run, word: str) -> None:
    number = asked("SELECT number FROM enterprise")[0]
    for at, text in enumerate(["先写一句", word]):
        Path(f"{at}.csv").write_text(f"编号,企业名称,备注\n{number},甲厂,{text}\n", encoding="utf-8")
        office_of_two("import", f"{at}.csv")
    assert asked("SELECT remark FROM enterprise WHERE id = 1") == [None]


# --- lost characters, struck out rows


@pytest.mark.parametrize(
    ("name", "said"), [("某县\ue3a1山食品站", "字符U+E3A1"), ("某?鑫厂", "问号"), ("某？厂", "问号")]
)
def test_a_name_with_a_lost_character_is_doubtful(office_of_two: Run, name: str, said: str) -> None:
    Path("企业2.csv").write_text(f"{FIRMS}\n{name},芝英镇,在办,三路\n", encoding="utf-8")
    told = office_of_two("import", "企业2.csv")
    assert f"存疑：名称里有{said}" in told
    assert "新增1" in told


def test_rows_that_are_struck_out_are_said(office_of_two: Run) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        for at in (1, 3, 4):
            sheet.cell(at, 1).font = Font(strike=True)
        sheet.cell(2, 1).font = Font(strike=False)

    rows = [FIRMS.split(","), *([f"{name}厂", "芝英镇", "在办", "三路"] for name in "丙丁"), ["合计", "2家"]]
    said = office_of_two("import", written("企业2.xlsx", rows, change))
    assert "第3行有删除线" in said
    assert "新增2" in said


# --- other kinds of workbook

ROWS: Rows = [["企业名称", "从业人数"], ["甲厂", 12], ["乙厂", 3.5]]
READ = [(1, ["企业名称", "从业人数"]), (2, ["甲厂", "12"]), (3, ["乙厂", "3.5"])]
REST = (
    '<table:table-row table:number-rows-repeated="1048570">'
    '<table:table-cell {}table:number-columns-repeated="16384"/></table:table-row>'
)


def read(data: bytes, suffix: str) -> list[Sheet]:
    return workbook.sheets(Content(f"甲{suffix}", data, suffix))


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (ods(ROWS), ".ods"),
        (ods(ROWS, REST.format("")), ".ods"),
        (xlsb(ROWS), ".xlsb"),
        (with_backslashes(xlsx({"隐患": ROWS})), ".xlsx"),
        (with_strings_said(xls(ROWS), 4, 9), ".xls"),
        (with_strings_said(xls(ROWS), 0, 0), ".xls"),
        (with_strings_said(xls(ROWS), 10, 4), ".xls"),
        (with_lost_siblings(xls(ROWS)), ".xls"),
    ],
)
def test_what_the_library_at_hand_reads_is_read(data: bytes, suffix: str) -> None:
    (found,) = read(data, suffix)
    assert found.name == "隐患"
    assert found.rows == READ


def test_days_of_an_open_document() -> None:
    (found,) = read(
        ods([["甲", date(2018, 10, 9), datetime.fromisoformat("2018-10-09T08:30")], [None, None], [None, "乙"]]), ".ods"
    )
    assert found.rows == [(1, ["甲", "2018-10-09", "2018-10-09 08:30"]), (3, ["", "乙", ""])]


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (ods(ROWS, REST.format('office:value-type="float" office:value="1" ')), ".ods"),
        (packed({**unpacked(ods(ROWS)), "content.xml": b"<x/>"}), ".ods"),
        (packed({**unpacked(xlsb(ROWS)), "xl/worksheets/sheet1.bin": b"\xff" * 9}), ".xlsb"),
        (packed({**unpacked(xlsb(ROWS)), "xl/workbook.bin": b""}), ".xlsb"),
        (xls(ROWS)[:2000], ".xls"),
    ],
)
def test_what_it_does_not_read_is_refused(data: bytes, suffix: str) -> None:
    with pytest.raises(Refused) as caught:
        read(data, suffix)
    assert [fault.code for fault in caught.value.faults] == ["E315"]


def test_an_xlsx_that_is_none_is_not_to_be_saved_as_one() -> None:
    with pytest.raises(Refused) as caught:
        read(packed({"[Content_Types].xml": b"<x/>", "甲/乙.xml": b"<x/>"}), ".xlsx")
    assert "暂不能直接读取" not in str(caught.value)


def told(data: bytes) -> str:
    out = io.StringIO()
    other_workbook.tell(io.BytesIO(data), out)
    return out.getvalue()


def test_what_the_other_process_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    content = Content("甲.ods", ods(ROWS), ".ods")
    (found,) = other_workbook.sheets(content, lambda data: (0, told(data)))
    assert found.rows == READ
    for code, said in ((1, told(content.data)), (0, told(content.data)[:-9]), (0, "")):
        with pytest.raises(Refused):
            other_workbook.sheets(content, lambda _, code=code, said=said: (code, said))  # type: ignore[misc]
    monkeypatch.setattr(other_workbook, "MOST_SHEETS", 0)
    with pytest.raises(ValueError, match="1"):
        told(content.data)


def test_another_process_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_workbook, "LONGEST", 0.001)
    with pytest.raises(Refused):
        read(ods(ROWS), ".ods")


def test_hidden_sheets_of_an_open_document_are_not_read() -> None:
    hidden = '</table:table><table:table table:name="藏" table:style-name="h">'
    data = ods(ROWS, hidden + "<table:table-row><table:table-cell/></table:table-row>")
    parts = unpacked(data)
    style = (
        b'<office:automatic-styles><style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
        b' style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
        b"</office:automatic-styles><office:body>"
    )
    parts["content.xml"] = parts["content.xml"].replace(b"<office:body>", style)
    assert [(sheet.name, sheet.hidden) for sheet in read(packed(parts), ".ods")] == [("隐患", False), ("藏", True)]
