"""工作项统计: how often meetings, checks, publicity and the rest were held in the year so far, beside the same days of
the year before, by town, department, kind, campaign or month; and who held none.

A work item counts as often as it says (次数). A column of a kind stands only where that kind was held in the year.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence

from anjian_cli.bulletin.definition import departments_on, towns_on
from anjian_cli.bulletin.period import same_day
from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, added, typed
from anjian_cli.bulletin.value import UNSETTLED, UNSETTLED_DEPARTMENT
from anjian_cli.ledger import held, settings
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules import place_names
from anjian_cli.rules.word_lists import WORK

TOWN, DEPARTMENT, KIND, CAMPAIGN, MONTH = "镇街", "部门", "种类", "行动", "月"
PER = (TOWN, DEPARTMENT, KIND, CAMPAIGN, MONTH)
"""What there can be a row for each of."""
RESTS_ON = ("work_item", "town", "department", "setting")
HAPPENS_TO_A_TOWN = ("表彰", "督办", "约谈")
"""Kinds that a town does not do itself: one without any has left nothing undone."""
OTHERS = "*"
"""Stands for all units of the other kind; no code is written so."""
NO_CAMPAIGN = "不属于行动"
NONE = "一次也没有"
MEANING = "按完成日期，填了次数的按次数算"


class _Work(NamedTuple):
    """A work item: `town` or `department` is the code of a unit that is there on the day, `UNSETTLED` for one that is
    not, None where it is the other's."""

    kind: str
    town: str | None
    department: str | None
    campaign: str
    on: str
    times: int


def work_summary(connection: sqlite3.Connection, day: str, per: str = TOWN) -> SummaryTable:
    """The year of `day` up to it, a row for each of what `per` (one of PER) says. Raises `Refused`, as `ledger.held`,
    where what it rests on is not as it was written."""
    held.definitions(connection)
    held.tables(connection, RESTS_ON)
    held.tail(connection)
    last_year = int(day[:4]) - 1
    now = _work(connection, day, f"{day[:4]}-01-01", day)
    before = _work(connection, day, f"{last_year}-01-01", same_day(day, last_year))
    columns, rows = _of_kinds(connection, day, now, before) if per == KIND else _by(connection, day, per, now, before)
    return SummaryTable(
        title="工作项统计",
        days=f"{day[:4]}年1月1日至{int(day[5:7])}月{int(day[8:])}日，按{per}",
        per=per,
        columns=columns,
        rows=tuple(rows),
        total=added(place_names.whole(settings.region_name(connection)), columns, rows, "工作项 列表"),
        meaning=MEANING,
        sign=NONE,
        demonstration=settings.is_demonstration(connection),
    )


def of_campaign(connection: sqlite3.Connection, campaign: str, first: str, day: str) -> SummaryTable | None:
    """What the towns and departments held for a campaign from its first day to `day`; None where nothing names it."""
    works = [work for work in _work(connection, day, first, day) if work.campaign == campaign]
    if not works:
        return None
    kinds = _kinds(works)
    columns = tuple(Column(kind) for kind in kinds)
    units = [*towns_on(connection, day)[0]]
    held_by: defaultdict[str, list[_Work]] = defaultdict(list)
    for work in works:
        held_by[str(work.department if work.town is None else work.town)].append(work)
    units += [each for each in departments_on(connection, day)[0] if each.code in held_by]
    rows = [_row(each.name, held_by[each.code], kinds) for each in units]
    if UNSETTLED in held_by:
        rows.append(_row(UNSETTLED_NAME, held_by[UNSETTLED], kinds))
    return SummaryTable(
        title=f"{campaign}工作项",
        days=f"{first}至{day}，为这次行动做的工作项",
        per="单位",
        columns=columns,
        rows=tuple(rows),
        total=added("合计", columns, rows),
        meaning=MEANING,
        sign=NONE,
        demonstration=settings.is_demonstration(connection),
    )


def _work(connection: sqlite3.Connection, day: str, first: str, last: str) -> list[_Work]:
    towns, departments = (dict(of(connection, day)[1]) for of in (towns_on, departments_on))
    return [
        _Work(
            kind=kind,
            town=None if town is None else towns.get(town, UNSETTLED),
            department=None if department is None else departments.get(department, UNSETTLED),
            campaign=campaign or "",
            on=on,
            times=times,
        )
        for kind, town, department, campaign, on, times in connection.execute(
            "SELECT kind, town_code, department, campaign, done_on, times FROM work_item WHERE voided_on IS NULL"
            " AND done_on BETWEEN ? AND ? ORDER BY done_on, id",
            (first, last),
        )
    ]


