"""年底预计 for a terminal or a pipe: the county's, or one town's; where a scheme gives points, what can still be had.
Takes the bulletin and a width, returns lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from anjian_cli.bulletin import wording
from anjian_cli.bulletin.outlook import METHOD, Ahead, Outlook, falling_short, months_left, of_town, outlook
from anjian_cli.bulletin.value import Bulletin, IndicatorTable
from anjian_cli.render.screen.grid import Column, Grid
from anjian_cli.render.screen.styled_lines import Line, paragraph, table

SHORT_LEAST = 10
COLUMNS = (
    Column("指标", right=False),
    Column("单位", right=False),
    Column("尚欠\n年度"),
    Column("每月\n需完成"),
    Column("近3月\n月均"),
    Column("年底\n预计"),
    Column("预计\n缺口"),
)


def county_outlook(bulletin: Bulletin, width: int | None) -> Iterator[Line]:
    """Every scored indicator of the county, and which towns will fall short."""
    found = [(one, one.total) for one in outlook(bulletin) if one.total is not None]
    rows = [[*_cells(one.table, ahead), _short(bulletin, one)] for one, ahead in found]
    heads = [*COLUMNS, Column("预计完不成的", right=False, least=SHORT_LEAST)]
    yield from _lines(bulletin, Grid(heads, rows, width), [ahead for _, ahead in found], width)
    if bulletin.points is not None:
        from anjian_cli.render.screen.points_outlook import of_all  # here: few schemes give points

        yield from of_all(bulletin, width)


def town_outlook(bulletin: Bulletin, code: str, width: int | None) -> Iterator[Line]:
    """Every scored indicator in which the town has a task. Raises KeyError."""
    found = of_town(bulletin, code)
    grid = Grid(COLUMNS, [_cells(of, ahead) for of, ahead in found], width)
    yield from _lines(bulletin, grid, [ahead for _, ahead in found], width)
    if bulletin.points is not None:
        from anjian_cli.render.screen.points_outlook import of_one  # here: few schemes give points

        yield from of_one(bulletin, code, width)


def _cells(of: IndicatorTable, ahead: Ahead) -> list[str]:
    unit = of.unit
    amounts = [wording.amount(n, unit) for n in (ahead.cell.owes_year, ahead.needed)]
    expected = [wording.amount(n, unit) for n in (ahead.expected, ahead.short_of)]
    return [of.short, wording.shown_unit(unit), *amounts, wording.decimal(ahead.growth), *expected]


def _short(bulletin: Bulletin, one: Outlook) -> str:
    short = falling_short(bulletin, one)
    return f"{len(short)}个：{'、'.join(short)}" if short else ""


def _lines(bulletin: Bulletin, grid: Grid, aheads: list[Ahead], width: int | None) -> Iterator[Line]:
    if aheads:
        yield Line("")
        yield Line(f"年底预计（余下{months_left(bulletin)}个月）", "title")
        yield from table(grid, [at for at, ahead in enumerate(aheads) if ahead.short_of])
        yield from paragraph(f"{METHOD}。", width, "quiet")
