"""The empty form of a record type: headings and one example row as CSV; as a workbook also drop-downs, cell formats,
hints, and for a town what the ledger knows of it already."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from anjian_cli.exchange.prefill import Prefill
from anjian_cli.records.definition import Column, Kind, Record

if TYPE_CHECKING:  # a form as CSV does without openpyxl
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

HEADING_ROW = 3
EMPTY_ROWS = 15
"""So many lines are ruled for what is to be filled in; below them it goes on without lines."""
LAST_ROW = 5000
"""Down to this row the cells of a form are checked while they are filled in."""
GUIDE, CODES = "填表说明", "代码表"
_GENERAL = (
    "一、标★的列必填；标☆的列看情况必填（企业名称与统一社会信用代码至少填一项，能填全的请填全）；其余有就填。",
    "二、“示例”一行供参考，导入时跳过，删不删都可以。“合计”“填表人”等行写在最后，也会跳过。",
    "三、新登记的，“编号”留空；表中已有编号的，是台账里的记录，请不要改动编号。",
    "四、日期写成 2018-10-09 的样子；信用代码、文号、电话各列已设为文本，请直接录入，不要改格式。",
    "五、有下拉的请从下拉中选；要清空台账中已有的内容，请填“（清空）”，留空表示不变。",
    "六、请不要改动、合并或删除列名一行。填好后直接发回，不用另存为别的格式。",
)


def rows(record: Record) -> list[list[str]]:
    """Headings (required ones starred) and the example row, whose first cell says 示例."""
    names = fields(record)
    example = [record.columns[name].example for name in names]
    example[0] = f"示例：{example[0]}" if example[0] else "示例"
    return [[heading(record, name) for name in names], example]


def fields(record: Record) -> list[str]:
    """The fields of a form: those that are read."""
    return [name for name, column in record.columns.items() if not column.shown_only]


def heading(record: Record, name: str) -> str:
    """A field's heading in a form, with a star if it is required, a hollow one if it may be."""
    column = record.columns[name]
    return f"{'★' if column.required else '☆' if _may_be_required(record, name) else ''}{column.title}"


def _may_be_required(record: Record, name: str) -> bool:
    """Expected, or one of several ways to say which is meant."""
    found = {group[0] for group in record.keys if len(group) == 1 and "number" not in group}
    return record.columns[name].expected or name in found or (name == record.subject == "enterprise")


def book(records: Sequence[Record], prefill: Prefill | None = None) -> Workbook:
    """A workbook with a form a record type, a sheet that says how to fill it in, and one of the allowed values."""
    from anjian_cli.exchange import spreadsheet

    made = spreadsheet.new()
    prefill = prefill or Prefill()
    codes = _Codes()
    for record in records:
        _form(made, record, prefill, codes)
    _guide(made, records, prefill)
    codes.write(made)
    return made


# --- the form of one record type


def _form(made: Workbook, record: Record, prefill: Prefill, codes: _Codes) -> None:
    from anjian_cli.exchange.spreadsheet import NOTE, TITLE, Value, body, height, lay_out, put, typed, width

    sheet: Worksheet = made.create_sheet(record.title)
    filled = prefill.rows.get(record.name)
    names = fields(record) if filled is None else list(record.columns)
    put(sheet, 1, 1, f"{prefill.town}{record.title}登记表", TITLE)
    put(sheet, 2, 1, _instruction(record, filled is not None), NOTE)
    for index, name in enumerate(names, start=1):
        put(sheet, HEADING_ROW, index, heading(record, name), _heading_style(record, name))
    table: list[list[Value]] = []
    if filled is None:
        table.append([_example(record, name) for name in names])
        first = rows(record)[1][0]
        table[0][0] = first
    for row in filled or ():
        table.append([typed(record, name, row.get(name)) for name in names])
    table += [[None] * len(names) for _ in range(EMPTY_ROWS)]
    for at, line in enumerate(table, start=HEADING_ROW + 1):
        for index, (name, value) in enumerate(zip(names, line, strict=True), start=1):
            example = filled is None and at == HEADING_ROW + 1
            kind = Kind.TEXT if example and index == 1 else record.kinds[name]
            style = body(kind, grey=record.columns[name].shown_only, example=example)
            put(sheet, at, index, value, style)
    widths = [
        width([heading(record, name), *(line[at] for line in table)], least=_least(record, name))
        for at, name in enumerate(names)
    ]
    for at, line in enumerate(table, start=HEADING_ROW + 1):
        sheet.row_dimensions[at].height = height(line, widths) or 21
    last = "enterprise" if "enterprise" in names[:3] else "name"
    lay_out(sheet, widths, HEADING_ROW, fixed=names.index(last) + 1 if last in names[:3] else 1)
    _surface(sheet, record, names, widths)
    for index, name in enumerate(names, start=1):
        if not record.columns[name].shown_only:
            _check(sheet, record, name, index, prefill, codes)


