"""Keep a hazard as a form or a file tells it: the finding, and the steps of its life that are known by now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger import words
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.hazard import HANDING_OVER, STEPS
from anjian_cli.records.values import CLEAR
from anjian_cli.rules import major_hazard
from anjian_cli.rules.hazard import late_from
from anjian_cli.rules.word_lists import HAZARDS
from anjian_cli.workflow import hazard_charge, hazard_cycle, register
from anjian_cli.workflow.hazard_correction import correct as correct
from anjian_cli.workflow.hazard_cycle import Acceptance
from anjian_cli.workflow.hazard_meant import alike, cite, meant
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


HANDING = ("handed_over_on", *HANDING_OVER)
SHOWN = 5
"""How many are named where several have the same thing said of them."""


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a hazard and the steps told with it, under the rules that a command meets.

    Raises `Refused` E202, E412 (another deadline than the ledger's), E424, and what the steps raise.
    """
    stored = register.resolve(record, given, finder)
    steps = {name: stored.pop(name) for name in STEPS if name in stored and name not in HANDING}
    row = meant(gate, record, stored)
    cite(stored, row)
    kept = _new(gate, record, stored) if row is None else _known(gate, record, row, stored)
    _take_steps(gate, kept, steps)
    return kept


def remarks(gate: Gate, kept: Iterable[Kept]) -> list[Fault]:
    """Of hazards that are entered with a clause by which they are major: those that are not entered as such (N410); of
    those whose basis is written as a clause that the list does not have (N411); of categories that are in no list, and
    stand as they are (N412)."""
    listed = list(kept)
    told = [
        one.row_id for one in listed if one.outcome == "new" or {"basis", "level"} & {name for name, *_ in one.changes}
    ]
    found = gate.connection.execute(
        "SELECT number, level, basis FROM hazard WHERE basis IS NOT NULL AND id IN (SELECT value FROM json_each(?))"
        " ORDER BY id",
        (json.dumps(told),),
    ).fetchall()
    lesser = [str(number) for number, level, basis in found if level != "重大" and major_hazard.meant(basis)]
    unknown = [basis for _, _, basis in found if major_hazard.is_code(basis)]
    said = [Fault("N410", {"numbers": _listed(lesser)})] if lesser else []
    said += [Fault("N411", {"codes": _listed(list(dict.fromkeys(unknown)))})] * bool(unknown)
    return [*said, *_categories(gate, listed)]


def _categories(gate: Gate, kept: Sequence[Kept]) -> Iterator[Fault]:
    """The categories that hazards were entered with and that no list has."""
    told = [one.row_id for one in kept if one.outcome == "new" or "category" in {name for name, *_ in one.changes}]
    found = gate.connection.execute(
        "SELECT DISTINCT category FROM hazard WHERE category IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(told),),
    ).fetchall()
    known = words.of(gate.connection)
    if own := [str(category) for (category,) in found if known.known(HAZARDS, str(category)) is None]:
        yield Fault("N412", {"words": _listed(sorted(own)), "word": sorted(own)[0]})


def _listed(words: list[str]) -> str:
    return f"{'、'.join(words[:SHOWN])}{f'等{len(words)}个' if len(words) > SHOWN else ''}"


def _take_steps(gate: Gate, kept: Kept, steps: Values) -> None:
    _refuse_loose(steps)
    with _laid_on("supervised_on"):
        _supervise(gate, kept, steps)
    with _laid_on("extended_to"):
        _extend(gate, kept, steps)
    with _laid_on("rectified_on"):
        _rectify(gate, kept, steps)
    with _laid_on("accepted_on"):
        _accept(gate, kept, steps)


@contextmanager
def _laid_on(field: str) -> Iterator[None]:
    """A step that is refused names the field which told it."""
    try:
        yield
    except Refused as refusal:
        raise Refused(fault if fault.field else fault._replace(field=field) for fault in refusal.faults) from refusal


