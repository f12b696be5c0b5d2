"""The month a bulletin is of: which one is asked for, and the day its figures are of.

Knows which years the ledger holds something for; knows nothing of indicators.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from anjian_cli.errors import refused
from anjian_cli.light_dataclasses import dataclass

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A month. `as_of` is the day its figures are of: the month's end, or today in a running month."""

    year: int
    month: int
    as_of: str
    finished: bool

    @property
    def key(self) -> str:
        """YYYY-MM."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def title(self) -> str:
        """2018年10月"""
        return f"{self.year}年{self.month}月"

    @property
    def pace(self) -> Fraction:
        """序时进度: months elapsed of the year's."""
        return Fraction(self.month, MONTHS)

    @property
    def first_day(self) -> str:
        return f"{self.key}-01"

    @property
    def whole(self) -> bool:
        """Whether the figures are of the month's last day."""
        return self.as_of == month_end(self.year, self.month)

    @property
    def last_told(self) -> str:
        """The last month of which figures that are told at its end are to be there on the as-of day: 10月."""
        return f"{(self if self.finished or self.whole else self.previous()).month}月"

    def previous(self) -> Period:
        """The month before, as it ended."""
        return ended(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    def years_before(self, years: int) -> str:
        """The day some years before up to which the same months reach: the month's end for a whole month."""
        end = month_end(self.year - years, self.month)
        return end if self.whole else min(end, f"{end[:8]}{self.as_of[8:]}")


def month_title(month: str) -> str:
    """2018-10 -> 2018年10月"""
    return f"{month[:4]}年{int(month[5:])}月"


@cache
def month_end(year: int, month: int) -> str:
    """The last day of a month."""
    days = 31 if month == MONTHS else (date(year, month + 1, 1) - date(year, month, 1)).days
    return f"{year:04d}-{month:02d}-{days:02d}"


def months_between(since: str, until: str) -> Iterator[str]:
    """The months (YYYY-MM) from one to another, both included."""
    month = since
    while month <= until:
        yield month
        year, number = int(month[:4]), int(month[5:])
        month = f"{year + number // MONTHS:04d}-{number % MONTHS + 1:02d}"


def same_day(day: str, year: int) -> str:
    """The day of another year up to which the same months reach: as `Period.years_before`."""
    of = Period(int(day[:4]), int(day[5:7]), day, False)
    return of.years_before(of.year - year)


def ended(year: int, month: int) -> Period:
    """A month as it ended."""
    return Period(year, month, month_end(year, month), True)


def day_after(day: str, days: int = 1) -> str:
    """The day some days later; one beyond the last there is (OPEN) is that one."""
    begin = date.fromisoformat(day)
    return (begin + timedelta(min(days, (date.max - begin).days))).isoformat()


def period(year: int, month: int, today: str) -> Period:
    """A month as it stands on `today`. Raises `Refused` E445 if it has not begun."""
    end = month_end(year, month)
    if f"{year:04d}-{month:02d}-01" > today:
        raise refused("E445", month=f"{year}年{month}月", today=today)
    return Period(year, month, end, True) if end < today else Period(year, month, today, False)


def choose_month(
    connection: sqlite3.Connection, asked: tuple[int | None, int] | None, year: int | None, today: str
) -> Period:
    """The month asked for: (year, month), (None, month) or nothing, with the year perhaps told apart.

    A month without its year is the latest such month that has begun in a year holding targets or facts; nothing
    is the last month that has ended (of `year`, if that is told). Raises `Refused` E445 (not begun), E108 (two
    different years).
    """
    this_year, this_month = int(today[:4]), int(today[5:7])
    if asked is None:
        if year is None or year == this_year:
            return period(this_year, this_month, today).previous()
        return period(year, 12 if year < this_year else 1, today)
    told, month = asked
    if told is not None and year is not None and told != year:
        raise refused("E108", f"{told}-{month:02d} --年 {year}")
    told = told or year
    if told is None:
        latest = this_year - (month > this_month)
        told = _last_year_held(connection, latest) or latest
    return period(told, month, today)


def _last_year_held(connection: sqlite3.Connection, latest: int) -> int | None:
    """The last year of which the ledger has anything, up to `latest`."""
    # What only ends or falls due in a year (a contract's last day, its visits) does not make it a year of the ledger.
    # Months are looked through from the last one back: of a large ledger there are some thousand sums a year.
    (year,) = connection.execute(
        "SELECT max(year) FROM ("
        " SELECT (SELECT CAST(substr(month, 1, 4) AS INTEGER) FROM measure_month WHERE month < ?2 AND came <> 0"
        "   AND measure NOT IN (SELECT m.id FROM measure m JOIN fact f ON f.id = m.fact WHERE f.due = 1)"
        "   ORDER BY month DESC LIMIT 1) AS year"
        " UNION ALL SELECT max(year) FROM target WHERE voided_on IS NULL AND year <= ?1"
        " UNION ALL SELECT max(CAST(substr(from_on, 1, 4) AS INTEGER)) FROM opening_figure"
        "   WHERE voided_on IS NULL AND from_on < ?2)",
        (latest, f"{latest + 1:04d}-01"),
    ).fetchone()
    return None if year is None else int(year)
