"""Nasty files such as offices send them, each made by one function; what must become of each says
exchange/test_nasty_files.py.

`python tests/support/nasty_files.py FOLDER` writes them all into a folder. Names and codes are made up; the
ledger they are meant for is that of import_ledger.py, on its day.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlwt
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from exchange.books import Rows, altered, locked, packed, unpacked, xls, xlsx
from support.import_ledger import CLOSED, HENGDA_SHIZHU, code

FIRM = ["镇（街、区）", "企业名称", "统一社会信用代码", "生产经营地址", "从业人数", "注册日期"]
HAZARD = ["企业名称", "发现日期", "隐患来源", "隐患级别", "隐患部位与描述", "整改期限"]
SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class NastyFile:
    """A file by the name it is sent under; `about` says what office software or habit makes it."""

    name: str
    about: str
    content: Callable[[], bytes]


FILES: dict[str, NastyFile] = {}
"""All of them, by the name of the function."""


def sent_as(name: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Enter a function as the maker of the file that is sent under this name."""

    def enter(make: Callable[[], bytes]) -> Callable[[], bytes]:
        assert make.__doc__
        FILES[make.__name__] = NastyFile(name, make.__doc__, make)
        return make

    return enter


def write(folder: Path) -> None:
    """Write all files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in FILES.values():
        (folder / file.name).write_bytes(file.content())


# --- rows


def firm(serial: int, **given: object) -> list[object]:
    """A new enterprise that is right, but for what is given under its heading."""
    row: dict[str, object] = dict(
        zip(
            FIRM,
            ["芝英镇", f"永康市新{serial}五金厂", code(serial), f"新路{serial}号", 12, date(2010, 5, 6)],
            strict=True,
        )
    )
    assert given.keys() <= row.keys()
    return list({**row, **given}.values())


def hazard(what: str, **given: object) -> list[object]:
    """A new hazard that is right, but for what is given under its heading."""
    values = ["永康市精工五金厂", date(2018, 10, 9), "网格巡查", "一般", what, date(2018, 11, 30)]
    row: dict[str, object] = dict(zip(HAZARD, values, strict=True))
    assert given.keys() <= row.keys()
    return list({**row, **given}.values())


def separated(rows: Sequence[Sequence[object]], mark: str = ",", end: str = "\r\n") -> str:
    """Rows as a spreadsheet program saves them as text."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator=end).writerows(
        ["" if cell is None else cell for cell in row] for row in rows
    )
    return out.getvalue()


# --- what stands around the records


