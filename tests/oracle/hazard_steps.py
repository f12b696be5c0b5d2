"""The steps of hazards in a random history: each through the real workflow, and told to the model."""

from __future__ import annotations

from dataclasses import replace

from anjian_cli.workflow import hazard_charge, hazard_cycle
from anjian_cli.workflow.hazard_cycle import Acceptance
from oracle.draw import CLEAR, Draw, Told
from oracle.model import LEVELS, OPEN, Enterprise, Hazard, after, of, where


class HazardSteps(Draw):
    """Steps of a hazard's life, most of them where the life allows them."""

    def hazard(self) -> None:
        firm_id, firm = self._one(Enterprise)
        found_on = self._past()
        town = self._town() if self.rng.random() < 0.3 else ""
        deadline = after(found_on, self.rng.randint(-1, 40))
        level = self.rng.choice(("一般", "重大"))
        five = {"responsible": "甲", "measures": "停用", "funds": 5000, "contingency_plan": "有"}
        found_by, charged_to = self._department(), self._department()
        row, number = self._take(
            "hazard",
            enterprise=firm.name,
            found_by=found_by,
            charged_to=charged_to,
            town=town,
            found_on=found_on,
            source="网格巡查",
            level=level,
            description=f"第{self._serial()}处",
            deadline_on=deadline,
            **(five if level == "重大" and self.rng.random() < 0.9 else {}),
        )
        self._made["hazard", row] = Hazard(
            number,
            firm_id,
            town or where(firm, found_on),
            level,
            (("found", found_on, deadline),),
            found_by=found_by,
            charges=(("", charged_to),),
        )

    def whole_hazard(self) -> None:
        """A row of a file that tells it from finding to acceptance."""
        firm_id, firm = self._one(Enterprise)
        found_on = self._past()
        rectified, accepted = after(found_on, self.rng.randint(0, 9)), after(found_on, self.rng.randint(0, 20))
        deadline = after(found_on, self.rng.randint(0, 20))
        found_by, charged_to = self._department(), self._department()
        row, number = self._take(
            "hazard",
            enterprise=firm.number,
            found_by=found_by,
            charged_to=charged_to,
            found_on=found_on,
            source="部门检查",
            level="一般",
            description=f"第{self._serial()}处",
            deadline_on=deadline,
            rectified_on=rectified,
            accepted_on=accepted,
        )
        events = (("found", found_on, deadline), ("accepted", accepted, ""))
        work = (("rectified", rectified), ("accepted", accepted))
        made = Hazard(number, firm_id, where(firm, found_on), "一般", events, work=work)
        self._made["hazard", row] = replace(made, found_by=found_by, charges=(("", charged_to),))

    def found_another_day(self) -> None:
        row, hazard = self._one(Hazard)
        day = min(after(hazard.events[0][1], self.rng.randint(-20, 5)), self.today)
        self._take("hazard", number=hazard.number, found_on=day)
        first = hazard.events[0]
        self._made["hazard", row] = replace(hazard, events=(("found", day, first[2]), *hazard.events[1:]))

    def found_elsewhere(self) -> None:
        row, hazard = self._one(Hazard)
        town = self._town()
        self._take("hazard", number=hazard.number, town=town)
        self._made["hazard", row] = replace(hazard, town=town)

    def hand_over(self) -> None:
        """From one department to the next, by the step or by a row of a file."""
        row, hazard = self._one(Hazard)
        to, day = self._department(0.95), self._past()
        if hazard.charges[-1][0]:
            day = self._soon(hazard.charges[-1][0])
        if self._aside.random() < 0.5:
            hazard_charge.hand_over(self._gate, row, to or None, day)
        else:
            self._take("hazard", number=hazard.number, charged_to=to or None, handed_over_on=day)
        if day == hazard.charges[-1][0]:  # told again: put right
            hazard = replace(hazard, charges=hazard.charges[:-1])
        self._made["hazard", row] = replace(hazard, charges=(*hazard.charges, (day, to)))

    def mend_departments(self) -> None:
        """Which one found it, which one answers for it now, and that it never was handed over."""
        row, hazard = self._one(Hazard)
        told: Told = {"number": hazard.number, "found_by": self._department(), "charged_to": self._department()}
        charges, (since, last), taken_back = hazard.charges[:-1], hazard.charges[-1], ""
        if since and self._aside.random() < 0.5:
            told["handed_over_on"] = CLEAR
            taken_back = since
            charges, (since, last) = charges[:-1], charges[-1]
        self._correct("hazard", **told)
        charges = (*charges, (since, str(told["charged_to"]) or last))
        letters = tuple(one for one in hazard.letters if one[0] != taken_back)
        found_by = str(told["found_by"]) or hazard.found_by
        self._made["hazard", row] = replace(hazard, found_by=found_by, charges=charges, letters=letters)

    def report(self) -> None:
        row, _ = self._hazard_at("open", "rectified")
        hazard_cycle.report(self._gate, row, self._past(), "现状", None, "方案")

    def supervise(self) -> None:
        row, hazard = self._hazard_at("open", "rectified")
        day = self._past()
        hazard_cycle.supervise(self._gate, row, self.rng.choice(LEVELS), None, day)
        self._made["hazard", row] = replace(hazard, listings=(*hazard.listings, (day, OPEN)))

    def _hazard_at(self, *stages: str) -> tuple[int, Hazard]:
        """A hazard, mostly one that may take the step."""
        found = [(key[1], hazard) for key, hazard in of(self._made, Hazard) if hazard.stage in stages]
        return self.rng.choice(found) if found and self.rng.random() < 0.8 else self._one(Hazard)

    def extend(self) -> None:
        row, hazard = self._hazard_at("open", "rectified")
        day = self._soon(hazard.events[-1][1])
        to = after(hazard.events[-1][2] or day, self.rng.randint(-1, 40))
        hazard_cycle.extend(self._gate, row, to, day, "设备未到", None, None)
        self._made["hazard", row] = replace(hazard, events=(*hazard.events, ("extended", day, to)))

    def rectify(self) -> None:
        row, hazard = self._hazard_at("open")
        day = self._soon(hazard.events[-1][1])
        hazard_cycle.rectify(self._gate, row, day, "更换", 100)
        self._made["hazard", row] = replace(hazard, rectified=True, work=(*hazard.work, ("rectified", day)))

    def accept(self) -> None:
        row, hazard = self._hazard_at("rectified")
        day = self._soon(hazard.events[-1][1])
        level = self.rng.choice((None, *LEVELS))
        hazard_cycle.accept(self._gate, row, Acceptance(day, level=level))
        self._closed(row, hazard, day)

    def close_hazard(self) -> None:
        row, hazard = self._hazard_at("open")
        day = self._soon(hazard.events[-1][1])
        hazard_cycle.close(self._gate, row, Acceptance(day, level=self.rng.choice((None, *LEVELS))), rectified_on=day)
        self._closed(row, replace(hazard, work=(*hazard.work, ("rectified", day))), day)

    def _closed(self, row: int, hazard: Hazard, day: str) -> None:
        listings = tuple((a, day if b == OPEN else b) for a, b in hazard.listings)
        events = (*hazard.events, ("accepted", day, ""))
        work = (*hazard.work, ("accepted", day))
        self._made["hazard", row] = replace(hazard, events=events, listings=listings, rectified=False, work=work)

    def fail(self) -> None:
        row, hazard = self._hazard_at("rectified")
        day, reason = self._soon(hazard.events[-1][1]), self.rng.choice((None, "型号不符"))
        hazard_cycle.accept(self._gate, row, Acceptance(day, qualified=False, failure_reason=reason))
        self._made["hazard", row] = replace(hazard, rectified=False, work=(*hazard.work, ("failed", day)))

    def reopen(self) -> None:
        row, hazard = self._hazard_at("closed")
        day = self._soon(hazard.events[-1][1])
        deadline = after(day, self.rng.randint(-1, 40))
        hazard_cycle.reopen(self._gate, row, day, deadline, "又拆除")
        events, work = (*hazard.events, ("reopened", day, deadline)), (*hazard.work, ("reopened", day))
        self._made["hazard", row] = replace(hazard, events=events, work=work)

    def void_hazard(self) -> None:
        row, _ = self._one(Hazard)
        self._void("hazard", row)
