"""Worksheets of a workbook that is opened and printed: fonts, the page, and how high a row must be for its text.

A program that opens a workbook does not make rows of merged cells higher, and some make none: heights are worked out
here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

from anjian_cli.render.office.xml_text import UNPRINTABLE
from anjian_cli.render.width import columns, wrapped

FONT, SIZE = "宋体", 11
"""The font that column widths are measured in; every office that reads Chinese has it."""
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": FONT, "font_size": SIZE},
    "default_column_width": 72,  # pixels, of this font
}
MADE = datetime(2018, 1, 1)  # noqa: DTZ001 -- the same bulletin gives the same file, whenever it is written
MARGIN = 20 / 25.4  # inches
LEADING, AIR, HIGHEST = 1.35, 3, 409
"""A line's height to its type, what a row has besides (points), and what a program takes."""
BOLD, ROUNDED = 0.93, 0.1
"""So much of what fits plainly fits bold; what a width loses by being rounded (characters)."""
NOT_IN_A_TAB, TAB_LONGEST = re.compile(r"[\[\]:*?/\\]"), 31


class Book:
    """The workbook under way: its formats, made once each, and its pages. `mark` stands above every printed page."""

    def __init__(self, book: xlsxwriter.Workbook, mark: str, witness: str = "") -> None:
        self.book = book
        self.mark = mark
        self._formats: dict[tuple[tuple[str, object], ...], object] = {}
        book.set_properties({"created": MADE, "keywords": witness})

    def format(self, **look: object) -> object:
        """A cell's format."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_name": FONT, **look})
        return self._formats[key]

    def page(self, name: str, width: int, height: int, *, portrait: bool = False):  # type: ignore[no-untyped-def]
        """A worksheet that prints as wide as a page of A4, the mark above and the page's number below. `width` and
        `height` are its last column and row."""
        page = self.book.add_worksheet(tab(name))
        if not portrait:
            page.set_landscape()
        page.set_paper(9)
        page.set_margins(MARGIN, MARGIN, MARGIN, MARGIN)
        page.center_horizontally()
        page.set_footer("&C第 &P 页　共 &N 页")
        if self.mark:
            page.set_header(f"&R{self.mark.replace('&', '&&')}")
        page.fit_to_pages(1, 0)
        page.print_area(0, 0, max(height, 0), width)
        return page


def tab(name: str) -> str:
    """A worksheet's name as a workbook takes it: an office's own category may be called anything."""
    return NOT_IN_A_TAB.sub("、", UNPRINTABLE.sub("", name))[:TAB_LONGEST].strip("'")


def across(page, row: int, first: int, last: int, text: str, look: object) -> None:  # type: ignore[no-untyped-def]
    """A text over a few cells of a row."""
    if last > first:
        page.merge_range(row, first, row, last, "", look)
    page.write_string(row, first, text, look)


def room(width: float, size: float = 10, *, bold: bool = False) -> int:
    """How many narrow characters of a type of `size` points fit beside each other in columns `width` wide."""
    return max(1, int(width * SIZE / size * (BOLD if bold else 1) + ROUNDED))


def lines(text: str, width: float, size: float = 10, *, bold: bool = False) -> int:
    """How many lines a text takes in columns `width` wide."""
    fits = room(width, size, bold=bold)
    return sum(1 if columns(line) <= fits else len(wrapped(line, fits)) for line in text.split("\n"))


def height(of: int, size: float = 10) -> float:
    """How high a row of so many lines is, in points."""
    return min(float(HIGHEST), round(of * size * LEADING + AIR, 2))


def heading(title: str, width: float) -> str:
    """A heading in lines of like length: one that does not fit on a line breaks before its bracket first."""
    return "\n".join(line for part in _broken(title, room(width, bold=True)) for line in part)


def heading_width(title: str, least: float, widest: float, most: int) -> float:
    """How wide a column must be, `least` at least, for its heading to take `most` lines at most, to keep what stands in
    brackets together and to leave no character alone on a line."""
    for width in (least, *map(float, range(int(least) + 1, int(widest)))):
        parts = _broken(title, room(width, bold=True))
        alone = any(len(part) > 1 and columns(part[-1]) <= 2 for part in parts)
        split = any(len(part) > 1 for part in parts[1:])
        if not alone and not split and sum(map(len, parts)) <= most:
            return width
    return max(least, widest)


def _broken(title: str, fits: int) -> list[list[str]]:
    if columns(title) <= fits:
        return [[title]]
    return [_even(part, fits) for part in title.replace("（", "\n（").split("\n")]


def _even(text: str, fits: int) -> list[str]:
    """A text in as few lines as it takes, the first not much longer than the last."""
    fewest = wrapped(text, fits)
    narrower = (wrapped(text, width) for width in range(-(-columns(text) // len(fewest)), fits))
    return next((lines for lines in narrower if len(lines) == len(fewest)), fewest)


def highest(texts: Sequence[tuple[str, float]], size: float = 10, *, bold: bool = False) -> float:
    """How high a row is for texts, each in columns so wide."""
    return height(max((lines(text, width, size, bold=bold) for text, width in texts), default=1), size)
