"""Keep a standardization: which undertaking of the enterprise a row speaks of, when it has no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault
from anjian_cli.ledger import words
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.values import CLEAR
from anjian_cli.rules.standardization import Meant
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

STAGES = ("announced_on", "reviewed_on", "applied_on", "self_assessed_on", "consulted_on", "begun_on")


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a standardization: monthly tables tell the same one again, with one stage more. A day of beginning that
    was only taken from its first stage follows that stage when it is put right."""
    stored = register.resolve(record, given, finder)
    row = register.existing(gate, record, stored) or _meant(gate, record, stored)
    if row is not None and stored.get("begun_on") is None and row["begun_on"] == _first_stage(row):
        stored["begun_on"] = _first_stage({**row, **{k: v for k, v in stored.items() if v is not None}})
    return register.keep_plain(gate, record, stored, row)


ASKED_OF = {"grade", "enterprise_id", "begun_on", "announced_on"}


def questions(gate: Gate, kept: Kept) -> list[Fault]:
    """E487 for a grade of which re-review is owed where a higher one is valid: it holds for the lower as well."""
    if kept.outcome != "new" and not ASKED_OF.intersection(name for name, _, _ in kept.changes):
        return []
    row = gate.row("standardization", kept.row_id)
    meant = Meant(words.of(gate.connection))
    if not meant.rules(row).owed:
        return []
    day = row["announced_on"] or row["begun_on"]
    higher = gate.connection.execute(
        "SELECT * FROM standardization WHERE enterprise_id = ?"
        " AND announced_on <= ? AND ? < valid_until AND voided_on IS NULL",
        (row["enterprise_id"], day, day),
    )
    return [
        Fault(
            "E487",
            {"grade": each["grade"], "number": each["number"], "until": each["valid_until"], "of": row["grade"]},
            None,
            "grade",
        )
        for each in map(dict, higher)
        if meant.rules(each).height < meant.rules(row).height
    ]


def _first_stage(row: Values) -> str | None:
    return min((row[name] for name in STAGES[:-1] if row[name] not in (None, CLEAR)), default=None)


def _meant(gate: Gate, record: Record, stored: Values) -> Row | None:
    """Of the enterprise's undertakings of that grade and kind: the one with a stage on the same day, else the one
    still under way that was begun by then. Two in a row are told apart by their days. `Refused` E236 if only a voided
    one has such a day."""
    if stored.get("enterprise_id") in (None, CLEAR):
        return None
    sought = {name: stored[name] for name in ("enterprise_id", "grade", "kind")}
    rows = (
        gate.reading("standardization", **sought)
        .execute(
            "SELECT * FROM standardization WHERE enterprise_id = ? AND grade = ? AND kind = ? ORDER BY id DESC",
            tuple(sought.values()),
        )
        .fetchall()
    )
    told = {name: stored[name] for name in STAGES if stored.get(name) not in (None, CLEAR)}
    same = [row for row in rows if any(row[name] == day for name, day in told.items())]
    running = [
        row
        for row in rows
        if row["announced_on"] is None
        and row["abandoned_on"] is None
        and row["begun_on"] <= max(told.values(), default=gate.today)
    ]
    for row in (*same, *running):
        if row["voided_on"] is None:
            return dict(row)
    return register.alive(record, same, "enterprise")
