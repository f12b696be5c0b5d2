"""The campaigns (行动) of the demonstration: their phases with what each asks, whom they are about, and the meetings,
checks and publicity that belong to them; with the drills of two years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from anjian_cli.demonstration import data
from anjian_cli.demonstration.spread import day_after
from anjian_cli.workflow.kept_record import Values

DAYS = ("from_on", "push_on", "summary_on", "last_on")
AUTUMN_ON = data.CAMPAIGNS[data.AUTUMN][0]
HUNDRED_ON = data.CAMPAIGNS[data.HUNDRED][0]
DOCUMENTS = {data.AUTUMN: "永安委〔2018〕15号（示例）", data.HUNDRED: "永安委〔2018〕14号（示例）"}


DRILLED = {2017: ("舟山镇", "方岩镇", "西溪镇", "唐先镇"), 2018: ("西溪镇", "唐先镇")}
"""The years in which towns held a drill in June, and the towns that did not."""


class Phase(NamedTuple):
    """What a phase asks: in words, the kind of work that belongs to it, and how many per cent are to be inspected and
    closed by its end."""

    title: str
    task: str
    work: str
    visited: int | None
    closed: int | None


PHASES = {
    data.AUTUMN: (
        Phase("宣传发动", "动员部署，企业自查，排出底数", "会议部署", None, None),
        Phase("集中推进", "各镇、各部门逐家检查，边查边改", "督查检查", 60, 90),
        Phase("总结提高", "回头看，补查没查到的", "督查检查", 100, 100),
    ),
    data.HUNDRED: (
        Phase("宣传发动", "排出红、橙企业名单，逐家告知", "会议部署", 20, None),
        Phase("集中推进", "红、橙企业逐家检查，重大隐患挂牌", "督查检查", 100, 95),
        Phase("总结提高", "回头看，重新评定等级", "督查检查", 100, 100),
    ),
}


def campaigns(phases_of: Mapping[str, Iterable[str]], documents: Mapping[str, str]) -> Iterator[Values]:
    """Each with the days of its three phases."""
    for name, days in phases_of.items():
        told = {"name": name, "document": documents[name], "lead": "示例安委办"}
        yield {**told, **dict(zip(DAYS, days, strict=True))}


def phases(days_of: Mapping[str, Iterable[str]], phases_of: Mapping[str, Iterable[Phase]]) -> Iterator[Values]:
    """The phases of every campaign, from their days on."""
    for name, of in phases_of.items():
        for phase, from_on in zip(of, days_of[name], strict=False):
            goals = {"visited": phase.visited, "closed": phase.closed}
            told = {"campaign": name, "title": phase.title, "from_on": from_on, "task": phase.task, "work": phase.work}
            yield told | {of: goal for of, goal in goals.items() if goal is not None}


def scopes(campaign: str, grades: Iterable[str]) -> Iterator[Values]:
    """A campaign that is about some grades; one of which nothing is said is about all enterprises."""
    return ({"campaign": campaign, "kind": "等级", "word": grade} for grade in grades)


def campaign(on: str, place: int, closely_watched: bool) -> dict[str, str]:
    """The campaign that an inspection of a day names: of those that are watched closely the hundred days, in October in
    every other unit; of the others the autumn's."""
    if on >= AUTUMN_ON:
        return {"campaign": data.HUNDRED if closely_watched and place % 2 else data.AUTUMN}
    return {"campaign": data.HUNDRED} if on >= HUNDRED_ON and closely_watched else {}


def work() -> Iterator[Values]:
    """What was held and published for the two campaigns; three units have done little so far."""
    for place, unit in enumerate(data.UNITS):
        late = unit.name in (*data.NOT_FILED, data.LATE)
        for name, begins in ((data.HUNDRED, HUNDRED_ON), (data.AUTUMN, AUTUMN_ON)):
            whose: Values = {"town": unit.name, "campaign": name, "level": "乡镇级"}
            met = day_after(begins, (9 if late else 1) + place % 4)
            yield {**whose, "kind": "会议部署", "done_on": met, "title": "行动动员部署会（示例）"}
            if not late:
                told = day_after(begins, 6 + place % 5)
                yield {**whose, "kind": "宣传活动", "done_on": told, "title": "安全生产进企业宣传（示例）"}
            if place % 3 == 0 and not late:
                seen = day_after(begins, 15 + place % 6)
                yield {**whose, "kind": "督查检查", "done_on": seen, "title": "镇领导带队督查（示例）", "times": 2}
        if place in data.SHOWN:
            shown: Values = {"kind": "宣传活动", "town": unit.name, "done_on": data.SHOWN[place], "level": "县级"}
            yield {**shown, "title": "责任村典型企业现场观摩会（示例）"}
        for year, without in DRILLED.items():
            if unit.name not in without:
                drilled = f"{year}-06-{5 + place:02d}"
                held: Values = {"kind": "应急演练", "town": unit.name, "done_on": drilled, "level": "乡镇级"}
                yield {**held, "title": "安全生产月喷涂企业火灾应急演练（示例）"}
    town, on = data.WARNED
    yield {"kind": "约谈", "town": town, "done_on": on, "title": "补差计划未报、连续落后约谈（示例）", "level": "县级"}
    for place, department in enumerate(("示例消防大队", "示例市场监管局", "示例安监局")):
        seen = day_after(AUTUMN_ON, 9 + place * 5)
        whose = {"department": department, "campaign": data.AUTUMN, "level": "县级"}
        yield {**whose, "kind": "督查检查", "done_on": seen, "title": "行业专项督查（示例）"}
