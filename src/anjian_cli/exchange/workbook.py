"""Workbooks to sheets of text cells, each text such as its reader sees it; what cannot be read is refused.

`.xlsx` and `.xlsm` are read by calamine, ten times as fast as openpyxl. It takes memory for every cell between the
first and the last, and takes the whole process down where there is none; so `package` looks at the parts first.
`.xls` is read by xlrd: on damaged files of that kind calamine panics. Macros and formulas are never run.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from anjian_cli.errors import Refused
from anjian_cli.exchange import package
from anjian_cli.exchange.content import Content, Sheet, is_visible, refusal

if TYPE_CHECKING:  # a CSV file is read without them
    import xlrd
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_SHEETS = 200
_EXACT = 10**15
"""From here on a number in a cell is no longer the one that was typed."""


def text(value: object) -> str:
    """A cell's value as its reader sees it.

    Numbers have no .0 and no more than the 15 digits that are exact; one of 16 or more digits has lost the last ones
    and is written as 9.13308E+17. A day without a time has none.
    """
    return _TEXTS[type(value)](value)


def _duration(value: timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def _number(value: float) -> str:
    if not -_EXACT < value < _EXACT:
        mantissa, _, exponent = f"{value:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}" if exponent else mantissa
    whole = int(value)
    if whole == value:
        return str(whole)
    return format(Decimal(f"{value:.15g}"), "f")


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: str,
    bool: lambda value: "是" if value else "否",
    int: _number,
    float: _number,
    date: date.isoformat,
    datetime: lambda value: f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}",
    time: lambda value: f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}",
    timedelta: _duration,
}


def sheets(content: Content) -> list[Sheet]:
    """The sheets of a workbook, hidden ones without rows.

    Raises `Refused`: E303 (a workbook of another kind), E313 (no component to read it), E314 (password),
    E315 (damaged), E317 (beyond the limits).
    """
    if package.is_compound(content.data):
        return _old(content)
    return _new(content)


def _many(content: Content, count: int) -> None:
    if count > MOST_SHEETS:
        raise refusal(content.name, "E317", what="工作表", size=f"{count}张", limit=f"{MOST_SHEETS}张")


# --- .xlsx


def _new(content: Content) -> list[Sheet]:
    checked = package.look_through(content)
    try:
        import python_calamine
    except ImportError as error:
        raise refusal(content.name, "E313", component="python-calamine") from error
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content.data))
        _many(content, len(book.sheet_names))
        return [_of_book(content, book, index, checked) for index in range(len(book.sheet_names))]
    except Refused:
        raise
    except BaseException as error:  # what calamine raises when it panics is no Exception; all else goes on its way
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise refusal(content.name, "E315") from error
        raise


def _of_book(content: Content, book: CalamineWorkbook, index: int, checked: package.Package) -> Sheet:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    about = book.sheets_metadata[index]
    if about.typ != SheetTypeEnum.WorkSheet:
        return Sheet(content.name, about.name, [])
    if about.visible != SheetVisibleEnum.Visible:
        return Sheet(content.name, about.name, [], hidden=True)
    found = checked.sheet(about.name)
    rows = _rows(book.get_sheet_by_index(index), found.texts)
    return Sheet(
        content.name,
        about.name,
        rows,
        formulas=found.formulas,
        unknown_results=found.unknown_results,
        from_1904=checked.from_1904,
    )


def _rows(sheet: CalamineSheet, other: dict[int, dict[int, str]]) -> list[tuple[int, list[str]]]:
    """Rows that are not blank, from the sheet's own first row and column on; `other` texts stand in place of values."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    texts = _TEXTS
    found = []
    for row, values in enumerate(sheet.iter_rows(), start=1):
        cells = before + [value if type(value) is str else texts[type(value)](value) for value in values]
        for index, seen in other.get(row, {}).items():
            cells += [""] * (index + 1 - len(cells))
            cells[index] = seen
        if is_visible(cells):
            found.append((row, cells))
    return found


# --- .xls


def _old(content: Content) -> list[Sheet]:
    if package.ENCRYPTED in content.data:
        raise refusal(content.name, "E314")
    try:
        import xlrd
    except ImportError as error:
        raise refusal(content.name, "E313", component="xlrd") from error
    try:
        book = xlrd.open_workbook(file_contents=content.data, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
        _many(content, book.nsheets)
        return [_of_old(content, book, index) for index in range(book.nsheets)]
    except Refused:
        raise
    except Exception as error:  # xlrd raises whatever a damaged file leads it into
        locked = re.search("encrypted|password", str(error), re.IGNORECASE)
        raise refusal(content.name, "E314" if locked else "E315") from error


def _of_old(content: Content, book: xlrd.book.Book, index: int) -> Sheet:
    sheet = book.sheet_by_index(index)
    if sheet.visibility:
        return Sheet(content.name, sheet.name, [], hidden=True)
    found = []
    for row in range(sheet.nrows):
        cells = [_old_text(cell, book.datemode) for cell in sheet.row(row)]
        if is_visible(cells):
            found.append((row + 1, cells))
    book.unload_sheet(index)
    return Sheet(content.name, sheet.name, found, from_1904=bool(book.datemode))


def _old_text(cell: xlrd.sheet.Cell, datemode: int) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return text(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(int(cell.value), "#N/A"))
    if cell.ctype == xlrd.XL_CELL_DATE and isinstance(cell.value, float):
        try:
            found = xlrd.xldate_as_datetime(cell.value, 1 if datemode else 0)
        except (ValueError, OverflowError):
            return text(cell.value)
        return text(found.time() if cell.value < 1 else found)
    return text(cell.value)
