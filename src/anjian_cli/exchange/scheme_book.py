"""A scheme (考核办法) as a workbook that an office changes and hands back: drop-downs, hints, and what can be counted.

`scheme_file` reads it. A sheet “事实” says what can be counted and by which words, “填表说明” what each column means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from anjian_cli.exchange.scheme_book_words import (
    ABOUT_COLUMNS,
    CATEGORY_COLUMNS,
    FORMS,
    GENERAL,
    GROUP_COLUMNS,
    INDICATOR_COLUMNS,
    REQUIRED_TIMES,
    Column,
)
from anjian_cli.exchange.scheme_columns import COLUMNS, REQUIRED
from anjian_cli.exchange.scheme_rows import AGAINST, rows, yes_no
from anjian_cli.rules.scoring import NOTHING
from anjian_cli.rules.totals import TOTALS
from anjian_cli.rules.unit_kinds import UNITS
from anjian_cli.workflow.scheme_draft import (
    ABOUT,
    CATEGORIES,
    GROUPS,
    INDICATORS,
    KINDS,
    LESS,
    MONEY,
    MORE,
    PERIODS,
    Draft,
    Known,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FACTS, GUIDE, CODES = "事实", "填表说明", "代码表"
HEADING_ROW = 3
EMPTY_ROWS = 15
"""So many lines are ruled below what there is, for what is added."""
LAST_ROW = 1000
"""Down to this row there are drop-downs."""

Words = Callable[[str], Sequence[str] | None]


_FACTS = ("数", "哪一类记录", "怎样数", "条件", "可以写的词")
_NOTES: Mapping[str, str] = {
    CATEGORIES: "一行一个类别，先后就是通报里的先后。不要的整行删去，新的接着写。",
    GROUPS: "百分制里几项合在一起、另有满分的，一行一组；不分组的空着。",
    INDICATORS: "一行一个指标。不要的整行删去，新的接着写；“数”“条件”能写什么，见“事实”表；各列怎么填，见“填表说明”。",
}


def book(draft: Draft, facts: Mapping[str, Known], records: Mapping[str, str], words: Words) -> Workbook:
    """A scheme as a workbook. `records` are the titles of the record types, by table; `words` gives the words of a
    list by the title of a dimension."""
    from anjian_cli.exchange import spreadsheet

    made = spreadsheet.new()
    told = rows(draft, facts, records)
    _sheet(
        made,
        ABOUT,
        "考核办法：改“内容”一列。",
        ("项目", "内容", "怎么填"),
        [(name, value, ABOUT_COLUMNS[name].how) for name, value in told.about.items()],
    )
    sheets = {
        name: _sheet(
            made,
            name,
            note,
            COLUMNS[name],
            [tuple(row.values()) for row in told.sheets[name]],
            fixed=3 if name == INDICATORS else 1,
            empty=EMPTY_ROWS,
        )
        for name, note in _NOTES.items()
    }
    note = "能数的都在这里。“数”写第一列的名称，“条件”写后面的词，如 培训对象=网格员。"
    _sheet(made, FACTS, note, _FACTS, [_fact(fact, records, words) for fact in facts.values()])
    _guide(made)
    _drop_downs(made, sheets, draft, facts, words)
    return made


def _fact(fact: Known, records: Mapping[str, str], words: Words) -> tuple[str, ...]:
    how = "一年之内累计" if fact.counted == "flow" else "每年1月1日重新数起" if fact.of_year else "截至当日"
    dimensions = [title for title in fact.dimensions if title]
    listed = "\n".join(f"{title}：{'、'.join(words(title) or ())}" for title in dimensions)
    return fact.title, records.get(fact.record, fact.record), how, "、".join(dimensions), listed


# --- how it looks


def _sheet(
    made: Workbook,
    name: str,
    note: str,
    heads: Sequence[str],
    lines: Sequence[Sequence[str]],
    *,
    fixed: int = 1,
    empty: int = 0,
) -> Worksheet:
    from openpyxl.utils import get_column_letter

    from anjian_cli.exchange import spreadsheet
    from anjian_cli.exchange.spreadsheet import put

    sheet: Worksheet = made.create_sheet(name)
    put(sheet, 1, 1, name, spreadsheet.TITLE)
    put(sheet, 2, 1, note, spreadsheet.NOTE)
    shown = [f"★{title}" if _required(name, title) else title for title in heads]
    for column, (title, text) in enumerate(zip(heads, shown, strict=True), start=1):
        style = spreadsheet.REQUIRED if _required(name, title) else spreadsheet.HEADING
        put(sheet, HEADING_ROW, column, text, style)
    widths = [spreadsheet.width([title, *(line[at] for line in lines)]) for at, title in enumerate(shown)]
    for at, line in enumerate([*lines, *([""] * len(heads) for _ in range(empty))], start=HEADING_ROW + 1):
        for column, value in enumerate(line, start=1):
            put(sheet, at, column, value or None, spreadsheet.PLAIN)
        sheet.row_dimensions[at].height = spreadsheet.height(line, widths) or 18
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=len(heads))
    for row, height in ((1, 30), (2, 34 if sum(widths) < 100 else 20), (HEADING_ROW, 24)):
        sheet.row_dimensions[row].height = height
    spreadsheet.lay_out(sheet, widths, HEADING_ROW, fixed=fixed)
    if name != ABOUT:
        sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(heads))}{sheet.max_row}"
    return sheet


def _required(sheet: str, title: str) -> bool:
    return sheet != ABOUT and title in REQUIRED.get(sheet, ())


def _guide(made: Workbook) -> None:
    """What is general, then each sheet's columns."""
    from anjian_cli.exchange import spreadsheet
    from anjian_cli.exchange.spreadsheet import put

    sheet: Worksheet = made.create_sheet(GUIDE)
    widths = [14, 12, 72, 34]
    put(sheet, 1, 1, "填表说明", spreadsheet.TITLE)
    sheet.row_dimensions[1].height = 30
    for at, line in enumerate(GENERAL, start=2):
        put(sheet, at, 1, line, spreadsheet.NOTE)
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=4)
        sheet.row_dimensions[at].height = 20
    at = len(GENERAL) + 2
    for name, columns in (
        (ABOUT, ABOUT_COLUMNS),
        (CATEGORIES, CATEGORY_COLUMNS),
        (GROUPS, GROUP_COLUMNS),
        (INDICATORS, INDICATOR_COLUMNS),
    ):
        at += 1
        put(sheet, at, 1, f"“{name}”表", spreadsheet.TITLE)
        sheet.row_dimensions[at].height = 26
        at += 1
        for column, title in enumerate(("列", "是否必填", "怎么填", "举例"), start=1):
            put(sheet, at, column, title, spreadsheet.HEADING)
        for title, (how, example) in columns.items():
            at += 1
            cells = (title, "必填" if title in REQUIRED[name] else "", how, example)
            for column, text in enumerate(cells, start=1):
                put(sheet, at, column, text, spreadsheet.PLAIN)
            sheet.row_dimensions[at].height = spreadsheet.height(cells, widths) or 18
        at += 1
    lines = [("计分", "怎样得分", "“计分细则”写什么", "举例")]
    lines += [(name, form.points, form.fields, form.example) for name, form in FORMS.items()]
    lines.append(("各种", "", REQUIRED_TIMES, "应有=每季1次；每少=1；扣=1"))
    at += 1
    put(sheet, at, 1, "“计分细则”怎么写", spreadsheet.TITLE)
    sheet.row_dimensions[at].height = 26
    for number, cells in enumerate(lines):
        at += 1
        for column, text in enumerate(cells, start=1):
            put(sheet, at, column, text, spreadsheet.PLAIN if number else spreadsheet.HEADING)
        sheet.row_dimensions[at].height = spreadsheet.height(cells, widths) or 18
    spreadsheet.lay_out(sheet, widths, 1)


