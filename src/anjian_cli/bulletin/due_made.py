"""What is due and is no row: what nobody has recorded yet (a report, an inspection, an officer), so that no view of
records shows it. Each kind is found by a module of its own, which is loaded only where the ledger has anything of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.intervals import BEGINNING, OPEN
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS

_FREQUENCY = "name LIKE 'inspect.%'"
"""The settings that say how often a grade is inspected."""


class Item(NamedTuple):
    """A row of the view `due_item`, or what stands for one; `handle` in full. `code` is that of the unit whose it is,
    of the kind `of`; `record_id` is 0 where nothing is there yet. `command` and `handle` are what is typed."""

    kind: str
    detail: str
    code: str | None
    subject: str
    due_on: str
    command: str
    handle: str
    record: str
    record_id: int
    of: str = TOWNS


def made(connection: sqlite3.Connection, today: str, until: str, since: str = BEGINNING) -> Iterator[Item]:
    """All of it that is to be done on `today` and is due from `since` to `until`."""
    return (item for item in _made(connection, today, until) if since <= item.due_on <= until)


def _made(connection: sqlite3.Connection, today: str, until: str) -> Iterator[Item]:
    if _any(connection, "filing"):
        from anjian_cli.bulletin import reports_due

        for of in (TOWNS, DEPARTMENTS):
            yield from reports_due.unfiled(connection, today, until, of)
    if _any(connection, "town", "kind = '县级'"):
        from anjian_cli.bulletin import packages_due

        yield from packages_due.undelivered(connection, today)
    if _any(connection, "officer") or _any(connection, "grid"):
        from anjian_cli.bulletin import officers_due

        yield from officers_due.officers(connection, today, until)
    if _any(connection, "catch_up"):
        from anjian_cli.bulletin import catch_up_due

        yield from catch_up_due.plans(connection, today)
    if _any(connection, "risk_grade") and _any(connection, "setting", _FREQUENCY):
        from anjian_cli.bulletin import inspections_due

        yield from inspections_due.uninspected(connection, today, until)
    if _any(connection, "campaign_phase", "visited > 0"):
        from anjian_cli.bulletin import campaign_due

        yield from campaign_due.uncovered(connection, today, until)


def of_records(connection: sqlite3.Connection, today: str, ids: Mapping[str, Sequence[int]]) -> Iterator[Item]:
    """What of it comes from rows of some records, by the names of their tables, and is to be done on `today`."""
    if ids.get("risk_grade") and _any(connection, "setting", _FREQUENCY):
        from anjian_cli.bulletin import inspections_due

        yield from inspections_due.uninspected(connection, today, OPEN, ids["risk_grade"])


def _any(connection: sqlite3.Connection, table: str, condition: str = "1") -> bool:
    """Whether there is any living row of a table, under a condition."""
    rows = f"SELECT 1 FROM {table} WHERE voided_on IS NULL AND {condition}"
    found = connection.execute(f"SELECT EXISTS ({rows})").fetchone()
    return bool(found[0])
