"""What a bulletin's figures say, before it is put into words: who leads, who lags, who has finished, who moved, what is
owed. Exact values only; every sentence of the letter rests on these. Rules R3 to R6, R11 and R12.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from anjian_cli.bulletin import ranking
from anjian_cli.bulletin.value import Bulletin, Category, IndicatorTable
from anjian_cli.light_dataclasses import dataclass

NAMED = 3  # how many lead by name
MOVED = 3  # places from which on a move is named (R4)
OFTEN = 5  # categories below the pace from which on a town is named (R12)
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Placed:
    """A town with a rate (or a score) and its place, None where nobody has one. `gap` is its lead on the pace;
    `finished`: all that is scored is done."""

    town: str
    value: Fraction
    rank: int | None
    gap: Fraction
    finished: bool


@dataclass(frozen=True, slots=True)
class Field:
    """The towns of one category, or of the overall score, by place. `laggards` are those of the bulletin: whoever says
    who is behind, in whatever words and form, reads that one list. `known`: every town with a task has a known figure;
    else nobody is said to be first or done."""

    towns: tuple[Placed, ...]
    laggards: tuple[str, ...] = ()
    known: bool = True

    @property
    def named(self) -> int:
        """How many may be named as first: three, of few towns no more than half."""
        return min(NAMED, len(self.towns) // 2)

    @property
    def leaders(self) -> tuple[Placed, ...]:
        """The first three towns; those that share a place that does not fit are left out, and all behind them (R3).
        Who lags is not among the first, whatever its place."""
        ranks = {one.town: one.rank for one in self.towns if one.rank is not None} if self.known else {}
        named = ranking.first_places(ranks, self.named, [one.town for one in self.towns])
        return tuple(one for one in self.towns if one.town in named and one.town not in self.laggards)

    @property
    def lagging(self) -> tuple[Placed, ...]:
        """Who lags, by place."""
        return tuple(one for one in self.towns if one.town in self.laggards)

    @property
    def last(self) -> bool:
        """Whether those who lag are the last by place: a town at the pace of fewer kinds may stand among them."""
        return {one.town for one in self.towns[len(self.towns) - len(self.lagging) :]} == set(self.laggards)

    @property
    def below(self) -> tuple[Placed, ...]:
        """The towns below the pace, by the exact fraction (R2)."""
        return tuple(one for one in self.towns if one.gap < 0)

    @property
    def met(self) -> tuple[Placed, ...]:
        """The towns that have reached the pace."""
        return tuple(one for one in self.towns if one.gap >= 0)

    @property
    def finished(self) -> tuple[Placed, ...]:
        """The towns that have done all that is asked (R6)."""
        return tuple(one for one in self.towns if one.finished) if self.known else ()

    @property
    def under_half(self) -> tuple[Placed, ...]:
        """The towns with a rate below one half (R5)."""
        return tuple(one for one in self.towns if one.value < HALF)


def scored_tables(category: Category) -> list[IndicatorTable]:
    """The indicators that make the category's rate this month. One that is ranked, but not scored this month, is not
    among them (`phrase.measured`)."""
    return [table for table in category.indicators if table.scored and table.tasked]


def summed(tables: Sequence[IndicatorTable], figures: Sequence[int | None]) -> int | None:
    """The sum of one figure of each of some indicators; None where their units differ, or one is not known."""
    known = [figure for figure in figures if figure is not None]
    alike = len({table.unit for table in tables}) == 1
    return sum(known) if alike and len(known) == len(figures) else None


def field_of(category: Category) -> Field:
    """The towns with a rate in a category; a town without a task is in no list (R6)."""
    tables = scored_tables(category)
    finished = {
        row.town
        for at, row in enumerate(category.rows)
        if all((rate := table.cells[at].rate) is None or rate >= 1 for table in tables)
    }
    found = [
        Placed(row.town, row.rate, row.rank, row.gap, row.town in finished)
        for row in category.rows
        if row.rate is not None and row.gap is not None
    ]
    found.sort(key=lambda one: one.rank or 0)  # either all have a place, or nobody
    return Field(tuple(found), category.laggards, all(table.known for table in tables))


def overall(bulletin: Bulletin) -> Field:
    """The towns with a score. The score has no pace of its own: nobody is below it."""
    found = [
        Placed(row.town, row.score, row.rank, Fraction(0), False) for row in bulletin.scores if row.score is not None
    ]
    known = all(table.known for category in scored(bulletin) for table in scored_tables(category))
    return Field(tuple(found), bulletin.laggards, known)


def moves(bulletin: Bulletin) -> dict[int, list[str]]:
    """Towns that moved three places or more, by how many (up positive), the greatest rise first (R4)."""
    found: dict[int, list[str]] = {}
    for row in bulletin.scores:
        if row.moved is not None and abs(row.moved) >= MOVED:
            found.setdefault(row.moved, []).append(row.town)
    return dict(sorted(found.items(), reverse=True))


def scored(bulletin: Bulletin) -> list[Category]:
    """The categories that make the score."""
    return [category for category in bulletin.categories if category.scored]


def category_of(bulletin: Bulletin, known_as: str) -> Category | None:
    """The category that has the indicator known by an id, whatever it is called; None where there is none."""
    for category in bulletin.categories:
        if any(table.known_as == known_as for table in category.indicators):
            return category
    return None


@dataclass(frozen=True, slots=True)
class Behind:
    """A town below the pace in many categories: in how many, of how many it is rated in."""

    town: str
    below: int
    rated: int


def often_behind(bulletin: Bulletin) -> list[Behind]:
    """Towns below the pace in five categories or more, the most first, then in the office's order (R12)."""
    gaps_of: dict[str, list[Fraction]] = {}
    for category in scored(bulletin):
        for one in field_of(category).towns:
            gaps_of.setdefault(one.town, []).append(one.gap)
    found = []
    for town in bulletin.towns:
        gaps = gaps_of.get(town.code, [])
        below = sum(gap < 0 for gap in gaps)
        if below >= OFTEN:
            found.append(Behind(town.code, below, len(gaps)))
    return sorted(found, key=lambda one: -one.below)


