"""One category of a bulletin as tables: what is ranked, a table each; what is only told, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from anjian_cli.bulletin import control, phrase, score_words, wording
from anjian_cli.bulletin.value import Bulletin, Category, Cell, IndicatorTable
from anjian_cli.render.cell_text import gap, percent, whole
from anjian_cli.render.screen.grid import Column, Grid, bracket_below, side_by_side, stacked, without_empty
from anjian_cli.render.screen.styled_lines import Line, paragraph, table


def shown(bulletin: Bulletin, category: Category) -> bool:
    """Whether a category is told at all; where no rates are made, only one that has points or a figure, or that says
    what no figure does."""
    if bulletin.by_rates or category.id in ("accident", "report"):
        return True
    points = bulletin.points is not None and any(item.category == category.id for item in bulletin.points.items)
    return points or any(map(phrase.says_anything, category.indicators))


def category_lines(bulletin: Bulletin, category: Category, number: int, width: int | None) -> Iterator[Line]:
    """A category under its heading; `number` is its place in the bulletin."""
    telling = [found for found in category.indicators if phrase.says_anything(found)]
    ranked = [found for found in telling if phrase.measured(found)]
    told = [found for found in telling if not phrase.measured(found)]
    yield Line("")
    aside = not category.scored and not bulletin.without_score
    scored = f"（不计入{score_words.score_name(bulletin)}）" if aside else ""
    yield Line(f"{wording.numeral(number)}、{category.title}{scored}", "title")
    if bulletin.points is not None:
        from anjian_cli.render.screen.points import category_points  # here: few schemes give points

        yield from category_points(bulletin, bulletin.points, category.id, width)
    if len(ranked) > 1 and bulletin.by_rates:
        yield Line("")
        yield from _rates(bulletin, category, ranked, width)
    for found in ranked:
        yield Line("")
        yield from _ranking(bulletin, found, width)
    if category.id == "standard":
        for sentence in phrase.standardization(bulletin):
            yield Line("")
            yield from paragraph(sentence, width)
    if told:
        yield Line("")
        yield from _towns(bulletin, told, width) if category.scored else _county(bulletin, category, told, width)
    for found in told:
        if found.controlled:
            yield Line("")
            yield from _control(bulletin, found, width)
    silent = [found.short for found in category.indicators if not phrase.says_anything(found)]
    if silent:
        yield from paragraph(f"没有任务也没有数字的：{'、'.join(silent)}。", width, "quiet")


def _rates(
    bulletin: Bulletin, category: Category, ranked: Sequence[IndicatorTable], width: int | None
) -> Iterator[Line]:
    """The category's rate, and the rates it is the mean of."""
    yield Line(f"{category.title}各项完成率（%）", "title")
    heads = [Column(bracket_below(bulletin.units), right=False), *(Column(stacked(found.short)) for found in ranked)]
    heads += [Column("类别\n完成率"), Column("排名"), Column("上月\n排名")]
    rates = [{cell.town: cell.rate for cell in found.cells} for found in ranked]
    placed = sorted(category.rows, key=lambda row: row.rank or len(category.rows) + 1)
    rows = [
        [
            phrase.place(bulletin, row.town),
            *(percent(found[row.town]) for found in rates),
            percent(row.rate),
            whole(row.rank),
            whole(row.last_rank),
        ]
        for row in placed
    ]
    rows.append(
        [bulletin.whole_word, *(percent(found.total.rate) for found in ranked), percent(category.total_rate), "", ""]
    )
    behind = [at for at, row in enumerate(placed) if row.town in category.laggards]
    yield from table(Grid(heads, rows, width), behind)
    yield from _lagging(bulletin, category.laggards, width)


