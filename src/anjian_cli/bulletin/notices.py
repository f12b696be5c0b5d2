"""文书: what an office sends to a town that is late: a reminder of its report (催报), an order to deal with what is
overdue (督办通知书), a summons to a talk (约谈通知书); and to a department the hazard that is handed over to it
(抄告函).

Each is made of what is due, of the bulletin or of the hazard, and of nothing else; printing it records nothing. That it
was sent is a work item (工作项).
"""

from __future__ import annotations

import sqlite3

from anjian_cli.bulletin import due, findings, phrase, wording
from anjian_cli.bulletin.due import Due
from anjian_cli.bulletin.period import day_after, month_title
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable
from anjian_cli.bulletin.value import Bulletin, Town
from anjian_cli.errors import refused
from anjian_cli.ledger import held, listing, lookup, settings
from anjian_cli.light_typing import NamedTuple
from anjian_cli.records import masking
from anjian_cli.rules import place_names

URGE, SUPERVISE, TALK, HAND_OVER = "催报", "督办", "约谈", "抄告"
KINDS = (URGE, SUPERVISE, TALK, HAND_OVER)
UNFILED = "月报未报"
WITHIN = 10
"""Days within which what is overdue is to be dealt with, where the office says no other."""
MAJOR = "重大"


class Notice(NamedTuple):
    """`to` whom it is sent, '' for a line to all; `items` what it is about, None where the sentences say it all;
    `signed` the office and the day below it."""

    title: str
    to: str
    sentences: tuple[str, ...]
    items: SummaryTable | None
    signed: tuple[str, ...]
    demonstration: bool


def urge(connection: sqlite3.Connection, today: str, town: str | None = None) -> Notice:
    """催报: whose reports are missing, one line a unit, the longest overdue first; of one town (its code) or of all.
    Raises `Refused` E859 where all have reported."""
    late = [one for one in due.due(connection, today, today, town) if one.kind == UNFILED]
    if not late:
        raise refused("E859", what="该报的都报了", when=phrase.day(today))
    lines = []
    for unit, own in due.by_unit(connection, late, today):
        months = "、".join(f"{one.subject}月报（应于{phrase.day(one.due_on)}前报，{_late(one)}）" for one in own)
        lines.append(f"{unit.name}：{months}，请今天报送。")
    demonstration = settings.is_demonstration(connection)
    return Notice("催报", "", tuple(lines), None, _signed(connection, today), demonstration)


def supervise(connection: sqlite3.Connection, today: str, town: Town, within: int = WITHIN) -> Notice:
    """督办通知书: what of a town is overdue, major hazards first, to be dealt with within some days; but not the
    answers that departments owe (移交答复), which a town cannot give. Raises `Refused` E859 where nothing is."""
    found = due.due(connection, today, today, town.code)
    late = [one for one in found if one.left < 0 and one.record != "hazard_charge"]
    if not late:
        raise refused("E859", what=f"{town.name}没有逾期未办的事", when=phrase.day(today))
    late.sort(key=lambda one: (MAJOR not in one.kind, one.due_on, one.kind, one.subject))
    major = sum(MAJOR in one.kind for one in late)
    of = f"，其中重大隐患{major}件" if major else ""
    sentences = (
        f"截至{phrase.day(today)}，你单位有{len(late)}件事逾期没有办结{of}，列在附表。",
        f"请逐件落实责任人和措施，于{phrase.day(day_after(today, within))}前办结，并把办理情况书面报来；"
        "确实不能按期办结的，说明原因和管控措施。",
    )
    rows = tuple(
        Row(one.subject, (one.what, one.due_on, -one.left, _number(one)), behind=MAJOR in one.kind) for one in late
    )
    columns = (Column("事项", "text"), Column("期限", "text"), Column("逾期天数"), Column("编号", "text"))
    demonstration = settings.is_demonstration(connection)
    items = SummaryTable(f"{town.name}逾期未办事项", f"截至{today}", "对象", columns, rows, sign="重大隐患")
    return Notice("安全生产督办通知书", town.name, sentences, items, _signed(connection, today), demonstration)


