"""One town out of a bulletin: as a sheet for a person, or as a smaller bulletin for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from anjian_cli.bulletin import phrase, wording
from anjian_cli.bulletin.definition import COUNTY
from anjian_cli.bulletin.value import Bulletin, Category, CategoryRow, Cell, Filings, IndicatorTable
from anjian_cli.render.category import gap, percent, whole
from anjian_cli.render.grid import Column, Grid
from anjian_cli.render.outlook_table import town_outlook
from anjian_cli.render.screen import Line, paragraph, table
from anjian_cli.render.table import closing, heading


def narrowed(bulletin: Bulletin, code: str) -> Bulletin:
    """The bulletin with the rows and cells of one town only; the county's own figures stay. Raises KeyError."""
    return replace(
        bulletin,
        towns=(bulletin.town(code),),
        categories=tuple(_narrowed(category, code) for category in bulletin.categories),
        scores=tuple(row for row in bulletin.scores if row.town == code),
        laggards=_only(bulletin.laggards, code),
        corrections=tuple(found for found in bulletin.corrections if found.town == code),
        filings=None if bulletin.filings is None else _filings(bulletin.filings, code),
    )


def town_sheet(bulletin: Bulletin, code: str, width: int | None = None) -> list[Line]:
    """A town's own figures over all indicators: places, what it owes, and how to ask what stands behind them.

    Raises KeyError.
    """
    town = bulletin.town(code)
    own = narrowed(bulletin, code)
    lines = [*heading(bulletin, width), Line("")]
    lines += [*paragraph(standing(bulletin, code), width, "title"), Line("")]
    lines += [*_categories(own), Line(""), *_figures(own, width), *_owing(own, width)]
    lines += town_outlook(bulletin, code, width)
    filing = phrase.filing(own, code)
    if filing:
        lines += [Line("")]
        lines += paragraph(f"{phrase.month(own)}月月报：{filing}。", width)
    asked = f"{phrase.month(bulletin)}-{town.short}-指标"
    example = next((t.cells[0].code for t in _telling(own)), asked)
    lines += [Line(""), *paragraph(f"数字由哪些记录组成：anjian 明细 {asked}，如 anjian 明细 {example}。", width)]
    return [*lines, *closing(own, width)]


def standing(bulletin: Bulletin, code: str) -> str:
    """A town's score and place beside the others, in words. Raises KeyError."""
    name = bulletin.town(code).name
    score = {row.town: row for row in bulletin.scores}[code]
    if score.score is None:
        return f"{name}：没有评综合得分"
    last = f"（上月第{score.last_rank}名）" if score.last_rank is not None else ""
    ranked = sum(row.rank is not None for row in bulletin.scores)
    parts = [
        f"{name}：综合得分{wording.score(score.score)}分",
        f"{ranked}个中第{whole(score.rank)}名{last}",
        f"{COUNTY}平均{wording.score(bulletin.mean_score)}分",
        f"参评{score.categories}类，任务总量{score.work}",
    ]
    return "，".join(parts)


def _only(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
    return tuple(found for found in codes if found == code)


def _filings(filings: Filings, code: str) -> Filings:
    return Filings(*(_only(getattr(filings, field.name), code) for field in fields(filings)))


def _narrowed(category: Category, code: str) -> Category:
    return replace(
        category,
        rows=tuple(row for row in category.rows if row.town == code),
        laggards=_only(category.laggards, code),
        indicators=tuple(
            replace(
                found,
                cells=tuple(cell for cell in found.cells if cell.town == code),
                other=None,
                laggards=_only(found.laggards, code),
            )
            for found in category.indicators
        ),
    )


def _categories(own: Bulletin) -> Iterator[Line]:
    rated: list[tuple[Category, CategoryRow]] = [
        (category, row) for category in own.categories for row in category.rows if row.rate is not None
    ]
    heads = [Column("类别", right=False), Column("完成率(%)"), Column("全市(%)"), Column("排名"), Column("上月排名")]
    rows = [
        [c.title, percent(row.rate), percent(c.total_rate), whole(row.rank), whole(row.last_rank)] for c, row in rated
    ]
    if rows:
        yield Line("各类完成率", "title")
        yield from table(Grid(heads, rows), (at for at, (c, _) in enumerate(rated) if c.laggards))


def _figures(own: Bulletin, width: int | None) -> Iterator[Line]:
    """A line an indicator. 本月 is done for a flow and net for all else; so it says 本月完成 or 本月净增 of neither."""
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


def _row(found: IndicatorTable, cell: Cell) -> list[str]:
    amounts = [
        wording.amount(number, found.unit)
        for number in (cell.target, cell.this_month, cell.done, cell.owes_pace, cell.owes_year, cell.last_year)
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


def _telling(own: Bulletin) -> list[IndicatorTable]:
    """The indicators of which the town's cell says anything."""
    return [
        found
        for category in own.categories
        for found in category.indicators
        if phrase.says_anything(replace(found, total=found.cells[0], county_task=None))
    ]
