"""Grids (网格) and their officers (网格员) on a day: who looks after which, which firm is in which, and whose an
inspection is.

An officer's row names the grid as the town does, and an inspection names its inspectors as its form does (甲、乙): both
are matched by town and name, and nothing is guessed. Towns that were merged may have brought the same name twice: then
it is that of the town told, which may be none any more. `until_on` is the first day on which an officer is not there
any more.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence

from anjian_cli.bulletin.definition import towns_on
from anjian_cli.light_typing import TYPE_CHECKING, NamedTuple
from anjian_cli.records import masking
from anjian_cli.rules.intervals import BEGINNING, OPEN
from anjian_cli.rules.word_lists import CHANNELS

if TYPE_CHECKING:
    from typing import TypeVar

    Told = TypeVar("Told", "Officer", "Grid")

PATROL = "网格巡查"


class Officer(NamedTuple):
    """`town` is the code of the town in force whose they are, `told` that of the town they were told to be of; `grid`
    its name, '' for none."""

    id: int
    told: str
    town: str
    name: str
    grid: str
    from_on: str
    until_on: str


class Grid(NamedTuple):
    """`town` and `told` as of an officer; `village` is the code of a village, '' for none; `began` the day told, if
    any."""

    id: int
    number: str
    told: str
    town: str
    village: str
    name: str
    began: str | None
    until_on: str


class Inspection(NamedTuple):
    """`town` is that in force of the firm on the day, '' for none, `told` its row's; `grid` the id of the grid that
    the firm is in."""

    id: int
    told: str
    town: str
    on: str
    patrol: bool
    inspectors: tuple[str, ...]
    found_any: bool
    grid: int | None


class Grids:
    """The living grids and officers, with the towns of a day."""

    def __init__(self, connection: sqlite3.Connection, day: str) -> None:
        self.towns, self._rolled = towns_on(connection, day)
        self.officers = tuple(
            Officer(row[0], row[1], self.town(row[1]), *row[2:])
            for row in connection.execute(
                "SELECT id, town_code, name, COALESCE(grid, ''), COALESCE(from_on, ?), COALESCE(until_on, ?)"
                " FROM officer WHERE voided_on IS NULL ORDER BY id",
                (BEGINNING, OPEN),
            )
        )
        self.grids = tuple(
            Grid(row[0], row[1], row[2], self.town(row[2]), *row[3:])
            for row in connection.execute(
                "SELECT id, number, town_code, COALESCE(village_code, ''), name, from_on, COALESCE(until_on, ?)"
                " FROM grid WHERE voided_on IS NULL ORDER BY id",
                (OPEN,),
            )
        )
        self._of_name: defaultdict[tuple[str, str], list[Officer]] = defaultdict(list)
        for officer in self.officers:
            self._of_name[officer.town, officer.name].append(officer)
        self._of_village: defaultdict[str, list[Grid]] = defaultdict(list)
        for grid in self.grids:
            self._of_village[grid.village].append(grid)
        self._by_name: defaultdict[tuple[str, str], list[Grid]] = defaultdict(list)
        for grid in self.grids:
            self._by_name[grid.town, grid.name].append(grid)
        self._of_grid: defaultdict[int, list[Officer]] = defaultdict(list)
        for officer in self.officers:
            if (own := self.grid_of(officer)) is not None:
                self._of_grid[own.id].append(officer)

    def town(self, code: str | None) -> str:
        """The code of the town in force that one counts for, '' where there is none."""
        return self._rolled.get(code or "", "")

    def officer(self, told: str, name: str, day: str) -> Officer | None:
        """The officer of a town, told by the code of a row, who has that name and is in place on a day."""
        return _meant([one for one in self._of_name[self.town(told), name] if in_place(one, day)], told)

    def of(self, grid: Grid) -> list[Officer]:
        """All its officers, those who left and those to come as well."""
        return self._of_grid[grid.id]

    def grid_of(self, officer: Officer) -> Grid | None:
        """The grid that an officer looks after, None where the register has none of that name."""
        return _meant(self._by_name[officer.town, officer.grid], officer.told)

    def called(self, grid: Grid) -> str:
        """A grid's name, with its number where another of its town has that name as well; as it leaves, telephones in
        it hidden."""
        name = masking.in_text(grid.name)
        return name if len(self._by_name[grid.town, grid.name]) == 1 else f"{name}（{grid.number}）"

    def of_firm(self, told: str, village: str, grid_officer: str, day: str) -> Grid | None:
        """The grid that a firm of a town, by the code of its row, is in on a day: its officer's (网格员); else its
        village's, where that has just one."""
        for name in names(grid_officer):
            officer = self.officer(told, name, day)
            grid = None if officer is None else self.grid_of(officer)
            if grid is not None and in_use(grid, day):
                return grid
        of_village = [grid for grid in self._of_village[village] if in_use(grid, day)] if village else []
        return of_village[0] if len(of_village) == 1 else None

    def reports(self, inspection: Inspection) -> set[int]:
        """The ids of the grids of which a patrol tells: those of its inspectors, and the one that the firm is in."""
        if not inspection.patrol:
            return set()
        inspectors = (self.officer(inspection.told, name, inspection.on) for name in inspection.inspectors)
        own = [self.grid_of(officer) for officer in inspectors if officer is not None]
        found = [inspection.grid, *(grid and grid.id for grid in own)]
        return {grid for grid in found if grid is not None}


