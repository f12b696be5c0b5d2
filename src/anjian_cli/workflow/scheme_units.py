"""For which kinds of units (考核单位) an indicator of a scheme holds, and what it counts for departments.

Pure, as `scheme_draft`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from anjian_cli.errors import Fault
from anjian_cli.rules import measure, unit_kinds
from anjian_cli.rules.unit_kinds import DEPARTMENTS, ROLES, TOWNS, UNITS
from anjian_cli.workflow.scheme_draft import KINDS, MARK, Asked, Draft, Known

_SAID = {column: word for word, column in ROLES.items()}


def faults(draft: Draft, facts: Mapping[str, Known]) -> Iterator[Fault]:
    """Everything that is wrong with the units of a draft, each at its place: E813, E850 to E852."""
    known = {each.code: each for each in draft.indicators}
    for each in draft.indicators:
        for title, found in _of_indicator(each, known, facts):
            yield found._replace(place=each.place._replace(title=title))


def role(each: Asked, known: Mapping[str, Asked], facts: Mapping[str, Known]) -> str:
    """By which of its departments (a column of `measure.UNITS`) an indicator counts for departments: as it says, else
    as what it is held against, so that both sides of a rate are of one role, else as its fact mostly does. '' where
    it counts nothing, or knows of no department."""
    seen: set[str] = set()
    while True:
        own = next((ROLES[unit] for unit in unit_kinds.told(each.units) if unit in ROLES), None)
        if own is not None:
            return own
        seen.add(each.code)
        other = known.get(each.against)
        if other is None or other.code in seen or not unit_kinds.holds_for(other.units, DEPARTMENTS):
            fact = facts.get(each.measure.partition("?")[0].partition("@")[0])
            return unit_kinds.usual_role(fact.id, fact.roles) if fact else ""
        each = other


def for_departments(text: str, of: str) -> str:
    """A measure as it counts for departments by a role."""
    return measure.written(*measure.read(text)[:2], of)


def _of_indicator(each: Asked, known: Mapping[str, Asked], facts: Mapping[str, Known]) -> Iterator[tuple[str, Fault]]:
    """Each with the column that it is in."""
    told = unit_kinds.told(each.units)
    for unit in told:
        if unit not in UNITS:
            yield "考核单位", Fault("E813", {"known": "、".join(UNITS)}, unit)
            return
    of_departments = [unit for unit in told if unit != TOWNS]
    if len(of_departments) > 1:
        yield "考核单位", Fault("E850", {"told": "、".join(of_departments)}, each.units)
        return
    by = role(each, known, facts) if of_departments else ""
    if of_departments:
        for why in _impossible(each, by, facts):
            yield "考核单位", Fault("E851", {"title": each.title, "why": why}, each.units)
    for title, code in (("对照", each.against), ("结转", each.carried), ("名单外", each.apart), ("数自", each.counts)):
        other = known.get(code)
        if other is None or other.code == each.code:
            continue
        for kind in (TOWNS, DEPARTMENTS):
            if unit_kinds.holds_for(each.units, kind) and not unit_kinds.holds_for(other.units, kind):
                why = f"本指标考核{kind}，它不考核{kind}"
                yield title, Fault("E852", {"why": why}, other.short)
        theirs = role(other, known, facts) if unit_kinds.holds_for(other.units, DEPARTMENTS) else ""
        if by and theirs and by != theirs:
            why = f"“{each.short}”按{_SAID[by]}数，“{other.short}”按{_SAID[theirs]}数，不是同一个部门的"
            yield title, Fault("E852", {"why": why}, other.short)


def _impossible(each: Asked, by: str, facts: Mapping[str, Known]) -> Iterator[str]:
    """Why an indicator cannot hold for departments: what it counts is no department's."""
    if each.kind == MARK:
        return
    if each.kind != "sum":
        yield f"计法是“{KINDS[each.kind]}”的只能考核镇"
        return
    for text in (each.measure, *each.plus, *each.minus):
        fact = facts.get(text.partition("?")[0].partition("@")[0])
        if fact is not None and not fact.roles:
            yield f"“{fact.title}”的记录里没有部门，数不到部门头上"
        elif fact is not None and by not in fact.roles:
            yield f"“{fact.title}”的记录里没有{_SAID.get(by, DEPARTMENTS)}"
