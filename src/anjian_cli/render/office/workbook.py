"""Sheets as an Excel workbook: typed numbers, totals as formulas with their values beside, ready to print on A4.

XlsxWriter alone stores a formula's value beside it, so that what does not reckon (a phone's preview) shows it too.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.notice import mark as mark_of
from anjian_cli.bulletin.score_words import PROVISIONAL
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.formats import Material
from anjian_cli.render.office import worksheet
from anjian_cli.render.office.annex import annexes as annexes_of
from anjian_cli.render.office.town_sheets import town_sheets
from anjian_cli.render.office.workbook_charts import Scores, draw_months, draw_scores
from anjian_cli.render.office.worksheet import OPTIONS, Book, across, heading, tab
from anjian_cli.render.paper import Head, Paper, Provisional, Row, Sheet, Value, printed, witnessed
from anjian_cli.render.width import columns

FIRST_HEAD = 3  # rows above the headings: 附件n, the title, the line under it
TITLE, NOTE = 18, 9  # points
BORDER = {"border": 1, "font_size": 10, "valign": "vcenter"}
_NUMBER_FORMATS = {  # money is General: 0.###### would show 5 as “5.”
    "percent": "0.00",
    "points": "+0.00;-0.00;0.00",
    "score": "0.00",
    "rank": "0",
    "count": "0",
    "serial": "0",
}
GREEN, RED = "#D9EAD3", "#F4CCCC"
ONE_PAGE = 30  # rows of a sheet that still go on one page, notes and all
WIDEST, NARROWEST, PREFACE = 36, 5, 100  # characters of a column
PADDING, INDENT = 1, 2.5
"""Characters of a column that its text does not take; those of one that is indented."""
WRAPPED = frozenset({"text", "name"})
"""Kinds of cells that hold words, and go on in another line."""
HEAD_LINES = 3
"""A heading may take so many lines; to keep a column narrow is to print it larger."""


def of_bulletin(material: Material) -> bytes:
    """A bulletin's annexes, the ranking with its charts first, the rules last."""
    bulletin = material.bulletin
    witness = phrase.witness(bulletin)
    return workbook(annexes_of(bulletin), mark_of(bulletin), after=bulletin.rule, charts_of=bulletin, witness=witness)


def of_town(material: Material, code: str) -> bytes:
    """A town's figures, places and enterprises. Raises KeyError."""
    sheets = town_sheets(material.bulletin, code, material.evidence.of(code))
    return of_sheets(material.bulletin, sheets)


def of_sheets(bulletin: Bulletin, sheets: Sequence[Sheet]) -> bytes:
    """Sheets made of a bulletin, which do not say of themselves by which digits it is known again."""
    witness = phrase.witness(bulletin)
    return workbook(witnessed(sheets, witness), mark_of(bulletin), witness=witness)


def of_paper(paper: Paper) -> bytes:
    """A worksheet for each of its tables; what it says before them stands in front, what it says after them behind."""
    return workbook(
        paper.sheets, paper.mark, before=paper.before, after=(*paper.after, *paper.signed), witness=paper.witness
    )


