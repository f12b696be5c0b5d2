"""Months whose figures are locked (定稿) or issued (印发): what is kept of them. Never recomputed."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace

from anjian_cli.bulletin import exact
from anjian_cli.bulletin.value import Bulletin


@dataclass(frozen=True, slots=True)
class LockedMonth:
    """A row of issued_month."""

    id: int
    month: str  # YYYY-MM
    as_of: str
    head: int
    text: str
    issued_on: str | None
    document_number: str | None

    @property
    def state(self) -> str:
        """closed or issued."""
        return "closed" if self.issued_on is None else "issued"

    @property
    def state_word(self) -> str:
        """定稿 or 印发."""
        return "定稿" if self.issued_on is None else "印发"

    def bulletin(self) -> Bulletin:
        """The bulletin as it was locked, with the number and the day it was issued under since."""
        return replace(
            exact.load(self.text),
            state=self.state,
            document_number=self.document_number or "",
            issued_on=self.issued_on or "",
        )

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


_COLUMNS = "id, month, as_of, head, bulletin AS text, issued_on, document_number"


def find(connection: sqlite3.Connection, month: str) -> LockedMonth | None:
    """A locked month (YYYY-MM), None if it is not locked."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM issued_month WHERE month = ?", (month,)).fetchone()
    return None if row is None else LockedMonth(**row)


def last_before(connection: sqlite3.Connection, month: str) -> LockedMonth | None:
    """The last locked month before `month` (YYYY-MM)."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM issued_month WHERE month < ? ORDER BY month DESC LIMIT 1", (month,)
    ).fetchone()
    return None if row is None else LockedMonth(**row)


def all_locked(connection: sqlite3.Connection) -> list[LockedMonth]:
    """Every locked month, oldest first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM issued_month ORDER BY month")
    return [LockedMonth(**row) for row in rows]
