"""Standardization of the demonstration's enterprises: certificates of years before, creations, re-reviews, upgrades."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from anjian_cli.demonstration import data
from anjian_cli.demonstration.data import Unit
from anjian_cli.demonstration.firms import Firm
from anjian_cli.demonstration.office import AGENCIES, OFFICES
from anjian_cli.demonstration.spread import day_after, days
from anjian_cli.workflow.kept_record import Values

STAGES = {"consulted_on": 12, "self_assessed_on": 55, "applied_on": 85, "reviewed_on": 110, "announced_on": 135}
"""Days from the beginning of a creation to its stages."""
NUMERALS = {"二级": "Ⅱ", "三级": "Ⅲ"}
# Certificates are announced in batches: those that expire this year, those announced in it so far and in October,
# and those of the enterprises that are creating the second grade.
EXPIRING = ("2015-11-12", "2015-12-03", "2015-12-24")
ANNOUNCED = ("2018-03-22", "2018-05-10", "2018-06-28", "2018-08-09", "2018-09-20")
OCTOBER = ("2018-10-18",)
UPGRADED = ("2016-11-18", "2017-11-10")


def standardizations(firms: dict[str, list[Firm]]) -> Iterator[Values]:
    """Of every unit: those due for re-review, those that reached the grade this year or are creating it, and those
    that go for the second grade."""
    for unit in data.UNITS:
        own = reversed(firms[unit.code])
        standard = unit.standard
        due = list(itertools.islice(own, standard.due))
        yield from certificates(due, EXPIRING)
        yield from _reviews(unit, due)
        yield from reached(list(itertools.islice(own, standard.september)), ANNOUNCED)
        coming = standard.october - standard.september
        yield from reached(list(itertools.islice(own, coming)), OCTOBER)
        begun = list(itertools.islice(own, standard.task - coming))
        yield from underway(begun, "2018-02-26", "2018-08-27", data.OCTOBER)
        yield from _upgrades(list(itertools.islice(own, data.SECOND_GRADE.get(unit.code, 0))))


def _told(firm: Firm, kind: str, begun_on: str, grade: str = "三级") -> Values:
    agency = AGENCIES[firm.number % len(AGENCIES)]
    return {**firm.told, "grade": grade, "kind": kind, "agency": agency, "begun_on": begun_on}


def _certificate(firm: Firm, on: str, bureau: str, grade: str = "三级") -> Values:
    document, number = (
        f"{bureau}〔{on[:4]}〕{int(on[5:7]) + 20}号（示例）",
        f"示例AQB{NUMERALS[grade]}{on[:4]}{firm.number:04d}",
    )
    return {"announced_on": on, "announcement": document, "certificate_number": number}


def certificates(firms: Sequence[Firm], batches: Sequence[str], bureau: str = OFFICES.bureau) -> Iterator[Values]:
    """Third-grade certificates of years before: of these only the announcement is known."""
    for place, firm in enumerate(firms):
        yield certificate(firm, batches[place % len(batches)], bureau)


def certificate(firm: Firm, on: str, bureau: str, grade: str = "三级") -> Values:
    """A certificate of which only the announcement is known."""
    return {**firm.told, "grade": grade, "kind": "新创", **_certificate(firm, on, bureau, grade)}


def _reviews(unit: Unit, due: Sequence[Firm]) -> Iterator[Values]:
    """Re-reviews of certificates that expire this year: consulted, and of some units already in review."""
    standard = unit.standard
    early, late = standard.consulted_by_september, standard.consulted - standard.consulted_by_september
    consulted = [*days("2018-04-10", "2018-08-20", early), *days("2018-10-09", "2018-10-22", late)]
    before = standard.in_review_by_september
    reviewed = [
        *days("2018-09-10", "2018-09-26", before),
        *days("2018-10-10", "2018-10-26", standard.in_review - before),
    ]
    for place, (firm, on) in enumerate(zip(due, consulted, strict=False)):
        review = {**_told(firm, "复评", day_after(on, -6)), "consulted_on": on}
        if place < len(reviewed):
            review |= {"reviewed_on": reviewed[place], "reviewed_by": "示例标准化评审组", "review_score": "78.5"}
        if place < len(reviewed) or (place < early and place % 2):
            review["self_assessed_on"] = day_after(on, 10)
        if place < len(reviewed) or (place < early and place % 4 == 1):
            review["applied_on"] = day_after(on, 18)
        yield review


def reached(
    firms: Sequence[Firm],
    batches: Sequence[str],
    bureau: str = OFFICES.bureau,
    *,
    kind: str = "新创",
    grade: str = "三级",
) -> Iterator[Values]:
    """Creations, or what else leads to a certificate, that were announced, batch by batch."""
    for place, firm in enumerate(firms):
        on = batches[place * len(batches) // len(firms)]
        begun = day_after(on, -STAGES["announced_on"])
        stages = {name: day_after(begun, after) for name, after in STAGES.items()}
        reviewed = {"reviewed_by": "示例标准化评审组", "review_score": str(70 + firm.number % 20)}
        yield {**_told(firm, kind, begun, grade), **stages, **reviewed, **_certificate(firm, on, bureau, grade)}


def underway(firms: Sequence[Firm], first: str, last: str, until: str) -> Iterator[Values]:
    """Creations under way that began from a day to another, each as far as it has come; who began early has been held
    up."""
    for place, (firm, begun) in enumerate(zip(firms, days(first, last, len(firms)), strict=True)):
        reached = list(STAGES.items())[: 1 + place % 3]
        stages = {name: day_after(begun, after) for name, after in reached}
        yield {**_told(firm, "新创", begun), **{n: on for n, on in stages.items() if on <= until}}


def _upgrades(firms: Sequence[Firm]) -> Iterator[Values]:
    """Holders of a third-grade certificate that go for the second."""
    yield from certificates(firms, UPGRADED)
    for firm in firms:
        begun = day_after("2018-03-12", firm.number % 20)
        yield {**_told(firm, "升级", begun, "二级"), "consulted_on": day_after(begun, 14)}
