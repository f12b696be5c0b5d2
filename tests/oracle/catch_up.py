"""A second opinion on who is due to say how it catches up (补差计划), over plain facts: whom the months that were
issued name as lagging, and the plans that were filed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from oracle.covering import Asked, Unit, unit_on


@dataclass(frozen=True)
class Issued:
    month: str
    on: str
    laggards: tuple[str, ...]
    due_on: str


@dataclass(frozen=True)
class Plan:
    town: str
    month: str
    filed_on: str
    voided: bool = False


@dataclass
class Office:
    """`issued` in the order of the days of issue."""

    towns: dict[str, Unit]
    issued: list[Issued]
    plans: list[Plan] = field(default_factory=list)


def asked(office: Office, day: str) -> Iterator[Asked]:
    """Only the letter that was issued last asks, and only in an office where somebody has filed a plan by then, of its
    month or one before. A town that became a part of another one is that one: a plan of either is a plan of both."""
    known = [letter for letter in office.issued if letter.on <= day]
    filed = [plan for plan in office.plans if not plan.voided and plan.filed_on <= day]
    if not known or not any(plan.month <= known[-1].month for plan in filed):
        return
    letter = known[-1]
    done = {unit_on(office.towns, plan.town, day) for plan in filed if plan.month == letter.month}
    for town in {unit_on(office.towns, code, day) for code in letter.laggards} - done:
        title = f"{letter.month[:4]}年{int(letter.month[5:])}月"
        yield Asked("补差计划", town, title, letter.due_on)
