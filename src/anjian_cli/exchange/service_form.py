"""The visits that an agency owes as a form (上门服务登记表): a row for each visit, filled in by the agency that made it
and taken in again as a visit (托管服务). Rows that are not filled in are passed over (`lines.NoRecords.not_filled`).
All else that is due of the agency stands on a second sheet to be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from anjian_cli.bulletin.due import Due
from anjian_cli.bulletin.due_of_unit import VisitOwed
from anjian_cli.exchange import due_form, spreadsheet
from anjian_cli.exchange.cells import ADDRESS, OTHER_DUE, READ_ONLY
from anjian_cli.exchange.form_sheet import TALL, checks, head, page
from anjian_cli.exchange.spreadsheet import HEADING, NOTE, REQUIRED, SHOWN, Value, body, height, put
from anjian_cli.exchange.template import HEADING_ROW
from anjian_cli.records import definition, masking
from anjian_cli.records.definition import Kind

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "上门服务登记表"
_KNOWN = {"enterprise": 28, "credit_code": 21, "town": 12, "agency": 22, "kind": 9}
_ADDRESS, _WANTED = 24, 15
_ASKED = {"visited_on": 12, "visitor": 11, "hazards_found": 10, "hazards_closed": 10, "report_number": 15}
_FILL = (
    "一行是一次应做的服务。去过了的，填“服务日期”和后面几栏，发回导入，就算做了；还没有去的留空，不用删，导入时不收。"
    "多去的，在下面加行，企业、机构、类别照填。灰底列不用填，企业名称、代码不要改。"
)
UNKNOWN = "（没有登记）"
"""Stands for an address that is not known: by that column a row of the form is known."""


def file_name(agency: str) -> str:
    """示例甲公司_上门服务登记表.xlsx"""
    return f"{agency}_{NAME}.xlsx"


def book(agency: str, title: str, found: Sequence[Due], visits: Sequence[VisitOwed]) -> Workbook:
    """The form of an agency; `title` says of what day it is, how far it looks ahead."""
    record = definition.record("visit")
    made = spreadsheet.new()
    made.properties.title = f"{agency}{NAME}"
    sheet: Worksheet = made.create_sheet(record.title)
    known = [name for name in _KNOWN if name != "town" or any(one.town for one in visits)]
    heads = [(record.columns[name].title, SHOWN) for name in known]
    heads += [(ADDRESS, SHOWN), (f"应做\n{READ_ONLY}", SHOWN)]
    heads += [(record.columns[name].title, REQUIRED if record.columns[name].required else HEADING) for name in _ASKED]
    widths = [*(_KNOWN[name] for name in known), _ADDRESS, _WANTED, *_ASKED.values()]
    head(sheet, f"{agency}{NAME}　{title}", _FILL, heads, widths)
    for at, one in enumerate(visits, start=HEADING_ROW + 1):
        address = UNKNOWN if one.address is None else masking.in_text(one.address)
        told: dict[str, Value] = one._asdict()
        line = [*(told[name] for name in known), address, f"{one.due.detail}\n{one.due.due_on}前"]
        for index, value in enumerate(line, start=1):
            put(sheet, at, index, value, body(Kind.TEXT, grey=True))
        for index, name in enumerate(_ASKED, start=len(line) + 1):
            put(sheet, at, index, None, body(record.kinds[name]))
        sheet.row_dimensions[at].height = max(height(line, widths[: len(line)]) or 0, TALL)
    if not visits:
        put(sheet, HEADING_ROW + 1, 1, "说明：没有到期的服务。", NOTE)
    page(sheet, widths, fixed=1)
    checks(sheet, record, list(_ASKED), len(widths) - len(_ASKED) + 1, HEADING_ROW + max(len(visits), 1))
    asked = [one.due for one in visits]
    others = [one for one in found if one not in asked]
    if others:
        due_form.to_be_read(made, f"{agency}{OTHER_DUE}　{title}", others)
    return made
