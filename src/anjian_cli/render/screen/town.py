"""One town out of a bulletin: as a sheet for a person, or as a smaller bulletin for programs."""

from __future__ import annotations

from collections.abc import Iterator

from anjian_cli.bulletin import control, phrase, score_words, wording
from anjian_cli.bulletin.value import Bulletin, Category, CategoryRow, Cell, IndicatorTable
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.cell_text import gap, percent, whole
from anjian_cli.render.screen.bulletin_table import closing, heading
from anjian_cli.render.screen.grid import Column, Grid
from anjian_cli.render.screen.outlook import town_outlook
from anjian_cli.render.screen.points import unit_points
from anjian_cli.render.screen.styled_lines import Line, paragraph, table
from anjian_cli.render.standing import narrowed, standing


def town_sheet(bulletin: Bulletin, code: str, width: int | None = None) -> list[Line]:
    """A town's own figures over all indicators: places, what it owes, and how to ask what stands behind them.

    Raises KeyError.
    """
    town = bulletin.town(code)
    own = narrowed(bulletin, code)
    lines = [*heading(bulletin, width), Line("")]
    lines += [*paragraph(standing(bulletin, code), width, "title"), Line("")]
    if bulletin.points is not None:
        lines += unit_points(bulletin, bulletin.points, code, width)
    if bulletin.by_rates:
        lines += _categories(own)
    lines += [*([] if bulletin.without_score else [Line("")]), *_figures(own, width)]
    if score_words.paced(bulletin):
        lines += _owing(own, width)
    lines += [*_controls(own, width), *town_outlook(bulletin, code, width)]
    filing = phrase.filing(own, code)
    if filing:
        lines += [Line("")]
        lines += paragraph(f"{phrase.month(own)}月月报：{filing}。", width)
    asked = f"{phrase.month(bulletin)}-{town.short}-指标"
    example = next((t.cells[0].code for t in _telling(own)), asked)
    lines += [Line(""), *paragraph(f"数字由哪些记录组成：anjian 明细 {asked}，如 anjian 明细 {example}。", width)]
    return [*lines, *closing(own, width)]


def _categories(own: Bulletin) -> Iterator[Line]:
    rated: list[tuple[Category, CategoryRow]] = [
        (category, row) for category in own.categories for row in category.rows if row.rate is not None
    ]
    heads = [
        Column("类别", right=False),
        Column("完成率(%)"),
        Column(f"{own.county}(%)"),
        Column("排名"),
        Column("上月排名"),
    ]
    rows = [
        [c.title, percent(row.rate), percent(c.total_rate), whole(row.rank), whole(row.last_rank)] for c, row in rated
    ]
    if rows:
        yield Line("各类完成率", "title")
        yield from table(Grid(heads, rows), (at for at, (c, _) in enumerate(rated) if c.laggards))


def _figures(own: Bulletin, width: int | None) -> Iterator[Line]:
    """A line for each indicator. 本月 is done for a flow and net for all else; so it says 本月完成 or 本月净增 of
    neither."""
    heads = [
        Column("指标", right=False),
        Column("单位", right=False),
        Column("年度\n任务"),
        Column("本月\n增减"),
        Column("累计\n或现有"),
        Column("完成率\n(%)"),
        Column("与序时差\n(百分点)"),
        Column("尚欠\n序时"),
        Column("尚欠\n年度"),
        Column("排名"),
        Column("上月\n排名"),
        Column("上年\n同期"),
    ]
    found = _telling(own)
    yield Line("各项指标", "title")
    rows = [_row(indicator, indicator.cells[0]) for indicator in found]
    grid = Grid(heads, rows, width)
    if not grid.fits():  # last year is what can best be spared
        grid = Grid(heads[:-1], [row[:-1] for row in rows], width)
    yield from table(grid, (at for at, indicator in enumerate(found) if indicator.laggards))
    for indicator in found:
        if indicator.unscored_reason:
            yield from paragraph(f"{indicator.unscored_reason}。", width)
    for said in phrase.set_apart(found):
        yield from paragraph(said, width)


def _row(found: IndicatorTable, cell: Cell) -> list[str]:
    amounts = [
        wording.amount(cell.target, found.unit),
        phrase.in_month(found, cell.this_month),
        phrase.cell_amount(found, cell),
        *(wording.amount(number, found.unit) for number in (cell.owes_pace, cell.owes_year, cell.last_year)),
    ]
    return [
        found.short,
        wording.shown_unit(found.unit),
        *amounts[:3],
        percent(cell.rate),
        gap(cell.gap),
        *amounts[3:5],
        whole(cell.rank),
        whole(cell.last_rank),
        amounts[5],
    ]


def _owing(own: Bulletin, width: int | None) -> Iterator[Line]:
    """What is owed to the pace and to the year's end, never mixed (rule R11)."""
    for title, of in (("尚欠序时", "owes_pace"), ("距年度任务尚差", "owes_year")):
        owed = [
            f"{found.short}{wording.amount(number, found.unit)}{wording.shown_unit(found.unit)}"
            for found in _telling(own)
            if (number := getattr(found.cells[0], of))
        ]
        yield from paragraph(f"{title}：{'、'.join(owed)}。" if owed else f"{title}：没有。", width)


def _controls(own: Bulletin, width: int | None) -> Iterator[Line]:
    """What may happen at most, and what is left of it."""
    for found in control.controlled(own):
        if said := control.told(found, found.cells[0]):
            rank = found.cells[0].rank
            place = "" if rank is None else f"，排名第{rank}"
            yield from paragraph(f"{found.short}{said}{place}。", width, "behind" if found.cells[0].exceeded else "")


def _telling(own: Bulletin) -> list[IndicatorTable]:
    """The indicators of which the town's cell says anything."""
    return [
        found
        for category in own.categories
        for found in category.indicators
        if phrase.says_anything(replace(found, total=found.cells[0], county_task=None))
    ]
