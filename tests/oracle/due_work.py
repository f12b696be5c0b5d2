"""A second opinion on what is due on a day: answers of departments, stages of rectification by the year's plan, what is
to be taken under trusteeship, certificates of the first and second grade.

From the domain's rules alone, as they are told in docs/guide and docs/decisions.md. Every item is a fact's
consequence: it is there from the day of that fact, and gone from the day of what settles it, whenever either was
learned. An item is the town's in which the firm is now; of a firm that closed nothing is asked from that day on.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from anjian_cli.bulletin import due
from oracle.debts import Days, gone
from oracle.figures import difference
from oracle.model import (
    OPEN,
    Contract,
    Enterprise,
    Hazard,
    Model,
    Plan,
    Programme,
    Standard,
    after,
    firm,
    of,
)
from oracle.standardization import HEIGHT, held, held_from_until, last_valid_day

STAGES = {"排查": "inspected_on", "诊断": "diagnosed_on", "方案": "planned_on", "整改": "rectified_on"}
DAYS_TO_ENTRUST = 30
KINDS = ("移交答复", *(f"专项整治{stage}" for stage in STAGES), "整治后托管", "一级证书到期", "二级证书到期")


class Asked(NamedTuple):
    """One thing to be done; `town` is a code, '' where none is known."""

    kind: str
    town: str
    subject: str
    due_on: str


def contradictions(
    connection: sqlite3.Connection, model: Model, days: Iterable[str], met: Counter[str]
) -> Iterator[str]:
    """The days on which the list says otherwise than the model; how many items of a kind there were goes into `met`."""
    for day in days:
        listed = [one for one in due.due(connection, day, OPEN) if one.kind in KINDS]
        found = Counter(Asked(one.kind, one.unit.code, one.subject, one.due_on) for one in listed)
        wanted = asked(model, day)
        met.update(one.kind for one in wanted.elements())
        if found != wanted:
            yield f"{day}: {difference(found, wanted)} (listed, asked)"


def asked(model: Model, day: str) -> Counter[Asked]:
    """All that is to be done on a day, whenever it is due."""
    return Counter(
        item
        for item, from_on, settled_on in (*_answers(model), *_stages(model), *_entrusted(model), *_certificates(model))
        if from_on <= day < settled_on
    )


Item = tuple[Asked, str, str]  # what, from which day on, the first day no more


def _answers(model: Model) -> Iterator[Item]:
    """The department that was handed a hazard says by a day what it has done, unless the hazard goes to another one
    before, or is closed. One that was sent back is as open as if it had never been closed."""
    for _, hazard in of(model, Hazard):
        enterprise = firm(model, hazard.enterprise)
        last = hazard.events[-1]
        closed = last[1] if last[0] == "accepted" else OPEN
        for handed, following in pairwise([*(day for day, _ in hazard.charges[1:]), OPEN]):
            due_on, answered = hazard.letter(handed)
            if due_on:
                what = Asked("移交答复", hazard.town, enterprise.name, due_on)
                yield what, handed, min(answered or OPEN, following, closed, _closed(enterprise))


def _stages(model: Model) -> Iterator[Item]:
    """Every firm that was enrolled in the plan's year and kind passes the stage by the plan's day. Having passed a
    later one, or the acceptance, it has passed this one as well; nobody asks what became of a stage once there is an
    outcome, the enrolment was taken off (核减), or the firm is gone."""
    names = [*STAGES.values(), "accepted_on"]
    for _, plan in of(model, Plan):
        for _, one in of(model, Programme):
            if (one.kind, one.enrolled_on[:4]) != (plan.kind, str(plan.year)):
                continue
            enterprise = firm(model, one.enterprise)
            passed = [getattr(one, name) for name in names[names.index(STAGES[plan.stage]) :]]
            done = one.accepted_on if one.conclusion == "合格" else OPEN  # what is done is not excused any more
            ended = one.outcome_on or one.accepted_on if one.outcome else OPEN
            shut_down = ended if one.outcome == "关停" else OPEN
            away = (*gone(enterprise), (one.excused_on or OPEN, OPEN), (shut_down, OPEN))
            settled = (*filter(None, passed), ended, for_good(span for span in away if span[0] < done))
            what = Asked(f"专项整治{plan.stage}", _town(enterprise), enterprise.name, plan.due_on)
            yield what, one.enrolled_on, min(settled)


def _entrusted(model: Model) -> Iterator[Item]:
    """Whose rectification was accepted, and is to be followed by trusteeship, has a contract thirty days later; one
    that is in force already will do."""
    for _, one in of(model, Programme):
        if (one.conclusion, one.outcome) != ("合格", "托管"):
            continue
        enterprise, since = firm(model, one.enterprise), one.outcome_on or one.accepted_on
        contracts = [
            contract.from_on
            for _, contract in of(model, Contract)
            if contract.enterprise == one.enterprise and contract.until_on > since
        ]
        what = Asked("整治后托管", _town(enterprise), enterprise.name, after(since, DAYS_TO_ENTRUST))
        yield what, since, min([*contracts, _closed(enterprise)])


def _certificates(model: Model) -> Iterator[Item]:
    """A certificate of the first or second grade that was not replaced when the year of its last valid day began is
    asked for again, until another is announced, a higher one stands in its place, it was revoked or excused, or the
    firm is gone; also when it has lapsed."""
    by_firm: dict[int, list[Standard]] = {}
    for _, one in sorted(of(model, Standard), key=lambda pair: (pair[1].announced_on, pair[0][1])):
        if one.announced_on:
            by_firm.setdefault(one.enterprise, []).append(one)
    for row, certificates in by_firm.items():
        for place, one in enumerate(certificates):
            if one.grade == HEIGHT[0]:
                continue
            last_day, enterprise = last_valid_day(one), firm(model, row)
            new_year = last_day[:4] + "-01-01"
            if not held(one, certificates, new_year):
                continue
            another = [each for each in certificates[place + 1 :] if not each.revoked_on]
            renewed = max(next((each.announced_on for each in another if each.grade == one.grade), OPEN), new_year)
            # What was renewed is not excused any more.
            excuses = [span for span in _excuses(one, certificates, enterprise) if span[0] < renewed]
            never_again = for_good(excuses)
            if never_again < new_year:
                continue
            what = Asked(f"{one.grade}证书到期", _town(enterprise), enterprise.name, last_day)
            yield what, one.announced_on, min([*(each.announced_on for each in another), never_again])


def _excuses(one: Standard, certificates: Sequence[Standard], enterprise: Enterprise) -> list[Days]:
    found = [*gone(enterprise), *((day, OPEN) for day in (one.revoked_on, one.excused_on) if day)]
    for higher in certificates:
        if HEIGHT.index(higher.grade) > HEIGHT.index(one.grade):
            if certificates.index(higher) > certificates.index(one):
                found.append((higher.announced_on, OPEN))
            else:
                found += held_from_until(higher, tuple(certificates))
    return found


def for_good(spans: Iterable[Days]) -> str:
    """The day from which on one or the other of some spans holds on every day to come; OPEN where there is none."""
    since = OPEN
    for begin, end in sorted(spans, key=lambda span: span[1], reverse=True):
        if end >= since:
            since = min(since, begin)
    return since


def _closed(enterprise: Enterprise) -> str:
    """Since when it is closed; OPEN where it is not."""
    since, state = enterprise.states[-1]
    return since if state == "关闭" else OPEN


def _town(enterprise: Enterprise) -> str:
    return enterprise.moves[-1][1]
