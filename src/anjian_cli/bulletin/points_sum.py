"""得分 from the table of points itself: the places that it gives, what it adds up to, what it would be if an item were
other.

Takes the value as it was locked or is computed now, reads no ledger; the arithmetic is that of `rules.scoring_total`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from anjian_cli.bulletin.points_value import ItemPoints, PointsCategory, PointsRow, PointsTable
from anjian_cli.errors import refused
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules import scoring, scoring_total
from anjian_cli.rules.scoring import Points
from anjian_cli.rules.scoring_text import decimal
from anjian_cli.rules.scoring_total import Limits, Part, Sum, Total


class Reckoned(NamedTuple):
    """A unit's categories in the order of the table's, and its total, before a veto."""

    categories: tuple[Sum, ...]
    total: Total


def reckon(table: PointsTable, row: PointsRow, changed: Mapping[str, Fraction] | None = None) -> Reckoned:
    """What a unit's items come to; those that are `changed` (by id) with other points."""
    found = {item.id: _points(has) for item, has in zip(table.items, row.items, strict=True)}
    found |= {of: Points(points) for of, points in (changed or {}).items()}
    sums = [_category(table, category, found) for category in table.categories]
    limits = [_limits(category) for category in table.categories]
    return Reckoned(tuple(sums), scoring_total.total(list(zip(sums, limits, strict=True)), scaled=table.scaled))


def checked(code: str, table: PointsTable, row: PointsRow) -> Reckoned:
    """What a unit's items come to. Raises `Refused` E820, about `code`, where the table says otherwise."""
    found = reckon(table, row)
    pairs = [(has.points, now.points) for has, now in zip(row.categories, found.categories, strict=True)]
    nothing = row.nullified and found.total.points is not None
    pairs.append((row.total, Fraction(0) if nothing else found.total.points))
    for figure, now in pairs:
        if figure != now:
            figures = ["—" if value is None else decimal(value) for value in (figure, now)]
            raise refused("E820", cell=code, figure=figures[0], found=figures[1])
    return found


def places(rows: Sequence[PointsRow]) -> dict[str, int]:
    """Competition ranks by total, the greatest first. Behind all of these, in this order, stand units that have not
    reported and of which nothing is recorded, and those that a veto puts last; whom a veto leaves out has no place."""
    ranks: dict[str, int] = {}
    ranked = [row for row in rows if row.total is not None and row.placing != scoring.UNRANKED]
    for behind in (
        [row for row in ranked if not row.unheard and not row.placing],
        [row for row in ranked if row.unheard and not row.placing],
        [row for row in ranked if row.placing == scoring.LAST],
    ):
        before = len(ranks)
        totals = [row.total for row in behind if row.total is not None]
        ranks |= {
            row.town: before + 1 + sum(other > row.total for other in totals) for row in behind if row.total is not None
        }
    return ranks


def _points(has: ItemPoints) -> Points:
    return Points(has.points, has.state, has.due)


def _category(table: PointsTable, category: PointsCategory, found: Mapping[str, Points]) -> Sum:
    parts = [
        Part(item.scoring, found[item.id], item.group, item.missing)
        for item in table.items
        if item.category == category.id
    ]
    groups = {group.title: group.full for group in table.groups if group.category == category.id}
    return scoring_total.category(parts, groups, _limits(category))


def _limits(category: PointsCategory) -> Limits:
    return Limits(category.limit, category.bonus_cap, category.deduction_cap, category.conversion)