def workbook(
    sheets: Sequence[Sheet],
    mark: str,
    *,
    before: Sequence[str] = (),
    after: Sequence[str] = (),
    charts_of: Bulletin | None = None,
    witness: str = "",
) -> bytes:
    """A worksheet for each sheet, between sentences before them (要点) and after them (说明) if there are any. `mark`
    stands above every printed page; behind the first sheet stand the charts of a bulletin. `witness` stands in the
    book's properties."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        drawn = _Tables(Book(book, mark, witness))
        if before:
            drawn.sentences("要点" if after else "说明", before)
        for at, sheet in enumerate(sheets):
            drawn.sheet(sheet)
            if charts_of is not None and at == 0:
                drawn.charts(charts_of, sheet)
        if after:
            drawn.sentences("说明", after)
    return out.getvalue()


class _Tables:
    """Sheets drawn into a workbook."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def sentences(self, name: str, lines: Sequence[str]) -> None:
        page = self.book.page(name, 0, len(lines) - 1)
        page.set_column(0, 0, PREFACE)
        wrapped = self.book.format(text_wrap=True, font_size=11, valign="top")
        for at, line in enumerate(lines):
            page.set_row(at, worksheet.highest([(line, PREFACE - PADDING)], 11))
            page.write_string(at, 0, line, wrapped)

    def sheet(self, sheet: Sheet) -> None:
        last = max(len(table.heads) for table in sheet.tables) - 1
        end = sum(map(_height, sheet.tables)) + len(sheet.notes) - 1
        page = self.book.page(sheet.name, last, end)
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
            self._table(page, table, top, widths)
            top += _height(table)
        self._notes(page, sheet, top, widths)

    def _table(self, page, sheet: Sheet, top: int, widths: Sequence[float]) -> None:  # type: ignore[no-untyped-def]
        """A table from its row `top` on, which is that of 附件n, with its title over all columns."""
        body = top + FIRST_HEAD + _head_rows(sheet)
        self._above(page, sheet, top, widths)
        self._heads(page, sheet, body, widths)
        for at, row in enumerate(sheet.rows):
            for column, (head, value) in enumerate(zip(sheet.heads, row.cells, strict=True)):
                _write(page, body + at, column, value, head, self._look(head, value, row))
            page.set_row(body + at, _row_height(sheet.heads, row.cells, widths))
        if sheet.total is not None:
            self._total(page, sheet, body, body + len(sheet.rows))
            page.set_row(body + len(sheet.rows), _row_height(sheet.heads, sheet.total, widths, bold=True))

    def _above(self, page, sheet: Sheet, top: int, widths: Sequence[float]) -> None:  # type: ignore[no-untyped-def]
        last = len(widths) - 1
        if sheet.number is not None:
            page.write_string(top, 0, f"附件{sheet.number}", self.book.format(font_name="黑体", font_size=16))
        title = self.book.format(
            font_name="方正小标宋简体", font_size=TITLE, align="center", valign="vcenter", text_wrap=True
        )
        page.set_row(top + 1, worksheet.highest([(sheet.title, sum(widths))], TITLE))
        across(page, top + 1, 0, last, sheet.title, title)
        plain = {"font_size": 10, "text_wrap": True, "valign": "vcenter"}
        line = top + 2
        left = sheet.left if last else f"{sheet.left}　{sheet.right}"
        end = _split(left, sheet.right, widths)
        across(page, line, 0, end, left, self.book.format(**plain))
        if end < last:
            across(page, line, end + 1, last, sheet.right, self.book.format(**plain, align="right"))
        told = [(left, sum(widths[: end + 1])), (sheet.right, sum(widths[end + 1 :]))]
        page.set_row(line, worksheet.highest([each for each in told if each[1]]))

    def _heads(self, page, sheet: Sheet, body: int, widths: Sequence[float]) -> None:  # type: ignore[no-untyped-def]
        look = self.book.format(**BORDER, bold=True, align="center", text_wrap=True)
        two = _head_rows(sheet) == 2
        upper, lower = body - _head_rows(sheet), body - 1
        titles = [heading(head.title, width) for head, width in zip(sheet.heads, widths, strict=False)]
        over, under, beside = [], [], []
        at = 0
        for group, members in groupby(sheet.heads, key=lambda head: head.group):
            first, at = at, at + len(list(members))
            if group:
                across(page, upper, first, at - 1, group, look)
                over.append((group, sum(widths[first:at])))
            for column in range(first, at):
                if group or not two:
                    page.write_string(lower, column, titles[column], look)
                    under.append((titles[column], widths[column]))
                else:
                    page.merge_range(upper, column, lower, column, "", look)
                    page.write_string(upper, column, titles[column], look)
                    beside.append((titles[column], widths[column]))
        high = worksheet.highest(over, bold=True) if two else 0
        if two:
            page.set_row(upper, high)
        page.set_row(lower, max(worksheet.highest(under, bold=True), worksheet.highest(beside, bold=True) - high))

    def _look(self, head: Head, value: Value, row: Row | None) -> object:
        """How a cell looks; that of a total where it is in no row."""
        look: dict[str, object] = {**BORDER, "align": head.align}
        if isinstance(value, Provisional):  # a number still, for whoever reckons on
            look["num_format"] = f'{_NUMBER_FORMATS.get(head.kind, "General")}"{PROVISIONAL}"'
        if head.kind in WRAPPED or row is None:
            look["text_wrap"] = True
        if head.kind == "text":
            look["indent"] = 1
        if not isinstance(value, str) and value is not None and head.kind in _NUMBER_FORMATS:
            look.setdefault("num_format", _NUMBER_FORMATS[head.kind])
        if row is None:
            look["bold"] = True
        elif row.behind:
            look["bg_color"] = RED
        elif row.ahead and head.title == "排名":
            look["bg_color"] = GREEN
        return self.book.format(**look)

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

    def _notes(self, page, sheet: Sheet, under: int, widths: Sequence[float]) -> None:  # type: ignore[no-untyped-def]
        look = self.book.format(font_size=NOTE, text_wrap=True, valign="top")
        for at, note in enumerate(sheet.notes):
            text = f"注：{note}" if at == 0 else f"　　{note}"
            page.set_row(under + at, worksheet.highest([(text, sum(widths) - PADDING)], NOTE))
            across(page, under + at, 0, len(widths) - 1, text, look)

    def charts(self, bulletin: Bulletin, ranking: Sheet) -> None:
        """The scores of the first annex, which the cells of the chart refer to; then the months."""
        column = next((at for at, head in enumerate(ranking.heads) if head.kind == "score"), None)
        if column is not None and ranking.rows:
            first = FIRST_HEAD + _head_rows(ranking) + 1
            cells = [
                f"='{tab(ranking.name)}'!${xl_col_to_name(column)}${first + at}" for at in range(len(ranking.rows))
            ]
            draw_scores(self.book, bulletin, Scores(f"{ranking.title.removesuffix('表')}图", tuple(cells)))
        draw_months(self.book, bulletin)


