"""A paper on a terminal or in a pipe. Takes the paper and a width, returns lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from anjian_cli.render.paper import NUMBERS, Head, Paper, Sheet, printed
from anjian_cli.render.screen.grid import Column, Grid, bracket_below, of_words
from anjian_cli.render.screen.styled_lines import Line, paragraph, whole_table


def paper_lines(paper: Paper, width: int | None = None) -> list[Line]:
    """All of it: title, sentences, sheets, sentences."""
    lines = [*paragraph(paper.mark, width, "quiet")] if paper.mark else []
    lines += paragraph(paper.title, width, "title")
    lines += [line for words in paper.before for line in paragraph(words, width)]
    for sheet in paper.sheets:
        above = "　".join(words for words in (sheet.left, sheet.right) if words)
        lines += [Line(""), *paragraph(above, width), *_table(sheet, width)]
        lines += [line for words in sheet.notes for line in paragraph(words, width, "quiet")]
    lines += [Line(""), *(line for words in (*paper.after, *paper.signed) for line in paragraph(words, width))]
    if paper.more:
        lines += [Line(""), *(line for words in paper.more for line in paragraph(words, width))]
    return [*lines, *paragraph(paper.witness, width, "quiet")] if paper.witness else lines


def _table(sheet: Sheet, width: int | None) -> Iterator[Line]:
    """A sheet's table, whole."""
    every = [*(row.cells for row in sheet.rows), *([sheet.total] if sheet.total is not None else [])]
    rows = [[printed(value, head) for value, head in zip(cells, sheet.heads, strict=True)] for cells in every]
    heads = [_column(head, [row[at] for row in rows]) for at, head in enumerate(sheet.heads)]
    behind = {at for at, row in enumerate(sheet.rows) if row.behind}
    yield from whole_table(Grid(heads, rows, width), behind)


def _column(head: Head, cells: Sequence[str]) -> Column:
    title = bracket_below(head.title)
    title = f"{head.group}\n{title}" if head.group else title
    if head.kind in NUMBERS:
        return Column(title)
    return of_words(title, cells)
