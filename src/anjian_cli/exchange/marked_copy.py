"""The marked copy in which a file goes back (退回件): the sender's own workbook with the faulty cells marked, and a
list of all faults.

It can be mended and sent in again as it is: marks and comments are taken off again when it comes back with other
faults, and its list of faults has no row that could be taken for the headings of records.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.errors import Fault, Refused, brief
from anjian_cli.exchange import owner_only, reader, spreadsheet
from anjian_cli.exchange.admission import RETURNED
from anjian_cli.exchange.cells import FAULT_LIST as LIST
from anjian_cli.exchange.cells import MOST_RETURNED
from anjian_cli.exchange.content import Content, Sheet
from anjian_cli.rules.file_names import file_name

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from anjian_cli.exchange.opened_file import Opened
    from anjian_cli.exchange.prefill import Town

MARK = "FFFF00"
MOST_COLUMNS = 16384
"""So many a spreadsheet has."""
DAY_WIDTH = 12
SAMPLED = 200  # rows looked at to see what a column holds
AUTHOR = "安监台账"
MOST_FAULTS = 5_000
"""So many are marked and listed one by one; the rest are counted."""
_WIDTHS = (14, 10, 22, 24, 36, 44, 9)
_SUFFIX = re.compile(r"（退回修改\d*）$")
_UNREADABLE = "（此行读不出，请照原文件补录）"
_TAKE_APART = "合并的格只有第一行有内容，请取消合并，逐行填写。"
_NOT_IN_NAMES = "\\/*?:[]"


class MarkedCopy(NamedTuple):
    """A marked copy that was written, and how many cells of it are marked."""

    path: Path
    marked: int


def write(opened: Opened, folder: Path, *, only_rows: bool = False) -> MarkedCopy | None:
    """Write the marked copy of a file into `folder`; `only_rows` leaves out the rows without a fault.

    None if there is nothing to mark in: the file cannot be read as a table, or more than `MOST_RETURNED` rows would
    have to be written.
    Nothing is overwritten. Raises OSError if the folder cannot be written.
    """
    content, faults = opened.content, opened.report.faults
    try:
        sheets = [sheet for sheet in reader.sheets(content) if sheet.rows or sheet.faults]
    except Refused:
        return None
    rows = len(faults) if only_rows else sum(len(sheet.rows) for sheet in sheets)
    if not sheets or rows > MOST_RETURNED or _widest(sheets) > MOST_COLUMNS:
        return None
    copy = None if only_rows else _opened(content)
    if copy is None:
        book, places = _rebuilt(sheets, opened, only_rows=only_rows)
    else:
        book, places = copy, _Places({ws.title: ws for ws in copy.worksheets})
        _unmark(book)
        _widen_days(book)
    marked = _mark(places, faults[:MOST_FAULTS])
    _list(book, places, faults)
    with owner_only.filled(folder):
        return MarkedCopy(_save(book, folder, _SUFFIX.sub("", Path(content.name).stem)), marked)


def _widest(sheets: Sequence[Sheet]) -> int:
    return max((len(cells) for sheet in sheets for _, cells in sheet.rows), default=0)


def home(path: Path, given: Sequence[Path] = ()) -> Path:
    """The folder into which a file's marked copy goes: 退回 beside it, or in that one of the `given` folders it lies
    in."""
    if path.parent.name == RETURNED:
        return path.parent
    for folder in given:
        if path.is_relative_to(folder) and path != folder:
            return folder / RETURNED / path.parent.relative_to(folder)
    return path.parent / RETURNED


def sender(opened: Opened, towns: Sequence[Town]) -> str:
    """The town a file is from: the one that its name tells, else the one that most of its rows name (of those that
    name one); '' if neither does."""
    stem = Path(opened.content.name).stem
    known = _known(towns)
    if told := [word for word in known if word in stem]:
        return known[max(told, key=len)]
    found = _named(opened, known)
    town, count = found.most_common(1)[0] if found else ("", 0)
    return town if count * 2 > found.total() else ""


def named(opened: Opened, towns: Sequence[Town]) -> frozenset[str]:
    """The towns that the rows of a file name."""
    return frozenset(_named(opened, _known(towns)))


def _known(towns: Sequence[Town]) -> dict[str, str]:
    return {word: town.name for town in towns for word in (town.name, town.short) if word}


def _named(opened: Opened, known: Mapping[str, str]) -> Counter[str]:
    rows = (cells for form in opened.forms for _, cells in islice(form.sheet.rows, MOST_RETURNED))
    return Counter(known[cell] for cells in rows for cell in cells if cell in known)


# --- the workbook


class _Places:
    """Where a sheet and a row of the sender's file stand in the copy."""

    def __init__(self, sheets: dict[str, Worksheet], rows: dict[tuple[str, int], int] | None = None):
        self._sheets = sheets
        self._rows = rows

    def sheet(self, fault: Fault) -> Worksheet:
        """The sheet of a fault, by its name; the first one if it has none."""
        return self._sheets.get(fault.place.sheet) or next(iter(self._sheets.values()))

    def cell(self, fault: Fault) -> Cell | None:
        """The cell of a fault, the first of its row if it has no column; None if it has no row."""
        from openpyxl.cell.cell import MergedCell

        cell = self._own(fault)
        if not isinstance(cell, MergedCell):
            return cell
        sheet = self.sheet(fault)
        area = next(one for one in sheet.merged_cells.ranges if cell.coordinate in one)
        first = sheet.cell(area.min_row, area.min_col)
        return None if isinstance(first, MergedCell) else first

    def covered(self, fault: Fault) -> bool:
        """Whether the cell of a fault is merged with one in a row above."""
        own, shown = self._own(fault), self.cell(fault)
        return own is not None and shown is not None and shown.row < (own.row or 0)

    def _own(self, fault: Fault) -> Cell | MergedCell | None:
        from openpyxl.utils import column_index_from_string

        if fault.place.row is None:
            return None
        sheet = self.sheet(fault)
        row = fault.place.row
        if self._rows is not None:
            row = self._rows.get((sheet.title, row), row)
        return sheet.cell(row, column_index_from_string(fault.place.column or "A"))


