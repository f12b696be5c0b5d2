"""What is asked of a warehouse (汇总库): how many of a measure, by county, city, month or words; or a SELECT of one's
own.

A flow (流量) counts what came from a month to a month, a stock (存量) what there was at a month's end. From the sums
where these tell it; from single facts where it is asked by their words, or by a measure that nobody sums. SQL adds up,
Python does the rest.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from anjian_cli.bulletin.period import month_title, months_between
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, Value
from anjian_cli.errors import refused
from anjian_cli.ledger.measures import condition
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules import measure
from anjian_cli.rules.intervals import OPEN
from anjian_cli.warehouse.duck import Duck
from anjian_cli.warehouse.engine import Engine
from anjian_cli.warehouse.relations import RELATIONS

PROVINCE, CITY, COUNTY, UNIT, MONTH = "省", "市", "县", "镇街", "月"
KIND, LEVEL, CHANNEL = "类型", "等级", "渠道"
PLACES: Mapping[str, str] = {
    PROVINCE: "CASE WHEN p.province = '' THEN substr(p.county, 1, 2) ELSE p.province END",
    CITY: "CASE WHEN p.city = '' THEN substr(p.county, 1, 4) ELSE p.city END",
    COUNTY: "p.name",
    UNIT: "COALESCE(u.name, '未定镇街')",
}
WORDS: Mapping[str, str] = {KIND: "kind", LEVEL: "level", CHANNEL: "channel"}
PER = (*PLACES, MONTH, *WORDS)
SECONDS = 120
MOST_ROWS = 100_000
"""So long a SELECT of one's own may take, so many rows it may give."""


@dataclass(frozen=True, slots=True)
class Question:
    """How many of a measure (`rules.measure`), from a month to a month (YYYY-MM, both included), a row for each of
    `per` (of PER, at least one)."""

    measure: str
    since: str
    until: str
    per: tuple[str, ...] = (COUNTY,)


def table(connection: sqlite3.Connection, engine: Engine, question: Question) -> SummaryTable:
    """The answer; `connection` is the ledger's, which knows the facts. Raises `Refused` E106 for a measure that is
    none, E935."""
    is_flow = _counted(connection, question.measure) == "flow"
    by_word = any(each in WORDS for each in question.per)
    known = _known(engine, question)
    summed = not by_word and known.summed > 0
    if not summed and (question.measure.startswith(measure.DISTINCT) or not known.with_facts):
        remedy = "各县没有报来这样的合计，也没有带明细（报送包 生成 --含明细）"
        raise refused("E106", question.measure, name="口径", remedy=remedy)
    source, values = (_from_sums if summed else _from_facts)(question.measure)
    found = _numbers(engine, question, source, values, is_flow=is_flow)
    since, until = month_title(question.since), month_title(question.until)
    by_month = MONTH in question.per
    days = f"{since}至{until}" if is_flow else f"{since}至{until}各月底" if by_month else f"{until}底"
    of = "合计" if summed else "明细"
    told = _told(known, until, known.summed if summed else known.with_facts)
    first, *others = question.per
    return SummaryTable(
        title=f"{question.measure}（汇总库）",
        days=days,
        per=first,
        columns=(*(Column(name, "text") for name in others), Column("数量")),
        rows=tuple(Row(str(key[0]), (*map(str, key[1:]), number)) for key, number in found),
        total=Row("合计", (*("" for _ in others), sum(number for _, number in found)))
        if is_flow or not by_month
        else None,
        meaning=f"按各县报来的{of}，{'累计' if is_flow else '月底存量'}；{told}",
    )


def _counted(connection: sqlite3.Connection, text: str) -> str:
    try:
        fact = measure.read(text).fact
    except ValueError as error:
        raise refused("E106", text, name="口径", remedy="口径的写法如 training.passed?kind=网格员") from error
    if fact.startswith(measure.DISTINCT):
        return "stock"
    found = connection.execute("SELECT counted FROM fact WHERE id = ?", (fact,)).fetchone()
    if found is None:
        raise refused("E106", text, name="口径", remedy="没有这个事实；有哪些见 anjian 办法 查看")
    return str(found[0])


class _Known(NamedTuple):
    """How many counties are in the warehouse, sum the measure, sent facts, and have delivered the last month."""

    counties: int
    summed: int
    with_facts: int
    until: int


def _known(engine: Engine, question: Question) -> _Known:
    counting = {
        meaning
        for meaning, said in engine.execute("SELECT meaning, definition FROM meanings")
        if question.measure in json.loads(str(said))["measures"]
    }
    of = list(engine.execute("SELECT meaning, facts, month FROM packages"))
    return _Known(
        counties=len(of),
        summed=sum(meaning in counting for meaning, _, _ in of),
        with_facts=sum(facts == 1 for _, facts, _ in of),
        until=sum(str(month) >= question.until for _, _, month in of),
    )


