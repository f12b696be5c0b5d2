"""补差对照: what those who were asked for a plan to catch up have promised, and what they have done since.

Done since is what the bulletin of the month after has, less what that of the month had, as either was stored; of a
month that is not locked yet, as it comes to now. What begins anew with a year is counted from 1 January.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from anjian_cli.bulletin import catch_up_due, locked_month, wording
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.definition import unit_columns, units_on
from anjian_cli.bulletin.period import Period, day_after, month_title, period
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, Value
from anjian_cli.bulletin.value import Bulletin, Cell, IndicatorTable
from anjian_cli.errors import refused
from anjian_cli.ledger import held, settings
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS

COLUMNS = (
    Column("报来", "text"),
    Column("指标", "text"),
    Column("计划补", "text"),
    Column("实际补", "text"),
    Column("兑现", "text"),
)
MEANING = (
    "应报的是{month}通报里落后的镇（街、区）、部门，{due}前报；实际补是{after}通报的累计数减{month}的，"
    "跨年的从1月算起；一项指标一行"
)
KEPT, BROKEN, UNFILED, LATE = "兑现", "没有", "没有报", "迟"
RESTS_ON = ("catch_up", "catch_up_figure", "town", "department", "setting")


class _Plan(NamedTuple):
    """`figures`: what is promised, by indicator."""

    number: str
    filed_on: str
    figures: Mapping[str, int]


class _Pair(NamedTuple):
    """The bulletin of the month and that of the month after, None where it has not begun; both of units of one kind,
    None where it ranks none."""

    of: Bulletin | None
    after: Bulletin | None


def catch_up_compare(connection: sqlite3.Connection, month: str, today: str) -> SummaryTable:
    """Of a month (YYYY-MM) that was issued, as of `today`. Raises `Refused` E875 for one that was not, and as
    `ledger.held`, where what it rests on is not as it was written."""
    held.definitions(connection)
    held.tables(connection, RESTS_ON)
    held.tail(connection)
    locked = locked_month.find(connection, month)
    if locked is None or locked.issued_on is None:
        raise refused("E875", month, month=month_title(month))
    asked = catch_up_due.asked(locked)
    first = day_after(locked.as_of)
    following = period(int(first[:4]), int(first[5:7]), today) if first <= today else None
    whole = _Pair(locked.bulletin(), None if following is None else compile_bulletin(connection, following))
    pairs = {
        TOWNS: whole,
        DEPARTMENTS: _Pair(*(one and one.of_departments() for one in (whole.of, whole.after))),
    }
    rows: list[Row] = []
    others: list[str] = []
    units = {kind: units_on(connection, today, kind) for kind in (TOWNS, DEPARTMENTS)}
    plans = {kind: _plans(connection, month, today, kind, units[kind][1]) for kind in (TOWNS, DEPARTMENTS)}
    for kind, (there, rolled) in units.items():
        names = {unit.code: unit.name for unit in there}
        wanted = [*dict.fromkeys(rolled[code] for its, code in asked.units if its == kind and code in rolled)]
        beside = [code for code in names if code in plans[kind] and code not in wanted]
        others += [names[code] for code in beside]
        for code in (*wanted, *beside):
            rows += _rows(names[code], code, plans[kind].get(code), pairs[kind], asked.due_on)
    after = month_title(first[:7])
    return SummaryTable(
        title="补差计划对照",
        days=f"{month_title(month)}通报的，截至{today}",
        per="单位",
        columns=COLUMNS,
        rows=tuple(rows),
        meaning=MEANING.format(month=month_title(month), due=asked.due_on, after=after),
        notes=tuple(_notes(rows, others, after, whole.after, following)),
        sign="没有报补差计划，或报了没有兑现",
        demonstration=settings.is_demonstration(connection),
    )


def _plans(
    connection: sqlite3.Connection, month: str, today: str, of: str, rolled: Mapping[str, str]
) -> dict[str, _Plan]:
    """The plans that units of a kind have filed for a month, by the code of the unit in force."""
    whose, _ = unit_columns(of)
    found: dict[str, _Plan] = {}
    for row, number, code, filed_on in connection.execute(
        f"SELECT id, number, {whose}, filed_on FROM catch_up WHERE month = ? AND filed_on <= ? AND voided_on IS NULL"
        f" AND {whose} IS NOT NULL ORDER BY id",
        (month, today),
    ).fetchall():
        figures = connection.execute(
            "SELECT indicator, quantity FROM catch_up_figure WHERE catch_up_id = ? ORDER BY id", (row,)
        )
        if code in rolled:
            found.setdefault(rolled[code], _Plan(number, filed_on, dict(figures.fetchall())))
    return found


def _rows(name: str, code: str, plan: _Plan | None, pair: _Pair, due_on: str) -> Iterator[Row]:
    if plan is None:
        yield Row(name, (UNFILED, None, None, None, None), behind=True)
        return
    filed = plan.filed_on + (f"（{LATE}）" if plan.filed_on > due_on else "")
    see = f"补差 查看 {plan.number}"
    if not plan.figures:
        yield Row(name, (filed, None, None, None, None), see)
    for indicator, promised in plan.figures.items():
        table, since = _since(pair, indicator, code)
        kept = None if since is None else KEPT if since >= promised else BROKEN
        told: tuple[Value, ...] = (filed, *_told(table, indicator, promised, since), kept)
        yield Row(name, told, see, behind=kept == BROKEN)


def _told(table: IndicatorTable | None, indicator: str, promised: int, since: int | None) -> tuple[Value, ...]:
    if table is None:
        return indicator, str(promised), None
    done = None if since is None else ("减" if since < 0 else "") + _amount(abs(since), table.unit)
    return table.short, _amount(promised, table.unit), done


def _amount(quantity: int, unit: str) -> str:
    return f"{wording.amount(quantity, unit)}{wording.shown_unit(unit)}"


def _since(pair: _Pair, indicator: str, code: str) -> tuple[IndicatorTable | None, int | None]:
    """The indicator, and what a unit has done of it since; None where either bulletin does not know."""
    table, before = _cell(pair.of, indicator, code)
    now, cell = _cell(pair.after, indicator, code)
    if pair.of is None or pair.after is None or now is None or cell is None or cell.done is None:
        return table or now, None
    if pair.of.month[:4] != pair.after.month[:4] and (now.kind == "flow" or now.of_year):
        return now, cell.done
    return now, None if before is None or before.done is None else cell.done - before.done


def _cell(bulletin: Bulletin | None, indicator: str, code: str) -> tuple[IndicatorTable | None, Cell | None]:
    if bulletin is None:
        return None, None
    tables = (table for category in bulletin.categories for table in category.indicators)
    table = next((table for table in tables if table.id == indicator), None)
    cells = table.cells if table is not None else ()
    return table, next((cell for cell in cells if cell.town == code), None)


def _notes(
    rows: list[Row], others: list[str], after: str, bulletin: Bulletin | None, following: Period | None
) -> Iterator[str]:
    unfiled = [row.name for row in rows if row.values[0] == UNFILED]
    if unfiled:
        yield f"没有报的：{'、'.join(unfiled)}"
    if others:
        yield f"不在落后名单里、也报了的：{'、'.join(others)}"
    promised = [row for row in rows if row.values[4] is not None]
    if promised:
        yield f"有数可比的{len(promised)}项，兑现{sum(row.values[4] == KEPT for row in promised)}项"
    if following is None:
        yield f"{after}还没有开始，还不知道实际补了多少"
    elif bulletin is not None and not bulletin.state:
        yield f"{after}还没有定稿，实际补的是截至{following.as_of}的"