def _kinds(works: Sequence[_Work]) -> list[str]:
    """The kinds that were held: the program's own words first."""
    told = {work.kind for work in works}
    own = [word for word in WORK.words if word in told]
    return [*own, *sorted(told.difference(own))]


def _row(name: str, works: Sequence[_Work], kinds: Sequence[str], *more: int, see: str = "") -> Row:
    values = [sum(work.times for work in works if work.kind == kind) for kind in kinds]
    return Row(name, (*values, *more), see, behind=not works)


def _by(
    connection: sqlite3.Connection, day: str, per: str, now: Sequence[_Work], before: Sequence[_Work]
) -> tuple[tuple[Column, ...], list[Row]]:
    names = _names(connection, day, per, now)
    kinds = _kinds(now)
    of_now, of_before = (_sorted(works, per) for works in (now, before))
    columns = (*(Column(kind) for kind in kinds), Column("合计"), Column("合计", group="上年同期"))
    rows = []
    for code, name in names.items():
        works, last = of_now[code], of_before[code]
        sums = (sum(work.times for work in works), sum(work.times for work in last))
        rows.append(_row(name, works, kinds, *sums, see=_see(per, name)))
    return columns, rows


def _names(connection: sqlite3.Connection, day: str, per: str, now: Sequence[_Work]) -> Mapping[str, str]:
    """The rows by their codes: every town, every month so far; departments and campaigns that held anything; and one
    for all units of the other kind, so that every split adds up to the same."""
    if per == MONTH:
        return {f"{month:02d}": f"{month}月" for month in range(1, int(day[5:7]) + 1)}
    if per == CAMPAIGN:
        named = dict.fromkeys(work.campaign for work in now if work.campaign)
        return {**{name: name for name in named}, **({"": NO_CAMPAIGN} if any(not w.campaign for w in now) else {})}
    units, _ = towns_on(connection, day) if per == TOWN else departments_on(connection, day)
    held_by = {work.town if per == TOWN else work.department for work in now}
    names = {each.code: each.name for each in units if per == TOWN or each.code in held_by}
    if UNSETTLED in held_by:
        names[UNSETTLED] = UNSETTLED_NAME if per == TOWN else UNSETTLED_DEPARTMENT
    if None in held_by:
        names[OTHERS] = "各部门" if per == TOWN else "各镇街"
    return names


def _sorted(works: Sequence[_Work], per: str) -> Mapping[str, list[_Work]]:
    found: defaultdict[str, list[_Work]] = defaultdict(list)
    for work in works:
        code = {TOWN: work.town, DEPARTMENT: work.department, CAMPAIGN: work.campaign, MONTH: work.on[5:7]}[per]
        found[OTHERS if code is None else code].append(work)
    return found


def _of_kinds(
    connection: sqlite3.Connection, day: str, now: Sequence[_Work], before: Sequence[_Work]
) -> tuple[tuple[Column, ...], list[Row]]:
    """A row for each kind: how often, and how many towns held it, and which did not."""
    towns, _ = towns_on(connection, day)
    columns = (
        Column("次数"),
        Column("次数", group="上年同期"),
        Column("部门（次）"),
        Column("做了的镇街", "text"),
        Column("没做的镇街", "text"),
    )
    rows = []
    for kind in _kinds([*now, *before]):
        works, last = ([work for work in of if work.kind == kind] for of in (now, before))
        done = {work.town for work in works}
        did, without = ([each.short for each in towns if (each.code in done) == whether] for whether in (True, False))
        undone = None if kind in HAPPENS_TO_A_TOWN else "、".join(without)
        held_by = sum(work.times for work in works if work.department)
        sums = (sum(work.times for work in works), sum(work.times for work in last), held_by)
        told = (*sums, f"{len(did)}/{len(towns)}", undone)
        rows.append(Row(kind, told, _see(KIND, kind), behind=not works))
    return columns, rows


def _see(per: str, name: str) -> str:
    if per == TOWN:
        if name == "各部门":
            return "工作项 统计 --按 部门"
        return f"工作项 列表 --镇街 {'未定' if name == UNSETTLED_NAME else name}"
    return f"工作项 列表 --查找 {typed(name)}" if per == KIND else ""
