"""明细 of points: what a total is of its categories, a category of its items, an item of what was counted or marked.

Whatever is listed adds up to the figure that it explains, or nothing is said (E820). Takes the bulletin's value as it
was locked or is computed now; of the ledger it reads marks, and the records behind an item's count (`explain`).
"""

from __future__ import annotations

import sqlite3
from contextlib import nullcontext
from fractions import Fraction

from anjian_cli.bulletin import (
    composition,
    explain,
    locked_month,
    place_asked,
    points_evidence,
    points_reason,
    points_sum,
    ranking,
)
from anjian_cli.bulletin.correction import as_locked
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.explain import Explanation
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.points_value import ItemPoints, PointsCategory, PointsRow, PointsTable, ScoredItem
from anjian_cli.bulletin.tables import MARK, cell_code
from anjian_cli.bulletin.value import COUNTY, UNSETTLED, Bulletin, Town
from anjian_cli.errors import refused
from anjian_cli.ledger import held, schemes
from anjian_cli.light_dataclasses import dataclass, replace
from anjian_cli.rules import scoring
from anjian_cli.rules.scoring_total import BONUSES, DEDUCTIONS, GROUP, LIMIT, MADE_UP, Cut
from anjian_cli.rules.totals import BY_POINTS

TOTAL = "总分"


@dataclass(frozen=True, slots=True)
class Change:
    """What a limit or a rule adds to the points, or takes off (`by` below 0), and which it is."""

    why: str
    by: Fraction


@dataclass(frozen=True, slots=True)
class Part:
    """A category of a total, an item of a category, a unit of the county's mean. `code` is what `explain` takes.

    `of_items` is what the items of a category come to and `changes` what its limits make of it; of an item these are
    its points and (). `points` None: there are none, and `state` says why. `counted` is what enters the whole: of a
    category its points by its conversion (折算)."""

    title: str
    code: str
    group: str
    full: Fraction | None
    of_items: Fraction
    changes: tuple[Change, ...]
    points: Fraction | None
    conversion: Fraction | None
    counted: Fraction
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class PointsExplained:
    """`counted` of the parts and `changes` add up to `result`; of the county `result` is the mean of the parts that
    have points (`mean`). `full` is what could be had, `open` the full marks of what is still open. `said` are vetoes
    and consequences."""

    bulletin: Bulletin
    code: str
    place_name: str
    title: str
    mean: bool
    parts: tuple[Part, ...]
    changes: tuple[Change, ...]
    result: Fraction | None
    full: Fraction | None
    open: Fraction
    provisional: bool
    grade: str
    rank: int | None
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkGiven:
    """A mark by its number; `points` None: it does not apply to the unit (不涉及)."""

    number: str
    points: Fraction | None
    reason: str
    marker: str


@dataclass(frozen=True, slots=True)
class ItemExplained:
    """`steps` add up to the item's points. `marks` are those that it has; `records` is what was counted, None of an
    item that is marked."""

    bulletin: Bulletin
    code: str
    place_name: str
    item: ScoredItem
    points: ItemPoints
    steps: tuple[Change, ...]
    marks: tuple[MarkGiven, ...]
    records: Explanation | None


def whole(connection: sqlite3.Connection, of: composition.Asked) -> PointsExplained | None:
    """What a total or a category's points are made of; None in a month that gives no points. Raises `Refused` E451
    where the unit or the category is not in that month's bulletin or has no points, E820 where they do not add up."""
    if not _by_points(connection, of.period):
        return None
    bulletin = place_asked.bulletin(connection, of.period, of.of)
    table = bulletin.points
    if table is None:
        return None
    category = None
    if of.category:
        category = next((each for each in table.categories if each.id == of.category), None)
        if category is None:
            name = schemes.on(connection, of.period.as_of).name
            raise refused("E451", of.category, remedy=f"{of.period.title}的办法（{name}）里这一类不计分，或没有这一类")
    if of.place == COUNTY:
        return _county(bulletin, table, category)
    town = _town(bulletin, of.place)
    if category is None:
        return _total(bulletin, table, town)
    return _of_category(bulletin, table, category, town)


def item(connection: sqlite3.Connection, of: explain.Asked) -> ItemExplained | None:
    """How an item's points come about, for one unit; None where no points are asked about. Raises `Refused` E451 where
    marks of the whole county are asked for, E820 where they do not add up, and as `explain.explain`."""
    if not _by_points(connection, of.period):
        return None
    bulletin = place_asked.bulletin(connection, of.period, of.of)
    table = bulletin.points
    if table is None:
        return None
    at = next((at for at, each in enumerate(table.items) if each.id == of.indicator), None)
    marked = at is not None and table.items[at].form == scoring.MARK
    if at is None or of.place in (COUNTY, UNSETTLED):
        if marked:
            raise refused("E451", of.indicator, remedy=f"评分逐个{bulletin.units}看，如 10-简称-短名")
        return None
    town = _town(bulletin, of.place)
    points = table.row(town.code).items[at]
    scored = table.items[at]
    code = cell_code(bulletin.month, town.short, scored.short)
    counted = None if _is_mark(connection, of) else explain.explain(connection, of)
    marks = _marks(connection, of, bulletin) if marked else ()
    steps = _steps(code, scored, points, marks)
    return ItemExplained(bulletin, code, town.name, scored, points, steps, marks, counted)


