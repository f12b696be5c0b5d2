"""The records of the demonstration, made from its figures: enterprises, contracts, courses, hazards, totals.

Everything follows from the figures and from a running number: no chance, no clock. Names and codes are plainly made
up. It writes nothing; `demonstration` takes what it gives through the gate.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from anjian_cli.workflow import demonstration_data as data
from anjian_cli.workflow.demonstration_data import Unit
from anjian_cli.workflow.kept import Values

AGENCIES = ("示例甲安全技术服务公司", "示例乙安全技术服务公司", "示例丙安全技术服务公司")
TRADES = ("五金厂", "电动工具厂", "门配厂", "杯业厂", "铝制品厂", "厨具厂", "工贸公司")
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
HAZARDS_A_UNIT = 15
SPARE = 6  # enterprises of a unit that are under no trusteeship at October's end
MOVED = "芝英镇"  # the town from which the zone's ammonia firm moved on MOVED_ON
MOVED_ON = "2018-07-01"


@dataclass(frozen=True, slots=True)
class Firm:
    """One enterprise: its fields, its unit, and the kinds it is under trusteeship for."""

    values: Values
    unit: Unit
    kinds: tuple[str, ...]


@dataclass(slots=True)
class Life:
    """One hazard: how it was found, and its steps as (day, step of the life cycle, what the step is told)."""

    values: Values
    steps: list[tuple[str, str, Values]] = field(default_factory=list)


def day_after(day: str, days: int) -> str:
    """The day some days later (or before)."""
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def credit_code(number: int) -> str:
    """A made-up code with a check character that fits (GB 32100-2015), so that it is read as a real one is."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"91330784DEM0{number:05d}"
    weighed = sum(alphabet.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + alphabet[-weighed % 31]


def towns() -> Iterator[Values]:
    """The units in the office's order."""
    for position, unit in enumerate(data.UNITS, 1):
        short = {"short_name": data.SHORT[unit.name]} if unit.name in data.SHORT else {}
        yield {"code": unit.code, "name": unit.name, "position": position, **short}


def firms() -> list[Firm]:
    """All enterprises, unit by unit; the spare ones of a unit come last."""
    found: list[Firm] = []
    for unit in data.UNITS:
        painted, ammonia, dust, small = unit.in_trust
        for kinds, count in (
            (("喷涂", "涉粉"), unit.both),
            (("喷涂",), painted - unit.both),
            (("涉氨",), ammonia),
            (("涉粉",), dust - unit.both),
            (("小微",), small),
            ((), SPARE),
        ):
            found += [Firm(_enterprise(number, unit, kinds), unit, kinds) for number in _numbers(found, count)]
    return found


def _numbers(found: list[Firm], count: int) -> range:
    return range(len(found) + 1, len(found) + 1 + count)


def _enterprise(number: int, unit: Unit, kinds: tuple[str, ...]) -> Values:
    risks = {"喷涂": "喷涂", "涉氨": "涉氨制冷", "涉粉": "涉可燃爆粉尘"}
    trade = {"涉氨": "冷冻食品厂", "喷涂": "喷塑厂", "涉粉": "抛光厂"}.get(kinds[0] if kinds else "", "")
    workshop = kinds == ("小微",) and number % 9 == 0
    return {
        "town": unit.name,
        "name": f"永康市示例{number:04d}{'作坊' if workshop else trade or TRADES[number % len(TRADES)]}",
        "credit_code": None if workshop else credit_code(number),
        "no_code_reason": "家庭作坊" if workshop else None,
        "operating_address": f"{unit.name}示例路{number % 200 + 1}号",
        "industry_code": "C1353" if kinds == ("涉氨",) else "C3351",
        "size": "微型" if kinds == ("小微",) else "小型",
        "risks": tuple(risks[kind] for kind in kinds if kind in risks) or None,
        "employees": 3 + number * 7 % 40 if kinds == ("小微",) else 20 + number * 7 % 180,
    }


def moved(all_firms: list[Firm]) -> Firm:
    """The zone's ammonia firm that stood in a town until the middle of the year."""
    return next(firm for firm in all_firms if firm.unit.name == "经济开发区" and firm.kinds == ("涉氨",))


def contracts(all_firms: list[Firm]) -> Iterator[Values]:
    """Contracts of one year, beginning from November 2017 to October 2018, and some that did not last."""
    number = itertools.count(1)
    spare = {unit.code: [f for f in all_firms if f.unit is unit and not f.kinds] for unit in data.UNITS}
    for firm in all_firms:
        for kind in firm.kinds:
            order = next(number)
            months = 10 + order * 7 % 12  # since January 2017
            begin = date(2017 + months // 12, months % 12 + 1, 1 + order * 5 % 24)
            last = day_after(begin.replace(year=begin.year + 1).isoformat(), -1)
            yield _contract(order, firm, kind, begin.isoformat(), last)
    for unit in data.UNITS:
        yield _contract(next(number), spare[unit.code][0], "小微", "2017-11-15", "2018-10-14")
    for unit in data.UNITS[::4]:
        ended = {"ended_on": "2018-10-20", "end_reason": "企业停产"}
        yield {**_contract(next(number), spare[unit.code][1], "喷涂", "2018-03-01", "2019-02-28"), **ended}


def lapsed(all_firms: list[Firm]) -> Values:
    """The contract that September's bulletin still counted and that had ended before: it becomes a correction."""
    firm = [f for f in all_firms if f.unit.name == "芝英镇" and not f.kinds][2]
    return _contract(9001, firm, "涉氨", "2018-01-01", "2018-12-31")


def _contract(order: int, firm: Firm, kind: str, from_on: str, last_on: str) -> Values:
    return {
        "enterprise": firm.values["name"],
        "town": firm.unit.name,
        "agency": AGENCIES[order % len(AGENCIES)],
        "kind": kind,
        "contract_number": f"示例托{order:04d}号",
        "from_on": from_on,
        "last_on": last_on,
        "yearly_fee": 80_000 if kind == "小微" else 360_000,
        "payer": "财政" if kind == "小微" else "企业",
        "visits_per_year": 4 if kind == "小微" else 12,
    }


def courses() -> Iterator[Values]:
    """Courses from March to October whose people passed add up to the figures."""
    months = {"主要负责人": (4, 9), "安全管理人员": (5, 10), "特种作业人员": (6,), "网格员": (3, 8)}
    for place, unit in enumerate(data.UNITS):
        for kind, total in zip(data.TRAINING_KINDS, unit.trained, strict=True):
            held = months.get(kind, tuple(range(3, 11)))
            for turn, month in enumerate(held):
                passed = total * (turn + 1) // len(held) - total * turn // len(held)
                yield {
                    "town": unit.name,
                    "held_on": f"2018-{month:02d}-{5 + (place + turn) % 20:02d}",
                    "kind": kind,
                    "title": f"{kind}安全培训第{turn + 1}期（示例）",
                    "hours": 8,
                    "attended": passed + passed // 15,
                    "passed": passed,
                    "organiser": AGENCIES[place % len(AGENCIES)],
                }


def targets() -> Iterator[Values]:
    """The year's tasks of every unit, for every indicator that is ranked against one."""
    for unit in data.UNITS:
        asked = dict(zip(data.TRAINING_INDICATORS, unit.training_task, strict=True))
        asked |= {"三级新创": unit.standard.task, "指导企业": unit.village[0], "责任村验收": 1}
        asked |= dict(zip(data.TRUSTEESHIP_KINDS, unit.trusteeship_task, strict=True))
        asked |= {"智慧用电": unit.equipment[0]}
        if unit.code in data.SECOND_GRADE:
            asked["二级达标"] = data.SECOND_GRADE[unit.code]
        for indicator, quantity in asked.items():
            yield {
                "year": 2018,
                "indicator": indicator,
                "town": unit.name,
                "quantity": quantity,
                "document": data.TASKS,
            }


def totals(day: str) -> Iterator[Values]:
    """The totals that the office has without single records, as of September's or October's end; with October's
    come those of the same months of the year before."""
    september = day == data.SEPTEMBER
    for unit in data.UNITS:
        known = _town_totals(unit, september=september)
        if september:
            known |= {"到期复评": unit.standard.due, "责任村创建": 1, "应检": unit.health[0]}
            known |= {f"列入{kind}": n for kind, n in zip(data.SPECIAL_KINDS, unit.special_enrolled, strict=True) if n}
            known |= {f"列入{kind}": n[unit.code] for kind, n in data.NEWLY_FOUND.items() if unit.code in n}
            if unit.code in data.SECOND_GRADE:
                known["二级在创"] = data.SECOND_GRADE[unit.code]
        for indicator, quantity in known.items():
            yield _total(indicator, unit.name, day, str(quantity))
    for indicator, (by_september, by_october, year_before) in data.COUNTY.items():
        yield _total(indicator, "全市", day, by_september if september else by_october)
        if not september:
            yield _total(indicator, "全市", data.YEAR_BEFORE, year_before)


def _town_totals(unit: Unit, *, september: bool) -> dict[str, int]:
    standard = unit.standard
    reached = standard.september if september else standard.october
    known = {
        "三级新创": reached,
        # Those that reached the grade in October are no longer creating it.
        "三级在创": standard.task - (reached - standard.september),
        "复评咨询": standard.consulted - (standard.consulted // 12 if september else 0),
        "指导企业": _by(unit.village[1], september=september),
        "已检": _by(unit.health[1], september=september),
        "智慧用电": _by(unit.equipment[1], september=september),
    }
    if standard.in_review:
        # Half of the eight had not come so far a month before.
        early = standard.in_review // 2 if standard.in_review >= 20 else 0
        known["复评评审"] = early if september else standard.in_review
    for kind, enrolled, accepted in zip(data.SPECIAL_KINDS, unit.special_enrolled, unit.special_accepted, strict=True):
        if enrolled:
            known[f"整治{kind}"] = _by(accepted, september=september)
    for kind, by_town in data.NEWLY_FOUND_ACCEPTED.items():
        if unit.code in by_town:
            known[f"整治{kind}"] = _by(by_town[unit.code], september=september)
    return known


def _by(october: int, *, september: bool) -> int:
    """What was done by September's end is taken to be all but a twelfth of October's total, rounded."""
    return october - (october + 6) // 12 if september else october


def _total(indicator: str, town: str, day: str, cumulative: str) -> Values:
    month = int(day[5:7])
    return {
        "indicator": indicator,
        "town": town,
        "from_on": day,
        "cumulative": cumulative,
        "source": data.TABLES.format(month=month).replace("2018年", f"{day[:4]}年"),
    }


def hazards(all_firms: list[Firm]) -> list[Life]:
    """Fifteen hazards a unit, with everything that happens to hazards."""
    lives = []
    order = 0
    for unit in data.UNITS:
        own = [firm for firm in all_firms if firm.unit is unit]
        for turn in range(HAZARDS_A_UNIT):
            order += 1
            lives.append(_life(order, unit, own[(turn * 5 + order) % len(own)]))
    lives += [_major(all_firms, *which) for which in MAJOR]
    return sorted(lives, key=lambda life: str(life.values["found_on"]))


# Town, day found, deadline, listed on; the day it was accepted by the county, if it was.
MAJOR = (
    ("芝英镇", "2018-08-20", "2018-10-15", "2018-08-28", ""),
    ("花街镇", "2018-08-27", "2018-10-20", "2018-09-03", ""),
    ("石柱镇", "2018-06-11", "2018-09-10", "2018-06-20", "2018-09-06"),
)


def _major(all_firms: list[Firm], town: str, found_on: str, deadline_on: str, listed_on: str, closed_on: str) -> Life:
    firm = next(f for f in all_firms if f.unit.name == town and "喷涂" in f.kinds)
    life = Life(
        {
            "town": town,
            "enterprise": firm.values["name"],
            "found_on": found_on,
            "source": "联合执法",
            "level": "重大",
            "description": "喷涂车间与员工宿舍同处一幢，未作防火分隔",
            "category": "消防疏散",
            "deadline_on": deadline_on,
            "responsible": "厂长甲",
            "measures": "停用喷涂线，搬离住宿人员，砌筑防火墙",
            "funds": 12_000_000,
            "contingency_plan": "停产期间专人值守，备足灭火器材",
        }
    )
    life.steps.append(
        (listed_on, "supervise", {"level": "县级", "document": "永安委〔2018〕9号（示例）", "on": listed_on})
    )
    if closed_on:
        accepted = {"rectified_on": day_after(closed_on, -3), "by": "验收人甲", "unit": "市安委办", "level": "县级"}
        life.steps.append((closed_on, "close", {"on": closed_on, **accepted}))
    return life


def _life(order: int, unit: Unit, firm: Firm) -> Life:
    found_on = day_after("2018-01-04", order * 41 % 296)
    deadline_on = day_after(found_on, 15 + order % 3 * 5)
    description, category = FOUND[order % len(FOUND)]
    life = Life(
        {
            "town": unit.name,
            "enterprise": firm.values["name"],
            "found_on": found_on,
            "source": SOURCES[order % len(SOURCES)],
            "level": "一般",
            "description": description,
            "category": category,
            "deadline_on": deadline_on,
        }
    )
    steps = life.steps
    if order % 26 == 7:
        return life  # never rectified: overdue, or not yet due
    if order % 15 == 4:
        on, deadline_on = day_after(found_on, 10), day_after(deadline_on, 30)
        steps.append((on, "extend", {"to": deadline_on, "on": on, **EXTENSION}))
    accepted_on = day_after(deadline_on, 7 if order % 31 == 5 else -2)
    if order % 17 == 6:
        on = day_after(found_on, 9)
        steps.append((on, "rectify", {"on": on}))
        steps.append((on, "accept", {"on": on, "qualified": False, "failure_reason": "整改不彻底", "by": "验收人乙"}))
    done = {"rectified_on": day_after(accepted_on, -2), "by": "验收人乙", "unit": "镇安监所", "level": "镇级"}
    steps.append((accepted_on, "close", {"on": accepted_on, **done}))
    if order % 40 == 11:
        on = day_after(accepted_on, 25)
        steps.append((on, "reopen", {"on": on, "deadline": day_after(on, 20), "reason": "复查发现问题反复"}))
        if order % 80 == 11:
            again = {"rectified_on": day_after(on, 8), "by": "验收人乙", "unit": "镇安监所", "level": "镇级"}
            steps.append((day_after(on, 9), "close", {"on": day_after(on, 9), **again}))
    return life


EXTENSION = {"reason": "定制设备未到货", "approved_by": "市安委办", "document": None}