def _head_rows(sheet: Sheet) -> int:
    return 2 if any(head.group for head in sheet.heads) else 1


def _height(sheet: Sheet) -> int:
    """How many rows a table takes, with what stands above it, without notes."""
    return FIRST_HEAD + _head_rows(sheet) + len(sheet.rows) + (sheet.total is not None)


def _split(left: str, right: str, widths: Sequence[float]) -> int:
    """The last column of the text on the left: as many as it takes, and one at least for the text on the right."""
    last = len(widths) - 1
    if not (last and right):
        return last
    fits = (at for at in range(last) if worksheet.room(sum(widths[: at + 1])) >= columns(left))
    return next(fits, last - 1)


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


def _row_height(heads: Sequence[Head], cells: Sequence[Value], widths: Sequence[float], *, bold: bool = False) -> float:
    """How high a row of a table is: a total wraps in every column, a row in those of words."""
    texts = [
        (printed(value, head), width - (INDENT if head.kind == "text" else PADDING))
        for head, value, width in zip(heads, cells, widths, strict=False)
        if isinstance(value, str) and (bold or head.kind in WRAPPED)
    ]
    return worksheet.highest(texts, bold=bold)


def _width(sheet: Sheet, column: int) -> float:
    """From the cells; a heading may take several lines."""
    head = sheet.heads[column]
    taken: list[float] = [columns(printed(row.cells[column], head)) for row in sheet.rows]
    if sheet.total is not None:
        taken.append(columns(printed(sheet.total[column], head)) / worksheet.BOLD)
    longest = max(taken, default=0) * 10 / worksheet.SIZE + (INDENT if head.kind == "text" else PADDING)
    return worksheet.heading_width(head.title, min(WIDEST, max(NARROWEST, round(longest, 2))), WIDEST, HEAD_LINES)
