"""How wide the columns of a sheet are on a page, in what size of type it fits there, and how tall its lines are."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.light_dataclasses import dataclass
from anjian_cli.render.paper import Head, Sheet, printed
from anjian_cli.render.width import columns

SIZES = (10.5, 9, 8, 7.5, 6.5, 5.5)
"""五号, 小五, 8 points, 六号, 小六, 七号: a sheet takes the largest that lets it fit."""
READ = 9
"""小五: what paper can spare it goes without before type becomes smaller, and a sheet that is too tall for a page goes
over two rather than into smaller type."""
HEAD_LINES, WIDEST, NARROWEST, PADDING, APART, BOLD = 3, 26, 4, 1.1, 1.4, 1.2
"""A heading may take so many lines; a column is so wide at most, at least, and has so much air (in half characters),
words behind a number so much more. Bold is so much wider."""
DIGIT = 1.25
"""Half characters of a digit: half a character in 仿宋, more in what stands in for it on a computer without."""
LOWEST, TALLEST = 280, 360
"""Of a line of a table, in twentieths of a point: where a page has room, lines take it."""
DENSE, DENSEST, ROOM, SNUG = 270, 185, 4700, 0.93
"""Of a line of a table of which a page must hold more than one; what one such table may take; and how much of the width
it counts on, since a line more is one too many there."""
SINGLE, TITLE, NOTE, NOTE_COLUMNS = 26, 1400, 250, 140
"""In twentieths of a point: a line of type of one point, what stands above a table, a line of the notes below it; and
how many columns such a line has."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A sheet as a page takes it: its columns, how wide each is (twentieths of a point), the size of type (points), and
    how tall a line is at least (twentieths of a point)."""

    sheet: Sheet
    widths: list[int]
    size: float
    line: int


def fitted(sheet: Sheet, across: int, along: int = 0, *, compact: bool = False) -> Fitted:
    """A sheet on a page `across` and `along` twentieths of a point (0: as long as it likes); `compact`: with lines that
    are lower the more there are."""
    if compact:
        units = _units(sheet)
        line = max(DENSEST, min(DENSE, (ROOM - _notes(sheet)) // (len(sheet.rows) + 2)))
        size = min(READ, _size(units, round(across * SNUG)), line / SINGLE)
        return Fitted(sheet, _shared(units, across), size, line)
    units = _units(sheet)
    if _size(units, across) < READ:
        sheet = sheet.lean
        units = _units(sheet)
    size = _size(units, across)
    while along and size > READ and not _fits(sheet, size, along):
        size = SIZES[SIZES.index(size) + 1]
    return Fitted(sheet, _shared(units, across), size, _line(sheet, size, along))


def touches(heads: Sequence[Head]) -> list[bool]:
    """Whether a column's words would touch the number before them."""
    return [at > 0 and head.align == "left" and heads[at - 1].align == "right" for at, head in enumerate(heads)]


def _size(units: Sequence[float], across: int) -> float:
    asked = sum(units)
    return next((size for size in SIZES if asked * size * 10 <= across), SIZES[-1])


def _notes(sheet: Sheet) -> int:
    """What the sentences below take of a page."""
    return sum(NOTE * -(-columns(note) // NOTE_COLUMNS) for note in sheet.notes)


def _fits(sheet: Sheet, size: float, along: int, line: int = LOWEST) -> bool:
    """Whether a page holds it. Of a nation its lines alone are too many, whatever stands in them."""
    lines = sum(len(table.rows) for table in sheet.tables)
    return lines * line <= along and _height(sheet, size, line) <= along


def _height(sheet: Sheet, size: float, line: int) -> int:
    """What it takes of a page, with the one below it."""
    taken = _notes(sheet)
    for table in sheet.tables:
        taken += TITLE + round((HEAD_LINES + any(head.group for head in table.heads)) * size * SINGLE)
        rows = [*(row.cells for row in table.rows), *([table.total] if table.total is not None else [])]
        for cells in rows:
            longest = max(columns(printed(cell, head)) for cell, head in zip(cells, table.heads, strict=True))
            taken += max(line, round(-(-longest // WIDEST) * size * SINGLE))
    return taken


def _line(sheet: Sheet, size: float, along: int) -> int:
    """As tall as the page has room for."""
    return next((line for line in range(TALLEST, LOWEST, -10) if along and _fits(sheet, size, along, line)), LOWEST)


def _units(sheet: Sheet) -> list[float]:
    """What every column asks for: its widest cell on one line, its heading on a few."""
    units: list[float] = []
    touching = touches(sheet.heads)
    for column, head in enumerate(sheet.heads):
        cells = max((_wide(printed(row.cells[column], head)) for row in sheet.rows), default=0.0)
        if sheet.total is not None:
            cells = max(cells, _wide(printed(sheet.total[column], head)) * BOLD)
        title = -(-columns(head.title) // HEAD_LINES) + 1
        units.append(min(max(cells, title, NARROWEST), WIDEST) + PADDING + APART * touching[column])
    return units


def _wide(text: str) -> float:
    """A cell's words on one line, in half characters."""
    return columns(text) + (DIGIT - 1) * sum(letter.isascii() for letter in text)


def _shared(units: Sequence[float], across: int) -> list[int]:
    """The page's width by what the columns ask for, to the last twentieth of a point."""
    ends = [round(across * sum(units[: at + 1]) / sum(units)) for at in range(len(units))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
