"""报送包未报: the counties that have not delivered the last month that has ended."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from anjian_cli.bulletin import delivered
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.due_made import Item
from anjian_cli.bulletin.period import month_title, period
from anjian_cli.ledger import held


def undelivered(connection: sqlite3.Connection, today: str) -> Iterator[Item]:
    """One for each county that has not delivered the month that ended last, as long as its bulletin is not issued: it
    is due since that month's end. Raises `Refused` as `ledger.held.tables`."""
    held.tables(connection, ("town", "reporting_ledger", "received_package"))
    month = period(int(today[:4]), int(today[5:7]), today).previous()
    issued = "SELECT 1 FROM issued_month WHERE month = ? AND issued_on <= ? AND withdrawn_on IS NULL"
    if connection.execute(issued, (month.key, today)).fetchone():
        return
    definition = define(connection, month)
    found = delivered.of(connection, definition)
    for town in definition.towns:
        if found.late(town.code, month.as_of):
            last = found.until[town.code][:7]
            yield Item(
                kind="报送包未报",
                detail=f"只报到{month_title(last)}" if last else "从未报送",
                code=town.code,
                subject=month.title,
                due_on=month.as_of,
                command="报送包 列表",
                handle=month.key,
                record="received_package",
                record_id=0,
            )
