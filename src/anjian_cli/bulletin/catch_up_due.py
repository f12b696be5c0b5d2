"""补差计划: whom the bulletin of a month asks for a plan to catch up, by when, and who has filed none.

Asked are those whom the bulletin, as it was issued, names as lagging (落后), towns and departments; by the day that its
letter says. Only the month issued last asks: with the next one's issue nobody waits for the plan any more.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from anjian_cli.bulletin import locked_month
from anjian_cli.bulletin.definition import unit_columns, units_on
from anjian_cli.bulletin.due_made import Item
from anjian_cli.bulletin.locked_month import LockedMonth
from anjian_cli.bulletin.period import day_after, month_end, month_title
from anjian_cli.bulletin.value import Town
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS

KIND = "补差计划"
PLAN_DAY = 15
"""Where a month was locked by a version that did not keep the day."""
_ADD = {TOWNS: "补差 新增", DEPARTMENTS: "补差 新增 --部门"}
"""What is typed before the unit whose plan it is."""


@dataclass(frozen=True, slots=True)
class _Office:
    plan_day: int


@dataclass(frozen=True, slots=True)
class _Departments:
    laggards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is needed of a bulletin that was issued. See `value.Bulletin`, of which this is a part."""

    laggards: tuple[str, ...]
    office: _Office | None = None
    departments: _Departments | None = None


class Asked(NamedTuple):
    """`units` are the kind and the code of each as it was then, in the order of the bulletin."""

    month: str
    due_on: str
    units: tuple[tuple[str, str], ...]


class Missing(NamedTuple):
    """A unit of a kind, as it is called now, that has filed no plan."""

    of: str
    unit: Town


def asked(locked: LockedMonth) -> Asked:
    """Whom an issued month asks, and by when."""
    from anjian_cli.bulletin import exact  # here: most ledgers keep no plans

    kept = exact.load_part(locked.text, _Kept)
    departments = kept.departments.laggards if kept.departments is not None else ()
    units = [*((TOWNS, code) for code in kept.laggards), *((DEPARTMENTS, code) for code in departments)]
    return Asked(locked.month, due_on(locked.month, kept.office.plan_day if kept.office else PLAN_DAY), tuple(units))


def due_on(month: str, day: int) -> str:
    """A day of the month after one (YYYY-MM): so the letter has it."""
    after = day_after(month_end(int(month[:4]), int(month[5:])))
    return f"{after[:7]}-{day:02d}"


def missing(connection: sqlite3.Connection, of: Asked, day: str) -> list[Missing]:
    """Of those that were asked and still are, or are a part of another one now, who has filed no plan by a day."""
    found: list[Missing] = []
    for kind in (TOWNS, DEPARTMENTS):
        units, rolled = units_on(connection, day, kind)
        whose, _ = unit_columns(kind)
        plans = (
            f"SELECT {whose} FROM catch_up WHERE month = ? AND filed_on <= ? AND voided_on IS NULL"
            f" AND {whose} IS NOT NULL"
        )
        filed = {rolled.get(code) for (code,) in connection.execute(plans, (of.month, day))}
        wanted = dict.fromkeys(rolled[code] for its, code in of.units if its == kind and code in rolled)
        by_code = {unit.code: unit for unit in units}
        found += [Missing(kind, by_code[code]) for code in wanted if code not in filed]
    return found


def keeps_plans(connection: sqlite3.Connection, month: str, day: str) -> bool:
    """Whether by a day any unit had filed a plan for a month or one before it: an office that keeps none is not told
    that they are missing."""
    first = "SELECT 1 FROM catch_up WHERE month <= ? AND filed_on <= ? AND voided_on IS NULL"
    found = connection.execute(f"SELECT EXISTS ({first})", (month, day)).fetchone()
    return bool(found[0])


def plans(connection: sqlite3.Connection, today: str) -> Iterator[Item]:
    """What is due of it on a day."""
    locked = locked_month.issued_by(connection, today)
    if locked is None or not keeps_plans(connection, locked.month, today):
        return
    of = asked(locked)
    for kind, unit in missing(connection, of, today):
        yield Item(
            kind=KIND,
            detail="",
            code=unit.code,
            subject=month_title(of.month),
            due_on=of.due_on,
            command=_ADD[kind],
            handle=unit.short,
            record="catch_up",
            record_id=0,
            of=kind,
        )
