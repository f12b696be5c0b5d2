"""The office's own worksheets, which are never sent down: 数据核对, 欠账名单, 更正, 任务依据, 年底预计, 格码."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.bulletin import phrase, score_words, wording
from anjian_cli.bulletin.cross_check import Reported
from anjian_cli.bulletin.owing import Owing
from anjian_cli.bulletin.period import month_title
from anjian_cli.bulletin.value import Bulletin, IndicatorTable, TaskBasis
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.office.category import UNREPORTED, period_line
from anjian_cli.render.office.outlook import county_outlook
from anjian_cli.render.office.town_sheets import owing_sheet
from anjian_cli.render.paper import Head, Row, Sheet, Value, mixed

ALL = "全部"
NOT_CONFIRMED = "未确认"
REDEFINED = "口径变化"
WITHDRAWN = "撤销"


def internal_sheets(
    bulletin: Bulletin, owing: Sequence[Owing], reported: Sequence[Reported], tasks: Sequence[TaskBasis]
) -> tuple[Sheet, ...]:
    """The six, in the order of the office's workbook. One that has no rows says so in its first note."""
    return (
        _or_none(reported_sheet(bulletin, reported), f"没有{bulletin.units}可核对。"),
        _or_none(owing_sheet(bulletin, owing, f"各{bulletin.units}"), "没有未完成的企业。"),
        _or_none(correction_sheet(bulletin), "已印发、定稿的数字没有更正。"),
        _or_none(task_sheet(bulletin, tasks), "没有下达本年度任务。"),
        _or_none(county_outlook(bulletin), "没有计分的任务。"),
        _or_none(code_sheet(bulletin), "没有指标。"),
    )


def reported_sheet(bulletin: Bulletin, reported: Sequence[Reported]) -> Sheet:
    """数据核对: a row for each figure that a town told, and one for a town that told none; with the town's
    agreement."""
    tables = _tables(bulletin)
    confirmed = {one.town: one for one in bulletin.confirmed}
    missing = bulletin.filings.missing if bulletin.filings else ()
    rows = []
    for one in reported:
        by = confirmed.get(one.town)
        agreed: tuple[Value, ...] = (one.filer, NOT_CONFIRMED, "")
        if by is not None:
            agreed = (by.by, f"{by.on}（以后数字有变）" if one.outdated else by.on, by.method)
        name = bulletin.town(one.town).name
        for figure in one.figures:
            table = tables[figure.indicator]
            off = figure.said - figure.done
            numbers = [mixed(number, table.unit) for number in (figure.said, figure.done, off)]
            rows.append(Row((name, _titled(table), *numbers, figure.reason, *agreed), off != 0))
        if not one.figures:
            said = UNREPORTED if one.town in missing else None
            rows.append(Row((name, ALL, said, None, None, "", *agreed)))
    heads = (
        Head(bulletin.units, "name"),
        Head("指标", "text"),
        Head("镇报数"),
        Head("台账数"),
        Head("相差"),
        Head("差异原因", "text"),
        Head("镇经办人", "name"),
        Head("确认日期", "name"),
        Head("确认方式", "name"),
    )
    notes = (
        f"相差为镇报数减台账数；只报了月报、没有报数的{bulletin.units}列一行，只看是否确认。",
        "差异原因只写台账里有、又不超过相差数的，空着的请向镇里核实后填写；"
        f"逐条核对：anjian 明细 {phrase.month(bulletin)} 镇街 指标。",
        "镇经办人为确认人，没有确认的为报送人。",
    )
    return _sheet(bulletin, "数据核对", "数据核对表", heads, rows, notes)


