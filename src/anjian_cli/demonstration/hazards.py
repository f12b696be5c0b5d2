"""Hazards of the demonstration with all that happens to hazards, and the inspections in which they were found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from anjian_cli.demonstration import data
from anjian_cli.demonstration.firms import Firm
from anjian_cli.demonstration.office import OFFICES, Offices
from anjian_cli.demonstration.spread import day_after
from anjian_cli.workflow.hazard_cycle import Acceptance
from anjian_cli.workflow.kept_record import Values

FOUND = (
    ("配电箱无防护盖，线路私拉乱接", "用电安全"),
    ("喷漆房未使用防爆灯具", "喷涂作业"),
    ("抛光车间积尘未及时清扫", "可燃爆粉尘"),
    ("安全出口堆放成品，通道不足", "消防疏散"),
    ("冲床双手按钮失效", "机械防护"),
    ("灭火器过期未更换", "消防器材"),
    ("行车未按期检验", "特种设备"),
    ("胶水库房无通风设施", "危险化学品"),
    ("有限空间无警示标志", "有限空间"),
    ("新员工未经三级安全教育上岗", "安全管理"),
)
SOURCES = ("网格巡查", "部门检查", "企业自查", "中介诊断", "网格巡查", "联合执法", "群众举报")
CHANNELS = ("网格巡查", "企业自查", "部门检查", "中介诊断", "网格巡查", "联合执法")
HAZARDS_A_UNIT = 15
EXTENSION = {"reason": "定制设备未到货", "document": None}
FIRST_ON, SPREAD = "2018-01-04", 296
"""The first day on which a hazard is found, and over how many days they are spread."""
# Town, day found, deadline, listed on; the day it was accepted by the county, if it was.
MAJOR = (
    ("芝英镇", "2018-08-20", "2018-10-15", "2018-08-28", ""),
    ("花街镇", "2018-08-27", "2018-10-20", "2018-09-03", ""),
    ("石柱镇", "2018-06-11", "2018-09-10", "2018-06-20", "2018-09-06"),
)


@dataclass(slots=True)
class Life:
    """One hazard: how it was found, and its steps as (day, step of the life cycle, what the step is told)."""

    values: Values
    steps: list[tuple[str, str, Values]] = field(default_factory=list)


def inspected(lives: Sequence[Life], more: Callable[[Life], Mapping[str, str]]) -> Iterator[Values]:
    """The inspections in which hazards were found, one an enterprise, day and method; `more` is told of one by a
    hazard that it found."""
    found = {}
    for life in lives:
        whose = {name: told for name, told in life.values.items() if name in ("town", "enterprise", "credit_code")}
        on, method = life.values["found_on"], life.values["source"]
        if method in CHANNELS:
            found[*whose.values(), on, method] = {**inspection(whose, on, method, "有"), **more(life)}
    return iter(found.values())


def inspection(whose: Values, on: str, method: str, found: str) -> dict[str, object]:
    """One inspection, of the enterprise whose names are told."""
    return {**whose, "inspected_on": on, "method": method, "found_any": found}


def hazards(firms: dict[str, list[Firm]]) -> list[Life]:
    """Fifteen hazards a unit, and the major ones, in the order in which they were found."""
    lives = []
    order = 0
    for unit in data.UNITS:
        own = firms[unit.code]
        for turn in range(HAZARDS_A_UNIT):
            order += 1
            lives.append(ordinary(order, own[(turn * 5 + order) % len(own)], FIRST_ON, SPREAD))
    for of, found_on, deadline_on, listed_on, closed_on in MAJOR:
        code = next(unit.code for unit in data.UNITS if unit.name == of)
        painter = next(firm for firm in firms[code] if "喷涂" in firm.part.kinds)
        lives.append(major(painter, found_on, deadline_on, listed_on, closed_on))
    return sorted(lives, key=lambda life: str(life.values["found_on"]))


def _found(firm: Firm, on: str, source: str, level: str, what: tuple[str, str], deadline_on: str) -> Values:
    description, category = what
    return {
        **firm.told,
        "town": firm.town_on(on),
        "found_on": on,
        "source": source,
        "level": level,
        "description": description,
        "category": category,
        "deadline_on": deadline_on,
    }


def major(
    firm: Firm,
    found_on: str,
    deadline_on: str,
    listed_on: str,
    closed_on: str,
    source: str = "联合执法",
    offices: Offices = OFFICES,
) -> Life:
    """A major hazard: listed by the county on a day and accepted by it on another, '' where it was not."""
    what = ("喷涂车间与员工宿舍同处一幢，未作防火分隔", "消防疏散")
    assured = {
        "responsible": "厂长甲",
        "measures": "停用喷涂线，搬离住宿人员，砌筑防火墙",
        "funds": 12_000_000,
        "contingency_plan": "停产期间专人值守，备足灭火器材",
    }
    life = Life({**_found(firm, found_on, source, "重大", what, deadline_on), **assured})
    if listed_on:
        document = f"{offices.committee}〔{listed_on[:4]}〕9号（示例）"
        life.steps.append((listed_on, "supervise", {"level": "县级", "document": document, "on": listed_on}))
    if closed_on:
        accepted = Acceptance(closed_on, by="验收人甲", unit=offices.county, level="县级")
        life.steps.append((closed_on, "close", {"acceptance": accepted, "rectified_on": day_after(closed_on, -3)}))
    return life


def ordinary(order: int, firm: Firm, first_on: str, spread: int, offices: Offices = OFFICES) -> Life:
    """An ordinary hazard, found on one of so many days from the first on, and what becomes of it: by its number."""
    found_on = day_after(first_on, order * 41 % spread)
    deadline_on = day_after(found_on, 15 + order % 3 * 5)
    source, what = SOURCES[order % len(SOURCES)], FOUND[order % len(FOUND)]
    life = Life(_found(firm, found_on, source, "一般", what, deadline_on))
    steps = life.steps
    if order % 26 == 7:
        return life  # never rectified: overdue, or not yet due
    if order % 15 == 4:
        on, deadline_on = day_after(found_on, 10), day_after(deadline_on, 30)
        steps.append((on, "extend", {"to": deadline_on, "on": on, "approved_by": offices.county, **EXTENSION}))
    accepted_on = day_after(deadline_on, 7 if order % 31 == 5 else -2)
    if order % 17 == 6:
        on = day_after(found_on, 9)
        steps.append((on, "rectify", {"on": on}))
        failed = Acceptance(on, qualified=False, by="验收人乙", failure_reason="整改不彻底")
        steps.append((on, "accept", {"acceptance": failed}))
    steps.append((accepted_on, "close", _accepted(accepted_on, offices, rectified_on=day_after(accepted_on, -2))))
    if order % 40 == 11:
        on = day_after(accepted_on, 25)
        steps.append((on, "reopen", {"on": on, "deadline": day_after(on, 20), "reason": "复查发现问题反复"}))
        if order % 80 == 11:
            again = day_after(on, 9)
            steps.append((again, "close", _accepted(again, offices, rectified_on=day_after(on, 8))))
    return life


def _accepted(on: str, offices: Offices, *, rectified_on: str) -> Values:
    """What the town's own acceptance tells the step that closes a hazard."""
    acceptance = Acceptance(on, by="验收人乙", unit=offices.town, level="镇级")
    return {"acceptance": acceptance, "rectified_on": rectified_on}
