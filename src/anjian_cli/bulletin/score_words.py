"""What is said of scores: what the score is called, whether it is provisional, what of it is open, what was lost where.

One place for every form of the bulletin, by what its scheme makes of scores. Takes the bulletin, returns words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from anjian_cli.bulletin import findings, phrase, ranking, wording
from anjian_cli.bulletin.points_value import ItemPoints, PointsCategory, PointsRow, PointsTable, ScoredItem
from anjian_cli.bulletin.value import Bulletin, ScoreRow
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules import scoring

PROVISIONAL = "（暂计）"
UNHEARD, NULLIFIED = "未报送，也没有记录", "得分归零"
LEAST_NAMED = 3


def score_name(bulletin: Bulletin) -> str:
    """总分 where the scheme gives points, else 综合得分."""
    return "综合得分" if bulletin.points is None else "总分"


def score(bulletin: Bulletin, value: Fraction | None) -> str:
    """A score in a sentence, without 分: a mean of rates with two places, points with as many as they have."""
    return wording.score(value) if bulletin.points is None else wording.marks(value)


def mark(bulletin: Bulletin, town: str = "") -> str:
    """（暂计） behind a unit's total of which something is open; of town '' behind the mean; else ''."""
    if bulletin.points is None:
        return ""
    rows = [row for row in bulletin.points.rows if not town or row.town == town]
    return PROVISIONAL if any(row.provisional for row in rows) else ""


def of_unit(bulletin: Bulletin, town: str, score: Fraction | None) -> str:
    """A score as it stands alone: 46.00, 46.00（暂计）; — for None."""
    return wording.score(score) + (mark(bulletin, town) if score is not None else "")


def mean(bulletin: Bulletin) -> str:
    """The mean of all scores: 34.13（暂计）."""
    return wording.score(bulletin.mean_score) + (mark(bulletin) if bulletin.mean_score is not None else "")


def mean_told(bulletin: Bulletin) -> str:
    """34.13分, 34.13分（暂计）."""
    return f"{score(bulletin, bulletin.mean_score)}分{mark(bulletin)}"


def told(bulletin: Bulletin, town: str, value: Fraction | None) -> str:
    """46分, 46分（暂计）."""
    return f"{score(bulletin, value)}分{mark(bulletin, town)}"


def paced(bulletin: Bulletin) -> bool:
    """Whether anything is held against the pace of the year."""
    return bulletin.by_rates or any(map(findings.scored_tables, findings.scored(bulletin)))


def item_title(item: ScoredItem) -> str:
    """An item over its column: 书记督查（20分）; one without full marks has none to tell."""
    return item.short if item.full is None else f"{item.short}（{wording.marks(item.full)}分）"


def cell(points: ItemPoints) -> Fraction | str | None:
    """What a cell of an item holds: the points, or why there are none."""
    return points.points if points.points is not None else points.state or None


def items(table: PointsTable, category: str, row: PointsRow) -> list[tuple[ScoredItem, ItemPoints]]:
    """A unit's items of a category."""
    pairs = zip(table.items, row.items, strict=True)
    return [(item, points) for item, points in pairs if item.category == category]


def reason(item: ScoredItem, points: ItemPoints) -> str:
    """Why an item has the points that it has; how many are lost where nobody said why; '' where nothing is."""
    if points.reason or points.points is None:
        return points.reason or points.state
    lost = item.full - points.points if item.full is not None else None
    return f"失{wording.marks(lost)}分" if lost else ""


class Told(NamedTuple):
    """An item of which something was lost, added, or is not counted."""

    item: ScoredItem
    points: ItemPoints
    reason: str


def worth_telling(table: PointsTable, row: PointsRow) -> list[Told]:
    """A unit's items that have not just their full marks, in the table's order: lost, added, open, not counted."""
    found = []
    for item, points in zip(table.items, row.items, strict=True):
        whole = item.full if item.full is not None else Fraction(0)
        unlisted = item.form == scoring.BONUS and points.reason
        if points.points is None or points.points != whole or points.due or unlisted:
            found.append(Told(item, points, reason(item, points)))
    return found