def correction_sheet(bulletin: Bulletin) -> Sheet:
    """更正: figures of the issued month before, then the scores that they changed."""
    tables = _tables(bulletin)
    rescored = {one.town: one for one in bulletin.rescored}
    called = score_words.score_name(bulletin)
    rows = []
    for one in bulletin.corrections:
        table = tables.get(one.indicator)
        unit = table.unit if table else ""
        place = (month_title(one.month), phrase.place(bulletin, one.town), _titled(table) if table else one.indicator)
        of = rescored.get(one.town)
        ranks: tuple[Value, ...] = (of.was_rank, of.now_rank) if of else ("", "")
        reason = REDEFINED if one.definition else ""
        rows.append(Row((*place, mixed(one.was, unit), mixed(one.now, unit), reason, "", "", "", *ranks)))
    for score in bulletin.rescored:
        place = (month_title(score.month), phrase.place(bulletin, score.town), f"{called}（分）")
        scores = (wording.score(score.was), wording.score(score.now))
        rows.append(Row((*place, *scores, "", "", "", "", score.was_rank, score.now_rank)))
    heads = (
        Head("原通报期", "name"),
        Head(bulletin.units, "name"),
        Head("指标", "text"),
        Head("原数"),
        Head("更正数"),
        Head("原因", "text"),
        Head("依据材料", "text"),
        Head("提出单位", "text"),
        Head("核实日期", "name"),
        Head("原排名", "rank"),
        Head("更正后排名", "rank"),
    )
    notes = [
        f"排名为{called}的排名，没有填的没有变动。",
        f"依据材料、提出单位、核实日期和{REDEFINED}以外的原因，台账不记，请手填。",
    ]
    if bulletin.corrections:
        of_month = bulletin.corrections[0].month
        notes.append(f"由哪些记录造成：anjian 月份 差异 {of_month} --逐条。")
    return _sheet(bulletin, "更正", "更正表", heads, rows, notes)


def task_sheet(bulletin: Bulletin, tasks: Sequence[TaskBasis]) -> Sheet:
    """任务依据: a row for each indicator and town."""
    tables = _tables(bulletin)
    rows = []
    for task in tasks:
        table = tables.get(task.indicator)
        if table is None:  # a month locked by a version that did not have it yet
            continue
        before: Value = ""
        if task.adjusted:
            before = WITHDRAWN if task.before is None else mixed(task.before, table.unit)
        quantity = WITHDRAWN if task.quantity is None else mixed(task.quantity, table.unit)
        titled = f"{_titled(table)}控制数" if table.less else _titled(table)
        rows.append(Row((titled, task.name, quantity, task.document, task.from_on, before, task.reason)))
    heads = (
        Head("指标", "text"),
        Head(bulletin.units, "name"),
        Head("年度任务"),
        Head("下达文号", "text"),
        Head("起用日期", "name"),
        Head("调整前"),
        Head("调整依据（关停、搬迁、转产核减）", "text"),
    )
    notes = (
        "调整过的，调整前为最近一次调整以前的任务数，调整依据取自该项任务的备注。",
        "以应办数（应检测、列入整治等）为任务的不在此列。",
    )
    return _sheet(bulletin, "任务依据", "任务依据表", heads, rows, notes)


def code_sheet(bulletin: Bulletin) -> Sheet:
    """格码: by which code each figure of the annexes is asked for. It stands here and not on the annexes, which go to
    those who cannot ask."""
    rows = [
        Row((category.title, _titled(table), table.total.code, table.cells[0].code if table.cells else ""))
        for category in bulletin.categories
        for table in category.indicators
        if phrase.says_anything(table)
    ]
    heads = (
        Head("类别", "text"),
        Head("指标", "text"),
        Head(f"{bulletin.county}的格码", "text"),
        Head(f"{bulletin.units}的格码，如", "text"),
    )
    notes = (
        f"格码：月-{bulletin.units}简称-指标短名。问一个数字由哪些记录组成：anjian 明细 格码。",
        "附件上不印格码；各镇的表里每项一格，写在最后一列。",
    )
    return _sheet(bulletin, "格码", "格码表", heads, rows, notes)


def _sheet(
    bulletin: Bulletin, name: str, what: str, heads: tuple[Head, ...], rows: Sequence[Row], notes: Sequence[str]
) -> Sheet:
    title = f"{month_title(bulletin.month)}份{what}"
    right = f"共{len(rows)}条"
    return Sheet(name, None, title, period_line(bulletin), right, heads, tuple(rows), None, tuple(notes), "不符")


def _or_none(sheet: Sheet, none: str) -> Sheet:
    return sheet if sheet.rows else replace(sheet, notes=(none, *sheet.notes))


def _tables(bulletin: Bulletin) -> dict[str, IndicatorTable]:
    return {table.id: table for category in bulletin.categories for table in category.indicators}


def _titled(table: IndicatorTable) -> str:
    """An indicator with its unit, since one column holds several."""
    return f"{table.title}（{wording.shown_unit(table.unit)}）"
