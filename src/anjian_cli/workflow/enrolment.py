"""整治列入: all enterprises of a kind enrolled at once (整体列入), instead of one by one.

Who is enrolled already, in the year and the kind, is passed over; each of the others is taken in as if it had been
typed, so every rule of an enrolment holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from anjian_cli.bulletin.definition import towns_on
from anjian_cli.bulletin.value import UNSETTLED
from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.light_typing import NamedTuple
from anjian_cli.records import definition
from anjian_cli.workflow import register

RECORD = "programme"


class Firm(NamedTuple):
    """An enterprise that is to be enrolled, or was passed over because it is."""

    number: str
    name: str
    town: str


class Wanted(NamedTuple):
    """Enterprises in operation on `day` with a risk (风险类别), in one town (its code, "" for none) or all (None)."""

    risk: str
    town: str | None
    day: str


class Enrolled(NamedTuple):
    """Those enrolled now, and those that were enrolled in the year and kind before."""

    now: Sequence[Firm]
    before: Sequence[Firm]


def enrol(gate: Gate, wanted: Wanted, kind: str, action: str, reason: str | None) -> Enrolled:
    """Enrol them in a programme of a kind under the name of its action. Raises `Refused` with the faults of all that
    cannot be enrolled, each naming its enterprise."""
    found = firms(gate.connection, wanted, kind)
    finder, record = Finder(gate.connection), definition.record(RECORD)
    faults: list[Fault] = []
    for firm in found.now:
        given = {
            "enterprise": firm.number,
            "action": action,
            "kind": kind,
            "enrolled_on": wanted.day,
            "reason": reason,
        }
        try:
            register.take(gate, record, given, finder)
        except Refused as refusal:
            faults += [fault._replace(value=fault.value or firm.name) for fault in refusal.faults]
    if faults:
        raise Refused(faults)
    return found


def firms(connection: sqlite3.Connection, wanted: Wanted, kind: str) -> Enrolled:
    """Who is meant, by town and name."""
    cursor = connection.cursor()
    cursor.row_factory = None
    towns, rolled = towns_on(connection, wanted.day)
    names = {each.code: each.name for each in towns}
    rows = cursor.execute(
        "SELECT e.number, e.name, COALESCE(r.town_code, ''), EXISTS (SELECT 1 FROM programme p"
        "  WHERE p.enterprise_id = e.id AND p.voided_on IS NULL AND p.kind = :kind"
        "  AND substr(p.enrolled_on, 1, 4) = substr(:day, 1, 4))"
        " FROM enterprise_risk k JOIN enterprise e ON e.id = k.enterprise_id"
        " JOIN residence r ON r.enterprise_id = e.id AND r.from_on <= :day AND :day < r.until_on"
        " WHERE k.kind = :risk AND e.voided_on IS NULL AND COALESCE(e.registered_on, :day) <= :day"
        " AND NOT EXISTS (SELECT 1 FROM operating_state s WHERE s.enterprise_id = e.id"
        "  AND s.from_on <= :day AND :day < s.until_on)"
        " ORDER BY e.name",
        {"kind": kind, "risk": wanted.risk, "day": wanted.day},
    ).fetchall()
    own = None if wanted.town is None else rolled.get(wanted.town, UNSETTLED)
    now: list[Firm] = []
    before: list[Firm] = []
    for number, name, of_day, there in rows:
        code = rolled.get(of_day, UNSETTLED)
        if own in (None, code):
            (before if there else now).append(Firm(number, name, names.get(code, "")))
    order = {name: at for at, name in enumerate(names.values())}
    now.sort(key=lambda firm: order.get(firm.town, len(order)))
    return Enrolled(now, before)
