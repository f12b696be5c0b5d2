"""Random histories that are all about what is due: plans and the stages they ask, hazards handed over, certificates
that lapse, contracts that follow an outcome; and firms that close, come back and move in between.
"""

from __future__ import annotations

from dataclasses import replace

from anjian_cli.workflow import hazard_charge
from oracle.draw import CLEAR, Told
from oracle.histories import History
from oracle.model import Contract, Enterprise, Entry, Hazard, Plan, Programme, Standard, after
from oracle.telling import telling_days

KINDS = ("喷涂", "涉粉")
STEPS: tuple[tuple[str, type[Entry] | None], ...] = (
    *(("enrol", None), ("stage", Programme), ("accept_programme", Programme), ("outcome", Programme)) * 4,
    *(("plan_of_work", None), ("contract_after", Programme), ("refer", Hazard), ("answer", Hazard)) * 4,
    *(("excuse", Programme), ("old_certificate", None), ("renewed_or_revoked", Standard), ("hazard", None)) * 2,
    *(("state_and_risks", None), ("move", None), ("void", None)) * 2,
    *(("rectify", Hazard), ("accept", Hazard), ("close_hazard", Hazard), ("reopen", Hazard), ("extend", Hazard)),
    *(("mend_departments", Hazard), ("department", None), ("enterprise", None), ("end_of_standard", Standard)),
    *(("excuse_or_correct_programme", Programme), ("diagnosis", None), ("end_contract", Contract)),
    *(("another_party", Programme), ("correct_standard", Standard)),
)
"""What is drawn, and what it needs beside enterprises."""


class DueHistory(History):
    """A history of these steps alone."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        for _ in range(2):
            self._operate("department", self.department)

    def steps(self, number: int) -> None:
        for _ in range(number):
            self.step()

    def telling_days(self, number: int) -> list[str]:
        """Some days on which something happened or the days before, and today."""
        return [*telling_days(self.model, self.rng, number), self.today]

    def _draw(self) -> str:
        there = {type(entry) for entry in self.model.values() if not entry.voided}
        return self.rng.choice([name for name, kind in STEPS if kind is None or kind in there])

    def enrol(self) -> None:
        """One of two kinds, so that plans and enrolments meet."""
        row, firm = self._one(Enterprise)
        told: Told = {
            "enterprise": firm.number,
            "action": "专项整治",
            "kind": self.rng.choice(KINDS),
            "enrolled_on": self._past(),
        }
        self._tell("programme", Programme, told, {"enterprise": row})

    def plan_of_work(self) -> None:
        year = int(self._past()[:4])
        told: Told = {
            "year": year,
            "kind": self.rng.choice(KINDS),
            "stage": self.rng.choice(("排查", "诊断", "方案", "整改")),
            "due_on": f"{year}-{self.rng.choice(('03-31', '06-30', '09-30'))}",
        }
        self._tell("programme_plan", Plan, told)

    def stage(self) -> None:
        """The day of a stage, near the last one; now and then it is taken back."""
        _, one = self._one(Programme)
        names = ("inspected_on", "diagnosed_on", "planned_on", "rectified_on")
        told_already = [day for name in names if (day := getattr(one, name))]
        day = self._soon(max([one.enrolled_on, *told_already]))
        value = CLEAR if self.rng.random() < 0.15 else day
        self._tell("programme", Programme, {"number": one.number, self.rng.choice(names): value})

    def outcome(self) -> None:
        """Trusteeship, mostly; of what was not accepted, that the firm shut down."""
        one = self._one(Programme)[1]
        accepted = one.conclusion == "合格"
        told: Told = {
            "outcome": self.rng.choice(("托管", "托管", "托管", "提升")) if accepted else "关停",
            "outcome_on": self._maybe(self._soon(one.accepted_on or one.enrolled_on), 0.8 if accepted else 1),
        }
        self._tell("programme", Programme, {"number": one.number, **told})

    def excuse(self) -> None:
        _, one = self._one(Programme)
        told: Told = {"number": one.number, "excused_on": self._soon(one.enrolled_on), "excuse": "搬迁"}
        self._tell("programme", Programme, told)

    def contract_after(self) -> None:
        """About the time of an outcome; also one that was over by then, or ended on its first day."""
        _, one = self._one(Programme)
        since = one.outcome_on or one.accepted_on or one.enrolled_on
        begin, days = after(since, self.rng.randint(-40, 30)), self.rng.choice((9, 30, 364))
        if self.rng.random() < 0.3:
            begin, days = after(since, -60), self.rng.choice((58, 59, 60))  # over by then, or just not
        told: Told = {
            "enterprise": self._firm(one.enterprise).number,
            "agency": "某某公司",
            "kind": "小微",
            "from_on": begin,
            "last_on": after(begin, days),
            "visits_per_year": 0,
        }
        self._tell("trusteeship", Contract, told, {"enterprise": one.enterprise})

    def old_certificate(self) -> None:
        """Of any grade, announced long enough ago to lapse about now."""
        row, firm = self._one(Enterprise)
        day = after(self.today, -self.rng.choice((0, 200, 900, 1050, 1100, 1150, 1300)) - self.rng.randint(0, 60))
        told: Told = {
            "enterprise": firm.number,
            "grade": self.rng.choice(("二级", "二级", "二级", "一级", "三级")),
            "kind": self.rng.choice(("新创", "复评")),
            "announced_on": day,
        }
        self._told_standard(told, row)

    def renewed_or_revoked(self) -> None:
        """The certificate of the last one's firm, of the same grade, when that lapses; or it is revoked."""
        _, one = self._one(Standard)
        if not one.announced_on or self.rng.random() < 0.3:
            self._told_standard({"number": one.number, "revoked_on": self._soon(one.announced_on)}, one.enterprise)
            return
        day = after(one.announced_on, self.rng.choice((900, 1000, 1095, 1150)) + self.rng.randint(0, 40))
        told: Told = {"grade": one.grade, "kind": "复评", "announced_on": min(day, self.today)}
        self._told_standard({"enterprise": self._firm(one.enterprise).number, **told}, one.enterprise)

    def void(self) -> None:
        """Of those kinds by which something is due or settled."""
        kinds = {"hazard": Hazard, "programme": Programme, "programme_plan": Plan, "trusteeship": Contract}
        record, row, _ = self._any({**kinds, "standardization": Standard}, "voided")
        self._void(record, row)

    def refer(self) -> None:
        """Handed over by a letter that asks for an answer."""
        row, hazard = self._hazard_at("open", "rectified")
        to = self._department(0.95)
        day = self._soon(hazard.charges[-1][0] or hazard.events[0][1])
        due_on = after(day, self.rng.choice((-1, 0, 5, 10, 10)))
        hazard_charge.hand_over(self._gate, row, to or None, day, None, due_on)
        self._made["hazard", row] = replace(hazard, charges=(*hazard.charges, (day, to))).written(due_on, "")
