"""Who is to be inspected, town by town, as it is to be asked: what finds each firm again, and where it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from anjian_cli.bulletin.coverage import UNVISITED, Coverage, firms
from anjian_cli.bulletin.due_of_unit import found_by_name
from anjian_cli.bulletin.visit_plan import Plan
from anjian_cli.ledger.lookup import Finder
from anjian_cli.light_typing import NamedTuple
from anjian_cli.records import masking
from anjian_cli.rules.intervals import OPEN


class Wanted(NamedTuple):
    """A firm of a town (`unit`, its name) that is to be inspected: for which campaign and why ('' where that is not
    said)."""

    unit: str
    number: str
    name: str
    credit_code: str | None
    campaign: str
    why: str


class ToVisit(NamedTuple):
    """A firm that is to be inspected. `town` is told only of one without a credit code, which is known by its name in
    its town; `campaign` and `why` as in `Wanted`."""

    enterprise: str
    credit_code: str | None
    town: str | None
    address: str | None
    campaign: str
    why: str


class Unvisited(NamedTuple):
    """The firms of a town that are to be inspected, in order. `namesakes` are those that are found neither by a code
    nor by their name in their town: what is told of them would be another's."""

    name: str
    firms: tuple[ToVisit, ...]
    namesakes: tuple[str, ...]


_WHERE = f"""
SELECT e.number, e.id, COALESCE(e.operating_address, e.registered_address) AS address, t.name AS town
  FROM enterprise e JOIN residence r ON r.enterprise_id = e.id AND r.until_on = '{OPEN}'
  LEFT JOIN town t ON t.code = r.town_code WHERE e.voided_on IS NULL
"""


def by_town(connection: sqlite3.Connection, of: Coverage, town: str | None = None) -> list[Unvisited]:
    """The firms in scope that were not inspected, in the office's order of towns, last those without one; `town` as in
    `coverage.listed`. Who has none left is left out."""
    return _of(
        connection,
        (
            Wanted(unit, firm.number, firm.name, firm.credit_code, of.campaign, "")
            for unit, firm in firms(connection, of, UNVISITED, town)
        ),
    )


def planned(connection: sqlite3.Connection, of: Plan) -> list[Unvisited]:
    """The firms of a month's plan, town by town."""
    wanted = (Wanted(each.unit, each.number, each.name, each.credit_code, each.campaign, each.why) for each in of.firms)
    return _of(connection, wanted)


def _of(connection: sqlite3.Connection, wanted: Iterable[Wanted]) -> list[Unvisited]:
    where = {row["number"]: row for row in connection.execute(_WHERE)}
    finder = Finder(connection)
    found: dict[str, tuple[list[ToVisit], list[str]]] = {}
    for firm in wanted:
        row = where[firm.number]
        of_unit, namesakes = found.setdefault(firm.unit, ([], []))
        asked = ToVisit(
            enterprise=firm.name,
            credit_code=firm.credit_code,
            town=None if firm.credit_code else row["town"],
            address=row["address"] and masking.in_text(row["address"]),
            campaign=firm.campaign,
            why=firm.why,
        )
        if firm.credit_code or found_by_name(finder, asked.enterprise, asked.town) == row["id"]:
            of_unit.append(asked)
        else:
            namesakes.append(firm.name)
    return [Unvisited(unit, tuple(own), tuple(same)) for unit, (own, same) in found.items()]
