"""A second opinion on what else is recorded of an enterprise: rectification, trusteeship, tests, devices.

From the domain's rules alone, each figure where the enterprise was on the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from oracle.count import Found, flow, stock
from oracle.debts import Debt, gone, within
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
    exposures: dict[int, list[Exposure]] = {}
    for _, exposure in of(model, Exposure):
        exposures.setdefault(exposure.enterprise, []).append(exposure)
    for row in sorted({*tests, *exposures}):
        _health(Health(firm(model, row), exposures.get(row, []), tests.get(row, [])), found)


def _programme(one: Programme, model: Model, found: Found) -> None:
    enterprise = firm(model, one.enterprise)
    debt = Debt(enterprise, one.enrolled_on)
    if one.conclusion == "合格":
        debt.done_on = one.accepted_on
    if one.excused_on:
        debt.excuses.append((one.excused_on, OPEN))
    on = one.outcome_on or one.accepted_on
    if one.outcome == "关停":
        debt.excuses.append((on, OPEN))
    debt.count(found, "special.enrolled." + one.kind, "special.carried." + one.kind, "special.accepted." + one.kind)
    if one.outcome:
        flow(found, "special.outcome." + one.outcome, where(enterprise, on), on)


def _contract(one: Contract, model: Model, found: Found) -> None:
    enterprise = firm(model, one.enterprise)
    stock(found, "trusteeship." + one.kind, enterprise, lambda day: one.from_on <= day < one.until_on)
    for day, visits in _agreed(one):
        if within(gone(enterprise), day):  # nobody is there to be visited
            continue
        flow(found, "trusteeship.visits_agreed", where(enterprise, day), day, visits)


def _agreed(one: Contract) -> Iterator[tuple[str, int]]:
    """What falls due on each day of a contract: on its 365th day a year's visits are complete, before it their share.

    A visit is due on the day on which its share of the year is complete; on the last day agreed, one that is complete
    by half."""
    owed = 0
    for turn, day in enumerate(_days(one.from_on, one.until_on), 1):
        share = Fraction(turn * one.visits_per_year, 365)
        by_now = int(share + Fraction(1, 2)) if day == one.last_on else int(share)
        if by_now > owed:
            yield day, by_now - owed
        owed = by_now


def _days(first: str, until: str) -> tuple[str, ...]:
    begin = ALL_DAYS.index(first)
    return ALL_DAYS[begin : max(begin, ALL_DAYS.index(until))]


def _device(one: Device, model: Model, found: Found) -> None:
    enterprise = firm(model, one.enterprise)
    stock(found, "equipment.智慧用电", enterprise, lambda day: one.installed_on <= day < (one.removed_on or OPEN))


class Health(NamedTuple):
    """What is known of an enterprise's occupational health."""

    enterprise: Enterprise
    exposures: list[Exposure]
    tests: list[HealthTest]

    def to_be_tested(self, day: str) -> Exposure | None:
        """The exposure by which it is to be tested in the year of a day, on that day; None where by none."""
        return next((one for one in self.exposures if self._due(one, day)), None)

    def _due(self, one: Exposure, day: str) -> bool:
        """Exposed, by the rule of the day, and not gone. Tested before in the year, it counts to the year's end, unless
        it is to be tested by another exposure since."""
        ended = one.ended_on or OPEN
        if day < one.from_on or not _to_be_tested(one.level, {int(t.reported_on[:4]) for t in self.tests}, day):
            return False
        if day >= ended:
            followed = any(ended <= other.from_on <= day for other in self.exposures)
            if followed or not self._kept(ended, day):
                return False
        return not any(begin <= day < end and not self._kept(begin, day) for begin, end in gone(self.enterprise))

    def _kept(self, begin: str, day: str) -> bool:
        """Whether a day is still of the year in which it had been tested when something began."""
        tested = any(test.reported_on[:4] == begin[:4] and test.reported_on < begin for test in self.tests)
        return tested and day[:4] == begin[:4]

    def apart(self, day: str) -> bool:
        """Tested this year, and on no day from then until its end to be tested."""
        first = min((test.reported_on for test in _this_year(self.tests, day)), default=None)
        if first is None:
            return False
        begin, last = ALL_DAYS.index(first), f"{day[:4]}-12-31"
        return not any(self.to_be_tested(each) for each in ALL_DAYS[begin : ALL_DAYS.index(last) + 1])


def _health(of_firm: Health, found: Found) -> None:
    """Once a year, however often it was tested; remedied while all that was over the limit so far is."""
    enterprise, _, tests = of_firm

    def severe(day: str) -> bool:
        by = of_firm.to_be_tested(day)
        return by is not None and by.level == "严重"

    stock(found, "health.exposed", enterprise, of_firm.to_be_tested)
    stock(found, "health.severe", enterprise, severe)
    stock(found, "health.tested", enterprise, lambda day: _this_year(tests, day) and of_firm.to_be_tested(day))
    stock(found, "health.tested_apart", enterprise, of_firm.apart)
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


def _to_be_tested(level: str, tested: set[int], day: str) -> bool:
    """Every year; since February 2021, unless it is serious, only if there was no test in the two years before."""
    if day < THREE_YEARLY_SINCE or level == "严重":
        return True
    return not tested & {int(day[:4]) - 1, int(day[:4]) - 2}
