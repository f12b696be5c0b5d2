"""年底预计 as a table: the county's with the towns that will fall short, or one town's; where a scheme gives points,
what points can still be had.
"""

from __future__ import annotations

from anjian_cli.bulletin import findings, wording
from anjian_cli.bulletin.outlook import METHOD, Ahead, falling_short, months_left, of_town, outlook
from anjian_cli.bulletin.period import month_title
from anjian_cli.bulletin.points_outlook import METHOD as POINTS_METHOD
from anjian_cli.bulletin.points_outlook import ahead as points_ahead
from anjian_cli.bulletin.points_outlook import all_told, chances_told, gone_told
from anjian_cli.bulletin.value import Bulletin, IndicatorTable
from anjian_cli.render.office.category import name_of, period_line
from anjian_cli.render.paper import Head, Row, Sheet, Value, mixed

NAME = "年底预计"
SCARCE = "没有余下的月份"
HEADS = (
    Head("类别", "name"),
    Head("指标", "text"),
    Head("单位", "text"),
    Head("年度任务"),
    Head("累计或现有"),
    Head("距年度任务尚差"),
    Head("余下每月需完成"),
    Head("近3个月月均", "score"),
    Head("年底预计"),
    Head("预计缺口"),
)


def county_outlook(bulletin: Bulletin) -> Sheet:
    """Every scored indicator of the county; where points are given, what each unit can still have."""
    if bulletin.points is not None:
        return _points_of_all(bulletin)
    heads = (*HEADS, Head(f"预计完不成的{bulletin.units}", "text"))
    names = _categories(bulletin)
    rows = []
    for one in outlook(bulletin):
        if one.total is not None:
            short = "、".join(falling_short(bulletin, one))
            cells = _cells(names[one.table.id], one.table, one.total)
            rows.append(Row((*cells, short), bool(one.total.short_of)))
    return _sheet(bulletin, f"{month_title(bulletin.month)}份{NAME}表", heads, rows)


def town_outlook(bulletin: Bulletin, code: str) -> Sheet:
    """Every scored indicator in which the town has a task; where points are given, every item of which it can still
    have more. Raises KeyError."""
    if bulletin.points is not None:
        return _points_of_one(bulletin, code)
    names = _categories(bulletin)
    found = of_town(bulletin, code)
    rows = [Row(_cells(names[table.id], table, ahead), bool(ahead.short_of)) for table, ahead in found]
    return _sheet(bulletin, f"{bulletin.town(code).name}{month_title(bulletin.month)}份{NAME}表", HEADS, rows)


def _points_of_all(bulletin: Bulletin) -> Sheet:
    rows = [
        Row(
            (
                bulletin.town(one.town).name,
                one.total,
                one.rank,
                one.gain,
                one.total_then,
                one.rank_then,
                chances_told(one),
                gone_told(one).partition("：")[2],
            )
        )
        for one in points_ahead(bulletin)
    ]
    heads = (
        Head(bulletin.units, "name"),
        Head("总分", "score"),
        Head("名次", "rank"),
        Head("还能得", "score"),
        Head("其时总分", "score"),
        Head("其时名次", "rank"),
        Head("还能得分最多的", "text"),
        Head("不再能得的", "text"),
    )
    return _points_sheet(bulletin, f"{month_title(bulletin.month)}份还能得的分", heads, rows)


def _points_of_one(bulletin: Bulletin, code: str) -> Sheet:
    one = next((each for each in points_ahead(bulletin) if each.town == code), None)
    rows = [
        Row((c.item.title, c.item.full, c.has.points, c.gain, c.rank, c.has.reason))
        for c in (one.chances if one is not None else ())
    ]
    heads = (
        Head("项目", "text"),
        Head("满分", "score"),
        Head("得分", "score"),
        Head("还能得", "score"),
        Head("其时名次", "rank"),
        Head("说明", "text"),
    )
    told = () if one is None else (f"{all_told(one)}。" if one.chances else "", gone_told(one))
    title = f"{bulletin.town(code).name}{month_title(bulletin.month)}份还能得的分"
    return _points_sheet(bulletin, title, heads, rows, tuple(f"{said.rstrip('。')}。" for said in told if said))


def _points_sheet(
    bulletin: Bulletin, title: str, heads: tuple[Head, ...], rows: list[Row], told: tuple[str, ...] = ()
) -> Sheet:
    notes = (*told, f"{POINTS_METHOD.format(units=bulletin.units)}。")
    return Sheet(NAME, None, title, period_line(bulletin), "单位：分", heads, tuple(rows), None, notes, "")


def _categories(bulletin: Bulletin) -> dict[str, str]:
    """The name of the category of each scored indicator."""
    return {t.id: name_of(category) for category in findings.scored(bulletin) for t in category.indicators}


def _cells(category: str, table: IndicatorTable, ahead: Ahead) -> tuple[Value, ...]:
    cell = ahead.cell
    needed = SCARCE if ahead.needed is None and cell.owes_year else mixed(ahead.needed, table.unit)
    amounts = [mixed(number, table.unit) for number in (cell.target, cell.done, cell.owes_year)]
    return (
        category,
        table.title,
        wording.shown_unit(table.unit),
        *amounts,
        needed,
        ahead.growth,
        mixed(ahead.expected, table.unit),
        mixed(ahead.short_of, table.unit),
    )


def _sheet(bulletin: Bulletin, title: str, heads: tuple[Head, ...], rows: list[Row]) -> Sheet:
    left = f"余下{months_left(bulletin)}个月"
    return Sheet(NAME, None, title, period_line(bulletin), left, heads, tuple(rows), None, (f"{METHOD}。",), "有缺口")
