"""A town's own figures, and the enterprises behind what it owes, as tables for a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.bulletin import findings, phrase, score_words, wording
from anjian_cli.bulletin.notice import mark
from anjian_cli.bulletin.owing import Owing
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.office.category import period_line
from anjian_cli.render.office.control import town_control
from anjian_cli.render.office.outlook import town_outlook
from anjian_cli.render.office.points import unit_sheet
from anjian_cli.render.paper import Head, Paper, Row, Sheet, Value, mixed
from anjian_cli.render.standing import standing

NAMELESS = {"training": "培训人次", "trusteeship": "未签约的托管"}
"""Tasks of which nobody knows which enterprises still owe them, by the kind of what is counted."""


def town_sheets(bulletin: Bulletin, code: str, owing: Sequence[Owing]) -> tuple[Sheet, ...]:
    """Its rates and places, its figures, its control figures where it has any, what lies ahead, and its enterprises by
    name. Raises KeyError."""
    owed = owing_sheet(bulletin, owing, bulletin.town(code).name)
    controls = [] if (sheet := town_control(bulletin, code)) is None else [sheet]
    first = () if bulletin.without_score else (_standing(bulletin, code),)
    return (*first, _figures(bulletin, code), *controls, town_outlook(bulletin, code), owed)


def town_paper(bulletin: Bulletin, code: str, owing: Sequence[Owing]) -> Paper:
    """The same as one paper, its standing above and the rules below. Raises KeyError."""
    sheets = town_sheets(bulletin, code, owing)
    title = _title(bulletin, bulletin.town(code).name, "安全生产重点工作情况")
    before = (f"{standing(bulletin, code)}。",)
    if not bulletin.without_score:
        said = () if bulletin.points is None else tuple(score_words.effects(bulletin, bulletin.points.row(code)))
        sheets = (replace(sheets[0], notes=said), *sheets[1:])
    return Paper(title, mark(bulletin), before, sheets, bulletin.rule, witness=phrase.witness(bulletin))


def _title(bulletin: Bulletin, name: str, what: str) -> str:
    return f"{name}{bulletin.month[:4]}年{phrase.month(bulletin)}月份{what}"


def _standing(bulletin: Bulletin, code: str) -> Sheet:
    """Its points where the scheme gives any, else its rates and places."""
    if bulletin.points is not None:
        return unit_sheet(bulletin, bulletin.points, code, _title(bulletin, bulletin.town(code).name, "得分"))
    return _rates(bulletin, code)


def _rates(bulletin: Bulletin, code: str) -> Sheet:
    at = bulletin.at(code)
    name = bulletin.towns[at].name
    rows = []
    for category in findings.scored(bulletin):
        if category.rows:
            found = category.rows[at]
            cells: tuple[Value, ...] = (category.title, found.rate, category.total_rate, found.gap, found.rank)
            ahead = code in {one.town for one in findings.field_of(category).leaders}
            rows.append(Row((*cells, found.last_rank), code in category.laggards, ahead))
    heads = (
        Head("类别", "name"),
        Head("完成率（%）", "percent"),
        Head(f"{bulletin.whole_word}（%）", "percent"),
        Head("与序时进度差（百分点）", "points"),
        Head("排名", "rank"),
        Head("上月排名", "rank"),
    )
    return Sheet(
        "各类排名",
        None,
        _title(bulletin, name, "重点工作完成情况"),
        period_line(bulletin),
        "",
        heads,
        tuple(rows),
        None,
        (f"{standing(bulletin, code)}。", *bulletin.rule),
    )


def _figures(bulletin: Bulletin, code: str) -> Sheet:
    at = bulletin.at(code)
    rows = []
    for category in bulletin.categories:
        for table in category.indicators:
            cell = table.cells[at]
            if not (cell.target or cell.done or cell.this_month or cell.done is None):
                continue
            own: Value = mixed(cell.this_month, table.unit)
            if (cell.this_month or 0) < 0:
                own = phrase.in_month(table, cell.this_month)
            done: Value = mixed(cell.done, table.unit)
            if code in table.otherwise:
                done = phrase.cell_amount(table, cell)
            told = [mixed(cell.target, table.unit), own, done]
            figures: tuple[Value, ...] = (
                cell.rate,
                cell.gap,
                cell.owes_pace,
                cell.owes_year,
                cell.rank,
                cell.last_rank,
            )
            unit = wording.shown_unit(table.unit)
            heading = table.heading(table.title)
            rows.append(Row((category.title, heading, unit, *told, *figures, cell.code), code in table.laggards))
    heads = (
        Head("类别", "name"),
        Head("指标", "text"),
        Head("单位", "text"),
        Head("年度任务"),
        Head("本月增减"),
        Head("累计或现有"),
        Head("完成率（%）", "percent"),
        Head("与序时进度差（百分点）", "points"),
        Head("尚欠序时"),
        Head("距年度任务尚差"),
        Head("排名", "rank"),
        Head("上月排名", "rank"),
        Head("格码", "text"),
    )
    return Sheet(
        "各项指标",
        None,
        _title(bulletin, bulletin.town(code).name, "各项指标"),
        period_line(bulletin),
        "单位：见各行",
        heads,
        tuple(rows),
        None,
        ("问一个数字由哪些记录组成：anjian 明细 格码。",),
    )


def owing_sheet(bulletin: Bulletin, owing: Sequence[Owing], name: str) -> Sheet:
    """欠账名单: of one town, or of all."""
    names = {town.code: town.name for town in bulletin.towns}
    heads = (
        Head(bulletin.units, "name"),
        Head("类别", "text"),
        Head("企业名称", "text"),
        Head("统一社会信用代码", "text"),
        Head("现处阶段", "text"),
        Head("应完成日期", "text"),
        Head("超期天数"),
        Head("责任人", "text"),
        Head("联系电话", "text"),
    )
    rows = tuple(
        Row(
            (
                names.get(one.town, phrase.UNSETTLED_NAME),
                one.category,
                one.enterprise,
                one.credit_code,
                one.stage,
                one.due_on,
                one.late,
                one.responsible,
                one.phone,
            ),
            one.late > 0,
        )
        for one in owing
    )
    return Sheet(
        "欠账名单",
        None,
        _title(bulletin, name, "未完成企业名单"),
        period_line(bulletin),
        f"共{len(rows)}条",
        heads,
        rows,
        None,
        (f"联系电话只显示首尾；没有企业名单的任务{_nameless(bulletin)}不在此列。",),
        "超期",
    )


def _nameless(bulletin: Bulletin) -> str:
    """Which tasks no list of enterprises tells of, among those that are asked: （培训人次、未签约的托管）."""
    asked = {table.known_as.partition(".")[0] for category in bulletin.categories for table in category.indicators}
    told = "、".join(word for kind, word in NAMELESS.items() if kind in asked)
    return f"（{told}）" if told else ""
