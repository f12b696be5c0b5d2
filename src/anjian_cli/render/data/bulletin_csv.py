"""A bulletin as long CSV: one row per town and indicator, then the county's; categories and score as rows too.

Numbers are exact, money in 万元 to the fen; rates are percents with two decimals as shown; an empty cell means
that there is nothing to say. The columns and their order are a promise.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from anjian_cli.bulletin import control, phrase, ranking, wording
from anjian_cli.bulletin.value import Bulletin, Category, Cell, IndicatorTable
from anjian_cli.render.data import records
from anjian_cli.rules import place_names

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
CATEGORY_RATE, SCORE, MONTHLY_REPORT = "类别完成率", "综合得分", "月报"
Row = dict[str, str]


def bulletin_csv(bulletin: Bulletin) -> str:
    """The bulletin as CSV text; cells are safe to open in a spreadsheet."""
    state = phrase.state(bulletin) + (f"（{phrase.DEMONSTRATION}）" if bulletin.demonstration else "")
    if not bulletin.finished:
        state += "，本月尚未结束"
    same = {"月份": bulletin.month, "截至": bulletin.as_of, "状态": state}
    rows = [same | row for row in _rows(bulletin)]
    columns = COLUMNS + (CONTROL_COLUMNS if control.controlled(bulletin) else ())
    return records.delimited(columns, [[row.get(title, "") for title in columns] for row in rows])


def _rows(bulletin: Bulletin) -> Iterator[Row]:
    for category in bulletin.categories:
        for table in category.indicators:
            yield from _indicator(bulletin, category, table)
        yield from _category(bulletin, category)
        if category.id == "accident":
            yield from _death_rates(bulletin, category)
        if category.id == "report":
            yield from _filings(bulletin, category)
    same = {"类别": "综合", "指标": SCORE, "单位": "分"}
    for row in bulletin.scores:
        yield same | {
            "镇街代码": row.town,
            "镇街": phrase.place(bulletin, row.town),
            "任务": str(row.work),
            "累计": _shown(wording.score(row.score)),
            "排名": _rank(row.rank),
            "上月排名": _rank(row.last_rank),
            "备注": "；".join(_behind(row.town, bulletin.laggards) + ([row.owes_most] if row.owes_most else [])),
        }
    yield same | {"镇街": bulletin.county, "累计": _shown(wording.score(bulletin.mean_score)), "备注": "平均"}


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
        yield same | place | _figures(table, cell) | {"备注": "；".join(behind + remarks)}
    if table.other is not None:
        yield same | {"镇街": phrase.UNSETTLED_NAME} | _figures(table, table.other)
    county = "；".join(filter(None, [*remarks, phrase.beside(bulletin, table), table.note]))
    yield same | {"镇街": bulletin.county} | _figures(table, table.total) | {"备注": county}
    if table.county_task is not None and table.less:
        left = ranking.left(table.whole.done, table.county_task)
        yield same | {"镇街": place_names.own(bulletin.region_name)} | _control(table, table.county_task, left)
    elif table.county_task is not None:
        yield same | {"镇街": phrase.county_task(bulletin), "任务": wording.amount(table.county_task, table.unit)}


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
        yield same | {"镇街": bulletin.county, "完成率(%)": _hundred(category.total_rate)}


def _death_rates(bulletin: Bulletin, category: Category) -> Iterator[Row]:
    for found, said in zip(bulletin.death_rates, phrase.death_rates(bulletin), strict=True):
        yield {
            "类别": category.title,
            "指标": found.title,
            "镇街": bulletin.county,
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
