"""A random office whose work meets its plans: every firm was enrolled and came to some stage, holds a certificate that
lapses, was handed a hazard, and may have closed or moved. Told to a ledger and to a model, as histories are, but many
facts at once and most of them near one another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace

from anjian_cli.errors import Refused
from anjian_cli.ledger import write
from anjian_cli.workflow import hazard_charge, hazard_cycle
from anjian_cli.workflow.hazard_cycle import Acceptance
from oracle.draw import Draw, Told
from oracle.model import (
    BEGINNING,
    Contract,
    Department,
    Enterprise,
    Hazard,
    Model,
    Plan,
    Programme,
    Standard,
    Town,
    after,
    moved,
    turned,
)

TODAY = "2019-12-28"
KINDS = ("喷涂", "涉粉")
STAGES = ("inspected_on", "diagnosed_on", "planned_on", "rectified_on", "accepted_on")


class Maker(Draw):
    """`model` is what the ledger was told."""

    def __init__(self, ledger: sqlite3.Connection, seed: int, firms: int) -> None:
        super().__init__(seed, TODAY)
        self.model: Model = {}
        self._ledger = ledger
        self._tell_all(self._office)
        for _ in range(firms):
            self._tell_all(self._enterprise)

    def _tell_all(self, act: Callable[[], None]) -> None:
        """In one operation; what is refused was not told."""
        self._made = dict(self.model)
        try:
            with write.gate(self._ledger, "测试", at="2019-12-28T01:00:00Z", actor="测试", today=TODAY) as gate:
                self._gate = gate
                act()
        except Refused:
            return
        self.model = self._made

    def _often(self, share: float) -> bool:
        return self.rng.random() < share

    def _later(self, day: str, most: int = 60) -> str:
        return after(day, self.rng.randint(0, most))

    def _sometimes_void(self, record: str, row: int, share: float = 0.12) -> None:
        if self._often(share):
            self._void(record, row)

    def _office(self) -> None:
        for code in ("330784101", "330784102"):
            row, _ = self._take("town", code=code, name=f"第{code[-1]}镇")
            self._made["town", row] = Town(code)
        for name in ("示例甲局", "示例乙局"):
            row, number = self._take("department", name=name)
            self._made["department", row] = Department(number, name)
        for year in (2018, 2019):
            for kind in KINDS:
                for stage in ("排查", "诊断", "方案", "整改"):
                    due_on = f"{year}-{self.rng.randint(3, 9):02}-30"
                    told: Told = {"year": year, "kind": kind, "stage": stage, "due_on": due_on}
                    row, _ = self._tell("programme_plan", Plan, told)
                    self._sometimes_void("programme_plan", row)

    def _enterprise(self) -> None:
        town, name = self._town(), f"示例第{self._serial()}厂"
        row, number = self._take("enterprise", name=name, town=town, no_code_reason="在办")
        firm = Enterprise(number, name, ((BEGINNING, town),))
        if self._often(0.3):
            day, to = self._later("2018-01-01", 500), self._town()
            self._take("enterprise", number=number, town=to, changed_on=day)
            firm = replace(firm, moves=moved(firm.moves, day, to))
        if self._often(0.3):
            day, state = self._later("2018-01-01", 600), self.rng.choice(("关闭", "关闭", "搬迁", "停产"))
            self._take("enterprise", number=number, state=state, changed_on=day)
            firm = replace(firm, states=turned(firm.states, day, state))
        self._made["enterprise", row] = firm
        since = self._programme(row, number)
        self._contracts(row, number, since)
        self._certificates(row, number)
        for _ in range(2):
            self._hazard(row, number)

    def _programme(self, enterprise: int, number: str) -> str:
        """Gives the day about which trusteeship is to follow."""
        day = self._later("2018-01-01", 500)
        told: Told = {"enterprise": number, "action": "专项整治", "kind": self.rng.choice(KINDS), "enrolled_on": day}
        for stage in STAGES[: self.rng.choice((0, 1, 2, 3, 4, 5, 5, 5, 5, 5))]:
            if self._often(0.6) or stage == "accepted_on":
                told[stage] = day = self._later(day)
        if "accepted_on" in told:
            told["conclusion"] = "合格" if self._often(0.8) else "不合格"
        if told.get("conclusion") == "合格":
            told |= {"outcome": self.rng.choice(("托管", "托管", "托管", "托管", "提升"))}
            told["outcome_on"] = self._maybe(self._later(day), 0.7)
        elif self._often(0.3):
            told |= {"outcome": "关停", "outcome_on": self._later(day)}
        if self._often(0.2):
            told |= {"excused_on": self._later(str(told["enrolled_on"]), 120), "excuse": "搬迁"}
        row, one = self._tell("programme", Programme, told, {"enterprise": enterprise})
        self._sometimes_void("programme", row)
        return one.outcome_on or one.accepted_on or day

    def _contracts(self, enterprise: int, number: str, since: str) -> None:
        """One that was over by then or just was not; and one after it."""
        spans = [(after(since, -90), after(since, self.rng.choice((-20, -2, -1, -1, 0))))] if self._often(0.4) else []
        begin = after(since, self.rng.randint(2, 45))
        spans += [(begin, after(begin, 200))] if self._often(0.6) else []
        for from_on, last_on in spans:
            told: Told = {"enterprise": number, "agency": "某某公司", "kind": "小微", "from_on": from_on}
            told |= {"last_on": last_on, "visits_per_year": 0}
            row, _ = self._tell("trusteeship", Contract, told, {"enterprise": enterprise})
            self._sometimes_void("trusteeship", row, 0.3)

    def _certificates(self, enterprise: int, number: str) -> None:
        """One that lapses, and mostly another one about then, which may be revoked."""
        day, grade = self._later("2015-03-01", 600), self.rng.choice(("二级", "二级", "一级"))
        told: Told = {"enterprise": number, "grade": grade, "kind": "新创", "announced_on": day}
        if self._often(0.25):
            told |= {"excused_on": self._later(after(day, 900), 300), "excuse": "停产"}
        begun = {"begun_on": day}
        self._tell("standardization", Standard, told, {"enterprise": enterprise}, begun)
        if self._often(0.7):
            again = self._later(after(day, 1000), 250)
            told = {"enterprise": number, "grade": self.rng.choice((grade, grade, "一级", "三级")), "kind": "复评"}
            told |= {"announced_on": again, "revoked_on": self._maybe(self._later(again), 0.4)}
            row, _ = self._tell("standardization", Standard, told, {"enterprise": enterprise}, {"begun_on": again})
            self._sometimes_void("standardization", row)

    def _hazard(self, enterprise: int, number: str) -> None:
        """Handed over once or twice, each time answered or not; mostly closed, and sometimes sent back."""
        found, town = self._later("2018-01-01", 500), self._town()
        deadline = after(found, 90)
        row, own = self._take(
            "hazard",
            enterprise=number,
            town=town,
            found_on=found,
            source="部门检查",
            level="一般",
            description=f"第{self._serial()}处",
            deadline_on=deadline,
        )
        one, day = Hazard(own, enterprise, town, "一般", (("found", found, deadline),)), found
        for _ in range(self.rng.randint(1, 2)):
            day = self._later(after(day, 1), 20)
            to = str(self._one(Department)[1].number)
            due_on = after(day, self.rng.choice((0, 5, 10)))
            hazard_charge.hand_over(self._gate, row, to, day, None, due_on)
            one = replace(one, charges=(*one.charges, (day, to))).written(due_on, "")
            if self._often(0.5):
                answered = self._later(day, 25)
                hazard_charge.answer(self._gate, row, answered, None)
                one, day = one.written("", answered), answered
        if self._often(0.6):
            day = self._later(found, 60)
            hazard_cycle.close(self._gate, row, Acceptance(day), rectified_on=day)
            one = replace(one, events=(*one.events, ("accepted", day, "")))
            if self._often(0.3):
                day = self._later(day, 20)
                hazard_cycle.reopen(self._gate, row, day, after(day, 30), "又拆除")
                one = replace(one, events=(*one.events, ("reopened", day, after(day, 30))))
        self._made["hazard", row] = one
        self._sometimes_void("hazard", row)


def made_up(ledger: sqlite3.Connection, seed: int, firms: int = 12) -> Model:
    """Fill an empty ledger; gives what it was told."""
    return Maker(ledger, seed, firms).model
