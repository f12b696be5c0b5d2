"""到期 and its four parts, held against each other: on every day, and wherever they are said of one day."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

from anjian_cli.bulletin import sentences
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.owing import owing
from anjian_cli.bulletin.period import Period, month_end
from anjian_cli.bulletin.standing import standing
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.standing import narrowed
from oracle.figures import from_view

PARTS = ("on_time_of_year", "late_of_year", "awaiting", "overdue")
OF_OVERDUE = ("overdue_carried", "overdue_extended", "overdue_sent_back")
SAID = re.compile(
    r"到期应整改隐患(\d+)条，按期整改(\d+)条，[^；]*；逾期后整改(\d+)条，已整改待验收(\d+)条，逾期仍未整改(\d+)条"
)


def unequal_days(connection: sqlite3.Connection, first: date, days: int) -> Iterator[tuple[str, str]]:
    """The days, and the towns, in which what is due is not the sum of its parts, by the items of the day."""
    parts = [f"hazard.{name}" for name in ("accepted_late", *PARTS)]
    for day in (str(first + timedelta(number)) for number in range(days)):
        figures = from_view(connection, day)
        for town in {town for _, town in figures}:
            if figures.get(("hazard.due_of_year", town), 0) != sum(figures.get((part, town), 0) for part in parts):
                yield day, town


def telling_days(connection: sqlite3.Connection) -> list[str]:
    """Days on which something is due, and some on which something awaits its acceptance."""
    found = connection.execute(
        "SELECT due_on FROM hazard_due UNION SELECT awaiting_from FROM hazard_due WHERE awaiting_from < done_from"
        " ORDER BY 1"
    )
    return [day for (day,) in found]


def contradictions(connection: sqlite3.Connection, day: str) -> Iterator[str]:
    """What is said of hazards due on a day otherwise in one place than in another: as of its end if it is a month's
    last, and as it stands while it is not over."""
    year, month = int(day[:4]), int(day[5:7])
    periods = [Period(year, month, day, False)]
    if day == month_end(year, month):
        periods.append(Period(year, month, day, True))
    for period in periods:
        bulletin = compile_bulletin(connection, period)
        for of in (bulletin, *(narrowed(bulletin, town.code) for town in bulletin.towns)):
            yield from _of_bulletin(of)
        total = _totals(bulletin)
        listed = [one for one in owing(connection, define(connection, period)) if one.category == "隐患整改"]
        if len(listed) != total["overdue"]:
            yield f"{day}: {total['overdue']} overdue, {len(listed)} listed"
        if len(bulletin.overdue_major) != sum(one.stage.startswith("重大") for one in listed):
            yield f"{day}: {bulletin.overdue_major} of {listed}"
        if not period.finished:
            now = standing(connection, day, period)
            if (now.overdue, now.due_today, now.open_hazards) != (total["overdue"], total["due_today"], total["open"]):
                yield f"{day}: the first screen has {now.overdue}, {now.due_today}, {now.open_hazards}"


def _of_bulletin(bulletin: Bulletin) -> Iterator[str]:
    (category,) = (category for category in bulletin.categories if category.id == "hazard")
    tables = {table.id.removeprefix("hazard."): table for table in category.indicators}
    for at in range(len(bulletin.towns)):
        done = {name: table.cells[at].done for name, table in tables.items()}
        if done["due_of_year"] != sum(done[part] or 0 for part in PARTS):
            yield f"{bulletin.as_of} {bulletin.towns[at].name}: {done}"
    total = _totals(bulletin)
    if total["due_of_year"] != sum(total[part] or 0 for part in PARTS):
        yield f"{bulletin.as_of}: {total}"
    if any((total[part] or 0) > (total["overdue"] or 0) for part in OF_OVERDUE):
        yield f"{bulletin.as_of}: more carried, extended or sent back than overdue: {total}"
    if said := SAID.search(sentences.rectification(bulletin)):
        numbers = [int(number) for number in said.groups()]
        if numbers != [total[name] for name in ("due_of_year", *PARTS)]:
            yield f"{bulletin.as_of}: the letter has {numbers}, the tables {total}"
    elif total["due_of_year"] != total["on_time_of_year"]:
        yield f"{bulletin.as_of}: the letter says nothing of {total}"


def _totals(bulletin: Bulletin) -> dict[str, int | None]:
    tables = [table for category in bulletin.categories if category.id == "hazard" for table in category.indicators]
    return {table.id.removeprefix("hazard."): table.total.done for table in tables}
