"""整治阶段: how far the enterprises that owe their rectification in a year have come, by town or by kind.

Who owes it is what the bulletin holds acceptance against: enrolled in the year, or carried over from the year before,
less who went or was taken off. A stage is reached with its own day or with that of a later one.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence

from anjian_cli.bulletin.definition import towns_on
from anjian_cli.bulletin.phrase import UNSETTLED_NAME
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, added, rate, typed
from anjian_cli.bulletin.value import UNSETTLED
from anjian_cli.ledger import held, settings
from anjian_cli.rules import place_names
from anjian_cli.rules.programme import STEPS

TOWN, KIND = "镇街", "类型"
PER = (TOWN, KIND)
"""What there can be a row for each of."""
RESTS_ON = ("programme", "programme_due", "town", "setting")
WORDS = ("排查", "诊断", "方案", "整改")
"""The stages between enrolment and acceptance, in their order."""
COLUMNS = (
    Column("应整治"),
    Column("其中上年结转"),
    *(Column(word, group="已到") for word in WORDS),
    Column("验收合格"),
    Column("合格率", "percent"),
    Column("验收不合格"),
    Column("一步未动"),
)
MEANING = (
    "应整治是当年列入的和上年结转的，核减、关停、搬走的不在内，与通报的分母相同；到了后一阶段的，前面的阶段也算到了；"
    "一步未动是列入以后还没有排查的"
)
_STEPS = tuple(column for column, _ in STEPS[1:])  # without enrolment


def programme_stages(
    connection: sqlite3.Connection, day: str, per: str = TOWN, town: str | None = None, kind: str | None = None
) -> SummaryTable:
    """The year of `day` up to it, a row for each of what `per` (one of PER) says; `town` is the code of the town whose
    alone they are, '' for what has none, None for all; `kind` a 整治类型, None for all. Raises `Refused`, as
    `ledger.held`, where what it rests on is not as it was written."""
    held.definitions(connection)
    held.tables(connection, RESTS_ON)
    held.tail(connection)
    towns, rolled = towns_on(connection, day)
    of: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in _owed(connection, day):
        code = rolled.get(row["town_code"], UNSETTLED)
        if (town is None or code == rolled.get(town, UNSETTLED)) and kind in (None, row["kind"]):
            of[code if per == TOWN else row["kind"]].append(row)
    names = {each.code: each.name for each in towns} if per == TOWN else {word: word for word in sorted(of)}
    if UNSETTLED in of:
        names[UNSETTLED] = UNSETTLED_NAME
    if town is not None and per == TOWN:
        names = {code: name for code, name in names.items() if code == rolled.get(town, UNSETTLED)}
    rows = [_row(name, of[code], day, f"整治 列表{_see(per, name)}") for code, name in names.items()]
    region = place_names.whole(settings.region_name(connection))
    whole = added(region, COLUMNS, rows, "整治 列表")
    at = {column.title: position for position, column in enumerate(COLUMNS)}
    total = list(whole.values)
    total[at["合格率"]] = rate(_count(whole, at["验收合格"]), _count(whole, at["应整治"]))
    of_kind = f"{kind}" if kind else ""
    return SummaryTable(
        title=f"{of_kind}专项整治各阶段",
        days=f"{day[:4]}年，截至{int(day[5:7])}月{int(day[8:])}日，按{per}",
        per=per,
        columns=COLUMNS,
        rows=tuple(rows),
        total=Row(whole.name, tuple(total), whole.see) if len(rows) > 1 else None,
        meaning=MEANING,
        demonstration=settings.is_demonstration(connection),
    )


def _see(per: str, name: str) -> str:
    if per == KIND:
        return f" --查找 {typed(name)}"
    return f" --镇街 {'未定' if name == UNSETTLED_NAME else name}"


def _count(row: Row, at: int) -> int:
    value = row.values[at]
    return value if isinstance(value, int) else 0


def _owed(connection: sqlite3.Connection, day: str) -> Iterator[sqlite3.Row]:
    """What is owed in the year of a day: each enrolment once, in the town that it counts for then."""
    yield from connection.execute(
        "SELECT p.*, COALESCE(d.town_code, '') AS town_code, d.carried, d.done_on FROM programme_due d"
        " JOIN programme p ON p.id = d.programme_id"
        " WHERE d.from_on BETWEEN ? AND ? AND ? < d.until_on",
        (f"{day[:4]}-01-01", day, day),
    )


def _row(name: str, owed: Sequence[sqlite3.Row], day: str, see: str) -> Row:
    reached = [_reached(row, day) for row in owed]
    done = sum(row["done_on"] is not None and row["done_on"] <= day for row in owed)
    failed = sum(row["conclusion"] == "不合格" and (row["accepted_on"] or "~") <= day for row in owed)
    stages = (sum(stage >= at for stage in reached) for at in range(1, len(WORDS) + 1))
    carried = sum(row["carried"] for row in owed)
    return Row(
        name,
        (len(owed), carried, *stages, done, rate(done, len(owed)), failed, sum(stage == 0 for stage in reached)),
        see,
    )


def _reached(row: sqlite3.Row, day: str) -> int:
    """The last stage reached on a day: 0 for none of WORDS, one more than they are with the acceptance."""
    return max((at for at, column in enumerate(_STEPS, 1) if row[column] is not None and row[column] <= day), default=0)
