"""What a bulletin of towns says of departments, which are ranked apart; how the sums of both stand to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from anjian_cli.bulletin import phrase, score_words, wording
from anjian_cli.bulletin.value import Bulletin, Category, IndicatorTable

NAMED = 5
"""So many departments are named."""


def ranked_apart(bulletin: Bulletin) -> str:
    """Departments by their places (R23): 部门与镇分开排名：示例甲局63.5分、第1名……; '' where none are ranked."""
    of = bulletin.of_departments()
    if of is None:
        return ""
    placed = [row for row in of.scores if row.rank is not None]
    if not placed:
        return f"部门（{len(of.towns)}个）另行考核，尚无名次。"
    told = "，".join(
        f"{phrase.place(of, row.town)}{score_words.told(of, row.town, row.score)}、第{row.rank}名"
        for row in placed[:NAMED]
    )
    more = f"，等{len(placed)}个部门" if len(placed) > NAMED else ""
    return f"部门与{bulletin.units}分开排名：{told}{more}。"


def sums(units: str, towns: Iterable[Category], departments: Iterable[Category]) -> Iterator[str]:
    """That the sums of departments are not those of towns, and which differ. `units` is what towns are called
    together."""
    yield f"部门与{units}分开统计：同一条记录在两边各计一次，没有写明部门的只列在合计，两边的合计不相加。"
    of_towns = {table.id: table for category in towns for table in category.indicators}
    differing = [
        f"{table.short}部门{_whole(table)}、{units}{_whole(of_towns[table.id])}"
        for category in departments
        for table in category.indicators
        if table.id in of_towns and table.whole.done != of_towns[table.id].whole.done
    ]
    if differing:
        yield f"两边合计不同的：{'；'.join(differing)}。"


def _whole(table: IndicatorTable) -> str:
    return f"{wording.amount(table.whole.done, table.unit)}{wording.shown_unit(table.unit)}"