def _ranking(bulletin: Bulletin, found: IndicatorTable, width: int | None) -> Iterator[Line]:
    """One ranked indicator: who has done how much of what was asked."""
    unit = wording.shown_unit(found.unit)
    against = "" if found.against in ("", "target") else f"，对照{found.against}"
    yield Line(f"{found.short}：{found.title}（{unit}）{against}", "title")
    heads = [
        Column(bracket_below(bulletin.units), right=False),
        Column(stacked(phrase.asked(found))),
        Column(stacked(phrase.monthly(found))),
        Column(stacked(phrase.standing(bulletin, found))),
        Column("完成率\n(%)"),
        Column("与序时差\n(百分点)"),
        Column("尚欠\n序时"),
        Column("排名"),
        Column("上月\n排名"),
        Column("格码", right=False),
    ]
    every = phrase.by_rank(found)
    placed = [
        cell
        for cell in every
        if cell.target is not None or cell.this_month or (cell.done != 0 and cell.town not in found.unfiled)
    ]

    def row(name: str, cell: Cell) -> list[str]:
        return [
            name,
            wording.amount(cell.target, found.unit),
            phrase.in_month(found, cell.this_month),
            phrase.cell_amount(found, cell),
            percent(cell.rate),
            gap(cell.gap),
            wording.amount(cell.owes_pace, found.unit),
            whole(cell.rank),
            whole(cell.last_rank),
            cell.code,
        ]

    def grid(*, short: bool) -> Grid:
        rows = [row(_name(bulletin, cell.town, short=short), cell) for cell in placed]
        if found.other is not None:
            rows.append(row(bulletin.unsettled_word if short else bulletin.unsettled, found.other))
        narrow = [Column(bulletin.brief_units, right=False), *heads[1:7], Column("排\n名"), Column("上\n月"), heads[-1]]
        return without_empty(Grid(narrow if short else heads, [*rows, row("合计", found.total)], width))

    full = grid(short=False)
    behind = [at for at, cell in enumerate(placed) if cell.town in found.laggards]
    yield from table(full if full.fits() else grid(short=True), behind)
    if len(placed) < len(every):
        yield from paragraph(f"另有{len(every) - len(placed)}个没有任务也没有数字，未列。", width, "quiet")
    yield from _beside(bulletin, found, width)
    task = phrase.whole_task(bulletin, found)
    if task:
        yield from paragraph(task, width)
    yield from _lagging(bulletin, found.laggards, width)
    if found.unscored_reason:
        yield from paragraph(f"{found.unscored_reason}。", width)
    elif found.pace is not None and found.pace != bulletin.pace:
        yield from paragraph(f"{found.short}按计划考核，本月应完成{wording.percent(found.pace)}。", width)
    if found.note:
        yield from paragraph(f"注：{found.note}。", width, "quiet")


def _towns(bulletin: Bulletin, told: Sequence[IndicatorTable], width: int | None) -> Iterator[Line]:
    """Towns down, indicators across: what stands on the day, and for the county what the month brought."""
    heads = [Column(bracket_below(bulletin.units), right=False)]
    heads += [Column(f"{_stacked(found)}\n({wording.shown_unit(found.unit)})") for found in told]
    rows = [
        [town.name, *(phrase.cell_amount(found, found.cells[at]) for found in told)]
        for at, town in enumerate(bulletin.towns)
    ]
    if any(found.other for found in told):
        others = [wording.amount(found.other.done if found.other else 0, found.unit) for found in told]
        rows.append([bulletin.unsettled, *others])
    rows.append(["合计", *(wording.amount(found.total.done, found.unit) for found in told)])
    rows.append(["本月增减", *(phrase.in_month(found, found.total.this_month) for found in told)])
    if any(found.total.last_year is not None for found in told):
        rows.append(["上年同期", *(wording.amount(found.total.last_year, found.unit) for found in told)])
    if any(found.total.target is not None for found in told):
        words = {phrase.asked(found) for found in told if found.total.target is not None}
        word = words.pop() if len(words) == 1 else "任务、应办"
        rows.append([word, *(wording.amount(found.total.target, found.unit) for found in told)])
    for part in side_by_side(Grid(heads, rows, width)):
        yield Line("不评排名的指标" if bulletin.by_rates else "各项数字", "title")
        yield from table(part)
    for found in told:
        yield from _beside(bulletin, found, width, f"{found.short}：")
        task = phrase.whole_task(bulletin, found)
        if task:
            yield from paragraph(f"{found.short}：{task}", width)
        named = phrase.having(bulletin, found)
        if named:
            yield from paragraph(named, width)
        if found.note:
            yield from paragraph(f"注：{found.short}，{found.note}。", width, "quiet")


def _stacked(found: IndicatorTable) -> str:
    return "\n".join(filter(None, (stacked(found.short), found.counted_as)))


