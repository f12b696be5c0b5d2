"""Sheets as an Excel workbook: typed numbers, totals as formulas with their values beside, ready to print on A4.

XlsxWriter alone stores a formula's value beside it, so that what does not reckon (a phone's preview) shows it too.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from itertools import groupby

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.notice import mark as mark_of
from anjian_cli.bulletin.score_words import PROVISIONAL
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.formats import Material
from anjian_cli.render.office.annex import annexes as annexes_of
from anjian_cli.render.office.town_sheets import town_sheets
from anjian_cli.render.office.xml_text import UNPRINTABLE
from anjian_cli.render.paper import Head, Paper, Provisional, Row, Sheet, Value, printed, witnessed
from anjian_cli.render.width import columns

FIRST_HEAD = 3  # rows above the headings: 附件n, the title, the line under it
MARGIN = 20 / 25.4  # inches
SMALLER = 1.2  # so much more of a note's type goes into a column than of the type that columns are measured in
BORDER = {"border": 1, "font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_NUMBER_FORMATS = {  # money is General: 0.###### would show 5 as “5.”
    "percent": "0.00",
    "points": "+0.00;-0.00;0.00",
    "score": "0.00",
    "rank": "0",
    "count": "0",
    "serial": "0",
}
GREEN, RED = "#D9EAD3", "#F4CCCC"
MADE = datetime(2018, 1, 1)  # noqa: DTZ001 -- the same bulletin gives the same file, whenever it is written
NOT_IN_A_TAB, TAB_LONGEST = re.compile(r"[\[\]:*?/\\]"), 31
ONE_PAGE = 30  # rows of a sheet that still go on one page, notes and all
WIDEST, NARROWEST, PREFACE = 36, 5, 90  # characters of a column


def of_bulletin(material: Material) -> bytes:
    """A bulletin's annexes, the rules before them."""
    bulletin = material.bulletin
    witness = phrase.witness(bulletin)
    return workbook(annexes_of(bulletin), mark_of(bulletin), preface=bulletin.rule, witness=witness)


def of_town(material: Material, code: str) -> bytes:
    """A town's figures, places and enterprises. Raises KeyError."""
    sheets = town_sheets(material.bulletin, code, material.evidence.of(code))
    return of_sheets(material.bulletin, sheets)


def of_sheets(bulletin: Bulletin, sheets: Sequence[Sheet]) -> bytes:
    """Sheets made of a bulletin, which do not say of themselves by which digits it is known again."""
    witness = phrase.witness(bulletin)
    return workbook(witnessed(sheets, witness), mark_of(bulletin), witness=witness)


def of_paper(paper: Paper) -> bytes:
    """A worksheet for each of its tables, its sentences before them."""
    return workbook(paper.sheets, paper.mark, preface=(*paper.before, *paper.after), chart=False, witness=paper.witness)