def _by_points(connection: sqlite3.Connection, period: Period) -> bool:
    return schemes.on(connection, period.as_of).total == BY_POINTS


def _is_mark(connection: sqlite3.Connection, of: explain.Asked) -> bool:
    return define(connection, of.period, of=of.of).indicator(of.indicator).kind == MARK


def _town(bulletin: Bulletin, code: str) -> Town:
    for town in bulletin.towns:
        if town.code == code:
            return town
    raise refused("E451", code, remedy=f"{bulletin.month}的通报里没有这个{bulletin.units}")


def _total(bulletin: Bulletin, table: PointsTable, town: Town) -> PointsExplained:
    code = cell_code(bulletin.month, town.short, composition.SCORE_WORDS[0])
    row = table.row(town.code)
    found = points_sum.checked(code, table, row)
    parts = []
    for at, category in enumerate(table.categories):
        has, cuts = row.categories[at], found.categories[at].cuts
        conversion = Fraction(1) if category.conversion is None else category.conversion
        parts.append(
            Part(
                title=category.title,
                code=cell_code(bulletin.month, town.short, composition.short_title(category.title)),
                group="",
                full=has.full if category.full is not None else None,
                of_items=_together(table, row, category),
                changes=tuple(_change(category, cut, table) for cut in cuts),
                points=has.points,
                conversion=category.conversion,
                counted=Fraction(0) if has.points is None else has.points * conversion,
                state=scoring.MISSING if has.points is None else "",
                reason=_left_out(category, has.full) if has.points is not None else "",
            )
        )
    changes = [Change("整类缺项，由其余各类折算", cut.by) for cut in found.total.cuts]
    if row.nullified and found.total.points:
        changes.append(Change("一票否决，得分归零", -found.total.points))
    made = PointsExplained(
        bulletin=bulletin,
        code=code,
        place_name=town.name,
        title=TOTAL,
        mean=False,
        parts=tuple(parts),
        changes=tuple(changes),
        result=row.total,
        full=row.full,
        open=row.open,
        provisional=row.provisional,
        grade=row.grade,
        rank=_rank(bulletin, town.code),
        said=(*row.vetoes, *row.consequences),
    )
    return _adding_up(made)


def _left_out(category: PointsCategory, could: Fraction) -> str:
    """How much of a category's full marks there is nothing to count of."""
    if category.full is None or could >= category.full:
        return ""
    left_out = points_reason.points(category.full - could)
    return f"满分{points_reason.points(category.full)}分，缺项的{left_out}分不计"


def _rank(bulletin: Bulletin, town: str) -> int | None:
    return next(row.rank for row in bulletin.scores if row.town == town)


def _together(table: PointsTable, row: PointsRow, category: PointsCategory) -> Fraction:
    return sum(
        (
            has.points
            for each, has in zip(table.items, row.items, strict=True)
            if each.category == category.id and has.points is not None
        ),
        Fraction(0),
    )


def _of_category(bulletin: Bulletin, table: PointsTable, category: PointsCategory, town: Town) -> PointsExplained:
    code = cell_code(bulletin.month, town.short, composition.short_title(category.title))
    row = table.row(town.code)
    at = [each.id for each in table.categories].index(category.id)
    found = points_sum.checked(code, table, row).categories[at]
    own = [(each, has) for each, has in zip(table.items, row.items, strict=True) if each.category == category.id]
    parts = tuple(
        Part(
            title=each.short,
            code=cell_code(bulletin.month, town.short, each.short),
            group=each.group,
            full=each.full,
            of_items=has.points or Fraction(0),
            changes=(),
            points=has.points,
            conversion=None,
            counted=has.points or Fraction(0),
            state=has.state,
            reason=has.reason,
        )
        for each, has in own
    )
    made = PointsExplained(
        bulletin=bulletin,
        code=code,
        place_name=town.name,
        title=category.title,
        mean=False,
        parts=parts,
        changes=tuple(_change(category, cut, table) for cut in found.cuts),
        result=found.points,
        full=found.full if category.full is not None else None,
        open=found.open,
        provisional=any(has.state in scoring.OPEN for _, has in own),
        grade="",
        rank=None,
        said=(),
    )
    return _adding_up(made)


