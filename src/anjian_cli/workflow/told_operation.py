"""What one operation did to the records, as people read it: which were new, changed, voided or taken out, old → new.

A record is told by its listing before and after, so what was written into rows beside it (deadlines, rounds) is told as
the record's own. Takes connections; knows no screen.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from anjian_cli.ledger import history, inverse, listing
from anjian_cli.ledger.spans import Span
from anjian_cli.records import definition
from anjian_cli.workflow import echo
from anjian_cli.workflow.kept_record import Change

MOST = 50
"""So many records of an operation are told one by one; an import may have made a hundred thousand."""

States = dict[tuple[str, int], dict[str, Any]]
"""By record type and id: the record as it is listed, with `told`, the words for its fields, nothing hidden."""


class Told(NamedTuple):
    """What became of one record: `how` is 新增, 修改, 作废, 恢复 or 删去; `line` names it."""

    title: str
    number: str
    line: str
    how: str
    changes: list[Change]


class Operation(NamedTuple):
    """The records told one by one, and by title how many rows there were of what is no record."""

    records: list[Told]
    more: int
    others: dict[str, int]


def told(connection: sqlite3.Connection, operation: int) -> Operation:
    """What an operation in the log did. Raises `Refused` E434."""
    spans: list[Span] = []

    def read(taken: sqlite3.Connection) -> States:
        spans[:] = spans or inverse.touched(taken, operation)
        return states(taken, spans)

    after, before = inverse.after_and_before(connection, operation, read)
    return compared(connection, spans, history.written(connection, operation), before, after)


def states(connection: sqlite3.Connection, spans: Iterable[Span]) -> States:
    """The records of these rows as they are now; what is not there is left out."""
    found: States = {}
    for table, first, last in spans:
        if table not in definition.names():
            continue
        record = definition.record(table)
        for row in listing.between(connection, table, first, last, MOST + 1):
            found[table, int(row["id"])] = {**row, "told": echo.whole(connection, record, row)}
    return found


def compared(
    connection: sqlite3.Connection, spans: Iterable[Span], written: Mapping[str, int], before: States, after: States
) -> Operation:
    """What is others in `after`. `written` is how many rows of each table the operation wrote."""
    found = []
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key), after.get(key)
        one = _compared(key[0], was, now)
        if one is not None:
            found.append(one)
    others: dict[str, int] = {}
    titles = dict(connection.execute("SELECT name, title FROM record_table").fetchall())
    roots = {root for (root,) in connection.execute("SELECT DISTINCT root FROM record_table")}
    cut = len(found) > MOST
    for table, first, last in spans:
        if table not in definition.names():
            if table in roots:
                others[titles[table]] = others.get(titles[table], 0) + last - first + 1
        elif last - first >= MOST:
            cut = True
    if not cut:
        return Operation(found, 0, others)
    rows = sum(number for table, number in written.items() if table in definition.names())
    return Operation(found[:MOST], max(rows - MOST, 0), others)


def _compared(table: str, was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> Told | None:
    record = definition.record(table)
    row = now or was
    assert row is not None
    fields = [() if one is None else one["told"] for one in (was, now)]
    texts = [{name: text for name, _, text in filled} for filled in fields]
    changes = [
        echo.change(record, name, texts[0].get(name), texts[1].get(name), was=texts[0], now=texts[1])
        for name in record.columns
        if texts[0].get(name) != texts[1].get(name)
    ]
    line = echo.line(record, row, echo.masked(record, row["told"]))
    if was is None:
        return Told(record.title, row["number"], line, "新增", [])
    if now is None:
        return Told(record.title, row["number"], line, "删去", [])
    if (was["voided_on"] is None) != (now["voided_on"] is None):
        return Told(record.title, row["number"], line, "恢复" if now["voided_on"] is None else "作废", changes)
    return Told(record.title, row["number"], line, "修改", changes) if changes else None