def workbook(
    sheets: Sequence[Sheet], mark: str, *, preface: Sequence[str] = (), chart: bool = True, witness: str = ""
) -> bytes:
    """A worksheet for each sheet, after one of sentences (说明) if there are any. `mark` stands above every printed
    page; the scores of annex 1 are drawn as a chart on a page of its own. `witness` stands in the book's properties."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": MADE, "keywords": witness})
        drawn = _Book(book, mark)
        if preface:
            drawn.sentences("说明", preface)
        for sheet in sheets:
            drawn.sheet(sheet)
            if chart and sheet.number == 1:
                drawn.chart(sheet)
    return out.getvalue()


class _Book:
    """The workbook under way: its formats, made once each."""

    def __init__(self, book: xlsxwriter.Workbook, mark: str) -> None:
        self.book = book
        self.mark = mark
        self._formats: dict[tuple[tuple[str, object], ...], object] = {}

    def format(self, **look: object) -> object:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(dict(look))
        return self._formats[key]

    def page(self, name: str, width: int, height: int):  # type: ignore[no-untyped-def]
        """A worksheet that prints as wide as a page."""
        page = self.book.add_worksheet(_tab(name))
        self.printed(page)
        page.fit_to_pages(1, 0)
        page.print_area(0, 0, height, width)
        return page

    def printed(self, page) -> None:  # type: ignore[no-untyped-def]
        """A4 across, the mark above and the page's number below."""
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(MARGIN, MARGIN, MARGIN, MARGIN)
        page.set_footer("&C— &P —")
        if self.mark:
            page.set_header(f"&R{self.mark.replace('&', '&&')}")

    def sentences(self, name: str, lines: Sequence[str]) -> None:
        page = self.page(name, 0, max(len(lines) - 1, 0))
        page.set_column(0, 0, PREFACE)
        wrapped = self.format(text_wrap=True, font_name="宋体", font_size=11, valign="top")
        for at, line in enumerate(lines):
            page.set_row(at, 15 * _lines(line, PREFACE - 4))
            page.write_string(at, 0, line, wrapped)

    def sheet(self, sheet: Sheet) -> None:
        last = max(len(table.heads) for table in sheet.tables) - 1
        end = sum(map(_height, sheet.tables)) + len(sheet.notes) - 1
        page = self.page(sheet.name, last, end)
        if sum(len(table.rows) for table in sheet.tables) <= ONE_PAGE:
            page.fit_to_pages(1, 1)
        widths = [max(_width(table, at) for table in sheet.tables if at < len(table.heads)) for at in range(last + 1)]
        for at, width in enumerate(widths):
            page.set_column(at, at, width)
        first = FIRST_HEAD + _head_rows(sheet)
        named = 2 if sheet.heads[0].kind == "serial" else 1
        if sheet.below is None:
            page.freeze_panes(first, named)
            page.repeat_rows(FIRST_HEAD, first - 1)
        else:  # the headings of the first say nothing of the second
            page.freeze_panes(0, named)
        top = 0
        for table in sheet.tables:
            self._table(page, table, top, last, widths)
            top += _height(table)
        self._notes(page, sheet, top, last, sum(widths))

    def _table(  # type: ignore[no-untyped-def]
        self, page, sheet: Sheet, top: int, last: int, widths: Sequence[float]
    ) -> None:
        """A table from its row `top` on, which is that of 附件n, with its title over all columns up to `last`."""
        body = top + FIRST_HEAD + _head_rows(sheet)
        self._above(page, sheet, top, last)
        self._heads(page, sheet, body, widths)
        for at, row in enumerate(sheet.rows):
            for column, (head, value) in enumerate(zip(sheet.heads, row.cells, strict=True)):
                _write(page, body + at, column, value, head, self._look(head, value, row))
        if sheet.total is not None:
            self._total(page, sheet, body, body + len(sheet.rows))

    def _above(self, page, sheet: Sheet, top: int, last: int) -> None:  # type: ignore[no-untyped-def]
        if sheet.number is not None:
            page.write_string(top, 0, f"附件{sheet.number}", self.format(font_name="黑体", font_size=16))
        page.set_row(top + 1, 30)
        title = self.format(font_name="方正小标宋简体", font_size=18, align="center", valign="vcenter")
        _across(page, top + 1, 0, last, sheet.title, title)
        half = last // 2
        plain = {"font_name": "宋体", "font_size": 10}
        line = top + 2
        _across(page, line, 0, half, sheet.left if last else f"{sheet.left}　{sheet.right}", self.format(**plain))
        if last:
            _across(page, line, half + 1, last, sheet.right, self.format(**plain, align="right"))

    def _heads(  # type: ignore[no-untyped-def]
        self, page, sheet: Sheet, body: int, widths: Sequence[float]
    ) -> None:
        look = self.format(**BORDER, bold=True, align="center", text_wrap=True)
        lines = _head_rows(sheet)
        upper = body - lines
        for row in range(upper, body):
            page.set_row(row, 18 if lines == 2 and row == upper else 44)
        titles = [_broken(head.title, width) for head, width in zip(sheet.heads, widths, strict=False)]
        at = 0
        for group, members in groupby(sheet.heads, key=lambda head: head.group):
            first, at = at, at + len(list(members))
            if group:
                _across(page, upper, first, at - 1, group, look)
            for column in range(first, at):
                if group or lines == 1:
                    page.write_string(body - 1, column, titles[column], look)
                else:
                    page.merge_range(upper, column, body - 1, column, "", look)
                    page.write_string(upper, column, titles[column], look)

    def _look(self, head: Head, value: Value, row: Row | None) -> object:
        """How a cell looks; that of a total where it is in no row."""
        look: dict[str, object] = {**BORDER, "align": head.align}
        if isinstance(value, Provisional):  # a number still, for whoever reckons on
            look["num_format"] = f'{_NUMBER_FORMATS.get(head.kind, "General")}"{PROVISIONAL}"'
        if head.kind == "text":
            look |= {"text_wrap": True, "indent": 1}
        if not isinstance(value, str) and value is not None and head.kind in _NUMBER_FORMATS:
            look.setdefault("num_format", _NUMBER_FORMATS[head.kind])
        if row is None:
            look["bold"] = True
        elif row.behind:
            look["bg_color"] = RED
        elif row.ahead and head.title == "排名":
            look["bg_color"] = GREEN
        return self.format(**look)

    def _total(self, page, sheet: Sheet, body: int, under: int) -> None:  # type: ignore[no-untyped-def]
        assert sheet.total is not None
        for column, (head, value) in enumerate(zip(sheet.heads, sheet.total, strict=True)):
            look = self._look(head, value, None)
            if sheet.summed(column):
                name = xl_col_to_name(column)
                formula = f"=SUM({name}{body + 1}:{name}{under})"
                page.write_formula(under, column, formula, look, _number(value, head))
            else:
                _write(page, under, column, value, head, look)

    def _notes(self, page, sheet: Sheet, under: int, last: int, width: float) -> None:  # type: ignore[no-untyped-def]
        look = self.format(font_name="宋体", font_size=9, text_wrap=True, valign="top")
        for at, note in enumerate(sheet.notes):
            text = f"注：{note}" if at == 0 else f"　　{note}"
            page.set_row(under + at, 13 * _lines(text, int(width * SMALLER)))
            _across(page, under + at, 0, last, text, look)

    def chart(self, sheet: Sheet) -> None:
        """The scores as bars, the best above."""
        column = next((at for at, head in enumerate(sheet.heads) if head.kind == "score"), None)
        if column is None or not sheet.rows:
            return
        first = FIRST_HEAD + _head_rows(sheet)
        last = first + len(sheet.rows) - 1
        bars = self.book.add_chart({"type": "bar"})
        bars.add_series(
            {
                "name": sheet.heads[column].title,
                "categories": [_tab(sheet.name), first, 1, last, 1],
                "values": [_tab(sheet.name), first, column, last, column],
                "data_labels": {"value": True},
                "gap": 40,
            }
        )
        bars.set_title({"name": f"{sheet.title.removesuffix('表')}图", "name_font": {"size": 14}})
        bars.set_legend({"none": True})
        bars.set_y_axis({"reverse": True})
        bars.set_x_axis({"min": 0, "major_gridlines": {"visible": False}})
        page = self.book.add_chartsheet("排名图")
        self.printed(page)
        page.set_chart(bars)


