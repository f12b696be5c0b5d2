"""月报未报: the monthly reports that are due and were not filed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from anjian_cli.bulletin import filings
from anjian_cli.bulletin.definition import unit_columns, units_on
from anjian_cli.bulletin.due_made import Item
from anjian_cli.bulletin.period import day_after, month_end, month_title
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS

LAST_WEEK = 6
"""So many days before a month ends its report is asked for."""
_REPORT = {TOWNS: "报送 新增", DEPARTMENTS: "报送 新增 --部门"}
"""What is typed before the unit whose report it is."""


def unfiled(connection: sqlite3.Connection, today: str, until: str, of: str) -> Iterator[Item]:
    """Reports of the months since the first that any unit of the kind `of` filed, as long as the month's bulletin is
    not issued, of the units that there were in the month and still are; a running month's in its last week."""
    whose, _ = unit_columns(of)
    (month,) = connection.execute(
        f"SELECT min(month) FROM filing WHERE voided_on IS NULL AND {whose} IS NOT NULL"
    ).fetchone()
    units = units_on(connection, today, of)[0] if month is not None else ()
    while month is not None:
        end, due_on = month_end(int(month[:4]), int(month[5:])), filings.due_on(connection, month)
        if end > day_after(today, LAST_WEEK) or due_on > until:
            return
        issued = "SELECT 1 FROM issued_month WHERE month = ? AND issued_on <= ? AND withdrawn_on IS NULL"
        if not connection.execute(issued, (month, today)).fetchone():
            there, rolled = units_on(connection, end, of)
            reports = f"SELECT {whose} FROM filing WHERE month = ? AND voided_on IS NULL AND filed_on <= ?"
            filed = {rolled.get(code) for (code,) in connection.execute(reports, (month, today))}
            title = month_title(month)
            for one in units:
                if one in there and one.code not in filed:
                    yield Item(
                        kind="月报未报",
                        detail="",
                        code=one.code,
                        subject=title,
                        due_on=due_on,
                        command=_REPORT[of],
                        handle=one.short,
                        record="filing",
                        record_id=0,
                        of=of,
                    )
        month = day_after(end)[:7]
