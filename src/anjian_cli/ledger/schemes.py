"""The schemes (考核办法) of a ledger: what is asked on which days. 永康2018 is in force until another is adopted."""

from __future__ import annotations

import sqlite3

from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.intervals import OPEN


class Scheme(NamedTuple):
    """A scheme, and the days on which it is in force: from `from_on`, no more from `until_on` on. `total` is one of
    `rules.totals`, '' for the mean of rates; `assessed` 半年, 季 or '' (a year); `missing` what becomes of what there
    is nothing to count of, '' for 不计; `grades` as typed."""

    id: int
    number: str
    name: str
    title: str
    document: str
    remark: str
    from_on: str
    until_on: str
    total: str = ""
    assessed: str = ""
    missing: str = ""
    grades: str = ""

    @property
    def months(self) -> int:
        """How many months are assessed together (考核期)."""
        return {"半年": 6, "季": 3}.get(self.assessed, 12)


SHIPPED = 0
"""The id of the one that every ledger has."""
NAME, _TITLE = "永康2018", "永康市2018年安全生产六项重点工作"


def all_of(connection: sqlite3.Connection) -> list[Scheme]:
    """Every scheme by which the office ranks, oldest first; the one that every ledger has before all others."""
    return _schemes(connection, "<")


def for_above(connection: sqlite3.Connection) -> list[Scheme]:
    """Those that are counted for the unit above alone (为上级采用); `from_on` is the day of their adoption."""
    days = dict(connection.execute("SELECT id, from_on FROM scheme WHERE purpose IS NOT NULL"))
    return [each._replace(from_on=days[each.id]) for each in _schemes(connection, "=")]


def _schemes(connection: sqlite3.Connection, bound: str) -> list[Scheme]:
    """Those that are in force from a day on before OPEN (`<`), or never (`=`)."""
    found = connection.execute(
        "SELECT f.scheme_id, COALESCE(s.number, ''), COALESCE(s.name, ?), COALESCE(s.title, ?),"
        " COALESCE(s.document, ''), COALESCE(s.remark, ''), f.from_on, f.until_on,"
        " COALESCE(s.total, ''), COALESCE(s.assessed, ''), COALESCE(s.missing, ''), COALESCE(s.grades, '')"
        f" FROM scheme_in_force f LEFT JOIN scheme s ON s.id = f.scheme_id WHERE f.from_on {bound} ?"
        " ORDER BY f.from_on, f.scheme_id",
        (NAME, _TITLE, OPEN),
    )
    return [Scheme(*row) for row in found]


def on(connection: sqlite3.Connection, day: str) -> Scheme:
    """The scheme in force on a day."""
    return next(each for each in reversed(all_of(connection)) if each.from_on <= day)