def _opened(content: Content) -> Workbook | None:
    """The sender's own workbook with values in place of its formulas, or None if it is of another kind."""
    from openpyxl import load_workbook

    if not content.starts_with(b"PK"):
        return None
    try:
        # Values, for a formula that nobody has calculated since would come back in as a blank.
        book = load_workbook(BytesIO(content.data), data_only=True, keep_links=False)
    except Exception:  # it was read by another library; what this one makes of it does not matter: rows will do
        return None
    return book if book.worksheets else None


def _rebuilt(sheets: Sequence[Sheet], opened: Opened, *, only_rows: bool) -> tuple[Workbook, _Places]:
    """The rows as a new workbook, each where it stood; with `only_rows` the faulty ones alone, below the headings and
    what stands above them."""
    book = spreadsheet.new()
    heads = {form.sheet.name: form.heading.row for form in opened.forms}
    found: dict[str, Worksheet] = {}
    placed: dict[tuple[str, int], int] = {}
    for sheet in sheets:
        faults = (fault for fault in opened.report.faults if fault.place.sheet == sheet.name)
        faulty = {fault.place.row for fault in faults if fault.place.row is not None}
        if only_rows and not faulty:
            continue
        target: Worksheet = book.create_sheet(_name(sheet, found))
        found[sheet.name] = target
        head = heads.get(sheet.name, 0)
        rows = dict(sheet.rows) | {row: [_UNREADABLE] for row in faulty - dict(sheet.rows).keys()}
        for row in sorted(rows):
            if only_rows and row > head and row not in faulty:
                continue
            at = target.max_row + 1 if only_rows and placed else row
            placed[target.title, row] = at
            style = spreadsheet.PLAIN
            if row <= head:
                style = spreadsheet.HEADING if row == head else spreadsheet.TITLE
                target.row_dimensions[at].height = 26
            for index, text in enumerate(rows[row], start=1):
                spreadsheet.put(target, at, index, text, style)
        _fit(target, placed.get((target.title, head), 0))
    return book, _Places(found, placed)


def _name(sheet: Sheet, taken: dict[str, Worksheet]) -> str:
    stem = sheet.name or Path(sheet.file).stem
    name = "".join("_" if char in _NOT_IN_NAMES else char for char in stem)[:28].strip("'") or "报表"
    used = {ws.title for ws in taken.values()}
    return name if name not in used else f"{name}{len(used) + 1}"


def _fit(sheet: Worksheet, head: int) -> None:
    widths, rows = [], list(sheet.iter_rows(values_only=True))
    for cells in zip(*rows[max(head - 1, 0) :], strict=True):  # a title above the headings makes no column wide
        widths.append(min(spreadsheet.width([str(value) for value in cells if value is not None]), 36))
    for at, line in enumerate(rows, start=1):
        if at > max(head, 1) and (tall := spreadsheet.height([str(cell or "") for cell in line], widths)):
            sheet.row_dimensions[at].height = tall
    spreadsheet.lay_out(sheet, widths, max(head, 1))


