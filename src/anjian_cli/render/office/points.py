"""得分表 and 扣分明细 as the office's documents draw them: of all units, or of one.

Takes the bulletin of a scheme that gives points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from anjian_cli.bulletin import annex_titles, findings, phrase, ranking, score_words, wording
from anjian_cli.bulletin.points_value import PointsCategory, PointsRow, PointsTable, ScoredItem
from anjian_cli.bulletin.value import Bulletin, ScoreRow
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.office.category import last_note, period_line
from anjian_cli.render.paper import Head, Provisional, Row, Sheet, Value, with_places
from anjian_cli.rules.scoring_text import percent

SUBTOTAL = "小计"


def points_sheets(
    bulletin: Bulletin, points: PointsTable, titles: Sequence[str], below: Mapping[str, Sheet]
) -> list[Sheet]:
    """Units by categories and items, in one table or in one for each category, and the reasons line by line, by their
    `titles` (`annex_titles.of_scores`). Not yet numbered. `below`: the figures that stand below a category's points, by
    its id."""
    if annex_titles.in_one_table(points):
        sheets = [_whole(bulletin, points, titles[0], items=True), _reasons(bulletin, points, titles[-1])]
        return [*map(with_places, sheets)]
    apart = [
        _of_category(bulletin, points, category, title, below.get(category.id))
        for category, title in zip(points.categories, titles[1:-1], strict=True)
    ]
    sheets = [_whole(bulletin, points, titles[0], items=False), *apart, _reasons(bulletin, points, titles[-1])]
    return [*map(with_places, sheets)]


def score(bulletin: Bulletin, town: str, found: Fraction | None) -> Value:
    """A unit's total as a cell, which knows whether it is provisional; the mean of all for town ''."""
    return Provisional(found) if found is not None and score_words.mark(bulletin, town) else found


def _whole(bulletin: Bulletin, points: PointsTable, title: str, *, items: bool) -> Sheet:
    """A line for each unit by its place: points of items (or categories alone), total, grade, place."""
    graded = any(row.grade for row in points.rows)
    grouped = any(row.group for row in bulletin.scores)
    remarked = any(score_words.remark(row) for row in points.rows)
    heads = [Head("序号", "serial"), Head(bulletin.units, "name")]
    for category in points.categories:
        heads += _heads(points, category) if items else [Head(_titled(category), "marks")]
    heads += [Head("总分（分）", "score"), *([Head("等次", "text")] if graded else []), Head("排名", "rank")]
    group, place = score_words.group_heads(bulletin)
    heads += [Head(group, "text"), Head(place, "rank")] if grouped else []
    heads += [Head("上月排名", "rank"), Head("位次变化", "move")]
    heads += [Head("主要失分", "text"), *([Head("备注", "text")] if remarked else [])]
    leaders = {one.town for one in findings.overall(bulletin).leaders}
    rows = []
    for at, placed in enumerate(bulletin.scores, 1):
        row = points.row(placed.town)
        cells: list[Value] = [at, phrase.place(bulletin, placed.town), *_points(points, row, items=items)]
        cells += [score(bulletin, placed.town, placed.score), *([row.grade] if graded else []), placed.rank]
        cells += [placed.group, placed.group_rank] if grouped else []
        cells += [placed.last_rank, placed.moved, _lost(placed), *([score_words.remark(row)] if remarked else [])]
        rows.append(Row(tuple(cells), placed.town in bulletin.laggards, placed.town in leaders))
    total: list[Value] = ["", f"{bulletin.whole_word}平均", *_means(points, items=items)]
    total += [score(bulletin, "", bulletin.mean_score), *([""] if graded else []), None]
    total += ["", None] if grouped else []
    total += [None, None, "", *([""] if remarked else [])]
    return Sheet(
        "得分表",
        None,
        title,
        period_line(bulletin),
        "单位：分",
        tuple(heads),
        tuple(rows),
        tuple(total),
        (*under(bulletin), *bulletin.rule, *bulletin.notes, last_note(bulletin)),
    )


def under(bulletin: Bulletin) -> tuple[str, ...]:
    """What is printed under a table of points: vetoes, consequences, what is open, what the mean is of."""
    mean = f"{bulletin.whole_word}平均为各{bulletin.units}得分的平均，没有得分的不计。"
    return tuple(filter(None, [*score_words.all_effects(bulletin), score_words.open_items(bulletin), mean]))


def _of_category(
    bulletin: Bulletin, points: PointsTable, category: PointsCategory, title: str, below: Sheet | None
) -> Sheet:
    """A category's items, units in the office's order, and its figures below them where there are any."""
    heads = (Head("序号", "serial"), Head(bulletin.units, "name"), *_heads(points, category))
    rows = tuple(
        Row((at, phrase.place(bulletin, row.town), *_of(points, row, category)))
        for at, row in enumerate(points.rows, 1)
    )
    means = _means_of(points, category)
    return Sheet(
        f"{category.title}{'' if below else '得分'}",
        None,
        title,
        period_line(bulletin),
        "单位：分",
        heads,
        rows,
        ("", f"{bulletin.whole_word}平均", *means),
        (*_standards(points, category), *(below.notes if below else [last_note(bulletin)])),
        below=below and replace(below, notes=()),
    )


