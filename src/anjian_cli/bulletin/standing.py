"""How the office stands today, for its first screen: the month under way, what is open, due and doubtful."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from anjian_cli.bulletin import details, due, figures, filings, findings, locked_month
from anjian_cli.bulletin.compile import RESTS_ON, compile_bulletin
from anjian_cli.bulletin.counting import RESIDENCE
from anjian_cli.bulletin.definition import Definition, define
from anjian_cli.bulletin.locked_month import Issued
from anjian_cli.bulletin.period import Period, day_after
from anjian_cli.bulletin.value import Bulletin, Category
from anjian_cli.ledger import held, schemes, settings
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.rules.intervals import OPEN

SOON = 7
"""Days that are looked ahead."""
HAZARDS = ("hazard.open", "hazard.overdue", "hazard.due_today", "hazard.listed")
"""Indicators of the scheme that every ledger has: how hazards stand is told whatever the one in force asks."""


@dataclass(frozen=True, slots=True)
class Written:
    """The last operation: its moment in UTC, the command, and the file it took in ('' for none)."""

    at: str
    command: str
    file: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The county in one category: the sums over its scored indicators (None where their units differ)."""

    category: Category
    target: int | None
    done: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The numbers of hazards are the county's figures of today, a day that is not over (None = not known): `overdue`
    without those whose first deadline is this very day, which are in `due_today`; `overdue_major` are the major ones,
    `listed` those under supervision. `soon` is how much falls due within `SOON` days, without what is overdue, by kind;
    `soon_hazards` how many hazards. `without_town` counts enterprises, `otherwise` the figures in which a town's
    report differs from the ledger. `empty`: no fact of any year is in it."""

    today: str
    region_name: str
    clerk: str
    bulletin: Bulletin
    written: Written | None
    issued: Issued | None
    wholes: tuple[Whole, ...]
    open_hazards: int | None
    overdue: int | None
    overdue_major: int
    due_today: int | None
    listed: int | None
    soon: Mapping[str, int]
    soon_hazards: int
    without_town: int
    otherwise: int
    empty: bool


def standing(connection: sqlite3.Connection, today: str, period: Period) -> Standing:
    """How things stand on `today`, with the bulletin of a period as it stands now, by itself. Raises `Refused`, as
    `ledger.held`, where what is read is not as it was written."""
    told = filings.told(connection, period.key)
    found = compile_bulletin(connection, period, looking_back=False, also={indicator for _, indicator, _ in told})
    if found.state:
        held.months(connection)  # of a locked month no sums were read
    in_force = settings.all_in_force(connection, today)
    now = _now(connection, today)
    counted_whole = {*figures.read_whole(now.indicators), RESIDENCE}
    held.tables(connection, counted_whole - _held_by(found, now))
    sound = {*RESTS_ON, *counted_whole}
    soon, soon_hazards = due.by_kind(connection, today, day_after(today, SOON), since=today, sound=sound)
    counted = figures.on_day(connection, _by_shipped(connection, now), HAZARDS).totals
    return Standing(
        today=today,
        region_name=found.region_name or in_force.get("region_name", ""),
        clerk=in_force.get("clerk", ""),
        bulletin=found,
        written=_written(connection),
        issued=locked_month.last_issued(connection),
        wholes=tuple(_whole(category) for category in findings.scored(found) if category.total_rate is not None),
        open_hazards=counted["hazard.open"].done,
        overdue=counted["hazard.overdue"].done,
        overdue_major=len(details.overdue_major(connection, now)),
        due_today=counted["hazard.due_today"].done,
        listed=counted["hazard.listed"].done,
        soon=soon,
        soon_hazards=soon_hazards,
        without_town=_without_town(connection),
        otherwise=_otherwise(found, told),
        empty=_empty(connection),
    )


def _written(connection: sqlite3.Connection) -> Written | None:
    row = connection.execute("SELECT at, command, source_file FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    return Written(at=row["at"], command=row["command"], file=row["source_file"] or "") if row else None


def _whole(category: Category) -> Whole:
    tables = findings.scored_tables(category)
    cells = [table.total for table in tables]
    return Whole(
        category,
        findings.summed(tables, [cell.target for cell in cells]),
        findings.summed(tables, [cell.done for cell in cells]),
    )


def _now(connection: sqlite3.Connection, today: str) -> Definition:
    """What is counted of a day that is not over."""
    return define(connection, Period(int(today[:4]), int(today[5:7]), today, False))


def _held_by(found: Bulletin, now: Definition) -> frozenset[str]:
    """What was held, of the tables that are read whole, when the figures of a bulletin were counted: none for those of
    a locked month, and none that can be told where it went by another scheme."""
    if found.state or found.as_of < now.scheme.from_on:
        return frozenset()
    shown = {table.id for category in found.categories for table in category.indicators}
    return figures.read_whole(indicator for indicator in now.indicators if indicator.id in shown)


def _by_shipped(connection: sqlite3.Connection, now: Definition) -> Definition:
    """The same day by the scheme that every ledger has."""
    if now.scheme.id == schemes.SHIPPED:
        return now
    return define(connection, now.period, scheme=schemes.all_of(connection)[0])


def _without_town(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute(
        "SELECT count(*) FROM residence r JOIN enterprise e ON e.id = r.enterprise_id"
        " WHERE r.until_on = ? AND r.town_code IS NULL AND e.voided_on IS NULL",
        (OPEN,),
    ).fetchone()
    return int(count)


def _empty(connection: sqlite3.Connection) -> bool:
    """Opening figures are facts as well; enterprises alone are none."""
    (facts,) = connection.execute("SELECT EXISTS (SELECT 1 FROM measure_month WHERE came <> 0)").fetchone()
    return not facts


def _otherwise(found: Bulletin, told: Sequence[tuple[str, str, int]]) -> int:
    done = {(t.id, cell.town): cell.done for c in found.categories for t in c.indicators for cell in t.cells}
    return sum(done.get((of, town)) not in (None, number) for town, of, number in told)
