"""What is answered about a record that was written: which it is, where it belongs, the days and the money that were
told, and what was changed. A day that was typed without its year stands here with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from anjian_cli.commands.session import Session
from anjian_cli.ledger import listing
from anjian_cli.records.definition import Kind, Record
from anjian_cli.workflow import echo
from anjian_cli.workflow.kept_record import Change

TELLING = (
    *("case_number", "party", "enterprise", "village", "name", "title", "indicator", "town"),
    *("month", "grade", "kind", "value", "amount", "description"),
)
"""Fields that say best which record is meant, as many as stand in a line."""
IN_A_LINE = 4


def line(connection: sqlite3.Connection, record: Record, row_id: int, also: Iterable[str] = ()) -> str:
    """A few words that tell which record it is; an enterprise found by part of its name is named in full, the town is
    always there. Of the fields `also` the days and amounts follow."""
    row = listing.one(connection, record.name, row_id)
    told = {name: (title, text) for name, title, text in echo.fields(connection, record, row)}
    telling = [name for name in TELLING if name in row][:IN_A_LINE]
    if "town" in row and "town" not in telling:
        telling.append("town")
    words = [told[name][1] for name in telling if name in told]
    words += [
        f"{told[name][0]}{told[name][1]}"
        for name in record.columns
        if name in told and name in {*also} and name not in telling and tells_when_or_how_much(record, name)
    ]
    return "，".join(words)


def tells_when_or_how_much(record: Record, name: str) -> bool:
    """Whether a field is a day or an amount, a number with a unit included."""
    column = record.columns[name]
    return record.kinds[name] in (Kind.DAY, Kind.AMOUNT) or bool(column.measure) or name == "from_on"


def say_changes(session: Session, changes: Iterable[Change]) -> None:
    """What was changed, a line a field: title, before, after."""
    for title, before, after in changes:
        session.say(f"　{title}：{_text(before)} → {_text(after)}")


def _text(value: object) -> str:
    return "（空）" if value is None or value == "" else str(value)
