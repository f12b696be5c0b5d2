"""隐患统计 for a person. Takes a Summary and nothing else."""

from __future__ import annotations

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.hazard_summary import LEVEL, LEVELS, Summary
from anjian_cli.bulletin.period import month_title
from anjian_cli.render.data import hazard_summary as data
from anjian_cli.render.screen.grid import Column, Grid
from anjian_cli.render.screen.styled_lines import Line, paragraph, table

MEANING = (
    "发现、销号只数当年发现的；未销号、逾期数到截至日还在的，往年发现的也在内。天数从发现那天起，销号的到验收合格，"
    "未销号的到截至日，是有逐条记录的平均。"
)


def lines(of: Summary, width: int | None = None) -> list[Line]:
    """The table, what it counts, and what is to be known of it. How a row's records are seen stands behind it, or below
    the table where the lines would be too long."""
    day = f"{int(of.as_of[5:7])}月{int(of.as_of[8:])}日"
    shown = [Line(f"【{phrase.DEMONSTRATION}】", "title")] if of.demonstration else []
    shown.append(Line(f"{of.town}隐患统计（{month_title(of.month)}，1月1日至{day}，按{of.per}）", "title"))
    whole = _grid(of, width, see=True)
    shown += table(whole if whole.fits() else _grid(of, width, see=False))
    notes = [MEANING, *(f"{note}。" for note in of.notes)]
    shown += [line for note in notes for line in paragraph(note, width)]
    if not whole.fits():
        shown.append(Line(f"{data.SEE}："))
        shown += [Line(f"  {row.name}  anjian {row.see}") for row in of.rows if row.see]
    return shown


def _grid(of: Summary, width: int | None, *, see: bool) -> Grid:
    levels = () if of.per == LEVEL else LEVELS
    heads = [Column(of.per, right=False)]
    heads += [Column(f"{title}\n{part}" if part else title) for title in data.TITLES for part in ("", *levels)]
    heads += [Column(f"{title.removesuffix('平均天数')}\n天数") for title in data.DAYS]
    rows = [data.cells(of, row) for row in of.rows]
    if see:
        return Grid([*heads, Column(data.SEE, right=False)], rows, width)
    return Grid(heads, [row[:-1] for row in rows], width)
