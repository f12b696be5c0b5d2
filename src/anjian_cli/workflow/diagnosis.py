"""Keep a diagnosis: it belongs to the enrolment (专项整治) it was made for, and fills the stages that nobody told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Misread, Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.values import CLEAR
from anjian_cli.rules import word_lists
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

FILLED = ("agency", "diagnosed_on", "planned_on")
"""What an enrolment takes from its diagnosis: columns of the same name in both."""
DAYS = {"diagnosed_on": "诊断日期", "planned_on": "方案日期"}


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a diagnosis. Raises `Refused` E865 (the enterprise is in no programme of the kind told). Says N447 where
    the enrolment has other days."""
    stored = register.resolve(record, given, finder)
    kind = stored.pop("programme", None)
    row = register.existing(gate, record, stored)
    enterprise = stored.get("enterprise_id") or (row["enterprise_id"] if row else None)
    another = row is not None and enterprise != row["enterprise_id"]
    if enterprise is not None and (kind is not None or row is None or row["programme_id"] is None or another):
        on = str(stored.get("diagnosed_on") or (row["diagnosed_on"] if row else gate.today))
        found = _programme(gate, finder, int(str(enterprise)), kind, on)
        stored["programme_id"] = CLEAR if found is None and another else found
    kept = register.keep_plain(gate, record, stored, row)
    _fill(gate, kept)
    return kept


def _programme(gate: Gate, finder: Finder, enterprise: int, kind: str | None, on: str) -> int | None:
    """The latest enrolment of a kind, or the only one there is of those that are not over on a day."""
    if kind is not None:
        of, use = word_lists.uses_of("programme")["kind"]
        try:
            kind = finder.term(of, use, kind, None)
        except Misread as error:
            raise Refused([error.fault(kind, "programme")]) from error
    found = gate.connection.execute(
        "SELECT id FROM programme WHERE enterprise_id = ?1 AND voided_on IS NULL AND (?2 IS NULL OR kind = ?2)"
        " AND (?2 IS NOT NULL OR"
        "   (accepted_on IS NULL OR accepted_on >= ?3) AND (excused_on IS NULL OR excused_on > ?3))"
        " ORDER BY enrolled_on DESC, id DESC",
        (enterprise, kind, on),
    ).fetchall()
    if kind is not None and not found:
        raise Refused([Fault("E865", {"kind": kind}, kind, "programme")])
    return int(found[0]["id"]) if found and (kind is not None or len(found) == 1) else None


def _fill(gate: Gate, kept: Kept) -> None:
    """The stages of the enrolment that nobody has told yet."""
    diagnosis = gate.row("diagnosis", kept.row_id)
    if diagnosis["programme_id"] is None:
        return
    programme = gate.row("programme", int(str(diagnosis["programme_id"])))
    fresh = {name: diagnosis[name] for name in FILLED if programme[name] is None and diagnosis[name] is not None}
    if fresh:
        gate.update("programme", int(str(programme["id"])), **fresh)
    for name, title in DAYS.items():
        if diagnosis[name] is not None and programme[name] not in (None, diagnosis[name]):
            words = {"number": programme["number"], "title": title, "day": programme[name], "told": diagnosis[name]}
            kept.said.append(Fault("N447", words))
