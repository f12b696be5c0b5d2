"""Tasks (年度任务) that a scheme leaves over: of indicators that it does not ask, or not of that kind of unit."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping

from anjian_cli.errors import Fault
from anjian_cli.ledger import schemes
from anjian_cli.rules import place_names, unit_kinds

Said = tuple[object, ...]


def left_over(connection: sqlite3.Connection, asked: Mapping[str, str], day: str) -> Iterator[Fault]:
    """E766 for tasks that are in force on a day (YYYY-MM-DD) or later, by indicator and by why they are left over.
    `asked`: the indicators of a scheme, by code, each with the units that it is asked of."""
    left: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], sqlite3.Row] = {}
    for row in connection.execute(
        "SELECT g.indicator, COALESCE(i.short, g.indicator) AS short, g.number, g.year, g.from_on,"
        " d.name AS department, t.name AS town"
        " FROM target g LEFT JOIN indicator i ON i.id = g.indicator LEFT JOIN town t ON t.code = g.town_code"
        " LEFT JOIN department d ON d.number = g.department WHERE g.voided_on IS NULL"
        " AND g.quantity IS NOT NULL AND g.until_on > ?1 AND g.year >= CAST(substr(?1, 1, 4) AS INTEGER)"
        " ORDER BY g.indicator, g.id",
        (day,),
    ).fetchall():
        why = _why(row, asked)
        if why:
            key = (row["indicator"], row["short"], why)
            left[key] += 1
            first.setdefault(key, row)
    for (indicator, short, why), count in left.items():
        how = _withdrawn(first[indicator, short, why], day)
        yield Fault("E766", {"short": short, "count": count, "day": day, "why": why, "how": how}, indicator)


def since(connection: sqlite3.Connection, operation: int) -> dict[Said, tuple[int, Fault]]:
    """Those that schemes in force leave over which an office has adopted since an operation, by scheme, indicator and
    why: how many, and E891, as an undo of that operation is told which brings any back."""
    found: dict[Said, tuple[int, Fault]] = {}
    for each in schemes.all_of(connection):
        if each.id == schemes.SHIPPED or each.from_on >= each.until_on or _adopted(connection, each.id) < operation:
            continue
        asked = connection.execute(
            "SELECT code, COALESCE(units, '') FROM scheme_indicator WHERE scheme_id = ?", (each.id,)
        )
        for fault in left_over(connection, dict(asked.fetchall()), each.from_on):
            words, count = {**fault.words, "title": each.title}, int(str(fault.words["count"]))
            found[each.id, fault.value, words["why"]] = count, Fault("E891", words, fault.value)
    return found


def _adopted(connection: sqlite3.Connection, scheme: int) -> int:
    """The operation by which a scheme stands in the ledger."""
    found = connection.execute(
        "SELECT max(operation) FROM change WHERE table_name = 'scheme' AND ? BETWEEN first_id AND last_id"
        " AND before IS NULL",
        (scheme,),
    )
    return int(found.fetchone()[0] or 0)


def _why(row: sqlite3.Row, asked: Mapping[str, str]) -> str:
    """What is said of a task that is left over; '' of another."""
    of = unit_kinds.DEPARTMENTS if row["department"] else unit_kinds.TOWNS if row["town"] else ""
    if row["indicator"] not in asked:
        return "没有它"
    return f"它不考核{of}" if of and not unit_kinds.holds_for(asked[row["indicator"]], of) else ""


def _withdrawn(row: sqlite3.Row, day: str) -> str:
    """How a task is withdrawn from a day on, by command and as a row of a file; one that does not begin before is
    voided, since no day of it is left."""
    if row["from_on"] >= day:
        return f"它们还没有起用，请作废：anjian 任务 作废 {row['number']} --原因 办法里没有了"
    whose, option, name = ("镇（街、区）", "镇", row["town"] or place_names.COUNTY)
    if row["department"]:
        whose, option, name = ("部门", "部门", row["department"])
    told = f"{row['short']} --年度 {row['year']} --{option} {name} --起用日期 {day} --文号 撤下的文号"
    cells = f"年度{row['year']}，指标{row['short']}，{whose}{name}，任务数空着，起用日期{day}，写上下达文号，编号空着"
    return f"请先自那天起撤下：anjian 任务 新增 {told}；条数多的用 anjian 导入，任务表上一条一行：{cells}"
