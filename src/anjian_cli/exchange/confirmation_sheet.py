"""The sheet on which towns confirm their figures of a month (数字确认单): a row a town, with what is done and asked by
indicator. It goes out, is filled in and taken in again; a row whose figures have changed since is refused by the code
that stands beside them (`workflow.confirmation`). Rows that are not filled in are passed over
(`lines.NoRecords.not_filled`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from anjian_cli.bulletin import phrase, wording
from anjian_cli.bulletin.doubts import figures_of, sheet_code
from anjian_cli.bulletin.period import month_title
from anjian_cli.bulletin.value import Bulletin, Cell, IndicatorTable
from anjian_cli.exchange import headings, spreadsheet
from anjian_cli.exchange.cells import FILED, READ_ONLY
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.form_sheet import TALL, checks, head, page
from anjian_cli.exchange.spreadsheet import HEADING, SHOWN, Value, body, height, put
from anjian_cli.exchange.template import HEADING_ROW
from anjian_cli.records.confirmation import RECORD
from anjian_cli.records.definition import Kind

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "数字确认单"
ALL = "全部数字"
"""The sheet behind it, to be read: all figures that are confirmed, an indicator a row. Importing passes it over."""
_KNOWN = {"town": 12, "month": 9}
_CODE = 13
_ASKED = {
    "answer": 9,
    "objection": 22,
    "confirmed_by": 10,
    "confirmed_on": 12,
    "confirmed_how": 9,
}
"""What a town fills in, with the width of its column."""
_FIGURES, _FILED = 16, 11
_OTHERS = "其他"
_A3 = 8
_LINE = 15.5
"""The height of a line of a cell, in points."""
_FILL = (
    "数字是“累计／任务”，只列有任务的和已有完成的，全部的在“全部数字”页。核对无误的，“镇里答复”填“确认”；不对的填“有异议”，写明“异议内容”；"
    "都要写答复人、答复日期。发回导入就登记了；空着的不收，不算确认。灰底列不要改；发出以后数字又变了的行，导入时退回，要重新生成。"
)


def is_one(sheet: Sheet) -> bool:
    """Whether a sheet is one of these: by the headings of the code and of the answer."""
    wanted = {headings.key(RECORD.columns[name].title) for name in ("code", "answer")}
    return any(wanted <= set(map(headings.key, cells)) for _, cells in islice(sheet.rows, headings.WITHIN))


def book(bulletin: Bulletin) -> Workbook:
    """The sheet of a month, with all towns in the bulletin's order."""
    month = month_title(bulletin.month)
    made = spreadsheet.new()
    made.properties.title = f"{month}{NAME}"
    sheet: Worksheet = made.create_sheet("数字确认")
    made_up = f"【{phrase.DEMONSTRATION}】" if bulletin.demonstration else ""
    about = f"截至{bulletin.as_of}{made_up}"
    columns = _columns(bulletin)
    titles = [*(RECORD.columns[name].title for name in _KNOWN), FILED, *(f"{one}\n{READ_ONLY}" for one in columns)]
    heads = [(title, SHOWN) for title in (*titles, RECORD.columns["code"].title)]
    heads += [(RECORD.columns[name].title, HEADING) for name in _ASKED]
    widths = [*_KNOWN.values(), _FILED, *(_FIGURES for _ in columns), _CODE, *_ASKED.values()]
    head(sheet, f"{bulletin.region_name}{month}各{bulletin.units}{NAME}　{about}", _FILL, heads, widths)
    for at, town in enumerate(bulletin.towns, start=HEADING_ROW + 1):
        shown: list[Value] = [town.name, bulletin.month, _filed(bulletin, town.code)]
        shown += ["\n".join(_lines(tables, town.code)) or wording.NOTHING for tables in columns.values()]
        shown.append(sheet_code(bulletin.month, town.code, figures_of(bulletin, town.code)))
        for index, value in enumerate(shown, start=1):
            put(sheet, at, index, value, body(Kind.TEXT, grey=True))
        for index, name in enumerate(_ASKED, start=len(shown) + 1):
            put(sheet, at, index, None, body(RECORD.kinds[name]))
        lines = max(str(value).count("\n") + 1 for value in shown)
        sheet.row_dimensions[at].height = max(_LINE * lines + 4, height(shown, widths[: len(shown)]) or 0, TALL)
    page(sheet, widths, fixed=1)
    sheet.page_setup.paperSize = _A3
    checks(sheet, RECORD, list(_ASKED), len(widths) - len(_ASKED) + 1, HEADING_ROW + len(bulletin.towns))
    _all_figures(made, f"{month}{ALL}　{about}", bulletin)
    return made


def _columns(bulletin: Bulletin) -> dict[str, list[IndicatorTable]]:
    """The indicators of each column: a category that has tasks is one, the rest stand together."""
    found: dict[str, list[IndicatorTable]] = {}
    for category in bulletin.categories:
        tables = [table for table in category.indicators if table.cells]
        asked = [table for table in tables if any(cell.asked is not None for cell in table.cells)]
        if asked:
            found[category.title] = asked
        elif tables:
            found.setdefault(_OTHERS, []).extend(tables)
    if _OTHERS in found:  # last
        found[_OTHERS] = found.pop(_OTHERS)
    return found


def _lines(tables: Sequence[IndicatorTable], town: str) -> Iterator[str]:
    """涉氨 3／5, a line an indicator that has a task (not of 0), or of which anything was done."""
    for table in tables:
        cell = next((cell for cell in table.cells if cell.town == town), None)
        if cell is not None and (cell.asked or cell.done != 0):
            unit = wording.shown_unit(table.unit)
            yield f"{table.short} {_figure(cell, table.unit)}{unit if unit != table.unit else ''}"


def _all_figures(made: Workbook, title: str, bulletin: Bulletin) -> None:
    sheet: Worksheet = made.create_sheet(ALL)
    heads = ["类别", "指标", "单位", *(town.name for town in bulletin.towns)]
    widths = [18, 16, 7, *(10 for _ in bulletin.towns)]
    note = "数字是“累计／任务”，没有任务的只写累计。本页供核对，导入时跳过。"
    head(sheet, title, note, [(each, SHOWN) for each in heads], widths)
    told = ((category.title, table) for category in bulletin.categories for table in category.indicators if table.cells)
    for at, (category, table) in enumerate(told, start=HEADING_ROW + 1):
        cells = {cell.town: cell for cell in table.cells}
        line: list[Value] = [category, table.short, wording.shown_unit(table.unit)]
        line += [
            _figure(cells[town.code], table.unit) if town.code in cells else wording.NOTHING for town in bulletin.towns
        ]
        for index, value in enumerate(line, start=1):
            put(sheet, at, index, value, body(Kind.TEXT))
        sheet.row_dimensions[at].height = height(line, widths) or 18
    page(sheet, widths, fixed=3)


def _figure(cell: Cell, unit: str) -> str:
    shown = wording.amount(cell.done, unit)
    return shown if cell.asked is None else f"{shown}／{wording.amount(cell.asked, unit)}"


def _filed(bulletin: Bulletin, town: str) -> str:
    """Whether the town's report has come, and whether it agreed before: 已报, 已报，10-31已确认, 未报."""
    if bulletin.filings is None or town in bulletin.filings.missing:
        return "未报"
    agreed = next((one for one in bulletin.confirmed if one.town == town), None)
    return "已报" if agreed is None else f"已报，{agreed.on[5:]}已确认"
