"""The steps of what is recorded of an enterprise: certificates, rectification, trusteeship, tests, devices.

Each through the real workflow, and told to the model.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from anjian_cli.workflow import trusteeship
from oracle.draw import CLEAR, Draw, Told
from oracle.model import (
    CONTRACTS,
    OPEN,
    PROGRAMMES,
    STAGES,
    Contract,
    Device,
    Diagnosis,
    Enterprise,
    Entry,
    Exposure,
    HealthTest,
    Inspection,
    OfEnterprise,
    Programme,
    RiskGrade,
    Standard,
    Visit,
    after,
    of,
    where,
)

RECORDS: dict[str, type[OfEnterprise]] = {
    "standardization": Standard,
    "programme": Programme,
    "trusteeship": Contract,
    "visit": Visit,
    "exposure": Exposure,
    "health_test": HealthTest,
    "device": Device,
    "inspection": Inspection,
    "risk_grade": RiskGrade,
    "diagnosis": Diagnosis,
}


class EnterpriseSteps(Draw):
    """Steps of the records of an enterprise, most of them where its records allow them."""

    def void_of_enterprise(self) -> None:
        record, row, _ = self._any(RECORDS, "voided")
        self._void(record, row)

    def remark_of_enterprise(self) -> None:
        """What counts in no figure changes none."""
        record, _, entry = self._any(RECORDS, "changed")
        self._take(record, number=entry.number, remark=f"第{self._serial()}次核对")

    def another_party(self) -> None:
        """Entered under the wrong enterprise."""
        record, _, entry = self._any(RECORDS, "changed")
        row, firm = self._one(Enterprise)
        self._tell(record, RECORDS[record], {"number": entry.number, "enterprise": firm.number}, {"enterprise": row})

    # standardization

    def standard(self) -> None:
        """A new undertaking, as far as it has come; or one that is there, told again with a stage more."""
        row, day = self._one(Enterprise)[0], after(self.today, -self.rng.randint(0, self.rng.choice((400, 1500))))
        if self.rng.random() < 0.3 and of(self._made, Standard):
            # One more of an enterprise that has one: its cycles, upgrades, overlaps.
            other = self._one(Standard)[1]
            row = other.enterprise
            if other.announced_on and self.rng.random() < 0.5:
                later = self.rng.randint(*self.rng.choice(((5, 200), (600, 1100), (600, 1100))))
                day = min(after(other.announced_on, later), self.today)
        grade = self.rng.choice(("三级", "三级", "三级", "三级", "二级", "二级", "一级"))
        reached = STAGES[: self.rng.choice((1, 2, 3, 4, 5, 6, 6, 6, 6))]
        kind = self.rng.choice(("新创", "新创", "复评", "复评", "复评", "升级"))
        if self.rng.random() < 0.3:
            # The re-review that is due, or a higher one than that which is to be reviewed.
            row, day = self._to_be_reviewed()
            grade, kind = self.rng.choice((("三级", "复评"), ("三级", "复评"), ("二级", kind)))
            reached = STAGES
        told: Told = {"enterprise": self._firm(row).number, "grade": grade, "kind": kind}
        for stage in reached:
            if stage == reached[-1] or self.rng.random() < 0.7:
                told[stage] = day
                day = min(after(day, self.rng.randint(0, 40) if self.rng.random() < 0.97 else -1), self.today)
        self._told_standard(told, row)

    def _told_standard(self, told: Told, enterprise: int) -> None:
        """Where no beginning was told it began with its first stage, also when the day of that is put right."""
        days = [str(told[stage]) for stage in STAGES if stage in told]
        follows = {"begun_on": min(days, default=self.today)}
        before = self._made.copy()
        row, made = self._tell("standardization", Standard, told, {"enterprise": enterprise}, follows)
        was = before.get(("standardization", row))
        if isinstance(was, Standard) and "begun_on" not in told and was.begun_on == was.first_stage:
            self._made["standardization", row] = replace(made, begun_on=made.first_stage)

    def next_stage(self) -> None:
        """Told as monthly tables do: by its grade and kind and the day of a stage, or by its number."""
        running = [one for _, one in of(self._made, Standard) if one.ended_on == OPEN]
        one = self.rng.choice(running) if running and self.rng.random() < 0.9 else self._one(Standard)[1]
        last = max(stage for stage in range(6) if getattr(one, STAGES[stage]))
        day = self._soon(getattr(one, STAGES[last]))
        told: Told = {STAGES[self.rng.randint(last + 1, 5)] if last < 5 else STAGES[last]: day}
        if self.rng.random() < 0.5:
            told |= {"number": one.number}
        else:
            told |= {"enterprise": self._firm(one.enterprise).number, "grade": one.grade, "kind": one.kind}
            told.setdefault(STAGES[last], getattr(one, STAGES[last]))
        self._told_standard(told, one.enterprise)

    def end_of_standard(self) -> None:
        """Revoked or excused once it is announced, abandoned before; sometimes the other way round."""
        what = self.rng.choice(("revoked_on", "excused_on", "excused_on"))
        if self.rng.random() < 0.3:
            row, on = self._to_be_reviewed()
            one = max((s for _, s in of(self._made, Standard) if s.enterprise == row), key=lambda s: s.announced_on)
        else:
            _, one = self._one(Standard)
            on = self._soon(one.announced_on or one.begun_on) if self.rng.random() < 0.5 else self._past()
            if bool(one.announced_on) != (self.rng.random() < 0.9):
                what, on = "abandoned_on", self._soon(one.begun_on)
        excuse = self._maybe("企业停产", 0.9) if what == "excused_on" else ""
        self._told_standard({"number": one.number, what: on, "excuse": excuse}, one.enterprise)

    def correct_standard(self) -> None:
        """Another day, another grade, or what ended it taken back."""
        _, one = self._one(Standard)
        told: Told = self.rng.choice(
            (
                {"announced_on": self._soon(one.announced_on or one.begun_on)},
                {"grade": self.rng.choice(("三级", "二级"))},
                {"kind": self.rng.choice(("新创", "复评", "升级"))},
                {"revoked_on": CLEAR, "abandoned_on": CLEAR},
                {"excused_on": CLEAR},
                {"begun_on": self._soon(one.begun_on)},
                {"consulted_on": after(one.begun_on, self.rng.randint(-20, 5))},
            )
        )
        self._told_standard({"number": one.number, **told}, one.enterprise)

    # special rectification

    def programme(self) -> None:
        """Any kind; sometimes that of a contract, from about the day on which it begins."""
        row, firm = self._one(Enterprise)
        known = Counter(one.kind for _, one in of(self._made, Programme, voided=True))
        kind, enrolled = min(PROGRAMMES, key=lambda one: (known[one], self.rng.random())), self._past()
        contracts = [contract for _, contract in of(self._made, Contract) if contract.kind in PROGRAMMES]
        if contracts and self.rng.random() < 0.3:
            contract = self.rng.choice(contracts)
            row, firm, kind = contract.enterprise, self._firm(contract.enterprise), contract.kind
            enrolled = min(after(contract.from_on, self.rng.randint(-20, 1)), self.today)
        elif self.rng.random() < 0.2 and of(self._made, Programme):
            _, other = self._one(Programme)
            row, firm, kind = other.enterprise, self._firm(other.enterprise), other.kind
        told: Told = {
            "enterprise": firm.number,
            "action": enrolled[:4] + self.rng.choice(("年专项整治", "年回头看")),
            "kind": kind,
            "enrolled_on": enrolled,
            "reason": self.rng.choice(("", "年初列入", "新发现", "新发现")),
        }
        if self.rng.random() < 0.7:
            told |= self._accepted(self._soon(enrolled))
        self._tell("programme", Programme, told, {"enterprise": row})

    def _accepted(self, day: str) -> Told:
        """Acceptance, and mostly what has become of it."""
        conclusion = self.rng.choice(("合格", "合格", "合格", "不合格"))
        told: Told = {"accepted_on": day, "conclusion": conclusion}
        if self.rng.random() < 0.6:
            fit = conclusion == "合格" or self.rng.random() < 0.4
            outcomes = ("整治", "提升", "托管", "关停") if fit else ("关停",)
            told |= {"outcome": self.rng.choice(outcomes), "outcome_on": self._maybe(self._soon(day), 0.7)}
        return told

    def accept_programme(self) -> None:
        waiting = [one for _, one in of(self._made, Programme) if not one.conclusion]
        one = self.rng.choice(waiting) if waiting and self.rng.random() < 0.7 else self._one(Programme)[1]
        told: Told = self._accepted(self._soon(one.enrolled_on))
        self._tell("programme", Programme, {"number": one.number, **told})

    def excuse_or_correct_programme(self) -> None:
        _, one = self._one(Programme)
        told: Told = self.rng.choice(
            (
                {"excused_on": self._soon(one.enrolled_on), "excuse": self._maybe("搬迁", 0.9)},
                {"excused_on": self._past(), "excuse": "搬迁"},
                {"excused_on": CLEAR},
                {"enrolled_on": self._past()},
                {"kind": self.rng.choice(PROGRAMMES), "reason": self.rng.choice(("年初列入", "新发现"))},
                {"outcome": CLEAR, "outcome_on": CLEAR},
            )
        )
        self._tell("programme", Programme, {"number": one.number, **told})

    # trusteeship

    def contract(self) -> None:
        row, firm = self._one(Enterprise)
        from_on = self._past()
        days, visits = self.rng.choice(
            ((-1, 4), (0, 366), (30, 366), (364, 0), (364, 1), (364, 4), (364, 12), (800, 4))
        )
        kind = self.rng.choice(CONTRACTS)
        if self.rng.random() < 0.25 and of(self._made, Contract):
            # One more of the enterprise and kind, about the time of the other.
            _, other = self._one(Contract)
            row, firm, kind = other.enterprise, self._firm(other.enterprise), other.kind
            from_on = after(other.until_on, self.rng.randint(-20, 3))
        told: Told = {
            "enterprise": firm.number,
            "agency": "某某公司",
            "kind": kind,
            "from_on": from_on,
            "last_on": after(from_on, days),
            "visits_per_year": visits,
            "ended_on": self._maybe(min(after(from_on, self.rng.randint(0, 40)), self.today), 0.2),
        }
        self._tell("trusteeship", Contract, told, {"enterprise": row})

    def end_contract(self) -> None:
        row, contract = self._one(Contract)
        day = after(contract.from_on, self.rng.randint(-1, 60))
        trusteeship.end(self._gate, row, day, "停产")
        self._made["trusteeship", row] = replace(contract, ended_on=day)

    def edit_contract(self) -> None:
        """Another end, other visits, or the early end taken back."""
        _, contract = self._one(Contract)
        told: Told = self.rng.choice(
            (
                {"last_on": after(contract.last_on, self.rng.randint(-30, 60))},
                {"visits_per_year": self.rng.choice((1, 2, 12))},
                {"ended_on": CLEAR},
            )
        )
        self._tell("trusteeship", Contract, {"number": contract.number, **told})

    def visit(self) -> None:
        """Mostly under a contract, on a day on which it was in force or just was not."""
        _, contract = self._one(Contract)
        day = min(after(contract.from_on, self.rng.randint(-2, 90)), self.today)
        row = self._one(Enterprise)[0] if self.rng.random() < 0.15 else contract.enterprise
        told: Told = {
            "enterprise": self._firm(row).number,
            "agency": "某某公司",
            "kind": contract.kind,
            "visited_on": day,
            "hazards_found": 2,
            "hazards_closed": self.rng.choice((0, 2, 2, 2, 3)),
        }
        self._tell("visit", Visit, told, {"enterprise": row})

    def edit_visit(self) -> None:
        _, visit = self._one(Visit)
        told: Told = {"number": visit.number, "visited_on": self._soon(visit.visited_on)}
        self._tell("visit", Visit, told)

    # occupational health

    def exposure(self) -> None:
        row, firm = self._one(Enterprise)
        from_on = self._long_ago()
        ended_on = self._maybe(self._soon(from_on) if self.rng.random() < 0.5 else self._past(), 0.3)
        told: Told = {
            "enterprise": firm.number,
            "level": self.rng.choice(("严重", "较重", "一般", "一般")),
            "from_on": from_on,
            "ended_on": ended_on,
            "end_reason": "停产" if ended_on else "",
        }
        self._tell("exposure", Exposure, told, {"enterprise": row})

    def edit_exposure(self) -> None:
        _, exposure = self._one(Exposure)
        told: Told = self.rng.choice(
            (
                {"ended_on": self._soon(exposure.from_on), "end_reason": "改用无苯漆"},
                {"ended_on": self._past(), "end_reason": self._maybe("停产", 0.8)},
                {"ended_on": CLEAR, "end_reason": CLEAR},
                {"level": self.rng.choice(("严重", "一般"))},
            )
        )
        self._tell("exposure", Exposure, {"number": exposure.number, **told})

    def health_test(self) -> None:
        exposed = [exposure.enterprise for _, exposure in of(self._made, Exposure)]
        row = self.rng.choice(exposed) if exposed and self.rng.random() < 0.7 else self._one(Enterprise)[0]
        sampled = self._long_ago()
        over = self.rng.choice((0, 0, 2, 5, 12, 13))
        told: Told = {
            "enterprise": self._firm(row).number,
            "agency": "某某检测",
            "sampled_on": sampled,
            "reported_on": self._soon(sampled),
            "points": 12,
            "points_over": over,
            "remedied_on": self._maybe(self._soon(after(sampled, self.rng.choice((0, 20)))), 0.5 if over else 0.1),
        }
        self._tell("health_test", HealthTest, told, {"enterprise": row})

    def remedy(self) -> None:
        over = [test for _, test in of(self._made, HealthTest) if test.points_over and not test.remedied_on]
        test = self.rng.choice(over) if over else self._one(HealthTest)[1]
        told: Told = {"number": test.number, "remedied_on": self._soon(test.reported_on)}
        self._tell("health_test", HealthTest, told)

    def correct_test(self) -> None:
        _, test = self._one(HealthTest)
        told: Told = self.rng.choice(
            (
                {"reported_on": self._soon(test.sampled_on)},
                {"points_over": self.rng.choice((0, 3))},
                {"remedied_on": CLEAR},
            )
        )
        self._tell("health_test", HealthTest, {"number": test.number, **told})

    # devices, inspections

    def device(self) -> None:
        row, firm = self._one(Enterprise)
        installed = self._past()
        told: Told = {
            "enterprise": firm.number,
            "installed_on": installed,
            "sets": self.rng.choice(("", 1, 3)),
            "removed_on": self._maybe(self._soon(installed), 0.4),
        }
        self._tell("device", Device, told, {"enterprise": row})

    def edit_device(self) -> None:
        _, device = self._one(Device)
        removed = self.rng.choice((self._soon(device.installed_on), self._past(), CLEAR))
        self._tell("device", Device, {"number": device.number, "removed_on": removed})

    def inspection(self) -> None:
        """In the town told, else where the enterprise was on the day."""
        row, firm = self._one(Enterprise)
        day = self._past()
        told: Told = {
            "enterprise": firm.number,
            "town": self._maybe(self._town(), 0.3),
            "inspected_on": day,
            "method": self.rng.choice(("企业自查", "网格巡查", "联合执法")),
            "found_any": self.rng.choice(("有", "无")),
            "department": self._department(),
        }
        self._tell("inspection", Inspection, told, {"enterprise": row}, {"town": where(firm, day)})

    def edit_inspection(self) -> None:
        """The town stays what it was, unless it is told."""
        _, inspection = self._one(Inspection)
        told: Told = {
            "number": inspection.number,
            "town": self._maybe(self._town(), 0.3),
            "inspected_on": self._past(),
        }
        self._tell("inspection", Inspection, told)


ACTIONS: tuple[tuple[str, type[Entry] | None], ...] = (
    *(("standard", Enterprise), ("contract", Enterprise), ("programme", Enterprise)) * 6,
    *(("next_stage", Standard), ("end_of_standard", Standard), ("accept_programme", Programme)) * 3,
    *(("correct_standard", Standard), ("excuse_or_correct_programme", Programme), ("visit", Contract)) * 3,
    *(("exposure", Enterprise), ("health_test", Enterprise), ("device", Enterprise), ("remedy", HealthTest)) * 2,
    *(("end_contract", Contract), ("another_party", Enterprise), ("remark_of_enterprise", Enterprise)) * 2,
    *(("void_of_enterprise", Enterprise),) * 4,
    *(("inspection", Enterprise), ("inspection", Enterprise), ("edit_contract", Contract), ("edit_visit", Visit)),
    *(("edit_exposure", Exposure), ("correct_test", HealthTest), ("edit_device", Device)),
    *(("edit_inspection", Inspection), ("health_test", Enterprise)),
)