def _surface(sheet: Worksheet, record: Record, names: Sequence[str], widths: Sequence[int]) -> None:
    """Heights, the filter, the instruction across the columns, and the formats of the cells still empty."""
    from openpyxl.utils import get_column_letter

    from anjian_cli.exchange.spreadsheet import FORMATS, PAGE, TEXT_FORMAT

    across, columns = widths[0], 1
    # Not beyond the first printed page.
    room = min(130, sum(widths) / ceil(sum(widths) / PAGE))
    while columns < len(widths) and across + widths[columns] <= room:
        across += widths[columns]
        columns += 1
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=columns)
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[2].height = 44 if across >= 80 else 60
    sheet.row_dimensions[HEADING_ROW].height = 34
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(names))}{sheet.max_row}"
    for index, name in enumerate(names, start=1):
        form = FORMATS.get(record.kinds[name], TEXT_FORMAT)
        sheet.column_dimensions[get_column_letter(index)].number_format = form


def _instruction(record: Record, filled: bool) -> str:
    text = "标★的列必填，标☆的看情况必填。日期写成 2018-10-09 的样子；有下拉的从下拉中选。"
    if not filled:
        return f"{text}第{HEADING_ROW + 1}行是示例，导入时跳过，请从第{HEADING_ROW + 2}行起填。不要改动列名。"
    if record.name == "hazard":
        text = (
            "下面是还没有销号的隐患，不要改动编号。整改完的填“整改完成日期”，验收了的再填“验收日期”“验收人”"
            "“验收结论”，发回即可销号；要延期的填“延至日期”。"
        )
    else:
        text = "下面是台账中已有的，不要改动编号，有变化的直接改。" + text
    return f"{text}新的接着往下填，编号留空。灰底列不用填。"


def _heading_style(record: Record, name: str) -> str:
    from anjian_cli.exchange import spreadsheet

    if record.columns[name].shown_only or name == "number":
        return spreadsheet.SHOWN
    if record.columns[name].required:
        return spreadsheet.REQUIRED
    return spreadsheet.CONDITIONAL if _may_be_required(record, name) else spreadsheet.HEADING


def _example(record: Record, name: str) -> Any:
    from anjian_cli.exchange.spreadsheet import typed

    column = record.columns[name]
    if not column.example:
        return None
    return typed(record, name, column.parse(column.example)) if record.kinds[name] in _STORED else column.example


_STORED = {Kind.DAY, Kind.WHOLE, Kind.AMOUNT}


def _least(record: Record, name: str) -> int:
    """Room for what will be filled in."""
    if name in ("enterprise", "name", "description"):
        return 26
    return {"credit_code": 22, "number": 12, "town": 12}.get(name, 12 if record.kinds[name] is Kind.DAY else 9)


# --- what is checked while a form is filled in


def _check(sheet: Worksheet, record: Record, name: str, index: int, prefill: Prefill, codes: _Codes) -> None:
    from openpyxl.utils import get_column_letter

    column = record.columns[name]
    rule = _choice(record, name, prefill, codes) or value_rule(record.kinds[name], column)
    if rule is None:
        return
    letter = get_column_letter(index)
    rule.add(f"{letter}{HEADING_ROW + 1}:{letter}{LAST_ROW}")
    sheet.add_data_validation(rule)


def _of_lists(record: Record, name: str, prefill: Prefill) -> Sequence[str]:
    """The words to choose from: those of the ledger, else the program's own."""
    return prefill.words.get((record.name, name)) or record.columns[name].choices


def _choice(record: Record, name: str, prefill: Prefill, codes: _Codes) -> DataValidation | None:
    from openpyxl.worksheet.datavalidation import DataValidation

    column = record.columns[name]
    target = column.refers.split(" ")[0]
    choices = _of_lists(record, name, prefill) or prefill.lists.get(target, ())
    if "county" in column.refers and choices:
        choices = (prefill.county, *choices)
    if not choices:
        return None
    cells = codes.range(f"{record.title}：{column.title}" if column.choices else _LISTS.get(target, target), choices)
    rule = DataValidation("list", formula1=cells, allow_blank=True, showInputMessage=True)
    rule.promptTitle = column.title[:32]
    strict = bool(column.choices) and record.kinds[name] is not Kind.TERMS
    rule.showErrorMessage = strict or target == "town"
    if rule.showErrorMessage:
        rule.errorStyle = "stop" if strict else "warning"
        rule.errorTitle = "不在可选值之内"
        rule.error = f"“{column.title}”请从下拉中选。"
    if record.kinds[name] is Kind.TERMS:
        rule.prompt = "可填几项，用顿号隔开；只有一项的从下拉中选。"
    else:
        rule.prompt = "请从下拉中选。" if strict or target == "town" else "可从下拉中选，也可直接录入。"
    return rule


_LISTS = {
    "town": "本台账的镇街",
    "department": "本台账的部门",
    "enterprise": "本镇的企业",
    "village": "本镇的村居",
    "indicator": "各项指标",
}


