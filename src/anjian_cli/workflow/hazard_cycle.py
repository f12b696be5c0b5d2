"""The life of a hazard: found, reported, listed, extended, rectified, accepted, sent back (总局令第16号).

Each step writes the rows that it begins and ends. What must hold among them, whatever the way they came in, is said
in rules/hazard.py; here a step is refused where the state does not allow it.
"""

from __future__ import annotations

from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger import lookup
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.hazard import late_from
from anjian_cli.rules.intervals import OPEN


class Stage(NamedTuple):
    """Where a hazard stands: its row, the deadline row that is last, the last round, the listing in force,
    and the number as people say it."""

    hazard: Row
    deadline: Row
    round: Row | None
    listing: Row | None
    number: str

    @property
    def closed(self) -> bool:
        return self.deadline["ended_by"] == "验收"

    @property
    def awaiting_acceptance(self) -> bool:
        return self.round is not None and self.round["conclusion"] is None


class Acceptance(NamedTuple):
    """What is registered of an acceptance (验收); None = not told.

    `on` is its day (YYYY-MM-DD). `qualified` is 合格, which closes the hazard (销号); else it is 不合格, and
    `failure_reason` says why. `by` is the person who accepted, `unit` that person's unit and `level` the unit's
    (县级 …): while a hazard is listed, only the level that listed it accepts it.
    """

    on: str
    qualified: bool = True
    by: str | None = None
    unit: str | None = None
    level: str | None = None
    failure_reason: str | None = None


def stage(gate: Gate, hazard: int) -> Stage:
    """Where the hazard stands now. Raises `Refused` E416 if it was voided."""
    row = gate.row("hazard", hazard)
    if row["voided_on"] is not None:
        raise refused("E416", str(row["number"]), number=row["number"])
    deadline = _last(gate, "hazard_deadline", hazard)
    if deadline is None:
        raise LookupError(f"hazard {hazard} has no deadline")
    listing = _last(gate, "supervision", hazard)
    in_force = listing if listing is not None and listing["until_on"] == OPEN else None
    number = lookup.short_number(gate.connection, str(row["number"]), gate.today)
    return Stage(row, deadline, _last(gate, "rectification", hazard), in_force, number)


def open_deadline(gate: Gate, hazard: int, from_on: str, deadline_on: str, **why: str | None) -> None:
    """Put a deadline in force from a day on."""
    gate.insert(
        "hazard_deadline",
        hazard_id=hazard,
        deadline_on=deadline_on,
        late_from=late_from(deadline_on, from_on),
        from_on=from_on,
        due_on=deadline_on,
        reason=why.get("reason"),
        approved_by=why.get("approved_by"),
        document=why.get("document"),
    )


def report(gate: Gate, hazard: int, on: str, cause: str | None, harm: str | None, plan: str | None) -> None:
    """Report a hazard: state and cause, harm and difficulty, plan (第十四条). Raises E403, E409."""
    now = _open_stage(gate, hazard)
    if now.hazard["reported_on"] is not None:
        raise refused("E409", number=now.number, day=now.hazard["reported_on"])
    gate.update("hazard", hazard, reported_on=on, report_cause=cause, report_harm=harm, report_plan=plan)


def supervise(gate: Gate, hazard: int, level: str, document: str | None, on: str) -> None:
    """List a major hazard at a level (挂牌督办). Raises E403, E407, E408, E410."""
    now = _open_stage(gate, hazard)
    if now.listing is not None:
        raise refused("E408", number=now.number, level=now.listing["level"])
    if now.hazard["level"] != "重大":
        raise refused("E407", number=now.number)
    (sent_back,) = gate.connection.execute(
        "SELECT max(until_on) FROM rectification WHERE hazard_id = ? AND until_on < ?", (hazard, OPEN)
    ).fetchone()
    _not_before(on, "挂牌日期", sent_back or "", "退回日期")
    gate.insert("supervision", hazard_id=hazard, level=level, document=document, from_on=on)


def extend(
    gate: Gate,
    hazard: int,
    to: str,
    on: str,
    reason: str | None,
    approved_by: str | None,
    document: str | None,
) -> None:
    """Extend the deadline from `on`; the original one stays on record. Raises E403, E406, E410."""
    now = _open_stage(gate, hazard)
    if to <= str(now.deadline["deadline_on"]):
        raise refused("E406", day=to, deadline=now.deadline["deadline_on"])
    _not_before(on, "延期日期", *_begun(now))
    # A deadline that had passed when it was set was never in force on its own day.
    _not_before(to, "延至的日期", on, "延期日期")
    # Extended before its own day, the deadline never falls due; extended later, it stays due and was missed.
    superseded = on <= str(now.deadline["deadline_on"])
    gate.update(
        "hazard_deadline",
        _id(now.deadline),
        until_on=on,
        ended_by="延期",
        due_on=None if superseded else now.deadline["due_on"],
    )
    open_deadline(gate, hazard, on, to, reason=reason, approved_by=approved_by, document=document)


