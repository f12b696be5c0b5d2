"""得分表 on a terminal or in a pipe: the summary by total, a category's items, why points are lost; and one unit's own.

Takes the bulletin of a scheme that gives points and a width (None = nothing is wrapped or cut), returns lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from anjian_cli.bulletin import findings, phrase, ranking, score_words, wording
from anjian_cli.bulletin.points_value import PointsCategory, PointsRow, PointsTable
from anjian_cli.bulletin.value import Bulletin, ScoreRow
from anjian_cli.render.cell_text import whole
from anjian_cli.render.paper import shown
from anjian_cli.render.screen.grid import Column, Grid, bracket_below, side_by_side, stacked
from anjian_cli.render.screen.styled_lines import Line, paragraph, table

LOST_LEAST = 8


def summary(bulletin: Bulletin, points: PointsTable, width: int | None) -> Iterator[Line]:
    """A line for each unit by its place; below it vetoes, consequences and what is open."""
    yield Line("得分表（单位：分）", "title")
    leaders = {placed.town for placed in findings.overall(bulletin).leaders}
    behind = [at for at, score in enumerate(bulletin.scores) if score.town in bulletin.laggards]
    ahead = [at for at, score in enumerate(bulletin.scores) if score.town in leaders]
    grids = [
        _grid(bulletin, points, width, short=short, categories=True, last=last)
        for short, last in ((False, True), (True, True), (True, False))
    ]
    fitting = next((grid for grid in grids if grid.fits()), None)
    if fitting is not None:
        yield from table(fitting, behind, ahead)
    else:  # the categories stand below, in as many parts as they need
        without = [_grid(bulletin, points, width, short=True, categories=False, last=last) for last in (True, False)]
        yield from table(next((grid for grid in without if grid.fits()), without[-1]), behind, ahead)
        for part in side_by_side(_categories(bulletin, points, width)):
            yield Line("")
            yield Line("各类得分", "title")
            yield from table(part, behind, ahead)
    if named := _lagging(bulletin):
        yield from paragraph(named, width)
    for said in filter(None, [*score_words.all_effects(bulletin), score_words.open_items(bulletin)]):
        yield from paragraph(said, width)


def _grid(
    bulletin: Bulletin, points: PointsTable, width: int | None, *, short: bool, categories: bool, last: bool
) -> Grid:
    graded = any(row.grade for row in points.rows)
    remarked = any(score_words.remark(row) for row in points.rows)
    heads = [Column("序\n号"), Column(bulletin.brief_units if short else bracket_below(bulletin.units), right=False)]
    heads += [_category_column(each) for each in points.categories] if categories else []
    heads += [Column("总分"), *([Column("等次", right=False)] if graded else []), Column("排\n名")]
    heads += [Column("上\n月"), Column("升降", right=False)] if last else []
    heads += [Column("主要失分", right=False, least=LOST_LEAST), *([Column("备注", right=False)] if remarked else [])]
    by_category = _by_category(bulletin, points)

    def line(at: int, score: ScoreRow, row: PointsRow) -> list[str]:
        town = bulletin.town(score.town)
        cells = [str(at), town.short if short else town.name]
        cells += by_category[at - 1] if categories else []
        cells += [score_words.of_unit(bulletin, score.town, score.score), *([row.grade] if graded else [])]
        cells += [whole(score.rank), *([whole(score.last_rank), shown(score.moved, "move")] if last else [])]
        return [*cells, score.owes_most, *([score_words.remark(row)] if remarked else [])]

    rows = [line(at, score, points.row(score.town)) for at, score in enumerate(bulletin.scores, 1)]
    total = ["", f"{bulletin.whole_word}平均", *(by_category[-1] if categories else [])]
    total += [score_words.mean(bulletin), *([""] if graded else []), "", *(["", ""] if last else []), ""]
    return Grid(heads, [*rows, [*total, *([""] if remarked else [])]], width)


def _categories(bulletin: Bulletin, points: PointsTable, width: int | None) -> Grid:
    heads = [Column(bulletin.brief_units, right=False), *map(_category_column, points.categories)]
    rows = _by_category(bulletin, points)
    names = [*(bulletin.town(score.town).short for score in bulletin.scores), f"{bulletin.whole_word}平均"]
    return Grid(heads, [[name, *cells] for name, cells in zip(names, rows, strict=True)], width)


def _by_category(bulletin: Bulletin, points: PointsTable) -> list[list[str]]:
    """The points of the categories, a line for each unit by its place, and their means."""
    values = [[each.points for each in points.row(score.town).categories] for score in bulletin.scores]
    return _alike([*values, _means(points)])


def _alike(rows: Sequence[Sequence[Fraction | str | None]]) -> list[list[str]]:
    """Cells of points, printed alike down each column; a word stays what it is."""
    columns = []
    for column in zip(*rows, strict=True):
        told = wording.marks_column([None if isinstance(cell, str) else cell for cell in column])
        columns.append([cell if isinstance(cell, str) else word for cell, word in zip(column, told, strict=True)])
    return [[column[at] for column in columns] for at in range(len(rows))]  # where there are no categories as well


def _category_column(category: PointsCategory) -> Column:
    return Column(stacked(category.title) + _full(category.full))


def _full(full: Fraction | None) -> str:
    """Full marks on a line of their own below a title."""
    return "" if full is None else f"\n({wording.marks(full)})"


def _means(points: PointsTable) -> list[Fraction | None]:
    return [_mean([row.categories[at].points for row in points.rows]) for at in range(len(points.categories))]


def _mean(values: Sequence[Fraction | None]) -> Fraction | None:
    return ranking.mean([value for value in values if value is not None])


def _lagging(bulletin: Bulletin) -> str:
    scores = {row.town: row.score for row in bulletin.scores}
    named = [
        f"{phrase.place(bulletin, code)}{score_words.told(bulletin, code, scores[code])}" for code in bulletin.laggards
    ]
    return f"总分落后的：{'、'.join(named)}。" if named else ""


def category_points(bulletin: Bulletin, points: PointsTable, category: str, width: int | None) -> Iterator[Line]:
    """Units by the items of a category, and what they come to."""
    own = [item for item in points.items if item.category == category]
    if not own:
        return
    at = [each.id for each in points.categories].index(category)
    subtotal = points.has_subtotal(category)
    heads = [Column(bracket_below(bulletin.units), right=False)]
    heads += [Column(stacked(item.short) + _full(item.full)) for item in own]
    heads += [Column("小计" + _full(points.categories[at].full))] if subtotal else []
    rows = []
    for row in points.rows:
        cells = [score_words.cell(found) for _, found in score_words.items(points, category, row)]
        cells += [row.categories[at].points] if subtotal else []
        rows.append(cells)
    means = [_mean([row.items[points.items.index(item)].points for row in points.rows]) for item in own]
    means += [_mean([row.categories[at].points for row in points.rows])] if subtotal else []
    names = [*(phrase.place(bulletin, row.town) for row in points.rows), f"{bulletin.whole_word}平均"]
    lines = [[name, *cells] for name, cells in zip(names, _alike([*rows, means]), strict=True)]
    for part in side_by_side(Grid(heads, lines, width)):
        yield Line("")
        yield Line(f"{points.categories[at].title}得分", "title")
        yield from table(part)
    for item in own:
        if item.standard:
            yield from paragraph(f"{item.short}：{item.standard}", width, "quiet")


def reasons(bulletin: Bulletin, points: PointsTable, width: int | None) -> Iterator[Line]:
    """扣分明细: a paragraph for each unit, its items after one another."""
    yield Line("")
    yield Line("扣分加分明细", "title")
    for placed in bulletin.scores:
        said = [
            f"{told.item.short}{_reason(told)}" for told in score_words.worth_telling(points, points.row(placed.town))
        ]
        words = "；".join(said) if said else "各项均得满分"
        yield from paragraph(f"{phrase.place(bulletin, placed.town)}：{words}。", width)


def _reason(told: score_words.Told) -> str:
    """缺3次，扣15分; （0分）没有任务: what stands behind an item's short word."""
    if told.points.points is None:
        return f"（{told.points.state}）{'' if told.reason == told.points.state else told.reason}"
    return f"（得{wording.marks(told.points.points)}分）{told.reason}"


def unit_points(bulletin: Bulletin, points: PointsTable, code: str, width: int | None) -> Iterator[Line]:
    """One unit's items: full marks, points, why; what a veto or a consequence says of it. Raises KeyError."""
    row = points.row(code)
    heads = [Column("类别", right=False), Column("考核项目", right=False), Column("满分"), Column("得分")]
    lines, pairs, told = [], [], []
    for category in points.categories:
        for item, found in score_words.items(points, category.id, row):
            pairs.append((item.full, score_words.cell(found)))
            lines.append([category.title, item.short])
            told.append(score_words.reason(item, found))
    lines = [[*line, *cells] for line, cells in zip(lines, _alike(pairs), strict=True)]
    grid = Grid(
        [*heads, Column("说明", right=False)], [[*line, why] for line, why in zip(lines, told, strict=True)], width
    )
    yield Line("得分", "title")
    if grid.fits():
        yield from table(grid)
    else:
        yield from table(Grid(heads, lines, width))
        for line, why in zip(lines, told, strict=True):
            if why:
                yield from paragraph(f"{line[1]}：{why}。", width)
    for said in score_words.effects(bulletin, row):
        yield from paragraph(said, width, "behind")
