"""The records of the demonstration of 2026, as they are known in the end: made of its figures, by what makes those of
2018 where it can."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from anjian_cli.demonstration import (
    campaigns,
    cases,
    county_figures,
    grading,
    handing_over,
    hazards,
    office,
    services,
    standard,
)
from anjian_cli.demonstration.county_figures import OCTOBER, OFFICES, REGION, REGION_NAME, UNITS, YEAR, Unit
from anjian_cli.demonstration.firms import Firm, Part
from anjian_cli.demonstration.handing_over import BY_DEPARTMENTS
from anjian_cli.demonstration.hazards import Life
from anjian_cli.demonstration.spread import day_after, days, evenly
from anjian_cli.workflow.kept_record import Values

Firms = Mapping[str, Sequence[Firm]]
CONFINED, DUST = "有限空间", "涉粉"
HELD = (3, 4, 6, 8, 10)
"""The months in which courses are held."""
EXPIRING = ("2023-10-26", "2023-11-16", "2023-12-14")
GRADED, IN_OCTOBER = ("2026-04-16", "2026-06-18", "2026-09-10"), ("2026-10-22",)
UNDERWAY = ("2026-05-11", "2026-08-24")
"""When creations began that have not come to an end."""
BEFORE_SECOND, SECOND_ON = ("2024-11-14",), ("2026-09-17",)
RENEWED = ("2026-09-24", "2026-10-22")
ENROLLED_ON = "2026-02-10"
FIRST_ON, SPREAD = "2026-01-05", 292


def firms() -> Firms:
    """All enterprises by the code of their unit: first those enrolled, then those under trusteeship, then others."""
    numbers = itertools.count(1)
    return {
        unit.code: [Firm(next(numbers), unit, part, REGION_NAME, REGION) for part in _parts(unit)] for unit in UNITS
    }


def _parts(unit: Unit) -> Iterator[Part]:
    confined, dust, small = unit.confined[0], unit.dust[0], unit.in_trust[1]
    yield from (Part(enrolled=(CONFINED,)) for _ in range(confined))
    yield from (Part(enrolled=(DUST,)) for _ in range(dust))
    yield from (Part(kinds=("小微",)) for _ in range(small))
    yield from (Part() for _ in range(unit.firms - confined - dust - small))


def lives(firms: Firms) -> list[Life]:
    """The hazards in the order in which they were found."""
    found = []
    orders = itertools.count(1)
    for unit in UNITS:
        own = firms[unit.code]
        for turn in range(county_figures.HAZARDS_A_UNIT):
            order = next(orders)
            firm = own[(turn * 3 + order) % len(own)]
            found.append(hazards.ordinary(order, firm, FIRST_ON, SPREAD, OFFICES))
    for place, (town, found_on, deadline_on, listed_on, closed_on, source) in enumerate(county_figures.MAJOR):
        own = next(firms[unit.code] for unit in UNITS if unit.name == town)
        firm = own[place % 3]
        found.append(hazards.major(firm, found_on, deadline_on, listed_on, closed_on, source, OFFICES))
    found.sort(key=lambda life: str(life.values["found_on"]))
    by_category, answered_by = county_figures.BY_CATEGORY, county_figures.ANSWERED_BY
    handing_over.charge(found, by_category, county_figures.BUREAU, OFFICES.committee, answered_by)
    return found


def rows(firms: Firms, lives: Sequence[Life]) -> dict[str, list[Values]]:
    """Every record's rows, by record."""
    contracts = list(_contracts(firms))
    told: dict[str, Iterable[Values]] = {
        "setting": office.settings(county_figures.SETTINGS),
        "town": (
            {"code": unit.code, "name": unit.name, "position": position} for position, unit in enumerate(UNITS, 1)
        ),
        "agency": office.agencies(),
        "department": office.departments(county_figures.DEPARTMENTS),
        "campaign": campaigns.campaigns(county_figures.CAMPAIGNS, county_figures.DOCUMENTS),
        "campaign_phase": campaigns.phases(county_figures.CAMPAIGNS, county_figures.PHASES),
        "target": _targets(),
        "enterprise": (firm.enterprise() for own in firms.values() for firm in own),
        "standardization": _standardizations(firms),
        "programme": _programmes(firms),
        "trusteeship": contracts,
        "visit": services.visits(contracts, OCTOBER),
        "risk_grade": _grades(firms),
        "training": _courses(),
        "enforcement_case": _cases(firms),
        "accident": _accidents(firms),
        "inspection": _inspections(firms, lives),
        "work_item": _work(),
        "monthly_figure": _told(),
        "mark": _marks(),
        "filing": _filings(),
        "catch_up": _catch_ups(),
    }
    return {record: list(each) for record, each in told.items()}


