"""A bulletin as long CSV: one row per town and indicator, then the county's; categories and score as rows too.

Numbers are exact, money in 万元 to the fen; rates are percents with two decimals as shown; an empty cell means
that there is nothing to say. The columns and their order are a promise.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from anjian_cli.bulletin import control, phrase, ranking, score_words, wording
from anjian_cli.bulletin.points_value import PointsTable
from anjian_cli.bulletin.value import Bulletin, Category, Cell, IndicatorTable
from anjian_cli.render.data import records

OF_COUNTY, COUNTY_TASK = "县里", "县里任务"
"""Where the town stands, in the rows of the region's own control figure and task: the same words in every ledger, like
the names of the columns."""
COLUMNS = (
    "月份",
    "截至",
    "类别",
    "指标",
    "指标编码",
    "镇街代码",
    "镇街",
    "单位",
    "任务",
    "本月",
    "累计",
    "完成率(%)",
    "序时进度(%)",
    "与序时差(百分点)",
    "尚欠序时",
    "尚欠年度",
    "排名",
    "上月排名",
    "上月累计",
    "上年同期",
    "前两年平均",
    "格码",
    "状态",
    "备注",
)
CONTROL_COLUMNS = ("控制数", "剩余", "超出")
"""Stand last, and only where a control figure is set."""
POINTS_COLUMNS = ("满分", "得分", "得分说明", "等次")
"""Stand behind all others, and only where the scheme gives points."""
CATEGORY_RATE, CATEGORY_POINTS, MONTHLY_REPORT = "类别完成率", "类别得分", "月报"
Row = dict[str, str]


def bulletin_csv(bulletin: Bulletin) -> str:
    """The bulletin as CSV text; cells are safe to open in a spreadsheet."""
    state = phrase.state(bulletin) + (f"（{phrase.DEMONSTRATION}）" if bulletin.demonstration else "")
    if not bulletin.finished:
        state += "，本月尚未结束"
    same = {"月份": bulletin.month, "截至": bulletin.as_of, "状态": state}
    rows = [same | row for row in _rows(bulletin)]
    columns = COLUMNS + (CONTROL_COLUMNS if control.controlled(bulletin) else ())
    columns += POINTS_COLUMNS if bulletin.points is not None else ()
    cells = [[row.get(title, "") for title in columns] for row in rows]
    return records.delimited(records.titled(columns, bulletin.units), cells)


def _rows(bulletin: Bulletin) -> Iterator[Row]:
    for category in bulletin.categories:
        for table in category.indicators:
            yield from _indicator(bulletin, category, table)
        yield from _category(bulletin, category)
        yield from _items(bulletin, category)
        if category.id == "accident":
            yield from _death_rates(bulletin, category)
        if category.id == "report":
            yield from _filings(bulletin, category)
    if not bulletin.without_score:
        yield from _scores(bulletin)


def _scores(bulletin: Bulletin) -> Iterator[Row]:
    same = {"类别": "综合", "指标": score_words.score_name(bulletin), "单位": "分"}
    for row in bulletin.scores:
        yield same | {
            "镇街代码": row.town,
            "镇街": phrase.place(bulletin, row.town),
            "任务": str(row.work) if bulletin.by_rates else "",
            "累计": _shown(wording.score(row.score)),
            "排名": _rank(row.rank),
            "上月排名": _rank(row.last_rank),
            "备注": "；".join(
                _behind(row.town, bulletin.laggards)
                + ([f"{row.group}内第{row.group_rank}名"] if bulletin.scope and row.group_rank else [])
                + ([row.owes_most] if row.owes_most else [])
            ),
            **_total(bulletin, row.town),
        }
    mean = f"平均{score_words.mark(bulletin)}"
    yield same | {"镇街": bulletin.whole_word, "累计": _shown(wording.score(bulletin.mean_score)), "备注": mean}


def _total(bulletin: Bulletin, town: str) -> Row:
    """What a unit's total is out of, its grade, and what is said of it."""
    if bulletin.points is None:
        return {}
    row = bulletin.points.row(town)
    open_ = [f"暂计，{wording.marks(row.open)}分待定"] if row.provisional else []
    said = [*open_, *filter(None, [score_words.remark(row)]), *row.vetoes, *row.consequences]
    return {"满分": wording.marks(row.full), "得分": _shown(wording.marks(row.total))} | {
        "得分说明": "；".join(said),
        "等次": row.grade,
    }


def _items(bulletin: Bulletin, category: Category) -> Iterator[Row]:
    """The items of which nothing is counted, so that no row of figures carries their points, and the category's."""
    points = bulletin.points
    if points is None:
        return
    counted = {table.id for table in category.indicators}
    for item in points.items:
        if item.category == category.id and item.id not in counted:
            same = {"类别": category.title, "指标": item.short, "指标编码": item.id, "单位": item.unit}
            for town in bulletin.towns:
                place = {"镇街代码": town.code, "镇街": phrase.place(bulletin, town.code)}
                yield same | place | _points(bulletin, item.id, town.code)
    at = [each.id for each in points.categories].index(category.id) if _given(points, category) else None
    if at is not None:
        for row in points.rows:
            own = row.categories[at]
            yield {
                "类别": category.title,
                "指标": CATEGORY_POINTS,
                "指标编码": category.id,
                "单位": "分",
                "镇街代码": row.town,
                "镇街": phrase.place(bulletin, row.town),
                "满分": wording.marks(own.full),
                "得分": _shown(wording.marks(own.points)),
            }


