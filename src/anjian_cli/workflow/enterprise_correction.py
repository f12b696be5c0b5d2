"""Mend what was entered wrongly of an enterprise (更正): its name, and the last change of town or state, or its day.

A correction is no event: the firm was never called so, did not move, was not closed on that day. So no former name is
noted, and the row that was wrong is put right where it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import refused
from anjian_cli.ledger.content import Row, Value
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import likeness
from anjian_cli.records.values import CLEAR
from anjian_cli.rules.intervals import BEGINNING
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

DATED = ("town_code", "village_code", "state", "changed_on")


def correct(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Mend an enterprise by its number. Of 变更日期 alone the one change there was is meant; told with 镇（街、区） or
    经营状态, the last change of that. `CLEAR` takes the change away.

    Raises `Refused` E235, E236, E410, E482 (nothing has changed), E488 (town and state both have).
    """
    stored = register.resolve(record, given, finder)
    if stored.get("name"):
        stored["name_key"] = likeness.key(str(stored["name"]))
    told = {name: stored.pop(name) for name in DATED if stored.get(name) is not None}
    risks = stored.pop("risks", None)
    row = register.existing(gate, record, stored)
    if row is None:
        raise refused("E202", None, "number")
    kept = register.update(gate, record, row, stored)
    places = _rows(gate, "residence", kept.row_id)
    states = _rows(gate, "operating_state", kept.row_id)
    _place(gate, kept, places[-1], told)
    of_state = _state(gate, kept, states, told)
    if "changed_on" in told:
        _change(gate, kept, told, places, [] if of_state else states)
    if risks is not None:
        from anjian_cli.workflow.enterprise import set_risks

        set_risks(gate, kept, risks)
    return kept


def _place(gate: Gate, kept: Kept, last: Row, told: Values) -> None:
    place: dict[str, Value] = {}
    for column in ("town_code", "village_code"):
        value = told.get(column)
        fresh = None if value == CLEAR else value
        if value is not None and fresh != last[column]:
            kept.changed(column, last[column], fresh)
            place[column] = fresh
    if "town_code" in place:
        place.setdefault("village_code", None)
    if place:
        gate.update("residence", _id(last), **place)


def _state(gate: Gate, kept: Kept, states: list[Row], told: Values) -> bool:
    """Mend the state itself; whether it is gone by that."""
    state = told.get("state")
    if state is None:
        return False
    if not states:
        if state == "在营":
            return False
        raise refused("E482", str(state), "state", step="经营状态的变更")
    last = states[-1]
    if state == last["state"]:
        return False
    kept.changed("state", last["state"], state)
    if state == "在营":
        gate.delete("operating_state", _id(last))
        return True
    gate.update("operating_state", _id(last), state=state)
    return False


def _change(gate: Gate, kept: Kept, told: Values, places: list[Row], states: list[Row]) -> None:
    """Put the day of the last change right, or take the change away."""
    moved, changed = len(places) > 1, bool(states)
    by_place, by_state = "town_code" in told, "state" in told
    if moved and changed and by_place == by_state:
        raise refused("E488", None, "changed_on")
    table = "residence" if moved and (by_place or not changed) else "operating_state"
    rows = places if table == "residence" else states
    if not (moved if table == "residence" else changed):
        raise refused("E482", str(told["changed_on"]), "changed_on", step="属地或经营状态的变更")
    last, before = rows[-1], rows[-2] if len(rows) > 1 else None
    day = told["changed_on"]
    adjoining = before is not None and before["until_on"] == last["from_on"]
    if day == CLEAR:
        gate.delete(table, _id(last))
        if adjoining and before is not None:
            gate.update(table, _id(before), until_on=last["until_on"])
        kept.changed("changed_on", last["from_on"], None)
        return
    first = str(before["from_on"]) if before is not None else BEGINNING
    if day <= first:
        raise refused("E410", day=day, title="变更日期", other=first, other_title="上一次变更日期")
    if day >= str(last["until_on"]):
        raise refused("E410", day=last["until_on"], title="下一次变更日期", other=day, other_title="变更日期")
    if adjoining and before is not None:
        gate.update(table, _id(before), until_on=day)
    if day != last["from_on"]:
        kept.changed("changed_on", last["from_on"], day)
    gate.update(table, _id(last), from_on=day)


def _rows(gate: Gate, table: str, enterprise: int) -> list[Row]:
    found = gate.connection.execute(
        f'SELECT id FROM "{table}" WHERE enterprise_id = ? ORDER BY from_on', (enterprise,)
    ).fetchall()
    return [gate.row(table, int(row["id"])) for row in found]


def _id(row: Row) -> int:
    return int(str(row["id"]))
