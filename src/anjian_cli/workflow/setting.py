"""Keep a setting: read its value as its name demands; the value before it ends where it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Misread, Refused
from anjian_cli.ledger import settings
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder, Indicator
from anjian_cli.rules.intervals import BEGINNING, OPEN
from anjian_cli.workflow import register, timeline
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a setting. The first of its name holds from the beginning, a later one from the business day, unless
    a day is given. Raises `Refused` where the value cannot be read or the indicator or category does not exist."""
    stored = register.resolve(record, given, finder)
    name = _full_name(gate, str(stored["name"]), finder)
    stored["name"] = name
    stored["value"] = _value(name, str(stored["value"]))
    if name == "demonstration_day":
        _of_a_demonstration(gate, stored)
    standing = timeline.rows(gate, "setting", {"name": name})
    if stored.get("from_on") is None and not stored.get("number"):  # of a known one a blank leaves the day
        in_force = [r for r in standing if str(r["from_on"]) <= gate.today]
        if in_force and in_force[-1]["value"] == stored["value"]:
            stored["from_on"] = in_force[-1]["from_on"]
        else:
            stored["from_on"] = gate.today if standing else BEGINNING
    if gate.numbers_are_free:  # it has given settings numbers of its own
        stored.pop("number", None)
    row = register.existing(gate, record, stored)
    if row is not None:
        return register.update(gate, record, row, stored)
    region = stored["value"] if name == "region_code" else register.region_of(gate, stored)
    kept = register.insert(gate, record, region, {**stored, "until_on": OPEN})
    voided(gate, gate.row("setting", kept.row_id))
    return kept


def waits(given: Values) -> bool:
    """A setting of one town comes behind the towns, of which the region's own settings come first."""
    from anjian_cli.records.setting import BY_TOWN

    return str(given.get("name") or "").partition(".")[0] in BY_TOWN


def voided(gate: Gate, row: Row) -> None:
    """The rows beside one that came or went take up their days anew."""
    timeline.settle(gate, "setting", {"name": row["name"]})


def _of_a_demonstration(gate: Gate, stored: Values) -> None:
    """A real ledger goes by the clock. A demonstration's day holds at once: one dated by the day it replaces would
    never come into force where the new day lies before it. Raises `Refused` E106 in a real ledger."""
    if not settings.is_demonstration(gate.connection):
        title, remedy = "演示日期", "真台账以当天为今天，不能设；只有演示台账（anjian 演示）才带着自己的日子"
        raise Refused([Fault("E106", {"name": title, "remedy": remedy}, str(stored["value"]), "value")])
    stored["from_on"] = BEGINNING


def _value(name: str, text: str) -> str:
    from anjian_cli.records import setting

    try:
        return setting.kind(name)[1](text)
    except Misread as error:
        raise Refused([error.fault(text, "value")]) from error


def _refuse_idle_plan(gate: Gate, indicator: Indicator, told: str) -> None:
    """A plan curve is the pace of what is ranked or has tasks; what is measured against another indicator has none.
    Raises `Refused` E268, also for a control figure: there is no pace at which things should go wrong."""
    if _fewer_is_better(gate, indicator):
        raise _without_effect(f"“{indicator.short}”的序时计划", "它下达的是控制数，越少越好，没有序时进度", told)
    own = gate.connection.execute(
        "SELECT 1 FROM indicator i JOIN indicator a ON a.id = i.against WHERE i.id = ?", (indicator.id,)
    ).fetchone()
    if own is None:
        return
    ranked = gate.connection.execute("SELECT ranked FROM indicator WHERE id = ?", (indicator.id,)).fetchone()[0]
    if settings.all_in_force(gate.connection, gate.today).get(f"ranked.{indicator.id}", str(ranked)) != "1":
        raise _without_effect(f"“{indicator.short}”的序时计划", "它不评排名，也不能下达任务", told)


def _refuse_weight(gate: Gate, finder: Finder, told: str) -> None:
    """A weight is a category's. One for a control figure has a reason of its own. Raises `Refused` E268."""
    try:
        indicator = finder.indicator(told)
    except Misread:
        return
    if _fewer_is_better(gate, indicator):
        raise _without_effect(f"“{indicator.short}”的权重", "它下达的是控制数，越少越好，不计入综合得分", told)


def _fewer_is_better(gate: Gate, indicator: Indicator) -> bool:
    found = gate.connection.execute("SELECT direction FROM indicator WHERE id = ?", (indicator.id,)).fetchone()
    return str(found[0]) == "less"


def _without_effect(what: str, why: str, told: str) -> Refused:
    words = {"what": what, "why": why, "remedy": "不设即可"}
    return Refused([Fault("E268", words, told, "name")])


def _full_name(gate: Gate, name: str, finder: Finder) -> str:
    """plan.三级复评 -> plan.standard.reached.三级复评; weight.安全专项整治 -> weight.special; group.芝英镇 too."""
    head, dot, of = name.partition(".")
    if head in {"plan", "ranked"} and dot:
        try:
            indicator = finder.indicator(of)
        except Misread as error:
            raise Refused([error.fault(of, "name")]) from error
        if head == "plan":
            _refuse_idle_plan(gate, indicator, of)
        return f"{head}.{indicator.id}"
    if head == "weight":
        found = gate.connection.execute(
            "SELECT id, title, scored FROM category WHERE ? IN (id, title)", (of,)
        ).fetchone()
        if found is None:
            _refuse_weight(gate, finder, of)
            known = "、".join(row[0] for row in gate.connection.execute("SELECT title FROM category WHERE scored"))
            raise Refused([Misread("E203", choices=known).fault(of, "name")])
        if not found["scored"]:
            raise _without_effect(f"“{found['title']}”的权重", "这一类不计入综合得分", of)
        return f"weight.{found['id']}"
    if head in {"group", "mapping"} and dot:
        try:
            return f"{head}.{finder.town(of).code}"
        except Misread as error:
            raise Refused([error.fault(of, "name")]) from error
    return name
