"""What stands behind a whole bulletin, read at once for the forms that carry it: who owes what by name, the records of
every figure, what towns reported themselves, on what the tasks rest. Of a locked month as it was then, which takes a
copy of the ledger where facts have come since.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field

from anjian_cli.bulletin import correction, issued
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.items import Item
from anjian_cli.bulletin.owing import Owing, owing
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.reported import Reported, reported
from anjian_cli.bulletin.task_basis import TaskBasis, task_basis
from anjian_cli.bulletin.underlying import underlying
from anjian_cli.bulletin.value import Bulletin


@dataclass(frozen=True, slots=True)
class Evidence:
    """`records` are those behind a cell, by its code."""

    owing: tuple[Owing, ...] = ()
    records: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    reported: tuple[Reported, ...] = ()
    tasks: tuple[TaskBasis, ...] = ()

    def of(self, town: str) -> tuple[Owing, ...]:
        """What one town owes."""
        return tuple(one for one in self.owing if one.town == town)


def evidence(connection: sqlite3.Connection, bulletin: Bulletin) -> Evidence:
    """Reads all of it."""
    locked = issued.find(connection, bulletin.month)
    period = Period(int(bulletin.month[:4]), int(bulletin.month[5:]), bulletin.as_of, bulletin.finished)
    with nullcontext(connection) if locked is None else correction.as_locked(connection, locked) as facts:
        definition = define(facts, period)
        return Evidence(
            tuple(owing(facts, definition)),
            underlying(facts, definition, bulletin),
            reported(facts, definition, bulletin),
            tuple(task_basis(facts, definition)),
        )
