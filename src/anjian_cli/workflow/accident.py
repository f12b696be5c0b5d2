"""Keep an accident: what happened is one row, what was known of its casualties from a day on is another each time.

A correction (续报) is counted on its own day; a mistake of the pen is put right where it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import refused
from anjian_cli.ledger.content import Row, Value
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.accident import CASUALTIES
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in an accident. With a day of correction (续报日期) the casualties given are what is known from then on.

    A file without that day which tells again what was known before a correction is an old one: it corrects nothing.
    """
    stored = register.resolve(record, given, finder)
    told = {name: stored.pop(name) for name in CASUALTIES if name in stored}
    known_on = stored.pop("known_on", None)
    row = register.existing(gate, record, stored)
    if row is None:
        stored["production"] = stored.get("production") or "是"
        kept = register.keep_plain(gate, record, stored)
        toll = {name: None if told.get(name) == CLEAR else told.get(name) for name in CASUALTIES}
        gate.insert("casualties", accident_id=kept.row_id, known_on=known_on or stored["happened_on"], **toll)
        return kept
    kept = register.keep_plain(gate, record, stored, row)
    if stored.get("happened_on") not in (None, row["happened_on"]):
        first = _casualties(gate, kept.row_id)[0]
        if first["known_on"] == row["happened_on"]:
            gate.update("casualties", int(str(first["id"])), known_on=stored["happened_on"])
    if stored.get("number") or known_on or not _known_before(gate, kept.row_id, told):
        _tell(gate, kept, told, known_on)
    return kept


STEPS = ("known_on",)
"""What a correction can take away."""


def correct(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Mend an accident: casualties are those that were told last, 续报日期 is the day of the last 续报 (`CLEAR`: there
    was none). Raises `Refused` as `keep`, and E482 where casualties were told but once."""
    known_on = given.get("known_on")
    kept = keep(gate, record, {name: value for name, value in given.items() if name != "known_on"}, finder)
    if known_on is None:
        return kept
    *before, last = _casualties(gate, kept.row_id)
    if not before:
        raise refused("E482", str(known_on), "known_on", step="续报")
    if known_on == CLEAR:
        gate.delete("casualties", int(str(last["id"])))
    else:
        gate.update("casualties", int(str(last["id"])), known_on=known_on)
    if last["known_on"] != known_on:
        kept.changed("known_on", last["known_on"], _day(known_on))
    return kept


def _day(value: object) -> Value:
    return None if value == CLEAR else str(value)


def amend(gate: Gate, accident: int, on: str, told: Values) -> None:
    """Correct the casualties from a day on (续报). Raises E416 (voided), E449 (written off), E214 and E435."""
    row = gate.row("accident", accident)
    if row["voided_on"] is not None:
        raise refused("E416", str(row["number"]), number=row["number"])
    if row["written_off_on"] is not None:
        raise refused("E449", number=row["number"], day=row["written_off_on"])
    _tell(gate, Kept("accident", accident, "accident", accident, str(row["number"])), told, on)


def _tell(gate: Gate, kept: Kept, told: Values, known_on: str | None) -> None:
    """What is told of the casualties: from a day on, or, without one, of what was told last."""
    rows = _casualties(gate, kept.row_id)
    last = rows[-1]
    standing = next((row for row in rows if row["known_on"] == known_on), None) if known_on else last
    if standing is None:
        fresh = {name: last[name] if told.get(name) is None else _value(told[name]) for name in CASUALTIES}
        gate.insert("casualties", accident_id=kept.row_id, known_on=known_on, **fresh)
        changed = [name for name in CASUALTIES if fresh[name] != last[name]]
    else:
        fresh = {name: _value(value) for name, value in told.items() if value is not None}
        changed = [name for name, value in fresh.items() if standing[name] != value]
        gate.update("casualties", int(str(standing["id"])), **fresh)
        last = standing
    for name in changed:
        kept.changed(name, last[name], fresh[name])


def _known_before(gate: Gate, accident: int, told: Values) -> bool:
    said = {name: _value(value) for name, value in told.items() if value is not None}
    return any(all(row[name] == value for name, value in said.items()) for row in _casualties(gate, accident)[:-1])


def _casualties(gate: Gate, accident: int) -> list[Row]:
    found = gate.connection.execute("SELECT * FROM casualties WHERE accident_id = ? ORDER BY id", (accident,))
    return [dict(row) for row in found.fetchall()]


def _value(value: object) -> Value:
    return None if value == CLEAR else int(str(value))
