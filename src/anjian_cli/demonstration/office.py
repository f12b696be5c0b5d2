"""What the demonstration's office sets up before anything happens: units, villages, people, tasks, statistics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from anjian_cli.demonstration import data
from anjian_cli.demonstration.firms import officer_called, short, village
from anjian_cli.workflow.kept_record import Values

AGENCIES = ("示例甲安全技术服务公司", "示例乙安全技术服务公司", "示例丙安全技术服务公司")
LABORATORIES = ("示例职业卫生检测公司", "示例环境检测公司")


class Member(NamedTuple):
    """A department's field: in words, the industries and the kinds of risk that are its own."""

    duty: str
    industries: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()


DEPARTMENTS = {
    "示例建设局": Member("建筑施工、燃气管道", ("E47",)),
    "示例消防大队": Member("消防", (), ("人员密集场所",)),
    "示例交通警察大队": Member("道路交通"),
    "示例市场监管局": Member("特种设备", (), ("特种设备",)),
    "示例经信局": Member("工业行业", ("C32", "C33", "C34")),
    "示例商务局": Member("人员密集场所、涉氨冷库", ("C13",), ("涉氨制冷",)),
    "示例安监局": Member("工贸、危险化学品", (), ("喷涂", "涉可燃爆粉尘", "有限空间", "胶水", "危险化学品")),
}


class Offices(NamedTuple):
    """Who does what is done with a hazard: approves and accepts in the county, and in a town; what the county's
    documents begin with."""

    county: str = "市安委办"
    town: str = "镇安监所"
    committee: str = "永安委"
    bureau: str = "永安监"


OFFICES = Offices()
VILLAGE = "201"  # the number within the unit that its village's code ends with


def settings(own: Mapping[str, str] = data.SETTINGS) -> Iterator[Values]:
    """The office's own."""
    return ({"name": name, "value": value} for name, value in own.items())


def towns() -> Iterator[Values]:
    """The units in the office's order."""
    for position, unit in enumerate(data.UNITS, 1):
        short = {"short_name": data.SHORT[unit.name]} if unit.name in data.SHORT else {}
        yield {"code": unit.code, "name": unit.name, "position": position, **short}


def villages() -> Iterator[Values]:
    """One village a unit."""
    return ({"code": unit.code + VILLAGE, "name": village(unit), "town": unit.name} for unit in data.UNITS)


def agencies() -> Iterator[Values]:
    """Who takes under trusteeship, guides and diagnoses, and who tests."""
    for names, qualification in ((AGENCIES, "安全评价乙级（示例）"), (LABORATORIES, "职业卫生技术服务乙级（示例）")):
        yield from ({"name": name, "qualification": qualification, "contact": "联系人甲"} for name in names)


def departments(members: Mapping[str, Member] = DEPARTMENTS) -> Iterator[Values]:
    """Members of the committee, each with its own field."""
    for name, member in members.items():
        sectors = {"industries": member.industries or None, "risks": member.risks or None}
        yield {"name": name, "duty": member.duty, "contact": "联系人乙", **sectors}


def grids() -> Iterator[Values]:
    """Two a unit, the first of them the responsible village's; of some units a third."""
    for unit in data.UNITS:
        town = short(unit)
        for grid in "一二三" if unit.code in data.WITHOUT_OFFICER else "一二":
            own = {
                "一": {"village": village(unit), "duty": "责任村内的企业"},
                "二": {"duty": "村外的企业、老工业区"},
                "三": {"duty": "新划的工业区", "from_on": data.DRAWN_ON},
            }[grid]
            yield {"town": unit.name, "name": f"{town}{grid}网格", "from_on": "2018-01-02", **own}


def officers() -> Iterator[Values]:
    """One for each of the first two grids of a unit; one has left."""
    for unit in data.UNITS:
        for name, grid in (("甲", "一"), ("乙", "二")):
            officer = {"town": unit.name, "name": officer_called(unit, name), "grid": f"{short(unit)}{grid}网格"}
            left = {"until_on": data.LEFT[1]} if (unit.name, name) == (data.LEFT[0], "乙") else {}
            yield {**officer, "from_on": "2018-01-02", **left}


def plans() -> Iterator[Values]:
    """By which day each stage of the year's rectifications is to be done."""
    for kind, days in data.PLANNED.items():
        for stage, due_on in zip(("排查", "诊断", "方案", "整改"), days, strict=True):
            yield {"year": 2018, "kind": kind, "stage": stage, "due_on": due_on, "document": data.TASKS}


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
            whose = {"year": 2018, "indicator": indicator, "town": unit.name}
            yield {**whose, "quantity": quantity, "document": data.TASKS}


def statistics() -> Iterator[Values]:
    """What others publish of the county."""
    for kind, day, amount in data.STATISTICS:
        source = f"{day[:4]}年国民经济和社会发展统计公报（示例）"
        yield {"kind": kind, "town": "全市", "from_on": day, "amount": amount, "source": source}