def _new(gate: Gate, record: Record, stored: Values) -> Kept:
    if stored.get("enterprise_id") is None:
        raise Refused([Fault("E202", {}, None, "enterprise")])
    lacking = [column.title for name, column in record.columns.items() if column.required and stored.get(name) is None]
    if lacking:  # of a list that only closes hazards
        raise Refused([Fault("E345", {"kind": record.title, "titles": "、".join(lacking)}, None, "description")])
    if stored.get("town_code") in (None, CLEAR):
        stored["town_code"] = register.town_on(gate, int(stored["enterprise_id"]), str(stored["found_on"]))
    handed_over, to = stored.pop("handed_over_on", None), stored.get("charged_to")
    letter = {name: stored.pop(name, None) for name in HANDING_OVER}
    if handed_over is not None:
        stored["charged_to"] = None  # who answered for it before, nobody has said
    kept = register.insert(gate, record, register.region_of(gate, stored), stored)
    if handed_over is not None:
        with _laid_on("handed_over_on"):
            hazard_charge.hand_over(gate, kept.row_id, to, handed_over)
    for _ in hazard_charge.mend_letter(gate, kept.row_id, letter):
        pass
    hazard_cycle.open_deadline(gate, kept.row_id, str(stored["found_on"]), str(stored["deadline_on"]))
    return kept


def _known(gate: Gate, record: Record, row: Row, stored: Values) -> Kept:
    hazard = int(str(row["id"]))
    deadline = stored.pop("deadline_on", None)
    now = hazard_cycle.stage(gate, hazard)
    if deadline not in (None, row["deadline_on"], now.deadline["deadline_on"]):
        words = {"deadline": now.deadline["deadline_on"], "number": now.number}
        raise Refused([Fault("E412", words, str(deadline), "deadline_on")])
    _refuse_becoming_another(gate, record, row, stored)
    handed_over, to = stored.pop("handed_over_on", None), stored.pop("charged_to", None)
    letter = {name: stored.pop(name, None) for name in HANDING_OVER}
    if not stored.get("number"):
        stored.pop("description", None)  # it was found by that: another comma is no other description
    kept = register.update(gate, record, row, stored)
    with _laid_on("handed_over_on"):
        for change in hazard_charge.tell(gate, hazard, to, handed_over, letter):
            kept.changed(*change)
    if any(name == "found_on" for name, _, _ in kept.changes):
        _found_on_another_day(gate, hazard, str(stored["found_on"]))
    return kept


def _refuse_becoming_another(gate: Gate, record: Record, row: Row, stored: Values) -> None:
    """E292 where a hazard with a number would become the same as one that is there."""
    names = ("enterprise_id", "found_on", "description")
    fresh = {name: row[name] if stored.get(name) in (None, CLEAR) else stored[name] for name in names}
    if all(fresh[name] == row[name] for name in names):
        return
    for other in alike(gate, fresh):
        if other["id"] != row["id"] and other["voided_on"] is None:
            words = {"kind": record.title, "number": other["number"]}
            raise Refused([Fault("E292", words, str(row["number"]), "number")])


def _found_on_another_day(gate: Gate, hazard: int, day: str) -> None:
    first = gate.connection.execute(
        "SELECT * FROM hazard_deadline WHERE hazard_id = ? ORDER BY id LIMIT 1", (hazard,)
    ).fetchone()
    if day > first["until_on"] or day > first["deadline_on"]:
        words = {"other_title": "发现日期", "other": day}
        raise Refused([Fault("E214", words, first["deadline_on"], "deadline_on")])
    gate.update("hazard_deadline", int(first["id"]), from_on=day, late_from=late_from(first["deadline_on"], day))


def _refuse_loose(steps: Values) -> None:
    """An acceptance without its day, a listing without its level, an extension without its new deadline: half a step
    cannot be registered."""
    faults = []
    for needed, title, others in (
        ("accepted_on", "验收日期", (("accepted_by", "验收人"), ("conclusion", "验收结论"))),
        ("supervised_on", "挂牌日期", (("supervision_level", "挂牌级别"),)),
        ("supervision_level", "挂牌级别", (("supervised_on", "挂牌日期"),)),
        ("extended_to", "延至日期", (("extended_on", "延期日期"), ("extension_reason", "延期理由"))),
    ):
        for other, other_title in others:
            if steps.get(other) is not None and steps.get(needed) is None:
                faults.append(Fault("E424", {"title": title, "other_title": other_title}, None, needed))
    if faults:
        raise Refused(faults)


