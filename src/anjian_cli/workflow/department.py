"""Keep a department: no two that are there on one day are called alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.rules.intervals import BEGINNING, OPEN
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

CALLED = ("name", "short_name")


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """A department as it is told. Raises `Refused` E791 where another one has its name or short name on any of its
    days: records name it by them; E841 where the one it is merged into is not there on the day on which it ends:
    nobody would have what is its."""
    kept = register.keep_plain(gate, record, register.resolve(record, given, finder))
    _refuse_namesake(gate, kept.row_id)
    _refuse_gone(gate, kept.row_id)
    finder.forget()
    return kept


def _refuse_namesake(gate: Gate, row_id: int) -> None:
    own = gate.row("department", row_id)
    faults = []
    for other in gate.connection.execute(
        "SELECT number, name, short_name FROM department WHERE id <> ? AND voided_on IS NULL"
        " AND COALESCE(from_on, ?) < ? AND ? < COALESCE(until_on, ?) ORDER BY id",
        (row_id, BEGINNING, own["until_on"] or OPEN, own["from_on"] or BEGINNING, OPEN),
    ).fetchall():
        theirs = {other[name] for name in CALLED} - {None}
        faults += [
            Fault("E791", {"other": other["name"], "number": other["number"]}, str(own[name]), name)
            for name in CALLED
            if own[name] in theirs
        ]
    if faults:
        raise Refused(faults)


def _refuse_gone(gate: Gate, row_id: int) -> None:
    """What is merged, this one into another and others into this one, is merged into what is there on the day."""
    own = gate.row("department", row_id)
    gone = gate.connection.execute(
        "SELECT o.name, d.until_on FROM department d JOIN department o ON o.number = d.merged_into"
        " WHERE (d.id = ?1 OR d.merged_into = ?2) AND d.id <> o.id AND d.voided_on IS NULL"
        " AND NOT (COALESCE(o.from_on, ?3) <= d.until_on AND d.until_on < COALESCE(o.until_on, ?4))",
        (row_id, own["number"], BEGINNING, OPEN),
    ).fetchall()
    if gone:
        raise Refused(Fault("E841", {"other": name, "day": day}, name, "merged_into") for name, day in gone)
