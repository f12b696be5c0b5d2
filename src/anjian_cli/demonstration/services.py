"""What is done for single enterprises of the demonstration: contracts and visits, rectification, tests, devices."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from anjian_cli.demonstration import data
from anjian_cli.demonstration.data import Unit, by_september
from anjian_cli.demonstration.firms import MOVED, Firm
from anjian_cli.demonstration.hazards import Life
from anjian_cli.demonstration.office import AGENCIES, LABORATORIES, OFFICES, Offices
from anjian_cli.demonstration.spread import day_after, days, evenly
from anjian_cli.workflow.kept_record import Values

VISITS = {"小微": 2}
"""Visits agreed for a year, where it is not `MORE`."""
MORE = 4
VISITED = ("town", "enterprise", "credit_code", "agency", "kind")
"""What a visit has of its contract."""
ENDED_ON = "2018-10-20"
ENROLLED_ON, FOUND_ON, FOUND_ACCEPTED_ON = "2018-01-15", "2018-03-08", "2018-08-20"


# --- trusteeship


def contracts(firms: dict[str, list[Firm]]) -> Iterator[Values]:
    """Contracts of one year, beginning from November 2017 to October 2018, and some that did not last."""
    number = itertools.count(1)
    for unit in data.UNITS:
        for firm in firms[unit.code]:
            for kind in firm.part.kinds:
                order = next(number)
                months = 10 + order * 7 % 12  # since January 2017
                begin = date(2017 + months // 12, months % 12 + 1, 1 + order * 5 % 24)
                last = day_after(begin.replace(year=begin.year + 1).isoformat(), -1)
                yield contract(order, firm, kind, begin.isoformat(), last)
    for unit in data.UNITS:
        yield contract(next(number), _free(firms, unit)[0], "小微", "2017-11-15", "2018-10-14")
    for unit in data.UNITS[::4]:
        ended = {"ended_on": ENDED_ON, "end_reason": "企业停产"}
        yield {**contract(next(number), _free(firms, unit)[1], "喷涂", "2018-03-01", "2019-02-28"), **ended}


def lapsed(firms: dict[str, list[Firm]]) -> Values:
    """The contract that September's bulletin still counted and that had ended before: it becomes a correction."""
    unit = next(unit for unit in data.UNITS if unit.name == MOVED)
    return contract(9001, _free(firms, unit)[2], "涉氨", "2018-01-01", "2018-12-31")


def _free(firms: dict[str, list[Firm]], unit: Unit) -> list[Firm]:
    return [firm for firm in firms[unit.code] if not firm.part.kinds]


def contract(order: int, firm: Firm, kind: str, from_on: str, last_on: str) -> Values:
    """A contract of an enterprise, from its first day to its last; `order` numbers it."""
    return {
        **firm.told,
        "agency": AGENCIES[order % len(AGENCIES)],
        "kind": kind,
        "contract_number": f"示例托{order:04d}号",
        "from_on": from_on,
        "last_on": last_on,
        "yearly_fee": 80_000 if kind == "小微" else 360_000,
        "payer": "财政" if kind == "小微" else "企业",
        "visits_per_year": VISITS.get(kind, MORE),
    }