def _supervise(gate: Gate, kept: Kept, steps: Values) -> None:
    level, on = steps.get("supervision_level"), steps.get("supervised_on")
    if level is None or on is None:
        return
    known = gate.connection.execute(
        "SELECT 1 FROM supervision WHERE hazard_id = ? AND level = ? AND from_on = ?",
        (kept.row_id, level, on),
    ).fetchone()
    if known:
        return
    hazard_cycle.supervise(gate, kept.row_id, level, steps.get("supervision_document"), on)
    _step(kept, "supervised_on", on)


def _extend(gate: Gate, kept: Kept, steps: Values) -> None:
    """On the day told, or on the business day, as the command does."""
    to = steps.get("extended_to")
    if to is None:
        return
    known = gate.connection.execute(
        "SELECT 1 FROM hazard_deadline WHERE hazard_id = ?1 AND deadline_on = ?2"
        " AND id > (SELECT min(id) FROM hazard_deadline WHERE hazard_id = ?1)",
        (kept.row_id, to),
    ).fetchone()
    if known:
        return
    hazard_cycle.extend(
        gate,
        kept.row_id,
        to,
        steps.get("extended_on") or gate.today,
        steps.get("extension_reason"),
        steps.get("extension_unit"),
        steps.get("extension_document"),
    )
    kept.steps.append("延期")
    _step(kept, "extended_to", to)


def _rectify(gate: Gate, kept: Kept, steps: Values) -> None:
    on = steps.get("rectified_on")
    if on is None:
        return
    known = gate.connection.execute(
        "SELECT 1 FROM rectification WHERE hazard_id = ? AND rectified_on = ?", (kept.row_id, on)
    ).fetchone()
    if known:
        return
    hazard_cycle.rectify(gate, kept.row_id, on)
    kept.steps.append("整改完成")
    _step(kept, "rectified_on", on)


def _accept(gate: Gate, kept: Kept, steps: Values) -> None:
    on = steps.get("accepted_on")
    if on is None:
        return
    conclusion = steps.get("conclusion") or "合格"
    known = gate.connection.execute(
        "SELECT 1 FROM rectification WHERE hazard_id = ? AND accepted_on = ? AND conclusion = ?",
        (kept.row_id, on, conclusion),
    ).fetchone()
    if known:
        return
    now = hazard_cycle.stage(gate, kept.row_id)
    if not now.closed and not now.awaiting_acceptance:
        raise Refused([Fault("E421", {}, None, "rectified_on")])
    acceptance = Acceptance(
        on=on,
        qualified=conclusion == "合格",
        by=steps.get("accepted_by"),
        unit=steps.get("accepted_unit"),
        level=level_of(steps.get("accepted_unit")) or _level_elsewhere(gate, kept, steps),
        failure_reason=steps.get("failure_reason"),
    )
    hazard_cycle.accept(gate, kept.row_id, acceptance)
    # Rectified and judged in one row is one thing done, not two.
    kept.steps = [step for step in kept.steps if step != "整改完成"]
    kept.steps.append("销号" if conclusion == "合格" else "退回整改")
    _step(kept, "accepted_on", on)


def _level_elsewhere(gate: Gate, kept: Kept, steps: Values) -> str | None:
    """Of a hazard that comes with its number into a new ledger: the level that supervised it. The ledger it comes from
    has let no other accept it, and its tables do not tell which did."""
    taken_over = gate.numbers_are_free and kept.outcome == "new"
    return str(steps["supervision_level"]) if taken_over and steps.get("supervision_level") else None


def level_of(unit: object) -> str | None:
    """The level an accepting unit names outright (县级, 设区市级 …); None where it does not."""
    text = str(unit or "")
    return next((level for level in ("设区市级", "县级", "镇级", "省级") if level in text), None)


def _step(kept: Kept, name: str, on: object) -> None:
    if kept.outcome != "new":
        kept.changed(name, None, on)
