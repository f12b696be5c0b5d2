"""Locked months as they would have been counted now: where the program means something else by a figure since.

Meanings are compared by what they count, not by how it is written: a cell that comes out the same is no change. An
indicator that came later was not in the month, and means nothing for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from anjian_cli.bulletin import figures, locked_month
from anjian_cli.bulletin.correction import locked_period
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.meaning import means_the_same
from anjian_cli.ledger import inverse


class Recounted(NamedTuple):
    """A cell of a locked month (id of issued_month) that is counted otherwise now. `done` None: not known."""

    month: int
    indicator: str
    town: str
    done: int | None


def recounted(connection: sqlite3.Connection) -> Iterator[Recounted]:
    """Every such cell, by the records of when its month was locked. A month that was locked under the same definition
    has none, and is not counted."""
    at = {
        locked.head: locked
        for locked in locked_month.all_locked(connection)
        if not means_the_same(connection, locked.definition, locked.as_of)
    }
    for head, then in inverse.each_as_of(connection, at):
        locked = at[head]
        was = locked.cells(connection)
        told = {table.id for category in locked.bulletin().categories for table in category.indicators}
        now = figures.done(then, define(then, locked_period(locked)))
        for indicator, town in sorted(was.keys() | now.keys()):
            done = now.get((indicator, town), 0)
            if indicator in told and done != was.get((indicator, town), 0):
                yield Recounted(month=locked.id, indicator=indicator, town=town, done=done)
