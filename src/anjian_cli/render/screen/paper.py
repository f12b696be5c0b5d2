"""A paper on a terminal or in a pipe. Takes the paper and a width, returns lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from anjian_cli.render.paper import NUMBERS, Head, Paper, Sheet, printed
from anjian_cli.render.screen.grid import Column, Grid, bracket_below, side_by_side
from anjian_cli.render.screen.styled_lines import Line, paragraph, table
from anjian_cli.render.width import columns

NARROWEST = 12
"""So narrow a column of words may become before the table is told in parts."""


def paper_lines(paper: Paper, width: int | None = None) -> list[Line]:
    """All of it: title, sentences, sheets, sentences."""
    lines = [*paragraph(paper.mark, width, "quiet")] if paper.mark else []
    lines += paragraph(paper.title, width, "title")
    lines += [line for words in paper.before for line in paragraph(words, width)]
    for sheet in paper.sheets:
        lines += [Line(""), *paragraph(f"{sheet.left}　{sheet.right}", width), *_table(sheet, width)]
        lines += [line for words in sheet.notes for line in paragraph(words, width, "quiet")]
    lines += [Line(""), *(line for words in paper.after for line in paragraph(words, width))]
    return [*lines, *paragraph(paper.witness, width, "quiet")] if paper.witness else lines


def _table(sheet: Sheet, width: int | None) -> Iterator[Line]:
    """A sheet's table. Where it is too wide, words go over several lines, and columns that still have no room stand in
    a part of their own. Nothing is cut: by numbers and names a person looks up, and types."""
    every = [*(row.cells for row in sheet.rows), *([sheet.total] if sheet.total is not None else [])]
    rows = [[printed(value, head) for value, head in zip(cells, sheet.heads, strict=True)] for cells in every]
    heads = [_column(head, [row[at] for row in rows]) for at, head in enumerate(sheet.heads)]
    behind = {at for at, row in enumerate(sheet.rows) if row.behind}
    for at, part in enumerate(side_by_side(Grid(heads, rows, width), Grid.fits_cut)):
        if at:
            yield Line("")
        folded, row_of = part.folded()
        yield from table(folded, [line for line, row in enumerate(row_of) if row in behind])


def _column(head: Head, cells: Sequence[str]) -> Column:
    title = bracket_below(head.title)
    title = f"{head.group}\n{title}" if head.group else title
    if head.kind in NUMBERS:
        return Column(title)
    whole = [word for cell in cells for word in re.findall("[!-~]+", cell)]  # numbers, days: never broken
    least = max(NARROWEST, *map(columns, (*title.split("\n"), *whole)))
    return Column(title, right=False, least=least)