def rectify(gate: Gate, hazard: int, on: str, measures: str | None = None, funds: int | None = None) -> None:
    """Register that a hazard was rectified; it is not accepted yet. Raises E403, E405, E214 (before it was found)."""
    now = _open_stage(gate, hazard)
    if on < (found_on := str(now.hazard["found_on"])):  # said here: an acceptance would stumble over its deadline first
        raise Refused([Fault("E214", {"other_title": "发现日期", "other": found_on}, on, "rectified_on")])
    if now.round is not None and now.awaiting_acceptance:
        raise refused("E405", number=now.number, day=now.round["rectified_on"])
    gate.insert("rectification", hazard_id=hazard, rectified_on=on, measures=measures, funds=funds)


def accept(gate: Gate, hazard: int, acceptance: Acceptance) -> None:
    """Accept a rectified hazard, which closes it (销号), or send the round back as 不合格.

    Raises E401 (not rectified), E403 (closed already), E410; E402 and E420 come from the rules at the gate.
    """
    on = acceptance.on
    now = _open_stage(gate, hazard)
    if now.round is None or not now.awaiting_acceptance:
        raise refused("E401", number=now.number)
    _not_before(on, "验收日期", str(now.round["rectified_on"]), "整改完成日期")
    gate.update(
        "rectification",
        _id(now.round),
        accepted_on=on,
        conclusion="合格" if acceptance.qualified else "不合格",
        accepted_by=acceptance.by,
        accepted_unit=acceptance.unit,
        accepted_level=acceptance.level,
        failure_reason=acceptance.failure_reason,
    )
    if not acceptance.qualified:
        return
    _not_before(on, "验收日期", *_begun(now))
    gate.update("hazard_deadline", _id(now.deadline), until_on=on, ended_by="验收")
    for row in gate.connection.execute(
        "SELECT id FROM hazard_deadline WHERE hazard_id = ? AND settled_on IS NULL", (hazard,)
    ).fetchall():
        gate.update("hazard_deadline", row["id"], settled_on=on)
    if now.listing is not None:
        _not_before(on, "验收日期", str(now.listing["from_on"]), "挂牌日期")
        gate.update("supervision", _id(now.listing), until_on=on)


def close(gate: Gate, hazard: int, acceptance: Acceptance, *, rectified_on: str | None = None) -> None:
    """The everyday step: accept what was rectified; with `rectified_on`, register that as well. Raises as
    `rectify` and `accept` do."""
    if rectified_on is not None:
        rectify(gate, hazard, rectified_on)
    accept(gate, hazard, acceptance)


def reopen(gate: Gate, hazard: int, on: str, deadline: str, reason: str | None) -> None:
    """Send a closed hazard back with a new deadline (退回). Raises E404, E410, E416."""
    now = stage(gate, hazard)
    if not now.closed or now.round is None:
        raise refused("E404", number=now.number)
    _not_before(on, "退回日期", str(now.round["accepted_on"]), "验收日期")
    _not_before(deadline, "整改期限", on, "退回日期")
    gate.update("rectification", _id(now.round), until_on=on)
    if now.deadline["due_on"] is not None and on <= str(now.deadline["due_on"]):
        gate.update("hazard_deadline", _id(now.deadline), due_on=None)
    open_deadline(gate, hazard, on, deadline, reason=reason)


def _open_stage(gate: Gate, hazard: int) -> Stage:
    now = stage(gate, hazard)
    if now.closed:
        raise refused("E403", number=now.number, day=now.deadline["until_on"])
    return now


def _last(gate: Gate, table: str, hazard: int) -> Row | None:
    found = gate.connection.execute(
        f"SELECT * FROM {table} WHERE hazard_id = ? ORDER BY id DESC LIMIT 1", (hazard,)
    ).fetchone()
    return dict(found) if found else None


def _begun(now: Stage) -> tuple[str, str]:
    """The first day of the deadline in force, and what that day is called."""
    day = str(now.deadline["from_on"])
    return day, "发现日期" if day == now.hazard["found_on"] else "上次延期或退回的日期"


def _not_before(day: str, title: str, other: str, other_title: str) -> None:
    if day < other:
        raise refused("E410", day=day, title=title, other=other, other_title=other_title)


def _id(row: Row) -> int:
    return int(str(row["id"]))
