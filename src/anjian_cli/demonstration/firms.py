"""The enterprises of the demonstration, and what part each plays: its contracts, its rectification, its guidance.

Everything follows from the figures and from a running number. Names and codes are plainly made up, and the codes have
a check character that fits, so that they are read as real ones are.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from anjian_cli.demonstration import data
from anjian_cli.demonstration.data import Unit
from anjian_cli.workflow.kept_record import Values

TRADES = ("五金厂", "电动工具厂", "门配厂", "杯业厂", "铝制品厂", "厨具厂", "工贸公司")
OF_KINDS = {"涉氨": "冷冻食品厂", "喷涂": "喷塑厂", "涉粉": "抛光厂"}
"""What enterprises are called by, and those under trusteeship of a kind."""
WORKSHOP = "作坊"
INDUSTRIES = {
    "五金厂": "C3351",
    "电动工具厂": "C3465",
    "门配厂": "C3312",
    "杯业厂": "C3389",
    "铝制品厂": "C3252",
    "厨具厂": "C3381",
    "工贸公司": "C3399",
    "冷冻食品厂": "C1353",
    "喷塑厂": "C3360",
    "抛光厂": "C3360",
    "作坊": "C3351",
}
"""The code of what they do, by GB/T 4754-2017."""
RISKS = {"喷涂": "喷涂", "涉氨": "涉氨制冷", "涉粉": "涉可燃爆粉尘", "胶水": "胶水"}
SPARE = 6  # at least so many enterprises of a unit are under no trusteeship at October's end
MOVED, MOVED_TO, MOVED_ON = "芝英镇", "经济开发区", "2018-07-01"
"""From where, to where and when an ammonia firm moved."""


@dataclass(slots=True)
class Part:
    """What an enterprise is there for: the kinds it is under trusteeship for, the kinds of rectification it was
    enrolled in (and those it was newly found for), whether it is guided in the responsible village, and whether it
    came from another town."""

    kinds: tuple[str, ...] = ()
    enrolled: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    guided: bool = False
    moved: bool = False


class Place(Protocol):
    """Where an enterprise is: a town or zone."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Firm:
    """One enterprise: its number, its unit, its part; the county's name stands before its own, and its code in its
    credit code."""

    number: int
    unit: Place
    part: Part
    county: str = data.SETTINGS["region_name"]
    region: str = data.SETTINGS["region_code"]

    @cached_property
    def workshop(self) -> bool:
        """One that has no credit code."""
        return self.part.kinds == ("小微",) and self.number % 9 == 0

    @cached_property
    def name(self) -> str:
        return f"{self.county}示例{self.number:04d}{self._trade}"

    @cached_property
    def _trade(self) -> str:
        if self.workshop:
            return WORKSHOP
        return OF_KINDS.get((*self.part.kinds, "")[0], TRADES[self.number % len(TRADES)])

    @cached_property
    def told(self) -> Values:
        """How the records of the enterprise name it."""
        by_code = {"credit_code": credit_code(self.number, self.region)}
        return {"town": self.unit.name, **({"enterprise": self.name} if self.workshop else by_code)}

    def town_on(self, day: str) -> str:
        """The name of the unit it was in on a day."""
        return MOVED if self.part.moved and day < MOVED_ON else self.unit.name

    def enterprise(self) -> Values:
        """Its own record, as of the beginning."""
        small = self.part.kinds == ("小微",)
        return {
            "town": self.town_on(""),
            "name": self.name,
            "credit_code": None if self.workshop else credit_code(self.number, self.region),
            "no_code_reason": "家庭作坊" if self.workshop else None,
            "village": village(self.unit) if self.part.guided else None,
            "grid_officer": self._officer,
            "operating_address": f"{self.unit.name}示例路{self.number % 200 + 1}号",
            "industry_code": INDUSTRIES[self._trade],
            "size": "微型" if small else "小型",
            "risks": tuple(dict.fromkeys(RISKS[kind] for kind in self._risky())) or None,
            "employees": 3 + self.number * 7 % 40 if small else 20 + self.number * 7 % 180,
        }

    @property
    def _officer(self) -> str | None:
        """Who looks after it; of the other county nobody has told, nor of one that came from another town."""
        if self.region != data.SETTINGS["region_code"] or self.part.moved:
            return None
        return officer_called(self.unit, "甲" if self.part.guided else "乙")

    def _risky(self) -> list[str]:
        return [kind for kind in (*self.part.kinds, *self.part.enrolled, *self.part.found) if kind in RISKS]


