"""Months whose figures are locked (定稿) or issued (印发): what is kept of them. Never recomputed.

What was withdrawn (撤回) is kept beside them, to be read. It holds no more, and is found only by
`withdrawn` and `issued_under`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from fractions import Fraction

from anjian_cli.bulletin.value import Bulletin
from anjian_cli.light_dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Issued:
    """A month that was issued (YYYY-MM), and its number ('' for none)."""

    month: str
    document_number: str


@dataclass(frozen=True, slots=True)
class KeptCell:
    town: str
    done: int | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class KeptTable:
    id: str
    cells: tuple[KeptCell, ...]
    other: KeptCell | None


@dataclass(frozen=True, slots=True)
class KeptRow:
    town: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class KeptCategory:
    id: str
    indicators: tuple[KeptTable, ...]
    rows: tuple[KeptRow, ...]


@dataclass(frozen=True, slots=True)
class KeptScore:
    town: str
    score: Fraction | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class KeptDepartments:
    categories: tuple[KeptCategory, ...]
    scores: tuple[KeptScore, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What other months need of a bulletin that was locked: figures, places and rules. See `value.Bulletin`, of which
    this is a part; to read all of it takes three times as long."""

    rule: tuple[str, ...]
    categories: tuple[KeptCategory, ...]
    scores: tuple[KeptScore, ...]
    departments: KeptDepartments | None = None


@dataclass(frozen=True, slots=True)
class LockedMonth:
    """A row of issued_month; `definition` is the hash of what was counted (`meaning.definition_hash`)."""

    id: int
    month: str  # YYYY-MM
    as_of: str
    head: int
    definition: str
    text: str
    issued_on: str | None
    document_number: str | None
    withdrawn_on: str | None
    withdraw_reason: str | None

    @property
    def state(self) -> str:
        """closed, issued or withdrawn."""
        if self.withdrawn_on is not None:
            return "withdrawn"
        return "closed" if self.issued_on is None else "issued"

    @property
    def state_word(self) -> str:
        """定稿, 印发 or 撤回."""
        return {"closed": "定稿", "issued": "印发", "withdrawn": "撤回"}[self.state]

    def bulletin(self) -> Bulletin:
        """The bulletin as it was locked, with the number and the day it was issued under since. That of a withdrawn
        month carries the clerk's words as they were issued."""
        from anjian_cli.bulletin import exact  # here: most of what asks about locked months reads none

        return replace(
            exact.load(self.text),
            state=self.state,
            document_number=self.document_number or "",
            issued_on=self.issued_on or "",
        )

    def kept(self) -> Kept:
        """What other months need of it."""
        from anjian_cli.bulletin import exact

        return exact.load_part(self.text, Kept)

    def cells(self, connection: sqlite3.Connection) -> Mapping[tuple[str, str], int]:
        """What was done, by indicator and town ('' = 未定镇街). A cell that is not there was 0."""
        return {
            (indicator, town): done
            for indicator, town, done in connection.execute(
                "SELECT indicator, town_code, done FROM month_cell WHERE issued_month_id = ?", (self.id,)
            )
        }

    def recounted(self, connection: sqlite3.Connection) -> Mapping[tuple[str, str], int | None]:
        """The cells that an upgrade found to be counted otherwise now, with what they come to. None = not known."""
        return {
            (indicator, town): done
            for indicator, town, done in connection.execute(
                "SELECT indicator, town_code, done FROM month_recount WHERE issued_month_id = ?", (self.id,)
            )
        }


_SELECT = (
    "SELECT id, month, as_of, head, definition, bulletin AS text, issued_on, document_number, withdrawn_on,"
    " withdraw_reason FROM issued_month"
)


def find(connection: sqlite3.Connection, month: str) -> LockedMonth | None:
    """A locked month (YYYY-MM), None if it is not locked."""
    return _first(connection.execute(f"{_SELECT} WHERE month = ? AND withdrawn_on IS NULL", (month,)))


def last_before(connection: sqlite3.Connection, month: str) -> LockedMonth | None:
    """The last locked month before `month` (YYYY-MM)."""
    return _first(
        connection.execute(f"{_SELECT} WHERE month < ? AND withdrawn_on IS NULL ORDER BY month DESC LIMIT 1", (month,))
    )


def issued_by(connection: sqlite3.Connection, day: str) -> LockedMonth | None:
    """The last month that was issued by a day, and not withdrawn by then."""
    return _first(
        connection.execute(
            f"{_SELECT} WHERE issued_on <= ?1 AND (withdrawn_on IS NULL OR withdrawn_on > ?1)"
            " ORDER BY month DESC, id DESC LIMIT 1",
            (day,),
        )
    )


def last_issued(connection: sqlite3.Connection) -> Issued | None:
    """The last month that is issued. Nothing of its bulletin is read."""
    found = connection.execute(
        "SELECT month, COALESCE(document_number, '') FROM issued_month"
        " WHERE issued_on IS NOT NULL AND withdrawn_on IS NULL ORDER BY month DESC LIMIT 1"
    ).fetchone()
    return None if found is None else Issued(*found)


def all_locked(connection: sqlite3.Connection) -> list[LockedMonth]:
    """Every locked month, oldest first."""
    rows = connection.execute(f"{_SELECT} WHERE withdrawn_on IS NULL ORDER BY month")
    return [LockedMonth(**row) for row in rows]


def withdrawn(connection: sqlite3.Connection) -> list[LockedMonth]:
    """Every month that was withdrawn, as often as it was, oldest first."""
    rows = connection.execute(f"{_SELECT} WHERE withdrawn_on IS NOT NULL ORDER BY month, id")
    return [LockedMonth(**row) for row in rows]


def issued_under(connection: sqlite3.Connection, document_number: str) -> LockedMonth | None:
    """The month that was issued under a number, whether or not it was withdrawn since."""
    return _first(connection.execute(f"{_SELECT} WHERE document_number = ? ORDER BY id DESC", (document_number,)))


def _first(found: sqlite3.Cursor) -> LockedMonth | None:
    row = found.fetchone()
    return None if row is None else LockedMonth(**row)
