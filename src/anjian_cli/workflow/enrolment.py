"""整治列入: all enterprises of a kind enrolled at once (整体列入), instead of one by one.

Who is enrolled already, in the year and the kind, is passed over; each of the others is taken in as if it had been
typed, so every rule of an enrolment holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

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
    rows = cursor.execute(
        "SELECT e.number, e.name, COALESCE(t.name, ''), EXISTS (SELECT 1 FROM programme p WHERE p.enterprise_id = e.id"
        "  AND p.voided_on IS NULL AND p.kind = :kind AND substr(p.enrolled_on, 1, 4) = substr(:day, 1, 4))"
        " FROM enterprise_risk k JOIN enterprise e ON e.id = k.enterprise_id"
        " JOIN residence r ON r.enterprise_id = e.id AND r.from_on <= :day AND :day < r.until_on"
        " LEFT JOIN town t ON t.code = r.town_code"
        " WHERE k.kind = :risk AND e.voided_on IS NULL AND COALESCE(e.registered_on, :day) <= :day"
        " AND (:town IS NULL OR COALESCE(r.town_code, '') = :town)"
        " AND NOT EXISTS (SELECT 1 FROM operating_state s WHERE s.enterprise_id = e.id"
        "  AND s.from_on <= :day AND :day < s.until_on)"
        " ORDER BY t.position IS NULL, t.position, r.town_code, e.name",
        {"kind": kind, "risk": wanted.risk, "town": wanted.town, "day": wanted.day},
    ).fetchall()
    return Enrolled([Firm(*row[:3]) for row in rows if not row[3]], [Firm(*row[:3]) for row in rows if row[3]])
