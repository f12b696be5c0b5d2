"""The leadership's page (领导一页纸): one side of A4 with the ranking and its bars, the categories and the year before,
three problems and three proposals. What may be asked besides is told on a screen."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from anjian_cli.bulletin import findings, phrase, ranking, score_words, wording
from anjian_cli.bulletin.briefing import briefing
from anjian_cli.bulletin.notice import mark
from anjian_cli.bulletin.period import month_title
from anjian_cli.bulletin.proposals import proposals
from anjian_cli.bulletin.value import Bulletin, Category, ScoreRow, TaskBasis
from anjian_cli.render.office.category import name_of, period_line
from anjian_cli.render.paper import Bars, Head, Kind, Paper, Row, Sheet, Value, with_places

HEADS = (
    Head("类别", "name"),
    Head("任务", "text"),
    Head("累计", "text"),
    Head("完成率（%）", "percent"),
    Head("与序时差（百分点）", "points"),
    Head("较上月（百分点）", "points"),
    Head("上年同期", "text"),
    Head("同比", "text"),
    Head("落后的", "text"),
)
OF_SAFETY = ("case.filed", "case.fine", "accident.count", "accident.deaths")
"""What stands beside the categories with the same months of the year before."""


HEADS_OF_POINTS = (
    Head("类别", "name"),
    Head("满分", "marks"),
    Head("平均得分", "marks"),
    Head("得分最少的", "text"),
    Head("备注", "text"),
)


HEADS_OF_SAFETY = (
    Head("事项", "name"),
    Head("累计", "text"),
    Head("上年同期", "text"),
    Head("同比", "text"),
)
MOST = 25
"""So many units the page has room for, with their bars; of more, those are left off that neither lead nor lag."""


def one_page(bulletin: Bulletin, tasks: Sequence[TaskBasis]) -> Paper:
    """The whole of it. `tasks` say which were cut."""
    towns = len(bulletin.towns)
    agreed = f"，{towns}个{bulletin.units}中{len(bulletin.confirmed)}个已确认" if bulletin.filings is not None else ""
    before = f"数据时点{phrase.moment(bulletin.known_at)}{agreed}。"
    title = f"{month_title(bulletin.month)}份{bulletin.of}安全生产重点工作一览"
    ranked = () if bulletin.without_score else (_ranking(bulletin), _overview(bulletin), *_safety(bulletin))
    return Paper(
        title,
        mark(bulletin),
        (before,),
        ranked,
        _decide(bulletin),
        landscape=False,
        witness=phrase.witness(bulletin),
        compact=True,
        more=briefing(bulletin, tasks),
    )


def _decide(bulletin: Bulletin) -> tuple[str, ...]:
    """Problems and proposals, each numbered alike."""
    found = proposals(bulletin)
    if not found:
        return ()
    problems, proposed = zip(*found, strict=True)
    return ("主要问题", *wording.numbered(problems), "工作建议", *wording.numbered(proposed))


def _ranking(bulletin: Bulletin) -> Sheet:
    """Towns by their score, with bars, and what their place was a month before."""
    marks = bulletin.points is not None
    kind: Kind = "marks" if marks else "score"
    called = score_words.score_name(bulletin)
    heads = (
        Head("名次", "rank"),
        Head(bulletin.units, "name"),
        Head(f"{called}（分）", kind),
        Head("上月名次", "rank"),
        Head("升降", "move"),
    )
    standing = _shown(bulletin)
    left_off = len(bulletin.scores) - len(standing)
    more = (f"其余{left_off}个{bulletin.units}见附件。",) if left_off else ()
    rows = tuple(
        Row(
            (row.rank, phrase.place(bulletin, row.town), row.score, row.last_rank, row.moved),
            row.town in bulletin.laggards,
        )
        for row in standing
    )
    lengths = [*(row.score for row in standing), bulletin.mean_score]
    line = bulletin.pace if bulletin.by_rates else None
    paced = f"，竖线为序时进度{wording.percent(bulletin.pace)}" if line is not None else ""
    return with_places(
        Sheet(
            "排名",
            None,
            "",
            period_line(bulletin),
            "",
            heads,
            rows,
            ("", f"{bulletin.whole_word}平均", bulletin.mean_score, "", ""),
            (*more, *_effects(bulletin)),
            bars=Bars(f"{called}（满格为100分{paced}）", tuple(map(_share, lengths)), line),
        )
    )


def _shown(bulletin: Bulletin) -> Sequence[ScoreRow]:
    """The units that the page has room for: the first, and of those who lag as many as half of it takes."""
    rows = bulletin.scores
    if len(rows) <= MOST:
        return rows
    lagging = [at for at, row in enumerate(rows) if row.town in bulletin.laggards][-(MOST // 2) :]
    first = [at for at in range(len(rows)) if at not in lagging][: MOST - len(lagging)]
    return [rows[at] for at in sorted((*first, *lagging))]


def _share(score: Fraction | None) -> Fraction | None:
    return None if score is None else max(Fraction(0), min(score / ranking.FULL, Fraction(1)))


def _effects(bulletin: Bulletin) -> tuple[str, ...]:
    """Vetoes, consequences and what is still open, of a scheme that gives points."""
    if bulletin.points is None:
        return ()
    return tuple(filter(None, [*score_words.all_effects(bulletin), score_words.open_items(bulletin)]))


def _overview(bulletin: Bulletin) -> Sheet:
    """The county's table: its categories by rates, or by points."""
    if bulletin.points is not None:
        rows = tuple(
            Row((one.category.title, one.category.full, one.mean, _least(bulletin, one), "暂计" if one.open else ""))
            for one in score_words.by_category(bulletin)
        )
        total: tuple[Value, ...] = ("总分", None, bulletin.mean_score, "", "暂计" if score_words.mark(bulletin) else "")
        return with_places(Sheet("一览", None, "", "各类得分", "单位：分", HEADS_OF_POINTS, rows, total, ()))
    rows = (*(_row(bulletin, category) for category in findings.scored(bulletin)), *_of_safety(bulletin))
    pace = f"序时进度{wording.percent(bulletin.pace)}"
    return Sheet("一览", None, "", "各类完成情况", pace, HEADS, rows, None, _beside(bulletin), "低于序时")


