"""What should make one hesitate before a month is locked, of work that is in no figure of the bulletin: Chinese
sentences, as `doubts` has them; reads only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from anjian_cli.bulletin import catch_up_due, locked_month
from anjian_cli.bulletin.period import Period, month_title
from anjian_cli.bulletin.summary_table import typed

SHOWN = 5  # how many names a sentence gives


def doubts_of_work(connection: sqlite3.Connection, period: Period) -> list[str]:
    """The sentences, none if there is nothing."""
    return [*_without_plan(connection, period), *_without_party(connection), *_unknown_campaigns(connection, period)]


def _without_plan(connection: sqlite3.Connection, period: Period) -> Iterator[str]:
    """Who has not answered the bulletin that was issued last before the month's, in an office that keeps the plans."""
    before = locked_month.last_before(connection, period.key)
    if before is None or before.issued_on is None:
        return
    day = max(period.as_of, before.issued_on)
    if not catch_up_due.keeps_plans(connection, before.month, day):
        return
    names = [one.unit.short for one in catch_up_due.missing(connection, catch_up_due.asked(before), day)]
    if names:
        told = "、".join(names[:SHOWN]) + (f"等{len(names)}个" if len(names) > SHOWN else "")
        yield f"{month_title(before.month)}通报里落后的{told}没有报补差计划，看各家：anjian 补差 对照 {before.month}。"


def _without_party(connection: sqlite3.Connection) -> Iterator[str]:
    """Accidents and cases of which nobody has said whose they are: of before they were asked for it."""
    accidents, cases = (
        connection.execute(f"SELECT count(*) FROM {table} WHERE party_kind IS NULL AND voided_on IS NULL").fetchone()[0]
        for table in ("accident", "enforcement_case")
    )
    told = []
    if accidents:
        told.append((f"{accidents}起事故没有填事故单位", "anjian 事故 修改 编号 --事故单位 企业名称（或 个人、无）"))
    if cases:
        told.append((f"{cases}件执法案件没有填当事人类别", "anjian 执法 修改 编号 --当事人类别 企业（或 个人、无）"))
    if told:
        yield f"{'，'.join(what for what, _ in told)}，企业档案里查不全，请补上：{'；'.join(how for _, how in told)}。"


def _unknown_campaigns(connection: sqlite3.Connection, period: Period) -> Iterator[str]:
    """Names of campaigns in records that no campaign has: of before they were held against the register."""
    found = connection.execute(
        "SELECT campaign, count(*) FROM ("
        " SELECT campaign, inspected_on AS day FROM inspection WHERE voided_on IS NULL AND campaign IS NOT NULL"
        " UNION ALL SELECT campaign, done_on FROM work_item WHERE voided_on IS NULL AND campaign IS NOT NULL)"
        " WHERE day <= ? AND campaign NOT IN (SELECT name FROM campaign WHERE voided_on IS NULL)"
        " GROUP BY campaign ORDER BY count(*) DESC, campaign",
        (period.as_of,),
    ).fetchall()
    if found:
        first = typed(found[0][0])
        told = "、".join(f"{name}（{count}条）" for name, count in found[:SHOWN])
        more = f"等{len(found)}个" if len(found) > SHOWN else ""
        yield (
            f"检查、工作项里写的行动没有登记，不算在任何行动里：{told}{more}。是一次行动的，请登记："
            f"anjian 行动 新增 {first}；写错了的，用 anjian 检查 列表 --查找 {first} 找出来改。"
        )