# --- what helps while it is filled in


def _drop_downs(
    made: Workbook, sheets: Mapping[str, Worksheet], draft: Draft, facts: Mapping[str, Known], words: Words
) -> None:
    """Hints for every column, and lists to choose from; what is in no list may be typed, but yes, no and the like."""
    from openpyxl.utils import get_column_letter

    shorts = [each.short for each in draft.indicators]
    dimensions = dict.fromkeys(title for fact in facts.values() for title in fact.dimensions if title)
    lists: dict[str, Sequence[str]] = {
        "单位": list(dict.fromkeys(MONEY[1] if each.unit == MONEY[0] else each.unit for each in draft.indicators)),
        "计法": list(KINDS.values()),
        "条件": [f"{title}={word}" for title in dimensions for word in words(title) or ()],
        "评分": [yes_no(True), yes_no(False)],
        "对照": [*AGAINST.values(), *shorts],
        "结转": shorts,
        "名单外": shorts,
        "方向": [MORE, LESS],
        "计分": list(FORMS),
        "缺项": NOTHING,
        "考核单位": UNITS,
        "加": shorts,
        "减": shorts,
        "总分": TOTALS,
        "考核期": list(PERIODS),
    }
    _codes(made, lists)
    ranges = {
        title: f"'{CODES}'!${get_column_letter(at)}$2:${get_column_letter(at)}${len(listed) + 1}"
        for at, (title, listed) in enumerate(lists.items(), start=1)
    }
    ranges["类别"] = f"'{CATEGORIES}'!$B${HEADING_ROW + 1}:$B${sheets[CATEGORIES].max_row}"
    ranges["组"] = f"'{GROUPS}'!$C${HEADING_ROW + 1}:$C${sheets[GROUPS].max_row}"
    ranges["数"] = f"'{FACTS}'!$A${HEADING_ROW + 1}:$A${made[FACTS].max_row}"
    closed = {"计法", "评分", "方向", "数", "计分", "缺项", "总分", "考核期"}
    columns: Mapping[str, Mapping[str, Column]] = {
        CATEGORIES: CATEGORY_COLUMNS,
        GROUPS: GROUP_COLUMNS,
        INDICATORS: INDICATOR_COLUMNS,
    }
    for name, told in columns.items():
        own = ranges | ({"计分": ranges["评分"]} if name == CATEGORIES else {})
        for column, (title, (how, _)) in enumerate(told.items(), start=1):
            letter = get_column_letter(column)
            cells = f"{letter}{HEADING_ROW + 1}:{letter}{LAST_ROW}"
            _check(sheets[name], cells, title, how, own.get(title), closed=title in closed)
    for at, title in enumerate(ABOUT_COLUMNS, start=HEADING_ROW + 1):
        _check(made[ABOUT], f"B{at}", title, ABOUT_COLUMNS[title].how, ranges.get(title), closed=title in closed)


def _codes(made: Workbook, lists: Mapping[str, Sequence[str]]) -> None:
    """The sheet of the lists, one a column."""
    from anjian_cli.exchange import spreadsheet
    from anjian_cli.exchange.spreadsheet import put

    sheet: Worksheet = made.create_sheet(CODES)
    for column, (title, listed) in enumerate(lists.items(), start=1):
        put(sheet, 1, column, title, spreadsheet.HEADING)
        for at, word in enumerate(listed, start=2):
            put(sheet, at, column, word, spreadsheet.PLAIN)
    spreadsheet.lay_out(sheet, [spreadsheet.width([title, *listed]) for title, listed in lists.items()], 1)


def _check(sheet: Worksheet, cells: str, title: str, how: str, listed: str | None, *, closed: bool) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation("list" if listed else None, formula1=listed, allow_blank=True, showInputMessage=True)
    rule.promptTitle, rule.prompt = title, how
    rule.showErrorMessage = closed
    if closed:
        rule.errorTitle, rule.error = "不在可选值之内", f"“{title}”请从下拉中选。"
    rule.add(cells)
    sheet.add_data_validation(rule)
