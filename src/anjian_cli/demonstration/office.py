"""What the demonstration's office sets up before anything happens: units, villages, people, tasks, statistics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from anjian_cli.demonstration import data
from anjian_cli.demonstration.firms import village
from anjian_cli.workflow.kept_record import Values

AGENCIES = ("示例甲安全技术服务公司", "示例乙安全技术服务公司", "示例丙安全技术服务公司")
LABORATORIES = ("示例职业卫生检测公司", "示例环境检测公司")
DEPARTMENTS = {
    "示例建设局": "建筑施工、燃气管道",
    "示例消防大队": "消防",
    "示例交通警察大队": "道路交通",
    "示例市场监管局": "特种设备",
    "示例经信局": "工业行业",
    "示例商务局": "人员密集场所、涉氨冷库",
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


def departments(members: Mapping[str, str] = DEPARTMENTS) -> Iterator[Values]:
    """Members of the committee, each with its own field."""
    return ({"name": name, "duty": duty, "contact": "联系人乙"} for name, duty in members.items())


def campaigns(phases_of: Mapping[str, Iterable[str]] = data.CAMPAIGNS) -> Iterator[Values]:
    """The autumn inspection, which inspections name, and the hundred days, each with its three phases."""
    names = ("from_on", "push_on", "summary_on", "last_on")
    for name, phases in phases_of.items():
        yield {"name": name, "lead": "示例安委办", **dict(zip(names, phases, strict=True))}


def officers() -> Iterator[Values]:
    """Two grids a unit."""
    for unit in data.UNITS:
        for name, grid in (("网格员甲", "一"), ("网格员乙", "二")):
            short = village(unit).removesuffix("示例村")
            yield {"town": unit.name, "name": f"{short}{name}", "grid": f"{short}{grid}网格", "from_on": "2018-01-02"}


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
