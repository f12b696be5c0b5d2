"""The life of a hazard, step by step: what each state allows, and what each step leaves behind (总局令第16号)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from anjian_cli.errors import Refused
from anjian_cli.ledger import check
from anjian_cli.workflow import hazard_cycle
from anjian_cli.workflow.hazard_cycle import Acceptance
from oracle.figures import new_ledger
from support.desk import FIVE, ZHIYING, Desk, refuses
from support.examples import examples

FOUND, DEADLINE = "2018-10-09", "2018-10-31"
DAYS = st.integers(-2, 45).map(lambda n: (date.fromisoformat(FOUND) + timedelta(n)).isoformat())
PARTS = ("on_time_of_year", "accepted_late", "late_of_year", "awaiting", "overdue")
LEVELS = ("镇级", "县级", "设区市级", "省级")


class HazardLife(RuleBasedStateMachine):
    """A hazard against a small model of what is allowed in which state."""

    @initialize(level=st.sampled_from(["一般", "重大"]))
    def found(self, level: str) -> None:
        self.desk = Desk(new_ledger())
        self.desk.towns()
        firm = self.desk.enterprise()
        self.hazard = self.desk.hazard(firm, level=level, **(FIVE if level == "重大" else {}))
        self.level = level
        self.closed = self.reported = False
        self.deadline, self.deadline_from = DEADLINE, FOUND
        self.rectified: str | None = None  # the day of the round that waits for acceptance
        self.round_ended = ""  # the day the last round failed or was sent back
        self.accepted = ""
        self.listed: tuple[str, str] | None = None
        self.listing_ended, self.sent_back = "", ""

    def attempt(self, wanted: str | None, step: Callable[..., Any], *what: Any, **more: Any) -> bool:
        """Whether the step was taken; that is so just if `wanted` names no reason against it."""
        before = self.desk.head
        refusal: Refused | None = None
        try:
            self.desk.step(step, self.hazard, *what, **more)
        except Refused as caught:
            refusal = caught
        codes = [fault.code for fault in refusal.faults] if refusal else [None]
        assert codes[0] == wanted, f"{wanted} was expected, not {refusal}"
        assert (self.desk.head == before) == (wanted is not None)
        return wanted is None

    @rule(on=DAYS)
    def report(self, on: str) -> None:
        why = "E403" if self.closed else "E409" if self.reported else "E214" if on < FOUND else None
        self.reported |= self.attempt(why, hazard_cycle.report, on, "现状", "危害", "方案")

    @rule(on=DAYS, level=st.sampled_from(LEVELS))
    def supervise(self, on: str, level: str) -> None:
        why = None
        if self.closed:
            why = "E403"
        elif self.listed:
            why = "E408"
        elif self.level != "重大":
            why = "E407"
        elif on < self.sent_back or on < FOUND:
            why = "E410"
        if self.attempt(why, hazard_cycle.supervise, level, None, on):
            self.listed = (level, on)

    @rule(on=DAYS, to=DAYS)
    def extend(self, on: str, to: str) -> None:
        why = None
        if self.closed:
            why = "E403"
        elif to <= self.deadline:
            why = "E406"
        elif on < self.deadline_from or to < on:
            why = "E410"
        if self.attempt(why, hazard_cycle.extend, to, on, "设备未到", "县安委办", None):
            self.deadline, self.deadline_from = to, on

    @rule(on=DAYS)
    def rectify(self, on: str) -> None:
        why = None
        if self.closed:
            why = "E403"
        elif self.rectified:
            why = "E405"
        elif on < FOUND:
            why = "E214"
        elif on < self.round_ended:
            why = "E410"
        if self.attempt(why, hazard_cycle.rectify, on):
            self.rectified = on

    @rule(on=DAYS, reason=st.sampled_from([None, "型号不符"]))
    def fail(self, on: str, reason: str | None) -> None:
        why = self._not_acceptable(on) or (None if reason else "E420")
        if self.attempt(why, hazard_cycle.accept, Acceptance(on, qualified=False, failure_reason=reason)):
            self.rectified, self.round_ended = None, on

    @rule(on=DAYS, level=st.sampled_from([None, *LEVELS]))
    def accept(self, on: str, level: str | None) -> None:
        why = self._not_acceptable(on)
        if why is None and (on < self.deadline_from or (self.listed and on < self.listed[1])):
            why = "E410"
        if why is None and self.listed and self.listed[0] != level:
            why = "E402"
        if self.attempt(why, hazard_cycle.accept, Acceptance(on, level=level)):
            self.closed, self.rectified, self.accepted = True, None, on
            self.listed = None

    def _not_acceptable(self, on: str) -> str | None:
        if self.closed:
            return "E403"
        if not self.rectified:
            return "E401"
        return "E410" if on < self.rectified else None

    @rule(on=DAYS, deadline=DAYS)
    def reopen(self, on: str, deadline: str) -> None:
        why = None
        if not self.closed:
            why = "E404"
        elif on < self.accepted or deadline < on:
            why = "E410"
        if self.attempt(why, hazard_cycle.reopen, on, deadline, "又拆除"):
            self.closed = False
            self.deadline, self.deadline_from = deadline, on
            self.round_ended = self.sent_back = on

    @precondition(lambda self: self.desk.head > 4)
    @rule()
    def undo_and_do_again(self) -> None:
        before = self.desk.rows("hazard_deadline", "*"), self.desk.rows("rectification", "*")
        self.desk.undo()
        self.desk.undo()
        assert (self.desk.rows("hazard_deadline", "*"), self.desk.rows("rectification", "*")) == before

    @invariant()
    def the_listing_says_where_it_stands(self) -> None:
        if not hasattr(self, "desk"):
            return
        shown = self.desk.ledger.execute("SELECT * FROM hazard_listing WHERE id = ?", (self.hazard,)).fetchone()
        stage = "已销号" if self.closed else "待验收" if self.rectified else "待整改"
        assert (shown["stage"], shown["deadline_in_force"]) == (stage, self.deadline)
        assert shown["deadline_on"] == DEADLINE  # an extension keeps the original deadline
        far, new_year = self.desk.cells("2019-06-30"), self.desk.cells("2018-12-31")
        assert far.get(("hazard.open", ZHIYING), 0) == (not self.closed)
        assert far.get(("hazard.listed", ZHIYING), 0) == (self.listed is not None)
        for figures in (far, new_year):
            due, *parts = (figures.get((f"hazard.{name}", ZHIYING), 0) for name in ("due_of_year", *PARTS))
            assert due == sum(parts) <= 1
            assert parts[3:] == [not self.closed and bool(self.rectified), not self.closed and not self.rectified]
        assert new_year["hazard.due_of_year", ZHIYING] == 1  # it was due in 2018, whatever was done
        assert far.get(("hazard.due_of_year", ZHIYING), 0) == (not self.closed)  # carried over while it is open
        assert far.get(("hazard.overdue_carried", ZHIYING), 0) == far.get(("hazard.overdue", ZHIYING), 0)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            assert check.check(self.desk.ledger) == []
            self.desk.ledger.close()


TestHazardLife = pytest.mark.unmeasured(HazardLife.TestCase)
TestHazardLife.settings = settings(
    examples(8, HealthCheck.filter_too_much, ordinary=3), stateful_step_count=25,
)  # fmt: skip


@pytest.fixture
def hazard(desk: Desk) -> int:
    return desk.hazard(desk.enterprise(), found_on=FOUND, deadline_on=DEADLINE)


def month_ends(desk: Desk, indicator: str) -> list[int]:
    """The figure at the end of October, November and December 2018, and of January 2019."""
    return [desk.figure(indicator, day) for day in ("2018-10-31", "2018-11-30", "2018-12-31", "2019-01-31")]


def test_an_extension_after_the_deadline_leaves_it_overdue(desk: Desk, hazard: int) -> None:
    desk.step(hazard_cycle.extend, hazard, "2018-12-15", "2018-11-05", "设备未到", "县安委办", None)
    days = ("2018-10-30", "2018-10-31", "2018-11-04", "2018-11-05", "2018-12-14", "2018-12-15")
    assert [desk.figure("hazard.overdue", day) for day in days] == [0, 1, 1, 1, 1, 1]
    assert [desk.figure("hazard.overdue_extended", day) for day in days] == [0, 0, 0, 1, 1, 0]


def test_trap_12_rectified_is_not_accepted(desk: Desk, hazard: int) -> None:
    desk.step(hazard_cycle.rectify, hazard, "2018-10-20")
    assert month_ends(desk, "hazard.accepted_of_year")[0] == 0
    assert month_ends(desk, "hazard.open")[0] == 1


@pytest.mark.usefixtures("hazard")
def test_trap_12_an_overdue_hazard_is_still_open(desk: Desk) -> None:
    assert month_ends(desk, "hazard.open") == [1, 1, 1, 1]
    assert month_ends(desk, "hazard.overdue") == [1, 1, 1, 1]  # open at the end of the deadline's own day
    assert month_ends(desk, "hazard.overdue_carried") == [0, 0, 0, 1]


def test_trap_12_the_rate_of_rectification_is_not_the_rate_on_time(desk: Desk) -> None:
    firm = desk.enterprise()
    on_time, late, open_still, not_due = (
        desk.hazard(firm, deadline_on=day) for day in ("2018-10-31", "2018-10-31", "2018-10-31", "2018-12-20")
    )
    desk.step(hazard_cycle.close, on_time, Acceptance("2018-10-31"), rectified_on="2018-10-31")
    desk.step(hazard_cycle.close, late, Acceptance("2018-11-01"), rectified_on="2018-10-31")
    assert {open_still, not_due}
    assert month_ends(desk, "hazard.found")[1] == 4
    assert month_ends(desk, "hazard.accepted_of_year")[1] == 2
    assert month_ends(desk, "hazard.due_of_year")[1] == 3
    assert month_ends(desk, "hazard.on_time_of_year")[:2] == [1, 1]
    assert month_ends(desk, "hazard.accepted_late")[:2] == [0, 1]  # in time, or late if it goes by the acceptance
    assert month_ends(desk, "hazard.awaiting")[:2] == [1, 0]
    assert month_ends(desk, "hazard.late_of_year")[1] == 0
    assert month_ends(desk, "hazard.overdue")[:2] == [1, 1]


def test_trap_12_items_are_not_firms(desk: Desk) -> None:
    firm = desk.enterprise()
    for _ in range(3):
        desk.hazard(firm)
    assert month_ends(desk, "hazard.found")[0] == 3
    assert desk.ledger.execute("SELECT count(DISTINCT enterprise_id) FROM hazard").fetchone()[0] == 1


@pytest.mark.parametrize(
    ("extended_on", "due"), [("2018-10-30", 0), ("2018-10-31", 0), ("2018-11-01", 1)], ids=["before", "on", "after"]
)
def test_a_deadline_extended_before_its_day_never_falls_due(
    desk: Desk, hazard: int, extended_on: str, due: int
) -> None:
    desk.step(hazard_cycle.extend, hazard, "2018-12-15", extended_on, None, None, None)
    assert desk.figure("hazard.due_of_year", "2018-11-30") == due
    assert desk.figure("hazard.due_of_year", "2018-12-31") == 1  # once, by whichever it met first
    assert desk.figure("hazard.due_of_year", "2019-01-01") == 1  # it is open still


def test_a_deadline_that_has_passed_when_it_is_set_is_refused(desk: Desk, hazard: int) -> None:
    with refuses("E410") as messages:
        desk.step(hazard_cycle.extend, hazard, "2018-11-15", "2018-12-01", None, None, None)
    assert "延至的日期“2018-11-15”早于延期日期“2018-12-01”" in messages[0]


def test_a_failed_acceptance_leaves_it_open_and_a_second_round_closes_it(desk: Desk, hazard: int) -> None:
    desk.step(hazard_cycle.rectify, hazard, "2018-10-15")
    desk.step(hazard_cycle.accept, hazard, Acceptance("2018-10-16", qualified=False, failure_reason="型号不符"))
    assert month_ends(desk, "hazard.open")[0] == 1
    with refuses("E401"):
        desk.step(hazard_cycle.accept, hazard, Acceptance("2018-10-17"))
    with refuses("E410"):  # rectified before it failed
        desk.step(hazard_cycle.rectify, hazard, "2018-10-15")
    desk.step(hazard_cycle.close, hazard, Acceptance("2018-10-18", by="验收人丙"), rectified_on="2018-10-17")
    assert month_ends(desk, "hazard.open")[0] == 0
    assert desk.rows("rectification", "rectified_on", "conclusion", "until_on") == [
        ("2018-10-15", "不合格", "9999-12-31"),
        ("2018-10-17", "合格", "9999-12-31"),
    ]


def test_sent_back_it_is_open_again_and_its_acceptance_counts_no_more(desk: Desk, hazard: int) -> None:
    desk.step(hazard_cycle.close, hazard, Acceptance("2018-10-20"), rectified_on="2018-10-20")
    desk.step(hazard_cycle.reopen, hazard, "2018-11-10", "2018-12-10", "又拆除")
    assert month_ends(desk, "hazard.accepted_of_year") == [1, 0, 0, 0]
    assert month_ends(desk, "hazard.open") == [0, 1, 1, 1]
    assert month_ends(desk, "hazard.due_of_year") == [1, 1, 1, 1]
    assert month_ends(desk, "hazard.on_time_of_year") == [1, 0, 0, 0]
    assert month_ends(desk, "hazard.overdue_sent_back") == month_ends(desk, "hazard.overdue") == [0, 1, 1, 1]
    desk.step(hazard_cycle.close, hazard, Acceptance("2018-12-05"), rectified_on="2018-12-04")
    assert month_ends(desk, "hazard.late_of_year") == [0, 0, 1, 0]  # judged by the deadline it first met


def test_sent_back_before_its_deadline_that_deadline_never_falls_due(desk: Desk, hazard: int) -> None:
    desk.step(hazard_cycle.close, hazard, Acceptance("2018-10-20"), rectified_on="2018-10-20")
    desk.step(hazard_cycle.reopen, hazard, "2018-10-25", "2018-11-25", "又拆除")
    assert month_ends(desk, "hazard.due_of_year") == [0, 1, 1, 1]
    assert month_ends(desk, "hazard.on_time_of_year") == [0, 0, 0, 0]


def test_sent_back_in_a_later_year_it_is_due_again_from_that_day(desk: Desk, hazard: int) -> None:
    desk.step(hazard_cycle.close, hazard, Acceptance("2018-10-20"), rectified_on="2018-10-20", today="2019-03-01")
    desk.step(hazard_cycle.reopen, hazard, "2019-02-11", "2019-03-11", "又拆除", today="2019-03-01")
    days = ("2018-12-31", "2019-01-01", "2019-02-10", "2019-02-11", "2020-01-01")
    assert [desk.figure("hazard.due_of_year", day) for day in days] == [1, 0, 0, 1, 1]
    assert [desk.figure("hazard.overdue_carried", day) for day in days] == [0, 0, 0, 1, 1]


def test_accepted_on_new_years_day_it_belongs_to_the_year_it_was_accepted_in(desk: Desk, hazard: int) -> None:
    desk.step(hazard_cycle.close, hazard, Acceptance("2019-01-01"), rectified_on="2018-11-02", today="2019-03-01")
    assert month_ends(desk, "hazard.awaiting") == [0, 1, 1, 0]
    assert month_ends(desk, "hazard.late_of_year") == [0, 0, 0, 1]
    assert [desk.figure("hazard.late_of_year", day) for day in ("2019-12-31", "2020-01-01")] == [1, 0]


def test_only_the_level_that_listed_it_accepts_it(desk: Desk) -> None:
    hazard = desk.hazard(desk.enterprise(), level="重大", **FIVE)
    desk.step(hazard_cycle.supervise, hazard, "县级", "永安委〔2018〕9号", "2018-10-12")
    desk.step(hazard_cycle.rectify, hazard, "2018-10-20")
    for level in (None, "镇级", "设区市级"):
        with refuses("E402"):
            desk.step(hazard_cycle.accept, hazard, Acceptance("2018-10-22", level=level))
    desk.step(hazard_cycle.accept, hazard, Acceptance("2018-10-22", level="县级"))
    assert desk.figure("hazard.listed", "2018-10-21") == 1
    assert desk.figure("hazard.listed", "2018-10-22") == 0


def test_listed_again_on_the_day_it_was_accepted_and_sent_back(desk: Desk) -> None:
    hazard = desk.hazard(desk.enterprise(), level="重大", **FIVE)
    desk.step(hazard_cycle.close, hazard, Acceptance("2018-10-20"), rectified_on="2018-10-20")
    desk.step(hazard_cycle.reopen, hazard, "2018-10-20", "2018-11-20", "又拆除")
    desk.step(hazard_cycle.supervise, hazard, "县级", None, "2018-10-20")
    with refuses("E408"):
        desk.step(hazard_cycle.supervise, hazard, "省级", None, "2018-10-21")


def test_a_hazard_cannot_be_listed_for_days_on_which_it_was_closed(desk: Desk) -> None:
    hazard = desk.hazard(desk.enterprise(), level="重大", **FIVE)
    desk.step(hazard_cycle.close, hazard, Acceptance("2018-10-20"), rectified_on="2018-10-20")
    desk.step(hazard_cycle.reopen, hazard, "2018-10-25", "2018-11-20", "又拆除")
    with refuses("E410") as messages:
        desk.step(hazard_cycle.supervise, hazard, "县级", None, "2018-10-22")
    assert "早于退回日期“2018-10-25”" in messages[0]


def test_of_a_voided_hazard_no_step_is_taken(desk: Desk, hazard: int) -> None:
    desk.void("hazard", hazard)
    for step in (
        lambda gate: hazard_cycle.rectify(gate, hazard, "2018-10-20"),
        lambda gate: hazard_cycle.reopen(gate, hazard, "2018-10-20", "2018-11-20", None),
        lambda gate: hazard_cycle.extend(gate, hazard, "2018-12-20", "2018-10-20", None, None, None),
    ):
        with refuses("E416"):
            desk.step(step)
    assert month_ends(desk, "hazard.found") == [0, 0, 0, 0]


def test_messages_name_the_hazard_as_people_say_it_and_the_way_on(desk: Desk, hazard: int) -> None:
    with refuses("E401") as messages:
        desk.step(hazard_cycle.close, hazard, Acceptance("2018-10-20"))
    assert "隐患“芝英-1”不能销号" in messages[0]
    assert "anjian 隐患 整改 芝英-1" in messages[0]