def _adding_up(made: PointsExplained) -> PointsExplained:
    """Raises `Refused` E820 where parts and changes do not come to the result."""
    together = sum((part.counted for part in made.parts), Fraction(0)) + sum((c.by for c in made.changes), Fraction(0))
    inside = all(
        part.of_items + sum((change.by for change in part.changes), Fraction(0)) == (part.points or Fraction(0))
        for part in made.parts
    )
    if together != (made.result or Fraction(0)) or not inside:
        figures = [points_reason.points(value) for value in (made.result, together)]
        raise refused("E820", cell=made.code, figure=figures[0], found=figures[1])
    return made


def _change(category: PointsCategory, cut: Cut, table: PointsTable) -> Change:
    """A limit with its number: 党政领导责任以30分为限."""
    why = cut.why
    if why == GROUP:
        full = next(g.full for g in table.groups if g.category == category.id and g.title == cut.of)
        why = f"{cut.of}以{points_reason.points(full)}分为限"
    elif why == DEDUCTIONS:
        why = f"扣分合计不超过{points_reason.points(category.deduction_cap)}分"
    elif why == BONUSES:
        why = f"加分合计不超过{points_reason.points(category.bonus_cap)}分"
    elif why == LIMIT:
        why = f"{category.title}以{points_reason.points(category.limit)}分为限"
    elif why == MADE_UP:
        why = "缺项由其余项目折算"
    return Change(why, cut.by)


def _county(bulletin: Bulletin, table: PointsTable, category: PointsCategory | None) -> PointsExplained:
    """The mean of the units that have points."""
    word = composition.SCORE_WORDS[0] if category is None else composition.short_title(category.title)
    parts = []
    for row in table.rows:
        town = bulletin.town(row.town)
        code = cell_code(bulletin.month, town.short, word)
        found = points_sum.checked(code, table, row)
        if category is None:
            has, full, open_ = row.total, row.full, row.open
        else:
            own = found.categories[[each.id for each in table.categories].index(category.id)]
            has, full, open_ = own.points, own.full, own.open
        parts.append(
            Part(
                title=town.name,
                code=code,
                group="",
                full=full if category is None or category.full is not None else None,
                of_items=has or Fraction(0),
                changes=(),
                points=has,
                conversion=None,
                counted=has or Fraction(0),
                state=scoring.MISSING if has is None else "",
                reason=f"暂计，还有{points_reason.points(open_)}分未定" if open_ else "",
            )
        )
    result = ranking.mean([part.points for part in parts if part.points is not None])
    return PointsExplained(
        bulletin=bulletin,
        code=cell_code(bulletin.month, bulletin.whole_word if bulletin.of else COUNTY, word),
        place_name=bulletin.whole_word,
        title=f"{TOTAL if category is None else category.title}平均",
        mean=True,
        parts=tuple(parts),
        changes=(),
        result=result,
        full=None,
        open=Fraction(0),
        provisional=any(row.provisional for row in table.rows) if category is None else any(p.reason for p in parts),
        grade="",
        rank=None,
        said=(),
    )


def _marks(connection: sqlite3.Connection, of: explain.Asked, bulletin: Bulletin) -> tuple[MarkGiven, ...]:
    """The marks of an item, of a locked month those that there were when it was locked."""
    held.tables(connection, ("mark",))
    locked = locked_month.find(connection, of.period.key)
    with nullcontext(connection) if locked is None else as_locked(connection, locked) as known:
        definition = define(known, replace(of.period, as_of=bulletin.as_of), of=of.of)
        found = points_evidence.marks(known, definition).get((of.indicator, of.place), [])
    return tuple(MarkGiven(mark.number, mark.points, mark.reason, mark.marker) for mark in found)


def _steps(code: str, scored: ScoredItem, points: ItemPoints, marks: tuple[MarkGiven, ...]) -> tuple[Change, ...]:
    """From full marks, or from nothing, to the points; () where there are none."""
    has, how = points.points, scored.scoring
    if has is None:
        return ()
    if scored.form == scoring.MARK:
        given = sum((mark.points for mark in marks if mark.points is not None), Fraction(0))
        if given != points.due:
            figures = [points_reason.points(value) for value in (points.due, given)]
            raise refused("E820", cell=code, figure=figures[0], found=figures[1])
        steps = [] if how.from_nothing and marks else [Change("满分", scored.full or Fraction(0))]
        steps += [Change(mark.number, mark.points) for mark in marks if mark.points]
    elif scored.form == scoring.DEDUCT:
        steps = [Change("满分", scored.full)] if scored.full is not None else []
        steps += [Change(points.reason, -points.due)] if points.due else []
    elif scored.form == scoring.BONUS:
        steps = [Change(points.reason, points.due)] if points.due else []
    else:
        return (Change(points.reason, has),)
    left = has - sum((step.by for step in steps), Fraction(0))
    if left:
        steps.append(Change("以满分为限、扣完为止" if scored.form != scoring.BONUS else "按该项加分的上限", left))
    return tuple(steps)
