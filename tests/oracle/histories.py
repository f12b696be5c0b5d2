"""Random histories of a ledger, held against the model all along.

`History` sends random operations over all record types through the real gate and the real workflow; sums, view,
snapshots and inverse are compared with one another and with the simulation of `model`.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import Period
from anjian_cli.errors import Refused
from anjian_cli.ledger import check, inverse, rewind, write
from anjian_cli.workflow import undo
from oracle import tasks
from oracle.draw import NothingToDo
from oracle.figures import (
    Dump,
    Figures,
    difference,
    dump,
    from_days,
    from_days_each,
    from_months,
    from_view,
    new_ledger,
    record_tables,
)
from oracle.model import (
    TARGETS,
    Accident,
    Dated,
    Entry,
    Filing,
    Key,
    Model,
    after,
    of,
    settled,
)
from oracle.rules import hold
from oracle.simulation import TOLD_MONTHLY, in_trusteeship, simulate, told_monthly
from oracle.steps import ACTIONS, OF_ONE_THEME, THEMES, Steps

BEGINS, LATE = "2018-01-10", "2020-10-05"
"""When a history begins: in the year of the first bulletins; one about occupational health shortly before the rule on
tests changed."""


class Abandoned(Exception):
    """Raised in the middle of an operation, to see that nothing of it stays."""


class History(Steps):
    """A ledger, the operations done to it, and the model of what they amount to."""

    def __init__(self, seed: int, today: str = "") -> None:
        self.theme = THEMES[seed % len(THEMES)]
        super().__init__(seed, today or (LATE if "exposure" in self.theme else BEGINS))
        self.ledger = new_ledger()
        self.model: Model = {}
        self.effects: dict[int, dict[Key, Entry | None]] = {}  # operation -> entries as they were before
        self.snapshots: list[tuple[int, Dump, dict[str, Figures]]] = []
        self.refusals: Counter[str] = Counter()
        self.counted: set[str] = set()  # indicators that were not 0 on a day that was compared
        self.numbers: dict[tuple[str, str], int] = {}
        self.ids: dict[str, dict[int, str | None]] = {table: {} for table in record_tables(self.ledger)}
        self._count = 0
        self._drawn: Counter[str] = Counter()
        # Certificates last for years: one enterprise after the other is needed to see some of them expire.
        firms = 9 if "standard" in self.theme else 3
        for name in (*("town",) * 3, *("enterprise",) * firms, "village", "village"):
            self._operate(name, getattr(self, name))

    def close(self) -> None:
        self.ledger.close()

    def note_rows(self) -> None:
        """Of something else that has written into the ledger: the rows that it made are known."""
        self._ids_and_numbers(fresh=True)

    # one step

    def step(self) -> None:
        """One operation: done, or refused and without a trace."""
        self.today = after(self.today, self.rng.randint(0, 6))
        if self.rng.random() < 0.1:
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
        """A kind of operation that has something to work on; now and then the one that was drawn least."""
        kinds = {type(entry) for entry in self.model.values() if not entry.voided}
        there = [name for name, kind in ACTIONS if kind is None or kind in kinds]
        there = [name for name in there if name not in OF_ONE_THEME or name in self.theme]
        if self.rng.random() < 0.6:
            there = [name for name in there if name in self.theme] or there
        name = self.rng.choice(there)
        if self.rng.random() < 0.2:
            name = min(self.rng.sample(there, len(there)), key=lambda one: self._drawn[one])
        self._drawn[name] += 1
        return name

    def _operate(self, name: str, act: Callable[[], None], undoes: int | None = None) -> bool:
        before, last = self.ledger.serialize(), self._newest()
        self._made, self._noted = dict(self.model), []
        at = f"2018-01-01T00:00:{self._count % 60:02d}Z"
        abandon = undoes is None and self.rng.random() < 0.03
        try:
            with write.gate(self.ledger, name, at=at, actor="测试", today=self.today) as gate:
                self._gate = gate
                act()
                self._made = settled(self._made)
                if abandon:
                    gate.abandon()
        except (Refused, Abandoned, NothingToDo) as reason:
            assert self._unchanged(before), f"seed {self.seed}: {name} was refused and left something behind"
            codes = [fault.code for fault in reason.faults] if isinstance(reason, Refused) else [type(reason).__name__]
            self.refusals.update(codes)
            return False
        if abandon:
            assert self._unchanged(before), f"seed {self.seed}: {name} was abandoned and left something behind"
            return False
        operation = self._newest()
        effect = {
            key: self.model.get(key)
            for key in self.model.keys() | self._made.keys()
            if self.model.get(key) != self._made.get(key)
        }
        if operation is None or operation == last:  # the last one may be another's: a month that was locked
            assert self._unchanged(before), f"seed {self.seed}: {name} wrote without an operation"
            assert all(self._made.get(key) == was for key, was in effect.items()), name
            return False
        self._count += 1
        self.effects[operation] = effect
        self.model = self._made
        self.done.update([*name.split("+"), *self._noted])
        self._ids_and_numbers(fresh=undoes is None)
        return True

    def _unchanged(self, before: bytes) -> bool:
        """Whether the ledger holds what it held; what is rolled back may leave its pages in another order."""
        if self.ledger.serialize() == before:
            return True
        with closing(sqlite3.connect(":memory:")) as then:
            then.deserialize(before)
            return dump(then) == dump(self.ledger)

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
        done = self.take_back(chosen)
        assert done or not last, f"seed {self.seed}: the newest operation {newest} could not be undone: {self.refusals}"

    def _newest(self) -> int | None:
        (found,) = self.ledger.execute("SELECT max(id) FROM operation").fetchone()
        return None if found is None else int(found)

    def take_back(self, chosen: int) -> bool:
        """Undo an operation, in the ledger and in the model; False where it is refused."""

        def act() -> None:
            undo.undo(self._gate, chosen)
            for key, was in self.effects[chosen].items():
                if was is None:
                    self._made.pop(key, None)
                else:
                    self._made[key] = was

        return self._operate("undo", act, undoes=chosen)

    # --- holding the ledger against the model

    def compare(self, days: Iterable[str]) -> None:
        """Sums by month, sums by day, view and simulation agree; so does what they do not show."""
        with self._items_read_once():
            self._compare_figures(days)
        hold(self.model, self.seed)
        self._what_was_told_is_kept()

    @contextmanager
    def _items_read_once(self) -> Iterator[None]:
        """The view of the items as a table, while they are asked for on one day after the other and nothing is
        written: going through the view anew for each day took longer than all else."""
        self.ledger.execute("CREATE TEMP TABLE fact_item AS SELECT * FROM main.fact_item")
        try:
            yield
        finally:
            self.ledger.execute("DROP TABLE temp.fact_item")

    def _compare_figures(self, days: Iterable[str]) -> None:
        for day, figures in simulate(self.model, days).items():
            months, by_day, view = (f(self.ledger, day) for f in (from_months, from_days, from_view))
            assert months == by_day, (self.seed, day, "months, days", difference(months, by_day))
            assert by_day == view, (self.seed, day, "days, view", difference(by_day, view))
            assert view == figures, (self.seed, day, "view, simulation", difference(view, figures))
            self._nothing_negative(day, figures)
            self.counted |= {indicator for indicator, _ in figures}
            self._distinct(day)
            self._told_monthly(day)
            self._in_force(day)

    def compare_every_day(self) -> None:
        """On every day on which a figure of the ledger changes, and on the day before it: a boundary that lies a day
        off, or that is missing, shows on one of them."""
        changes = {day for (day,) in self.ledger.execute("SELECT day FROM measure_day")}
        wanted = simulate(self.model, changes | {after(day, -1) for day in changes})
        for day, by_day in from_days_each(self.ledger, wanted):
            figures = wanted[day]
            assert by_day == figures, (self.seed, day, "days, simulation", difference(by_day, figures))
            self.counted |= {indicator for indicator, _ in figures}
            self._nothing_negative(day, figures)

    def _nothing_negative(self, day: str, figures: Figures) -> None:
        """What is taken back belongs to the year it was counted in: no total of a year is ever below nought."""
        below = {cell: number for cell, number in figures.items() if number < 0}
        assert not below, (self.seed, day, below)

    def _distinct(self, day: str) -> None:
        rows = self.ledger.execute(
            "SELECT town_code, subject FROM fact_item WHERE fact = 'trusteeship.contract' AND root = 'enterprise'"
            " AND from_on <= ?1 AND ?1 < until_on",
            (day,),
        ).fetchall()
        found: dict[str, set[int]] = {"合计": {row[1] for row in rows}}
        for town, subject in rows:
            found.setdefault(town, set()).add(subject)
        assert found == in_trusteeship(self.model, day), (self.seed, day)

    def _told_monthly(self, day: str) -> None:
        told = ", ".join("?" * len(TOLD_MONTHLY))
        rows = self.ledger.execute(
            "SELECT v.fact, v.kind, v.town_code, sum(v.quantity) FROM fact_item v JOIN fact f ON f.id = v.fact"
            f" WHERE v.fact IN ({told}) AND v.town_code IS NOT NULL AND v.from_on <= ? AND CASE f.counted"
            " WHEN 'flow' THEN substr(v.from_on, 1, 4) = ? ELSE ? < v.until_on END GROUP BY 1, 2, 3",
            (*TOLD_MONTHLY, day, day[:4], day),
        )
        found = Counter({tuple(told): number for *told, number in rows})
        assert found == told_monthly(self.model, day), (self.seed, day)

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

    def compare_tasks(self, period: Period) -> set[str]:
        """The county of a month's bulletin is what the towns with a task and what has no town have done. Of which
        indicators there was something to compare."""
        day = period.as_of
        figures = simulate(self.model, [day])[day]
        bulletin = compile_bulletin(self.ledger, period)
        codes = {town.code for town in bulletin.towns}
        given: dict[tuple[str, str], tuple[str, object]] = {}
        for (table, _), entry in of(self.model, Dated):
            if table == "target" and entry.key[0] == period.year and entry.from_on <= day:
                cell = (str(entry.key[1]), str(entry.key[2]))
                given[cell] = max(given.get(cell, ("", None)), (entry.from_on, entry.value), key=lambda one: one[0])
        compared = set()
        for found in (table for category in bulletin.categories for table in category.indicators):
            if found.id not in TARGETS or found.total.done is None:
                continue
            told = {town: value for (of_it, town), (_, value) in given.items() if of_it == found.id and town in codes}
            done: Counter[str] = Counter()
            for (indicator, town), number in figures.items():
                done[town if town in codes else ""] += number if indicator == found.id else 0
            county = tasks.county(done, told, less=found.less)  # type: ignore[arg-type]
            assert (found.total.done, found.total.asked) == (county.done, county.asked), (self.seed, day, found.id)
            if found.whole.done is not None:
                assert found.whole.done - found.total.done == county.beside, (self.seed, day, found.id)
            if county.asked is not None:
                compared.add(found.id)
        return compared

    def _what_was_told_is_kept(self) -> None:
        """Every record holds what the model was told of it, what counts in no figure as well; no other is there."""
        told: dict[str, dict[int, Entry]] = {table: {} for table, _ in self.model}
        for (table, row), entry in self.model.items():
            told[table][row] = entry
        for table, entries in told.items():
            columns = {row[1] for row in self.ledger.execute(f'PRAGMA table_xinfo("{table}")')}
            stored = {row["id"]: dict(row) for row in self.ledger.execute(f'SELECT * FROM "{table}"')}
            assert stored.keys() == entries.keys(), (self.seed, table)
            for row, entry in entries.items():
                assert (stored[row]["voided_on"] is not None) == entry.voided, (self.seed, table, row)
                for name, value in vars(entry).items():
                    column = next((c for c in (name, f"{name}_id", f"{name}_code") if c in columns), None)
                    if column is not None:
                        assert (stored[row][column] or type(value)()) == value, (self.seed, table, row, name, entry)
        tolls = self.ledger.execute("SELECT accident_id, known_on, deaths, serious, COALESCE(loss, 0) FROM casualties")
        found: Counter[tuple[object, ...]] = Counter(map(tuple, tolls))
        assert found == Counter((key[1], *toll) for key, a in of(self.model, Accident, voided=True) for toll in a.toll)
        said = self.ledger.execute("SELECT filing_id, indicator, quantity FROM filed_figure")
        found = Counter(map(tuple, said))
        assert found == Counter((key[1], *f) for key, one in of(self.model, Filing, voided=True) for f in one.figures)

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
                rewind.put_back(copy, operation)
            left = {table: rows for table, rows in dump(copy, self.ids).items() if rows}
            assert not left, (self.seed, left)

    def run(self, steps: int) -> History:
        """`steps` operations, comparing along the way; then the inverse, and the check."""
        for number in range(1, steps + 1):
            self.step()
            if number % 12 == 0:
                self.snapshot()
            if number % 15 == 0:
                self.compare(self._days())
                self.compare_every_day()
        self.compare(self._days())
        self.compare_every_day()
        self.compare_snapshots()
        self.put_all_back()
        faults = check.check(self.ledger)
        assert not faults, (self.seed, [str(fault) for fault in faults])
        return self

    def _days(self) -> list[str]:
        """Any years around, of late, where a year ends; and days on which something is told to have happened."""
        year = int(self.today[:4])
        told = {text for entry in self.model.values() for text in vars(entry).values() if _is_day(text)}
        return [
            *(after(self.today, self.rng.randint(-1300, 1300)) for _ in range(4)),
            *(after(self.today, -self.rng.randint(0, 120)) for _ in range(3)),
            *self.rng.sample(sorted(told), min(5, len(told))),
            f"{year}-06-30",
            f"{year}-12-31",
            f"{year + 1}-01-01",
            self.today,
        ]


def _is_day(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"20\d\d-\d\d-\d\d", value) is not None
