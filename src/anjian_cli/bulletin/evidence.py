"""The evidence behind a whole bulletin, read at once for the forms that carry it: who owes what by name, the records of
every figure, what towns reported themselves, on what the tasks rest. Of a locked month as it was then, which takes a
copy of the ledger where facts have come since.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext

from anjian_cli.bulletin import correction, findings, items, locked_month, not_counted
from anjian_cli.bulletin.cross_check import Reported, reported
from anjian_cli.bulletin.definition import Definition, define
from anjian_cli.bulletin.items import Item
from anjian_cli.bulletin.not_counted import NotCounted
from anjian_cli.bulletin.owing import Owing, owing
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.records_behind import records_behind
from anjian_cli.bulletin.task_basis import task_basis
from anjian_cli.bulletin.value import Bulletin, TaskBasis
from anjian_cli.ledger import held
from anjian_cli.light_dataclasses import dataclass, field
from anjian_cli.rules.unit_kinds import TOWNS


@dataclass(frozen=True, slots=True)
class Evidence:
    """`records` are those behind a cell, by its code. `clerk` is who makes the bulletin, '' where it is not set."""

    owing: tuple[Owing, ...] = ()
    records: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    reported: tuple[Reported, ...] = ()
    tasks: tuple[TaskBasis, ...] = ()
    clerk: str = ""

    def of(self, town: str) -> tuple[Owing, ...]:
        """The things that one town owes."""
        return tuple(one for one in self.owing if one.town == town)


def evidence(connection: sqlite3.Connection, bulletin: Bulletin, *, records: bool) -> Evidence:
    """The whole evidence; the records, which take longest to read, only where they are wanted."""
    with facts(connection, bulletin) as (then, definition):
        return Evidence(
            () if bulletin.of else tuple(owing(then, definition)),
            records_behind(then, definition, bulletin) if records else {},
            () if bulletin.of else reported(then, definition, bulletin),
            tuple(task_basis(then, definition)),
            definition.settings.get("clerk", ""),
        )


def tasks(connection: sqlite3.Connection, bulletin: Bulletin) -> list[TaskBasis]:
    """The documents that the year's tasks rest on."""
    with facts(connection, bulletin) as (then, definition):
        return task_basis(then, definition)


def left_out(connection: sqlite3.Connection, bulletin: Bulletin, town: str) -> list[NotCounted]:
    """A town's items that stand near its scored figures and do not count, with the reasons."""
    scored = {table.id for category in findings.scored(bulletin) for table in findings.scored_tables(category)}
    with facts(connection, bulletin) as (then, definition):
        return [
            one
            for indicator in definition.indicators
            if indicator.id in scored and indicator.kind in ("flow", "stock")
            for counted in (items.in_figure(then, definition, indicator, town),)
            for one in not_counted.not_counted(then, definition, indicator, town, counted)
        ]


@contextmanager
def facts(connection: sqlite3.Connection, bulletin: Bulletin) -> Iterator[tuple[sqlite3.Connection, Definition]]:
    """The ledger that a bulletin rests on, and what is counted in it. Raises `Refused`, as `ledger.held`, where it is
    not as it was written."""
    held.all_rows(connection)
    held.log(connection)
    if bulletin.state == "withdrawn":
        locked = locked_month.issued_under(connection, bulletin.document_number)
    else:
        locked = locked_month.find(connection, bulletin.month)
    period = Period(int(bulletin.month[:4]), int(bulletin.month[5:]), bulletin.as_of, bulletin.finished)
    with nullcontext(connection) if locked is None else correction.as_locked(connection, locked) as then:
        yield then, define(then, period, of=bulletin.of or TOWNS)