def _meant(those: Sequence[Told], told: str) -> Told | None:
    """Of those with one name in a town in force: of the town told, else of the only one that has any."""
    if len({one.told for one in those}) > 1:
        those = [one for one in those if one.told == told]
    return those[0] if those else None


def in_place(officer: Officer, day: str) -> bool:
    """Whether an officer is there on a day."""
    return officer.from_on <= day < officer.until_on


def in_use(grid: Grid, day: str) -> bool:
    """Whether a grid is one on a day."""
    return (grid.began or BEGINNING) <= day < grid.until_on


def names(told: str | None) -> tuple[str, ...]:
    """The people that a form names in one cell, each once."""
    return tuple(dict.fromkeys(part for part in re.split(r"[、，,；;\s]+", told or "") if part))


def patrol_words(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The words of inspections that are patrols (网格巡查), an office's own among them."""
    own = connection.execute(
        "SELECT word FROM term WHERE list = ? AND means = ? AND voided_on IS NULL", (CHANNELS.name, PATROL)
    )
    return (PATROL, *(row[0] for row in own))


def inspections(connection: sqlite3.Connection, grids: Grids, first: str, last: str) -> Iterator[Inspection]:
    """The inspections from a day to another, in their order."""
    patrols = patrol_words(connection)
    for row in connection.execute(
        "SELECT i.id, i.town_code, i.inspected_on, i.method, i.inspector, i.found_any, e.grid_officer, r.village_code"
        # Towns are told one by one: so an index leads to the days.
        " FROM (SELECT id FROM inspection WHERE town_code IN (SELECT code FROM town) AND inspected_on BETWEEN ?1 AND ?2"
        "  UNION ALL SELECT id FROM inspection WHERE town_code IS NULL AND inspected_on BETWEEN ?1 AND ?2) told"
        " JOIN inspection i ON i.id = told.id JOIN enterprise e ON e.id = i.enterprise_id"
        " LEFT JOIN residence r ON r.enterprise_id = i.enterprise_id AND r.from_on <= i.inspected_on"
        "  AND i.inspected_on < r.until_on"
        " WHERE i.voided_on IS NULL ORDER BY i.inspected_on, i.id",
        (first, last),
    ):
        number, code, on, method, inspectors, found_any, grid_officer, village = row
        grid = grids.of_firm(code or "", village or "", grid_officer or "", on)
        yield Inspection(
            id=number,
            told=code or "",
            town=grids.town(code),
            on=on,
            patrol=method in patrols,
            inspectors=names(inspectors),
            found_any=found_any == "有",
            grid=None if grid is None else grid.id,
        )
