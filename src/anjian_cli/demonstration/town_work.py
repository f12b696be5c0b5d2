"""What the demonstration's towns do with many enterprises at once: courses, responsible villages, monthly reports."""

from __future__ import annotations

from collections.abc import Iterator

from anjian_cli.demonstration import data
from anjian_cli.demonstration.firms import Firm, officer_called, village
from anjian_cli.demonstration.office import AGENCIES
from anjian_cli.demonstration.spread import day_after, days, evenly
from anjian_cli.workflow.kept_record import Values

COURSES = {"主要负责人": (4, 9), "安全管理人员": (5, 10), "特种作业人员": (6,), "网格员": (3, 8)}
"""The months in which courses of a kind are held; others are held monthly."""
FOUND_NOTHING = ("舟山镇", "前仓镇", "方岩镇")  # in the winter's two months
ADVICE = (
    "台账补全安全操作规程和交接记录（示例）",
    "配电箱加装防护盖，线路穿管（示例）",
    "清理通道，灭火器移到明显处（示例）",
    "冲床加装双手按钮，员工重新培训（示例）",
)
"""What is advised, by how many hazards were found."""
FILED = {"喷涂": 0, "涉氨": 1, "涉粉": 2, "小微": 3}  # what the towns say of themselves, by the place in `in_trust`


def courses() -> Iterator[Values]:
    """Courses from March to October whose people passed add up to the figures."""
    for place, unit in enumerate(data.UNITS):
        for kind, total in zip(data.TRAINING_KINDS, unit.trained, strict=True):
            held = COURSES.get(kind, tuple(range(3, 11)))
            for turn, (month, passed) in enumerate(zip(held, evenly(total, len(held)), strict=True)):
                course: Values = {
                    "town": unit.name,
                    "held_on": f"2018-{month:02d}-{5 + (place + turn) % 20:02d}",
                    "kind": kind,
                    "title": f"{kind}安全培训第{turn + 1}期（示例）",
                    "hours": 8,
                    "attended": passed + passed // 15,
                    "passed": passed,
                    "organiser": AGENCIES[place % len(AGENCIES)],
                }
                if kind == "网格员" and unit.name != data.UNNAMED:
                    course["officers"] = tuple(officer_called(unit, each) for each in _came(turn, place))
                yield course


def _came(turn: int, place: int) -> str:
    """Who came to a unit's first course of officers, and to its second: of some units only one ever did."""
    return "甲乙" if turn == 0 and place % 4 else "甲"


def responsible_villages() -> Iterator[Values]:
    """A village a unit, with its agency and the reward it is promised; acceptance comes at the year's end."""
    for place, unit in enumerate(data.UNITS):
        yield {
            "year": 2018,
            "town": unit.name,
            "village": village(unit),
            "agency": AGENCIES[place % len(AGENCIES)],
            "enrolled_on": "2018-01-20",
            "moved_in_on": day_after("2018-03-05", place),
            "firms_to_guide": unit.village[0],
            "reward": data.REWARDS[place % len(data.REWARDS)],
        }


def guidance(firms: dict[str, list[Firm]]) -> Iterator[Values]:
    """The enterprises of the villages that were guided, one by one."""
    for place, unit in enumerate(data.UNITS):
        guided = [firm for firm in firms[unit.code] if firm.part.guided]
        early = data.by_september(len(guided))
        on = [*days("2018-04-02", "2018-09-21", early), *days("2018-10-09", "2018-10-26", len(guided) - early)]
        for firm, day in zip(guided, on, strict=True):
            guided_by = {"agency": AGENCIES[place % len(AGENCIES)], "advice": ADVICE[firm.number % 4]}
            whose = {**firm.told, "village": village(unit), "guided_on": day}
            yield {**whose, "hazards_found": firm.number % 4, **guided_by}


def catch_ups() -> Iterator[Values]:
    """What the units that lagged in September answered."""
    for town, filed_on, plan, figures in data.CAUGHT_UP:
        whose = {"town": town, "month": "2018-09", "filed_on": filed_on, "responsible": f"{town}镇长（示例）"}
        yield {**whose, "plan": plan, "figures": figures}


def filings() -> Iterator[Values]:
    """The reports of the units, month by month, on the month's last days; of October some did not come."""
    for month in range(1, 11):
        last = day_after(f"2018-{month + 1:02d}-01", -1)
        for place, unit in enumerate(data.UNITS):
            if month == 10 and unit.name in data.NOT_FILED:
                continue
            filing: Values = {
                "town": unit.name,
                "month": f"2018-{month:02d}",
                "filed_on": day_after(last, 4 if (month, unit.name) == (9, data.LATE) else -(place % 3)),
                "method": "微信" if place % 2 else "政务邮箱",
                "filer": f"{village(unit).removesuffix('示例村')}经办人",
                "nil": "否",
            }
            if month < 3 and unit.name in FOUND_NOTHING:
                filing |= {"nil": "是", "nil_for": ("职业卫生检测",)}
            if month == 10:
                filing["figures"] = tuple(f"{short} {unit.in_trust[place]}" for short, place in FILED.items())
                filing |= _october(unit.name, filing["figures"])
            yield filing


def _october(town: str, figures: tuple[str, ...]) -> Values:
    """What is told apart of October's reports."""
    miscounted, short, quantity = data.MISCOUNTED
    if town == miscounted:
        return {"figures": tuple(f"{short} {quantity}" if said.startswith(short) else said for said in figures)}
    return {"returned_on": "2018-11-01", "refiled_on": "2018-11-01"} if town == data.SENT_BACK else {}