def _targets() -> Iterator[Values]:
    """The year's tasks and control figures; what a town has none of it is not asked for."""
    for unit in UNITS:
        asked = {item: task for item, (task, _) in zip(county_figures.COURSE_ITEMS, unit.trained, strict=True)}
        asked |= {"三级定级": unit.graded[0], "检查企业": unit.checked[0], "企业自查": unit.by_itself}
        asked |= {"小微": unit.in_trust[0], "应急志愿者": unit.volunteers[0], "事故起数": unit.accidents}
        if unit.second[0]:
            asked["升二级"] = unit.second[0]
        for item, quantity in asked.items():
            whose = {"year": YEAR, "indicator": item, "town": unit.name}
            yield {**whose, "quantity": quantity, "document": county_figures.TASKS}


def _courses() -> Iterator[Values]:
    """Courses whose people passed add up to the figures."""
    for place, unit in enumerate(UNITS):
        for kind, (_, total) in zip(county_figures.COURSES, unit.trained, strict=True):
            for turn, (month, passed) in enumerate(zip(HELD, evenly(total, len(HELD)), strict=True)):
                if not passed:
                    continue
                yield {
                    "town": unit.name,
                    "held_on": f"{YEAR}-{month:02d}-{6 + (place + turn) % 18:02d}",
                    "kind": kind,
                    "title": f"{kind}安全培训第{turn + 1}期（示例）",
                    "hours": 8,
                    "attended": passed + passed // 15,
                    "passed": passed,
                    "organiser": office.AGENCIES[place % len(office.AGENCIES)],
                }


def _standardizations(firms: Firms) -> Iterator[Values]:
    """Certificates that expire this year and those renewed, those reached this year, those that rose to 二级; from each
    unit's last enterprises on."""
    bureau = OFFICES.bureau
    for unit in UNITS:
        own = iter(firms[unit.code][::-1])
        due = list(itertools.islice(own, unit.renewed[0]))
        yield from standard.certificates(due, EXPIRING, bureau)
        yield from standard.reached(due[: unit.renewed[1]], RENEWED, bureau, kind="复评")
        reached = unit.graded[1]
        late = reached // 3
        yield from standard.reached(list(itertools.islice(own, reached - late)), GRADED, bureau)
        yield from standard.reached(list(itertools.islice(own, late)), IN_OCTOBER, bureau)
        coming = list(itertools.islice(own, unit.graded[0] - reached))
        yield from standard.underway(coming, *UNDERWAY, OCTOBER)
        second = list(itertools.islice(own, unit.second[0]))
        yield from standard.certificates(second, BEFORE_SECOND, bureau)
        yield from standard.reached(second[: unit.second[1]], SECOND_ON, bureau, kind="升级", grade="二级")
        for on in county_figures.SECOND_GRADE_HELD.get(unit.name, ()):
            yield standard.certificate(next(own), on, bureau, "二级")


def _programmes(firms: Firms) -> Iterator[Values]:
    for unit in UNITS:
        for kind, (_, accepted) in ((CONFINED, unit.confined), (DUST, unit.dust)):
            enrolled = [firm for firm in firms[unit.code] if kind in firm.part.enrolled]
            on = days("2026-06-10", "2026-10-20", accepted)
            for place, (firm, day) in enumerate(itertools.zip_longest(enrolled, on)):
                yield services.rectified(firm, kind, ENROLLED_ON, "年初列入", place, day, OFFICES)


def _contracts(firms: Firms) -> Iterator[Values]:
    """Contracts of a year that begin between February and October."""
    own = [firm for of in firms.values() for firm in of if "小微" in firm.part.kinds]
    small = sorted(own, key=lambda firm: firm.number * 7 % 10)  # towns in turn
    for order, (firm, begin) in enumerate(zip(small, days("2026-02-01", "2026-10-12", len(small)), strict=True), 1):
        yield services.contract(order, firm, "小微", begin, day_after(begin, 364))


def _cases(firms: Firms) -> Iterator[Values]:
    own = [firm for of in firms.values() for firm in of]
    for year, (early, late) in county_figures.CASES.items():
        filed = [*days(f"{year}-01-20", f"{year}-09-10", early), *days(f"{year}-10-12", f"{year}-10-18", late)]
        for place, on in enumerate(filed):
            firm = own[place * 13 % len(own)]
            told = cases.decided_case(
                firm, on, 15 + place % 4 * 10, place, causes=county_figures.CAUSES, bureau=OFFICES.bureau
            )
            yield {
                "case_number": f"{OFFICES.bureau}立案〔{year}〕{place + 1}号（示例）",
                "department": county_figures.BUREAU,
                **told,
            }


def _accidents(firms: Firms) -> Iterator[Values]:
    by_name = {unit.name: unit for unit in UNITS}
    for place, (day, sector, what, town, deaths, serious) in enumerate(county_figures.ACCIDENTS):
        unit = by_name[town]
        yield cases.happened_at(cases.accident_of(unit, day, sector, what, (deaths, serious)), firms[unit.code], place)