def _given(points: PointsTable, category: Category) -> bool:
    return any(each.id == category.id for each in points.categories)


def _points(bulletin: Bulletin, indicator: str, town: str) -> Row:
    """A unit's points in an item; nothing of an indicator that is none."""
    if bulletin.points is None:
        return {}
    found = zip(bulletin.points.items, bulletin.points.row(town).items, strict=True)
    for item, points in found:
        if item.id == indicator:
            return {
                "满分": _shown(wording.marks(item.full)),
                "得分": _shown(wording.marks(points.points)),
                "得分说明": score_words.reason(item, points),
            }
    return {}


def _indicator(bulletin: Bulletin, category: Category, table: IndicatorTable) -> Iterator[Row]:
    same = {
        "类别": category.title,
        "指标": table.short,
        "指标编码": table.id,
        "单位": wording.shown_unit(table.unit),
        "序时进度(%)": _hundred(table.pace),
    }
    remarks = [table.unscored_reason] if table.unscored_reason else []
    for cell in table.cells:
        place = {"镇街代码": cell.town, "镇街": phrase.place(bulletin, cell.town)}
        behind = _behind(cell.town, table.laggards) + (["超出控制数"] if cell.exceeded else [])
        behind += filter(None, [phrase.apart(table, cell.town)])
        yield (
            same
            | place
            | _figures(table, cell)
            | {"备注": "；".join(behind + remarks)}
            | _points(bulletin, table.id, cell.town)
        )
    if table.other is not None:
        yield same | {"镇街": bulletin.unsettled} | _figures(table, table.other)
    counted = f"累计为{table.counted_as}的数" if table.counted_as else ""
    county = "；".join(filter(None, [*remarks, counted, phrase.beside(bulletin, table), table.note]))
    yield same | {"镇街": bulletin.whole_word} | _figures(table, table.total) | {"备注": county}
    if table.county_task is not None and table.less:
        left = ranking.left(table.whole.done, table.county_task)
        yield same | {"镇街": OF_COUNTY} | _control(table, table.county_task, left)
    elif table.county_task is not None:
        yield same | {"镇街": COUNTY_TASK, "任务": wording.amount(table.county_task, table.unit)}


def _figures(table: IndicatorTable, cell: Cell) -> Row:
    return {
        "任务": _amount(cell.target, table),
        "本月": _amount(cell.this_month, table),
        "累计": _amount(cell.done, table),
        "完成率(%)": _hundred(cell.rate),
        "与序时差(百分点)": _hundred(cell.gap),
        "尚欠序时": _amount(cell.owes_pace, table),
        "尚欠年度": _amount(cell.owes_year, table),
        "排名": _rank(cell.rank),
        "上月排名": _rank(cell.last_rank),
        "上月累计": _amount(cell.last_month, table),
        "上年同期": _amount(cell.last_year, table),
        "前两年平均": _amount(cell.mean_two_years, table),
        "格码": cell.code,
        **_control(table, cell.control, cell.left),
    }


def _control(table: IndicatorTable, control: int | None, left: int | None) -> Row:
    over = None if left is None else max(0, -left)
    return {
        "控制数": _amount(control, table),
        "剩余": _amount(None if left is None else max(0, left), table),
        "超出": _amount(over, table),
    }


def _category(bulletin: Bulletin, category: Category) -> Iterator[Row]:
    same = {"类别": category.title, "指标": CATEGORY_RATE, "指标编码": category.id}
    for row in category.rows:
        yield same | {
            "镇街代码": row.town,
            "镇街": phrase.place(bulletin, row.town),
            "完成率(%)": _hundred(row.rate),
            "排名": _rank(row.rank),
            "上月排名": _rank(row.last_rank),
            "备注": "；".join(_behind(row.town, category.laggards)),
        }
    if category.rows:
        yield same | {"镇街": bulletin.whole_word, "完成率(%)": _hundred(category.total_rate)}


def _death_rates(bulletin: Bulletin, category: Category) -> Iterator[Row]:
    for found, said in zip(bulletin.death_rates, phrase.death_rates(bulletin), strict=True):
        yield {
            "类别": category.title,
            "指标": found.title,
            "镇街": bulletin.whole_word,
            "单位": found.unit,
            "累计": phrase.rate(found.rate),
            "上年同期": "" if found.last_rate is None else phrase.rate(found.last_rate),
            "备注": said,
        }


def _filings(bulletin: Bulletin, category: Category) -> Iterator[Row]:
    for town in bulletin.towns if bulletin.filings is not None else ():
        same = {"类别": category.title, "指标": MONTHLY_REPORT}
        yield same | {"镇街代码": town.code, "镇街": town.name, "备注": phrase.filing(bulletin, town.code)}


def _behind(town: str, laggards: tuple[str, ...]) -> list[str]:
    return ["落后"] if town in laggards else []


def _amount(number: int | Fraction | None, table: IndicatorTable) -> str:
    return _shown(wording.amount(number, table.unit))


def _hundred(rate: Fraction | None) -> str:
    return "" if rate is None else wording.hundredths(rate)


def _shown(text: str) -> str:
    return "" if text == wording.NOTHING else text


def _rank(rank: int | None) -> str:
    return "" if rank is None else str(rank)
