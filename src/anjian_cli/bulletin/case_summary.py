"""执法统计: cases filed, decided and referred in a year, fines, joint ones, beside the same days of the year before, by
town, department or month.

The figures are the bulletin's facts; a joint one (联合执法) is a case of other cause than an accident that says so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from anjian_cli.bulletin import fact_flows
from anjian_cli.bulletin.counting import Window
from anjian_cli.bulletin.definition import departments_on, towns_on
from anjian_cli.bulletin.fact_flows import By
from anjian_cli.bulletin.period import same_day
from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, added, typed
from anjian_cli.bulletin.value import UNSETTLED, UNSETTLED_DEPARTMENT
from anjian_cli.ledger import held, settings
from anjian_cli.rules import place_names
from anjian_cli.rules.word_lists import VIOLATIONS

TOWN, DEPARTMENT, MONTH, VIOLATION = "镇街", "部门", "月", "违法类型"
PER: Mapping[str, By] = {TOWN: "town_code", DEPARTMENT: "found_by", MONTH: "month", VIOLATION: "violation"}
"""What there can be a row for each of."""
FACTS = ("case.filed", "case.fined", "case.fine", "case.referred")
RESTS_ON = ("enforcement_case", "town", "department", "setting")
COLUMNS = (
    Column("立案"),
    Column("其中事故类"),
    Column("其中联合执法"),
    Column("处罚决定"),
    Column("罚款（万元）", "money"),
    Column("建议追刑（人）"),
    Column("立案", group="上年同期"),
    Column("罚款（万元）", "money", group="上年同期"),
)
UNTOLD = "未填类型"
MEANING = "立案按立案日期，处罚决定和罚款按决定日期；决定、追刑只数非事故类的，罚款两类都在内；撤销的在撤销那天减去"


def case_summary(connection: sqlite3.Connection, day: str, per: str = TOWN) -> SummaryTable:
    """The year of `day` up to it, a row for each of what `per` (one of PER) says. Raises `Refused`, as `ledger.held`,
    where what it rests on is not as it was written."""
    held.definitions(connection)
    held.tables(connection, RESTS_ON)
    held.tail(connection)
    last_year = int(day[:4]) - 1
    now, before = Window(f"{day[:4]}-01-01", day), Window(f"{last_year}-01-01", same_day(day, last_year))
    counted = [fact_flows.recorded(connection, "enforcement_case", FACTS, window, PER[per]) for window in (now, before)]
    more = {name: dict(_more(connection, PER[per], now, condition)) for name, condition in _MORE.items()}
    units, rolled = departments_on(connection, day) if per == DEPARTMENT else towns_on(connection, day)
    if per == MONTH:
        codes = [f"{day[:4]}-{month:02d}" for month in range(1, int(day[5:7]) + 1)]
        names = {code: f"{int(code[5:])}月" for code in codes}
        rolled = {**{code: code for code in codes}, **{f"{last_year}{code[4:]}": code for code in codes}}
    elif per == VIOLATION:
        words = {word for of in counted for _, word in of} - {""}
        own = [word for word in VIOLATIONS.words if word in words]
        names = {word: word for word in (*own, *sorted(words.difference(own)))}
        rolled = names
    else:
        names = {unit.code: unit.name for unit in units}
    rows = list(_rows(names, rolled, counted, more, per))
    return SummaryTable(
        title="执法统计",
        days=f"{day[:4]}年1月1日至{int(day[5:7])}月{int(day[8:])}日，按{per}",
        per=per,
        columns=COLUMNS,
        rows=tuple(rows),
        total=added(place_names.whole(settings.region_name(connection)), COLUMNS, rows, "执法 列表"),
        meaning=MEANING,
        demonstration=settings.is_demonstration(connection),
    )


_MORE = {"accident": "c.accident = '是'", "joint": "c.accident = '否' AND c.joint = '是'"}
"""Of the cases filed, some that are told apart."""


def _more(connection: sqlite3.Connection, by: By, window: Window, condition: str) -> Iterator[tuple[str, int]]:
    column = {"town_code": "i.town_code", "found_by": "i.found_by", "month": "substr(i.from_on, 1, 7)"}.get(by)
    column = column or "COALESCE(c.violation, '')"
    cursor = connection.cursor()
    cursor.row_factory = None
    yield from cursor.execute(
        f"SELECT {column}, sum(i.quantity) FROM enforcement_case_item i JOIN enforcement_case c ON c.id = i.record_id"
        f" WHERE i.fact = 'case.filed' AND {condition} AND i.from_on BETWEEN ? AND ? GROUP BY 1",
        (window.first, window.last),
    )


def _rows(
    names: Mapping[str, str],
    rolled: Mapping[str, str],
    counted: Sequence[fact_flows.Counted],
    more: Mapping[str, Mapping[str, int]],
    per: str,
) -> Iterator[Row]:
    now, before = ({code: dict.fromkeys(FACTS, 0) for code in (*names, UNSETTLED)} for _ in counted)
    for of, told in zip((now, before), counted, strict=True):
        for (fact, word), number in told.items():
            of[rolled.get(word, UNSETTLED)][fact] += number
    apart = {name: dict.fromkeys((*names, UNSETTLED), 0) for name in more}
    for name, of_words in more.items():
        for word, number in of_words.items():
            apart[name][rolled.get(word, UNSETTLED)] += number
    for code in (*names, UNSETTLED):
        one, last = now[code], before[code]
        if code == UNSETTLED and not any((*one.values(), *last.values())):
            continue
        values = (
            one["case.filed"],
            apart["accident"][code],
            apart["joint"][code],
            one["case.fined"],
            one["case.fine"],
            one["case.referred"],
            last["case.filed"],
            last["case.fine"],
        )
        unsettled = {DEPARTMENT: UNSETTLED_DEPARTMENT, VIOLATION: UNTOLD}.get(per, UNSETTLED_NAME)
        yield Row(names.get(code, unsettled), values, _see(per, code, names.get(code, "")))


def _see(per: str, code: str, name: str) -> str:
    if per == TOWN:
        return f"执法 列表 --镇街 {name or '未定'}"
    return f"执法 列表 --查找 {code if per == MONTH else typed(name)}" if name else ""