def _head_rows(sheet: Sheet) -> int:
    return 2 if any(head.group for head in sheet.heads) else 1


def _height(sheet: Sheet) -> int:
    """How many rows a table takes, with what stands above it, without notes."""
    return FIRST_HEAD + _head_rows(sheet) + len(sheet.rows) + (sheet.total is not None)


def _tab(name: str) -> str:
    """A worksheet's name as a workbook takes it: an office's own category may be called anything."""
    return NOT_IN_A_TAB.sub("、", UNPRINTABLE.sub("", name))[:TAB_LONGEST].strip("'")


def _across(page, row: int, first: int, last: int, text: str, look: object) -> None:  # type: ignore[no-untyped-def]
    """A text over a few cells of a row."""
    if last > first:
        page.merge_range(row, first, row, last, "", look)
    page.write_string(row, first, text, look)


def _broken(title: str, width: float) -> str:
    """A heading that does not fit on one line breaks before its bracket, not within."""
    return title if columns(title) <= width else title.replace("（", "\n（")


def _write(page, row: int, column: int, value: Value, head: Head, look: object) -> None:  # type: ignore[no-untyped-def]
    number = _number(value, head)
    if number is None:
        page.write_string(row, column, printed(value, head), look)
    else:
        page.write_number(row, column, number, look)


def _number(value: Value, head: Head) -> float | None:
    """The number as it is printed; None for what stays text (—, 未报, 升2, and a lag too small to show)."""
    if value is None or isinstance(value, str) or head.kind == "move":
        return None
    text = printed(value, head).removesuffix(PROVISIONAL)
    return None if text == "-0.00" else float(Fraction(text.removeprefix("+")))


def _lines(text: str, width: int) -> int:
    return max(1, -(-columns(text) // max(width, 1)))


def _width(sheet: Sheet, column: int) -> float:
    """From the cells; a heading may take several lines."""
    head = sheet.heads[column]
    cells = [row.cells[column] for row in sheet.rows]
    total = [sheet.total[column]] if sheet.total is not None and head.kind != "text" else []
    longest = max((columns(printed(cell, head)) for cell in [*cells, *total]), default=0)
    title = max(columns(head.title) / 3, columns(head.title.partition("（")[0]) / 2)
    return float(min(WIDEST, max(NARROWEST, longest + 1, title + 2)))