def _county(
    bulletin: Bulletin, category: Category, told: Sequence[IndicatorTable], width: int | None
) -> Iterator[Line]:
    """The county's own figures, a line each, against last year and, for what stands on the day, last month."""
    heads = [
        Column("指标", right=False),
        Column("单位", right=False),
        Column("本月\n增减"),
        Column("累计\n或现有"),
        Column("完成率\n(%)"),
        Column("上年\n同期"),
        Column("同比", right=False),
        Column("环比", right=False),
        Column("格码", right=False),
    ]
    kind = phrase.noun(category)
    rows = []
    for found in told:
        cell = found.whole if found.less else found.total
        month_on_month = wording.NOTHING
        if not phrase.of_flow(found) and not found.of_year:
            month_on_month = wording.change(cell.done, cell.last_month, kind).replace("上年同期", "上月")
        rows.append(
            [
                found.heading(found.short),
                wording.shown_unit(found.unit),
                phrase.in_month(found, cell.this_month),
                phrase.cell_amount(found, cell),
                percent(cell.rate),
                wording.amount(cell.last_year, found.unit),
                wording.change(cell.done, cell.last_year, kind),
                month_on_month,
                cell.code,
            ]
        )
    yield Line(f"{bulletin.county}{category.title}", "title")
    yield from table(without_empty(Grid(heads, rows, width)))
    sentences = _sentences(bulletin, category)
    if sentences:
        yield Line("")
    for sentence in sentences:
        yield from paragraph(sentence, width)
    for found in told:
        if found.total.mean_two_years is not None and found.total.done is not None:
            mean = wording.amount(found.total.mean_two_years, found.unit) + wording.shown_unit(found.unit)
            against = wording.change(found.total.done, found.total.mean_two_years, kind).replace("上年同期", "均数")
            yield from paragraph(f"{found.short}：前两年同期平均{mean}，与之相比{against}。", width)
        if not found.less:
            yield from _beside(bulletin, found, width, f"{found.short}：")
        if found.note:
            yield from paragraph(f"注：{found.short}，{found.note}。", width, "quiet")


def _control(bulletin: Bulletin, found: IndicatorTable, width: int | None) -> Iterator[Line]:
    """A control figure: what may happen at most, what has happened, what is left or over; no rate and nothing owed."""
    yield Line(f"{found.short}控制数（{wording.shown_unit(found.unit)}）", "title")
    heads = [
        Column(bracket_below(bulletin.units), right=False),
        Column("控制数"),
        Column(stacked(phrase.monthly(found))),
        Column(control.happened(found)),
        Column("剩余\n或超出"),
        Column("排名"),
        Column("上月\n排名"),
        Column("格码", right=False),
    ]
    cells = [cell for cell in phrase.by_rank(found) if cell.control is not None or cell.done != 0 or cell.this_month]
    named = [(phrase.place(bulletin, cell.town), cell) for cell in cells]
    if found.other is not None:
        named.append((bulletin.unsettled, found.other))
    rows = [
        [
            name,
            wording.amount(cell.control, found.unit),
            wording.amount(cell.this_month, found.unit),
            phrase.cell_amount(found, cell),
            control.left(cell.left, found.unit),
            whole(cell.rank),
            whole(cell.last_rank),
            cell.code,
        ]
        for name, cell in [*named, ("合计", found.total)]
    ]
    yield from table(
        without_empty(Grid(heads, rows, width)), [at for at, (_, cell) in enumerate(named) if cell.exceeded]
    )
    for sentence in control.sentences(bulletin, [found]):
        yield from paragraph(sentence, width)


def _beside(bulletin: Bulletin, found: IndicatorTable, width: int | None, lead: str = "") -> Iterator[Line]:
    """What stands beside the total that is held against the tasks."""
    if beside := phrase.beside(bulletin, found):
        yield from paragraph(f"{lead}{beside}。", width)


def _sentences(bulletin: Bulletin, category: Category) -> list[str]:
    """What is said of a category besides its figures."""
    if category.id == "accident":
        rates = phrase.death_rates(bulletin) or ["没有登记统计数（生产总值、从业人员），死亡率没有分母，不计。"]
        return [*phrase.larger_accidents(category), *rates]
    return phrase.filings(bulletin) if category.id == "report" else phrase.rectification(category)


def _lagging(bulletin: Bulletin, codes: Sequence[str], width: int | None) -> Iterator[Line]:
    if codes:
        yield from paragraph(f"落后的：{'、'.join(phrase.place(bulletin, code) for code in codes)}。", width)


def _name(bulletin: Bulletin, code: str, *, short: bool) -> str:
    town = bulletin.town(code)
    return town.short if short else town.name
