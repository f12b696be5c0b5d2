"""The house style of every workbook that is written: safe typed cells, styles, widths, and the printed page.

Text is stored as text whatever it looks like, so nothing in a workbook is ever a formula; days are real dates, numbers
are numbers. A workbook has no links to others and no macros.
"""

from __future__ import annotations

import errno
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from anjian_cli import under_way
from anjian_cli.exchange.cells import READ_ONLY, literal, shown
from anjian_cli.records.definition import Kind, Record

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | Decimal | date | None

FONT = "宋体"
WIDEST, NARROWEST = 48, 8
LONGEST_CELL = 32767
MEASURED = 2000
"""So many rows decide how wide a column is."""
PAGE = 170
"""So many narrow characters stand side by side on a printed page and can still be read."""
FORMATS = {Kind.DAY: "yyyy-mm-dd", Kind.WHOLE: "0", Kind.AMOUNT: "#,##0.00####"}
TEXT_FORMAT = "@"

TITLE, NOTE, PLAIN = "表题", "说明", "正文"
HEADING, REQUIRED, CONDITIONAL, SHOWN = "列名", "列名必填", "列名条件必填", "列名灰底"
_SHOWN_CELL, _EXAMPLE_CELL = "灰底", "示例"

_FIRST_DATE = date(1900, 3, 1)
"""Before that day the calendar of spreadsheets is wrong."""
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a workbook takes for the code of a character if it is not itself written as one."""
_LINE = Side("thin", "BFBFBF")
_BOX = Border(_LINE, _LINE, _LINE, _LINE)
_FILLS = {HEADING: "DDEBF7", REQUIRED: "FCE4D6", CONDITIONAL: "FFF2CC", SHOWN: "D9D9D9"}


def fill(colour: str) -> PatternFill:
    """A cell of one colour (RRGGBB)."""
    return PatternFill("solid", fgColor=colour)


def new(*, large: bool = False) -> Workbook:
    """A workbook without sheets that has the house's styles; a `large` one takes rows one after the other only."""
    book = Workbook(write_only=large)
    if not large:
        book.remove(book.worksheets[0])
    book.properties.creator = "安监台账"
    furnish(book)
    return book


def furnish(book: Workbook) -> None:
    """Give a workbook the house's styles."""
    for style in _styles():
        if style.name not in book.named_styles:
            book.add_named_style(style)


def _middle(side: Literal["left", "center", "right"]) -> Alignment:
    return Alignment(side, "center", wrap_text=True)


def _styles() -> list[NamedStyle]:
    made = [
        NamedStyle(TITLE, Font(FONT, 16, True, charset=134), alignment=Alignment("left", "center")),
        NamedStyle(NOTE, Font(FONT, 10, charset=134, color="595959"), alignment=_middle("left")),
        NamedStyle(PLAIN, Font(FONT, 11, charset=134), border=_BOX, alignment=_middle("left")),
    ]
    made[-1].number_format = TEXT_FORMAT
    for name, colour in _FILLS.items():
        font = Font(FONT, 11, True, charset=134)
        made.append(NamedStyle(name, font, fill(colour), _BOX, _middle("center")))
    for prefix, font, ground in (
        ("", Font(FONT, 11, charset=134), None),
        (_SHOWN_CELL, Font(FONT, 11, charset=134, color="7F7F7F"), fill("F2F2F2")),
        (_EXAMPLE_CELL, Font(FONT, 11, charset=134, italic=True, color="7F7F7F"), None),
    ):
        for kind in Kind:
            side: Literal["left", "right"] = "right" if kind in (Kind.WHOLE, Kind.AMOUNT) else "left"
            style = NamedStyle(prefix + kind.value, font, border=_BOX, alignment=_middle(side))
            style.number_format = FORMATS.get(kind, TEXT_FORMAT)
            if ground is not None:
                style.fill = ground
            made.append(style)
    return made


def body(kind: Kind, *, grey: bool = False, example: bool = False) -> str:
    """The style of a cell below the headings."""
    return (_SHOWN_CELL if grey else _EXAMPLE_CELL if example else "") + kind.value


def put(sheet: Worksheet, row: int, column: int, value: Value, style: str) -> Cell:
    """Set a cell of a sheet, which is not one that a merged area covers."""
    cell = sheet.cell(row, column)
    assert not isinstance(cell, MergedCell)
    return dress(cell, value, style)


def dress(cell: Cell, value: Value, style: str) -> Cell:
    """Set a cell: text is text, never a formula nor an error value, and without what a workbook cannot hold."""
    cell.style = style
    if not isinstance(value, str):
        cell.value = value
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:LONGEST_CELL]
    cell.value = _ESCAPED.sub("_x005F_", text)
    if text:
        cell.data_type = "s"
    if text.startswith(_RISKY):
        cell.quotePrefix = True
    if cell.number_format != TEXT_FORMAT and style == body(Kind.DAY):
        cell.number_format = TEXT_FORMAT
    return cell