def talk(connection: sqlite3.Connection, today: str, bulletin: Bulletin, town: Town) -> Notice:
    """约谈通知书: the town's place in a month's bulletin, and the categories in which it is behind. Raises `Refused`
    E859 for a town without a place, E880 for a month that is not over (places still change), E881 for a town with which
    nothing is wrong: it neither lags nor is below the pace anywhere."""
    if not bulletin.finished:
        raise refused("E880", month_title(bulletin.month))
    row = next((row for row in bulletin.scores if row.town == town.code), None)
    if row is None or row.rank is None:
        raise refused(
            "E859", what=f"{town.name}在{month_title(bulletin.month)}的通报里没有名次", when=phrase.day(today)
        )
    ranked = sum(one.rank is not None for one in bulletin.scores)
    behind = [
        f"{category.title}（{wording.percent(one.value)}，列第{one.rank}位）"
        for category in findings.scored(bulletin)
        for one in findings.field_of(category).below
        if one.town == town.code
    ]
    if not behind and town.code not in bulletin.laggards:
        raise refused("E881", town.name, month=month_title(bulletin.month), rank=row.rank)
    county = place_names.whole(settings.region_name(connection))
    told = f"{month_title(bulletin.month)}份{county}重点工作通报中，你单位列第{row.rank}位（共{ranked}个）"
    if bulletin.document_number:
        told = f"{told}（{bulletin.document_number}）"
    said = f"{told}，低于序时进度的有：{'、'.join(behind)}。" if behind else f"{told}。"
    sentences = (
        said,
        "经研究，决定对你单位进行约谈，请主要负责人和分管负责人参加，带上原因分析和补差计划。",
        "时间：　　　　年　　月　　日　　时　　分；地点：　　　　　　　　　　　　。",
    )
    demonstration = settings.is_demonstration(connection)
    return Notice("安全生产约谈通知书", town.name, sentences, None, _signed(connection, today), demonstration)


def hand_over(connection: sqlite3.Connection, today: str, hazard: int) -> Notice:
    """抄告函: a hazard as it is handed over to the department that answers for it now, and by when an answer is asked.
    Raises `Refused` E882 for one that was handed to nobody."""
    held.definitions(connection)
    held.records(connection, {"hazard": [hazard]})
    told = listing.one(connection, "hazard", hazard)
    if not told["handed_over_on"] or not told["charged_to"]:
        raise refused("E882", lookup.short_number(connection, told["number"], today))
    where = f"{told['town'] or ''}{told['enterprise']}"
    description = masking.in_text(str(told["description"])).rstrip("。")
    basis = f"，{masking.in_text(str(told['basis']))}" if told["basis"] else ""
    until = f"于{phrase.day(told['answer_due_on'])}前" if told["answer_due_on"] else ""
    handed = f"于{phrase.day(told['handed_over_on'])}移交你单位"
    sentences = (
        f"{phrase.day(told['found_on'])}，{told['source']}发现{where}有{told['level']}隐患：{description}{basis}。"
        f"整改期限为{phrase.day(told['deadline_in_force'] or told['deadline_on'])}。",
        f"该隐患属你单位监管范围，{handed}，请依法督促整改，并{until}书面答复处理情况。",
        f"隐患编号：{told['number']}。",
    )
    demonstration = settings.is_demonstration(connection)
    title = f"安全生产隐患抄告函（{told['handed_over_by']}）" if told["handed_over_by"] else "安全生产隐患抄告函"
    return Notice(title, str(told["charged_to"]), sentences, None, _signed(connection, today), demonstration)


def _late(one: Due) -> str:
    return f"已逾期{-one.left}天" if one.left else "今天到期"


def _number(one: Due) -> str | None:
    """What names the record, where there is one and that is not its subject's name once more."""
    return None if not one.record_id or one.handle == one.subject else one.handle


def _signed(connection: sqlite3.Connection, today: str) -> tuple[str, ...]:
    issuer = settings.all_in_force(connection, today).get("issuer", "")
    return (*((issuer,) if issuer else ()), phrase.day(today))
