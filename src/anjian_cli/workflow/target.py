"""Keep a target: the one in force before it ends where it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.values import CLEAR
from anjian_cli.rules.intervals import OPEN
from anjian_cli.rules.unit_kinds import DEPARTMENTS
from anjian_cli.workflow import register, timeline, whose
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

KEY = ("year", "indicator", "town_code", "department")


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a target. Without a day of its own a new one holds from 1 January of its year; a blank quantity of a
    new one means that there is none from that day on. Raises `Refused` E417 if moved to a day that is taken, E793 and
    E853 as `whose`."""
    stored: Values = dict.fromkeys(whose.UNITS) | register.resolve(record, given, finder)
    _refuse_without_effect(gate, stored)
    if stored.get("from_on") is None and stored.get("year") is not None and not stored.get("number"):
        stored["from_on"] = f"{stored['year']}-01-01"
    row = register.existing(gate, record, stored)
    _hold_whose(gate, given, stored, row)
    if row is None:
        columns = {**stored, "until_on": OPEN}
        kept = register.insert(gate, record, register.region_of(gate, stored), columns)
    else:
        _make_room(gate, row, stored)
        kept = register.update(gate, record, row, stored)
        voided(gate, row)
    voided(gate, gate.row("target", kept.row_id))
    return kept


def _hold_whose(gate: Gate, given: Values, stored: Values, row: Row | None) -> None:
    """It is of a town, of the whole county or of a department, and of a kind of unit that the scheme asks."""
    told = [given.get(name) not in (None, CLEAR) for name in ("town", "department")]
    whole = {**(row or {}), **{name: value for name, value in stored.items() if value is not None}}
    both = all(whole.get(name) not in (None, CLEAR) for name in whose.UNITS)
    emptied = any(given.get(name) == CLEAR for name in ("town", "department"))
    nobody = all(whole.get(name) in (None, CLEAR) for name in whose.UNITS)
    if both or all(told) or (emptied and nobody) or not (any(told) or given.get("number")):
        raise refused("E793", None, "town")
    if whole.get("town_code") not in (None, CLEAR) or whose.kind(whole) == DEPARTMENTS:
        whose.hold_asked(gate, str(whole["indicator"]), f"{whole['year']}-12-31", whose.kind(whole))


def _refuse_without_effect(gate: Gate, stored: Values) -> None:
    """A unit's task for what is measured against another indicator would be printed nowhere, and a task for what is
    only due on a day that is not over asks for nothing. The county's own is held against all that was done. Raises
    `Refused` E268."""
    if not stored.get("indicator") or stored.get("quantity") is None:
        return
    today = gate.connection.execute(
        "SELECT short FROM indicator WHERE id = ? AND kind = 'today'", (stored["indicator"],)
    ).fetchone()
    if today is not None:
        words = {"what": f"“{today['short']}”的任务", "why": "它只数当天没有过完时的记录", "remedy": "请不要下达这一条"}
        raise Refused([Fault("E268", words, None, "indicator")])
    if stored.get("town_code") is None and stored.get("department") is None:
        return
    found = gate.connection.execute(
        "SELECT i.short, a.title FROM indicator i JOIN indicator a ON a.id = i.against WHERE i.id = ?",
        (stored["indicator"],),
    ).fetchone()
    if found is not None:
        what, why = f"“{found['short']}”的任务", f"它的完成率对照的是“{found['title']}”，不是任务"
        words = {"what": what, "why": why, "remedy": "请不要下达这一条；应办的由台账自己数出"}
        raise Refused([Fault("E268", words, None, "indicator")])


def _make_room(gate: Gate, row: Row, stored: Values) -> None:
    """Before a target moves to another day or cell: is that day free? Its end is set anew when it stands there."""
    fresh = {name: row[name] if stored.get(name) is None else stored[name] for name in (*KEY, "from_on")}
    if all(row[name] == value for name, value in fresh.items()):
        return
    row_id, day = int(str(row["id"])), str(fresh.pop("from_on"))
    timeline.refuse_taken_day(gate, "target", "年度任务", fresh, day, row_id)
    gate.update("target", row_id, until_on=OPEN)


def voided(gate: Gate, row: Row) -> None:
    """The rows beside one that came, moved or went take up their days anew."""
    timeline.settle(gate, "target", {name: row[name] for name in KEY})