def credit_code(number: int, region: str = data.SETTINGS["region_code"]) -> str:
    """A made-up code with a check character that fits (GB 32100-2015)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"91{region}DEM0{number:05d}"
    weighed = sum(alphabet.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + alphabet[-weighed % 31]


def village(unit: Place) -> str:
    """The name of the unit's responsible village."""
    return f"{short(unit)}示例村"


def short(unit: Place) -> str:
    """What a unit is called for short."""
    return data.SHORT.get(unit.name, unit.name.removesuffix("镇").removesuffix("街道"))


def officer_called(unit: Place, which: str) -> str:
    """The name of a unit's first officer (甲), whose are the firms of its village, or second (乙)."""
    return f"{short(unit)}网格员{which}"


def firms() -> dict[str, list[Firm]]:
    """All enterprises by the code of their unit. Those under trusteeship and a few more are numbered first."""
    parts = {unit.code: _parts(unit) for unit in data.UNITS}
    numbers = itertools.count(1)
    found: dict[str, list[Firm]] = {code: [] for code in parts}
    for first in (True, False):
        for unit in data.UNITS:
            own, several = parts[unit.code], under_trusteeship(unit) + SPARE
            half = own[:several] if first else own[several:]
            found[unit.code] += [Firm(next(numbers), unit, part) for part in half]
    return found


def under_trusteeship(unit: Unit) -> int:
    """How many enterprises of a unit are under trusteeship at October's end, each counted once."""
    return sum(unit.in_trust) - unit.both


def _parts(unit: Unit) -> list[Part]:
    painted, ammonia, dust, small = unit.in_trust
    standard = unit.standard
    certified = standard.due + standard.september + standard.task + data.SECOND_GRADE.get(unit.code, 0)
    free = max(SPARE, certified - under_trusteeship(unit))
    parts = [
        Part(kinds)
        for kinds, count in (
            (("喷涂", "涉粉"), unit.both),
            (("喷涂",), painted - unit.both),
            (("涉氨",), ammonia),
            (("涉粉",), dust - unit.both),
            (("小微",), small),
            ((), free),
        )
        for _ in range(count)
    ]
    _enrol(unit, parts)
    _find(unit, parts)
    for part in [*_of(parts, "小微"), *_of(parts)][: unit.village[1]]:
        part.guided = True
    if unit.name == MOVED_TO:
        _of(parts, "涉氨")[0].moved = True
    return parts


def _of(parts: list[Part], *kinds: str) -> list[Part]:
    return [part for part in parts if part.kinds == kinds]


def _enrol(unit: Unit, parts: list[Part]) -> None:
    """At the year's beginning: painters under trusteeship first, then such as are not, then small ones."""
    others = [*_of(parts), *_of(parts, "小微")]
    painters = [*(part for part in parts if "喷涂" in part.kinds), *others][: unit.special_enrolled[0]]
    for part in painters:
        part.enrolled = ("喷涂",)
    for part in [part for part in others if not part.enrolled][: unit.special_enrolled[1]]:
        part.enrolled = ("胶水",)


def _find(unit: Unit, parts: list[Part]) -> None:
    """Newly found: dust among those under trusteeship; ammonia accepted and then taken under it, or not accepted."""
    for part in _of(parts, "涉粉")[: data.NEWLY_FOUND["涉粉"].get(unit.code, 0)]:
        part.found = ("涉粉",)
    count, accepted = (by_kind["涉氨"].get(unit.code, 0) for by_kind in (data.NEWLY_FOUND, data.NEWLY_FOUND_ACCEPTED))
    # Not the first: its contract is older than the finding.
    for part in [*_of(parts, "涉氨")[1 : 1 + accepted], *_of(parts)[::-1][: count - accepted]]:
        part.found = ("涉氨",)
