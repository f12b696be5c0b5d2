"""A 统计表 for a person."""

from __future__ import annotations

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.summary_table import SummaryTable
from anjian_cli.render.data import summary_table as data
from anjian_cli.render.screen.grid import Column, Grid, of_words
from anjian_cli.render.screen.styled_lines import Line, paragraph, whole_table


def lines(of: SummaryTable, width: int | None = None) -> list[Line]:
    """The table, what it counts, and what is to be known of it. How a row's records are seen stands behind it, or below
    the table where the lines would be too long."""
    shown = [Line(f"【{phrase.DEMONSTRATION}】", "title")] if of.demonstration else []
    shown += paragraph(f"{of.title}（{of.days}）", width, "title")
    sees = any(row.see for row in of.all_rows)
    whole = _grid(of, width, see=sees)
    behind = [at for at, row in enumerate(of.all_rows) if row.behind]
    shown += whole_table(whole if whole.fits() else _grid(of, width, see=False), behind)
    notes = [f"{note}。" for note in (of.meaning, *of.notes) if note]
    shown += [line for note in notes for line in paragraph(note, width, "quiet")]
    if sees and not whole.fits():
        shown.append(Line(f"{data.SEE}："))
        shown += [Line(f"  {row.name}  anjian {row.see}") for row in of.all_rows if row.see]
    return shown


def _grid(of: SummaryTable, width: int | None, *, see: bool) -> Grid:
    rows = [
        [row.name, *(data.printed(value, column) for value, column in zip(row.values, of.columns, strict=True))]
        for row in of.all_rows
    ]
    heads = [of_words(of.per, [row[0] for row in rows])]
    for at, column in enumerate(of.columns, 1):
        title = f"{column.group}\n{column.title}" if column.group else column.title
        heads.append(of_words(title, [row[at] for row in rows]) if column.kind == "text" else Column(title))
    if see:
        seen = [f"anjian {row.see}" if row.see else "" for row in of.all_rows]
        return Grid(
            [*heads, Column(data.SEE, right=False)], [[*row, line] for row, line in zip(rows, seen, strict=True)], width
        )
    return Grid(heads, rows, width)
