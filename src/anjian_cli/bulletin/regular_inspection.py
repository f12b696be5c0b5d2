"""定期检查: which parts of a year ask for an inspection of an enterprise, by the frequency of its grade (检查频次).

A part asks where the grade held when it began, and is settled by an inspection in it that is not the firm's own. What
was missed cannot be made up afterwards.
"""

from __future__ import annotations

import sqlite3

from anjian_cli.ledger import settings
from anjian_cli.records.risk_grade import GRADES
from anjian_cli.rules import risk_grade
from anjian_cli.rules.word_lists import CHANNELS

OWN = "企业自查"
Period = tuple[str, str]
"""The first and the last day of a part of a year."""


class Frequency:
    """The settings of a day: `times` a year by grade, and the `periods` of that day's year; `own` are the ways of
    inspection that are the firm's own."""

    def __init__(self, connection: sqlite3.Connection, day: str) -> None:
        told = {grade: settings.value(connection, f"inspect.{grade}", day) for grade in GRADES}
        self.times = {grade: int(times) for grade, times in told.items() if times is not None}
        year = int(day[:4])
        self.periods = {grade: risk_grade.periods(times, year) for grade, times in self.times.items()}
        words = "SELECT word FROM term WHERE list = ? AND means = ? AND voided_on IS NULL"
        self.own = frozenset({OWN, *(word for (word,) in connection.execute(words, (CHANNELS.name, OWN)))})

    def asking(self, grade: str, graded_on: str) -> list[Period]:
        """The parts of the year that ask for an inspection of a firm with a grade since a day."""
        return [period for period in self.periods.get(grade, ()) if graded_on <= period[0]]
