"""The steps of what is recorded of a town or the county: responsible villages, cases, accidents, reports, lists.

Each through the real workflow, and told to the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from anjian_cli.workflow import accident
from oracle.draw import CLEAR, Draw, Told
from oracle.model import (
    Accident,
    Agency,
    Campaign,
    Case,
    Dated,
    Department,
    Enterprise,
    Entry,
    Filing,
    Guidance,
    MonthlyFigure,
    Officer,
    OfOffice,
    Phase,
    ResponsibleVillage,
    Statistic,
    Town,
    Village,
    WorkItem,
    after,
    month_end,
    of,
)

RECORDS: dict[str, type[OfOffice]] = {
    "responsible_village": ResponsibleVillage,
    "guidance": Guidance,
    "enforcement_case": Case,
    "accident": Accident,
    "filing": Filing,
    "officer": Officer,
    "agency": Agency,
    "department": Department,
    "campaign": Campaign,
    "statistic": Statistic,
    "work_item": WorkItem,
    "monthly_figure": MonthlyFigure,
}
FIGURES: tuple[tuple[str, str, int], ...] = (
    ("涉氨 3", "trusteeship.涉氨", 3),
    ("罚款 2.5万元", "case.fine", 2_500_000),
    ("排查隐患 0", "hazard.found", 0),
)
"""What a town says its figures are: as it is told, the indicator, and the number in its unit."""


class OfficeSteps(Draw):
    """Steps of the records that belong to no enterprise."""

    def void_of_office(self) -> None:
        """What was done in a responsible village goes with it."""
        record, row, _ = self._any(RECORDS, "voided")
        self._void(record, row)
        if record == "responsible_village":
            for key, guidance in of(self._made, Guidance):
                if guidance.responsible_village == row:
                    self._made[key] = replace(guidance, voided=True)
        if record == "campaign":
            for key, phase in of(self._made, Phase):
                if phase.campaign == row:
                    self._made[key] = replace(phase, voided=True)

    def remark_of_office(self) -> None:
        """What counts in no figure changes none."""
        record, _, entry = self._any(RECORDS, "changed")
        told: Told = {"number": entry.number, "remark": f"第{self._serial()}次核对"}
        if isinstance(entry, Filing):
            # Told again, its last day is worked out again, by the setting as it is known now.
            self._told_filing(told, entry.month, {})
        else:
            self._take(record, **told)

    # responsible villages

    def responsible_village(self) -> None:
        """In the town told, else the village's; without a day from 1 January of its year."""
        _, village = self._one(Village)
        day = self._past()
        again = self.rng.random() < 0.5 and bool(of(self._made, ResponsibleVillage))
        if again:
            # The village of another year once more.
            _, programme = self._one(ResponsibleVillage)
            villages = [one for _, one in of(self._made, Village) if one.code == programme.village]
            village, day = villages[0], min(after(programme.enrolled_on, self.rng.choice((-365, 365))), self.today)
        year = int(day[:4]) - (self.rng.random() < 0.2)
        told: Told = {
            "year": year,
            "village": village.code,
            "town": self._maybe(village.town),
            "enrolled_on": self._maybe(day, 0.8),
        }
        if self.rng.random() < (0.8 if again else 0.4):
            told |= self._accepted_village(self._soon(day))
        follows = {"town": village.town, "enrolled_on": f"{year}-01-01"}
        self._tell("responsible_village", ResponsibleVillage, told, at_first=follows)

    def _accepted_village(self, day: str) -> Told:
        conclusion = self.rng.choice(("合格", "合格", "合格", "不合格"))
        told: Told = {"accepted_on": day, "conclusion": conclusion}
        if self.rng.random() < (0.8 if conclusion == "合格" else 0.2):
            told |= {"reward": self.rng.choice((0, 2_000_000, 3_000_000)), "paid_on": self._maybe(self._soon(day), 0.8)}
        return told

    def accept_village(self) -> None:
        _, village = self._one(ResponsibleVillage)
        told: Told = self._accepted_village(self._soon(village.enrolled_on))
        self._tell("responsible_village", ResponsibleVillage, {"number": village.number, **told})

    def correct_village(self) -> None:
        """Another town, day or sum: what was guided there follows it."""
        _, village = self._one(ResponsibleVillage)
        told: Told = self.rng.choice(
            (
                {"town": self._town(), "village": self._one(Village)[1].code},
                {"enrolled_on": self._soon(village.enrolled_on)},
                {"accepted_on": CLEAR, "conclusion": CLEAR},
                {"reward": 2_500_000},
            )
        )
        self._tell("responsible_village", ResponsibleVillage, {"number": village.number, **told})

    def guidance(self) -> None:
        """Mostly in a village of the programme, in its year or just not."""
        row, firm = self._one(Enterprise)
        if self.rng.random() < 0.3 and of(self._made, Guidance):
            row = self._one(Guidance)[1].enterprise
            firm = self._firm(row)
        programmes = of(self._made, ResponsibleVillage)
        if programmes and self.rng.random() < 0.85:
            programme = self.rng.choice(programmes)[1]
            village, day = programme.village, self._soon(programme.enrolled_on)
        else:
            village, day = self._one(Village)[1].code, self._past()
        told: Told = {"village": village, "enterprise": firm.number, "guided_on": day}
        known = {"enterprise": row, "responsible_village": self._programme(village, day)}
        self._tell("guidance", Guidance, told, known)

    def _programme(self, village: str, day: str) -> int:
        """The village's programme of the year; 0 if it is in none."""
        found = [
            key[1]
            for key, one in of(self._made, ResponsibleVillage)
            if (one.village, str(one.year)) == (village, day[:4])
        ]
        return found[0] if found else 0

    def edit_guidance(self) -> None:
        _, guidance = self._one(Guidance)
        row, firm = self._one(Enterprise)
        _, village = self._one(Village)
        day = self._soon(guidance.guided_on)
        told: Told = {"number": guidance.number}
        known: Told = {}
        match self.rng.randint(0, 2):
            case 0:
                told |= {"guided_on": day}
            case 1:
                told |= {"enterprise": firm.number}
                known = {"enterprise": row}
            case _:
                told |= {"village": village.code}
                known = {"responsible_village": self._programme(village.code, guidance.guided_on)}
        self._tell("guidance", Guidance, told, known)

    # enforcement cases

    def case(self) -> None:
        filed = self._past()
        told: Told = {
            "case_number": f"永安监立案〔2018〕{self._serial()}号",
            "party": "某某公司",
            "town": self._town(),
            "cause": "未按规定设置警示标志",
            "filed_on": filed,
            "accident": self.rng.choice(("否", "否", "是")),
            "joint": "否",
            "department": self._department(),
            **(self._decided(filed) if self.rng.random() < 0.6 else {}),
        }
        if self.rng.random() < 0.2:
            # The same case told again.
            told["case_number"] = self._one(Case)[1].case_number
        self._tell("enforcement_case", Case, told, {"enterprise": 0})  # which has no firm of that name

    def _decided(self, day: str) -> Told:
        decided = self._soon(day)
        told: Told = {
            "decided_on": self._maybe(decided, 0.9),
            "fine": self.rng.choice((0, 50_00, 2_000_000)),
        }
        if self.rng.random() < 0.5:
            told |= {"referred": self.rng.randint(0, 2), "referred_on": self._maybe(self._soon(day), 0.6)}
        return told

    def decide_case(self) -> None:
        _, case = self._one(Case)
        self._tell("enforcement_case", Case, {"number": case.number, **self._decided(case.filed_on)})

    def revoke_case(self) -> None:
        """Revoked with its reason, or that taken back."""
        _, case = self._one(Case)
        told: Told = {
            "revoked_on": self._soon(max(case.decided_on, case.filed_on)),
            "revoke_reason": self._maybe("证据不足", 0.9),
        }
        if case.revoked_on and self.rng.random() < 0.7:
            told = {"revoked_on": CLEAR, "revoke_reason": CLEAR}
        self._tell("enforcement_case", Case, {"number": case.number, **told})

    def correct_case(self) -> None:
        _, case = self._one(Case)
        told: Told = self.rng.choice(
            ({"town": self._town()}, {"filed_on": self._past()}, {"accident": self.rng.choice("是否")}, {"fine": 700})
        )
        self._tell("enforcement_case", Case, {"number": case.number, **told})

    # accidents

    def accident(self) -> None:
        happened = self._past()
        known_on = self._maybe(self._soon(happened), 0.1)
        toll = self._toll()
        told: Told = {
            "name": f"第{self._serial()}起事故",
            "happened_on": happened,
            "town": self._town(),
            "sector": self.rng.choice(("工矿商贸", "道路运输", "火灾")),
            "production": self.rng.choice(("", "是", "是", "否")),
            "known_on": known_on,
            **toll,
        }
        first = (known_on or happened, int(toll["deaths"]), int(toll["serious"]), int(toll["loss"] or 0))
        self._tell("accident", Accident, told, {"toll": (first,)})

    def _toll(self) -> dict[str, int | str]:
        return {
            "deaths": self.rng.choice((0, 1, 1, 2, 3)),
            "serious": self.rng.choice((0, 1, 9, 10)),
            "loss": self.rng.choice(("", 0, 999_999_999, 1_000_000_000)),
        }

    def amend(self) -> None:
        """A correction (续报) from a day on: as a step of its own, or told again with its day."""
        row, entry = self._one(Accident)
        on, as_a_step = after(entry.toll[-1][0], self.rng.choice((-1, 0, 1, 4, 9, 31))), 0.7
        written_off = [(key[1], one) for key, one in of(self._made, Accident) if one.written_off_on]
        if written_off and self.rng.random() < 0.4:
            row, entry = self.rng.choice(written_off)
            on, as_a_step = after(entry.written_off_on, self.rng.randint(0, 3)), 0.3
        on = min(on, self.today)
        told: Told = {name: value for name, value in self._toll().items() if value != "" and self.rng.random() < 0.7}
        if self.rng.random() < as_a_step:
            accident.amend(self._gate, row, on, dict(told))
            self._noted.append("accident amended")
        else:
            self._take("accident", number=entry.number, known_on=on, **told)
        last = next((toll for toll in entry.toll if toll[0] == on), entry.toll[-1])
        fresh = (on, *_overlaid(last, told))
        toll = tuple(fresh if known[0] == on else known for known in entry.toll)
        self._made["accident", row] = replace(entry, toll=toll if fresh in toll else (*toll, fresh))

    def correct_accident(self) -> None:
        """A mistake of the pen: put right where it stands, in the last that was told."""
        _, entry = self._one(Accident)
        told: Told = {"number": entry.number}
        toll = self._toll() if self.rng.random() < 0.4 else {}
        toll = {name: value for name, value in toll.items() if value != ""}
        day = self._soon(entry.happened_on)
        told |= self.rng.choice(
            ({"town": self._town()}, {"happened_on": day}, {"production": self.rng.choice("是否")}, {"sector": "火灾"})
        )
        known = list(entry.toll)
        if told.get("happened_on") and known[0][0] == entry.happened_on:
            known[0] = (day, *known[0][1:])
        known[-1] = (known[-1][0], *_overlaid(known[-1], toll))
        self._tell("accident", Accident, {**told, **toll}, {"toll": tuple(known)})

    def write_off(self) -> None:
        """Written off with its reason, or that taken back."""
        _, entry = self._one(Accident)
        told: Told = {
            "written_off_on": self._soon(entry.toll[-1][0]),
            "write_off_reason": self._maybe("调查认定为非生产安全事故", 0.9),
        }
        if entry.written_off_on and self.rng.random() < 0.5:
            told = {"written_off_on": CLEAR, "write_off_reason": CLEAR}
        self._tell("accident", Accident, {"number": entry.number, **told})

    # reports of the towns

    def filing(self) -> None:
        """In time or late, nil or with the town's own figures; one of the month is told again."""
        filed = self._past()
        month = after(filed, self.rng.choice((-31, -31, -12, -4, 0, 20, 40)))[:7]
        department = self._department(0.3)
        told: Told = {
            "town": "" if department else self._town(),
            "department": department,
            "month": month,
            "filed_on": self._maybe(filed, 0.9),
            "method": "微信",
            "nil": self.rng.choice(("否", "否", "是")),
            "nil_for": self._maybe("职业卫生检测", 0.25),
        }
        self._told_filing(told, month, {"filed_on": self.today})

    def edit_filing(self) -> None:
        _, filing = self._one(Filing)
        told: Told = {
            "number": filing.number,
            "filed_on": self._maybe(self._soon(filing.filed_on)),
            "nil": self.rng.choice(("", "是", "否")),
        }
        self._told_filing(told, filing.month, {})

    def _told_filing(self, told: Told, month: str, at_first: Told) -> None:
        known: Told = {"due_on": self._due_on(month)}
        if self.rng.random() < 0.4:
            figures = self.rng.sample(FIGURES, self.rng.randint(0, 3))
            told["figures"] = tuple(text for text, _, _ in figures) or CLEAR
            known["figures"] = tuple(sorted((indicator, quantity) for _, indicator, quantity in figures))
        self._tell("filing", Filing, told, known, at_first)

    def _due_on(self, month: str) -> str:
        """The month's last day, or as many days later as the setting of that day says."""
        end = month_end(month)
        grace = [
            (setting.from_on, str(setting.value))
            for _, setting in of(self._made, Dated)
            if setting.key == ("filing.grace",) and setting.from_on <= end
        ]
        return after(end, int(max(grace)[1]) if grace else 0)

    # what a town does and tells without records of its own

    def work_item(self) -> None:
        """In a town or in none; told again by its name, or without one, it says how often it was."""
        told: Told = {
            "kind": self.rng.choice(("应急演练", "督查检查")),
            "town": self._town(may_be_unknown=True),
            "done_on": self._past(),
            "title": self._maybe(f"第{self.rng.randint(1, 3)}次"),
            "level": self._maybe("县级"),
            "times": self.rng.randint(1, 3),
            "department": self._department(0.4),
        }
        self._tell("work_item", WorkItem, told)

    def edit_work_item(self) -> None:
        _, item = self._one(WorkItem)
        told: Told = self.rng.choice(
            (
                {"done_on": self._soon(item.done_on)},
                {"town": self.rng.choice((CLEAR, self._town()))},
                {"title": self.rng.choice((CLEAR, "第1次"))},
                {"level": self.rng.choice((CLEAR, "省级")), "times": 5},
            )
        )
        self._tell("work_item", WorkItem, {"number": item.number, **told})

    def monthly_figure(self) -> None:
        """Of a town and month; told again it is another number, and may be nought."""
        told: Told = {
            "kind": self.rng.choice(("避灾安置场所", "微型消防站")),
            "town": self._town(),
            "department": self._department(0.3),
            "month": self._past()[:7],
            "quantity": self.rng.choice((0, 3, 12)),
        }
        self._tell("monthly_figure", MonthlyFigure, told)

    def edit_monthly_figure(self) -> None:
        _, figure = self._one(MonthlyFigure)
        told: Told = self.rng.choice(
            ({"quantity": self.rng.choice((0, 7))}, {"month": self._past()[:7]}, {"town": self._town()})
        )
        self._tell("monthly_figure", MonthlyFigure, {"number": figure.number, **told})

    # lists, and what others publish

    def agency(self) -> None:
        name = f"第{self.rng.randint(1, 4)}安全技术公司"
        self._tell("agency", Agency, {"name": name, "qualification": self.rng.choice(("", "甲级", "乙级"))})

    def department(self) -> None:
        name = f"第{self.rng.randint(1, 4)}局"
        self._tell("department", Department, {"name": name, "duty": self.rng.choice(("", "燃气", "建筑施工"))})

    def campaign(self) -> None:
        """A drive in three phases, one day after the other or not."""
        day = self._past()
        told: Told = {"name": f"第{self.rng.randint(1, 3)}次大检查", "from_on": day}
        for phase in ("push_on", "summary_on", "last_on"):
            day = after(day, self.rng.choice((0, 15, 60, 60, -1)))
            told[phase] = self._maybe(day, 0.7)
        self._tell("campaign", Campaign, told)

    def officer(self) -> None:
        town, came = self._town(), self._past()
        villages = [village.code for _, village in of(self._made, Village) if village.town == town]
        told: Told = {
            "town": town,
            "village": self.rng.choice(["", *villages]),
            "name": f"网格员{self.rng.choice('甲乙丙')}",
            "from_on": self._maybe(came),
            "until_on": self._maybe(self._soon(came), 0.3),
        }
        self._tell("officer", Officer, told)

    def statistic(self) -> None:
        """Of the county or a town; the same day told again is another number."""
        kind = self.rng.choice(("生产总值", "从业人员"))
        town = self._town(may_be_unknown=True)
        number = self.rng.randint(0, 3)
        told: Told = {
            "kind": kind,
            "town": town or "全市",
            "from_on": self.rng.choice(("2017-12-31", "2017-12-31", self._past())),
            "amount": f"{number}.5亿元" if kind == "生产总值" else f"{number}万人",
            "source": "统计公报",
        }
        quantity = number * 10_000_000_000 + 5_000_000_000 if kind == "生产总值" else number * 10_000
        self._tell("statistic", Statistic, told, {"town": town, "quantity": quantity})


