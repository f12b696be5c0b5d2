"""Bulletins of schemes that give points, or no score at all, made up from a seed, for what prints them."""

from __future__ import annotations

import random
from fractions import Fraction

from anjian_cli.bulletin import points as places_of
from anjian_cli.bulletin import ranking
from anjian_cli.bulletin.points_value import (
    CategoryPoints,
    ItemPoints,
    PointsCategory,
    PointsRow,
    PointsTable,
    ScoredItem,
)
from anjian_cli.bulletin.value import Bulletin, Category, OwnScheme, ScoreRow
from anjian_cli.light_dataclasses import replace
from anjian_cli.rules.totals import BY_POINTS, WITHOUT_TOTAL
from support.bulletin_builder import bulletin

HOSTILE = '=HYPERLINK("http://x")<b>&\x1b[31m'
"""A reason that a spreadsheet, a page and a terminal would take for more than words."""
VETO, CONSEQUENCE = "发生较大事故1起，符合一票否决情形（名次末位）", "少报送7次，已达到“超过6次取消评优资格”的条件"
FULL = Fraction(10)


def scored(seed: int = 0, count: int = 16, items: int = 2) -> Bulletin:
    """Four categories of so many items each. The first unit has an item that is still open, the second a veto, the
    third a consequence, the fourth is unheard of, the fifth has a hostile reason, the last lost nothing."""
    chance = random.Random(seed)
    found = _without_rates(bulletin(seed, count))
    own = [category for category in found.categories if category.scored][:3]
    categories = [PointsCategory(category.id, category.title, FULL * items, None) for category in own]
    categories.append(PointsCategory("bonus", "加分", None, None))
    table = PointsTable(
        tuple(categories),
        (*(_item(category.id, at) for category in own for at in range(items)), _bonus()),
        (),
    )
    rows = tuple(_row(chance, table, at, town.code, last=at == count - 1) for at, town in enumerate(found.towns))
    table = replace(table, rows=rows)
    ranks = places_of.places(rows)
    scores = [
        ScoreRow(row.town, row.total, ranks.get(row.town), None, 4, 1, places_of.lost_most(table, row)) for row in rows
    ]
    scores.sort(key=lambda row: row.rank or count)
    bonus = Category("bonus", "加分", True, Fraction(1), (), (), None, ())
    totals = [row.total for row in rows if row.total is not None]
    return replace(
        found,
        categories=(*found.categories, bonus),
        scores=tuple(scores),
        mean_score=ranking.mean(totals),
        laggards=tuple(row.town for row in scores[-2:]) if count > 2 else (),
        points=table,
        scheme=_scheme(BY_POINTS),
    )


def unscored(seed: int = 0, count: int = 16) -> Bulletin:
    """The same figures under a scheme that gives no score."""
    found = _without_rates(bulletin(seed, count))
    scores = tuple(ScoreRow(town.code, None, None, None, 0, 0, "") for town in found.towns)
    return replace(found, scores=scores, mean_score=None, laggards=(), scheme=_scheme(WITHOUT_TOTAL))


def _scheme(total: str) -> OwnScheme:
    return OwnScheme("示例考核办法", "例安委〔2018〕9号", total, "")


def _without_rates(found: Bulletin) -> Bulletin:
    categories = tuple(
        replace(category, rows=(), total_rate=None, laggards=(), gap=None, last_rate=None)
        for category in found.categories
    )
    return replace(found, categories=categories, rescored=())


def _item(category: str, at: int) -> ScoredItem:
    short, title = f"项{category[:2]}{at}", f"考核项目{category}{at}"
    return ScoredItem(f"{category}.{at}", short, title, category, "", "次", "扣分", FULL, "每=1；扣=1", "每次扣1分")


def _bonus() -> ScoredItem:
    return ScoredItem("bonus.0", "表彰", "受到表彰", "bonus", "", "次", "加分", None, "每=1；加=1", "")


def _row(chance: random.Random, table: PointsTable, at: int, town: str, *, last: bool) -> PointsRow:
    items = [_points(chance, item, whole=last) for item in table.items]
    if at == 0:
        items[0] = ItemPoints(None, "待评", Fraction(0), "尚未评分")
    if at == 4:
        items[0] = ItemPoints(Fraction(7, 3), "", Fraction(23, 3), HOSTILE)
    sums = []
    for category in table.categories:
        of = [points for item, points in zip(table.items, items, strict=True) if item.category == category.id]
        known = [points.points for points in of if points.points is not None]
        sums.append(CategoryPoints(sum(known, Fraction(0)) if known else None, category.full or Fraction(0)))
    return PointsRow(
        town=town,
        total=sum((each.points for each in sums if each.points is not None), Fraction(0)),
        full=sum((each.full for each in sums), Fraction(0)),
        open=FULL if at == 0 else Fraction(0),
        grade="合格" if at % 2 else "不合格",
        categories=tuple(sums),
        items=tuple(items),
        unheard=at == 3,
        vetoes=(VETO,) if at == 1 else (),
        consequences=(CONSEQUENCE,) if at == 2 else (),
        placing="名次末位" if at == 1 else "",
    )


def _points(chance: random.Random, item: ScoredItem, *, whole: bool) -> ItemPoints:
    if item.full is None:
        return ItemPoints(Fraction(0), "", Fraction(0), "")
    lost = Fraction(0) if whole else Fraction(chance.choice((0, 1, 2, 5)), chance.choice((1, 2, 3)))
    return ItemPoints(item.full - lost, "", lost, f"缺1次，扣{float(lost):g}分" if lost else "")
