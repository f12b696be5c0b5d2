"""What points a unit can still have, and which place it would take by them: exact arithmetic on the bulletin's value.

Others are taken to stand still. What can no more be had is told apart: an event that has happened, a mark that was
given, a period that went by without what it asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from anjian_cli.bulletin import points_sum, wording
from anjian_cli.bulletin.outlook import months_left
from anjian_cli.bulletin.points_value import ItemPoints, PointsRow, PointsTable, ScoredItem
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.light_dataclasses import dataclass, replace
from anjian_cli.rules import scoring

NAMED = 3
"""So many items are named of a unit in a table of all."""
METHOD = (
    "还能得的分，是某一项得到满分时总分会多出的分，已计入各项限额；其时名次按其他{units}的得分不变算。"
    "待报、待评的按能得满分计；已经发生的、已经评定的、已过的一期里缺的，不再能得。仅供参考"
)


@dataclass(frozen=True, slots=True)
class Chance:
    """An item of which more can be had: what the total would gain by its full marks, and the place then."""

    item: ScoredItem
    has: ItemPoints
    gain: Fraction
    rank: int | None


@dataclass(frozen=True, slots=True)
class PointsAhead:
    """What lies ahead of a unit: `chances`, the greatest first; all of them together (`gain`), and total and place
    then; `gone`: the items of which points are lost that can no more be had, and how many."""

    town: str
    total: Fraction
    rank: int | None
    chances: tuple[Chance, ...]
    gain: Fraction
    total_then: Fraction
    rank_then: int | None
    gone: tuple[tuple[ScoredItem, Fraction], ...]


def ahead(bulletin: Bulletin) -> tuple[PointsAhead, ...]:
    """Of every unit that has a total, in the order of places; () where no points are given."""
    table = bulletin.points
    if table is None:
        return ()
    order = [row.town for row in bulletin.scores if row.score is not None]
    return tuple(_ahead(bulletin, table, table.row(town)) for town in order)


def chances_told(one: PointsAhead) -> str:
    """监管人员10分、负责人培训8分: the greatest few."""
    told = [f"{chance.item.short}{wording.marks(chance.gain)}分" for chance in one.chances[:NAMED]]
    more = f"等{len(one.chances)}项" if len(one.chances) > NAMED else ""
    return "、".join(told) + more


def all_told(one: PointsAhead) -> str:
    """各项都得满分的，总分95分，由第3名到第1名."""
    place = f"，由第{one.rank}名到第{one.rank_then}名" if one.rank is not None and one.rank_then != one.rank else ""
    stays = f"，仍是第{one.rank}名" if one.rank is not None and one.rank_then == one.rank else ""
    return f"各项都得满分的，总分{wording.marks(one.total_then)}分{place}{stays}"


def gone_told(one: PointsAhead) -> str:
    """不再能得的：书记督查15分; '' where there is nothing."""
    told = "、".join(f"{item.short}{wording.marks(lost)}分" for item, lost in one.gone)
    return f"不再能得的：{told}" if told else ""


def _ahead(bulletin: Bulletin, table: PointsTable, row: PointsRow) -> PointsAhead:
    total = row.total or Fraction(0)
    kinds = {of.id: "stock" if of.kind == "stock" and not of.of_year else of.kind
             for category in bulletin.categories for of in category.indicators}  # fmt: skip
    lost = list(_lost(table, row))
    can = [(item, has) for item, has in lost if _may_still(bulletin, item, has, kinds)]
    chances = []
    for item, has in can:
        then = _with(table, row, {item.id: item.full or Fraction(0)})
        gain = (then.total or Fraction(0)) - total
        if gain > 0:
            chances.append(Chance(item, has, gain, _place(table, then)))
    chances.sort(key=lambda chance: -chance.gain)
    all_then = _with(table, row, {chance.item.id: chance.item.full or Fraction(0) for chance in chances})
    gone = [
        (item, item.full - has.points)
        for item, has in lost
        if (item, has) not in can and item.full is not None and has.points is not None
    ]
    gone.sort(key=lambda pair: -pair[1])
    return PointsAhead(
        town=row.town,
        total=total,
        rank=_place(table, row),
        chances=tuple(chances),
        gain=(all_then.total or Fraction(0)) - total,
        total_then=all_then.total or Fraction(0),
        rank_then=_place(table, all_then),
        gone=tuple(gone),
    )


def _lost(table: PointsTable, row: PointsRow) -> Iterator[tuple[ScoredItem, ItemPoints]]:
    """The items of which not all full marks are there; what there is nothing to count of is none of them."""
    for item, has in zip(table.items, row.items, strict=True):
        if item.full is None or item.form == scoring.BONUS or has.state == scoring.MISSING:
            continue
        if has.points is None or has.points < item.full:
            yield item, has


def _may_still(bulletin: Bulletin, item: ScoredItem, has: ItemPoints, kinds: Mapping[str, str]) -> bool:
    """Whether more can be had of an item before the year is over."""
    if has.state:
        return has.state in (scoring.UNREPORTED, scoring.UNMARKED)
    how = item.scoring
    if item.form == scoring.MARK or not months_left(bulletin):
        return False
    if how.required is not None and item.form == scoring.DEDUCT:
        return how.required.by_quarter
    if item.form in (scoring.RATE, scoring.STEPS) or how.per == scoring.LESS_EACH or how.below is not None:
        return True
    return kinds.get(item.id) == "stock"  # what stands open can be closed; what has happened stays


def _with(table: PointsTable, row: PointsRow, changed: Mapping[str, Fraction]) -> PointsRow:
    """A unit's row with other points in some items; one that reports is heard of."""
    found = points_sum.reckon(table, row, changed).total.points
    open_ = {item.id for item, has in zip(table.items, row.items, strict=True) if has.state == scoring.UNREPORTED}
    return replace(
        row,
        total=Fraction(0) if row.nullified else found,
        unheard=row.unheard and not open_ & changed.keys(),
    )


def _place(table: PointsTable, then: PointsRow) -> int | None:
    """The place that a row would have among the others as they stand."""
    return points_sum.places([then if row.town == then.town else row for row in table.rows]).get(then.town)