def effects(bulletin: Bulletin, row: PointsRow) -> list[str]:
    """What vetoes and consequences say of a unit, a sentence each, with its name."""
    name = phrase.place(bulletin, row.town)
    return [f"{name}：{said}。" for said in (*row.vetoes, *row.consequences)]


def all_effects(bulletin: Bulletin) -> list[str]:
    """The same of all units, vetoes first."""
    if bulletin.points is None:
        return []
    rows = bulletin.points.rows
    name = {row.town: phrase.place(bulletin, row.town) for row in rows}
    vetoes = [f"{name[row.town]}：{said}。" for row in rows for said in row.vetoes]
    return [*vetoes, *_consequences(bulletin, rows)]


def _consequences(bulletin: Bulletin, rows: Sequence[PointsRow]) -> Iterator[str]:
    """Those of whom the same is said are named together."""
    of: dict[str, list[str]] = {}
    for row in rows:
        for said in row.consequences:
            of.setdefault(said, []).append(phrase.place(bulletin, row.town))
    for said, names in of.items():
        yield f"{'、'.join(names)}：{said}。"


def open_items(bulletin: Bulletin) -> str:
    """Why totals are provisional: 监管人员16个单位待评…; '' where none is."""
    if bulletin.points is None:
        return ""
    found: Counter[tuple[str, str]] = Counter()
    for row in bulletin.points.rows:
        for item, points in zip(bulletin.points.items, row.items, strict=True):
            if points.open:
                found[item.short, points.state] += 1
    if not found:
        return ""
    named = "、".join(f"{short}（{state}{count}个）" for (short, state), count in found.items())
    return f"标“暂计”的总分还有项目没有分数，名次为暂定：{named}。"


def remark(row: PointsRow) -> str:
    """A few words beside a unit's total: what a veto does to its points and place, that nothing is known of it."""
    return "、".join(filter(None, [NULLIFIED if row.nullified else "", row.placing, UNHEARD if row.unheard else ""]))


class Standing(NamedTuple):
    """How the units stand in a category: their mean, whether anything of it is open, and who has least, where that is
    less than the mean and at most three have it."""

    category: PointsCategory
    mean: Fraction | None
    open: bool
    least: tuple[str, ...]


def by_category(bulletin: Bulletin) -> list[Standing]:
    """The categories of the table of points, in its order; none where there is none."""
    points = bulletin.points
    return [] if points is None else [_standing(points, at) for at in range(len(points.categories))]


def _standing(table: PointsTable, at: int) -> Standing:
    category = table.categories[at]
    points = {row.town: each for row in table.rows if (each := row.categories[at].points) is not None}
    of = ranking.mean(list(points.values()))
    lowest = min(points.values(), default=None)
    least = [town for town, each in points.items() if each == lowest and of is not None and each < of]
    open_ = any(found.open for row in table.rows for _, found in items(table, category.id, row))
    return Standing(category, of, open_, tuple(least) if len(least) <= LEAST_NAMED else ())


def group_heads(bulletin: Bulletin) -> tuple[str, str]:
    """What the columns of groups and of places within them are called: 组别, 组内排名; of cities 所属市, 市内排名."""
    return (f"所属{bulletin.scope}", f"{bulletin.scope}内排名") if bulletin.scope else ("组别", "组内排名")


def by_group(bulletin: Bulletin) -> dict[str, list[ScoreRow]]:
    """The counties of each city or province by their places within it, where these are told; who has none is last."""
    found: dict[str, list[ScoreRow]] = {}
    for row in bulletin.scores if bulletin.scope else ():
        found.setdefault(row.group, []).append(row)
    return {name: sorted(rows, key=lambda row: row.group_rank or len(rows) + 1) for name, rows in found.items()}


def first_of_groups(bulletin: Bulletin) -> str:
    """Who is first in each city or province: 按所属市分别排名，居首位的：金华市永康市。 '' where they are not
    told apart."""
    firsts = [
        f"{name}{'、'.join(phrase.place(bulletin, row.town) for row in rows if row.group_rank == 1)}"
        for name, rows in by_group(bulletin).items()
        if rows[0].group_rank == 1
    ]
    return f"按所属{bulletin.scope}分别排名，居首位的：{'；'.join(firsts)}。" if firsts else ""