def _of_safety(bulletin: Bulletin) -> list[Row]:
    """Cases, fines, accidents and deaths, the year before beside them; what is not known of both is left out."""
    tables = {table.known_as: table for category in bulletin.categories for table in category.indicators}
    rows = []
    for table in (tables[name] for name in OF_SAFETY if name in tables):
        whole, unit = table.whole, table.unit
        if not whole.done and whole.last_year is None:
            continue
        noun: wording.Noun = "accident" if table.known_as.startswith("accident.") else "count"
        done, before = (
            None if number is None else f"{wording.amount(number, unit)}{wording.shown_unit(unit)}"
            for number in (whole.done, whole.last_year)
        )
        changed = wording.change(whole.done, whole.last_year, noun)
        rows.append(Row((table.short, None, done, None, None, None, before, changed, "")))
    return rows


def _safety(bulletin: Bulletin) -> tuple[Sheet, ...]:
    """The same beside a table of points, which has no columns for it; none where nothing of it is known."""
    rows = _of_safety(bulletin) if bulletin.points is not None else []
    told = tuple(Row((cells[0], cells[2], cells[6], cells[7])) for cells in (row.cells for row in rows))
    return (Sheet("执法与事故", None, "", "执法与事故", "", HEADS_OF_SAFETY, told, None, ()),) if told else ()


def _least(bulletin: Bulletin, one: score_words.Standing) -> str:
    return "、".join(bulletin.town(code).short for code in one.least)


def _beside(bulletin: Bulletin) -> tuple[str, ...]:
    """What towns without a task have done, beside the totals that the rates are of: in one note."""
    tables = [table for category in findings.scored(bulletin) for table in findings.scored_tables(category)]
    said = "".join(f"{table.short}{said}。" for table in tables if (said := phrase.beside(bulletin, table)))
    return (said,) if said else ()


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
    done, of_last_year = (
        findings.summed(tables, [getattr(table.total, field) for table in tables]) for field in ("done", "last_year")
    )
    before, changed = whole([table.total.last_year for table in tables]), wording.change(done, of_last_year)
    last = "、".join(bulletin.town(one.town).short for one in findings.field_of(category).lagging)
    return Row(
        (
            name_of(category),
            whole([table.total.target for table in tables]),
            whole([table.total.done for table in tables]),
            category.total_rate,
            category.gap,
            risen,
            before,
            changed,
            last,
        ),
        category.gap is not None and category.gap < 0,
    )
