"""A day as it is typed: with its year, as 今天 or 昨天, or without its year (10-28), which then follows.

What has happened is past; a deadline follows what it is the deadline of; a first day may lie ahead. Which of these a
field is, its definition says (`records.definition.Column`). Where the year is no matter of course it is asked for: a
wrong one goes in unseen. Values in, values out: knows no ledger and no clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from anjian_cli.errors import Misread
from anjian_cli.light_typing import TYPE_CHECKING
from anjian_cli.records import days, values

if TYPE_CHECKING:
    from typing import Any

HALF_YEAR = 183
"""Days. A fact is entered, and a deadline set, within them; what lies farther off is more likely a slip."""
YEARS = 9
"""So many years are tried: leap years may stand eight apart."""


def past(text: str, today: str) -> str:
    """What has happened: without its year the latest such day not after `today`. Misread: as `days.spoken_day`, and
    E281 where that one lies more than half a year back."""
    found = days.spoken_day(text, today)
    named = days.month_and_day(text)
    if named is not None and _days(found, today) > HALF_YEAR:
        raise _either(found, next(day for day in _such_days(named, today) if day > today))
    return found


def following(text: str, day: str, today: str, *, soon: bool) -> str:
    """What comes after `day`: without its year the first such day not before it. One that comes `soon` does so within
    half a year. Misread: as `days.spoken_day`, and E281 where it would not."""
    named = days.month_and_day(text)
    if named is None:
        return days.spoken_day(text, today)
    such = list(_such_days(named, day))
    found = next(each for each in such if each >= day)
    if soon and _days(day, found) > HALF_YEAR:
        raise _either(max(each for each in such if each < day), found)
    return found


def nearest(text: str, today: str) -> str:
    """A first day, which may lie ahead: without its year the one nearest to `today`, of two the earlier. Misread: as
    `days.spoken_day`."""
    named = days.month_and_day(text)
    if named is None:
        return days.spoken_day(text, today)
    return min(_such_days(named, today), key=lambda day: abs(_days(day, today)))


def after(names: tuple[str, ...], *told: Mapping[str, Any]) -> str | None:
    """The day that a field comes after: of the named fields the first that has a value, in what is told first if it is
    there; of a year its first day. None if none has."""
    for name in names:
        for row in told:
            value = row.get(name)
            if isinstance(value, int):
                return f"{value:04}-01-01"
            if value and value != values.CLEAR:
                return str(value)
    return None


def _such_days(named: tuple[int, int], around: str) -> Iterator[str]:
    """The days of this month and number in the years around a day, earliest first. Raises `Misread` E211."""
    year = int(around[:4])
    found = False
    for each in range(year - YEARS, year + YEARS):
        try:
            day = date(each, *named)
        except ValueError:
            continue
        found = True
        yield day.isoformat()
    if not found:
        raise Misread("E211", why=f"{named[0]}月没有{named[1]}日")


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _either(first: str, second: str) -> Misread:
    return Misread("E281", first=first, second=second)
