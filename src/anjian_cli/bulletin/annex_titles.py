"""Which annexes a bulletin has and what they are called, in the order of their numbers: by what its scheme makes of
scores. The letter lists them, the office's documents draw them."""

from __future__ import annotations

from collections.abc import Collection

from anjian_cli.bulletin import findings, phrase
from anjian_cli.bulletin.points_value import PointsCategory, PointsTable
from anjian_cli.bulletin.value import Bulletin, Category

COLUMNS_MOST = 18
"""Columns of points that a page across still takes in a type that can be read."""
REASONS = "扣分加分明细表"


def of_scores(bulletin: Bulletin, *, beside: Collection[Category] = ()) -> tuple[str, ...]:
    """The titles of those that tell scores; none where the scheme gives none. `beside`: the categories whose figures
    stand below their points (`with_points`)."""
    year, month = bulletin.month[:4], phrase.month(bulletin)
    of_month = f"{year}年{month}月份{bulletin.of}安全生产重点工作"
    if bulletin.points is not None:
        both = {category.id for category in beside}
        apart = [
            f"{bulletin.of}{category.title}{'得分和情况表' if category.id in both else '得分表'}"
            for category in _with_table_of_points(bulletin)
        ]
        return (f"{of_month}得分表", *apart, f"{bulletin.of}{REASONS}")
    return () if bulletin.without_score else (f"{of_month}综合排名表",)


def of_departments(bulletin: Bulletin) -> tuple[str, ...]:
    """The titles of those that tell the scores of departments, which stand behind all others; none where none are
    ranked, or the scheme gives no scores."""
    of = bulletin.of_departments()
    return () if of is None else of_scores(of)


def of_figures(bulletin: Bulletin) -> list[Category]:
    """The categories that have a table of their own: those that make the score; under a scheme that makes none of
    rates, those that have a figure. Behind them what an office's own scheme asks beside its score."""
    scored = findings.scored(bulletin)
    told = scored if bulletin.by_rates else [c for c in scored if any(map(phrase.says_anything, c.indicators))]
    return [*told, *beside_the_score(bulletin)]


def with_points(bulletin: Bulletin) -> list[Category]:
    """Those of them whose figures stand below their points, on one annex: where the points of each category have a
    table of their own."""
    own = {category.id for category in _with_table_of_points(bulletin)}
    return [category for category in of_figures(bulletin) if category.id in own]


def alone(bulletin: Bulletin) -> list[Category]:
    """The rest of them, whose figures are an annex by themselves."""
    own = {category.id for category in _with_table_of_points(bulletin)}
    return [category for category in of_figures(bulletin) if category.id not in own]


def figures_by_annex(bulletin: Bulletin) -> list[Category | None]:
    """The category whose figures each annex tells, in the order of their numbers, as far as any does; None for what
    tells no category's."""
    both = {category.id: category for category in with_points(bulletin)}
    found: list[Category | None] = [None for _ in of_scores(bulletin)]
    for at, category in enumerate(_with_table_of_points(bulletin), 1):
        found[at] = both.get(category.id)
    return [*found, *alone(bulletin)]


def beside_the_score(bulletin: Bulletin) -> list[Category]:
    """The categories of an office's own scheme that make no score (计分=否) and have a task or a figure. Of the scheme
    that every ledger has the letter tells them in its first part alone."""
    if bulletin.scheme is None:
        return []
    aside = [category for category in bulletin.categories if not category.scored]
    return [category for category in aside if any(map(phrase.says_anything, category.indicators))]


def _with_table_of_points(bulletin: Bulletin) -> tuple[PointsCategory, ...]:
    points = bulletin.points
    return () if points is None or in_one_table(points) else points.categories


def in_one_table(points: PointsTable) -> bool:
    """Whether all items stand in the table of points, or those of each category in one of their own."""
    subtotals = sum(points.has_subtotal(each.id) for each in points.categories)
    return len(points.items) + subtotals <= COLUMNS_MOST
