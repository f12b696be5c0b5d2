"""The kinds of operation a random history is made of: each through the real workflow, and told to the model."""

from __future__ import annotations

from dataclasses import replace

from anjian_cli.workflow import opening_figure
from oracle import enterprise_steps, office_steps, work_steps
from oracle.draw import CLEAR, NothingToDo
from oracle.enterprise_steps import EnterpriseSteps
from oracle.hazard_steps import HazardSteps
from oracle.model import (
    BEGINNING,
    FLOWS,
    MONTH_ENDS,
    STOCKS,
    TARGETS,
    TRAINING,
    Dated,
    Enterprise,
    Entry,
    Hazard,
    Opening,
    Town,
    Training,
    Village,
    after,
    moved,
    of,
    turned,
)
from oracle.office_steps import OfficeSteps
from oracle.work_steps import WorkSteps


class Steps(HazardSteps, EnterpriseSteps, OfficeSteps, WorkSteps):
    """Every kind of operation; `ACTIONS` says which there are."""

    # towns, villages, settings

    def town(self) -> None:
        if len(of(self._made, Town)) > 4:
            raise NothingToDo
        code = f"3307841{self._serial():02d}"[:9]
        row, _ = self._take("town", code=code, name=f"第{code[-3:]}镇")
        self._made["town", row] = Town(code)

    def rename(self) -> None:
        """A town, a village: who is meant does not hang on the name."""
        there = [
            (key, entry) for key, entry in self._made.items() if isinstance(entry, Town | Village) and not entry.voided
        ]
        (record, _), entry = self.rng.choice(there)
        self._take(record, code=entry.code, name=f"又一{record}{self._serial()}")

    def void_town(self) -> None:
        """Mostly one that no record refers to, made for it if need be."""
        if self.rng.random() < 0.5 and len(of(self._made, Town)) < 5:
            self.town()
        used = {entry.town for entry in self._made.values() if not entry.voided and hasattr(entry, "town")}
        firms = {town for _, one in of(self._made, Enterprise, voided=True) for _, town in one.moves}
        free = [key[1] for key, town in of(self._made, Town) if town.code not in used | firms]
        row = self.rng.choice(free) if free and self.rng.random() < 0.7 else self._one(Town)[0]
        self._void("town", row)

    def village(self) -> None:
        town = self._town()
        code = f"{town}{self._serial():03d}"
        row, _ = self._take("village", code=code, name=f"村{code}", town=self.rng.choice(("", town)))
        self._made["village", row] = Village(code, town)

    def void_village(self) -> None:
        row, _ = self._one(Village)
        self._void("village", row)

    def setting(self) -> None:
        name = self.rng.choice(("issuer", "clerk", "filing.grace"))
        value = self.rng.choice(("0", "9") if name == "filing.grace" else ("某办", "又一办"))
        from_on = self._past() if name == "filing.grace" else self.rng.choice(("2018-01-01", self._past()))
        standing = [one.from_on for _, one in of(self._made, Dated) if one.key == (name,)]
        if standing and self.rng.random() < 0.4:
            from_on = self.rng.choice(standing)  # another value of the same day
        row, number = self._take("setting", name=name, value=value, from_on=from_on)
        self._made["setting", row] = Dated(number, (name,), from_on, value)

    def void_setting(self) -> None:
        row, _ = self._dated("setting")
        self._void("setting", row)

    def letter(self) -> None:
        letter = self.rng.choice("AB")
        row, number = self._take("setting", name="ledger_letter", value=letter, from_on=self.today)
        self._made["setting", row] = Dated(number, ("ledger_letter",), self.today, letter)

    # enterprises

    def enterprise(self) -> None:
        town, serial = self._town(may_be_unknown=True), self._serial()
        name = f"永康市第{serial}工具厂"
        code = f"91330784{serial + 1000:010d}" if self.rng.random() < 0.7 else ""
        state, changed_on = self.rng.choice(("", "在营", "停产")), self._past()
        row, number = self._take(
            "enterprise",
            name=name,
            town=town,
            credit_code=code,
            no_code_reason="" if code else "在办",
            risks=self.rng.choice(("", ("喷涂",), ("喷涂", "胶水"))),
            state=state,
            changed_on=changed_on,
        )
        made = Enterprise(number, name, ((BEGINNING, town),))
        self._made["enterprise", row] = replace(made, states=turned(made.states, changed_on, state or "在营"))

    def move(self) -> None:
        """Learned late, and in any order."""
        row, firm = self._one(Enterprise)
        town, day = self._town(), self._past()
        if self.rng.random() < 0.1:
            row, day = self._to_be_reviewed()
            firm = self._firm(row)
        self._take("enterprise", number=firm.number, town=town, changed_on=day)
        self._made["enterprise", row] = replace(firm, moves=moved(firm.moves, day, town))

    def rename_enterprise(self) -> None:
        row, firm = self._one(Enterprise)
        name = f"永康市第{self._serial()}电器厂"
        self._take("enterprise", number=firm.number, name=name, changed_on=self._past())
        self._made["enterprise", row] = replace(firm, name=name)

    def state_and_risks(self) -> None:
        row, firm = self._one(Enterprise)
        state, changed_on = self.rng.choice(("在营", "停产", "关闭", "搬迁")), self._past()
        self._take(
            "enterprise",
            number=firm.number,
            state=state,
            risks=self.rng.choice(("", CLEAR, ("涉氨制冷",), ("喷涂", "冶金"))),
            employees=self.rng.choice(("", 7, 12)),
            changed_on=changed_on,
        )
        self._made["enterprise", row] = replace(firm, states=turned(firm.states, changed_on, state))

    def credit_code(self) -> None:
        """Given, taken away, given to another."""
        _, firm = self._one(Enterprise)
        code = self.rng.choice((f"91330784{self.rng.randint(1, 9):010d}", CLEAR))
        self._take("enterprise", number=firm.number, credit_code=code, no_code_reason="在办")

    def void_enterprise(self) -> None:
        """Mostly one that has no records, made for it if need be."""
        if self.rng.random() < 0.3:
            self.enterprise()
        used = {entry.enterprise for entry in self._made.values() if not entry.voided and hasattr(entry, "enterprise")}
        free = [key[1] for key, _ in of(self._made, Enterprise) if key[1] not in used]
        row = self.rng.choice(free) if free and self.rng.random() < 0.7 else self._one(Enterprise)[0]
        self._void("enterprise", row)

    # training

    def training(self) -> None:
        town, kind, day = self._town(), self.rng.choice(list(TRAINING)), self._past()
        if self.rng.random() < 0.4 and of(self._made, Opening):
            _, figure = self._one(Opening)
            if figure.indicator in TRAINING.values() and figure.town:
                town, day = figure.town, min(after(figure.from_on, self.rng.randint(-90, 5)), self.today)
                kind = next(kind for kind, indicator in TRAINING.items() if indicator == figure.indicator)
        passed = self.rng.randint(0, 40)
        row, number = self._take(
            "training",
            town=town,
            held_on=day,
            kind=kind,
            title=f"第{self._serial()}期",
            attended=max(passed + self.rng.randint(-1, 9), 0),
            passed=passed,
        )
        self._made["training", row] = Training(number, town, day, kind, passed)

    def edit_training(self) -> None:
        row, course = self._one(Training)
        fresh = replace(course, town=self._town(), held_on=self._past(), passed=self.rng.randint(0, 40))
        self._take("training", number=course.number, town=fresh.town, held_on=fresh.held_on, passed=fresh.passed)
        self._made["training", row] = fresh

    def void_training(self) -> None:
        row, _ = self._one(Training)
        self._void("training", row)

    # totals without records

    def opening(self) -> None:
        indicator = self.rng.choice(("training.负责人", *FLOWS[-4:], *STOCKS))
        town = self._town(may_be_unknown=True)
        from_on = self.rng.choice((*MONTH_ENDS, self._past()))
        if self.rng.random() < 0.3 and of(self._made, Training):
            _, course = self._one(Training)
            town, from_on = course.town, min(after(course.held_on, self.rng.randint(-5, 60)), self.today)
            indicator = TRAINING[course.kind]
        known = [
            figure.cumulative
            for _, figure in of(self._made, Opening)
            if (figure.indicator, figure.town, figure.from_on[:4]) == (indicator, town, from_on[:4])
        ]
        cumulative = max(known, default=0) + self.rng.choice((-3, 0, 0, 5, 40)) if known else self.rng.randint(0, 60)
        cumulative = max(cumulative, 0)
        row, number = self._take(
            "opening_figure",
            indicator=indicator,
            town=town or "未定镇街",
            from_on=from_on,
            cumulative=f"{cumulative}元" if indicator == "case.fine" else str(cumulative),
            source="永安委办〔2018〕3号",
        )
        fen = cumulative * 100 if indicator == "case.fine" else cumulative
        was = self._made.get(("opening_figure", row))
        written = was.written_down if isinstance(was, Opening) else 0
        self._made["opening_figure", row] = Opening(number, indicator, town, from_on, fen, written)

    def edit_opening(self) -> None:
        row, figure = self._one(Opening)
        from_on = self.rng.choice((figure.from_on, *MONTH_ENDS, self._past()))
        fen = max(figure.cumulative + self.rng.choice((-100, 0, 500)), 0)
        self._take(
            "opening_figure",
            number=figure.number,
            from_on=from_on,
            cumulative=f"{fen // 100}.{fen % 100:02d}元" if figure.indicator == "case.fine" else str(fen),
        )
        self._made["opening_figure", row] = replace(figure, from_on=from_on, cumulative=fen)

    def write_down(self) -> None:
        row, figure = self._one(Opening)
        by = self.rng.randint(1, 12)
        opening_figure.write_down(self._gate, row, by)
        self._made["opening_figure", row] = replace(figure, written_down=figure.written_down + by)

    def void_opening(self) -> None:
        row, _ = self._one(Opening)
        self._void("opening_figure", row)

    # targets

    def target(self) -> None:
        indicator, town = self.rng.choice(TARGETS), self._town(may_be_unknown=True)
        quantity = self.rng.choice((None, 0, 3, 20))
        from_on = self.rng.choice(("", "2018-04-01", "2018-07-01", "2018-10-01"))
        row, number = self._take(
            "target",
            year=2018,
            indicator=indicator,
            town=town or "全市",
            quantity=quantity,
            document="永安委〔2018〕3号",
            from_on=from_on,
        )
        was = self._made.get(("target", row))
        value = was.value if quantity is None and isinstance(was, Dated) else quantity  # a blank leaves the value
        self._made["target", row] = Dated(number, (2018, indicator, town), from_on or "2018-01-01", value)

    def edit_target(self) -> None:
        row, target = self._dated("target")
        from_on = self.rng.choice(("2018-01-01", "2018-04-01", "2018-07-01", "2018-10-01", "2019-01-01"))
        quantity = self.rng.choice((5, CLEAR))
        self._take("target", number=target.number, from_on=from_on, quantity=quantity)
        value = None if quantity == CLEAR else quantity
        self._made["target", row] = replace(target, from_on=from_on, value=value)

    def void_target(self) -> None:
        row, _ = self._dated("target")
        self._void("target", row)

    def _dated(self, table: str) -> tuple[int, Dated]:
        found = [(key[1], entry) for key, entry in of(self._made, Dated) if key[0] == table]
        if not found:
            raise NothingToDo
        return self.rng.choice(found)