def _standards(points: PointsTable, category: PointsCategory) -> list[str]:
    """The office's own words on how an item is marked."""
    own = [item for item in points.items if item.category == category.id]
    return [f"{item.short}：{item.standard or item.rule}" for item in own if item.standard or item.rule]


def _reasons(bulletin: Bulletin, points: PointsTable, title: str) -> Sheet:
    """Why points are lost, added or still open: a line for each unit and item."""
    titles = {category.id: category.title for category in points.categories}
    rows = tuple(
        Row((phrase.place(bulletin, row.town), titles[told.item.category], *_line(told)))
        for placed in bulletin.scores
        for row in (points.row(placed.town),)
        for told in score_words.worth_telling(points, row)
    )
    heads = (
        Head(bulletin.units, "name"),
        Head("类别", "text"),
        Head("考核项目", "text"),
        Head("满分", "marks"),
        Head("得分", "marks"),
        Head("说明", "text"),
    )
    notes = ("只列没有得满分的、加分的和暂不计分的项目；得分一栏写字的没有分数，原因见说明。", last_note(bulletin))
    right = f"单位：分　共{len(rows)}条"
    return Sheet("扣分明细", None, title, period_line(bulletin), right, heads, rows, None, notes)


def _line(told: score_words.Told) -> tuple[Value, ...]:
    return (told.item.title, told.item.full, score_words.cell(told.points), told.reason)


def unit_sheet(bulletin: Bulletin, points: PointsTable, code: str, title: str) -> Sheet:
    """One unit's items with full marks, points and reasons, and its total. Raises KeyError."""
    row = points.row(code)
    rows = [
        Row((category.title, item.title, item.full, score_words.cell(found), score_words.reason(item, found)))
        for category in points.categories
        for item, found in score_words.items(points, category.id, row)
    ]
    heads = (
        Head("类别", "name"),
        Head("考核项目", "text"),
        Head("满分", "marks"),
        Head("得分", "marks"),
        Head("说明", "text"),
    )
    said = "".join(score_words.effects(bulletin, row))
    made = Sheet(
        "得分",
        None,
        title,
        period_line(bulletin),
        "单位：分",
        heads,
        tuple(rows),
        ("总分", "", row.full, score(bulletin, code, row.total), row.grade),
        tuple(filter(None, [said, *bulletin.rule])),
    )
    return with_places(made)


def _heads(points: PointsTable, category: PointsCategory) -> Iterable[Head]:
    own = _items(points, category)
    group = _titled(category)
    for item in own:
        yield Head(_full(item.short, item.full), "marks", group)
    if points.has_subtotal(category.id):
        yield Head(SUBTOTAL, "marks", group)


def _titled(category: PointsCategory) -> str:
    """A category over its points, which are what they were before it was converted."""
    if category.conversion is None:
        return _full(category.title, category.full)
    told = "" if category.full is None else f"{wording.marks(category.full)}分，"
    return f"{category.title}（{told}按{percent(category.conversion)}计入总分）"


def _full(title: str, full: Fraction | None) -> str:
    return title if full is None else f"{title}（{wording.marks(full)}分）"


def _items(points: PointsTable, category: PointsCategory) -> list[ScoredItem]:
    return [item for item in points.items if item.category == category.id]


def _points(points: PointsTable, row: PointsRow, *, items: bool) -> list[Value]:
    if items:
        return [cell for category in points.categories for cell in _of(points, row, category)]
    return [each.points for each in row.categories]


def _of(points: PointsTable, row: PointsRow, category: PointsCategory) -> list[Value]:
    """A unit's cells of a category: its items, and what they come to (`PointsTable.has_subtotal`)."""
    cells: list[Value] = [score_words.cell(found) for _, found in score_words.items(points, category.id, row)]
    if points.has_subtotal(category.id):
        cells.append(row.categories[points.categories.index(category)].points)
    return cells


def _means(points: PointsTable, *, items: bool) -> list[Value]:
    if items:
        return [cell for category in points.categories for cell in _means_of(points, category)]
    return [_mean(row.categories[at].points for row in points.rows) for at in range(len(points.categories))]


def _means_of(points: PointsTable, category: PointsCategory) -> list[Value]:
    columns = zip(*(_of(points, row, category) for row in points.rows), strict=True)
    return [_mean(cell if isinstance(cell, Fraction) else None for cell in column) for column in columns]


def _mean(values: Iterable[Fraction | None]) -> Value:
    return ranking.mean([value for value in values if value is not None])


def _lost(placed: ScoreRow) -> str:
    return placed.owes_most