def value_rule(kind: Kind, column: Column) -> DataValidation | None:
    """What checks the cells of a field while they are filled in: a day, a number, a code; None if nothing does."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if kind is Kind.DAY:
        rule = DataValidation("date", operator="between", formula1="DATE(1900,3,1)", formula2="DATE(2199,12,31)")
        rule.prompt = "日期，如 2018-10-09" + ("；已发生的事，不能晚于今天。" if column.past else "。")
        rule.error = "请填日期，如 2018-10-09。"
    elif kind is Kind.WHOLE:
        rule = DataValidation("whole", operator="greaterThanOrEqual", formula1="0")
        rule.prompt, rule.error = "只填整数，没有填0。", "请只填0或大于0的整数，不带单位。"
    elif kind is Kind.AMOUNT:
        rule = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
        rule.prompt = f"只填数字，单位{'万元' if '万元' in column.title else '元'}。"
        rule.error = "请只填数字，单位见列名。"
    elif column.title == "统一社会信用代码":
        rule = DataValidation("textLength", operator="equal", formula1="18")
        rule.prompt, rule.error = "18位，照营业执照录入。", "统一社会信用代码是18位，请核对。"
    else:
        return None
    rule.allow_blank = True
    rule.promptTitle, rule.errorTitle = column.title[:32], "请核对"
    rule.errorStyle = "warning"  # a value the import can read in another spelling is not to be turned away here
    rule.showInputMessage = rule.showErrorMessage = True
    return rule


class _Codes:
    """The sheet of allowed values: each list of them a column, written once however many fields use it."""

    def __init__(self) -> None:
        self._lists: dict[tuple[str, ...], str] = {}

    def range(self, title: str, choices: Sequence[str]) -> str:
        """The cells in which the choices stand, for a drop-down."""
        from openpyxl.utils import get_column_letter

        key = tuple(choices)
        self._lists.setdefault(key, title)
        letter = get_column_letter(list(self._lists).index(key) + 1)
        return f"'{CODES}'!${letter}$2:${letter}${len(key) + 1}"

    def write(self, made: Workbook) -> None:
        from anjian_cli.exchange.spreadsheet import HEADING, PLAIN, lay_out, put, width

        sheet: Worksheet = made.create_sheet(CODES)
        for index, (choices, title) in enumerate(self._lists.items(), start=1):
            put(sheet, 1, index, title, HEADING)
            for at, choice in enumerate(choices, start=2):
                put(sheet, at, index, choice, PLAIN)
        lay_out(sheet, [min(width([title, *choices]), 30) for choices, title in self._lists.items()], 1)
        sheet.row_dimensions[1].height = 34


# --- how to fill it in


def _guide(made: Workbook, records: Sequence[Record], prefill: Prefill) -> None:
    """General rules, then each form's columns. Headings stand behind their column letter, so that no row here is
    taken for the headings of a form."""
    from openpyxl.utils import get_column_letter

    from anjian_cli.exchange.spreadsheet import HEADING, NOTE, PLAIN, TITLE, height, lay_out, put

    sheet: Worksheet = made.create_sheet(GUIDE)
    widths = [30, 14, 62, 34]
    put(sheet, 1, 1, "填表说明", TITLE)
    sheet.row_dimensions[1].height = 30
    at = 2
    for line in _GENERAL:
        put(sheet, at, 1, line, NOTE)
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=4)
        sheet.row_dimensions[at].height = 20
        at += 1
    for record in records:
        at += 1
        put(sheet, at, 1, f"“{record.title}”表", TITLE)
        sheet.row_dimensions[at].height = 26
        at += 1
        for index, title in enumerate(("列", "是否必填", "怎么填", "举例"), start=1):
            put(sheet, at, index, title, HEADING)
        for index, name in enumerate(fields(record), start=1):
            at += 1
            column = record.columns[name]
            required = "必填" if column.required else "看情况必填" if _may_be_required(record, name) else ""
            cells = (
                f"{get_column_letter(index)}列　{column.title}",
                required,
                _how(record, name, prefill),
                column.example,
            )
            for place, text in enumerate(cells, start=1):
                put(sheet, at, place, text, PLAIN)
            sheet.row_dimensions[at].height = height(cells, widths) or 18
        at += 1
    lay_out(sheet, widths, 1)


def _how(record: Record, name: str, prefill: Prefill) -> str:
    column, kind = record.columns[name], record.kinds[name]
    if name == "number":
        return "新登记的留空"
    if column.choices:
        several = "可填几项，用顿号隔开：" if kind is Kind.TERMS else "从中选一："
        return several + "、".join(_of_lists(record, name, prefill))
    if kind is Kind.TERMS:
        return column.hint
    if kind is Kind.DAY:
        return "日期" + ("，不能晚于今天" if column.past else "")
    if kind is Kind.WHOLE:
        return "整数"
    if kind is Kind.AMOUNT:
        return "数字，单位见列名" if "元" in column.title else "金额，单位元"
    referred = {
        "town": "本台账的镇（街、区）",
        "enterprise": "企业全称",
        "village": "村（居）名称",
        "department": "部门名称或简称",
        "indicator": "指标名称",
    }
    return referred.get(column.refers.split(" ")[0], "文字" if column.title != "统一社会信用代码" else "18位代码，文本")
