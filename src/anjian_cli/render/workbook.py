"""Sheets as an Excel workbook: typed numbers, totals as formulas with their values beside, ready to print on A4.

XlsxWriter alone stores a formula's value beside it, so that what does not reckon (a phone's preview) shows it too.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from anjian_cli.render.help import columns
from anjian_cli.render.sheet import NUMBERS, Head, Sheet, Value, shown

FIRST_HEAD = 3  # rows above the headings: 附件n, the title, the line under it
MARGIN = 20 / 25.4  # inches
LEADING = 3  # places that are coloured as leading
BORDER = {"border": 1, "font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_NUMBER_FORMATS = {"percent": "0.00", "points": "+0.00;-0.00;0.00", "score": "0.00", "money": "0.######", "rank": "0"}
GREEN, RED = "#D9EAD3", "#F4CCCC"
MADE = datetime(2018, 1, 1)  # noqa: DTZ001 -- the same bulletin gives the same file, whenever it is written
WIDEST, NARROWEST = 36, 6


def workbook(sheets: Sequence[Sheet], mark: str, *, preface: Sequence[str] = (), chart: bool = True) -> bytes:
    """A worksheet a sheet, after one of sentences (说明) if there are any. `mark` stands above every printed page; the
    scores of annex 1 are drawn as a chart below it."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": MADE})
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
        self._pages: dict[str, object] = {}

    def format(self, **look: object) -> object:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(dict(look))
        return self._formats[key]

    def page(self, name: str, width: int, height: int):  # type: ignore[no-untyped-def]
        """A worksheet set up for A4 across, as wide as a page, with the mark above and the page's number below."""
        page = self.book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(MARGIN, MARGIN, MARGIN, MARGIN)
        page.fit_to_pages(1, 0)
        page.set_footer("&C— &P —")
        if self.mark:
            page.set_header(f"&R{self.mark.replace('&', '&&')}")
        page.print_area(0, 0, height, width)
        self._pages[name] = page
        return page

    def sentences(self, name: str, lines: Sequence[str]) -> None:
        page = self.page(name, 0, max(len(lines) - 1, 0))
        page.set_column(0, 0, 110)
        wrapped = self.format(text_wrap=True, font_name="宋体", font_size=11, valign="top")
        for at, line in enumerate(lines):
            page.set_row(at, 15 * _lines(line, 108))
            page.write_string(at, 0, line, wrapped)

    def sheet(self, sheet: Sheet) -> None:
        last = len(sheet.heads) - 1
        body = FIRST_HEAD + (2 if any(head.group for head in sheet.heads) else 1)
        end = body + len(sheet.rows) + (sheet.total is not None) + len(sheet.notes) - 1
        page = self.page(sheet.name, last, end + (CHART_ROWS if sheet.number == 1 else 0))
        widths = [_width(sheet, at) for at in range(last + 1)]
        for at, width in enumerate(widths):
            page.set_column(at, at, width)
        self._above(page, sheet, last)
        self._heads(page, sheet, body)
        page.freeze_panes(body, 2 if sheet.heads[0].kind == "serial" else 1)
        page.repeat_rows(FIRST_HEAD, body - 1)
        for at, row in enumerate(sheet.rows):
            for column, (head, value) in enumerate(zip(sheet.heads, row.cells, strict=True)):
                _write(page, body + at, column, value, head, self._look(head, value, row.behind))
        under = body + len(sheet.rows)
        if sheet.total is not None:
            self._total(page, sheet, body, under)
            under += 1
        self._notes(page, sheet, under, last, sum(widths))

    def _above(self, page, sheet: Sheet, last: int) -> None:  # type: ignore[no-untyped-def]
        if sheet.number is not None:
            page.write_string(0, 0, f"附件{sheet.number}", self.format(font_name="黑体", font_size=16))
        page.set_row(1, 30)
        title = self.format(font_name="方正小标宋简体", font_size=18, align="center", valign="vcenter")
        page.merge_range(1, 0, 1, last, "", title)
        page.write_string(1, 0, sheet.title, title)
        half = max(1, last // 2)
        for first, until, text, align in ((0, half, sheet.left, "left"), (half + 1, last, sheet.right, "right")):
            look = self.format(font_name="宋体", font_size=10, align=align)
            if until > first:
                page.merge_range(2, first, 2, until, "", look)
            page.write_string(2, min(first, last), text, look)

    def _heads(self, page, sheet: Sheet, body: int) -> None:  # type: ignore[no-untyped-def]
        look = self.format(**BORDER, bold=True, align="center", text_wrap=True)
        for row in range(FIRST_HEAD, body):
            page.set_row(row, 18 if body - FIRST_HEAD == 2 and row == FIRST_HEAD else 44)
        at = 0
        while at < len(sheet.heads):
            group, first = sheet.heads[at].group, at
            while group and at + 1 < len(sheet.heads) and sheet.heads[at + 1].group == group:
                at += 1
            if body - FIRST_HEAD == 1:
                page.write_string(FIRST_HEAD, first, sheet.heads[first].title, look)
            elif not group:
                page.merge_range(FIRST_HEAD, first, FIRST_HEAD + 1, first, "", look)
                page.write_string(FIRST_HEAD, first, sheet.heads[first].title, look)
            else:
                if at > first:
                    page.merge_range(FIRST_HEAD, first, FIRST_HEAD, at, "", look)
                page.write_string(FIRST_HEAD, first, group, look)
                for column in range(first, at + 1):
                    page.write_string(FIRST_HEAD + 1, column, sheet.heads[column].title, look)
            at += 1

    def _look(self, head: Head, value: Value, behind: bool, bold: bool = False) -> object:
        look: dict[str, object] = {**BORDER, "align": _align(head)}
        if head.kind == "text":
            look["text_wrap"] = True
        if not isinstance(value, str) and value is not None and head.kind in _NUMBER_FORMATS:
            look["num_format"] = _NUMBER_FORMATS[head.kind]
        if bold:
            look["bold"] = True
        if behind:
            look["bg_color"] = RED
        elif head.kind == "rank" and head.title == "排名" and isinstance(value, int) and value <= LEADING:
            look["bg_color"] = GREEN
        return self.format(**look)

    def _total(self, page, sheet: Sheet, body: int, under: int) -> None:  # type: ignore[no-untyped-def]
        assert sheet.total is not None
        for column, (head, value) in enumerate(zip(sheet.heads, sheet.total, strict=True)):
            look = self._look(head, value, False, bold=True)
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
            page.set_row(under + at, 13 * _lines(text, int(width * 1.05)))
            if last:
                page.merge_range(under + at, 0, under + at, last, "", look)
            page.write_string(under + at, 0, text, look)

    def chart(self, sheet: Sheet) -> None:
        """The scores as bars, the best above."""
        column = next((at for at, head in enumerate(sheet.heads) if head.kind == "score"), None)
        if column is None or not sheet.rows:
            return
        page = self._pages[sheet.name]
        first = FIRST_HEAD + (2 if any(head.group for head in sheet.heads) else 1)
        last = first + len(sheet.rows) - 1
        bars = self.book.add_chart({"type": "bar"})
        bars.add_series(
            {
                "name": sheet.heads[column].title,
                "categories": [sheet.name, first, 1, last, 1],
                "values": [sheet.name, first, column, last, column],
                "data_labels": {"value": True},
                "gap": 40,
            }
        )
        bars.set_title({"name": "综合得分", "name_font": {"size": 12}})
        bars.set_legend({"none": True})
        bars.set_y_axis({"reverse": True})
        bars.set_x_axis({"min": 0, "max": 100, "major_gridlines": {"visible": True}})
        width = int(sum(_width(sheet, at) for at in range(len(sheet.heads))) * PIXELS) - PIXELS
        bars.set_size({"width": width, "height": 20 * (CHART_ROWS - 2)})
        under = last + 2 + len(sheet.notes)
        page.set_h_pagebreaks([under])  # type: ignore[attr-defined]
        page.insert_chart(under, 0, bars)  # type: ignore[attr-defined]


CHART_ROWS = 24  # rows of the usual height that the chart takes
PIXELS = 7  # of a character, in a column's width


def _align(head: Head) -> str:
    return "right" if head.kind in NUMBERS else "left" if head.kind == "text" else "center"


def _write(page, row: int, column: int, value: Value, head: Head, look: object) -> None:  # type: ignore[no-untyped-def]
    number = _number(value, head)
    if number is None:
        page.write_string(row, column, shown(value, head.kind), look)
    else:
        page.write_number(row, column, number, look)


def _number(value: Value, head: Head) -> float | None:
    """The number as it is printed; None for what stays text (—, 未报, 升2, and a lag too small to show)."""
    if value is None or isinstance(value, str) or head.kind == "move":
        return None
    text = shown(value, head.kind)
    return None if text == "-0.00" else float(Fraction(text.removeprefix("+")))


def _lines(text: str, width: int) -> int:
    return max(1, -(-columns(text) // max(width, 1)))


def _width(sheet: Sheet, column: int) -> float:
    """From the cells; a heading may take several lines."""
    head = sheet.heads[column]
    cells = [row.cells[column] for row in sheet.rows]
    total = [sheet.total[column]] if sheet.total is not None and head.kind != "text" else []
    longest = max((columns(shown(cell, head.kind)) for cell in [*cells, *total]), default=0)
    title = max(columns(head.title) / 3, columns(head.title.partition("（")[0]) / 2)
    return float(min(WIDEST, max(NARROWEST, longest + 2, title + 1)))
