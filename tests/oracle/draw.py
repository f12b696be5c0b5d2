"""What random operations draw from: days, towns, records that are there; and how they are told to the model."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.workflow import register, voiding
from oracle.model import (
    ALL_DAYS,
    Department,
    E,
    Enterprise,
    Entry,
    Model,
    Programme,
    Standard,
    Town,
    after,
    firm,
    of,
)

CLEAR = "（清空）"
Told = dict[str, Any]
"""Values by field, as they are told."""


class NothingToDo(Exception):
    """The kind of operation drawn has nothing to work on yet."""


class Draw:
    """`_gate` is the operation under way, `_made` the model as it makes it, `_noted` what it did to which record;
    `done` is how often what was done."""

    def __init__(self, seed: int, today: str) -> None:
        self.seed = seed
        self.rng = random.Random(seed)
        self._aside = random.Random(f"departments of {seed}")  # so that they change nothing else of a history
        self.today = today
        self._gate: Gate
        self._made: Model = {}
        self._noted: list[str] = []
        self.done: Counter[str] = Counter()
        self._serials = itertools.count(1)

    # what the operations draw from

    def _past(self) -> str:
        """A day that has been: mostly of late, sometimes long ago."""
        back = self.rng.choice((3, 30, 120, 400))
        return max(after(self.today, -self.rng.randint(0, back)), ALL_DAYS[0])

    def _long_ago(self) -> str:
        """A day that has been, also years ago: of what lasts for years."""
        return after(self.today, -self.rng.randint(0, self.rng.choice((60, 400, 900, 1300))))

    def _soon(self, day: str) -> str:
        """Near an event before, so that a fair share of the steps is allowed."""
        return min(after(day, self.rng.randint(-1, 25)), self.today)

    def _one(self, kind: type[E], *, voided: bool = False) -> tuple[int, E]:
        found = of(self._made, kind, voided=voided)
        if not found:
            raise NothingToDo
        # Mostly one of the last few, so that some of them live through many steps.
        key, entry = self.rng.choice(found[-4:] if self.rng.random() < 0.6 else found)
        return key[1], entry

    def _town(self, *, may_be_unknown: bool = False) -> str:
        if may_be_unknown and self.rng.random() < 0.15:
            return ""
        return self._one(Town)[1].code

    def _department(self, share: float = 0.6) -> str:
        """A department's number, or nothing told."""
        there = [entry.number for _, entry in of(self._made, Department)]
        return self._aside.choice(there) if there and self._aside.random() < share else ""

    def _firm(self, row: int) -> Enterprise:
        return firm(self._made, row)

    def _to_be_reviewed(self) -> tuple[int, str]:
        """An enterprise whose last certificate falls due for re-review this year or did before, and a day about then:
        (row id, day)."""
        last: dict[int, str] = {}
        for _, one in of(self._made, Standard):
            last[one.enterprise] = max(one.announced_on, last.get(one.enterprise, ""))
        due = [(row, f"{int(on[:4]) + 3}-01-01") for row, on in last.items() if on]
        due = [(row, new_year) for row, new_year in due if new_year <= self.today]
        if not due:
            raise NothingToDo
        row, new_year = self.rng.choice(due)
        return row, min(after(new_year, self.rng.randint(-5, 200)), self.today)

    def _maybe(self, value: str, share: float = 0.5) -> str:
        """The value, or nothing told."""
        return value if self.rng.random() < share else ""

    def _serial(self) -> int:
        return next(self._serials)

    # what they do

    def _take(self, record: str, **given: object) -> tuple[int, str]:
        """Through the same door as the command line and the files: (row id, number)."""
        given = {name: value for name, value in given.items() if value != ""}
        kept = register.take(self._gate, definition.record(record), given, Finder(self._gate.connection))
        self._noted.append(f"{record} {kept.outcome}")
        if record == "diagnosis":
            self._stages_filled(kept.row_id)
        return kept.row_id, kept.number

    def _stages_filled(self, diagnosis: int) -> None:
        """An enrolment takes the days of the diagnosis that was made for it where nobody told any."""
        row = self._gate.row("diagnosis", diagnosis)
        key = ("programme", int(str(row["programme_id"] or 0)))
        enrolment = self._made.get(key)
        if isinstance(enrolment, Programme):
            self._made[key] = replace(
                enrolment,
                diagnosed_on=enrolment.diagnosed_on or str(row["diagnosed_on"] or ""),
                planned_on=enrolment.planned_on or str(row["planned_on"] or ""),
            )

    def _correct(self, record: str, **given: object) -> None:
        """As `_take`, as `edit` on the command line does it."""
        given = {name: value for name, value in given.items() if value != ""}
        kept = register.correct(self._gate, definition.record(record), given, Finder(self._gate.connection))
        self._noted.append(f"{record} {kept.outcome}")

    def _tell(
        self,
        record: str,
        kind: type[E],
        told: Told,
        known: Told | None = None,
        at_first: Told | None = None,
    ) -> tuple[int, E]:
        """Take a record in, and tell the model of it; a blank leaves what the record has already.

        `known` are told values as the model has them (an enterprise's id), `at_first` what follows from the others
        where the record is a new one.
        """
        row, number = self._take(record, **told)
        values: Told = {name: value for name, value in told.items() if value not in ("", None)} | (known or {})
        was = self._made.get((record, row))
        if was is None:
            values = {name: value for name, value in values.items() if value != CLEAR}
            values = {"number": number} | (at_first or {}) | values
        names = {field.name: field for field in fields(kind)}
        values = {
            name: names[name].default if value == CLEAR else value for name, value in values.items() if name in names
        }
        made: Entry = kind(**values) if was is None else replace(was, **values)
        assert isinstance(made, kind)
        self._made[record, row] = made
        return row, made

    def _void(self, record: str, row: int) -> None:
        """Void a record, and tell the model."""
        voiding.void(self._gate, definition.record(record), row, "重复登记")
        self._noted.append(f"{record} voided")
        self._made[record, row] = replace(self._made[record, row], voided=True)

    def _any(self, records: Mapping[str, type[E]], what: str) -> tuple[str, int, E]:
        """A record of those kinds that have any, mostly one of the kind that `what` was done to least so far: (record,
        row id, entry)."""
        there = [name for name, kind in records.items() if of(self._made, kind)]
        if not there:
            raise NothingToDo
        record = self.rng.choice(there)
        if self.rng.random() < 0.7:
            record = min(self.rng.sample(there, len(there)), key=lambda name: self.done[f"{name} {what}"])
        return record, *self._one(records[record])