def _grades(firms: Firms) -> Iterator[Values]:
    """The first with dust and with confined spaces, and a small one."""
    for own in firms.values():
        of = {
            "红": [firm for firm in own if DUST in firm.part.enrolled][:1],
            "橙": [firm for firm in own if CONFINED in firm.part.enrolled][:2],
            "蓝": [firm for firm in own if "小微" in firm.part.kinds][:2],
        }
        yield from grading.gradings(of, county_figures.GRADES, county_figures.GRADED_ON, OFFICES)


def _catch_ups() -> Iterator[Values]:
    for town, filed_on, plan, figures in county_figures.CAUGHT_UP:
        whose = {"town": town, "month": "2026-09", "filed_on": filed_on, "responsible": f"{town}镇长（示例）"}
        yield {**whose, "plan": plan, "figures": figures}


def _inspections(firms: Firms, lives: Sequence[Life]) -> Iterator[Values]:
    """Those in which hazards were found; departments' until the figure is reached; the grid's once a month."""
    found = list(hazards.inspected(lives, _named))
    yield from found
    for unit in UNITS:
        own = firms[unit.code]
        counted = sum(row["town"] == unit.name and row["method"] in BY_DEPARTMENTS for row in found)
        left = max(0, unit.checked[1] - counted)
        for turn, on in enumerate(days("2026-01-12", "2026-10-28", left)):
            checked = hazards.inspection(own[turn % len(own)].told, on, "部门检查", "无")
            yield {**checked, "department": county_figures.BUREAU, **_campaign(on)}
        for month in range(1 + county_figures.NOT_PATROLLED.get(unit.name, 0), 11):
            on = f"{YEAR}-{month:02d}-{10 + month:02d}"
            yield hazards.inspection(own[month % len(own)].told, on, "网格巡查", "无") | _campaign(on)


def _named(life: Life) -> dict[str, str]:
    """The campaign and the department of the inspection in which a hazard was found."""
    department = {"department": life.values["found_by"]} if "found_by" in life.values else {}
    joined = {"joined": county_figures.JOINED} if life.values["source"] == "联合执法" else {}
    return {**_campaign(str(life.values["found_on"])), **department, **joined}


def _campaign(on: str) -> dict[str, str]:
    (begins,) = (phases[0] for phases in county_figures.CAMPAIGNS.values())
    return {"campaign": county_figures.CAMPAIGN} if on >= begins else {}


def _work() -> Iterator[Values]:
    for place, unit in enumerate(UNITS):
        for kind, title, months in (
            ("应急演练", "生产安全事故应急演练（示例）", county_figures.DRILLS.get(unit.name, county_figures.DRILLED)),
            ("会议部署", "安全生产专题会议（示例）", county_figures.MEETINGS.get(unit.name, county_figures.MET)),
        ):
            for month in months:
                on = f"{YEAR}-{month:02d}-{12 + place:02d}"
                yield {"kind": kind, "town": unit.name, "done_on": on, "title": title, "level": "乡镇级"}
    for town, on, level, title in county_figures.COMMENDED:
        yield {"kind": "表彰", "town": town, "done_on": on, "title": title, "level": level}


def _told() -> Iterator[Values]:
    """应急志愿者 as each town says month by month: a few more every month, until October's."""
    for month in range(1, 11):
        for unit in UNITS:
            if month < 10 or unit.name not in county_figures.NOT_TOLD:
                standing = unit.volunteers[1] - (10 - month)
                whose = {"kind": "应急志愿者", "town": unit.name, "month": f"{YEAR}-{month:02d}"}
                yield {**whose, "quantity": standing, "source": "各村上报"}


def _marks() -> Iterator[Values]:
    for item, town, points, reason in county_figures.MARKS:
        given = {"marked_on": county_figures.MARKED_ON, "marker": county_figures.MARKER}
        yield {"indicator": item, "town": town, "points": points, "reason": reason, **given}


def _filings() -> Iterator[Values]:
    """The reports of the units and of some departments, month by month, on the month's last days."""
    for month in range(1, 11):
        last = day_after(f"{YEAR}-{month + 1:02d}-01", -1)
        for place, unit in enumerate(UNITS):
            if month not in county_figures.NOT_FILED.get(unit.name, ()):
                late = month == county_figures.LATE.get(unit.name)
                yield _filing({"town": unit.name}, unit.name, month, day_after(last, 4 if late else -(place % 3)))
        for name in county_figures.REPORTING:
            yield _filing({"department": name}, name, month, last)


def _filing(whose: Values, name: str, month: int, on: str) -> Values:
    told = {"month": f"{YEAR}-{month:02d}", "filed_on": on, "method": "县级应急管理平台", "nil": "否"}
    return {**whose, **told, "filer": f"{name}经办人"}