# What is drawn, and what it needs; once for each time it stands here.
ACTIONS: tuple[tuple[str, type[Entry] | None], ...] = (
    *(("training", Town), ("hazard", Enterprise), ("opening", Town)) * 4,
    *(("rectify", Hazard), ("accept", Hazard), ("extend", Hazard), ("reopen", Hazard), ("rectify", Hazard)) * 4,
    *(("move", Enterprise), ("move", Enterprise), ("close_hazard", Hazard), ("supervise", Hazard), ("fail", Hazard))
    * 3,
    *(("target", Town), ("write_down", Opening), ("village", Town)) * 2,
    *(("town", None), ("rename", Town), ("void_town", Town), ("void_village", Village)) * 3,
    *(("setting", None), ("setting", None), ("setting", None), ("void_setting", Dated), ("letter", None)),
    *(("credit_code", Enterprise), ("rename_enterprise", Enterprise), ("state_and_risks", Enterprise)),
    *(
        ("credit_code", Enterprise),
        ("enterprise", Town),
        ("void_enterprise", Enterprise),
        ("void_enterprise", Enterprise),
    ),
    *(("edit_training", Training), ("edit_training", Training), ("edit_target", Dated), ("edit_target", Dated)),
    *(("edit_training", Training), ("void_training", Training), ("whole_hazard", Enterprise), ("report", Hazard)),
    *(("found_another_day", Hazard), ("found_elsewhere", Hazard), ("void_hazard", Hazard)),
    *(("hand_over", Hazard), ("mend_departments", Hazard), ("hand_over", Hazard)),
    *(("edit_opening", Opening), ("void_opening", Opening), ("edit_target", Dated), ("void_target", Dated)),
    *enterprise_steps.ACTIONS,
    *work_steps.ACTIONS,
    *office_steps.ACTIONS,
)

OF_ONE_THEME = frozenset({"work_item", "edit_work_item", "monthly_figure", "edit_monthly_figure"})
"""Steps that are taken only in a history which is mostly about them: they meet no other record, and would take the
place of steps that do."""

# What a history is mostly about: the records of a kind meet one another only where there are many of them.
THEMES: tuple[frozenset[str], ...] = (
    frozenset({"standard", "next_stage", "end_of_standard", "correct_standard", "another_party", "move"}),
    frozenset(
        {
            *(
                "programme",
                "accept_programme",
                "excuse_or_correct_programme",
                "contract",
                "end_contract",
                "edit_contract",
            ),
            *("visit", "edit_visit", "another_party", "move", "void_of_enterprise"),
        }
    ),
    frozenset(
        {
            *("exposure", "edit_exposure", "health_test", "remedy", "correct_test", "device", "edit_device"),
            *("inspection", "edit_inspection", "another_party", "move", "void_of_enterprise"),
        }
    ),
    frozenset({*(name for name, _ in (*office_steps.ACTIONS, *work_steps.ACTIONS)), "village", "setting", "training"}),
    frozenset(vars(HazardSteps))
    | {"answer", "training", "opening", "write_down", "edit_opening", "target", "setting", "department"},
)
