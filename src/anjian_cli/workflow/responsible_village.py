"""Keep a responsible village: its town and its year say what need not be typed; a village is rewarded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a village of a year's programme; without a day it is enrolled from 1 January.

    Raises `Refused` E440 (rewarded before).
    """
    stored = register.resolve(record, given, finder)
    row = register.existing(gate, record, stored)
    if row is None:
        stored["town_code"] = stored.get("town_code") or finder.town_of_village(str(stored["village_code"]))
        stored["enrolled_on"] = stored.get("enrolled_on") or f"{stored['year']}-01-01"
    kept = register.keep_plain(gate, record, stored, row)
    refuse_second_reward(gate, gate.row("responsible_village", kept.row_id))
    return kept


def voided(gate: Gate, row: Row) -> None:
    """What was done in the village goes with it: the enterprises guided are voided for the same reason."""
    standing = gate.row("responsible_village", int(str(row["id"])))
    reason = {"voided_on": standing["voided_on"], "void_reason": standing["void_reason"]}
    for (guided,) in gate.connection.execute(
        "SELECT id FROM guidance WHERE responsible_village_id = ? AND voided_on IS NULL", (row["id"],)
    ).fetchall():
        gate.update("guidance", guided, **reason)


def refuse_second_reward(gate: Gate, row: Row) -> None:
    """E440 if the village of a programme was rewarded in another one as well."""
    if row["paid_on"] is None:
        return
    other = gate.connection.execute(
        "SELECT p.year, p.number, v.name FROM responsible_village p JOIN village v ON v.code = p.village_code"
        " WHERE p.village_code = ? AND p.id <> ? AND p.paid_on IS NOT NULL AND p.voided_on IS NULL",
        (row["village_code"], row["id"]),
    ).fetchone()
    if other is not None:
        words = {"village": other["name"], "year": other["year"], "number": other["number"]}
        raise Refused([Fault("E440", words, str(row["paid_on"]), "paid_on")])
