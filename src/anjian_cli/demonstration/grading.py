"""Risk grades (风险等级) of the demonstration's enterprises: those that are watched more closely than others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from anjian_cli.demonstration import data, hazards
from anjian_cli.demonstration.firms import Firm
from anjian_cli.demonstration.office import OFFICES, Offices
from anjian_cli.demonstration.spread import day_after
from anjian_cli.workflow.kept_record import Values

RED, ORANGE, YELLOW, BLUE = "红", "橙", "黄", "蓝"
CLOSELY = (RED, ORANGE)
"""The grades that the hundred days are about."""
GRADED_ON = "2017-12-20"
BASIS = {
    RED: "液氨制冷，重大危险源辨识临界量以下，毗邻居民区（示例）",
    ORANGE: "喷涂作业，10人以上（示例）",
    YELLOW: "规模较小，有一般火灾、机械伤害风险（示例）",
    BLUE: "一般机械加工，近三年无事故（示例）",
}
REGRADED = "查出重大事故隐患，提为红色（示例）"


def graded(own: Sequence[Firm]) -> Mapping[str, list[Firm]]:
    """The graded enterprises of a unit, by grade: one with ammonia, three painters, two small ones, one of the rest."""
    return {
        RED: [firm for firm in own if "涉氨" in firm.part.kinds and not firm.part.moved][:1],
        ORANGE: [firm for firm in own if "喷涂" in firm.part.kinds][:3],
        YELLOW: [firm for firm in own if firm.part.kinds == ("小微",)][:2],
        BLUE: [firm for firm in own if not firm.part.kinds][:1],
    }


def grades(firms: Mapping[str, Sequence[Firm]]) -> Iterator[Values]:
    """Every grading: all before the year, and of those with a major hazard once more when it was found."""
    for own in firms.values():
        yield from gradings(graded(own), BASIS, GRADED_ON)
    for town, found_on, *_ in hazards.MAJOR:
        code = next(unit.code for unit in data.UNITS if unit.name == town)
        yield grading(graded(firms[code])[ORANGE][0], RED, day_after(found_on, 9), REGRADED)


def gradings(
    of: Mapping[str, Iterable[Firm]], basis: Mapping[str, str], on: str, offices: Offices = OFFICES
) -> Iterator[Values]:
    """What was graded on one day, by grade."""
    for grade, firms in of.items():
        for firm in firms:
            yield grading(firm, grade, on, basis[grade], offices)


def grading(firm: Firm, grade: str, on: str, basis: str, offices: Offices = OFFICES) -> Values:
    """One grading of an enterprise, from a day on."""
    document = f"{offices.committee}办〔{on[:4]}〕21号（示例）"
    return {
        **firm.told,
        "grade": grade,
        "from_on": on,
        "basis": basis,
        "graded_by": offices.county,
        "document": document,
    }


def closely_watched(firms: Mapping[str, Sequence[Firm]]) -> frozenset[str]:
    """The credit codes of those of the two higher grades."""
    of = (graded(own)[grade] for own in firms.values() for grade in CLOSELY)
    return frozenset(str(firm.told["credit_code"]) for firms in of for firm in firms)


def to_inspect(own: Sequence[Firm]) -> list[Firm]:
    """Whom the unit is to be seen at, in the order of the year's inspections that found nothing: as often as the grade
    asks."""
    of = graded(own)
    red, orange, yellow = of[RED], of[ORANGE], of[YELLOW]
    turns = ((red, 0), (orange, 0), (red, 0), (orange, 1), (orange, 2), (yellow, 0), (red, 0), (orange, 0))
    return [firms[turn % len(firms)] for firms, turn in turns]
