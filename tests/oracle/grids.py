"""A second opinion on what is due of grids and their officers: 网格无人, 网格员培训, 网格本月未报.

From the domain's rules alone, day by day, over the plain facts of a random office (`grid_office`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from oracle.covering import Asked, Grid, Unit, unit_on
from oracle.model import BEGINNING, OPEN, after, month_end

PATROL = "网格巡查"
DAYS_TO_FILL, DAYS_BEFORE_THE_END = 30, 6


@dataclass
class Officer:
    name: str
    town: str
    grid: str
    from_on: str = BEGINNING
    until_on: str = OPEN
    voided: bool = False

    def in_place(self, day: str) -> bool:
        return not self.voided and self.from_on <= day < self.until_on


@dataclass
class Course:
    on: str
    officers: set[str]
    voided: bool = False


@dataclass
class Firm:
    town: str
    village: str
    grid_officer: str


@dataclass
class Visit:
    firm: int
    on: str
    method: str
    inspectors: tuple[str, ...]
    voided: bool = False


@dataclass
class Office:
    """No two grids and no two officers are called alike."""

    towns: dict[str, Unit]
    grids: list[Grid] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    firms: list[Firm] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    def same_town(self, one: str, other: str, day: str) -> bool:
        return unit_on(self.towns, one, day) == unit_on(self.towns, other, day)

    def officer(self, name: str, town: str, today: str, day: str) -> Officer | None:
        """Of a town as it is today, in place on a day."""
        there = [one for one in self.officers if one.name == name and one.in_place(day)]
        return next((one for one in there if self.same_town(one.town, town, today)), None)

    def grid_of(self, officer: Officer, today: str) -> Grid | None:
        named = [grid for grid in self.grids if grid.name == officer.grid and not grid.voided]
        return next((grid for grid in named if self.same_town(grid.town, officer.town, today)), None)

    def grid_of_firm(self, firm: Firm, today: str, day: str) -> Grid | None:
        """Its officer's; else its village's, if that has only one."""
        officer = self.officer(firm.grid_officer, firm.town, today, day)
        grid = None if officer is None else self.grid_of(officer, today)
        if grid is not None and grid.in_use(day):
            return grid
        of_village = [grid for grid in self.grids if firm.village and grid.village == firm.village and grid.in_use(day)]
        return of_village[0] if len(of_village) == 1 else None


def asked(office: Office, day: str) -> Iterator[Asked]:
    """All of it that is to be done on a day."""
    yield from _vacant(office, day)
    yield from _untrained(office, day)
    yield from _silent(office, day)


def _vacant(office: Office, day: str) -> Iterator[Asked]:
    """A grid with nobody in place has thirty days from the first of the days without anyone, or from its own first day;
    where neither is known, from the year's."""
    for grid in office.grids:
        own = [one for one in office.officers if one.grid == grid.name and office.same_town(one.town, grid.town, day)]
        if not grid.in_use(day) or any(one.in_place(day) for one in own):
            continue
        since, first = day, grid.from_on or min((one.from_on for one in own if not one.voided), default=day)
        while since > first and not any(one.in_place(after(since, -1)) for one in own):
            since = after(since, -1)
        known = grid.from_on or any(one.until_on <= day for one in own if not one.voided)
        since = since if known else f"{day[:4]}-01-01"
        yield Asked("网格无人", unit_on(office.towns, grid.town, day), grid.name, after(since, DAYS_TO_FILL))


def _untrained(office: Office, day: str) -> Iterator[Asked]:
    """Who is in place goes to a course every year, in an office that tells who went to its courses; a town is asked
    once for all of its own."""
    held = [course for course in office.courses if not course.voided and course.on <= day and course.officers]
    if not held:
        return
    trained = {name for course in held if course.on[:4] == day[:4] for name in course.officers}
    missing: dict[str, int] = {}
    for one in office.officers:
        if one.in_place(day) and one.name not in trained:
            town = unit_on(office.towns, one.town, day)
            missing[town] = missing.get(town, 0) + 1
    for town, number in missing.items():
        yield Asked("网格员培训", town, f"{number}名未培训", f"{day[:4]}-12-31")


def _silent(office: Office, day: str) -> Iterator[Asked]:
    """In the last seven days of a month a grid of which no patrol has told in it; in an office that records patrols."""
    end = month_end(day[:7])
    patrols = [visit for visit in office.visits if not visit.voided and visit.method == PATROL and visit.on <= day]
    if not patrols or day < after(end, -DAYS_BEFORE_THE_END):
        return
    told: set[str] = set()
    for patrol in patrols:
        if patrol.on[:7] != day[:7]:
            continue
        firm = office.firms[patrol.firm]
        officers = [office.officer(name, firm.town, day, patrol.on) for name in patrol.inspectors]
        grids = [office.grid_of(one, day) for one in officers if one is not None]
        grids.append(office.grid_of_firm(firm, day, patrol.on))
        told |= {grid.name for grid in grids if grid is not None}
    for grid in office.grids:
        if grid.in_use(day) and grid.in_use(end) and grid.name not in told:
            yield Asked("网格本月未报", unit_on(office.towns, grid.town, day), grid.name, end)