def _overlaid(toll: tuple[str, int, int, int], told: Mapping[str, int | str]) -> tuple[int, int, int]:
    """What is known after something was told: the rest is as before."""
    deaths, serious, loss = (
        int(told.get(name, was)) for name, was in zip(("deaths", "serious", "loss"), toll[1:], strict=True)
    )
    return deaths, serious, loss


ACTIONS: tuple[tuple[str, type[Entry] | None], ...] = (
    *(("responsible_village", Village), ("accept_village", ResponsibleVillage), ("guidance", ResponsibleVillage)) * 4,
    *(("case", Town), ("accident", Town), ("amend", Accident), ("filing", Town)) * 3,
    *(("decide_case", Case), ("revoke_case", Case), ("write_off", Accident), ("edit_guidance", Guidance)) * 2,
    *(("correct_village", ResponsibleVillage), ("correct_case", Case), ("correct_accident", Accident)),
    *(("edit_filing", Filing), ("officer", Town), ("campaign", None)),
    *(("work_item", Town), ("edit_work_item", WorkItem)),
    *(("monthly_figure", Town), ("edit_monthly_figure", MonthlyFigure)) * 2,
    *(("agency", None), ("department", None), ("campaign", None), ("statistic", Town), ("statistic", Town)) * 2,
    *(("void_of_office", Town), ("void_of_office", Town), ("void_of_office", Town), ("remark_of_office", Town)) * 2,
)
