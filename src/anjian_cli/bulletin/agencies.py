"""机构比较: the agencies (中介机构) beside each other: whom they serve, visits owed and made, what these found, for how
long it stood, which contracts ran out and were renewed.

An agency is called as contracts, visits and tests call it; names are not put together by guessing. A hazard is an
agency's where it was found at the firm on the day of the agency's visit or diagnosis and its source is 中介诊断.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, Value, rate, typed
from anjian_cli.ledger import held, lookup, settings
from anjian_cli.rules.word_lists import CHANNELS

RESTS_ON = (
    *("trusteeship", "due_visit", "visit", "health_test", "standardization", "programme", "diagnosis", "agency"),
    *("hazard", "rectification", "term", "setting"),
)
COLUMNS = (
    Column("在托企业"),
    Column("应做", group="上门服务"),
    Column("已做", group="上门服务"),
    Column("完成率", "percent", group="上门服务"),
    Column("发现", group="上门报隐患"),
    Column("当场改", group="上门报隐患"),
    Column("登记", group="诊断隐患"),
    Column("已销号", group="诊断隐患"),
    Column("平均天数", "days", group="诊断隐患"),
    Column("到期", group="合同"),
    Column("续签", group="合同"),
    Column("续签率", "percent", group="合同"),
    Column("职卫检测"),
    Column("标准化咨询"),
)
MEANING = (
    "年初到截至日；在托企业是截至日在合同期内的；应做按合同约定的次数到期的算；诊断隐患是上门或诊断当天在那家企业登记、"
    "来源为中介诊断的，同一天去了两家机构的两家都算、合计里只算一次，平均天数从发现到验收合格；续签是同一家机构接着签的"
)
_FIGURES = {
    "served": "SELECT agency, count(DISTINCT enterprise_id) FROM trusteeship WHERE voided_on IS NULL"
    " AND from_on <= :day AND :day < until_on AND :kind IN ('', kind) GROUP BY agency",
    "owed": "SELECT c.agency, sum(d.visits) FROM due_visit d JOIN trusteeship c ON c.id = d.trusteeship_id"
    " WHERE d.due_on BETWEEN :first AND :day AND c.voided_on IS NULL AND :kind IN ('', c.kind) GROUP BY c.agency",
    "made": "SELECT agency, count(*) FROM visit WHERE voided_on IS NULL AND visited_on BETWEEN :first AND :day"
    " AND :kind IN ('', kind) GROUP BY agency",
    "found": "SELECT agency, COALESCE(sum(hazards_found), 0) FROM visit WHERE voided_on IS NULL"
    " AND visited_on BETWEEN :first AND :day AND :kind IN ('', kind) GROUP BY agency",
    "closed": "SELECT agency, COALESCE(sum(hazards_closed), 0) FROM visit WHERE voided_on IS NULL"
    " AND visited_on BETWEEN :first AND :day AND :kind IN ('', kind) GROUP BY agency",
    "ran_out": "SELECT agency, count(*) FROM trusteeship WHERE voided_on IS NULL AND ended_on IS NULL"
    " AND last_on BETWEEN :first AND :day AND :kind IN ('', kind) GROUP BY agency",
    "renewed": "SELECT agency, count(*) FROM trusteeship c WHERE voided_on IS NULL AND ended_on IS NULL"
    " AND last_on BETWEEN :first AND :day AND :kind IN ('', kind) AND EXISTS (SELECT 1 FROM trusteeship n"
    "  WHERE n.enterprise_id = c.enterprise_id AND n.kind = c.kind AND n.agency = c.agency AND n.voided_on IS NULL"
    "  AND n.from_on > c.from_on AND n.from_on <= :day) GROUP BY agency",
    "tested": "SELECT agency, count(*) FROM health_test WHERE voided_on IS NULL"
    " AND reported_on BETWEEN :first AND :day AND :kind = '' GROUP BY agency",
    "consulted": "SELECT agency, count(*) FROM standardization WHERE voided_on IS NULL AND agency IS NOT NULL"
    " AND consulted_on BETWEEN :first AND :day AND :kind = '' GROUP BY agency",
}
"""Each: name of the agency and its number. `:kind` '' is all 托管类型; what is of none counts only then."""
_SERVED = (
    "SELECT count(DISTINCT enterprise_id) FROM trusteeship WHERE voided_on IS NULL"
    " AND from_on <= :day AND :day < until_on AND :kind IN ('', kind)"
)
"""Of all agencies: a firm may be served by several."""
_DIAGNOSED = (
    "WITH came AS (SELECT agency, enterprise_id, visited_on AS day FROM visit WHERE voided_on IS NULL"
    "  AND :kind IN ('', kind)"
    "  UNION SELECT agency, enterprise_id, diagnosed_on FROM programme WHERE voided_on IS NULL"
    "  AND agency IS NOT NULL AND diagnosed_on IS NOT NULL AND :kind IN ('', kind)"
    "  UNION SELECT d.agency, d.enterprise_id, d.diagnosed_on FROM diagnosis d LEFT JOIN programme p"
    "  ON p.id = d.programme_id WHERE d.voided_on IS NULL AND :kind IN ('', p.kind))"
    " SELECT c.agency, h.id, CAST(julianday(r.accepted_on) - julianday(h.found_on) AS INTEGER) FROM came c"
    " JOIN hazard h ON h.enterprise_id = c.enterprise_id AND h.found_on = c.day"
    " LEFT JOIN rectification r ON r.hazard_id = h.id AND r.conclusion = '合格' AND r.accepted_on <= :day"
    "  AND :day < r.until_on"
    " WHERE c.day BETWEEN :first AND :day AND h.voided_on IS NULL AND (h.source = :source OR h.source IN"
    "  (SELECT word FROM term WHERE list = :list AND means = :source AND voided_on IS NULL))"
)
SOURCE = "中介诊断"


def agencies(connection: sqlite3.Connection, day: str, kind: str | None = None) -> SummaryTable:
    """The year of `day` up to it, a row for each agency, who serves most firms first; `kind` a 托管类型, None for all.
    Raises `Refused`, as `ledger.held`, where what it rests on is not as it was written."""
    held.definitions(connection)
    held.tables(connection, RESTS_ON)
    held.tail(connection)
    values = {"first": f"{day[:4]}-01-01", "day": day, "kind": kind or "", "source": SOURCE, "list": CHANNELS.name}
    cursor = connection.cursor()
    cursor.row_factory = None
    figures = {figure: dict(cursor.execute(query, values).fetchall()) for figure, query in _FIGURES.items()}
    days: defaultdict[str, list[int | None]] = defaultdict(list)
    each_once: dict[int, int | None] = {}
    for agency, hazard, stood in cursor.execute(_DIAGNOSED, values):
        days[agency].append(stood)
        each_once[hazard] = stood
    (in_all,) = cursor.execute(_SERVED, values).fetchone()
    names = {name for of in figures.values() for name in of} | days.keys()
    order = sorted(names, key=lambda name: (-figures["served"].get(name, 0), -figures["made"].get(name, 0), name))
    of_names = {name: {figure: of.get(name, 0) for figure, of in figures.items()} for name in order}
    rows = [_row(name, of, days[name], _see(name, of)) for name, of in of_names.items()]
    sums = {figure: sum(of.values()) for figure, of in figures.items()}
    whole = _row("合计", sums | {"served": in_all}, [*each_once.values()])
    return SummaryTable(
        title=f"{kind or ''}中介机构比较",
        days=f"{day[:4]}年，截至{int(day[5:7])}月{int(day[8:])}日",
        per="机构",
        columns=COLUMNS,
        rows=tuple(rows),
        total=whole if len(rows) > 1 else None,
        meaning=MEANING,
        notes=tuple(_doubts(connection, order)),
        demonstration=settings.is_demonstration(connection),
    )


def _see(name: str, of: dict[str, int]) -> str:
    """The list in which most of an agency's figures stand."""
    entrusted = any(of[figure] for figure in ("served", "owed", "made", "ran_out"))
    record = "托管" if entrusted else "检测" if of["tested"] else "标准化" if of["consulted"] else "服务"
    return f"{record} 列表 --查找 {typed(name)}"


def _row(name: str, of: dict[str, int], days: Sequence[int | None], see: str = "") -> Row:
    closed = [each for each in days if each is not None]
    values: tuple[Value, ...] = (
        of["served"],
        of["owed"],
        of["made"],
        rate(of["made"], of["owed"]),
        of["found"],
        of["closed"],
        len(days),
        len(closed),
        Fraction(sum(closed), len(closed)) if closed else None,
        of["ran_out"],
        of["renewed"],
        rate(of["renewed"], of["ran_out"]),
        of["tested"],
        of["consulted"],
    )
    return Row(name, values, see)


def _doubts(connection: sqlite3.Connection, names: Sequence[str]) -> Iterator[str]:
    """Names that stand in no register, and are nearly one that does: likely the same agency, written otherwise."""
    near = [(name, like) for name in names if (like := lookup.near(connection, "agency", name))]
    if near:
        told = "、".join(f"{name}（名录里有“{like}”）" for name, like in near)
        yield f"名称与机构名录只差一点的，各算一行，请核对是不是同一家：{told}"
