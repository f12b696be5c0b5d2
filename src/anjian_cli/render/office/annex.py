"""The bulletin's annexes: the ranking, then a table for each scored category, with the columns that each has. What Word
and Excel draw alike. Takes the bulletin and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from anjian_cli.bulletin import annex_titles, control, findings, phrase, score_words, tasks_in_all, wording
from anjian_cli.bulletin.details import SOON
from anjian_cli.bulletin.notice import attachments
from anjian_cli.bulletin.value import Bulletin, Category
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.office.category import CategoryTable, last_note, name_of, period_line
from anjian_cli.render.office.control import control_sheet
from anjian_cli.render.office.points import points_sheets
from anjian_cli.render.paper import Head, Row, Sheet, Value

WITH_MONTHS = 6
"""Of so many indicators a category's table has room for what the month brought."""


def annexes(bulletin: Bulletin) -> tuple[Sheet, ...]:
    """The overall ranking, or the tables of points, the scored categories in their order, and the control figures where
    any are set; behind them the scores of departments, where these are ranked. A category whose points have a table of
    their own has its figures below them."""
    sheets = _of_scores(bulletin, annex_titles.with_points(bulletin))
    for each in annex_titles.alone(bulletin):
        sheets.append(_category(bulletin, each, len(sheets) + 1))
    if control.controlled(bulletin):
        sheets.append(control_sheet(bulletin, len(sheets) + 1))
    of_departments = bulletin.of_departments()
    if of_departments is not None:
        for sheet in _of_scores(of_departments, ()):
            number = len(sheets) + 1
            sheets.append(replace(sheet, number=number, name=f"{number}{of_departments.of}{_bare(sheet.name)}"))
    return tuple(sheets)


def _bare(name: str) -> str:
    """The name of a sheet without the number before it."""
    return name.lstrip("0123456789")


def _of_scores(bulletin: Bulletin, beside: Sequence[Category]) -> list[Sheet]:
    """What tells the scores, and below the points of some categories their figures; nothing where the scheme gives
    none."""
    if bulletin.points is not None:
        below = {category.id: _category(bulletin, category) for category in beside}
        titles = annex_titles.of_scores(bulletin, beside=beside)
        sheets = enumerate(points_sheets(bulletin, bulletin.points, titles, below), 1)
        return [replace(sheet, number=at, name=f"{at}{sheet.name}") for at, sheet in sheets]
    return [] if bulletin.without_score else [ranking(bulletin)]


def ranking(bulletin: Bulletin) -> Sheet:
    """Annex 1: a line for each town by its score, the rate in every scored category, the place and how it moved."""
    scored = findings.scored(bulletin)
    rates = {category.id: {row.town: row.rate for row in category.rows} for category in scored}
    grouped = any(row.group for row in bulletin.scores)
    heads = [Head("序号", "serial"), Head(bulletin.units, "name")]
    heads += [Head(f"{name_of(category)}（%）", "percent") for category in scored]
    asked = tasks_in_all.by_town(bulletin)
    units = next(iter(asked.values()), {})
    heads += [Head("参评项数"), *map(_in_all, units), Head("综合得分（分）", "score"), Head("排名", "rank")]
    group, place = score_words.group_heads(bulletin)
    heads += [Head(group, "text"), Head(place, "rank")] if grouped else []
    heads += [Head("上月排名", "rank"), Head("位次变化", "move")]
    leaders = {one.town for one in findings.overall(bulletin).leaders}
    rows = []
    for at, score in enumerate(bulletin.scores, 1):
        cells: list[Value] = [at, phrase.place(bulletin, score.town)]
        cells += [rates[category.id].get(score.town) for category in scored]
        cells += [score.categories, *asked[score.town].values()]
        cells += [score.score, score.rank]
        cells += [score.group, score.group_rank] if grouped else []
        rows.append(Row((*cells, score.last_rank, score.moved), score.town in bulletin.laggards, score.town in leaders))
    total: list[Value] = ["", bulletin.whole_word, *(category.total_rate for category in scored)]
    total += [None, *(tasks_in_all.of_all(bulletin, asked, unit) for unit in units), bulletin.mean_score, None]
    total += ["", None] if grouped else []
    notes = (
        f"综合得分一栏的{bulletin.whole_word}数为各{bulletin.units}得分的平均。",
        *filter(None, [phrase.without_package(bulletin), phrase.without_task(bulletin)]),
        *bulletin.rule,
        *bulletin.notes,
        last_note(bulletin),
    )
    return Sheet(
        "1综合排名",
        1,
        attachments(bulletin)[0],
        period_line(bulletin),
        "单位：见列名",
        tuple(heads),
        tuple(rows),
        (*total, None, None),
        notes,
    )


