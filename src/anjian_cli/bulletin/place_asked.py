"""Which unit is meant by a word: a town, or a department where the scheme of the month ranks departments."""

from __future__ import annotations

import sqlite3

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.definition import ranks_departments
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.value import COUNTY, UNSETTLED, UNSETTLED_DEPARTMENT, WHOLE_OF_DEPARTMENTS, Bulletin
from anjian_cli.errors import Misread, refused
from anjian_cli.ledger import schemes
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS

UNSETTLED_WORDS = ("未定", "未定镇街")


class Place(NamedTuple):
    """`code` is that of a town, the number of a department, UNSETTLED or COUNTY; `of` is TOWNS or DEPARTMENTS."""

    code: str
    of: str


def find(connection: sqlite3.Connection, word: str, day: str, of: str | None = None) -> Place:
    """The unit that a word means on a day, a town before a department; `of` DEPARTMENTS: a department. Raises `Misread`
    E231 (neither), E792 (a department of another day), E854 (a town and a department)."""
    from anjian_cli.ledger.lookup import Finder  # here: a bulletin of all units asks for none

    ranked = ranks_departments(connection, schemes.on(connection, day))
    if ranked and word in (WHOLE_OF_DEPARTMENTS, UNSETTLED_DEPARTMENT):
        return Place(COUNTY if word == WHOLE_OF_DEPARTMENTS else UNSETTLED, DEPARTMENTS)
    if word in UNSETTLED_WORDS:
        return Place(UNSETTLED, TOWNS)
    finder = Finder(connection, guess=True)
    if of == DEPARTMENTS:
        return Place(finder.department(word, day).number, DEPARTMENTS)
    try:
        town = finder.town_or_county(word)
    except Misread:
        if not ranked or not finder.is_department(word):
            raise
        return Place(finder.department(word, day).number, DEPARTMENTS)
    if town is None:
        return Place(COUNTY, TOWNS)
    if ranked and word in (town.short, town.name) and finder.is_department(word):
        raise Misread("E854", town=town.name, department=finder.department(word, day).name)
    return Place(town.code, TOWNS)


def bulletin(connection: sqlite3.Connection, period: Period, of: str) -> Bulletin:
    """A month's bulletin of a kind of units. Raises `Refused` E451 where it has none of departments, and as
    `compile_bulletin`."""
    found = compile_bulletin(connection, period)
    return of_units(found, of)


def of_units(found: Bulletin, of: str) -> Bulletin:
    """A bulletin as one of a kind of units. Raises `Refused` E451."""
    if of != DEPARTMENTS:
        return found
    made = found.of_departments()
    if made is None:
        remedy = "那个月的办法不考核部门，或还没有登记部门；要考核的在办法的“考核单位”里写部门"
        raise refused("E451", f"{found.month}的部门通报", remedy=remedy)
    return made
