"""How the office stands today, for its first screen: the month under way, what is open, due and doubtful."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from anjian_cli.bulletin import due, filings, findings, locked_month
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.due import Due
from anjian_cli.bulletin.period import Period, day_after
from anjian_cli.bulletin.value import Bulletin, Category
from anjian_cli.ledger import settings
from anjian_cli.rules.intervals import OPEN

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
    """The county in one category: the sums over its scored indicators (None where their units differ)."""

    category: Category
    target: int | None
    done: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """`overdue_major` are the major ones of the hazards overdue today. The day is not over: those whose first deadline
    is this very day are in `due_today` as long as they are not rectified. `listed` are under supervision; `soon` is
    what falls due within `SOON` days, without what is overdue. `without_town` counts enterprises, `otherwise` the
    figures in which a town's report differs from the ledger. `empty`: no fact of any year is in it."""

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
    due_today: int
    listed: int
    soon: tuple[Due, ...]
    without_town: int
    otherwise: int
    empty: bool


def standing(connection: sqlite3.Connection, today: str, period: Period) -> Standing:
    """How things stand on `today`, with the bulletin of a period as it stands now."""
    found = compile_bulletin(connection, period)
    items = due.due(connection, today, day_after(today, SOON))
    in_force = settings.all_in_force(connection, today)
    open_hazards, listed = _hazards(connection, today)
    overdue, overdue_major, due_today = _overdue(connection, today)
    return Standing(
        today=today,
        region_name=found.region_name or in_force.get("region_name", ""),
        clerk=in_force.get("clerk", ""),
        bulletin=found,
        written=_written(connection),
        issued=_issued(connection),
        wholes=tuple(_whole(category) for category in findings.scored(found) if category.total_rate is not None),
        open_hazards=open_hazards,
        overdue=overdue,
        overdue_major=overdue_major,
        due_today=due_today,
        listed=listed,
        soon=tuple(one for one in items if one.left >= 0),
        without_town=_without_town(connection),
        otherwise=_otherwise(connection, found),
        empty=_empty(connection),
    )


def _written(connection: sqlite3.Connection) -> Written | None:
    row = connection.execute("SELECT at, command, source_file FROM operation ORDER BY id DESC LIMIT 1").fetchone()
    return Written(at=row["at"], command=row["command"], file=row["source_file"] or "") if row else None


def _issued(connection: sqlite3.Connection) -> Issued | None:
    last = locked_month.last_issued(connection)
    return None if last is None else Issued(last.month, last.document_number or "")


def _whole(category: Category) -> Whole:
    tables = findings.scored_tables(category)
    cells = [table.total for table in tables]
    return Whole(
        category,
        findings.summed(tables, [cell.target for cell in cells]),
        findings.summed(tables, [cell.done for cell in cells]),
    )


def _hazards(connection: sqlite3.Connection, today: str) -> tuple[int, int]:
    """Open, listed: what the figures of these names count today."""
    found = connection.execute(
        "SELECT indicator, count(*) FROM hazard_item WHERE indicator IN ('hazard.open', 'hazard.listed')"
        " AND from_on <= ?1 AND ?1 < until_on GROUP BY indicator",
        (today,),
    )
    counted = dict(found.fetchall())
    return counted.get("hazard.open", 0), counted.get("hazard.listed", 0)


def _overdue(connection: sqlite3.Connection, today: str) -> tuple[int, int, int]:
    """Overdue, overdue major: what that figure counts today, without those whose day is today; and these."""
    found = connection.execute(
        "SELECT d.due_on = ?1, count(*), sum(h.level = '重大')"
        " FROM hazard_item i JOIN hazard h ON h.id = i.root_id JOIN hazard_deadline d ON d.id = i.record_id"
        " WHERE i.indicator = 'hazard.overdue' AND i.from_on <= ?1 AND ?1 < i.until_on GROUP BY 1",
        (today,),
    )
    counted = {bool(is_today): (number, major) for is_today, number, major in found}
    return *counted.get(False, (0, 0)), counted.get(True, (0, 0))[0]


def _without_town(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute(
        "SELECT count(*) FROM residence r JOIN enterprise e ON e.id = r.enterprise_id"
        " WHERE r.until_on = ? AND r.town_code IS NULL AND e.voided_on IS NULL",
        (OPEN,),
    ).fetchone()
    return int(count)


def _empty(connection: sqlite3.Connection) -> bool:
    """Opening figures are facts as well; enterprises alone are none."""
    (facts,) = connection.execute("SELECT EXISTS (SELECT 1 FROM indicator_month WHERE came <> 0)").fetchone()
    return not facts


def _otherwise(connection: sqlite3.Connection, found: Bulletin) -> int:
    done = {(t.id, cell.town): cell.done for c in found.categories for t in c.indicators for cell in t.cells}
    said = filings.told(connection, found.month)
    return sum(done.get((of, town)) not in (None, number) for town, of, number in said)