@dataclass(frozen=True, slots=True)
class Slow:
    """The indicator that most towns are behind in: how many of how many; the most owed to the pace, greatest first;
    and, of a flow, who of those behind brought nothing new this month."""

    table: IndicatorTable
    below: int
    rated: int
    owing: tuple[tuple[str, int], ...]
    idle: tuple[str, ...]


def slowest(bulletin: Bulletin) -> Slow | None:
    """The scored indicator in which the most towns are below the pace, the county among them; only one that half the
    towns have a task of, and half of these are behind in; None if there is none (R5, R11), or the scheme knows no
    pace."""
    if not bulletin.by_rates:
        return None
    found: list[Slow] = []
    for category in scored(bulletin):
        for table in scored_tables(category):
            rated = [cell for cell in table.cells if cell.gap is not None]
            below = [cell for cell in rated if cell.gap is not None and cell.gap < 0]
            if (
                2 * len(rated) < len(bulletin.towns)
                or 2 * len(below) < len(rated)
                or table.total.gap is None
                or table.total.gap >= 0
            ):
                continue
            owing = sorted(((cell.town, cell.owes_pace) for cell in below if cell.owes_pace), key=lambda pair: -pair[1])
            idle = tuple(c.town for c in below if table.kind == "flow" and c.this_month == 0)
            found.append(Slow(table, len(below), len(rated), _most(owing), idle))
    return max(found, key=lambda slow: slow.below, default=None)


def _most(owing: Sequence[tuple[str, int]], count: int = 4) -> tuple[tuple[str, int], ...]:
    """The first few, and nobody of those who owe as much as one who no longer fits."""
    if len(owing) <= count:
        return tuple(owing)
    limit = owing[count][1]
    return tuple(pair for pair in owing[:count] if pair[1] > limit)