def _in_all(unit: str) -> Head:
    """任务总量（人次）: units are not added up."""
    return Head(f"任务总量（{wording.shown_unit(unit)}）", "money" if unit == wording.MONEY else "count")


def _category(bulletin: Bulletin, category: Category, number: int | None = None) -> Sheet:
    table = CategoryTable(bulletin, category)
    (_SHAPES.get(category.id, _plain) if bulletin.by_rates and category.scored else _told)(table)
    table.remarks()
    return table.sheet(number)


def _unit(table: CategoryTable) -> str:
    units = {wording.shown_unit(found.unit) for found in table.scored}
    return f"（{units.pop()}）" if len(units) == 1 else ""


def _plain(table: CategoryTable) -> None:
    unit = _unit(table)
    table.targets(f"年度任务{unit}")
    table.monthly(f"本月{unit}")
    table.sums(table.scored, f"累计{unit}", lambda cell: cell.done)
    table.rated()


def _told(table: CategoryTable) -> None:
    """Every indicator with what it has: where no rates are made into one, its figures are not made into one either."""
    telling = [found for found in table.category.indicators if phrase.says_anything(found)]
    for found in telling:
        group = f"{found.heading(found.short)}（{wording.shown_unit(found.unit)}）"
        asked = found.total.target is not None or any(cell.target is not None for cell in found.cells)
        if asked:
            table.cells(found, phrase.asked(found), lambda cell: cell.target, group)
        if len(telling) <= WITH_MONTHS:
            table.cells(found, phrase.monthly(found), lambda cell: cell.this_month, group)
        table.cells(found, phrase.standing(table.bulletin, found), lambda cell: cell.done, group, code=True)
        if asked:
            table.rate(found, "完成率（%）", group)


def _training(table: CategoryTable) -> None:
    unit = _unit(table)
    table.targets(f"年度任务{unit}")
    group = f"累计完成{unit}" if len(table.scored) > 1 else ""
    for found in table.scored:
        table.cells(found, found.short if group else f"累计完成{unit}", lambda cell: cell.done, group, code=True)
    if group:
        table.sums(table.scored, "合计", lambda cell: cell.done, group)
    table.monthly(f"本月完成{unit}")
    table.rated()


def _standard(table: CategoryTable) -> None:
    unit, month = _unit(table), phrase.month(table.bulletin)
    created = [found.id for found in table.scored] == ["standard.reached.三级新创"]
    table.targets(f"{'新创' if created else ''}年度任务{unit}")
    if month > 1:
        table.sums(table.scored, f"{month - 1}月底累计{unit}", lambda cell: cell.last_month)
    table.monthly(f"本月新增{unit}")
    code = len(table.scored) == 1
    if code:
        table.cells(table.scored[0], f"累计达标{unit}", lambda cell: cell.done, code=True)
    else:
        table.sums(table.scored, f"累计达标{unit}", lambda cell: cell.done)
    table.rated()
    table.owed("standard.review_due", "standard.review_carried", "应复评（家）")
    for indicator, title in (
        ("standard.stage.复评.咨询", "已咨询（家）"),
        ("standard.stage.复评.评审", "进入评审（家）"),
        ("standard.reached.三级复评", "复评已公告（家）"),
        ("standard.underway.二级", "二级在创（家）"),
    ):
        table.done(indicator, title)


