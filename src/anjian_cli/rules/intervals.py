"""Order of dates and gaps among rows that hold from a day until another. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from anjian_cli.errors import Fault

Row = Mapping[str, str | int | float | None]
Rows = Mapping[str, Sequence[Row]]
OPEN = "9999-12-31"
BEGINNING = "0001-01-01"


def next_day(text: str, days: int = 1) -> str:
    """The day after (or `days` after; negative: before) an ISO date."""
    return (date.fromisoformat(text) + timedelta(days=days)).isoformat()


def years_after(text: str, years: int) -> str:
    """The same day some years later; 29 February becomes 1 March where there is none."""
    begin = date.fromisoformat(text)
    try:
        return begin.replace(year=begin.year + years).isoformat()
    except ValueError:
        return date(begin.year + years, 3, 1).isoformat()


def new_year_after(text: str, years: int = 1) -> str:
    """1 January of the year after (or `years` after) that of an ISO date."""
    return f"{int(text[:4]) + years:04}-01-01"


def month_end(month: str, later: int = 0) -> str:
    """The last day of a month (YYYY-MM), or of the one so many months `later`."""
    months = int(month[:4]) * 12 + int(month[5:]) + later  # of the month behind it
    return next_day(f"{months // 12:04}-{months % 12 + 1:02}-01", -1)


def day(row: Row, column: str) -> str:
    """A date column of a row as text; '' where it is not set."""
    value = row[column]
    return "" if value is None else str(value)


def number(row: Row) -> str:
    """The record's number, for messages."""
    return str(row["number"])


def order(row: Row, earlier: tuple[str, str], later: tuple[str, str], code: str = "E410") -> list[Fault]:
    """A fault if the column `later` (name, title) lies before the column `earlier`; either may be unset."""
    first, second = day(row, earlier[0]), day(row, later[0])
    if not first or not second or second >= first:
        return []
    words = {"title": later[1], "day": second, "other_title": earlier[1], "other": first}
    return [Fault(code, words, second if code == "E214" else None, later[0])]


def in_order(row: Row, days: Sequence[tuple[str, str]]) -> list[Fault]:
    """A fault for every day that lies before the last one given before it; `days` are columns (name, title)."""
    given = [(name, title) for name, title in days if day(row, name)]
    return [fault for earlier, later in itertools.pairwise(given) for fault in order(row, earlier, later, "E214")]


def needs(row: Row, needed: tuple[str, str], *others: tuple[str, str]) -> list[Fault]:
    """A fault if one of the columns `others` (name, title) is set and `needed` is not."""
    if row[needed[0]] is not None:
        return []
    return [
        Fault("E424", {"title": needed[1], "other_title": title}, None, needed[0])
        for name, title in others
        if row[name] is not None
    ][:1]


def overlaps(rows: Sequence[Row], what: str) -> list[Fault]:
    """A fault for every row that begins before the one before it has ended."""
    ordered = sorted(rows, key=lambda r: (day(r, "from_on"), day(r, "until_on")))
    return [
        Fault("E417", {"what": what, "day": day(later, "from_on")})
        for earlier, later in itertools.pairwise(ordered)
        if day(later, "from_on") < day(earlier, "until_on")
    ]


def gapless(rows: Sequence[Row], what: str) -> list[Fault]:
    """Faults unless the rows cover all days, from the beginning on, each once."""
    ordered = sorted(rows, key=lambda r: day(r, "from_on"))
    wanted = BEGINNING
    for row in ordered:
        if day(row, "from_on") != wanted:
            return [Fault("E417", {"what": what, "day": day(row, "from_on")})]
        wanted = day(row, "until_on")
    return [] if wanted == OPEN else [Fault("E417", {"what": what, "day": wanted})]
