"""How the office stands today, for its first screen: the month under way, what is open, due and doubtful."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from fractions import Fraction

from anjian_cli.bulletin import due, filings
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.due import Due
from anjian_cli.bulletin.period import Period, day_after
from anjian_cli.bulletin.value import Bulletin, Category
from anjian_cli.ledger import settings

SOON = 7
"""Days that are looked ahead."""


@dataclass(frozen=True, slots=True)
class Written:
    """The last operation: its moment in UTC, the command, and the file it took in ('' for none)."""

    at: str
    command: str
    file: str


@dataclass(frozen=True, slots=True)
class Issued:
    """The last month that was issued."""

    month: str
    document_number: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The county in one category: the sums over its scored indicators (None where their units differ), the rate, and
    how far it is from the pace."""

    category: Category
    target: int | None
    done: int | None
    gap: Fraction | None


@dataclass(frozen=True, slots=True)
class Standing:
    """`overdue_major` are the major ones of the hazards overdue today, `listed` those under supervision; `soon` is what
    falls due within `SOON` days, without what is overdue. `without_town` counts enterprises, `otherwise` the figures in
    which a town's report differs from the ledger."""

    today: str
    region_name: str
    clerk: str
    bulletin: Bulletin
    written: Written | None
    issued: Issued | None
    wholes: tuple[Whole, ...]
    open_hazards: int
    overdue: int
    overdue_major: int
    listed: int
    soon: tuple[Due, ...]
    without_town: int
    otherwise: int


def standing(connection: sqlite3.Connection, today: str, period: Period) -> Standing:
    """How things stand on `today`, with the bulletin of a period as it stands now."""
    found = compile_bulletin(connection, period)
    items = due.due(connection, today, day_after(today, SOON))
    in_force = settings.all_in_force(connection, today)
    return Standing(
        today,
        found.region_name or in_force.get("region_name", ""),
        in_force.get("clerk", ""),
        found,
        _written(connection),
        _issued(connection),
        tuple(_whole(category) for category in found.categories if category.scored and category.total_rate is not None),
        *_hazards(connection, today),
        tuple(one for one in items if one.left >= 0),
        _without_town(connection),
        _otherwise(connection, found),
    )


def _written(connection: sqlite3.Connection) -> Written | None:
    row = connection.execute("SELECT at, command, source_file FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    return Written(row[0], row[1], row[2] or "") if row else None


def _issued(connection: sqlite3.Connection) -> Issued | None:
    row = connection.execute(
        "SELECT month, document_number FROM issued_month WHERE issued_on IS NOT NULL ORDER BY month DESC LIMIT 1"
    ).fetchone()
    return Issued(row[0], row[1]) if row else None


def _whole(category: Category) -> Whole:
    tables = [table for table in category.indicators if table.scored and table.total.target]
    alike = len({table.unit for table in tables}) == 1
    paces = [table.pace for table in tables if table.pace is not None]
    gap = None
    if category.total_rate is not None and paces:
        gap = category.total_rate - sum(paces, Fraction(0)) / len(paces)
    return Whole(
        category,
        sum(table.total.target or 0 for table in tables) if alike else None,
        sum(table.total.done or 0 for table in tables) if alike else None,
        gap,
    )


def _hazards(connection: sqlite3.Connection, today: str) -> tuple[int, int, int, int]:
    """Open, overdue, overdue major, listed: each hazard by its deadline in force."""
    open_now, overdue, major = connection.execute(
        "SELECT count(*), COALESCE(sum(d.late_from <= ?1), 0), COALESCE(sum(d.late_from <= ?1 AND h.level = '重大'), 0)"
        " FROM hazard_deadline d JOIN hazard h ON h.id = d.hazard_id"
        " WHERE h.voided_on IS NULL AND d.from_on <= ?1 AND ?1 < d.until_on",
        (today,),
    ).fetchone()
    (listed,) = connection.execute(
        "SELECT count(*) FROM supervision s JOIN hazard h ON h.id = s.hazard_id"
        " WHERE h.voided_on IS NULL AND s.from_on <= ?1 AND ?1 < s.until_on",
        (today,),
    ).fetchone()
    return int(open_now), int(overdue), int(major), int(listed)


def _without_town(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute(
        "SELECT count(*) FROM residence r JOIN enterprise e ON e.id = r.enterprise_id"
        " WHERE r.until_on = '9999-12-31' AND r.town_code IS NULL AND e.voided_on IS NULL"
    ).fetchone()
    return int(count)


def _otherwise(connection: sqlite3.Connection, found: Bulletin) -> int:
    done = {(t.id, cell.town): cell.done for c in found.categories for t in c.indicators for cell in t.cells}
    said = filings.told(connection, found.month)
    return sum(done.get((of, town)) not in (None, number) for town, of, number in said)
