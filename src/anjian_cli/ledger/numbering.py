"""The numbers of records: region, year, ledger letter and sequence, never given out twice."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from anjian_cli.errors import refused
from anjian_cli.ledger import row_totals
from anjian_cli.ledger.pending import Pending

FORM = r"([0-9]{6,12})-([0-9]{4})-[A-Z]?([0-9]{4,9})"  # not compiled before it is asked for: most runs do not


class Numbering:
    """The numbers that one operation gives out."""

    def __init__(self, connection: sqlite3.Connection, pending: Pending, today: str) -> None:
        self._connection, self._pending, self._today = connection, pending, today
        self._letter: str | None = None
        self._last: dict[tuple[str, str, int], int] = {}  # by record, region and year

    def give(self, record: str, regions: Sequence[str], year: int) -> list[str]:
        """The next number of each of several records, by their regions. Raises `Refused` E627."""
        if self._letter is None:
            self._letter = self._letter_in_force()
        last, begins = {}, {}
        for region in set(regions):
            key = (record, region, year)
            begins[region] = f"{region}-{year}-{self._letter}"
            if key not in self._last:
                found = self._connection.execute(
                    "SELECT last FROM number_sequence WHERE record = ? AND region = ? AND year = ?", key
                ).fetchone()
                self._last[key] = found[0] if found else 0
                self._refuse_lowered(record, begins[region], self._last[key])
            last[region] = self._last[key]
        numbers = []
        for region in regions:
            number = last[region] = last[region] + 1
            numbers.append(begins[region] + _sequence(number))
        self._last |= {(record, region, year): number for region, number in last.items()}
        return numbers

    def take(self, record: str, number: str) -> None:
        """Take a number that a record had in another ledger, as if it had been given out here. Raises ValueError where
        it is none of ours."""
        form = re.fullmatch(FORM, number)
        if form is None:
            raise ValueError(number)
        key = (record, form[1], int(form[2]))
        self._last[key] = max(self._last.get(key, 0), int(form[3]))

    def record(self) -> None:
        """Write down what was given out last."""
        self._connection.executemany(
            "INSERT INTO number_sequence VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
            ((*key, last) for key, last in self._last.items()),
        )
        if self._last:
            row_totals.reckon(self._connection, "number_sequence")

    def _letter_in_force(self) -> str:
        found = self._connection.execute(
            "SELECT value FROM setting WHERE name = 'ledger_letter' AND voided_on IS NULL"
            " AND from_on <= ? AND ? < until_on",
            (self._today, self._today),
        ).fetchone()
        return str(found[0]) if found else ""

    def _refuse_lowered(self, record: str, begin: str, last: int) -> None:
        """Refuse E627 where a record bears a number that is yet to be given out: `number_sequence` is bookkeeping, and
        is not believed against what stands in the records."""
        told = f"{begin}{_sequence(last)}"
        connection = self._pending.written()
        found = connection.execute(
            f'SELECT number FROM "{record}" WHERE number > ?1 AND number < ?2 AND length(number) >= length(?1) LIMIT 1',
            (told, f"{begin}:"),  # the colon comes behind the digits
        ).fetchone()
        if found is not None:
            raise refused("E627", number=found[0])


def _sequence(number: int) -> str:
    """The last part of a record's number."""
    return str(number) if number > 999 else f"{number:04d}"
