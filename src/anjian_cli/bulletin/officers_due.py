"""What is due of grids and their officers (网格、网格员): a grid without anyone, officers of whom no course of the year
tells, grids of which nobody has told anything this month.

Nothing is asked of a ledger without grids or officers; courses are asked for only where courses name the officers who
came, reports only where patrols (网格巡查) are recorded.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from anjian_cli.bulletin.due_made import Item
from anjian_cli.bulletin.grid_work import Grid, Grids, Officer, in_place, in_use, inspections, patrol_words
from anjian_cli.bulletin.period import day_after, month_end
from anjian_cli.bulletin.reports_due import LAST_WEEK
from anjian_cli.bulletin.summary_table import typed
from anjian_cli.records import masking
from anjian_cli.rules.intervals import BEGINNING

VACANT, UNTRAINED, SILENT = "网格无人", "网格员培训", "网格本月未报"
DAYS_TO_FILL = 30
"""Within so many days a grid is to have an officer again. No rule is known that says so: it is ours."""
SHOWN = 5  # how many names an item gives


def officers(connection: sqlite3.Connection, today: str, until: str) -> Iterator[Item]:
    """All of it on a day, as far as it is due by `until`."""
    grids = Grids(connection, today)
    used = [grid for grid in grids.grids if in_use(grid, today) and grid.town]
    yield from _vacant(grids, used, today)
    yield from _untrained(connection, grids, today, until)
    yield from _silent(connection, grids, used, today)


def _vacant(grids: Grids, used: list[Grid], today: str) -> Iterator[Item]:
    """From the day on which nobody is there any more. A grid of which neither that day nor its first is known counts
    from 1 January."""
    for grid in used:
        own = grids.of(grid)
        if any(in_place(officer, today) for officer in own):
            continue
        left = [officer.until_on for officer in own if officer.until_on <= today]
        since = max([grid.began or BEGINNING, *left])
        if since == BEGINNING:
            since = f"{today[:4]}-01-01"
        yield Item(
            kind=VACANT,
            detail="",
            code=grid.town,
            subject=grids.called(grid),
            due_on=day_after(since, DAYS_TO_FILL),
            command="网格员 新增 --网格",
            handle=masking.in_text(typed(grid.name)),
            record="grid",
            record_id=grid.id,
        )


def _untrained(connection: sqlite3.Connection, grids: Grids, today: str, until: str) -> Iterator[Item]:
    """One a town, whose courses they are: with all the names of those who have been to none this year."""
    due_on = f"{today[:4]}-12-31"
    if due_on > until or not any_trained(connection, today):
        return
    done = trained(connection, today)
    missing: defaultdict[str, list[Officer]] = defaultdict(list)
    for officer in grids.officers:
        if officer.town and in_place(officer, today) and officer.id not in done:
            missing[officer.town].append(officer)
    for town in grids.towns:
        if own := missing.get(town.code):
            told = "、".join(officer.name for officer in own[:SHOWN]) + ("等" if len(own) > SHOWN else "")
            yield Item(
                kind=UNTRAINED,
                detail="",
                code=town.code,
                subject=f"{len(own)}名未培训：{told}",
                due_on=due_on,
                command="培训 新增 --镇街",
                handle=typed(town.short),
                record="training",
                record_id=0,
            )


def any_trained(connection: sqlite3.Connection, day: str) -> bool:
    """Whether any course by a day tells which officers came."""
    found = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM training_officer x JOIN training t ON t.id = x.training_id"
        " WHERE t.voided_on IS NULL AND t.held_on <= ?)",
        (day,),
    ).fetchone()
    return bool(found[0])


def trained(connection: sqlite3.Connection, day: str) -> set[int]:
    """The ids of the officers who were at a course in the year of a day, up to it."""
    found = connection.execute(
        "SELECT x.officer_id FROM training_officer x JOIN training t ON t.id = x.training_id"
        " WHERE t.voided_on IS NULL AND t.held_on BETWEEN ? AND ?",
        (f"{day[:4]}-01-01", day),
    )
    return {row[0] for row in found}


def _silent(connection: sqlite3.Connection, grids: Grids, used: list[Grid], today: str) -> Iterator[Item]:
    """In the last week of a month, those that are in use on its last day."""
    if not used or not in_last_week(today) or not _any_patrol(connection, today):
        return
    end = month_end(int(today[:4]), int(today[5:7]))
    told = reported(connection, grids, today)
    for grid in used:
        if grid.id not in told and in_use(grid, end):
            yield Item(
                kind=SILENT,
                detail="",
                code=grid.town,
                subject=grids.called(grid),
                due_on=end,
                command="检查 新增 --方式",
                handle="网格巡查",
                record="grid",
                record_id=grid.id,
            )


def in_last_week(day: str) -> bool:
    """Whether a day is in the last week of its month."""
    return day_after(day, LAST_WEEK) >= month_end(int(day[:4]), int(day[5:7]))


def reported(connection: sqlite3.Connection, grids: Grids, day: str) -> set[int]:
    """The ids of the grids of which a patrol told in the month of a day, up to it."""
    found: set[int] = set()
    for inspection in inspections(connection, grids, f"{day[:7]}-01", day):
        found |= grids.reports(inspection)
    return found


def _any_patrol(connection: sqlite3.Connection, today: str) -> bool:
    words = patrol_words(connection)
    marks = ", ".join("?" * len(words))
    patrol = f"SELECT 1 FROM inspection WHERE voided_on IS NULL AND inspected_on <= ? AND method IN ({marks})"
    found = connection.execute(f"SELECT EXISTS ({patrol})", (today, *words)).fetchone()
    return bool(found[0])
