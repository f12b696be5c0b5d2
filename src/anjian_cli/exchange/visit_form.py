"""The firms that are to be inspected as a form, those that were not (未查企业检查登记表) or those of a month's plan
(检查计划登记表): a row a firm, filled in by whoever visits it and
taken in again as an inspection. Rows that are not filled in are passed over (`lines.NoRecords.not_filled`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.bulletin import period, phrase, unvisited
from anjian_cli.bulletin.coverage import Coverage
from anjian_cli.bulletin.unvisited import Unvisited
from anjian_cli.bulletin.visit_plan import Plan
from anjian_cli.exchange import prefill, spreadsheet
from anjian_cli.exchange.cells import ADDRESS, READ_ONLY
from anjian_cli.exchange.form_sheet import TALL, UNKNOWN, checks, head, page
from anjian_cli.exchange.spreadsheet import HEADING, REQUIRED, SHOWN, Value, body, height, put
from anjian_cli.exchange.template import HEADING_ROW
from anjian_cli.ledger import settings
from anjian_cli.records import definition
from anjian_cli.records.definition import Kind

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

NAME, OF_PLAN = "未查企业检查登记表", "检查计划登记表"
WHY = f"事由{READ_ONLY}"
_WIDTHS = {
    "enterprise": 30,
    "credit_code": 22,
    "town": 12,
    "campaign": 22,
    "inspected_on": 13,
    "method": 12,
    "inspector": 14,
    "found_any": 10,
}
_ADDRESS, _WHY = 28, 30
_ASKED = ("inspected_on", "method", "inspector", "found_any")
_FILL = (
    "去查了的，填“检查日期”“检查方式”“检查人”“有无隐患”，发回导入，就算查到；还没有查的留空，不用删，导入时不收。"
    "要么不填，要么填全：只填了一半的，退回。灰底列不用填，企业名称、代码不要改。{days}查出的问题请另填隐患的表。"
)


class Forms(NamedTuple):
    """What stands in the forms of all towns: `name` is theirs, `about` says of what, `days` when a visit counts;
    `words` as in `prefill.Prefill`."""

    name: str
    about: str
    days: str
    units: Sequence[Unvisited]
    words: Mapping[tuple[str, str], Sequence[str]]
    demonstration: bool


def forms(connection: sqlite3.Connection, of: Coverage, town: str | None, today: str) -> Forms:
    """The forms of those that were not inspected; `town` as in `coverage.listed`."""
    about = f"{of.campaign or '安全检查'}，截至{of.day}"
    return _forms(connection, NAME, about, _days(of), unvisited.by_town(connection, of, town), today)


def plan_forms(connection: sqlite3.Connection, of: Plan) -> Forms:
    """The forms of a month's plan."""
    days = "检查日期不晚于“事由”里的日子的才算；待验收的隐患另填待办回填单。"
    return _forms(connection, OF_PLAN, period.month_title(of.month), days, unvisited.planned(connection, of), of.today)


def _forms(
    connection: sqlite3.Connection, name: str, about: str, days: str, units: Sequence[Unvisited], today: str
) -> Forms:
    words = prefill.for_all(connection, today).words
    return Forms(name, about, days, units, words, settings.is_demonstration(connection))


def file_name(told_of: Forms, unit: Unvisited) -> str:
    """芝英镇_未查企业检查登记表.xlsx"""
    return f"{unit.name}_{told_of.name}.xlsx"


def book(told_of: Forms, unit: Unvisited) -> Workbook:
    """The form of one of the towns."""
    record = definition.record("inspection")
    made = spreadsheet.new()
    made.properties.title = f"{unit.name}{told_of.name}"
    sheet: Worksheet = made.create_sheet(record.title)
    known = ["enterprise", "credit_code"]
    known += ["town"] if any(firm.town for firm in unit.firms) else []
    reasons = [WHY] if any(firm.why for firm in unit.firms) else []
    filled = ["campaign"] if any(firm.campaign for firm in unit.firms) else []
    heads = [(record.columns[name].title, SHOWN) for name in known]
    heads += [(ADDRESS, SHOWN), *((heading, SHOWN) for heading in reasons)]
    heads += [*((record.columns[name].title, SHOWN) for name in filled)]
    heads += [(record.columns[name].title, REQUIRED if record.columns[name].required else HEADING) for name in _ASKED]
    widths = [*(_WIDTHS[name] for name in known), _ADDRESS, *(_WHY for _ in reasons)]
    widths += [_WIDTHS[name] for name in (*filled, *_ASKED)]
    made_up = f"【{phrase.DEMONSTRATION}】" if told_of.demonstration else ""
    title = f"{unit.name}{told_of.name}　{told_of.about}{made_up}"
    head(sheet, title, _FILL.format(days=told_of.days), heads, widths)
    for at, firm in enumerate(unit.firms, start=HEADING_ROW + 1):
        told: dict[str, Value] = firm._asdict()
        line = [*(told[name] for name in known), firm.address or UNKNOWN, *(firm.why for _ in reasons)]
        line += [told[name] or None for name in filled]
        for index, value in enumerate(line, start=1):
            put(sheet, at, index, value, body(Kind.TEXT, grey=True))
        for index, name in enumerate(_ASKED, start=len(line) + 1):
            put(sheet, at, index, None, body(record.kinds[name]))
        sheet.row_dimensions[at].height = max(height(line, widths[: len(line)]) or 0, TALL)
    page(sheet, widths, fixed=1)
    checks(sheet, record, _ASKED, len(widths) - len(_ASKED) + 1, HEADING_ROW + len(unit.firms), told_of.words)
    return made


def _days(of: Coverage) -> str:
    """Outside the days of a campaign a visit covers nothing."""
    until = f"、不晚于{of.last}" if of.last < of.day else ""
    return f"检查日期不早于{of.first}{until}的才算。"
