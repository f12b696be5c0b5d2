"""What is due and is no hazard, as sheets of a form that are filled in and taken in again: a sheet for each record, a
row for each thing. Rows that are not filled in are passed over (`lines.NoRecords.not_filled`); an enrolment's has its
number, and changes nothing where it is left empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from anjian_cli.bulletin import due_answers
from anjian_cli.bulletin.due_answers import Answer
from anjian_cli.exchange.cells import ADDRESS, READ_ONLY
from anjian_cli.exchange.form_sheet import TALL, checks, head, page
from anjian_cli.exchange.spreadsheet import HEADING, REQUIRED, SHOWN, Value, body, height, put
from anjian_cli.exchange.template import HEADING_ROW
from anjian_cli.records import definition, masking
from anjian_cli.records.definition import Kind

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_KNOWN: Mapping[str, tuple[str, ...]] = {
    due_answers.VISIT: ("enterprise", "credit_code", "town", "agency", "kind"),
    due_answers.CONTRACT: ("enterprise", "credit_code", "town", "kind"),
    due_answers.TEST: ("enterprise", "credit_code", "town"),
    due_answers.INSPECTION: ("enterprise", "credit_code", "town"),
    due_answers.STAGE: ("number",),
}
_ASKED: Mapping[str, Mapping[str, int]] = {
    due_answers.VISIT: {"visited_on": 12, "visitor": 11, "hazards_found": 10, "hazards_closed": 10},
    due_answers.CONTRACT: {
        "agency": 22,
        "contract_number": 14,
        "from_on": 12,
        "last_on": 12,
        "visits_per_year": 10,
        "yearly_fee": 10,
        "payer": 9,
    },
    due_answers.TEST: {
        "agency": 22,
        "sampled_on": 12,
        "reported_on": 12,
        "report_number": 14,
        "points": 9,
        "points_over": 9,
        "factors": 14,
    },
    due_answers.INSPECTION: {"inspected_on": 12, "method": 11, "inspector": 12, "found_any": 9},
    due_answers.STAGE: {
        "inspected_on": 12,
        "diagnosed_on": 12,
        "planned_on": 12,
        "rectified_on": 12,
        "accepted_on": 12,
        "accepted_unit": 14,
        "conclusion": 9,
        "outcome": 9,
        "outcome_on": 12,
    },
}
"""What is filled in, by record, with the width of its column."""
_WIDTHS = {"enterprise": 28, "credit_code": 21, "town": 12, "agency": 22, "kind": 9, "number": 20}
_ADDRESS, _WANTED = 22, 22
_FILL = (
    "办好的填白底的几栏，发回导入就算办了；没有办的留空，不用删，导入时不收。要么不填，要么填全：只填了一半的，退回。"
    "灰底列不用填，企业名称、代码、编号不要改。"
)
UNKNOWN = "（没有登记）"
"""Stands for an address that is not known: by that column a row of the form is known."""


def add(book: Workbook, place: str, title: str, answers: Sequence[Answer]) -> None:
    """The sheets, of the records that anything is due of."""
    for name in due_answers.RECORDS:
        own = [one for one in answers if one.record == name]
        if own:
            _sheet(book, name, f"{place}{definition.record(name).title}　{title}", own)


def _sheet(book: Workbook, name: str, title: str, answers: Sequence[Answer]) -> None:
    record = definition.record(name)
    sheet: Worksheet = book.create_sheet(record.title)
    numbered = name == due_answers.STAGE
    known = [each for each in _KNOWN[name] if each != "town" or any(one.town for one in answers)]
    shown = [f"{record.columns['enterprise'].title}\n{READ_ONLY}"] if numbered else [ADDRESS]
    asked = _ASKED[name]
    heads = [(record.columns[each].title, SHOWN) for each in known]
    heads += [(each, SHOWN) for each in (*shown, f"应办\n{READ_ONLY}")]
    heads += [
        (record.columns[each].title, REQUIRED if record.columns[each].required and not numbered else HEADING)
        for each in asked
    ]
    widths = [*(_WIDTHS[each] for each in known), *(_ADDRESS for _ in shown), _WANTED, *asked.values()]
    head(sheet, title, _FILL, heads, widths)
    for at, one in enumerate(answers, start=HEADING_ROW + 1):
        told: dict[str, Value] = {each: getattr(one, each) for each in known}
        where = one.enterprise if numbered else masking.in_text(one.address) if one.address else UNKNOWN
        wanted = "\n".join(f"{each.what}，{each.due_on}前" for each in one.asked)
        line: list[Value] = [*told.values(), where, wanted]
        for index, value in enumerate(line, start=1):
            put(sheet, at, index, value, body(Kind.TEXT, grey=True))
        for index, each in enumerate(asked, start=len(line) + 1):
            put(sheet, at, index, None, body(record.kinds[each]))
        sheet.row_dimensions[at].height = max(height(line, widths[: len(line)]) or 0, TALL)
    page(sheet, widths, fixed=1)
    checks(sheet, record, list(asked), len(widths) - len(asked) + 1, HEADING_ROW + len(answers))
