"""Which hazard values speak of, and what they mean as they are stored."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from anjian_cli.errors import refused
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.records import likeness
from anjian_cli.records.values import CLEAR
from anjian_cli.rules import major_hazard
from anjian_cli.rules.major_hazard import Clause
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def cite(stored: Values, row: Row | None) -> None:
    """Write a clause that the basis names by its code or its words as it is cited. Raises `Refused` E830 where it was
    not in force on the day the hazard was found; also where that day moves to such a one."""
    on = stored.get("found_on") or (row and row["found_on"])
    told = stored.get("basis")
    moved = row is not None and told is None and on != row["found_on"]
    text = row["basis"] if row is not None and moved else told
    if on in (None, CLEAR) or text in (None, CLEAR):
        return
    clauses = major_hazard.meant(str(text))
    clause = next((each for each in clauses if each.holds(str(on))), None)
    if clauses and clause is None:
        words = {"clause": clauses[0].code, "when": _when(clauses[0], str(on)), "on": on, "then": _then(str(on))}
        raise refused("E830", str(text), "found_on" if moved else "basis", **words)
    if clause is not None and not moved:
        stored["basis"] = clause.citation


def _when(clause: Clause, on: str) -> str:
    return f"{clause.from_on}才施行" if on < clause.from_on else f"{clause.until_on}起已废止"


def _then(on: str) -> str:
    standing = major_hazard.in_force(on)
    if not standing:
        return f"目录里没有{major_hazard.FIRST_DAY}以前的标准，依据请直接写文字"
    one = standing[0]
    return f"那天施行的是《{one.standard}》（{one.document}），条款请看：anjian 隐患 判定标准 --日期 {on}"


def meant(gate: Gate, record: Record, stored: Values) -> Row | None:
    """The hazard that values speak of: by its number, else the one of the enterprise that was found on the day told and
    is described alike; one in the very words goes before. None if there is none; `Refused` E236 if it was voided, and
    as `register.existing`."""
    if stored.get("number"):
        return register.existing(gate, record, stored)
    return register.alive(record, alike(gate, stored), "enterprise")


def alike(gate: Gate, stored: Values) -> list[sqlite3.Row]:
    """The hazards of the enterprise of that day that are described alike; those in the very words alone, or first."""
    told = {name: stored.get(name) for name in ("enterprise_id", "found_on")}
    words = stored.get("description")
    if words in (None, CLEAR) or not {None, CLEAR}.isdisjoint(told.values()):
        return []
    ledger, of_the_day = gate.reading("hazard", **told), "SELECT * FROM hazard WHERE enterprise_id = ? AND found_on = ?"
    # A list that comes a second time has the very words: a firm's hazards of a day are not compared one with another.
    same = f"{of_the_day} AND description = ? AND voided_on IS NULL"
    if found := ledger.execute(same, [*told.values(), words]).fetchall():
        return found
    rows = ledger.execute(of_the_day, [*told.values()]).fetchall()
    if not rows:
        return []
    key = likeness.key(str(words))
    alike = [row for row in rows if likeness.key(row["description"]) == key]
    return sorted(alike, key=lambda row: bool(row["description"] != words))
