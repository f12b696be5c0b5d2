"""The due list as a form (待办回填单): what is due as a workbook, which is printed, filled in and taken in again.

On the first sheet each hazard has a row with its number; what is known stands in grey columns that are not read, so
that nothing there can be spoilt. Filled in, the row is one of a hazard's file (`workflow.hazard`). What else is due has
sheets of its own, by record (`answer_sheets`). What no row answers stands on a last sheet to be read, with the command
for it; importing passes it over. The form of an agency (上门服务登记表) has no sheet of hazards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from anjian_cli.bulletin.due import Due, DueHazard
from anjian_cli.bulletin.due_answers import Answer
from anjian_cli.exchange import answer_sheets, spreadsheet
from anjian_cli.exchange.cells import OTHER_DUE, OUTCOME, READ_ONLY
from anjian_cli.exchange.form_sheet import TALL, checks, head, page
from anjian_cli.exchange.spreadsheet import HEADING, NOTE, SHOWN, Value, body, fill, height, put
from anjian_cli.exchange.template import EMPTY_ROWS, HEADING_ROW
from anjian_cli.records import definition
from anjian_cli.records.definition import Kind
from anjian_cli.rules.unit_kinds import TOWNS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

NAME, OF_AGENCY = "待办回填单", "上门服务登记表"
# Headings that are no titles of a field: what stands below them is not read.
_KNOWN = {"网格员": 8, "受检单位": 16, "隐患情况": 20, "要办的事": 12}
_ASKED = {
    "rectified_on": 11,
    "accepted_on": 11,
    "accepted_unit": 10,
    "accepted_by": 8,
    "conclusion": 7,
    "failure_reason": 10,
    "extended_to": 11,
    "extended_on": 11,
    "extension_reason": 10,
    "extension_unit": 9,
    "extension_document": 9,
}
"""What is filled in, with the width of its column: a round of rectification, then an extension."""
_ANSWERED = {"answered_on": 11, "answer": 30}
"""What a department fills in of what was handed over to it; only where an answer is owed."""
_NUMBER, _IN_FORCE = 12, 11
_FILL = (
    "整改完的填“整改完成日期”；验收了的再填“验收日期”“验收人”“验收结论”，合格的发回即销号，不合格的写“不合格原因”，退回整改。"
    "要延期的填“延至日期”“延期理由”和批准的单位、文号，“延期日期”是批准那天，不填按导入那天。没有办的留空，发回不会改动什么。"
    "灰底列不用填；编号不要改，行可以删、可以重排。挂牌督办的由挂牌单位验收，“验收单位”写明级别，如 县级安委办。"
    "新发现的隐患请另填隐患登记表。"
)
_FILL_ANSWER = "移交来的，填“答复日期”“部门答复”。"
_FILL_ANSWER_ALONE = f"{_FILL_ANSWER}没有答复的留空，发回不会改动什么。灰底列不用填；编号不要改，行可以删、可以重排。"
_PRINTED = "本页供查看、打印，导入时跳过。办好的请用各自的登记表报来，或由办公室照“命令”一栏登记。"
_TOWN, _EITHER = "镇（街、区）", "镇（街、区）或部门"
_OTHERS = (("期限", 13), ("剩余", 10), (_TOWN, 14), ("事项", 34), ("对象", 36), ("命令", 34), (OUTCOME, 30))
_GREY, _OVERDUE = "F2F2F2", "F8CBAD"


def file_name(place: str, *, of_agency: bool = False) -> str:
    """芝英镇_待办回填单.xlsx, 示例甲公司_上门服务登记表.xlsx"""
    return f"{place}_{OF_AGENCY if of_agency else NAME}.xlsx"


def book(
    place: str, title: str, found: Sequence[Due], hazards: Sequence[DueHazard] | None, answers: Sequence[Answer] = ()
) -> Workbook:
    """The form of a town or department, or of all (`place`), or of an agency (`hazards` None); `title` says of what day
    it is, how far it looks ahead."""
    made = spreadsheet.new()
    made.properties.title = f"{place}{NAME if hazards is not None else OF_AGENCY}"
    if hazards is not None:
        _hazards(made, f"{place}{NAME}：隐患　{title}", hazards)
    answer_sheets.add(made, place, title, answers)
    asked = {one for hazard in hazards or () for one in hazard.asked} | {one for row in answers for one in row.asked}
    others = [one for one in found if one not in asked]
    if others or not made.worksheets:
        _to_be_read(made, f"{place}{OTHER_DUE}　{title}", others)
    return made


def _hazards(made: Workbook, title: str, hazards: Sequence[DueHazard]) -> None:
    record = definition.record("hazard")
    sheet: Worksheet = made.create_sheet(record.title)
    columns = record.columns
    answers = any(one.answer for one in hazards)
    rounds = not answers or any(one.due is not one.answer for one in hazards)
    fields = (_ASKED if rounds else {}) | (_ANSWERED if answers else {})
    fill_in = f"{_FILL_ANSWER}{_FILL}" if answers and rounds else _FILL if rounds else _FILL_ANSWER_ALONE
    known = {**_KNOWN, columns["deadline_in_force"].title: _IN_FORCE}
    heads = [(columns["number"].title, SHOWN), *((f"{name}\n{READ_ONLY}", SHOWN) for name in known)]
    first = len(heads)
    heads += [(columns[name].title, HEADING) for name in fields]
    widths = [_NUMBER, *known.values(), *fields.values()]
    head(sheet, title, fill_in, heads, widths)
    for at, one in enumerate(hazards, start=HEADING_ROW + 1):
        asked = "\n".join(f"{each.what}\n{_when(each)}" for each in one.asked)
        line: list[Value] = [one.number, one.grid_officer, one.due.subject, one.description, asked, one.deadline_on]
        for index, value in enumerate(line, start=1):
            cell = put(sheet, at, index, value, body(Kind.TEXT))
            cell.fill = fill(_OVERDUE if index == first and min(each.left for each in one.asked) < 0 else _GREY)
        for index, name in enumerate(fields, start=first + 1):
            told = spreadsheet.typed(record, name, one.rectified_on) if name == "rectified_on" else None
            put(sheet, at, index, told, body(record.kinds[name]))
        sheet.row_dimensions[at].height = max(height(line, widths[:first]) or 0, TALL)
    if not hazards:
        put(sheet, HEADING_ROW + 1, 1, "说明：没有到期的隐患。", NOTE)
    page(sheet, widths, fixed=3)
    checks(sheet, record, list(fields), first + 1, HEADING_ROW + max(len(hazards), 1) + EMPTY_ROWS)


def _when(one: Due) -> str:
    """How long is left; of an answer its last day as well, which no other column tells."""
    return one.time_left if one.record == "hazard" else f"{one.due_on}前\n{one.time_left}"


def _to_be_read(made: Workbook, title: str, others: Sequence[Due]) -> None:
    """A sheet of what the form does not ask: to be read and printed; importing passes it over."""
    sheet: Worksheet = made.create_sheet(OTHER_DUE)
    widths = [width for _, width in _OTHERS]
    of_towns = all(one.of == TOWNS for one in others)
    heads = [name if of_towns or name != _TOWN else _EITHER for name, _ in _OTHERS]
    head(sheet, title, _PRINTED, [(name, HEADING) for name in heads], widths)
    for at, one in enumerate(others, start=HEADING_ROW + 1):
        line: list[Value] = [one.due_on, one.time_left, one.unit.name, one.what, one.subject]
        line += [f"anjian {one.command} {one.handle}", None]
        for index, value in enumerate(line, start=1):
            put(sheet, at, index, value, body(Kind.TEXT))
        sheet.row_dimensions[at].height = height(line, widths) or 21
    page(sheet, widths, fixed=0)
