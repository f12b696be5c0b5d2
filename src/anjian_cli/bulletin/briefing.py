"""What the leadership should know before a meeting, beside the table: as sentences, each by a rule.

Takes the bulletin and what its tasks rest on. What a town may be asked about (small bases, tasks cut, great falls,
corrections) stands together.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from anjian_cli.bulletin import control, findings, phrase, points_sentences, sentences, wording
from anjian_cli.bulletin.dispute import dispute
from anjian_cli.bulletin.outlook import METHOD, outlook
from anjian_cli.bulletin.value import Bulletin, TaskBasis

SMALL = Fraction(1, 2)
"""A town of less than this part of the mean work has a small base: its rates jump."""
NAMED = 4
"""How many falls are told, and how many indicators that will fall short."""


def briefing(bulletin: Bulletin, tasks: Sequence[TaskBasis]) -> tuple[str, ...]:
    """The points of the briefing, numbered; one on which there is nothing to say is left out."""
    points = [
        ("排名", sentences.places(bulletin) + points_sentences.provisional(bulletin)),
        ("得分", _points(bulletin)),
        ("执法与事故", _safety(bulletin)),
        ("存在问题", _problems(bulletin)),
        ("可能被问到", _asked(bulletin, tasks)),
        ("年底预计", _expected(bulletin)),
    ]
    return wording.numbered([f"{title}：{text}" for title, text in points if text])


def _points(bulletin: Bulletin) -> str:
    """Where points were lost, and whom a veto or a consequence is about."""
    lost = points_sentences.most_lost(bulletin)
    said = f"扣分多的：{lost}。" if lost else ""
    return said + points_sentences.vetoes(bulletin) + points_sentences.consequences(bulletin)


def _safety(bulletin: Bulletin) -> str:
    rates = phrase.death_rates(bulletin)
    controls = control.sentences(bulletin)
    major = points_sentences.major_hazards(bulletin)
    return "".join((sentences.cases(bulletin), sentences.accidents(bulletin), *rates, *controls, major))


def _problems(bulletin: Bulletin) -> str:
    slow = sentences.slow(bulletin)
    return (
        ("" if slow is None else slow[0] + slow[1])
        + sentences.often_behind(bulletin)
        + sentences.rectification(bulletin)
        + sentences.filings(bulletin)
    )


def _asked(bulletin: Bulletin, tasks: Sequence[TaskBasis]) -> str:
    parts = [_small(bulletin), _cut(bulletin, tasks), *_falls(bulletin), sentences.corrected(bulletin)]
    return "".join(part for part in parts if part)


def _small(bulletin: Bulletin) -> str:
    """Leaders and laggards whose place rests on little. Where points are given, all are asked the same."""
    if not bulletin.by_rates:
        return ""
    works = [row.work for row in bulletin.scores if row.rank is not None]
    if not works:
        return ""
    mean = Fraction(sum(works), len(works))
    field = findings.overall(bulletin)
    at_ends = {one.town for one in (*field.leaders, *field.lagging)}
    small = [row for row in bulletin.scores if row.town in at_ends and row.work < mean * SMALL]
    named = [f"{phrase.place(bulletin, row.town)}{row.work}件（第{row.rank}名）" for row in small]
    return f"基数小的有{'、'.join(named)}，平均{wording.decimal(mean, 0)}件。" if named else ""


def _cut(bulletin: Bulletin, tasks: Sequence[TaskBasis]) -> str:
    tables = {table.id: table for category in bulletin.categories for table in category.indicators}
    cut = [
        f"{task.name}{table.short}由{wording.amount(task.before, table.unit)}减为"
        f"{wording.amount(task.quantity, table.unit)}{f'（{task.reason}）' if task.reason else ''}"
        for task in tasks
        if task.before is not None and task.quantity is not None and task.quantity < task.before
        if (table := tables.get(task.indicator)) is not None and not table.less
    ]
    more = f"等{len(cut)}项" if len(cut) > NAMED else ""
    return f"核减任务的有{'、'.join(cut[:NAMED])}{more}。" if cut else ""


def _falls(bulletin: Bulletin) -> list[str]:
    """Why those fell who fell far (R4): their own change, and who came past."""
    fallen = [code for by, codes in findings.moves(bulletin).items() if by < 0 for code in codes]
    said = []
    for code in fallen[-NAMED:]:
        found = dispute(bulletin, code)
        if found is None:
            continue
        row = found.row
        by = (row.rank or 0) - (row.last_rank or 0)
        past = (
            f"，{sentences.names(bulletin, [each.town for each in found.passed_by])}先后超过" if found.passed_by else ""
        )
        said.append(f"{phrase.place(bulletin, code)}降{by}位，{phrase.score_change(row)}{past}。")
    return said


def _expected(bulletin: Bulletin) -> str:
    """What will fall short in the county, the largest share first."""
    short = [
        (Fraction(ahead.short_of, ahead.cell.target), one.table, ahead.expected, ahead.short_of)
        for one in outlook(bulletin)
        if (ahead := one.total) is not None and ahead.short_of and ahead.cell.target and ahead.expected is not None
    ]
    short.sort(key=lambda each: -each[0])
    told = []
    for _, table, expected, short_of in short[:NAMED]:
        amounts = [f"{wording.amount(n, table.unit)}{wording.shown_unit(table.unit)}" for n in (expected, short_of)]
        told.append(f"{table.short}{amounts[0]}，缺口{amounts[1]}")
    known = any(one.total is not None and one.total.expected is not None for one in outlook(bulletin))
    if told:
        return f"{'；'.join(told)}。{METHOD}。"
    return f"{bulletin.county}各项均可完成年度任务。{METHOD}。" if known else ""
