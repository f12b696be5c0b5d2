"""Keep a part of a campaign's scope: its kind says in which of its fields it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Misread, Refused
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import codes
from anjian_cli.records.campaign_scope import TOLD_IN
from anjian_cli.records.risk_grade import GRADES
from anjian_cli.records.values import CLEAR
from anjian_cli.rules import word_lists
from anjian_cli.rules.intervals import BEGINNING, OPEN
from anjian_cli.workflow import of_campaign, register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

WHICH = ("word", "town_code", "enterprise_id")
"""The columns of which one says which firms are meant."""
KEY = ("campaign_id", "kind", *WHICH, "from_on")


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a part of a scope. Raises `Refused` E860 (no such campaign), E861 (what its kind asks is not told), E203
    and E229 (no such word, no such industry), E214, E238."""
    stored = register.resolve(record, given, finder)
    row = meant(gate, record, stored)
    if row is not None:
        of_campaign.refuse_taken(gate, record, row, {name: stored[name] for name in KEY})
        stored |= {name: CLEAR for name in WHICH if stored[name] is None and row[name] is not None}
    register.refuse_backwards(stored, ("from_on", "列入日期"), ("until_on", "移出日期"))
    return register.keep_plain(gate, record, stored, row)


def meant(gate: Gate, record: Record, stored: Values) -> Row | None:
    """The part of a scope that values speak of; None for a new one. They are completed by what is known of it, and by
    what its kind means."""
    of_campaign.campaign(gate, stored)
    row = register.existing(gate, record, {"number": stored.get("number")})
    for name, always in (("from_on", BEGINNING), ("until_on", OPEN)):
        told = stored.get(name) or (always if row is None else row[name])
        stored[name] = always if told == CLEAR else told
    if row is not None:
        stored |= {name: row[name] for name in ("campaign_id", "kind") if stored.get(name) is None}
    _read(gate, stored, row)
    return row or of_campaign.known(gate, record, stored, {name: stored.get(name) for name in KEY})


def _read(gate: Gate, stored: Values, row: Row | None) -> None:
    """Of the three columns the one that the kind asks for, as it is stored; the others are nothing."""
    kind = str(stored["kind"])
    field = TOLD_IN.get(kind, "word")
    asked = register.STORED_AS.get(field, field)
    value = stored.get(asked)
    if value is None and row is not None and row["kind"] == kind:
        value = row[asked]
    loose = "word" if asked != "word" and stored.get("word") is not None else ""
    if asked != "enterprise_id" and stored.get("enterprise_id") is not None:
        loose = "enterprise"
    if asked == "word" and stored.get("town_code") is not None:
        loose = "town"
    if value is None or loose:
        title = {"word": "范围词语", "town": "镇（街、区）", "enterprise": "企业名称"}[field]
        raise Refused([Fault("E861", {"kind": kind, "title": title}, None, loose or field)])
    if asked == "word":
        value = _word(gate, kind, str(value))
    stored.update({name: value if name == asked else None for name in WHICH})


def _word(gate: Gate, kind: str, text: str) -> str:
    """A risk as its list has it, the beginning of an industry's code, or a grade."""
    try:
        if kind == "风险":
            of, use = word_lists.uses_of("enterprise")["risks"]
            return Finder(gate.connection).term(of, use, of.meant.get(text, text), None)
        if kind == "行业":
            return codes.industry(text)
        if text.rstrip("色") not in GRADES:
            raise Misread("E203", choices="、".join(GRADES))
        return text.rstrip("色")
    except Misread as error:
        raise Refused([error.fault(text, "word")]) from error
