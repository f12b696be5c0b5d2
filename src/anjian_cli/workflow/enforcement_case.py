"""Keep a case: its party is an enterprise of the ledger, a person, or none that the ledger has.

Nothing is guessed: the same credit code, else the same name, now or before. That it is a person is only told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Misread, Refused
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import likeness
from anjian_cli.records.enforcement_case import PARTIES
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

FIRM, PERSON, NONE = PARTIES


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a case. Raises `Refused` E232, E233 where its party is told to be an enterprise and is none of the
    ledger's, or several. Says N445 where it is none, N446 where the enterprise was in another town."""
    stored = register.resolve(record, given, finder)
    row = register.existing(gate, record, stored)
    said = _whose(gate, stored, row)
    kept = register.keep_plain(gate, record, stored, row)
    if said is None and kept.outcome != "unchanged":
        said = _elsewhere(gate, kept)
    if said is not None:
        kept.said.append(said)
    return kept


def _whose(gate: Gate, stored: Values, row: Row | None) -> Fault | None:
    """Put into what is stored whose the case is; says N445 where nobody knows."""
    told, firm = stored.get("party_kind"), stored.pop("firm", None)
    if firm not in (None, CLEAR):
        told = stored["party_kind"] = FIRM
    if told in (PERSON, NONE, CLEAR):
        stored["enterprise_id"] = CLEAR
        return None
    party, code = (_now(stored, row, name) for name in ("party", "credit_code"))
    if firm == CLEAR or (firm is not None and row is not None and _is_called(gate, row["enterprise_id"], firm)):
        firm = None
    standing = None if row is None or row["party_kind"] is None else (row["party"], row["credit_code"])
    if firm is None and row is not None and told in (None, row["party_kind"]) and standing == (party, code):
        return None
    if told is None and stored.get("party") is None and stored.get("credit_code") is None:
        return None
    try:
        found = _firm(gate, firm or str(party), code, _now(stored, row, "town_code"))
    except Misread as error:
        if told == FIRM:
            raise Refused([error.fault(firm or str(party), "firm" if firm else "party")]) from error
        known = PERSON if row is not None and row["party_kind"] == PERSON else NONE
        stored |= {"party_kind": known, "enterprise_id": CLEAR}
        return None if known == PERSON else Fault("N445", {"case": _now(stored, row, "case_number")})
    stored |= {"party_kind": FIRM, "enterprise_id": found}
    return None


def _is_called(gate: Gate, enterprise: object, name: str) -> bool:
    found = gate.connection.execute("SELECT name FROM enterprise WHERE id = ?", (enterprise,)).fetchone()
    return found is not None and likeness.key(found["name"]) == likeness.key(name)


def _now(stored: Values, row: Row | None, name: str) -> str | None:
    value = stored.get(name)
    if value is None and row is not None:
        value = row[name]
    return None if value in (None, CLEAR) else str(value)


def _firm(gate: Gate, party: str, code: str | None, town: str | None) -> int:
    """The enterprise by its code, else by its name where that one has no code or none was told. Raises `Misread` E232,
    E233."""
    finder = Finder(gate.connection)  # nothing is guessed, on the command line neither
    if code is not None:
        try:
            return finder.enterprise(None, code)
        except Misread:
            pass  # it is not in the ledger by that code
    found = finder.enterprise(party, None, town)
    (own,) = gate.connection.execute("SELECT credit_code FROM enterprise WHERE id = ?", (found,)).fetchone()
    if code is not None and own is not None:
        raise Misread("E233")
    return found


def _elsewhere(gate: Gate, kept: Kept) -> Fault | None:
    """N446 where the enterprise was in another town on the day on which the case was filed."""
    case = gate.row("enforcement_case", kept.row_id)
    fresh = kept.outcome == "new" or {"enterprise_id", "town_code", "filed_on"} & {name for name, *_ in kept.changes}
    if case["enterprise_id"] is None or not fresh:
        return None
    town = register.town_on(gate, int(str(case["enterprise_id"])), str(case["filed_on"]))
    if town in (None, case["town_code"]):
        return None
    (name,) = gate.connection.execute("SELECT name FROM town WHERE code = ?", (town,)).fetchone()
    return Fault("N446", {"case": case["case_number"], "town": name})