def _village(table: CategoryTable) -> None:
    bulletin = table.bulletin
    codes = [town.code for town in bulletin.towns]
    own = {code: [row for row in bulletin.villages if row.town == code] for code in codes}

    def joined(at: int, field: str) -> Value:
        parts = [str(getattr(row, field)) for row in own[codes[at]]]
        return "、".join(dict.fromkeys(part for part in parts if part))

    def judged(at: int) -> Value:
        return "、".join(dict.fromkeys(row.conclusion or "未验收" for row in own[codes[at]])) or None

    def rewarded(at: int) -> Value:
        paid = [row.reward for row in own[codes[at]] if row.reward is not None]
        return sum(paid) if paid else None

    unit = _unit(table)
    table.add(Head("创建村（居）", "text"), lambda at: joined(at, "village"), f"{len(bulletin.villages)}个")
    table.add(Head("中介机构", "text"), lambda at: joined(at, "agency"), "")
    table.add(Head("进驻日期", "text"), lambda at: joined(at, "moved_in_on"), "")
    table.targets(f"应指导小微企业{unit}" if _guided(table) else f"年度任务{unit}")
    table.monthly(f"本月指导{unit}" if _guided(table) else f"本月{unit}")
    if len(table.scored) == 1:
        table.cells(table.scored[0], f"累计{'指导' if _guided(table) else ''}{unit}", lambda cell: cell.done, code=True)
    else:
        table.sums(table.scored, f"累计{unit}", lambda cell: cell.done)
    table.rated()
    accepted = [row for row in bulletin.villages if row.conclusion == "合格"]
    paid = [row.reward for row in bulletin.villages if row.reward is not None]
    table.add(Head("年终验收", "text"), judged, f"合格{len(accepted)}个")
    table.add(Head("奖励资金（万元）", "money"), rewarded, sum(paid) if paid else None)


def _guided(table: CategoryTable) -> bool:
    return [found.id for found in table.scored] == ["village.guided"]


def _special(table: CategoryTable) -> None:
    for found in table.category.indicators:
        if not found.id.startswith("special.enrolled.") or not phrase.says_anything(found):
            continue
        kind = found.id.removeprefix("special.enrolled.")
        accepted = table.found.get(f"special.accepted.{kind}")
        table.cells(found, "应整治（家）", lambda cell: cell.done, kind, code=True)
        table.cells(accepted, "已验收（家）", lambda cell: cell.done, kind, code=True)
    table.targets("应整治（家）", "合计")
    table.monthly("本月验收（家）")
    table.sums(table.scored, "累计验收（家）", lambda cell: cell.done)
    table.rated(spare=True)
    for outcome in ("整治", "提升", "托管", "关停"):
        table.done(f"special.outcome.{outcome}", outcome, "处置结果（家）")


def _trusteeship(table: CategoryTable) -> None:
    bulletin = table.bulletin
    unit = "（家次）"
    expiring = {row.town: row.contracts for row in bulletin.expiring}
    group = f"{'月末' if bulletin.finished else '现时'}在托{unit}"
    table.targets(f"年度任务{unit}")
    for found in table.scored:
        table.cells(found, found.short, lambda cell: cell.done, group, code=True)
    if len(table.scored) > 1:
        table.sums(table.scored, "合计", lambda cell: cell.done, group)
    table.done("trusteeship.enterprises", "其中：涉及企业（家）")
    table.monthly(f"本月净增{unit}")
    table.rated()
    table.add(
        Head(f"{SOON}日内到期（份）"),
        lambda at: expiring.get(bulletin.towns[at].code, 0),
        sum(expiring.values()),
        expiring.get("", 0),
    )


def _health(table: CategoryTable) -> None:
    table.targets("应检测（家）")
    table.done("health.severe", "其中：职业病危害严重（家）")
    table.monthly("本月检测（家）")
    if len(table.scored) == 1:
        table.cells(table.scored[0], "累计检测（家）", lambda cell: cell.done, code=True)
    else:
        table.sums(table.scored, "累计检测（家）", lambda cell: cell.done)
    table.rated()
    table.done("health.over_limit", "检测超标（家）")
    table.done("health.points_over", "超标点（个）")
    table.done("health.remedied", "超标已整改（家）")


_SHAPES: dict[str, Callable[[CategoryTable], None]] = {
    "training": _training,
    "standard": _standard,
    "village": _village,
    "special": _special,
    "trusteeship": _trusteeship,
    "health": _health,
}
