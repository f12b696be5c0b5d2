"""What is due and is no hazard, as sheets of a form that are filled in and taken in again: a sheet for each record, a
row for each thing. Rows that are not filled in are passed over (`lines.NoRecords.not_filled`); one that has the number
of a record that goes on changes nothing where it is left empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from anjian_cli.bulletin import due_answers
from anjian_cli.bulletin.due import Due
from anjian_cli.bulletin.due_answers import NUMBERED, Answer
from anjian_cli.exchange.cells import ADDRESS, DUTY, READ_ONLY
from anjian_cli.exchange.form_sheet import TALL, UNKNOWN, checks, head, page
from anjian_cli.exchange.spreadsheet import HEADING, REQUIRED, SHOWN, Value, body, height, put
from anjian_cli.exchange.template import HEADING_ROW
from anjian_cli.records import definition, masking
from anjian_cli.records.definition import Kind

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FIRM = ("enterprise", "credit_code", "town")
_KNOWN: Mapping[str, tuple[str, ...]] = {
    due_answers.VISIT: (*_FIRM, "agency", "kind"),
    due_answers.CONTRACT: (*_FIRM, "kind"),
    due_answers.TEST: _FIRM,
    due_answers.INSPECTION: _FIRM,
    due_answers.REVIEW: (*_FIRM, "grade", "kind"),
    due_answers.STAGE: ("number",),
    due_answers.VILLAGE: ("number",),
    due_answers.CASUALTIES: ("number",),
    due_answers.REPORT: ("town", "department", "month"),
    due_answers.PLAN: ("town", "department", "month"),
    due_answers.OFFICER: ("town", "grid"),
    due_answers.COURSE: ("town", "kind"),
}
"""What the row says already, by record; of town, code and department what any row has."""
_NAMES: Mapping[str, str] = {
    due_answers.STAGE: "enterprise",
    due_answers.VILLAGE: "village",
    due_answers.CASUALTIES: "name",
}
"""The field that stands beside a number, for reading."""
_ASKED: Mapping[str, Mapping[str, int]] = {
    due_answers.VISIT: {
        "visited_on": 12,
        "visitor": 11,
        "hazards_found": 10,
        "hazards_closed": 10,
        "report_number": 14,
    },
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
    due_answers.REVIEW: {
        "begun_on": 12,
        "consulted_on": 12,
        "self_assessed_on": 12,
        "applied_on": 12,
        "reviewed_on": 12,
        "reviewed_by": 14,
        "announced_on": 12,
        "certificate_number": 14,
    },
    due_answers.VILLAGE: {"accepted_on": 12, "conclusion": 10, "reward": 11},
    due_answers.CASUALTIES: {"known_on": 12, "deaths": 9, "serious": 9, "light": 9, "missing": 11},
    due_answers.REPORT: {"filed_on": 12, "method": 11, "nil": 9, "filer": 11, "reviewer": 11},
    due_answers.PLAN: {"filed_on": 12, "plan": 40, "figures": 20, "responsible": 11},
    due_answers.OFFICER: {"name": 12, "phone": 15, "from_on": 12},
    due_answers.COURSE: {"title": 24, "held_on": 12, "attended": 10, "passed": 10, "officers": 34},
}
"""What is filled in, by record, with the width of its column."""
_WIDTHS = {"enterprise": 28, "credit_code": 21, "town": 12, "agency": 22, "kind": 9, "number": 20, "department": 18}
_WIDTH, _BESIDE, _WANTED = 12, 22, 22
_FILL = (
    "办好的填白底的几栏，发回导入就算办了；没有办的留空，不用删，导入时不收。要么不填，要么填全：只填了一半的，退回。"
    "灰底列不用填，{named}不要改。"
)
_MORE: Mapping[str, str] = {
    due_answers.VISIT: "一行是一次应做的服务；多去的，在下面加行，企业、机构、类别照填。",
    due_answers.REVIEW: "到了哪一步填哪一步的日期，已经报过的不用再填；公告了才算办好。",
    due_answers.COURSE: "应办里的网格员都到过课才算办好，“到场网格员”写姓名，用顿号隔开。",
    due_answers.CASUALTIES: "续报的写那天的全部人数，没有变的也写；没有要续报的留空。",
}


def add(book: Workbook, place: str, title: str, answers: Sequence[Answer]) -> None:
    """The sheets, of the records that anything is due of."""
    for name in due_answers.RECORDS:
        own = [one for one in answers if one.record == name]
        if own:
            _sheet(book, name, f"{place}{definition.record(name).title}　{title}", own)


def _sheet(book: Workbook, name: str, title: str, answers: Sequence[Answer]) -> None:
    record = definition.record(name)
    sheet: Worksheet = book.create_sheet(record.title)
    of_some = ("town", "department")
    known = [each for each in _KNOWN[name] if each not in of_some or any(one.known[each] for one in answers)]
    of_firm = "enterprise" in known
    shown = [f"{record.columns[_NAMES[name]].title}\n{READ_ONLY}"] if name in NUMBERED else [ADDRESS] if of_firm else []
    asked = _ASKED[name]
    heads = [(record.columns[each].title, SHOWN) for each in known]
    heads += [(each, SHOWN) for each in (*shown, DUTY.replace(READ_ONLY, f"\n{READ_ONLY}"))]
    heads += [
        (record.columns[each].title, REQUIRED if record.columns[each].required and name not in NUMBERED else HEADING)
        for each in asked
    ]
    widths = [*(_WIDTHS.get(each, _WIDTH) for each in known), *(_BESIDE for _ in shown), _WANTED, *asked.values()]
    named = (
        "企业名称、代码"
        if of_firm
        else "编号"
        if name in NUMBERED
        else "、".join(head for head, _ in heads[: len(known)])
    )
    head(sheet, title, _FILL.format(named=named) + _MORE.get(name, ""), heads, widths)
    for at, one in enumerate(answers, start=HEADING_ROW + 1):
        line: list[Value] = [one.known[each] for each in known]
        if shown:
            line.append(masking.in_text(one.beside) if one.beside else UNKNOWN)
        line.append("\n".join(f"{_wanted(name, each)}，{each.due_on}前" for each in one.asked))
        for index, value in enumerate(line, start=1):
            to_fill = value is None and index <= len(known) and known[index - 1] == "kind"
            put(sheet, at, index, value, body(Kind.TEXT, grey=not to_fill))
        for index, each in enumerate(asked, start=len(line) + 1):
            put(sheet, at, index, None, body(record.kinds[each]))
        sheet.row_dimensions[at].height = max(height(line, widths[: len(line)]) or 0, TALL)
    page(sheet, widths, fixed=1)
    checks(sheet, record, list(asked), len(widths) - len(asked) + 1, HEADING_ROW + len(answers))


def _wanted(name: str, one: Due) -> str:
    """What is to be done; of courses also for whom."""
    return f"{one.what} {one.subject}" if name == due_answers.COURSE else one.what
