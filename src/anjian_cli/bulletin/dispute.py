"""Why a town has its place: what its score is made of, who came past it, and what would lift it. Exact arithmetic on
the bulletin's value; knows no ledger.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from anjian_cli.bulletin import findings, points_outlook, ranking
from anjian_cli.bulletin.points_value import TOLD_IF_ANY, PointsRow, PointsTable
from anjian_cli.bulletin.value import Bulletin, Category, CategoryRow, IndicatorTable, ScoreRow
from anjian_cli.light_dataclasses import dataclass, field
from anjian_cli.rules import scoring

WAYS = 3  # how many ways up are shown


@dataclass(frozen=True, slots=True)
class Part:
    """What a category brings to the score, in 分. `done` and `target` are sums over its scored indicators, None where
    they differ in unit; likewise what is owed to the pace and to the year."""

    title: str
    done: int | None
    target: int | None
    unit: str
    row: CategoryRow
    points: Fraction
    owes_pace: int | None
    owes_year: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One way to a better place: `count` more of an indicator, in its `unit`."""

    short: str
    unit: str
    count: int


@dataclass(frozen=True, slots=True)
class PointsPart:
    """What a unit has in a category of a scheme that gives points, before its conversion; the `mean` of all that have
    any; `why` it is not more: its items and their reasons."""

    title: str
    full: Fraction | None
    points: Fraction | None
    mean: Fraction | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lift:
    """An item by whose full marks a unit would gain so many points and stand at `rank`, others as they are."""

    short: str
    gain: Fraction
    rank: int | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """`row` is the town's line of the ranking. `passed_by` are the towns that stood behind it (or level) last month and
    stand before it now, `passed` the other way round. `goal` is the place that `ways` lead to, each by itself: last
    month's where that was better, else the next above; None for the first. `holder` stands there now, `short_of` points
    ahead. Where a scheme gives points, `points` and `lifts` stand in place of `parts` and `ways`, and `said` is what
    vetoes and consequences say."""

    row: ScoreRow
    parts: tuple[Part, ...]
    passed_by: tuple[ScoreRow, ...]
    passed: tuple[ScoreRow, ...]
    goal: int | None
    holder: ScoreRow | None
    short_of: Fraction | None
    ways: tuple[tuple[Step, ...], ...]
    points: tuple[PointsPart, ...] = field(default=(), metadata=TOLD_IF_ANY)
    lifts: tuple[Lift, ...] = field(default=(), metadata=TOLD_IF_ANY)
    said: tuple[str, ...] = field(default=(), metadata=TOLD_IF_ANY)


def dispute(bulletin: Bulletin, town: str) -> Dispute | None:
    """A town's place taken apart; None where it has no score. Raises KeyError for what is no town of the bulletin."""
    row = {each.town: each for each in bulletin.scores}[town]
    if row.score is None or row.rank is None:
        return None
    at = bulletin.at(town)
    taken = _taken(bulletin, at)
    whole = sum((category.weight for category, _ in taken), Fraction(0))
    parts = tuple(_part(category, own, at, whole) for category, own in taken)
    holder = _holder(bulletin, row)
    short_of = None if holder is None or holder.score is None else holder.score - row.score
    ways = () if short_of is None else _ways(at, taken, whole, short_of)
    table = bulletin.points
    own = None if table is None else table.row(town)
    passed_by = tuple(each for each in bulletin.scores if _passed(row, each))
    passed = tuple(each for each in bulletin.scores if _passed(each, row))
    return Dispute(
        row=row,
        parts=parts,
        passed_by=passed_by,
        passed=passed,
        goal=None if holder is None else holder.rank,
        holder=holder,
        short_of=short_of,
        ways=ways,
        points=() if table is None or own is None else _points(table, own),
        lifts=_lifts(bulletin, town),
        said=() if own is None else (*own.vetoes, *own.consequences),
    )


def why_unplaced(bulletin: Bulletin, town: str) -> str:
    """Why a town has no place."""
    if bulletin.points is not None:
        own = bulletin.points.row(town)
        return "；".join(own.vetoes) if own.placing == scoring.UNRANKED else "它没有可计分的项目，不计总分"
    scored = any(row.score is not None for row in bulletin.scores if row.town == town)
    return "各镇（街、区）都还没有完成任何任务，不排名次" if scored else "它没有年度任务，不评综合得分"


