"""The leadership's page (领导一页纸): one side of A4 with the county's table and what may be asked."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.bulletin import findings, phrase, score_words, wording
from anjian_cli.bulletin.briefing import briefing
from anjian_cli.bulletin.notice import mark
from anjian_cli.bulletin.period import month_title
from anjian_cli.bulletin.value import Bulletin, Category, TaskBasis
from anjian_cli.render.office.category import name_of, period_line
from anjian_cli.render.paper import Head, Paper, Row, Sheet, Value, with_places

HEADS = (
    Head("类别", "name"),
    Head("任务", "text"),
    Head("累计", "text"),
    Head("完成率（%）", "percent"),
    Head("与序时差（百分点）", "points"),
    Head("较上月（百分点）", "points"),
    Head("落后的", "text"),
)


HEADS_OF_POINTS = (
    Head("类别", "name"),
    Head("满分", "marks"),
    Head("平均得分", "marks"),
    Head("得分最少的", "text"),
    Head("备注", "text"),
)


def one_page(bulletin: Bulletin, tasks: Sequence[TaskBasis]) -> Paper:
    """The whole of it. `tasks` say which were cut."""
    towns = len(bulletin.towns)
    agreed = f"，{towns}个{bulletin.units}中{len(bulletin.confirmed)}个已确认" if bulletin.filings is not None else ""
    before = f"数据时点{phrase.moment(bulletin.known_at)}{agreed}。"
    title = f"{month_title(bulletin.month)}份{bulletin.of}安全生产重点工作一览"
    sheets = () if bulletin.without_score else (_overview(bulletin),)
    after = briefing(bulletin, tasks)
    return Paper(title, mark(bulletin), (before,), sheets, after, landscape=False, witness=phrase.witness(bulletin))


def _overview(bulletin: Bulletin) -> Sheet:
    """The county's table: its categories by rates, or by points."""
    if bulletin.points is not None:
        rows = tuple(
            Row((one.category.title, one.category.full, one.mean, _least(bulletin, one), "暂计" if one.open else ""))
            for one in score_words.by_category(bulletin)
        )
        total: tuple[Value, ...] = ("总分", None, bulletin.mean_score, "", "暂计" if score_words.mark(bulletin) else "")
        notes = tuple(filter(None, [*score_words.all_effects(bulletin), score_words.open_items(bulletin)]))
        left = period_line(bulletin)
        return with_places(Sheet("一览", None, "", left, "单位：分", HEADS_OF_POINTS, rows, total, notes))
    rows = tuple(_row(bulletin, category) for category in findings.scored(bulletin))
    pace = f"序时进度{wording.percent(bulletin.pace)}"
    return Sheet("一览", None, "", period_line(bulletin), pace, HEADS, rows, None, _beside(bulletin), "低于序时")


def _least(bulletin: Bulletin, one: score_words.Standing) -> str:
    return "、".join(bulletin.town(code).short for code in one.least)


def _beside(bulletin: Bulletin) -> tuple[str, ...]:
    """What towns without a task have done, beside the totals that the rates are of."""
    tables = [table for category in findings.scored(bulletin) for table in findings.scored_tables(category)]
    return tuple(f"{table.short}{said}。" for table in tables if (said := phrase.beside(bulletin, table)))


def _row(bulletin: Bulletin, category: Category) -> Row:
    tables = findings.scored_tables(category)

    def whole(numbers: list[int | None]) -> str | None:
        if (found := findings.summed(tables, numbers)) is None:
            return None
        unit = tables[0].unit
        return f"{wording.amount(found, unit)}{wording.shown_unit(unit)}"

    risen = None
    if category.total_rate is not None and category.last_rate is not None:
        risen = category.total_rate - category.last_rate
    last = "、".join(bulletin.town(one.town).short for one in findings.field_of(category).lagging)
    return Row(
        (
            name_of(category),
            whole([table.total.target for table in tables]),
            whole([table.total.done for table in tables]),
            category.total_rate,
            category.gap,
            risen,
            last,
        ),
        category.gap is not None and category.gap < 0,
    )
