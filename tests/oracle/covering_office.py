"""A random office that inspects: firms that open, move, stop and come back, towns and departments that are merged,
campaigns with dated scopes and phases of their own, and inspections, some of them voided. Told to a ledger and to
`covering.Office` at once.
"""

from __future__ import annotations

import random
import sqlite3

from anjian_cli.demonstration.firms import credit_code
from anjian_cli.ledger import write
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.workflow import register, voiding
from oracle.covering import Campaign, Firm, Grading, Grid, Office, Part, Phase, Unit, Visit
from oracle.model import BEGINNING, OPEN, after

TODAY = "2018-12-28"
RISKS = ("喷涂", "胶水", "冶金")
INDUSTRIES = ("C3351", "C3399", "C3411", "C3512", "")
METHODS = ("部门检查", "网格巡查", "企业自查", "联合执法")
GRADES = ("红", "橙", "黄")
NAMES = ("2018年春季检查", "2018年百日攻坚", "2018年秋季大检查")


class Maker:
    """`office` is what the ledger was told."""

    def __init__(self, ledger: sqlite3.Connection, seed: int) -> None:
        self._rng = random.Random(seed)
        self.office = Office({}, {})
        self._numbers: list[str] = []  # of the firms
        with write.gate(ledger, "测试", at="2018-12-28T01:00:00Z", actor="测试", today=TODAY) as gate:
            self._gate, self._finder = gate, Finder(gate.connection)
            self._units()
            for _ in range(self._rng.randint(5, 12)):
                self._firm()
            for _ in range(self._rng.randint(0, 12)):
                self._life()
            for at in range(len(self.office.firms)):
                self._gradings(at)
            for name in NAMES:
                self._campaign(name)
            for _ in range(self._rng.randint(5, 30)):
                self._visit()
            self._frequencies()
            self._merge()

    def day(self) -> str:
        return after("2018-01-01", self._rng.randint(0, 360))

    def _maybe(self, share: float) -> bool:
        return self._rng.random() < share

    def _take(self, record: str, **given: object) -> int:
        given = {name: value for name, value in given.items() if value not in ("", None)}
        return register.take(self._gate, definition.record(record), given, Finder(self._gate.connection)).row_id

    def _void(self, record: str, row: int, share: float = 0.15) -> bool:
        """Now and then."""
        if not self._maybe(share):
            return False
        voiding.void(self._gate, definition.record(record), row, "重复登记")
        return True

    def _units(self) -> None:
        for number in range(1, 5):
            code, name = f"33078410{number}", f"第{number}镇"
            self._take("town", code=code, name=name)
            self.office.towns[code] = Unit(name)
            self._take("village", code=f"{code}001", name=f"{name}一村", town=code)
            for grid in range(self._rng.choice((0, 1, 1, 2))):
                self._grid(code, f"第{grid + 1}网格")
        for number in range(1, 4):
            row = self._take("department", name=f"示例第{number}局")
            code = str(self._gate.row("department", row)["number"])
            self.office.departments[code] = Unit(f"示例第{number}局")

    def _grid(self, town: str, name: str) -> None:
        grid = Grid(name, town, f"{town}001", self._rng.choice(("", self.day())))
        if self._maybe(0.3):
            grid.until_on = after(max(grid.from_on, "2018-01-01"), self._rng.randint(1, 300))
        days = {"from_on": grid.from_on, "until_on": "" if grid.until_on == OPEN else grid.until_on}
        row = self._take("grid", town=town, village=grid.village, name=name, **days)
        grid.voided = self._void("grid", row)
        grid.number = str(self._gate.row("grid", row)["number"])
        self.office.grids.append(grid)

    def _merge(self) -> None:
        """A town, a department: a part of another one from some day on."""
        for record, units in (("town", self.office.towns), ("department", self.office.departments)):
            if self._maybe(0.7):
                code, into = self._rng.sample(sorted(units), 2)
                day = self.day()
                key = "code" if record == "town" else "number"
                self._take(record, **{key: code}, until_on=day, merged_into=units[into].name)
                units[code].until_on, units[code].merged_into = day, into

    def _firm(self) -> None:
        number = len(self.office.firms) + 1
        town = self._rng.choice([*self.office.towns, ""])
        firm = Firm(
            name=f"示例第{number}厂",
            moves=((BEGINNING, town),),
            states=((BEGINNING, "在营"),),
            risks=tuple(self._rng.sample(RISKS, self._rng.randint(0, 2))),
            industry=self._rng.choice(INDUSTRIES),
            registered_on=self.day() if self._maybe(0.3) else "",
            village=f"{town}001" if town and self._maybe(0.6) else "",
        )
        row = self._take(
            "enterprise",
            name=firm.name,
            town=town,
            village=firm.village,
            credit_code=credit_code(90000 + number) if self._maybe(0.5) else "",
            no_code_reason="在办",
            risks=firm.risks or "",
            industry_code=firm.industry,
            registered_on=firm.registered_on,
        )
        assert row == number  # the place in the list tells the row
        self.office.firms.append(firm)
        self._numbers.append(str(self._gate.row("enterprise", row)["number"]))
        firm.voided = self._void("enterprise", row, 0.08)

    def _one(self) -> int:
        return self._rng.choice([at for at, firm in enumerate(self.office.firms) if not firm.voided])

    def _life(self) -> None:
        """It moves, or its state turns: told in the order of the days."""
        at = self._one()
        firm = self.office.firms[at]
        day = after(max(firm.moves[-1][0], firm.states[-1][0], "2018-01-01"), self._rng.randint(1, 90))
        if day > TODAY:
            return
        if self._maybe(0.4):
            town = self._rng.choice([code for code in self.office.towns if code != firm.moves[-1][1]])
            self._take("enterprise", number=self._numbers[at], town=town, changed_on=day)
            # Where it was before was not known: then it is taken for always.
            firm.moves = (*firm.moves, (day, town)) if firm.moves[-1][1] else ((BEGINNING, town),)
        else:
            state = self._rng.choice([one for one in ("在营", "停产", "关闭", "搬迁") if one != firm.states[-1][1]])
            self._take("enterprise", number=self._numbers[at], state=state, changed_on=day)
            firm.states = (*firm.states, (day, state))

    def _gradings(self, at: int) -> None:
        if self.office.firms[at].voided:
            return
        for day in sorted({self.day() for _ in range(self._rng.choice((0, 1, 1, 2)))}):
            one = Grading(at, self._rng.choice(GRADES), self._rng.choice((day, f"{day[:7]}-01", "2017-12-31")))
            if any((other.firm, other.from_on) == (at, one.from_on) for other in self.office.gradings):
                continue
            told = {"enterprise": self._numbers[at], "grade": one.grade, "from_on": one.from_on}
            row = self._take("risk_grade", **told, basis="示例评估")
            one.voided = self._void("risk_grade", row)
            self.office.gradings.append(one)

    def _campaign(self, name: str) -> None:
        first = self.day()
        last = OPEN if self._maybe(0.3) else after(first, self._rng.randint(20, 200))
        self._take("campaign", name=name, from_on=first, last_on="" if last == OPEN else last)
        campaign = Campaign(name, first, last)
        for _ in range(self._rng.choice((0, 1, 2, 3))):
            self._part(campaign)
        day = first
        for number in range(self._rng.choice((0, 1, 2, 3))):
            day = after(day, 0 if not number else self._rng.randint(1, 60))
            if day > last:
                break
            phase = Phase(f"第{number + 1}阶段", day, self._rng.choice((0, 1, 40, 75, 100)))
            told = {"title": phase.title, "from_on": day, "visited": phase.visited or ""}
            row = self._take("campaign_phase", campaign=name, **told)
            phase.voided = self._void("campaign_phase", row)
            campaign.phases.append(phase)
        self.office.campaigns.append(campaign)

    def _part(self, campaign: Campaign) -> None:
        kind = self._rng.choice(("风险", "行业", "等级", "镇街", "镇街", "企业"))
        at = self._one()
        which, told = {
            "风险": ((word := self._rng.choice(RISKS)), {"word": word}),
            "行业": ((code := self._rng.choice(("C", "C33", "C335", "C3411"))), {"word": code}),
            "等级": ((grade := self._rng.choice(GRADES)), {"word": grade}),
            "镇街": ((town := self._rng.choice([*self.office.towns])), {"town": town}),
            "企业": (str(at), {"enterprise": self._numbers[at]}),
        }[kind]
        part = Part(kind, which)
        if self._maybe(0.4):
            part.from_on = after(campaign.from_on, self._rng.randint(-10, 60))
        if self._maybe(0.4):
            part.until_on = after(max(part.from_on, campaign.from_on), self._rng.randint(1, 60))
        if any((one.kind, one.which, one.from_on) == (kind, which, part.from_on) for one in campaign.parts):
            return
        days = {
            "from_on": "" if part.from_on == BEGINNING else part.from_on,
            "until_on": "" if part.until_on == OPEN else part.until_on,
        }
        row = self._take("campaign_scope", campaign=campaign.name, kind=kind, **told, **days)
        part.voided = self._void("campaign_scope", row)
        campaign.parts.append(part)

    def _visit(self) -> None:
        """Under the name of a campaign, in its days or shortly before or after them; or under none."""
        at, day, name = self._one(), self.day(), ""
        if self._maybe(0.75):
            campaign = self._rng.choice(self.office.campaigns)
            name, day = campaign.name, after(campaign.from_on, self._rng.randint(-6, 90))
        if self._maybe(0.2):  # as the year's next part begins
            day = f"2018-{self._rng.choice(('04', '07', '10'))}-01"
        visit = Visit(
            at, min(day, TODAY), self._rng.choice(METHODS), self._rng.choice([*self.office.departments, ""]), name
        )
        if any((one.firm, one.on, one.method) == (at, visit.on, visit.method) for one in self.office.visits):
            return
        row = self._take(
            "inspection",
            enterprise=self._numbers[at],
            inspected_on=visit.on,
            method=visit.method,
            department=visit.department,
            campaign=name,
            found_any="无",
        )
        visit.voided = self._void("inspection", row)
        self.office.visits.append(visit)

    def _frequencies(self) -> None:
        for grade in GRADES:
            days = ["2018-01-01", self.day()][: self._rng.choice((0, 1, 1, 2))]
            dated = {day: self._rng.choice((1, 2, 4, 12)) for day in days}
            for day, times in dated.items():
                self._take("setting", name=f"inspect.{grade}", value=str(times), from_on=day)
            self.office.times[grade] = sorted(dated.items())


def made_up(ledger: sqlite3.Connection, seed: int) -> Office:
    """Fill an empty ledger; gives what it was told."""
    return Maker(ledger, seed).office
