"""The steps of the work of an office: grids, grades, plans, diagnoses, campaigns, and what the lagging answer.

Each through the real workflow, and told to the model. None of them counts in a figure: they change none.
"""

from __future__ import annotations

from dataclasses import replace

from anjian_cli.workflow import hazard_charge
from oracle.draw import CLEAR, Draw, Told
from oracle.model import (
    PROGRAMMES,
    Accident,
    Campaign,
    Case,
    CatchUp,
    Department,
    Diagnosis,
    Enterprise,
    Entry,
    Grid,
    Hazard,
    Officer,
    OfWork,
    Phase,
    Plan,
    Programme,
    RiskGrade,
    Scope,
    Town,
    Training,
    Village,
    after,
    of,
)

RECORDS: dict[str, type[OfWork]] = {
    "grid": Grid,
    "programme_plan": Plan,
    "campaign_phase": Phase,
    "campaign_scope": Scope,
    "catch_up": CatchUp,
}
FIGURES: tuple[tuple[str, str, int], ...] = (("涉氨 3", "trusteeship.涉氨", 3), ("排查隐患 2", "hazard.found", 2))


class WorkSteps(Draw):
    """Steps of what is planned, sorted and answered."""

    def void_of_work(self) -> None:
        record, row, _ = self._any(RECORDS, "voided")
        self._void(record, row)

    def remark_of_work(self) -> None:
        record, _, entry = self._any(RECORDS, "changed")
        self._take(record, number=entry.number, remark=f"第{self._serial()}次核对")

    def void_campaign(self) -> None:
        """Mostly one that has no scope; its phases go with it."""
        scoped = {scope.campaign for _, scope in of(self._made, Scope)}
        free = [key[1] for key, _ in of(self._made, Campaign) if key[1] not in scoped]
        row = self.rng.choice(free) if free and self.rng.random() < 0.9 else self._one(Campaign)[0]
        self._void("campaign", row)
        for key, phase in of(self._made, Phase):
            if phase.campaign == row:
                self._made[key] = replace(phase, voided=True)

    # of enterprises

    def void_grade_or_diagnosis(self) -> None:
        record, row, _ = self._any({"risk_grade": RiskGrade, "diagnosis": Diagnosis}, "voided")
        self._void(record, row)

    def risk_grade(self) -> None:
        row, firm = self._one(Enterprise)
        told: Told = {
            "enterprise": firm.number,
            "grade": self.rng.choice(("红", "橙", "黄", "蓝")),
            "from_on": self._past(),
            "basis": "喷涂作业",
        }
        self._tell("risk_grade", RiskGrade, told, {"enterprise": row})

    def regrade(self) -> None:
        """From another day on, which may be that of another grading."""
        _, grade = self._one(RiskGrade)
        others = [one.from_on for _, one in of(self._made, RiskGrade) if one.enterprise == grade.enterprise]
        day = self.rng.choice((*others, self._past()))
        self._tell("risk_grade", RiskGrade, {"number": grade.number, "from_on": day})

    def diagnosis(self) -> None:
        """Of the programme that the enterprise is in, if it is in any; it may be told which."""
        row, firm = self._one(Enterprise)
        told: Told = {}
        if self.rng.random() < 0.6 and of(self._made, Programme):
            _, programme = self._one(Programme)
            row, firm = programme.enterprise, self._firm(programme.enterprise)
            told["programme"] = self._maybe(programme.kind)
        day = self._past()
        told |= {
            "enterprise": firm.number,
            "agency": "某某公司",
            "diagnosed_on": day,
            "planned_on": self._maybe(self._soon(day)),
        }
        self._tell("diagnosis", Diagnosis, told, {"enterprise": row})

    def whose_accident(self) -> None:
        """An accident is of an enterprise, of a person, of none, or nobody has said."""
        _, accident = self._one(Accident)
        row, firm = self._one(Enterprise)
        word, meant = self.rng.choice(((firm.number, row), (firm.number, row), ("个人", 0), ("无", 0), (CLEAR, 0)))
        self._tell("accident", Accident, {"number": accident.number, "enterprise": word}, {"enterprise": meant})

    def whose_case(self) -> None:
        """By its party's name and kind."""
        _, case = self._one(Case)
        row, firm = self._one(Enterprise)
        told: Told = {"number": case.number, "party": firm.name, "violation": self._maybe("违规作业")}
        kind = self.rng.choice(("企业", "企业", "个人", "无"))
        if kind in ("个人", "无"):
            row = 0
        self._tell("enforcement_case", Case, {**told, "party_kind": kind}, {"enterprise": row})

    # hazards, trainings, departments

    def answer(self) -> None:
        """What a department says to the hazard that it was handed."""
        handed = [(key[1], one) for key, one in of(self._made, Hazard) if len(one.charges) > 1]
        row, hazard = self.rng.choice(handed) if handed and self.rng.random() < 0.95 else self._one(Hazard)
        day = min(after(hazard.charges[-1][0] or self._past(), self.rng.randint(-1, 25)), self.today)
        if self.rng.random() < 0.5:
            hazard_charge.answer(self._gate, row, day, self._maybe("已责令停用") or None)
            self._made["hazard", row] = hazard.written("", day)
        else:
            told = {"handed_over_by": self._maybe("永安委办〔2018〕7号"), "answer_due_on": self._maybe(after(day, 10))}
            self._take("hazard", number=hazard.number, answered_on=day, answer=self._maybe("已改好"), **told)
            self._made["hazard", row] = hazard.written(told["answer_due_on"], day)
        self._noted.append("hazard answered")

    def attended(self) -> None:
        """Which officers of the town a course had."""
        _, course = self._one(Training)
        officers = [one for _, one in of(self._made, Officer)]
        if officers and self.rng.random() < 0.7:
            towns = {one.town for one in officers}
            held = [one for _, one in of(self._made, Training) if one.town in towns]
            course = self.rng.choice(held or [course])
        there = sorted({one.name for one in officers if one.town == course.town})
        names = tuple(self.rng.sample(there, self.rng.randint(min(len(there), 1), len(there))))
        self._take("training", number=course.number, officers=names or CLEAR)

    def sectors(self) -> None:
        """What a department supervises; one sector has one department."""
        _, department = self._one(Department)
        told: Told = {
            "industries": self.rng.choice(("", ("C33",), ("C33", "E"), CLEAR)),
            "risks": self.rng.choice(("", ("有限空间",), CLEAR)),
        }
        self._take("department", number=department.number, **told)

    # of towns and of the county

    def grid(self) -> None:
        town = self._town()
        villages = [village.code for _, village in of(self._made, Village) if village.town == town]
        told: Told = {
            "town": town,
            "village": self.rng.choice(["", *villages]),
            "name": f"第{self.rng.randint(1, 3)}网格",
            "duty": self._maybe("路东"),
        }
        self._tell("grid", Grid, told)

    def plan(self) -> None:
        year = self.rng.choice((2018, 2018, 2019))
        told: Told = {
            "year": year,
            "kind": self.rng.choice(PROGRAMMES[:3]),
            "stage": self.rng.choice(("排查", "诊断", "方案", "整改")),
            "due_on": self.rng.choice((f"{year}-06-30", f"{year}-12-31", f"{year - 1}-12-31")),
        }
        self._tell("programme_plan", Plan, told)

    def phase(self) -> None:
        row, campaign = self._one(Campaign)
        told: Told = {
            "campaign": campaign.name,
            "title": self.rng.choice(("宣传发动", "集中推进", "回头看")),
            "from_on": self.rng.choice(
                (campaign.from_on, self._soon(campaign.from_on), campaign.last_on or campaign.from_on)
            ),
            "visited": self.rng.choice(("", 100)),
        }
        self._tell("campaign_phase", Phase, told, {"campaign": row})

    def scope(self) -> None:
        """By a risk, by a town, or one by name."""
        row, campaign = self._one(Campaign)
        firm_row, firm = self._one(Enterprise)
        kind = self.rng.choice(("风险", "镇街", "企业"))
        told: Told = {
            "风险": {"word": self.rng.choice(("喷涂", "冶金"))},
            "镇街": {"town": self._town()},
            "企业": {"enterprise": firm.number},
        }[kind]
        known: Told = {"campaign": row, **({"enterprise": firm_row} if kind == "企业" else {})}
        self._tell("campaign_scope", Scope, {"campaign": campaign.name, "kind": kind, **told}, known)

    def catch_up(self) -> None:
        filed = self._past()
        department = self._department(0.3)
        told: Told = {
            "town": "" if department else self._town(),
            "department": department,
            "month": after(filed, self.rng.choice((-31, -12, 0)))[:7],
            "filed_on": filed,
            "plan": "每周新签两家",
        }
        known: Told = {}
        if self.rng.random() < 0.6:
            figures = self.rng.sample(FIGURES, self.rng.randint(0, 2))
            told["figures"] = tuple(text for text, _, _ in figures) or CLEAR
            known["figures"] = tuple(sorted((indicator, quantity) for _, indicator, quantity in figures))
        self._tell("catch_up", CatchUp, told, known)


ACTIONS: tuple[tuple[str, type[Entry] | None], ...] = (
    *(("risk_grade", Enterprise), ("regrade", RiskGrade), ("diagnosis", Enterprise), ("answer", Hazard)),
    *(("whose_accident", Accident), ("whose_case", Case), ("attended", Training), ("sectors", Department)),
    *(("grid", Town), ("plan", None), ("phase", Campaign), ("scope", Campaign), ("catch_up", Town)) * 2,
    *(("void_of_work", Town), ("remark_of_work", Town)) * 4,
    *(("void_campaign", Campaign), ("void_grade_or_diagnosis", Enterprise)) * 2,
)
