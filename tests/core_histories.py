"""Random histories of a ledger, held against the model all along.

`History` sends random operations over all record types through the real gate and the real workflow; sums, view,
snapshots and inverse are compared with one another and with the simulation of `core_model`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing

from anjian_cli.errors import Refused
from anjian_cli.ledger import check, inverse, write
from anjian_cli.workflow import undo
from core_draw import NothingToDo
from core_figures import Dump, Figures, difference, dump, from_days, from_months, from_view, new_ledger, record_tables
from core_model import (
    ALL_DAYS,
    FLOWS,
    Contract,
    Dated,
    Enterprise,
    Entry,
    Hazard,
    Key,
    Model,
    Opening,
    Town,
    Training,
    Village,
    after,
    in_trusteeship,
    of,
    parts,
    recorded,
    simulate,
)
from core_steps import ACTIONS, Steps


class Abandoned(Exception):
    """Raised in the middle of an operation, to see that nothing of it stays."""


class History(Steps):
    """A ledger, the operations done to it, and the model of what they amount to."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.ledger = new_ledger()
        self.model: Model = {}
        self.effects: dict[int, dict[Key, Entry | None]] = {}  # operation -> entries as they were before
        self.snapshots: list[tuple[int, Dump, dict[str, Figures]]] = []
        self.refusals: Counter[str] = Counter()
        self.done: Counter[str] = Counter()
        self.numbers: dict[tuple[str, str], int] = {}
        self.ids: dict[str, dict[int, str | None]] = {table: {} for table in record_tables(self.ledger)}
        self._count = 0
        for name in ("town", "town", "town", "enterprise", "enterprise", "enterprise", "village"):
            self._operate(name, getattr(self, name))

    def close(self) -> None:
        self.ledger.close()

    # one step

    def step(self) -> None:
        """One operation: done, or refused and without a trace."""
        self.today = after(self.today, self.rng.randint(0, 6))
        if self.rng.random() < 0.12:
            self._undo()
            return
        names = [self._draw() for _ in range(3 if self.rng.random() < 0.15 else 1)]

        def act() -> None:
            for name in names:
                getattr(self, name)()
            if self.rng.random() < 0.04:
                raise Abandoned

        self._operate("+".join(names), act)

    def _draw(self) -> str:
        """A kind of operation that has something to work on."""
        while True:
            name, kind = self.rng.choice(ACTIONS)
            if kind is None or of(self.model, kind):
                return name

    def _operate(self, name: str, act: Callable[[], None], undoes: int | None = None) -> bool:
        before = dump(self.ledger)
        self._made = dict(self.model)
        at = f"2018-01-01T00:00:{self._count % 60:02d}Z"
        abandon = undoes is None and self.rng.random() < 0.03
        try:
            with write.gate(self.ledger, name, at=at, actor="测试", today=self.today) as gate:
                self._gate = gate
                act()
                if abandon:
                    gate.abandon()
        except (Refused, Abandoned, NothingToDo) as reason:
            assert dump(self.ledger) == before, f"seed {self.seed}: {name} was refused and left something behind"
            codes = [fault.code for fault in reason.faults] if isinstance(reason, Refused) else [type(reason).__name__]
            self.refusals.update(codes)
            return False
        if abandon:
            assert dump(self.ledger) == before, f"seed {self.seed}: {name} was abandoned and left something behind"
            return False
        (operation,) = self.ledger.execute("SELECT max(id) FROM operation").fetchone()
        effect = {
            key: self.model.get(key)
            for key in self.model.keys() | self._made.keys()
            if self.model.get(key) is not self._made.get(key)
        }
        if operation is None or operation in self.effects:
            assert dump(self.ledger) == before, f"seed {self.seed}: {name} wrote without an operation"
            assert all(self._made.get(key) == was for key, was in effect.items()), name
            return False
        self._count += 1
        self.effects[operation] = effect
        self.model = self._made
        self.done[name if "+" not in name else "several"] += 1
        self._ids_and_numbers(fresh=undoes is None)
        return True

    def _ids_and_numbers(self, *, fresh: bool) -> None:
        """No id and no number is ever given out twice, also not after an undo."""
        for table, seen in self.ids.items():
            has_number = any(row[1] == "number" for row in self.ledger.execute(f'PRAGMA table_xinfo("{table}")'))
            column = "number" if has_number else "NULL"
            highest = max(seen, default=0)
            for row, number in self.ledger.execute(f'SELECT id, {column} FROM "{table}"').fetchall():
                if row not in seen:
                    assert fresh, f"seed {self.seed}: an undo made a row of {table}"
                    assert row > highest, f"seed {self.seed}: id {row} of {table} was given out twice"
                    seen[row] = number
                assert seen[row] == number, f"seed {self.seed}: the number of {table} {row} has changed"
                if number is not None and table not in ("town", "village", "issued_month"):
                    assert self.numbers.setdefault((table, number), row) == row, f"number {number} given out twice"

    def _undo(self) -> None:
        """The newest operation (which must always work), or an older one (which may be refused)."""
        newest = max(self.effects)
        last = self.rng.random() < 0.5
        chosen = newest if last else self.rng.choice(sorted(self.effects))

        def act() -> None:
            undo.undo(self._gate, chosen)
            for key, was in self.effects[chosen].items():
                if was is None:
                    self._made.pop(key, None)
                else:
                    self._made[key] = was

        done = self._operate("undo", act, undoes=chosen)
        assert done or not last, f"seed {self.seed}: the newest operation {newest} could not be undone: {self.refusals}"

    # --- holding the ledger against the model

    def compare(self, days: Iterable[str]) -> None:
        """Sums by month, sums by day, view and simulation agree; so does what they do not show."""
        wanted = simulate(self.model, days)
        for day, figures in wanted.items():
            months, by_day, view = (f(self.ledger, day) for f in (from_months, from_days, from_view))
            assert months == by_day, (self.seed, day, "months, days", difference(months, by_day))
            assert by_day == view, (self.seed, day, "days, view", difference(by_day, view))
            assert view == figures, (self.seed, day, "view, simulation", difference(view, figures))
            self._distinct(day)
            self._in_force(day)
        self._no_double_counting()
        self._nothing_refers_to_what_is_void()

    def _distinct(self, day: str) -> None:
        rows = self.ledger.execute(
            "SELECT town_code, subject FROM indicator_item WHERE indicator LIKE 'trusteeship.%' AND root = 'enterprise'"
            " AND from_on <= ?1 AND ?1 < until_on",
            (day,),
        ).fetchall()
        found: dict[str, set[int]] = {"合计": {row[1] for row in rows}}
        for town, subject in rows:
            found.setdefault(town, set()).add(subject)
        assert found == in_trusteeship(self.model, day), (self.seed, day)

    def _in_force(self, day: str) -> None:
        """Targets and settings: the one that began last is in force."""
        wanted: dict[tuple[object, ...], tuple[str, object]] = {}
        for (table, _), entry in of(self.model, Dated):
            key = (table, *entry.key)
            if entry.from_on <= day and (key not in wanted or wanted[key][0] < entry.from_on):
                wanted[key] = (entry.from_on, entry.value)
        found: dict[tuple[object, ...], tuple[str, object]] = {}
        where_in_force = " WHERE voided_on IS NULL AND from_on <= ?1 AND ?1 < until_on"
        for row in self.ledger.execute("SELECT name, from_on, value FROM setting" + where_in_force, (day,)):
            assert ("setting", row[0]) not in found, (self.seed, day, row[0])
            found["setting", row[0]] = (row[1], row[2])
        query = "SELECT year, indicator, COALESCE(town_code, ''), from_on, quantity FROM target"
        for row in self.ledger.execute(query + where_in_force, (day,)):
            assert ("target", *row[:3]) not in found, (self.seed, day, tuple(row))
            found["target", row[0], row[1], row[2]] = (row[3], row[4])
        assert found == wanted, (self.seed, day, difference(found, wanted))

    def _no_double_counting(self) -> None:
        """Single records stand beside a total only as far as it was written down; no two contracts overlap."""
        figures = of(self.model, Opening)
        since = parts(self.model)
        on_day = simulate(self.model, {figure.from_on for _, figure in figures}, openings=False)
        for key, figure in figures:
            first, quantity = since[key]
            assert quantity >= 0, (self.seed, figure)
            if figure.indicator in FLOWS:
                known = recorded(self.model, figure, first)
            else:
                known = on_day[figure.from_on][figure.indicator, figure.town]
            assert known <= figure.written_down, (self.seed, figure, known)
        contracts = [contract for _, contract in of(self.model, Contract)]
        for a in contracts:
            for b in contracts:
                if a is not b and (a.enterprise, a.kind) == (b.enterprise, b.kind):
                    assert not max(a.from_on, b.from_on) < min(a.until_on, b.until_on), (self.seed, a, b)

    def _nothing_refers_to_what_is_void(self) -> None:
        towns = {town.code for _, town in of(self.model, Town)} | {""}
        firms = {key[1] for key, _ in of(self.model, Enterprise)}
        for _, hazard in of(self.model, Hazard):
            assert hazard.town in towns, (self.seed, hazard)
            assert hazard.enterprise in firms, (self.seed, hazard)
        for _, contract in of(self.model, Contract):
            assert contract.enterprise in firms, (self.seed, contract)
        placed = [
            *((entry, entry.town) for _, entry in of(self.model, Training)),
            *((entry, entry.town) for _, entry in of(self.model, Opening)),
            *((entry, entry.town) for _, entry in of(self.model, Village)),
        ]
        for entry, town in placed:
            assert town in towns, (self.seed, entry)

    def snapshot(self) -> None:
        """Remember the ledger as it stands, to be compared with what the inverse makes of it later."""
        days = ("2018-02-28", "2018-06-30", self.today)
        figures = {day: from_view(self.ledger, day) for day in days}
        self.snapshots.append((max(self.effects), dump(self.ledger, self.ids), figures))

    def compare_snapshots(self) -> None:
        """The ledger as of an operation is the ledger as it was then."""
        for operation, records, figures in self.snapshots:
            with closing(inverse.as_of(self.ledger, operation)) as then:
                assert dump(then, self.ids) == records, (self.seed, operation)
                for day, wanted in figures.items():
                    assert from_view(then, day) == wanted, (self.seed, operation, day)
                    assert from_months(then, day) == wanted, (self.seed, operation, day)

    def put_all_back(self) -> None:
        """Every operation put back, newest first, leaves nothing."""
        with closing(inverse.copy(self.ledger)) as copy:
            for operation in sorted(self.effects, reverse=True):
                write.put_back(copy, operation)
            left = {table: rows for table, rows in dump(copy, self.ids).items() if rows}
            assert not left, (self.seed, left)

    def run(self, steps: int) -> History:
        """`steps` operations, comparing along the way; then the inverse, and the check."""
        for number in range(1, steps + 1):
            self.step()
            if number % 7 == 0:
                self.snapshot()
            if number % 15 == 0:
                self.compare(self._days())
        self.compare(self._days())
        self.compare_snapshots()
        self.put_all_back()
        faults = check.check(self.ledger)
        assert not faults, (self.seed, [str(fault) for fault in faults])
        return self

    def _days(self) -> list[str]:
        return [
            *self.rng.sample(ALL_DAYS, 5),
            *(max(after(self.today, -self.rng.randint(0, 120)), ALL_DAYS[0]) for _ in range(4)),
            "2018-06-30",
            "2018-12-31",
            "2019-01-01",
            self.today,
        ]