def _widen_days(book: Workbook) -> None:
    """Where the sender left a column as it is by default, a day shows as ###."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=SAMPLED):
            for cell in row:
                if isinstance(cell.value, datetime) and cell.column_letter not in sheet.column_dimensions:
                    sheet.column_dimensions[cell.column_letter].width = DAY_WIDTH


def _unmark(book: Workbook) -> None:
    """Take off what an earlier marking has put on."""
    if LIST in book.sheetnames:
        del book[LIST]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    cell.comment = None
                    cell.fill = spreadsheet.fill("FFFFFF")


# --- marks and list


def _mark(places: _Places, faults: Sequence[Fault]) -> int:
    from openpyxl.comments import Comment

    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    cells: dict[tuple[str, str], Cell] = {}
    for fault in faults:
        cell = places.cell(fault)
        if cell is None:
            continue
        sheet = places.sheet(fault)
        key = sheet.title, cell.coordinate
        cells[key] = cell
        # Its own row is merged with the one above: nothing can be filled in there, and the mark stands elsewhere.
        covered = places.covered(fault)
        told[key].append(f"第{fault.place.row}行：{_told(fault)}{_TAKE_APART}" if covered else _told(fault))
        # What cannot be seen cannot be mended.
        sheet.sheet_state = "visible"
        sheet.row_dimensions[cell.row].hidden = False
        sheet.column_dimensions[cell.column_letter].hidden = False
    for key, cell in cells.items():
        text = "\n".join(dict.fromkeys(told[key]))
        own = "" if cell.comment is None else f"{cell.comment.text}\n"
        height = 40 + 18 * sum(-(-spreadsheet.wide(line) // 36) for line in (own + text).split("\n"))
        cell.comment = Comment(own + text, AUTHOR, height=min(height, 400), width=300)
        cell.fill = spreadsheet.fill(MARK)
    return len(cells)


def _told(fault: Fault) -> str:
    title = f"“{fault.place.title}”" if fault.place.title and not fault.place.column else ""
    return f"{title}{fault.reason}。{_closed(fault.remedy)}〔{fault.code}〕"


def _closed(text: str) -> str:
    return f"{text}{'？' if text.endswith('吗') else '。'}" if text else ""


def _list(book: Workbook, places: _Places, faults: Sequence[Fault]) -> None:
    """The first sheet: every fault with a way to its cell. Headings stand in quotation marks: no row of this list is
    to be taken for the headings of records."""
    from openpyxl.styles import Font
    from openpyxl.utils import quote_sheetname
    from openpyxl.worksheet.hyperlink import Hyperlink

    put, plain = spreadsheet.put, spreadsheet.PLAIN
    spreadsheet.furnish(book)
    sheet: Worksheet = book.create_sheet(LIST, 0)
    count = f"共{len(faults)}处。错处已标黄并附批注，点“位置”即到；请在原表中改好，把本文件直接发回，本页不用删。"
    put(sheet, 1, 1, LIST, spreadsheet.TITLE)
    put(sheet, 2, 1, count, spreadsheet.NOTE)
    sheet.merge_cells("A2:G2")
    for index, title in enumerate(("工作表", "位置", "哪一列", "填的内容", "为什么", "怎么改", "错误号"), start=1):
        put(sheet, 3, index, title, spreadsheet.HEADING)
    ordered = sorted(faults, key=lambda fault: fault.place.row is not None)
    for at, fault in enumerate(ordered[:MOST_FAULTS], start=4):
        place = fault.place
        cell = places.cell(fault)
        where = f"第{place.row}行" if place.row is not None else "整个文件"
        column = f"“{place.title}”" if place.title else ""
        column += f"（{place.column}列）" if place.column else ""
        here = places.sheet(fault).title if cell is not None else place.sheet
        texts = (here, where, column, brief(fault.value or ""), f"{fault.reason}。", _closed(fault.remedy), fault.code)
        for index, text in enumerate(texts, start=1):
            put(sheet, at, index, text, plain)
        sheet.row_dimensions[at].height = spreadsheet.height(texts, _WIDTHS) or 18
        if cell is not None:
            link = put(sheet, at, 2, where, plain)
            link.hyperlink = Hyperlink(link.coordinate, location=f"{quote_sheetname(here)}!{cell.coordinate}")
            link.font = Font(spreadsheet.FONT, 11, charset=134, color="0563C1", underline="single")
    if len(faults) > MOST_FAULTS:
        rest = f"另有{len(faults) - MOST_FAULTS}处没有列出，改好这些再导入即知。"
        put(sheet, MOST_FAULTS + 4, 1, rest, spreadsheet.NOTE)
    spreadsheet.lay_out(sheet, _WIDTHS, 3)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 30, 24
    book.active = 0
    for other in book.worksheets:  # two sheets chosen together would both be written by one keystroke
        other.sheet_view.tabSelected = other is sheet


def _save(book: Workbook, folder: Path, stem: str) -> Path:
    """Under the first name that is free."""
    content = spreadsheet.content(book)
    number = 1
    while True:
        target = folder / f"{file_name(stem)}（退回修改{'' if number == 1 else number}）.xlsx"
        try:
            owner_only.write(content, target)
        except FileExistsError:
            number += 1
        else:
            return target
