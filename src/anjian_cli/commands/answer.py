"""What is answered about what was written: which record it is, where it belongs, the days and the money that were told,
and what was changed. A day that was typed without its year stands here with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING

from anjian_cli.commands.session import Session
from anjian_cli.ledger import listing
from anjian_cli.workflow import echo
from anjian_cli.workflow.kept_record import Change

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record
    from anjian_cli.workflow.told_operation import Operation


def line(connection: sqlite3.Connection, record: Record, row_id: int, also: Container[str] = ()) -> str:
    """As `echo.line`, of a record by its id."""
    row = listing.one(connection, record.name, row_id)
    return echo.line(record, row, echo.fields(connection, record, row), also)


def say_changes(session: Session, changes: Iterable[Change]) -> None:
    """What was changed, a line a field: title, before, after."""
    for change in changes:
        session.say(changed(change))


def changed(change: Change) -> str:
    """One change as a line: title, before, after."""
    return f"　{change.title}：{_text(change.before)} → {_text(change.after)}"


def of_operation(told: Operation) -> Iterator[str]:
    """What an operation did, a record a line with its changes below it."""
    for one in told.records:
        yield f"{one.how}{one.title} {one.number} {one.line}"
        yield from map(changed, one.changes)
    if told.more:
        yield f"……另有{told.more}条，没有逐条列出"
    yield from (f"{title}：{count}行" for title, count in told.others.items())


def _text(value: object) -> str:
    return "（空）" if value is None or value == "" else str(value)
