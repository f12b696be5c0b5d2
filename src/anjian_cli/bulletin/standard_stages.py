"""标准化阶段: how far the undertakings of a year have come (新创, 复评, 升级), by town, grade or kind.

An undertaking is of the year in which it was under way: begun by the day, and neither announced, given up nor taken off
before the year began. A stage is reached with its own day or with that of a later one.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence

from anjian_cli.bulletin.definition import towns_on
from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, added, typed
from anjian_cli.bulletin.value import UNSETTLED
from anjian_cli.ledger import held, settings
from anjian_cli.rules import place_names
from anjian_cli.rules.standardization import STAGES

TOWN, GRADE, KIND = "镇街", "等级", "类型"
PER = (TOWN, GRADE, KIND)
"""What there can be a row for each of."""
RESTS_ON = ("standardization", "residence", "town", "setting")
COLUMNS = (
    Column("创建企业"),
    *(Column(title.removesuffix("日期"), group="停在") for _, title in STAGES[:-1]),
    Column("已公告"),
    Column("已中止"),
    Column("已核减"),
)
MEANING = (
    "创建企业是当年在创的：截至日已启动，年初以前没有公告、中止、核减的；停在是截至日走到哪一步，每家只算一次；"
    "属地是企业截至日所在的镇（街、区）"
)


def standard_stages(
    connection: sqlite3.Connection,
    day: str,
    per: str = TOWN,
    *,
    town: str | None = None,
    kind: str | None = None,
    grade: str | None = None,
) -> SummaryTable:
    """The year of `day` up to it, a row for each of what `per` (one of PER) says; `town` is the code of the town whose
    alone they are, '' for what has none, None for all; `kind` a 创建类型 and `grade` a 等级, None for all. Raises
    `Refused`, as `ledger.held`, where what it rests on is not as it was written."""
    held.definitions(connection)
    held.tables(connection, RESTS_ON)
    held.tail(connection)
    towns, rolled = towns_on(connection, day)
    of: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in _under_way(connection, day):
        code = rolled.get(row["town_code"], UNSETTLED)
        wanted = town is None or code == rolled.get(town, UNSETTLED)
        if wanted and kind in (None, row["kind"]) and grade in (None, row["grade"]):
            of[{TOWN: code, GRADE: row["grade"], KIND: row["kind"]}[per]].append(row)
    if per == TOWN:
        names = {each.code: each.name for each in towns if town is None or each.code == rolled.get(town, UNSETTLED)}
        if UNSETTLED in of:
            names[UNSETTLED] = UNSETTLED_NAME
    else:
        names = {word: word for word in sorted(of)}
    rows = [Row(name, _values(of[code], day), _see(per, name)) for code, name in names.items()]
    region = place_names.whole(settings.region_name(connection))
    return SummaryTable(
        title=f"{grade or ''}标准化{kind or ''}各阶段",
        days=f"{day[:4]}年，截至{int(day[5:7])}月{int(day[8:])}日，按{per}",
        per=per,
        columns=COLUMNS,
        rows=tuple(rows),
        total=added(region, COLUMNS, rows, "标准化 列表") if len(rows) > 1 else None,
        meaning=MEANING,
        demonstration=settings.is_demonstration(connection),
    )


def _see(per: str, name: str) -> str:
    if per != TOWN:
        return f"标准化 列表 --查找 {typed(name)}"
    return f"标准化 列表 --镇街 {'未定' if name == UNSETTLED_NAME else name}"


def _under_way(connection: sqlite3.Connection, day: str) -> Iterator[sqlite3.Row]:
    """The undertakings of the year of a day, each with the town of its enterprise on the day."""
    yield from connection.execute(
        "SELECT s.*, COALESCE(r.town_code, '') AS town_code FROM standardization s"
        " JOIN residence r ON r.enterprise_id = s.enterprise_id AND r.from_on <= :day AND :day < r.until_on"
        " WHERE s.voided_on IS NULL AND s.begun_on <= :day AND COALESCE(s.announced_on, :day) >= :first"
        " AND COALESCE(s.abandoned_on, :day) >= :first AND COALESCE(s.excused_on, :day) >= :first",
        {"day": day, "first": f"{day[:4]}-01-01"},
    )


def _values(rows: Sequence[sqlite3.Row], day: str) -> tuple[int, ...]:
    ends = [_end(row, day) for row in rows]
    stops = [title for _, title in STAGES[:-1]]
    return (len(rows), *(ends.count(each) for each in (*stops, "announced_on", "abandoned_on", "excused_on")))


def _end(row: sqlite3.Row, day: str) -> str:
    """Where an undertaking is on a day: how it ended, else the title of the last stage that it reached."""
    for ended in ("announced_on", "abandoned_on", "excused_on"):
        if row[ended] is not None and row[ended] <= day:
            return ended
    return [title for column, title in STAGES[:-1] if row[column] is not None and row[column] <= day][-1]
