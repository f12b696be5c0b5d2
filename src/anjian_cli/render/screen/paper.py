"""A paper on a terminal or in a pipe. Takes the paper and a width, returns lines."""

from __future__ import annotations

from anjian_cli.render.paper import NUMBERS, Paper, printed
from anjian_cli.render.screen.grid import Column, Grid
from anjian_cli.render.screen.styled_lines import Line, paragraph, table


def paper_lines(paper: Paper, width: int | None = None) -> list[Line]:
    """All of it: title, sentences, sheets, sentences."""
    lines = [*paragraph(paper.mark, width, "quiet"), *paragraph(paper.title, width, "title")]
    lines += [line for words in paper.before for line in paragraph(words, width)]
    for sheet in paper.sheets:
        heads = [Column(head.title.replace("（", "\n（"), right=head.kind in NUMBERS) for head in sheet.heads]
        rows = [
            [printed(value, head) for value, head in zip(row.cells, sheet.heads, strict=True)] for row in sheet.rows
        ]
        lines += [Line(""), *paragraph(f"{sheet.left}　{sheet.right}", width)]
        lines += table(Grid(heads, rows, width), [at for at, row in enumerate(sheet.rows) if row.behind])
        lines += [line for words in sheet.notes for line in paragraph(words, width, "quiet")]
    lines += [Line(""), *(line for words in paper.after for line in paragraph(words, width))]
    return [*lines, *paragraph(paper.witness, width, "quiet")]