def _points(table: PointsTable, own: PointsRow) -> tuple[PointsPart, ...]:
    found = []
    for at, category in enumerate(table.categories):
        has = own.categories[at]
        all_of = [points for row in table.rows if (points := row.categories[at].points) is not None]
        why = tuple(
            f"{item.short}{f'：{each.reason}' if each.reason else each.state}"
            for item, each in zip(table.items, own.items, strict=True)
            if item.category == category.id and (each.state or each.points != item.full) and (each.reason or each.state)
        )
        full = None if category.full is None else has.full
        found.append(PointsPart(category.title, full, has.points, ranking.mean(all_of), why))
    return tuple(found)


def _lifts(bulletin: Bulletin, town: str) -> tuple[Lift, ...]:
    found = next((each for each in points_outlook.ahead(bulletin) if each.town == town), None)
    chances = () if found is None else found.chances[:WAYS]
    return tuple(Lift(chance.item.short, chance.gain, chance.rank) for chance in chances)


def _taken(bulletin: Bulletin, at: int) -> list[tuple[Category, CategoryRow]]:
    """The categories that the town is scored in, each with its row."""
    rows = [(category, category.rows[at]) for category in findings.scored(bulletin) if category.rows]
    return [(category, row) for category, row in rows if row.rate is not None and category.weight]


def _rated(category: Category, at: int) -> list[IndicatorTable]:
    """The indicators whose rates make the town's rate in the category."""
    return [table for table in category.indicators if table.scored and table.cells[at].rate is not None]


def _part(category: Category, row: CategoryRow, at: int, whole: Fraction) -> Part:
    tables = _rated(category, at)
    cells = [table.cells[at] for table in tables]
    return Part(
        title=category.title,
        done=findings.summed(tables, [cell.done for cell in cells]),
        target=findings.summed(tables, [cell.target for cell in cells]),
        unit=tables[0].unit if len({table.unit for table in tables}) == 1 else "",
        row=row,
        points=(row.rate or Fraction(0)) * ranking.FULL * category.weight / whole,
        owes_pace=findings.summed(tables, [cell.owes_pace for cell in cells]),
        owes_year=findings.summed(tables, [cell.owes_year for cell in cells]),
    )


def _passed(row: ScoreRow, other: ScoreRow) -> bool:
    """Whether the other one came past."""
    if None in (row.rank, row.last_rank, other.rank, other.last_rank):
        return False
    return (other.rank or 0) < (row.rank or 0) and (other.last_rank or 0) >= (row.last_rank or 0)


def _holder(bulletin: Bulletin, row: ScoreRow) -> ScoreRow | None:
    """Who stands where the town would be: at last month's place if that was better, else the next before it."""
    rank = row.rank or 0
    wanted = row.last_rank if row.last_rank is not None and row.last_rank < rank else rank - 1
    placed = (each for each in bulletin.scores if each.rank is not None and each.rank <= wanted)
    return max(placed, key=lambda each: each.rank or 0, default=None)


def _ways(
    at: int, taken: list[tuple[Category, CategoryRow]], whole: Fraction, short_of: Fraction
) -> tuple[tuple[Step, ...], ...]:
    """Ways of one indicator each, the fewest first; if none is enough, one of several, by what brings most a piece.

    Every piece brings the same until the indicator is done: beyond that nothing is counted on, also where rates are
    not capped."""
    gains = [
        (table, ranking.FULL * category.weight / whole / count / target, target - done)
        for category, _ in taken
        for count in [len(_rated(category, at))]
        for table in category.indicators
        if table.scored
        and (target := table.cells[at].target)
        and (done := table.cells[at].done) is not None
        and done < target
    ]
    alone = [
        (Step(table.short, table.unit, ceil(short_of / gain)),)
        for table, gain, room in gains
        if ceil(short_of / gain) <= room
    ]
    if alone:
        return tuple(sorted(alone, key=lambda way: way[0].count)[:WAYS])
    together = _together(gains, short_of)
    return (together,) if together else ()


def _together(gains: list[tuple[IndicatorTable, Fraction, int]], short_of: Fraction) -> tuple[Step, ...]:
    steps = []
    for table, gain, room in sorted(gains, key=lambda each: -each[1]):
        if short_of <= 0:
            break
        count = min(room, ceil(short_of / gain))
        steps.append(Step(table.short, table.unit, count))
        short_of -= count * gain
    return tuple(steps) if short_of <= 0 else ()
