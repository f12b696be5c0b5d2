"""A random office with grids: officers who come and go, courses, patrols, towns that are merged. Told to a ledger and
to `grids.Office` at once."""

from __future__ import annotations

import random
import sqlite3

from anjian_cli.ledger import write
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.workflow import register, voiding
from oracle.covering import Grid, Unit
from oracle.grids import PATROL, Course, Firm, Office, Officer, Visit
from oracle.model import BEGINNING, OPEN, after

TODAY = "2018-12-28"


class Maker:
    """`office` is what the ledger was told."""

    def __init__(self, ledger: sqlite3.Connection, seed: int) -> None:
        self._rng = random.Random(seed)
        self.office = Office({})
        with write.gate(ledger, "测试", at="2018-12-28T01:00:00Z", actor="测试", today=TODAY) as gate:
            self._gate = gate
            for number in range(1, 4):
                self._town(f"33078410{number}", f"第{number}镇")
            for number in range(self._rng.randint(2, 6)):
                self._grid(f"示例第{number}网格")
            for number in range(self._rng.randint(2, 8)):
                self._officer(f"网格员{'甲乙丙丁戊己庚辛'[number]}")
            for number in range(self._rng.randint(0, 3)):
                self._course(number)
            for number in range(3):
                self._firm(number)
            for _ in range(self._rng.choice((0, 4, 10, 20))):
                self._visit()
            if self._rng.random() < 0.4:
                self._merge()

    def _day(self) -> str:
        return after("2018-01-01", self._rng.randint(0, 360))

    def _take(self, record: str, **given: object) -> int:
        given = {name: value for name, value in given.items() if value not in ("", BEGINNING, OPEN)}
        return register.take(self._gate, definition.record(record), given, Finder(self._gate.connection)).row_id

    def _void(self, record: str, row: int, share: float = 0.12) -> bool:
        """Now and then."""
        if self._rng.random() >= share:
            return False
        voiding.void(self._gate, definition.record(record), row, "重复登记")
        return True

    def _town(self, code: str, name: str) -> None:
        self._take("town", code=code, name=name)
        self.office.towns[code] = Unit(name)
        for number in range(1, 3):
            self._take("village", code=f"{code}{number:03}", name=f"{name}{number}村", town=code)

    def _merge(self) -> None:
        code, into = self._rng.sample(sorted(self.office.towns), 2)
        day = self._day()
        self._take("town", code=code, until_on=day, merged_into=into)
        self.office.towns[code] = Unit(self.office.towns[code].name, day, into)

    def _place(self) -> tuple[str, str]:
        """A town, and mostly a village of it."""
        town = self._rng.choice([*self.office.towns])
        return town, self._rng.choice(("", f"{town}001", f"{town}001", f"{town}002"))

    def _span(self) -> tuple[str, str]:
        from_on = self._rng.choice((BEGINNING, BEGINNING, self._day()))
        until_on = self._rng.choice((OPEN, OPEN, after(max(from_on, "2018-01-01"), self._rng.randint(1, 200))))
        return from_on, until_on

    def _grid(self, name: str) -> None:
        (town, village), (from_on, until_on) = self._place(), self._span()
        row = self._take("grid", town=town, village=village, name=name, from_on=from_on, until_on=until_on)
        grid = Grid(name, town, village, "" if from_on == BEGINNING else from_on, until_on)
        grid.voided = self._void("grid", row)
        self.office.grids.append(grid)

    def _officer(self, name: str) -> None:
        """Mostly of a grid that the town has."""
        there = [grid for grid in self.office.grids if not grid.voided]
        grid = self._rng.choice(there) if there else None
        town = grid.town if grid is not None else next(iter(self.office.towns))
        named = grid.name if grid is not None and self._rng.random() < 0.85 else ""
        from_on, until_on = self._span()
        row = self._take("officer", town=town, name=name, grid=named, from_on=from_on, until_on=until_on)
        officer = Officer(name, town, named, from_on, until_on)
        officer.voided = self._void("officer", row)
        self.office.officers.append(officer)

    def _course(self, number: int) -> None:
        """Of a town, in this year or late in the last."""
        there = [one for one in self.office.officers if not one.voided]
        if not there:
            return
        town = self._rng.choice(there).town
        own = [one.name for one in there if one.town == town]
        came = self._rng.sample(own, self._rng.randint(0, len(own)))
        day = self._rng.choice((self._day(), self._day(), "2017-12-20"))
        told: dict[str, object] = {"officers": tuple(came)} if came else {}
        row = self._take(
            "training", town=town, held_on=day, kind="网格员", title=f"第{number}期", attended=9, passed=9, **told
        )
        self.office.courses.append(Course(day, set(came), self._void("training", row)))

    def _firm(self, number: int) -> None:
        town, village = self._place()
        officer = self._rng.choice(["", *(one.name for one in self.office.officers)])
        told = {"town": town, "village": village, "grid_officer": officer}
        self._take("enterprise", name=f"示例第{number}厂", no_code_reason="在办", **told)
        self.office.firms.append(Firm(town, village, officer))

    def _visit(self) -> None:
        at, day, method = self._rng.randrange(3), self._day(), self._rng.choice((PATROL, PATROL, PATROL, "部门检查"))
        if any((one.firm, one.on, one.method) == (at, day, method) for one in self.office.visits):
            return
        names = [one.name for one in self.office.officers] + ["检查人丙"]
        inspectors = tuple(self._rng.sample(names, self._rng.randint(0, min(2, len(names)))))
        row = self._take(
            "inspection",
            enterprise=f"示例第{at}厂",
            inspected_on=day,
            method=method,
            inspector=self._rng.choice("、，").join(inspectors),
            found_any="无",
        )
        self.office.visits.append(Visit(at, day, method, inspectors, self._void("inspection", row)))


def made_up(ledger: sqlite3.Connection, seed: int) -> Office:
    """Fill an empty ledger; gives what it was told."""
    return Maker(ledger, seed).office
