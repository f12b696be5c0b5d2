"""A second opinion on what else is recorded of an enterprise: rectification, trusteeship, tests, devices.

From the domain's rules alone, each figure where the enterprise was on the day.
"""

from __future__ import annotations

from collections.abc import Iterator

from oracle.count import Found, flow, stock
from oracle.model import (
    ALL_DAYS,
    OPEN,
    Contract,
    Device,
    Enterprise,
    Exposure,
    HealthTest,
    Inspection,
    Model,
    Programme,
    Visit,
    firm,
    of,
    where,
)

THREE_YEARLY_SINCE = "2021-02-01"


def count(model: Model, found: Found) -> None:
    """Add their figures to `found`."""
    for _, inspection in of(model, Inspection):
        flow(found, "hazard.inspected", inspection.town, inspection.inspected_on)
    for _, programme in of(model, Programme):
        _programme(programme, model, found)
    for _, contract in of(model, Contract):
        _contract(contract, model, found)
    for _, visit in of(model, Visit):
        town = where(firm(model, visit.enterprise), visit.visited_on)
        flow(found, "trusteeship.visits_made", town, visit.visited_on)
    for _, device in of(model, Device):
        _device(device, model, found)
    tests: dict[int, list[HealthTest]] = {}
    for _, test in of(model, HealthTest):
        tests.setdefault(test.enterprise, []).append(test)
    for row, of_firm in tests.items():
        _tests(of_firm, firm(model, row), found)
    for _, exposure in of(model, Exposure):
        years = {int(test.reported_on[:4]) for test in tests.get(exposure.enterprise, ())}
        _exposure(exposure, years, firm(model, exposure.enterprise), found)


def _programme(one: Programme, model: Model, found: Found) -> None:
    enterprise = firm(model, one.enterprise)
    flow(found, "special.enrolled." + one.kind, where(enterprise, one.enrolled_on), one.enrolled_on)
    if one.excused_on:
        flow(found, "special.enrolled." + one.kind, where(enterprise, one.enrolled_on), one.excused_on, -1)
    if one.conclusion == "合格":
        flow(found, "special.accepted." + one.kind, where(enterprise, one.accepted_on), one.accepted_on)
    if one.outcome:
        on = one.outcome_on or one.accepted_on
        flow(found, "special.outcome." + one.outcome, where(enterprise, on), on)


def _contract(one: Contract, model: Model, found: Found) -> None:
    enterprise = firm(model, one.enterprise)
    stock(found, "trusteeship." + one.kind, enterprise, lambda day: one.from_on <= day < one.until_on)
    for day, visits in _agreed(one):
        flow(found, "trusteeship.visits_agreed", where(enterprise, day), day, visits)


def _agreed(one: Contract) -> Iterator[tuple[str, int]]:
    """What falls due on each day of a contract: on its 365th day a year's visits are complete, before it their share.

    A visit is due on the day on which its share of the year is complete."""
    owed = 0
    for turn, day in enumerate(_days(one.from_on, one.until_on), 1):
        by_now = turn * one.visits_per_year // 365
        if by_now > owed:
            yield day, by_now - owed
        owed = by_now


def _days(first: str, until: str) -> tuple[str, ...]:
    begin = ALL_DAYS.index(first)
    return ALL_DAYS[begin : max(begin, ALL_DAYS.index(until))]


def _device(one: Device, model: Model, found: Found) -> None:
    enterprise = firm(model, one.enterprise)
    stock(found, "equipment.智慧用电", enterprise, lambda day: one.installed_on <= day < (one.removed_on or OPEN))


def _tests(tests: list[HealthTest], enterprise: Enterprise, found: Found) -> None:
    """Once a year, however often it was tested; remedied while all that was over the limit so far is."""
    stock(found, "health.tested", enterprise, lambda day: _this_year(tests, day))
    stock(found, "health.over_limit", enterprise, lambda day: _over(tests, day))
    for test in tests:
        flow(found, "health.points_over", where(enterprise, test.reported_on), test.reported_on, test.points_over)
    stock(found, "health.remedied", enterprise, lambda day: _all_remedied(_over(tests, day), day))


def _this_year(tests: list[HealthTest], day: str) -> list[HealthTest]:
    """Those reported in the year of a day, up to it."""
    return [test for test in tests if test.reported_on <= day and test.reported_on[:4] == day[:4]]


def _over(tests: list[HealthTest], day: str) -> list[HealthTest]:
    return [test for test in _this_year(tests, day) if test.points_over]


def _all_remedied(over: list[HealthTest], day: str) -> bool:
    return bool(over) and all(test.remedied_on and test.remedied_on <= day for test in over)


def _exposure(one: Exposure, tested: set[int], enterprise: Enterprise, found: Found) -> None:
    def due(day: str) -> bool:
        return one.from_on <= day < (one.ended_on or OPEN) and _to_be_tested(one.level, tested, day)

    stock(found, "health.exposed", enterprise, due)
    stock(found, "health.severe", enterprise, lambda day: one.level == "严重" and due(day))


def _to_be_tested(level: str, tested: set[int], day: str) -> bool:
    """Every year; since February 2021, unless it is serious, only if there was no test in the two years before."""
    if day < THREE_YEARLY_SINCE or level == "严重":
        return True
    return not tested & {int(day[:4]) - 1, int(day[:4]) - 2}
