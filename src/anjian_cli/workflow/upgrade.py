"""Bringing an older ledger to the present version, with what its locked months would come to as we count now.

The old months themselves do not move: only what a changed meaning makes of them is written down beside them, once, so
that no bulletin has to count it again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from anjian_cli.bulletin.recount import recounted
from anjian_cli.errors import Refused
from anjian_cli.ledger import check
from anjian_cli.ledger import upgrade as ledger_upgrade
from anjian_cli.ledger.gate import Gate, Source
from anjian_cli.ledger.moment import at_one_moment
from anjian_cli.ledger.open import Location, is_older
from anjian_cli.ledger.upgrade import Entry
from anjian_cli.ledger.write import gate


def upgrade(path: Path, entry: Entry, *, clean: bool = False) -> Path | None:
    """Upgrade the ledger at `path`; returns where the old one is kept, None if it was of the present version.

    One that is damaged is not copied into a new one, in which everything is reckoned anew. Raises `Refused` with
    everything that `check.damage` finds, and as `ledger.upgrade.upgrade`."""
    if not clean and is_older(path):
        with at_one_moment(path, older=True) as connection:
            found = check.damage(connection)
        if found:
            raise Refused(found)
    return ledger_upgrade.upgrade(path, entry, recount, clean=clean)


def in_memory(path: Location) -> sqlite3.Connection:
    """An older ledger upgraded in memory, for a command that only reads."""
    return ledger_upgrade.in_memory(path, recount)


@contextmanager
def tried(
    path: Location,
    command: str,
    *,
    at: str,
    actor: str,
    today: str,
    source: Source | None = None,
    rows: int = 0,  # noqa: ARG001 -- nobody else reads it
) -> Iterator[Gate]:
    """As `ledger.write.operation`, on an older ledger that is upgraded in memory alone: nothing of it stays."""
    with closing(in_memory(path)) as connection:
        connection.execute("PRAGMA query_only = OFF")
        with gate(connection, command, at=at, actor=actor, today=today, source=source) as operating:
            yield operating


def recount(operating: Gate) -> None:
    """Write down what every locked month would come to as we count now, where that is something else; what an upgrade
    before this one found no longer holds."""
    found = list(recounted(operating.connection))
    for (before,) in operating.connection.execute("SELECT id FROM month_recount").fetchall():
        operating.delete("month_recount", before)
    for cell in found:
        operating.insert(
            "month_recount",
            issued_month_id=cell.month,
            indicator=cell.indicator,
            town_code=cell.town,
            done=cell.done,
        )
