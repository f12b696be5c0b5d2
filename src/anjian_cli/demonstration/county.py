"""Make the demonstration's ledger of 2026: a county that there is not, under the scheme 县级2026 from 1 January on.

First what was known by 9 October, when September's figures are locked and issued, then October. The scheme is handed
in: how it is read from its file is no matter of this floor.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from anjian_cli.bulletin.period import ended
from anjian_cli.demonstration import county_records
from anjian_cli.demonstration.county_figures import ISSUED, LOCKED, NUMBER, OCTOBER, SCHEME_FROM, SEPTEMBER, TODAY
from anjian_cli.demonstration.making import Making
from anjian_cli.ledger import create
from anjian_cli.ledger.gate import Gate
from anjian_cli.workflow import month, scheme
from anjian_cli.workflow.scheme_draft import Draft

OFFICE = (("setting",), ("town",), ("agency",), ("department",), ("campaign", "campaign_phase"))
"""What the office sets up, import by import."""
OF_ENTERPRISES = ("standardization", "programme", "trusteeship", "visit", "risk_grade")
OF_TOWNS = ("training", "enforcement_case", "accident", "inspection", "work_item", "mark")
AFTER_THE_MONTH = ("filing", "catch_up")
Read = Callable[[sqlite3.Connection], Draft]
"""The scheme, by the facts of the ledger that is being made."""


class County(Making):
    """A ledger of 2026 being made."""

    def __init__(self, connection: sqlite3.Connection, at: str, actor: str, program_version: str, read: Read) -> None:
        super().__init__(connection, at, actor)
        self._version, self._read = program_version, read
        self._firms = county_records.firms()
        self.lives = county_records.lives(self._firms)
        self.told = county_records.rows(self._firms, self.lives)

    def make(self) -> None:
        """All operations in order."""
        for records in OFFICE:
            with self.operation("import", LOCKED) as operating:
                for record in records:
                    self.take(operating, record, self.told[record])
        with self.operation("scheme adopt", LOCKED) as operating:
            scheme.adopt(operating, self._read(operating.connection), SCHEME_FROM)
        for record in ("target", "enterprise"):
            with self.operation("import", LOCKED) as operating:
                self.take(operating, record, self.told[record])
        with self.operation("import", LOCKED) as operating:
            self._happened(operating, "", SEPTEMBER)
        with self.operation("month close", LOCKED) as operating:
            month.close(operating, ended(2026, 9), self._version)
        with self.operation("month issue", ISSUED) as operating:
            month.issue(operating, "2026-09", NUMBER, ISSUED)
        with self.operation("import", TODAY) as operating:
            self._happened(operating, SEPTEMBER, OCTOBER)

    def _happened(self, operating: Gate, since: str, day: str) -> None:
        self.take_news(operating, (*OF_ENTERPRISES, *OF_TOWNS), since, day)
        self.live(operating, since, day)
        self.take_news(operating, AFTER_THE_MONTH, LOCKED if since else "", operating.today)
        figures = [row for row in self.told["monthly_figure"] if since < f"{row['month']}-28" <= day]
        self.take(operating, "monthly_figure", figures)


def make(path: Path, read: Read, *, at: str, actor: str, program_version: str) -> None:
    """Make the ledger at `path`, whole or not at all.

    Raises `Refused` E616 (something is there), E617 (it cannot be written).
    """
    create.create(path, lambda connection: County(connection, at, actor, program_version, read).make())
