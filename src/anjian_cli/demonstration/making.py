"""The making of a demonstration's ledger, operation by operation, whatever its figures: rows as they were known on a
day, hazards step by step. Knows no figure itself, no screen and no clock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

from anjian_cli import under_way
from anjian_cli.demonstration.hazards import Life
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.ledger.write import gate
from anjian_cli.records import definition, whole
from anjian_cli.workflow import hazard_charge, hazard_cycle, register
from anjian_cli.workflow.kept_record import Values

COMES_WITH = {
    "planned_on": ("plan",),
    "announced_on": ("announcement", "certificate_number"),
    "reviewed_on": ("reviewed_by", "review_score"),
    "accepted_on": ("accepted_unit", "conclusion"),
    "outcome_on": ("outcome",),
    "ended_on": ("end_reason",),
}
"""Days on which something becomes known that is told in other fields."""


class Making:
    """A ledger being made. `at` is the moment of recording (UTC); business days are those of the demonstration. `told`
    are the rows of every record as they are known in the end, `lives` the hazards."""

    def __init__(self, connection: sqlite3.Connection, at: str, actor: str) -> None:
        self.connection = connection
        self.finder = Finder(connection)
        self.told: Mapping[str, Sequence[Values]] = {}
        self.lives: Sequence[Life] = ()
        self._at, self._actor = at, actor
        self._begun = 0  # operations
        self._hazards: dict[int, int] = {}  # hazard in our list -> its id

    def take_news(self, operating: Gate, records: Iterable[str], since: str, day: str) -> None:
        """The rows of some records in which anything happened after `since` and up to `day`."""
        for record in records:
            self.take(operating, record, _news(record, self.told[record], since, day))

    def live(self, operating: Gate, since: str, day: str) -> None:
        """What happened to hazards after `since` and up to `day`."""
        for index, life in enumerate(self.lives):
            if since < life.values["found_on"] <= day:
                kept = register.take(operating, definition.record("hazard"), life.values, self.finder)
                self._hazards[index] = kept.row_id
            for on, step, told in life.steps:
                if since < on <= day:
                    self._step(operating, self._hazards[index], step, told)

    def _step(self, operating: Gate, hazard: int, step: str, told: Values) -> None:
        if step == "hand_over":
            to = self.finder.department(str(told["to"]), str(told["on"])).number
            hazard_charge.hand_over(operating, hazard, **{**told, "to": to})
        elif step == "answer":
            hazard_charge.answer(operating, hazard, **told)
        else:
            getattr(hazard_cycle, step)(operating, hazard, **told)

    def take(self, operating: Gate, record: str, rows: Iterable[Values]) -> None:
        kind = definition.record(record)
        _ = operating.connection  # what was taken before is there to be found
        for row in rows:
            whole.model(record).model_validate(row)
            register.take(operating, kind, row, self.finder)

    @contextmanager
    def operation(self, command: str, today: str) -> Iterator[Gate]:
        self._begun += 1
        with (
            under_way.work(f"建演示台账：第{self._begun}步操作"),
            gate(self.connection, command, at=self._at, actor=self._actor, today=today) as operating,
        ):
            yield operating


@cache
def _days(record: str) -> tuple[str, ...]:
    """The fields of a record that say when something happened, first the one with which it begins."""
    kind = definition.record(record)
    days = [name for name, column in kind.columns.items() if column.past or name in COMES_WITH]
    return tuple(dict.fromkeys([kind.day, *days] if kind.day else days))


def _news(record: str, rows: Iterable[Values], since: str, day: str) -> Iterator[Values]:
    """The rows in which anything happened after `since` and up to `day`, each as it was known on that day.

    A row of which a part is known already is told again with what has come, as monthly tables do.
    """
    names = _days(record)
    for row in rows:
        told = {name: row[name] for name in names if row.get(name)}
        if told.get(names[0], min(told.values())) > day or not any(since < on <= day for on in told.values()):
            continue
        later = [name for name, on in told.items() if on > day]
        unknown = {*later, *(other for name in later for other in COMES_WITH.get(name, ()))}
        yield {name: value for name, value in row.items() if name not in unknown} if unknown else row