def typed(record: Record, name: str, value: object) -> Value:
    """A stored value of a field as a cell holds it."""
    kind = record.kinds.get(name, Kind.TEXT)
    if value is None:
        return None
    if kind is Kind.DAY:
        day = date.fromisoformat(str(value))
        return day if day >= _FIRST_DATE else str(value)
    if kind is Kind.WHOLE:
        return int(str(value))
    if kind is Kind.AMOUNT:
        return Decimal(record.columns[name].show(value))
    return literal(shown(record, name, value))


def wide(text: str) -> int:
    """How many narrow characters a text is wide in its widest line; Chinese ones count two."""
    lines = text.split("\n")
    return max(sum(1 + (unicodedata.east_asian_width(char) in "WFA") for char in line) for line in lines)


def width(values: Sequence[Value], *, least: int = NARROWEST) -> int:
    """A column's width by what stands in it."""
    widest = max((wide(str(value)) for value in values if value is not None), default=0)
    return min(max(widest + 3, least), WIDEST)


def height(values: Sequence[Value], widths: Sequence[int]) -> float | None:
    """A row's height where a text needs more than one line, as every office program draws it; None if none does."""
    lines = 1
    for value, room in zip(values, widths, strict=True):
        if isinstance(value, str) and (len(value) * 2 > room - 2 or "\n" in value):
            lines = max(lines, sum(max(ceil(wide(line) / (room - 2)), 1) for line in value.split("\n")))
    return None if lines == 1 else min(15.0 * lines + 3, 405.0)


def lay_out(sheet: Worksheet, widths: Sequence[int], heading: int, *, fixed: int = 0) -> None:
    """Widths, the heading row frozen with the first `fixed` columns, and A4 across with the headings on each page."""
    for index, found in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = found
    sheet.freeze_panes = f"{get_column_letter(fixed + 1)}{heading + 1}"
    sheet.print_title_rows = f"{heading}:{heading}"
    pages = ceil(sum(widths) / PAGE)
    if pages > 1 and fixed:
        sheet.print_title_cols = f"A:{get_column_letter(fixed)}"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = max(pages, 1)
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.8
    sheet.page_margins.footer = 0.4
    footer = sheet.oddFooter
    assert footer is not None
    footer.left.text, footer.center.text = "&A", "第 &P 页　共 &N 页"


def add_list(
    book: Workbook, name: str, record: Record, rows: Sequence[Mapping[str, Any]], titles: Mapping[str, str]
) -> None:
    """A sheet of records below their headings; `titles` are the fields that are shown (field to title), in order.

    What is only shown, and is not read again, is grey and says so in its heading.
    """
    sheet: Worksheet = book.create_sheet(name)
    grey = {field for field in titles if field not in record.columns or record.columns[field].shown_only}
    styles = {field: body(record.kinds.get(field, Kind.TEXT), grey=field in grey) for field in titles}
    table = [[typed(record, field, row[field]) for field in titles] for row in rows]
    heads = {field: f"{title}{READ_ONLY}" if field in grey else title for field, title in titles.items()}
    widths = [width([heads[field], *(line[at] for line in table[:MEASURED])]) for at, field in enumerate(titles)]
    lay_out(sheet, widths, 1, fixed=min(3, len(titles)))
    sheet.append(
        [dress(WriteOnlyCell(sheet), text, SHOWN if field in grey else HEADING) for field, text in heads.items()]
    )
    with under_way.work(f"“{name}”页", len(table), "行") as work:
        for at, line in enumerate(work.counting(table), start=2):
            if tall := height(line, widths):
                sheet.row_dimensions[at].height = tall
            sheet.append(
                [dress(WriteOnlyCell(sheet), value, style) for value, style in zip(line, styles.values(), strict=True)]
            )
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(titles))}{len(rows) + 1}"


def content(book: Workbook) -> bytes:
    """The file. Raises OSError where the disk has no room for what is written on the way."""
    made = BytesIO()
    try:
        book.save(made)
    except Exception as error:  # lxml tells of the disk by errors of its own; all others go on their way
        if (of_system := of_the_disk(error)) is None:
            raise
        raise of_system from error
    return made.getvalue()


def of_the_disk(error: Exception) -> OSError | None:
    """The system's error, where it is one: openpyxl writes rows into files of its own by lxml, which tells of a full
    disk by an error of its own, named IO_ENOSPC."""
    kind, _, name = str(error).partition("_")
    number = getattr(errno, name, None) if kind == "IO" else None
    return None if number is None else OSError(number, name)