@sent_as("芝英镇10月隐患（带表头）.xlsx")
def title_rows_above() -> bytes:
    """A form made to be printed: a title across all columns, the sender's name, an explanation, a blank row, and only
    then the headings."""

    def more(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.merge_cells("A1:F1")
        sheet["A1"].font = Font("宋体", 18, True)

    top: Rows = [["永康市2018年10月安全生产隐患登记表"], ["填报单位：芝英镇", None, None, "2018年10月"]]
    note: Rows = [["填表说明：企业名称须与营业执照一致"], []]
    return xlsx({"隐患": [*top, *note, HAZARD, hazard("表题下")]}, more)


@sent_as("两行表头.xlsx")
def headings_in_two_merged_lines() -> bytes:
    """Headings in two lines, cells merged across and downwards, as every printed statistics form has them."""

    def more(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for area in ("A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3"):
            sheet.merge_cells(area)

    heads: Rows = [
        ["隐患登记表"],
        ["企业名称", "隐患", None, "发现日期", "隐患部位与描述", "整改期限"],
        [None, "来源", "级别"],
    ]
    row = ["永康市精工五金厂", "网格巡查", "一般", date(2018, 10, 9), "两行表头", date(2018, 11, 30)]
    return xlsx({"隐患": [*heads, row]}, more)


@sent_as("合计与签字.xlsx")
def totals_notes_and_signatures() -> bytes:
    """Totals between and below the records, a remark, and the line on which it is signed."""
    rows: Rows = [
        FIRM,
        firm(301),
        ["小计", None, None, None, 12],
        firm(302),
        [None, "合  计", None, None, 24],
        ["说明：以上数据截至10月31日"],
        ["填表人：填表人甲", None, "审核人：审核人乙", None, "填表日期：2018年11月1日"],
        ["注：1. 从业人数含临时工"],
    ]
    return xlsx({"企业": rows})


@sent_as("去年的表藏着.xlsx")
def hidden_sheets() -> bytes:
    """Last year's sheet hidden rather than deleted, and one that only a macro can show."""

    def more(book: Workbook) -> None:
        book["2017年"].sheet_state = "hidden"
        book["底稿"].sheet_state = "veryHidden"

    return xlsx({"隐患": [HAZARD, hazard("看得见的")], "2017年": [HAZARD, hazard("藏")], "底稿": [["x"]]}, more)


@sent_as("行列有隐藏.xlsx")
def hidden_rows_and_columns() -> bytes:
    """A filter left on and a column folded away: what is hidden is still part of the list."""

    def more(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet.auto_filter.ref = "A1:F4"

    return xlsx({"隐患": [HAZARD, hazard("一处"), hazard("筛掉的"), hazard("三处")]}, more)


@sent_as("同上.xlsx")
def ditto_marks() -> bytes:
    """Handwriting's habit: 同上, and its mark 〃, in place of what stands above."""
    rows = [hazard("一处"), hazard("二处", 企业名称="同上"), hazard("三处", 发现日期="〃", 整改期限="同上")]
    return xlsx({"隐患": [HAZARD, *rows]})


@sent_as("合并单元格.xlsx")
def blanks_below_a_merged_cell() -> bytes:
    """One enterprise's hazards with its name in a cell merged over all of them: only the first row has it."""
    rows = [hazard("一处"), hazard("二处", 企业名称=None), hazard("三处", 企业名称=None)]
    return xlsx({"隐患": [HAZARD, *rows]}, lambda book: book.worksheets[0].merge_cells("A2:A4"))


@sent_as("示例没删.xlsx")
def the_example_row_left_in() -> bytes:
    """The form's own example above the records, as it was handed out."""
    example = ["示例：永康市示例五金厂", "2018-10-09", "网格巡查", "一般", "喷漆房无防爆灯", "2018-10-31"]
    return xlsx({"隐患": [HAZARD, example, hazard("真的")]})


@sent_as("每页重复列名.xlsx")
def headings_repeated_on_every_page() -> bytes:
    """Printed pages put below each other: the headings come again between the records."""
    return xlsx({"隐患": [HAZARD, hazard("第一页"), HAZARD, hazard("第二页")]})


@sent_as("空一列起.xlsx")
def a_sheet_that_begins_elsewhere() -> bytes:
    """A list that begins in the third column of the fifth row, because it looks better so."""
    indented = [[None, None, *row] for row in (HAZARD, hazard("一"), hazard("二", 隐患级别="较大"))]
    return xlsx({"隐患": [[], [], [], [], *indented]})


@sent_as("只有列名.xlsx")
def headings_only() -> bytes:
    """A form sent back with nothing filled in: nothing new this month."""
    return xlsx({"隐患": [HAZARD]})


@sent_as("空文件.csv")
def empty_text() -> bytes:
    """Saved while the disk was full, or a download that never began."""
    return b""


@sent_as("空文件.xlsx")
def empty_workbook() -> bytes:
    """The same under the name of a workbook."""
    return b""


@sent_as("只有图表.xlsx")
def only_a_chart() -> bytes:
    """A leader's workbook: a chart on a sheet of its own, its figures hidden behind."""

    def more(book: Workbook) -> None:
        book.worksheets[0].sheet_state = "hidden"
        book.create_chartsheet("走势图").add_chart(BarChart())
        book.active = 1

    return xlsx({"数据": [["镇", "数"], ["芝英镇", 3]]}, more)


# --- headings


@sent_as("列重复.xlsx")
def a_heading_twice() -> bytes:
    """Two lists pasted side by side: a column comes twice, once under its other name."""
    return xlsx({"隐患": [[*HAZARD, "单位名称"], [*hazard("列重复"), "永康市乙厂"]]})


@sent_as("多出几列.xlsx")
def unknown_columns() -> bytes:
    """Columns of the sender's own between those that were asked for."""
    heads = ["序号", *HAZARD[:3], "网格号", *HAZARD[3:], "领导批示"]
    row = hazard("多出几列")
    return xlsx({"隐患": [heads, [1, *row[:3], "07", *row[3:], "请速办"]]})


@sent_as("三百列.xlsx")
def three_hundred_columns() -> bytes:
    """A template of the province's with three hundred columns, six of them ours."""
    return xlsx({"隐患": [[*HAZARD, *(f"指标{n}" for n in range(294))], [*hazard("三百列"), *range(294)]]})


@sent_as("列名有空格换行.xlsx")
def headings_with_breaks_and_blanks() -> bytes:
    """Headings spread out and broken to fit narrow columns."""
    heads = ["企 业\n名 称", "发现\r\n日期", "隐患　来源", " 隐患级别 ", "*隐患部位与描述", "整改期限："]
    return xlsx({"隐患": [heads, hazard("换行")]})


@sent_as("english.csv")
def english_headings() -> bytes:
    """An export of another program, headed by field names."""
    heads = ["enterprise", "found_on", "source", "level", "description", "deadline_on"]
    return separated([heads, hazard("field names")]).encode()


@sent_as("列名不对.xlsx")
def no_headings_at_all() -> bytes:
    """Records without headings: 'you know what the columns are'."""
    return xlsx({"Sheet1": [["永康市精工五金厂", "2018-10-09", "配电箱无门"], ["永康市精工五金厂", "x", "y"]]})


@sent_as("缺列.xlsx")
def a_required_column_missing() -> bytes:
    """The column for the deadline deleted, 'because it is always the end of the month'."""
    return xlsx({"隐患": [HAZARD[:5], hazard("缺列")[:5]]})


# --- days


@sent_as("序列号日期.xlsx")
def serial_days() -> bytes:
    """Days pasted as values into cells without a date format: Excel's numbers remain."""
    days = [43382, "43382", 43382.4375, "43382.4375"]
    return xlsx({"隐患": [HAZARD, *(hazard(f"序列号{n}", 发现日期=day) for n, day in enumerate(days))]})


@sent_as("苹果电脑做的.xlsx")
def days_counted_from_1904() -> bytes:
    """A workbook begun on an old Mac, which counts days from 1904."""
    rows: Rows = [HAZARD, hazard("1904年起")]
    return xlsx({"隐患": rows}, lambda book: setattr(book, "epoch", CALENDAR_MAC_1904))


@sent_as("苹果电脑做的数字.xlsx")
def serial_days_counted_from_1904() -> bytes:
    """The same with the date format taken off: the number means another day than in all other workbooks."""
    rows: Rows = [HAZARD, hazard("1904年起的数字", 发现日期=43382 - 1462, 整改期限=43434 - 1462)]
    return xlsx({"隐患": rows}, lambda book: setattr(book, "epoch", CALENDAR_MAC_1904))


@sent_as("各种日期.csv")
def days_in_every_form() -> bytes:
    """Every way in which a clerk types a day."""
    days = ["2018-10-09", "2018/10/9", "2018.10.9", "2018年10月9日", "20181009", "43382", "２０１８－１０－９"]
    days += ["2018-10-09 08:30:00", "2018年10月9号", " 2018—10—9 "]
    return separated([HAZARD, *(hazard(f"第{n}种", 发现日期=day) for n, day in enumerate(days))]).encode("gbk")


@sent_as("日期带时间.xlsx")
def days_with_their_hour() -> bytes:
    """Days that came out of a database with the hour, as real dates and as text."""
    moment = datetime(2018, 10, 9, 14, 30, 15)  # noqa: DTZ001 -- a cell has no time zone
    rows = [hazard("真日期", 发现日期=moment), hazard("文字", 发现日期="2018-10-09 14:30:15.000")]
    return xlsx({"隐患": [HAZARD, *rows]})


@sent_as("错日期.xlsx")
def days_that_are_none() -> bytes:
    """Days that do not exist, lie in the future, lack their year, or are no days."""
    rows = [
        hazard("一", 发现日期="2018-13-2"),
        hazard("二", 发现日期="2018年2月30日"),
        hazard("三", 发现日期=date(2018, 11, 20)),
        hazard("四", 整改期限="2018-10-08"),
        hazard("五", 发现日期="10月9日"),
        hazard("六", 发现日期="上周三"),
        hazard("七", 发现日期=time(9, 30)),
        hazard("八", 发现日期="1018-10-09"),
        hazard("九", 整改期限="尽快"),
    ]
    return xlsx({"隐患": [HAZARD, *rows]})


# --- numbers, codes, words


@sent_as("数字存成文本.xlsx")
def numbers_as_text_and_text_as_numbers() -> bytes:
    """Cells formatted as text before a number was typed, and names, telephones and remarks that became numbers."""
    heads = [*FIRM, "联系电话", "备注"]
    return xlsx({"企业": [heads, [*firm(303, 企业名称=9527, 生产经营地址=12, 从业人数="12"), 13800000000, 2018.5]]})


@sent_as("科学计数.xlsx")
def codes_in_scientific_notation() -> bytes:
    """Codes of digits alone that a spreadsheet took for numbers: shown as 9.13308E+17, the last digits gone."""
    rows = [firm(304, 统一社会信用代码=913307840000000001), firm(305, 统一社会信用代码="9.13308E+17")]
    rows += [firm(306, 统一社会信用代码="9.13308e17"), firm(307, 统一社会信用代码="９.１３３０８Ｅ＋１７")]
    return xlsx({"企业": [FIRM, *rows]})


@sent_as("代码有错.xlsx")
def wrong_codes() -> bytes:
    """A slip of the finger, a code with the middle hidden, old numbers of 13 and 15 digits typed as numbers, a digit
    too few."""
    slip = code(308)[:9] + "B" + code(308)[10:]
    rows = [firm(308, 统一社会信用代码=slip), firm(309, 统一社会信用代码="91330784****28xxxx")]
    rows += [firm(310, 统一社会信用代码=330784000012345), firm(311, 统一社会信用代码=3307840000123)]
    rows += [firm(312, 统一社会信用代码=code(312)[:17]), firm(313, 统一社会信用代码=None)]
    return xlsx({"企业": [FIRM, *rows]})


@sent_as("旧注册号.xlsx")
def old_numbers_where_they_belong() -> bytes:
    """Old registration numbers under their own heading, one of them a number for Excel."""
    heads = [*FIRM, "注册号"]
    rows = [
        [*firm(314, 统一社会信用代码=None), 330784000012345],
        [*firm(315, 统一社会信用代码=""), "3307840000123 "],
    ]
    return xlsx({"企业": [heads, *rows]})


@sent_as("全角.csv")
def full_width_digits_and_letters() -> bytes:
    """An input method left in full width; a space before and after everything, of three kinds."""
    wide = str.maketrans({chr(narrow): chr(narrow + 0xFEE0) for narrow in range(0x30, 0x5B)})
    row = [
        "芝英镇\u3000",
        "\u00a0永康市新316五金厂\u200b",
        f"\ufeff{code(316).translate(wide)}\u3000\u3000",
        "　新路３１６号　",
        "１２人",
        "２０１０．５．６",
    ]
    return separated([FIRM, row]).encode("utf-8-sig")


@sent_as("小写代码.xlsx")
def codes_in_lower_case_with_blanks() -> bytes:
    """A code typed in groups of four and in small letters."""
    lower = code(317).lower()
    return xlsx({"企业": [FIRM, firm(317, 统一社会信用代码=f" {lower[:4]} {lower[4:8]} {lower[8:]} ")]})


@sent_as("各种金额.csv")
def amounts_in_every_form() -> bytes:
    """Amounts as registers and clerks write them."""
    return _amounts("7,000(万元人民币)", "50万人民币", "2万元", "￥1,234.50", "300元整", "人民币8000元", "０")


@sent_as("不是人民币.csv")
def amounts_that_are_none() -> bytes:
    """Foreign money, none, and amounts that only a person can read."""
    return _amounts("20(万美元)", "N/A", "若干", "人民币贰仟元整", "-500")


def _amounts(*amounts: str) -> bytes:
    heads = [*HAZARD, "资金（元）"]
    return separated([heads, *([*hazard(f"第{n}种"), text] for n, text in enumerate(amounts))]).encode("gb18030")


@sent_as("各种说法.xlsx")
def terms_in_other_words() -> bytes:
    """The form's own terms with blanks, remarks and old names: what is meant by them stands in the definitions."""
    heads = [*FIRM, "规模", "风险类别"]
    firms = [
        [*firm(318), " 小 型 ", "涉粉，喷涂；涉氨/有限空间、涉粉"],
        [*firm(319), "微型", "危化品 胶水"],
    ]
    hazards: Rows = [
        [*HAZARD, "整改责任人", "措施", "资金", "预案"],
        [*hazard("重大的", 隐患级别="重大隐患"), "负责人甲", "停产", "2万元", "已编制"],
        hazard("一般的", 隐患级别="一 般\n"),
    ]
    return xlsx({"企业": [heads, *firms], "隐患": hazards})


@sent_as("说法不对.xlsx")
def terms_that_are_none() -> bytes:
    """A grade of accidents for a hazard, a level that means two things in a county-level city, a word of one's own."""
    heads = [*HAZARD, "挂牌级别", "挂牌日期"]
    rows = [
        [*hazard("一", 隐患级别="较大隐患"), None, None],
        [*hazard("二", 隐患级别="重大"), "市级", date(2018, 10, 10)],
        [*hazard("三", 隐患来源="路过看见"), None, None],
        [*hazard("四", 隐患级别=None), None, None],
    ]
    return xlsx({"隐患": [heads, *rows]})


@sent_as("是否打勾.xlsx")
def ticks_and_truth_values() -> bytes:
    """Yes and no as real truth values, ticks, digits."""
    heads = ["案号", "当事人", "镇（街、区）", "案由", "立案日期", "是否事故类", "是否联合执法"]
    same = ["永康市示例五金厂", "芝英镇", "未设警示标志", date(2018, 10, 9)]
    answers: list[tuple[object, object]] = [(True, False), ("√", "×"), (1, 0), ("是", "没有"), ("也许", None)]
    rows = [[f"永安监立案〔2018〕{n}号", *same, *answer] for n, answer in enumerate(answers, 1)]
    return xlsx({"案件": [heads, *rows]})


@sent_as("百分比.xlsx")
def percentages_where_numbers_are_meant() -> bytes:
    """Cells with a percent format: what is seen as 100% is kept as 1, and means no one person."""
    heads = ["镇（街、区）", "培训日期", "培训类别", "培训名称", "参训人次", "合格人次"]
    same = ["芝英镇", date(2018, 10, 9), "网格员"]
    rows: Rows = [heads, [*same, "一期", 60, 1], [*same, "二期", 60, 0.95], [*same, "三期", 60, 58]]

    def more(book: Workbook) -> None:
        book.worksheets[0]["F2"].number_format = "0%"
        book.worksheets[0]["F3"].number_format = "0.00%"

    return xlsx({"培训": rows}, more)


@sent_as("权重.xlsx")
def percentages_where_they_belong() -> bytes:
    """Weights typed with a percent sign, which Excel keeps as fractions."""
    rows: Rows = [["名称", "值", "起用日期"], ["weight.training", 0.25, date(2018, 7, 1)]]
    return xlsx({"设置": rows}, lambda book: setattr(book.worksheets[0]["B2"], "number_format", "0%"))


@sent_as("出错的格.xlsx")
def cells_whose_formula_failed() -> bytes:
    """A lookup that found nothing and a reference to a deleted sheet."""
    rows = [hazard("一", 企业名称="#N/A"), hazard("二", 发现日期="#REF!"), hazard("#VALUE!"), hazard("四")]
    return xlsx({"隐患": [HAZARD, *rows]})


@sent_as("公式.xlsx")
def formulas_with_their_results() -> bytes:
    """Formulas that the program calculated when it saved."""
    data = xlsx({"隐患": [HAZARD, hazard("公式", 发现日期="=DATE(2018,10,9)", 整改期限="=B2+30")]})
    data = altered(data, SHEET, b"<f>DATE(2018,10,9)</f><v />", b"<f>DATE(2018,10,9)</f><v>43382</v>")
    return altered(data, SHEET, b"<f>B2+30</f><v />", b"<f>B2+30</f><v>43412</v>")


@sent_as("公式没算.xlsx")
def formulas_without_results() -> bytes:
    """Formulas written by a program that does not calculate: the cells are blank until somebody opens the file."""
    return xlsx({"隐患": [HAZARD, hazard("没算", 发现日期="=DATE(2018,10,9)")]})


# --- references


@sent_as("三张表互相引用.xlsx")
def sheets_that_refer_to_each_other() -> bytes:
    """A development zone's first report: the zone, its enterprises and their hazards, the last first."""
    towns: Rows = [["区划代码", "名称", "类别"], ["330784901", "示例开发区", "开发区"]]
    firms: Rows = [FIRM, firm(320, **{"镇（街、区）": "示例开发区"})]
    hazards: Rows = [HAZARD, hazard("新企业的", 企业名称="永康市新320五金厂")]
    return xlsx({"隐患": hazards, "企业": firms, "填表说明": [["略"]], "镇": towns})


@sent_as("同名企业.xlsx")
def namesakes_in_two_towns() -> bytes:
    """An enterprise whose name another one in the next town bears: told by its town, by its code, by neither."""
    heads = ["镇（街、区）", "统一社会信用代码", *HAZARD]
    name = "永康市恒达工具厂"
    rows = [
        ["石柱镇", None, *hazard("按镇", 企业名称=name)],
        [None, HENGDA_SHIZHU, *hazard("按代码", 企业名称=name)],
        [None, None, *hazard("都没有", 企业名称=name)],
    ]
    return xlsx({"隐患": [heads, *rows]})


@sent_as("不认识的镇和企业.xlsx")
def unknown_towns_and_enterprises() -> bytes:
    """A street that is a town, a town of the next county, an enterprise that nobody entered, another one's code."""
    firms: Rows = [FIRM, firm(321, **{"镇（街、区）": "芝英街道"}), firm(322, **{"镇（街、区）": "壶镇镇"})]
    heads = ["统一社会信用代码", *HAZARD]
    hazards = [[None, *hazard("一", 企业名称="永康市无名厂")], [HENGDA_SHIZHU, *hazard("二")]]
    return xlsx({"企业": firms, "隐患": [heads, *hazards]})


@sent_as("一家两行.xlsx")
def two_rows_with_one_key() -> bytes:
    """Two officers entered the same enterprise; a hazard copied and pasted twice."""
    firms: Rows = [FIRM, firm(323), firm(324), firm(323, 企业名称="永康市新三二三五金厂")]
    return xlsx({"企业": firms, "隐患": [HAZARD, hazard("重复"), hazard("重复")]})


@sent_as("已作废的.xlsx")
def keys_of_voided_records() -> bytes:
    """A struck-off enterprise and a hazard entered by mistake, both still in the town's own list."""
    firms: Rows = [FIRM, firm(325, 企业名称="永康市旧厂", 统一社会信用代码=CLOSED)]
    voided = hazard("灭火器过期", 发现日期=date(2018, 9, 5))
    return xlsx({"企业": firms, "隐患": [HAZARD, voided, hazard("好的")]})


@sent_as("芝英镇9月企业.xlsx")
def last_months_file() -> bytes:
    """September's list, for the next two."""
    return xlsx({"企业": [FIRM, firm(331), firm(332), firm(333)]})


@sent_as("芝英镇10月企业.xlsx")
def last_months_file_with_five_rows_more() -> bytes:
    """Towns do not send what is new, but last month's file with what is new below: one count changed, five new."""
    return xlsx({"企业": [FIRM, firm(331), firm(332, 从业人数=15), firm(333), *map(firm, range(334, 339))]})


@sent_as("芝英镇9月企业(1).xlsx")
def the_same_file_under_another_name() -> bytes:
    """Sent once more by another person, with the (1) that a browser or WeChat puts to the name."""
    return last_months_file()


# --- text files


@sent_as("gbk.csv")
def text_in_gbk() -> bytes:
    """What a Chinese Excel saves as CSV."""
    return separated([HAZARD, hazard("国标")]).encode("gbk")


@sent_as("gb18030.csv")
def text_in_gb18030_with_rare_characters() -> bytes:
    """What WPS saves, with characters that take four bytes: people and places are called so."""
    return separated([HAZARD, hazard("𠮷野㐂厂房，䶮某，🔥")]).encode("gb18030")


@sent_as("utf8.csv")
def text_in_utf8() -> bytes:
    """What programs other than Excel write."""
    return separated([HAZARD, hazard("无标记")], end="\n").encode()


@sent_as("utf8bom.csv")
def text_in_utf8_with_its_mark() -> bytes:
    """What Excel calls CSV UTF-8."""
    return separated([HAZARD, hazard("有标记")]).encode("utf-8-sig")


@sent_as("Unicode文本.txt")
def text_in_utf16() -> bytes:
    """What Excel calls Unicode text: UTF-16, tabs between."""
    return b"\xff\xfe" + separated([HAZARD, hazard("小端")], "\t").encode("utf-16-le")


@sent_as("utf16be.csv")
def text_in_utf16_big_endian() -> bytes:
    """The same by a Java program."""
    return b"\xfe\xff" + separated([HAZARD, hazard("大端")]).encode("utf-16-be")


@sent_as("坏编码.csv")
def text_cut_in_the_middle_of_a_character() -> bytes:
    """UTF-8 that a transfer has cut and patched: taken for GB18030 it would be other characters."""
    return separated([HAZARD, hazard("截断了")]).encode().replace("断".encode(), "断".encode()[:2])


@sent_as("半个字符.csv")
def halves_of_characters() -> bytes:
    """Emoji as an old Oracle or Java program writes them: each in two halves, which is no UTF-8."""
    return separated([HAZARD, hazard("着火\ud83d\udd25")]).encode("utf-8", "surrogatepass")


@sent_as("锟斤拷.csv")
def text_that_was_lost_before() -> bytes:
    """GBK opened as UTF-8 somewhere on its way and saved again: the characters are gone, marks stand in their place."""
    lost = "灯".encode("gbk").decode("utf-8", "replace")
    return separated([HAZARD, hazard(f"{lost}不亮"), hazard("好的")]).encode()


@sent_as("制表符.csv")
def text_separated_by_tabs() -> bytes:
    """Copied out of a web page into a text editor; commas are part of the text."""
    return separated([HAZARD, hazard("灯,线;闸")], "\t").encode("gb18030")


@sent_as("分号.csv")
def text_separated_by_semicolons() -> bytes:
    """An Excel whose system has the comma for decimals; a line says what separates."""
    return ("sep=;\r\n" + separated([HAZARD, hazard("灯,线")], ";")).encode("utf-8-sig")


@sent_as("换行混用.csv")
def mixed_line_ends() -> bytes:
    """Pieces of three files in one: CR, LF and CRLF, one of them inside a cell."""
    rows = [hazard("甲"), hazard("乙\n处"), hazard("丙")]
    ends = ("\r", "\n", "\r\n")
    lines = [separated([HAZARD])] + [separated([row], end=end) for row, end in zip(rows, ends, strict=True)]
    return "".join(lines).encode()


@sent_as("引号.csv")
def broken_quotation_marks() -> bytes:
    """A registry extract written without doubling the quotation marks inside; an amount with its comma unquoted."""
    good = separated([hazard("好的"), hazard('他说"停"')])
    bad = '永康市精工五金厂,2018-10-09,网格巡查,一般,"标牌"安全"字样脱落,2018-11-30\r\n'
    comma = "永康市精工五金厂,2018-10-09,网格巡查,一般,缺罚款5,000元收据,2018-11-30\r\n"
    return (separated([HAZARD]) + bad + good + comma + separated([hazard("末行")])).encode("gbk")


@sent_as("登记机关导出.csv")
def registry_extract() -> bytes:
    """An extract of the registry of companies: its own headings, N/A, amounts with their unit, old numbers."""
    heads = "企业名称,统一社会信用代码,注册日期,企业类型,法人代表,注册资金,经营范围,所在省份,地区,注册地址\r\n"
    capital = '"7,000(万元人民币)","箱包、锁具，货物进出口"'
    place = '浙江,金华,"永康市示例路38号"'
    rows = [
        f"永康市新兴实业有限公司,{code(340)},1992-05-25,有限责任公司,某某,{capital},{place}",
        f"永康市菇业有限公司,3307840002952,2000-01-11,N/A,某某,{capital},{place}",
        f"永康市特优旅游购物有限公司,330784000181702,2010-09-10,N/A,某某,{capital},{place}",
        f"永康市服装有限公司,{code(341)[:9]}B{code(341)[10:]},2005-05-26,N/A,某某,20(万美元),服装,{place}",
        f"永康市房地产有限公司,{code(342)},1992-10-22,5,000(万美元),"
        f'"配套设施(禁止的除外)的经营"","某某",示例度假区,N/A,"金华"',
        f"永康市多格有限公司,{code(343)},1992-10-22,5,000(万美元),某某,1,2,3,浙江,金华,示例路5号",
    ]
    return (heads + "".join(f"{row}\r\n" for row in rows)).encode("gbk")


@sent_as("空字符.csv")
def nul_characters() -> bytes:
    """A file out of a broken disk: NUL bytes in it."""
    return separated([HAZARD, hazard("一"), hazard("二\0处")]).encode("gbk")


@sent_as("控制字符.csv")
def control_characters_in_text() -> bytes:
    """Control characters that a barcode reader or an old database left behind; a joiner that nobody sees is none."""
    return separated([HAZARD, hazard("响铃\x07处"), hazard("竖\x0b排"), hazard("零\u200d宽")]).encode()


@sent_as("超长.csv")
def a_cell_of_forty_thousand_characters() -> bytes:
    """A whole report pasted into one cell, longer than any spreadsheet's cell; and one just longer than is kept."""
    return separated([HAZARD, hazard("长" * 40_000), hazard("长" * 501), hazard("长" * 500)]).encode("gbk")


@sent_as("公式注入.csv")
def text_that_looks_like_formulas() -> bytes:
    """Texts that a spreadsheet would run: they are kept as they are, and are harmless when they go out again."""
    texts = ["=cmd|' /C calc'!A0", "+1+2", "-2+3", "@SUM(1+1)", "＝HYPERLINK(1)", "'=已加撇号"]
    return separated([HAZARD, *map(hazard, texts)]).encode("utf-8-sig")


# --- what is in a workbook


@sent_as("旧表格.xls")
def an_old_workbook() -> bytes:
    """What Excel 97 to 2003 saves, and many a form still is."""
    day = xlwt.easyxf(num_format_str="yyyy/m/d")

    def more(book: Any) -> None:
        sheet = book.get_sheet(0)
        for column, value in enumerate(hazard("旧格式")):
            sheet.write(1, column, value, day if isinstance(value, date) else xlwt.Style.default_style)

    return xls([HAZARD], more)


@sent_as("其实是xlsx.xls")
def a_new_workbook_under_the_old_name() -> bytes:
    """Renamed, because a website takes only .xls."""
    return xlsx({"隐患": [HAZARD, hazard("改了名")]})


@sent_as("其实是csv.xls")
def text_under_the_name_of_a_workbook() -> bytes:
    """An 'Excel export' of a web system that writes text and calls it .xls."""
    return separated([HAZARD, hazard("文本")]).encode("gbk")


@sent_as("其实是制表符.xls")
def tabs_under_the_name_of_a_workbook() -> bytes:
    """The same with tabs in UTF-16, as older web systems do."""
    return separated([HAZARD, hazard("制表符")], "\t").encode("utf-16")


@sent_as("其实是网页.xlsx")
def a_web_page_under_the_name_of_a_workbook() -> bytes:
    """The most frequent 'Excel export' of all: an HTML table."""
    row = "".join(f"<td>{cell}</td>" for cell in hazard("网页"))
    return f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr>{row}</tr></table></html>'.encode("gbk")


@sent_as("其实是文档.xlsx")
def a_text_document_under_the_name_of_a_workbook() -> bytes:
    """A Word file renamed in the hope that it helps."""
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})


@sent_as("加密.xlsx")
def a_workbook_with_a_password() -> bytes:
    """Protected 'because there are telephone numbers in it'."""
    return locked(xls([HAZARD]))


@sent_as("带宏.xlsm")
def a_workbook_with_macros() -> bytes:
    """A form with buttons; the macros are never run."""
    parts = unpacked(xlsx({"隐患": [HAZARD, hazard("有宏")]}))
    types = parts["[Content_Types].xml"].replace(
        b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    )
    return packed({**parts, "[Content_Types].xml": types, "xl/vbaProject.bin": random.Random(1).randbytes(2000)})


@sent_as("一百万空行.xlsx")
def a_million_empty_rows() -> bytes:
    """Borders drawn down to the last row there is: the sheet claims to reach to row 1048576."""
    data = xlsx({"隐患": [HAZARD, hazard("在最上面")]})
    last = "".join(
        f'<row r="{row}" spans="1:6" s="1" customFormat="1"><c r="A{row}"/><c r="F{row}"/></row>'
        for row in (*range(1_000, 1_200), 1_048_576)
    )
    data = altered(data, SHEET, b"</sheetData>", last.encode() + b"</sheetData>")
    return altered(data, SHEET, b'ref="A1:F2"', b'ref="A1:XFD1048576"')


@sent_as("炸弹.xlsx")
def a_workbook_that_unpacks_to_too_much() -> bytes:
    """A sheet of a few kilobytes that unfolds into megabytes of blanks."""
    data = xlsx({"隐患": [HAZARD, hazard("甲")]})
    return altered(data, SHEET, b"</sheetData>", b"</sheetData>" + b" " * (11 * 1024 * 1024))


@sent_as("一格在天边.xlsx")
def a_cell_at_the_far_end() -> bytes:
    """A blank typed by accident into the last cell of the last column."""
    data = xlsx({"隐患": [HAZARD, hazard("甲")]})
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t> </t></is></c></row></sheetData>'
    return altered(data, SHEET, b"</sheetData>", far.encode())


@sent_as("表名有引号.xlsx")
def sheet_names_with_quotation_marks() -> bytes:
    """Sheets called as one speaks of them."""
    return xlsx({"10月'隐患'“重点”": [HAZARD, hazard("一", 发现日期="2018-13-2")], "Sheet'2": [["略"]]})


@sent_as("表情.xlsx")
def emoji_and_rare_characters() -> bytes:
    """Text typed on a telephone: emoji with their invisible joiners, and a name of four bytes."""
    return xlsx({"隐患": [HAZARD, hazard("𠮷野喷漆房⚠️着火🔥，👨‍🔧处理")]})


@sent_as("控制字符.xlsx")
def control_characters_in_a_workbook() -> bytes:
    """The same in a workbook, where Excel writes them as _x0007_; what looks like one and was typed is escaped."""
    return xlsx({"隐患": [HAZARD, hazard("响铃_x0007_"), hazard("型号_x005F_x0041_"), hazard("换_x000D_行")]})


@sent_as("非法字符.xlsx")
def a_character_that_xml_forbids() -> bytes:
    """A workbook written by a script that does not know what XML may hold."""
    return altered(xlsx({"隐患": [HAZARD, hazard("甲乙")]}), SHEET, "甲乙".encode(), b"a&#xD83D;b")


@sent_as("实体.xlsx")
def entities_in_a_sheet() -> bytes:
    """The billion laughs: a few bytes that would unfold into gigabytes."""
    parts = unpacked(xlsx({"隐患": [HAZARD, hazard("甲")]}))
    laughs = ['<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">']
    laughs += [f'<!ENTITY {chr(n)} "{f"&{chr(n - 1)};" * 10}">' for n in range(ord("b"), ord("j"))]
    declared = f'<?xml version="1.0"?><!DOCTYPE x [{"".join(laughs)}]>'.encode()
    body = parts[SHEET].replace("甲".encode(), b"&i;")
    assert body.startswith(b"<worksheet")
    return packed({**parts, SHEET: declared + body})


@sent_as("缺部件.xlsx")
def shared_strings_lost() -> bytes:
    """A workbook 'repaired' by some tool that has lost the list of its texts."""
    return _bare(_line(1, range(len(HAZARD))).replace(' etc:hidden="0"', ""))


@sent_as("断了.xlsx")
def a_workbook_cut_off() -> bytes:
    """A download that broke off."""
    data = xlsx({"隐患": [HAZARD, *(hazard(f"第{n}处") for n in range(50))]})
    return data[: len(data) * 2 // 3]


@sent_as("WPS存的.xlsx")
def written_by_wps() -> bytes:
    """What WPS writes: texts in runs of different fonts, readings above the characters, attributes of its own."""
    extra = ' xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"'
    texts = [*HAZARD, "", "网格巡查", "一般", "字体不一", "2018-10-09", "2018-11-30"]
    shared = [f"<si><t>{escape(text)}</t></si>" for text in texts]
    runs = ("永康市", "精工", "五金厂")
    shared[6] = "".join(f'<r><rPr><rFont val="宋体"/></rPr><t xml:space="preserve">{run}</t></r>' for run in runs)
    shared[6] = f'<si>{shared[6]}<rPh sb="0" eb="3"><t>yongkang</t></rPh><phoneticPr fontId="1"/></si>'
    lines = ([0, 1, 2, 3, 4, 5], [6, 10, 7, 8, 9, 11])
    return _bare("".join(_line(row, line) for row, line in enumerate(lines, 1)), shared, extra)


def _line(row: int, texts: Sequence[int]) -> str:
    """A row of cells that refer to shared texts."""
    cells = (f'<c r="{get_column_letter(n)}{row}" t="s"><v>{text}</v></c>' for n, text in enumerate(texts, 1))
    return f'<row r="{row}" spans="1:{len(texts)}" etc:hidden="0">{"".join(cells)}</row>'


@sent_as("严格格式.xlsx")
def strict_open_xml() -> bytes:
    """Saved as 'Strict Open XML': other names for everything, and days as text of a type of their own."""
    row = ["永康市精工五金厂", "2018-10-09", "网格巡查", "一般", "严格格式", "2018-11-30"]
    lines = []
    for number, texts in enumerate((HAZARD, row), 1):
        cells = [
            f'<c r="{get_column_letter(n)}{number}" t="d" s="1"><v>{text}</v></c>'
            if text[:4] == "2018"
            else f'<c r="{get_column_letter(n)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for n, text in enumerate(texts, 1)
        ]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    parts = unpacked(_bare("".join(lines)))
    old = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    new = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    office, strict = (
        b"http://schemas.openxmlformats.org/officeDocument/2006",
        b"http://purl.oclc.org/ooxml/officeDocument",
    )
    return packed({name: part.replace(old, new).replace(office, strict) for name, part in parts.items()})


def _bare(rows: str, shared: Sequence[str] = (), attributes: str = "") -> bytes:
    """A workbook of the fewest parts, with the rows of its sheet 隐患 and its shared texts as XML; without those the
    part they stand in is missing."""
    main = f"xmlns={quoteattr('http://schemas.openxmlformats.org/spreadsheetml/2006/main')}{attributes}"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = {
        "xl/workbook.xml": f"{sheet}.sheet.main+xml",
        SHEET: f"{sheet}.worksheet+xml",
        "xl/styles.xml": f"{sheet}.styles+xml",
    }
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    parts = {
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="隐患" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        SHEET: f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>",
        "xl/styles.xml": f"<styleSheet {main}>{styles}</styleSheet>",
    }
    relations = {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("styles", "styles.xml")}
    if shared:
        kinds["xl/sharedStrings.xml"] = f"{sheet}.sharedStrings+xml"
        parts["xl/sharedStrings.xml"] = f"<sst {main}>{''.join(shared)}</sst>"
        relations["rId3"] = ("sharedStrings", "sharedStrings.xml")
    top = {"rId1": ("officeDocument", "xl/workbook.xml")}
    for name, found in (("_rels/.rels", top), ("xl/_rels/workbook.xml.rels", relations)):
        lines = "".join(
            f'<Relationship Id="{key}" Type="{office}/{kind}" Target="{target}"/>'
            for key, (kind, target) in found.items()
        )
        parts[name] = f'<Relationships xmlns="{package}/relationships">{lines}</Relationships>'
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    parts["[Content_Types].xml"] = f'<Types xmlns="{package}/content-types">{rels}{overrides}</Types>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    return packed({name: f"{head}{part}".encode() for name, part in parts.items()})


# --- other files


@sent_as("~$芝英镇10月.xlsx")
def a_lock_file() -> bytes:
    """What Excel lays beside a file while it is open; it goes along when the whole folder is sent."""
    return b"\x05user" + b" " * 160


@sent_as("芝英镇10月.et")
def a_file_of_wps() -> bytes:
    """WPS's own kind of workbook."""
    return xls([HAZARD])


@sent_as("芝英镇10月.rar")
def a_rar_archive() -> bytes:
    """Packed with WinRAR, as everything is."""
    return b"Rar!\x1a\x07\x01\x00" + bytes(50)


@sent_as("改名的rar.xlsx")
def a_rar_archive_under_another_name() -> bytes:
    """The same renamed, because the mail system takes no .rar."""
    return a_rar_archive()


@sent_as("苹果表格.ods")
def an_open_document() -> bytes:
    """LibreOffice's own kind of workbook, as a program leaves it that was stopped while it wrote."""
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})