def visits(contracts: Sequence[Values], until: str) -> Iterator[Values]:
    """The visits made under contracts before a day: each some days before it is due, one in eleven left out."""
    for order, contract in enumerate(contracts):
        whose: Values = {name: told for name, told in contract.items() if name in VISITED}
        for turn in range(1, contract["visits_per_year"] + 1):
            on = day_after(contract["from_on"], turn * 365 // contract["visits_per_year"] - 3 - order % 9)
            if on < min(until, contract.get("ended_on", until)) and (order + turn) % 11:
                seen = (order + turn) % 3
                hazards = {"hazards_found": seen, "hazards_closed": seen // 2}
                yield {**whose, "visited_on": on, **hazards, "report_number": f"{contract['contract_number']}-{turn}"}


# --- special rectification


def programmes(firms: dict[str, list[Firm]]) -> Iterator[Values]:
    """The enterprises enrolled at the year's beginning, and those newly found, as far as each has come."""
    for unit in data.UNITS:
        own = firms[unit.code]
        for kind, accepted in zip(data.SPECIAL_KINDS, unit.special_accepted, strict=True):
            early = by_september(accepted)
            on = [*days("2018-05-14", "2018-09-25", early), *days("2018-10-10", "2018-10-26", accepted - early)]
            enrolled = [firm for firm in own if kind in firm.part.enrolled]
            for place, (firm, day) in enumerate(itertools.zip_longest(enrolled, on)):
                row = rectified(firm, kind, ENROLLED_ON, "年初列入", place, day)
                outcome = data.OTHER_OUTCOMES.get((unit.name, kind, place))
                yield {**row, "outcome": outcome} if outcome else row
        for kind, by_town in data.NEWLY_FOUND_ACCEPTED.items():
            found = [firm for firm in own if kind in firm.part.found]
            for place, firm in enumerate(found):
                day = FOUND_ACCEPTED_ON if place < by_town.get(unit.code, 0) else None
                yield rectified(firm, kind, FOUND_ON, "新发现", place, day)


def rectified(
    firm: Firm,
    kind: str,
    enrolled_on: str,
    reason: str,
    place: int,
    accepted_on: str | None,
    offices: Offices = OFFICES,
) -> Values:
    """One enrolment: step by step to the acceptance, else as far as the plan or its carrying out."""
    inspected = day_after(enrolled_on, 20 + place % 15)
    steps: Values = {
        "action": f"{enrolled_on[:4]}年{kind}企业专项整治",
        "kind": kind,
        "enrolled_on": enrolled_on,
        "reason": reason,
        "inspected_on": inspected,
        "diagnosed_on": day_after(inspected, 20),
        "agency": AGENCIES[firm.number % len(AGENCIES)],
        "planned_on": day_after(inspected, 35),
    }
    if accepted_on is not None:
        outcome = "托管" if kind in firm.part.kinds else ("整治", "提升")[place % 2]
        steps |= {"rectified_on": day_after(accepted_on, -9), "accepted_on": accepted_on, "accepted_unit": offices.town}
        steps |= {"conclusion": "合格", "outcome": outcome, "outcome_on": accepted_on}
    elif place % 2:
        steps["rectified_on"] = day_after(f"{enrolled_on[:4]}-09-20", place)
    return {**firm.told, **steps}


DIAGNOSED = 2
"""Of how many of a unit's painters the agency's report is there in words."""
FINDINGS = (
    ("喷涂车间与仓库未分隔，排风量不足（示例）", "砌防火墙，换防爆风机，喷枪集中存放（示例）"),
    ("喷漆房用普通灯具，油漆随地堆放（示例）", "换防爆灯具，设专用油漆库（示例）"),
)
MENDING = "更换或修复，落实专人每周检查（示例）"


def diagnoses(firms: dict[str, list[Firm]], lives: Iterable[Life]) -> Iterator[Values]:
    """The reports on painters that are being rectified, and those on enterprises where an agency found a hazard."""
    painters: dict[str, list[Values]] = {unit.name: [] for unit in data.UNITS}
    for row in programmes(firms):
        if row["kind"] == "喷涂":
            painters[row["town"]].append(row)
    for number, row in enumerate((row for of in painters.values() for row in of[:DIAGNOSED]), 1):
        told = {name: row[name] for name in VISITED if name in row and name != "kind"}
        findings, plan = FINDINGS[number % len(FINDINGS)]
        days_told = {name: row[name] for name in ("diagnosed_on", "planned_on")}
        yield {**told, **days_told, "programme": "喷涂", "findings": findings, "plan": plan}
    for number, life in enumerate((life for life in lives if life.values["source"] == "中介诊断"), 1):
        whose = {name: told for name, told in life.values.items() if name in ("town", "enterprise", "credit_code")}
        yield {
            **whose,
            "agency": AGENCIES[number % len(AGENCIES)],
            "diagnosed_on": life.values["found_on"],
            "findings": life.values["description"],
            "planned_on": day_after(life.values["found_on"], 6),
            "plan": MENDING,
            "report_number": f"示例诊〔2018〕{number}号",
        }


# --- occupational health


def exposures(firms: dict[str, list[Firm]]) -> Iterator[Values]:
    """The enterprises that are to be tested this year: painters and such first."""
    for unit in data.UNITS:
        for firm in firms[unit.code][: unit.health[0]]:
            painting = "喷涂" in firm.part.enrolled
            level, factors = ("严重", "苯系物、粉尘") if painting else ("一般", "噪声")
            yield {**firm.told, "level": level, "factors": factors, "from_on": "2018-01-01"}


def health_tests(firms: dict[str, list[Firm]]) -> Iterator[Values]:
    """The tests of those that were tested; some over the limit, and most of these remedied."""
    over = iter(evenly(data.OVER_LIMIT, sum(unit.health[1] for unit in data.UNITS)))
    remedied = iter(evenly(data.REMEDIED, data.OVER_LIMIT))
    for unit in data.UNITS:
        early = by_september(unit.health[1])
        on = [*days("2018-03-12", "2018-09-26", early), *days("2018-10-08", "2018-10-24", unit.health[1] - early)]
        for place, (firm, day) in enumerate(zip(firms[unit.code], on, strict=False)):
            test: Values = {
                "agency": LABORATORIES[place % len(LABORATORIES)],
                "sampled_on": day_after(day, -15),
                "reported_on": day,
                "report_number": f"示例检〔2018〕{firm.number}号",
                "kind": "定期检测",
                "points": 4 + firm.number % 9,
                "points_over": 0,
            }
            if next(over):
                test |= {"points_over": 1 + firm.number % 2, "factors": ("噪声",)}
                if next(remedied):
                    test["remedied_on"] = min(day_after(day, 40), "2018-10-30")
            yield {**firm.told, **test}


# --- smart electricity


def devices(firms: dict[str, list[Firm]]) -> Iterator[Values]:
    """The enterprises equipped so far: from the unit's last to its first, so that they are not those tested first."""
    for unit in data.UNITS:
        early = by_september(unit.equipment[1])
        on = [*days("2018-02-27", "2018-09-27", early), *days("2018-10-09", "2018-10-29", unit.equipment[1] - early)]
        for firm, day in zip(firms[unit.code][::-1], on, strict=False):
            yield {**firm.told, "installed_on": day, "sets": 1 + firm.number % 3, "provider": "示例智慧用电公司"}