def _told(known: _Known, until: str, inside: int) -> str:
    """Of how many counties the answer is."""
    told = f"{known.counties}个县里的{inside}个"
    late = known.counties - known.until
    return f"{told}，{late}个县还没有报到{until}，只有它报来的月份" if late else told


Source = tuple[str, tuple[str, ...]]


def _from_sums(text: str) -> Source:
    return (
        "SELECT ledger, unit, '' AS kind, '' AS level, '' AS channel, month, came, went FROM sums WHERE measure = ?",
        (text,),
    )


def _from_facts(text: str) -> Source:
    which, values = condition([text])
    columns = "ledger, unit, kind, level, channel"
    return (
        f"SELECT {columns}, substr(from_on, 1, 7) AS month, quantity AS came, CAST(0 AS BIGINT) AS went FROM facts"
        f" WHERE {which} UNION ALL SELECT {columns}, substr(until_on, 1, 7) AS month, CAST(0 AS BIGINT) AS came,"
        f" quantity AS went FROM facts WHERE {which} AND until_on < ?"
    ), (*values, *values, OPEN)


def _numbers(
    engine: Engine, question: Question, source: str, values: Sequence[str], *, is_flow: bool
) -> list[tuple[tuple[str, ...], int]]:
    """What is asked for, by what is asked by, in its order."""
    monthly = MONTH in question.per
    told = {**PLACES, **{word: f"s.{column}" for word, column in WORDS.items()}, MONTH: "s.month"}
    asked = [*question.per]
    names = [f"{told[each]} AS by_{at}" for at, each in enumerate(asked)]
    groups = ", ".join(f"by_{at}" for at in range(len(asked)))
    units = " LEFT JOIN units u ON u.ledger = s.ledger AND u.unit = s.unit" if UNIT in asked else ""
    since = question.since if is_flow else ""
    rows = engine.execute(
        f"SELECT {groups}, CAST(sum(came) AS BIGINT), CAST(sum(went) AS BIGINT) FROM (SELECT {', '.join(names)},"
        f" s.came, s.went FROM ({source}) AS s JOIN packages p ON p.ledger = s.ledger{units}"
        f" WHERE s.month >= ? AND s.month <= ?) AS told GROUP BY {groups} ORDER BY {groups}",
        (*values, since, question.until),
    )
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for *key, came, went in rows:
        assert isinstance(came, int)
        assert isinstance(went, int)
        found[tuple(map(str, key))] += came if is_flow else came - went
    if monthly and not is_flow:
        return _standing(found, asked.index(MONTH), question)
    return [(key, number) for key, number in sorted(found.items()) if number or is_flow]


def _standing(found: Mapping[tuple[str, ...], int], at: int, question: Question) -> list[tuple[tuple[str, ...], int]]:
    """Of what came and went by month, what there was at the end of each month that is asked for."""
    moved: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for key, number in found.items():
        moved[(*key[:at], *key[at + 1 :])][key[at]] = number
    told = []
    for rest, months in moved.items():
        known = [*sorted(months)]
        until = dict(zip(known, accumulate(months[month] for month in known), strict=True))
        for month in months_between(question.since, question.until):
            number = next((until[each] for each in reversed(known) if each <= month), 0)
            told.append(((*rest[:at], month, *rest[at:]), number))
    return sorted(told)


def selected(engine: Duck, sql: str) -> SummaryTable:
    """The answer to a SELECT of one's own. It reads the warehouse's relations, and can neither read another file nor
    write. Raises `Refused` E938 for what is no SELECT, fails, takes too long or gives too much, E935."""
    import duckdb

    connection = engine.connection
    relations = "、".join(RELATIONS)
    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise refused("E938", why="不是一句 SELECT", relations=relations)
        timer = threading.Timer(SECONDS, connection.interrupt)
        timer.start()
        try:
            rows = list(_at_most(engine.execute(sql), relations))
        finally:
            timer.cancel()
        heads = [str(each[0]) for each in connection.description or ()]
    except duckdb.InterruptException as error:
        raise refused("E938", why=f"{SECONDS}秒还没有答完", relations=relations) from error
    except duckdb.Error as error:
        raise refused("E938", why=str(error).splitlines()[0], relations=relations) from error
    columns = [Column(head, "count" if _whole(rows, at) else "text") for at, head in enumerate(heads)]
    return SummaryTable(
        title="汇总库查询结果",
        days="自写语句",
        per=heads[0],
        columns=tuple(columns[1:]),
        rows=tuple(Row("" if row[0] is None else str(row[0]), tuple(row[1:])) for row in rows),
        meaning=f"{len(rows)}行",
    )


def _at_most(rows: Iterator[tuple[Value, ...]], relations: str) -> Iterator[tuple[Value, ...]]:
    for at, row in enumerate(rows, 1):
        if at > MOST_ROWS:
            raise refused("E938", why=f"多于{MOST_ROWS}行", relations=relations)
        yield row


def _whole(rows: Sequence[tuple[Value, ...]], at: int) -> bool:
    return any(isinstance(row[at], int) for row in rows)
