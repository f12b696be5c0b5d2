"""Workbooks to sheets of text cells, each text such as its reader sees it; what cannot be read is refused.

`.xlsx` and `.xlsm` are read by calamine, ten times as fast as openpyxl. It takes memory for every cell between the
first and the last, and takes the whole process down where there is none; so `workbook_package` looks at it first.
`.xls` is read by xlrd, which calls some damaged that others read: these, `.ods` and `.xlsb` are for `other_workbook`.
Macros and formulas are never run.
"""

from __future__ import annotations

import io
import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

from anjian_cli.errors import Refused
from anjian_cli.exchange import number_format, other_workbook, workbook_package
from anjian_cli.exchange.cell_value import TEXTS, text
from anjian_cli.exchange.content import Content, Sheet, Unseen, is_visible, refusal

if TYPE_CHECKING:  # a CSV file is read without them
    import xlrd
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_SHEETS = 200


def sheets(content: Content) -> list[Sheet]:
    """The sheets of a workbook, hidden ones without rows.

    Raises `Refused`: E303 (no workbook), E313 (no component to read it), E314 (password),
    E315 (damaged), E317 (beyond the limits).
    """
    if workbook_package.is_compound(content.data):
        return _old(content)
    return _new(content)


def _many(content: Content, count: int) -> None:
    if count > MOST_SHEETS:
        raise refusal(content.name, "E317", what="工作表", size=f"{count}张", limit=f"{MOST_SHEETS}张")


# --- .xlsx


def _new(content: Content) -> list[Sheet]:
    content, kind = workbook_package.kind(content)
    if kind != workbook_package.USUAL:
        return other_workbook.sheets(content)
    checked = workbook_package.look_through(content)
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


def _of_book(content: Content, book: CalamineWorkbook, index: int, checked: workbook_package.Package) -> Sheet:
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
        struck=tuple(sorted(found.struck)),
        unseen=found.unseen,
    )


def _rows(sheet: CalamineSheet, other: dict[int, dict[int, str]]) -> list[tuple[int, list[str]]]:
    """Rows that are not blank, from the sheet's own first row and column on; `other` texts stand in place of values."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    texts = TEXTS
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
    if workbook_package.ENCRYPTED in content.data:
        raise refusal(content.name, "E314")
    if find_spec("xlrd") is None:
        raise refusal(content.name, "E313", component="xlrd")
    try:
        book = _xls(content)
        _many(content, book.nsheets)
        return [_of_old(content, book, index) for index in range(book.nsheets)]
    except Refused:
        raise
    except Exception as error:  # xlrd raises whatever a damaged file leads it into
        if re.search("encrypted|password", str(error), re.IGNORECASE):
            raise refusal(content.name, "E314") from error
        return other_workbook.sheets(content)


def _xls(content: Content) -> xlrd.book.Book:
    """With the formats of its cells, or without them where these are what is damaged."""
    import xlrd

    def opened(*, formatted: bool) -> xlrd.book.Book:
        return xlrd.open_workbook(
            file_contents=content.data,
            logfile=io.StringIO(),
            on_demand=True,
            ragged_rows=True,
            formatting_info=formatted,
            ignore_workbook_corruption=True,  # what is amiss in its directory need not be in what is read
        )

    try:
        book = opened(formatted=True)
        for index in range(min(book.nsheets, MOST_SHEETS)):
            book.sheet_by_index(index)
    except Exception:  # see _old
        return opened(formatted=False)
    return book


def _of_old(content: Content, book: xlrd.book.Book, index: int) -> Sheet:
    sheet = book.sheet_by_index(index)
    if sheet.visibility:
        return Sheet(content.name, sheet.name, [], hidden=True)
    found, struck = [], []
    formats = _OldFormats(book)
    for row in range(sheet.nrows):
        line = sheet.row(row)
        cells = [_old_text(cell, book.datemode, formats) for cell in line]
        if is_visible(cells):
            found.append((row + 1, cells))
            if any(formats.strikes(cell) and text.strip() for cell, text in zip(line, cells, strict=True)):
                struck.append(row + 1)
    unseen = Unseen(
        {row + 1 for row, about in sheet.rowinfo_map.items() if about.hidden},
        [(column, column) for column, about in sheet.colinfo_map.items() if about.hidden],
        [(first + 1, end, left, right - 1) for first, end, left, right in sheet.merged_cells],
    )
    book.unload_sheet(index)
    return Sheet(content.name, sheet.name, found, from_1904=bool(book.datemode), struck=tuple(struck), unseen=unseen)


class _OldFormats:
    """How the cells of a book are shown, by the number of their format; nothing where that could not be read."""

    def __init__(self, book: xlrd.book.Book) -> None:
        self._book = book
        self._known: dict[int | None, tuple[number_format.Shown | None, bool]] = {}

    def shown(self, cell: xlrd.sheet.Cell) -> number_format.Shown | None:
        return self._of(cell)[0]

    def strikes(self, cell: xlrd.sheet.Cell) -> bool:
        return self._of(cell)[1]

    def _of(self, cell: xlrd.sheet.Cell) -> tuple[number_format.Shown | None, bool]:
        number = cell.xf_index
        if number not in self._known:
            book = self._book
            found: tuple[number_format.Shown | None, bool] = None, False
            if book.formatting_info and number is not None and number < len(book.xf_list):
                style = book.xf_list[number]
                code = book.format_map.get(style.format_key)
                font = book.font_list[style.font_index] if style.font_index < len(book.font_list) else None
                found = number_format.shown(code.format_str) if code else None, bool(font and font.struck_out)
            self._known[number] = found
        return self._known[number]


def _old_text(cell: xlrd.sheet.Cell, datemode: int, formats: _OldFormats) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_NUMBER and isinstance(cell.value, float):
        how = formats.shown(cell)
        seen = how(cell.value) if how else None
        if seen is not None:
            return seen

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
