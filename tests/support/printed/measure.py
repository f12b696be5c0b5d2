"""What the JSON says of a bulletin: the measure of all other outputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from anjian_cli.bulletin import wording
from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.value import Bulletin, Category, IndicatorTable
from support.printed.facts import (
    ALL,
    BEHIND,
    EVERY,
    FIRST,
    OVER,
    OVERALL,
    SAID,
    WHOLE,
    Fact,
    kind,
    listed,
    plain,
    town_names,
)


def of_json(found: Bulletin) -> Iterator[Fact]:
    names = town_names(found)
    for category in found.categories:
        scored = [table for table in category.indicators if table.scored and any(c.target for c in table.cells)]
        for table in category.indicators:
            others = [(UNSETTLED_NAME, table.other)] if table.other else []
            said = table.total if table.scored else table.whole
            county = [(WHOLE, table.total), (EVERY, table.whole), (SAID, said)]
            for place, cell in [*((names[c.town], c) for c in table.cells), *others, *county]:
                for field, number in (
                    ("任务", cell.target), ("本月", cell.this_month), ("累计", cell.done), ("欠序时", cell.owes_pace),
                    ("欠年度", cell.owes_year), ("上月累计", cell.last_month), ("上年同期", cell.last_year),
                    ("控制数", cell.control), ("剩余", cell.left),
                ):  # fmt: skip
                    yield (table.short, place, field), plain(wording.amount(number, table.unit))
                yield (table.short, place, "完成率"), plain(wording.hundredths(cell.rate))
                yield (table.short, place, "序时差"), plain(wording.decimal(cell.gap and cell.gap * 100))
                yield (table.short, place, "排名"), plain(cell.rank)
                yield (table.short, place, "上月排名"), plain(cell.last_rank)
            if table.other is None:
                yield (table.short, UNSETTLED_NAME, "累计"), "0"
                yield (table.short, UNSETTLED_NAME, "本月"), "0"
            yield (table.short, ALL, OVER), listed(names[cell.town] for cell in table.cells if cell.exceeded)
            yield (table.short, ALL, BEHIND), listed(names[code] for code in table.laggards)
        for row in category.rows:
            place = names[row.town]
            yield (kind(category.title), place, "完成率"), plain(wording.hundredths(row.rate))
            yield (kind(category.title), place, "排名"), plain(row.rank)
            yield (kind(category.title), place, "上月排名"), plain(row.last_rank)
            yield (kind(category.title), place, "序时差"), plain(wording.decimal(row.gap and row.gap * 100))
        yield (kind(category.title), WHOLE, "完成率"), plain(wording.hundredths(category.total_rate))
        yield (kind(category.title), WHOLE, "序时差"), plain(wording.decimal(category.gap and category.gap * 100))
        yield from _sums(found, category, scored)
        yield (kind(category.title), ALL, BEHIND), listed(names[code] for code in category.laggards)
        ranks = {row.town: row.rank for row in category.rows if row.rank is not None and row.rate is not None}
        known = all(cell.done is not None for table in scored for cell in table.cells if cell.target)
        yield (
            (kind(category.title), ALL, FIRST),
            listed(names[c] for c in _first(ranks, category.laggards, known=known)),
        )
    for score in found.scores:
        place = names[score.town]
        yield (OVERALL, place, "得分"), plain(wording.score(score.score))
        yield (OVERALL, place, "排名"), plain(score.rank)
        yield (OVERALL, place, "上月排名"), plain(score.last_rank)
        yield (OVERALL, place, "任务总量"), plain(score.work)
    yield (OVERALL, WHOLE, "得分"), plain(wording.score(found.mean_score))
    yield (OVERALL, WHOLE, "任务总量"), plain(sum(score.work for score in found.scores))
    yield from _in_all(found)
    yield (OVERALL, ALL, BEHIND), listed(names[code] for code in found.laggards)
    ranks = {row.town: row.rank for row in found.scores if row.rank is not None}
    tables = [t for c in found.categories if c.scored for t in c.indicators if t.scored]
    known = all(cell.done is not None for table in tables for cell in table.cells if cell.target)
    yield (OVERALL, ALL, FIRST), listed(names[code] for code in _first(ranks, found.laggards, known=known))


def _in_all(found: Bulletin) -> Iterator[Fact]:
    """What is asked of a town, and of all, in each unit."""
    tables = [table for category in found.categories if category.scored for table in category.indicators]
    for unit in {table.unit for table in tables}:
        asked = [table for table in tables if table.unit == unit and table.scored]
        of_towns = [sum(table.cells[at].target or 0 for table in asked) for at in range(len(found.towns))]
        for place, number in [*zip((town.name for town in found.towns), of_towns, strict=True), (WHOLE, sum(of_towns))]:
            yield (OVERALL, place, f"任务总量（{wording.shown_unit(unit)}）"), plain(wording.amount(number, unit))


def _sums(found: Bulletin, category: Category, scored: Sequence[IndicatorTable]) -> Iterator[Fact]:
    """Over the scored indicators of a category, where they have one unit."""
    if len({table.unit for table in scored}) > 1:
        return
    cells = {found.towns[at].name: [table.cells[at] for table in scored] for at in range(len(found.towns))}
    cells |= {WHOLE: [table.total for table in scored]}
    for place, of in cells.items():
        for field, numbers in (
            ("任务", [cell.target for cell in of]),
            ("累计", [cell.done for cell in of]),
            ("本月", [cell.this_month for cell in of]),
            ("上月累计", [cell.last_month for cell in of]),
            ("欠序时", [cell.owes_pace for cell in of]),
        ):
            known = [number for number in numbers if number is not None]
            whole = known and (len(known) == len(numbers) or field in ("任务", "欠序时"))
            total = wording.amount(sum(known), scored[0].unit) if whole else ""
            yield (kind(category.title), place, f"{field}之和"), plain(total)


def _first(ranks: Mapping[str, int], laggards: Sequence[str], *, known: bool) -> list[str]:
    """Three at most, of few towns half; who shares a place that does not fit is out, and all behind; none who lags."""
    room = min(3, len(ranks) // 2)
    fits = [code for code in ranks if sum(rank <= ranks[code] for rank in ranks.values()) <= room]
    return [code for code in fits if known and code not in laggards]