@sent_as("各镇.zip")
def an_archive_with_names_in_gbk() -> bytes:
    """The towns' workbooks packed by a Chinese Windows, which writes names in GBK without saying so."""
    names = {"aaaaaa.xlsx": "芝英镇", "bbbbbb.xlsx": "石柱镇"}
    data = packed(
        {
            "aaaaaa.xlsx": xlsx({"企业": [FIRM, firm(351)]}),
            "bbbbbb.xlsx": xlsx({"企业": [FIRM, firm(352, **{"镇（街、区）": "石柱街道"})]}),
        }
    )
    for plain, name in names.items():
        data = data.replace(plain.removesuffix(".xlsx").encode(), name.encode("gbk"))
    return data


@sent_as("穿越.zip")
def an_archive_that_leads_out_of_its_folder() -> bytes:
    """Names that would be written elsewhere if anybody unpacked them."""
    rows = {"../../../甲.csv": firm(353), "C:\\windows\\乙.csv": firm(354), "/etc/丙.csv": firm(355)}
    return packed({name: separated([FIRM, row]).encode() for name, row in rows.items()})


@sent_as("炸弹.zip")
def an_archive_that_unpacks_to_too_much() -> bytes:
    """Eleven megabytes of nothing in eleven kilobytes."""
    return packed({"甲.csv": bytes(11 * 1024 * 1024)})


@sent_as("套娃.zip")
def an_archive_in_an_archive() -> bytes:
    """Each town packed its files, and the office packed the towns."""
    inner = packed({"企业.csv": separated([FIRM, firm(356)]).encode()})
    return packed({"芝英镇.zip": inner, "石柱镇.csv": separated([FIRM, firm(357)]).encode()})


@sent_as("断了.zip")
def an_archive_cut_off() -> bytes:
    """Sent over a bad line."""
    return an_archive_with_names_in_gbk()[:-40]


@sent_as("加密.zip")
def an_archive_with_a_password() -> bytes:
    """Packed with a password that came by telephone."""
    data = bytearray(packed({"a.csv": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@sent_as("只有照片.zip")
def an_archive_of_pictures() -> bytes:
    """The month's report as photographs of the paper."""
    return packed({"IMG_001.jpg": b"\xff\xd8\xff\xe0"})


if __name__ == "__main__":
    write(Path(sys.argv[1]))
