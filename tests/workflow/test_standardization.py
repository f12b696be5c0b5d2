"""Standardization: what is under way, what was reached and counts once a cycle, what is valid, what falls due."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from anjian_cli.records.values import CLEAR
from oracle.figures import dump
from support.desk import SHIZHU, Desk, refuses

NEW, AGAIN, SECOND = (f"standard.reached.{name}" for name in ("三级新创", "三级复评", "二级"))
VALID, VALID_SECOND, DUE = "standard.valid.三级", "standard.valid.二级", "standard.review_due"
UNDERWAY = "standard.underway.三级"
LATER = "2030-01-01"


@pytest.fixture
def firm(desk: Desk) -> int:
    return desk.enterprise()


def test_under_way_until_it_is_announced(desk: Desk, firm: int) -> None:
    desk.standard(firm, "2018-09-20", begun_on="2018-03-01", consulted_on="2018-03-12")
    assert desk.figures(UNDERWAY, "2018-02-28", "2018-03-01", "2018-09-19", "2018-09-20") == [0, 1, 1, 0]
    assert desk.figures(NEW, "2018-09-19", "2018-09-20", "2018-12-31", "2019-01-01") == [0, 1, 1, 0]
    assert desk.figures(VALID, "2018-09-19", "2018-09-20", "2021-09-19", "2021-09-20") == [0, 1, 1, 0]


def test_under_way_until_it_is_given_up(desk: Desk, firm: int) -> None:
    desk.standard(firm, begun_on="2018-03-01", abandoned_on="2018-06-01")
    assert desk.figures(UNDERWAY, "2018-05-31", "2018-06-01") == [1, 0]
    assert desk.figure(NEW, "2018-12-31") == 0


def test_an_upgrade_is_under_way_to_the_second_grade(desk: Desk, firm: int) -> None:
    desk.standard(firm, kind="升级", grade="二级", begun_on="2018-03-01")
    desk.standard(firm, kind="升级", grade="一级", begun_on="2018-03-01")
    assert desk.figures("standard.underway.二级", "2018-02-28", "2018-03-01") == [0, 1]
    assert desk.figure(UNDERWAY, "2018-10-31") == 0


class TestTrap3:
    """新创, 复评 and upgrades never count one enterprise twice."""

    def test_trap_3_a_second_creation_within_the_cycle(self, desk: Desk, firm: int) -> None:
        desk.standard(firm, "2016-09-20")
        desk.standard(firm, "2018-08-01")
        assert (desk.figure(NEW, "2016-12-31"), desk.figure(NEW, "2018-12-31")) == (1, 0)
        assert desk.near(NEW) == ["本周期内已计（330784109-2018-0001，2016-09-20公告），一家一个周期只计一次"]
        assert desk.figure(VALID, "2018-10-31") == 1

    @pytest.mark.parametrize(("on", "counted"), [("2018-05-31", 0), ("2018-06-01", 1)])
    def test_trap_3_renewed_early(self, desk: Desk, firm: int, on: str, counted: int) -> None:
        desk.standard(firm, "2016-06-01")
        desk.standard(firm, on, kind="复评")
        # It counts in the year in which the one that it renews falls due.
        assert desk.figures(AGAIN, "2018-12-31", "2019-01-01", "2019-12-31") == [0, counted, counted]
        assert desk.figures(DUE, "2018-12-31", "2019-12-31") == [0, counted]
        (reason,) = desk.near(AGAIN)
        assert reason.startswith("提前复评，计入证书到期的2019年" if counted else "本周期内已计")
        assert desk.figures(VALID, "2018-10-31", "2021-05-30") == [1, 1]

    def test_trap_3_renewed_late_there_is_a_gap_and_it_counts_once(self, desk: Desk, firm: int) -> None:
        desk.standard(firm, "2015-04-01")
        desk.standard(firm, "2018-06-10", kind="复评", begun_on="2018-02-01")
        assert desk.figures(VALID, "2018-03-31", "2018-04-01", "2018-06-09", "2018-06-10") == [1, 0, 0, 1]
        assert (desk.figure(AGAIN, "2018-12-31"), desk.figure(DUE, "2018-12-31")) == (1, 1)
        assert desk.figure(NEW, "2018-12-31") == 0

    def test_trap_3_lapsed_and_created_anew(self, desk: Desk, firm: int) -> None:
        desk.standard(firm, "2015-04-01")
        desk.standard(firm, "2018-06-10")
        assert [desk.figure(which, "2018-12-31") for which in (NEW, AGAIN, DUE)] == [1, 0, 1]

    def test_trap_3_third_grade_then_second_in_one_year(self, desk: Desk, firm: int) -> None:
        desk.standard(firm, "2018-03-01")
        desk.standard(firm, "2018-09-20", kind="升级", grade="二级")
        assert desk.figures(NEW, "2018-03-01", "2018-09-19", "2018-09-20", "2018-12-31") == [1, 1, 0, 0]
        assert desk.figures(SECOND, "2018-09-19", "2018-09-20") == [0, 1]
        assert desk.figures(VALID, "2018-09-19", "2018-09-20") == [1, 0]
        assert desk.figures(VALID_SECOND, "2018-09-19", "2018-09-20", "2021-09-19", "2021-09-20") == [0, 1, 1, 0]
        assert desk.figures(DUE, "2021-02-01", "2022-02-01") == [0, 0]

    def test_trap_3_third_grade_then_second_in_different_years(self, desk: Desk, firm: int) -> None:
        desk.standard(firm, "2016-03-01")
        desk.standard(firm, "2018-09-20", kind="升级", grade="二级")
        assert desk.figures(NEW, "2016-12-31", "2018-12-31") == [1, 0]
        assert desk.figure(SECOND, "2018-12-31") == 1
        assert desk.figures(DUE, "2018-12-31", "2019-03-01") == [0, 0]

    def test_trap_3_second_grade_then_third(self, desk: Desk, firm: int) -> None:
        desk.standard(firm, "2018-01-10", grade="二级")
        desk.standard(firm, "2018-06-10")
        assert [desk.figure(which, "2018-12-31") for which in (NEW, SECOND)] == [0, 1]
        assert desk.near(NEW) == ["已有更高等级的证书（330784109-2018-0001，2018-01-10公告），不再另计"]

    def test_trap_3_revoked_and_reached_again(self, desk: Desk, firm: int) -> None:
        first = desk.standard(firm, "2018-03-01")
        desk.edit("standardization", first, revoked_on="2018-06-15")
        assert desk.figures(NEW, "2018-06-14", "2018-06-15") == [1, 0]
        assert desk.figures(VALID, "2018-06-14", "2018-06-15") == [1, 0]
        desk.standard(firm, "2018-10-20")
        assert desk.figures(NEW, "2018-10-19", "2018-10-20", "2018-12-31") == [0, 1, 1]
        assert desk.figure(VALID, "2021-10-19") == 1

    def test_trap_3_revoked_in_another_year_it_counts_in_neither(self, desk: Desk, firm: int) -> None:
        desk.standard(firm, "2017-03-01", revoked_on="2018-06-15")
        assert desk.figures(NEW, "2017-03-01", "2017-12-31", "2018-06-14", "2018-06-15") == [0, 0, 0, 0]
        assert desk.near(NEW, "2017-12") == ["撤销于2018-06-15"]

    @pytest.mark.parametrize("second", [{}, {"kind": "升级"}])
    def test_trap_3_two_under_way_at_once(self, desk: Desk, firm: int, second: dict[str, Any]) -> None:
        desk.standard(firm, grade="二级", begun_on="2018-03-01", consulted_on="2018-04-01", remark="x")
        before = dump(desk.ledger)
        with refuses("E429"):
            # Begun before the one that is known, so it is not taken for that one told again.
            desk.standard(firm, **{"grade": "二级", "begun_on": "2018-02-01", **second})
        assert dump(desk.ledger) == before

    def test_trap_3_told_late_an_earlier_one_takes_the_count(self, desk: Desk, firm: int) -> None:
        desk.standard(firm, "2018-08-01")
        assert desk.figure(NEW, "2018-12-31") == 1
        desk.standard(firm, "2017-08-01")
        assert desk.figures(NEW, "2017-12-31", "2018-12-31") == [1, 0]

    def test_trap_3_the_first_voided_the_second_counts(self, desk: Desk, firm: int) -> None:
        first = desk.standard(firm, "2017-08-01")
        desk.standard(firm, "2018-08-01")
        desk.void("standardization", first)
        assert desk.figures(NEW, "2017-12-31", "2018-12-31") == [0, 1]
        desk.undo()
        assert desk.figures(NEW, "2017-12-31", "2018-12-31") == [1, 0]


class TestTrap4:
    @pytest.mark.parametrize(
        ("announced_on", "last", "gone", "due"),
        [
            ("2015-10-31", "2018-10-30", "2018-10-31", "2018"),
            ("2016-02-29", "2019-02-28", "2019-03-01", "2019"),
            ("2015-01-01", "2017-12-31", "2018-01-01", "2017"),
            ("2015-12-31", "2018-12-30", "2018-12-31", "2018"),
        ],
    )
    def test_trap_4_the_last_valid_day(
        self, desk: Desk, firm: int, announced_on: str, last: str, gone: str, due: str
    ) -> None:
        desk.standard(firm, announced_on)
        assert desk.figures(VALID, announced_on, last, gone) == [1, 1, 0]
        assert desk.rows("standardization_listing", "last_valid_on") == [(last,)]
        year = int(due)
        days = [f"{year - 1}-12-31", f"{year}-01-01", f"{year}-12-31", f"{year + 1}-01-01"]
        assert desk.figures(DUE, *days) == [0, 1, 1, 0]

    def test_trap_4_the_next_certificate_ends_the_one_before(self, desk: Desk, firm: int) -> None:
        desk.standard(firm, "2015-10-31")
        desk.standard(firm, "2018-09-20", kind="复评")
        assert desk.figures(VALID, "2018-09-19", "2018-09-20", "2018-10-31", "2021-09-19", "2021-09-20") == [
            1, 1, 1, 1, 0,
        ]  # fmt: skip
        assert desk.figures(DUE, "2018-01-01", "2018-12-31", "2021-01-01") == [1, 1, 1]

    def test_excused_it_is_due_no_more(self, desk: Desk, firm: int) -> None:
        row = desk.standard(firm, "2015-10-31")
        desk.edit("standardization", row, excused_on="2018-05-01", excuse="关停")
        assert desk.figures(DUE, "2018-04-30", "2018-05-01") == [1, 0]
        desk.edit("standardization", row, excused_on=CLEAR, excuse=CLEAR)
        assert desk.figure(DUE, "2018-05-01") == 1


class TestStages:
    def test_a_stage_of_a_renewal_counts_from_its_day_to_the_years_end(self, desk: Desk, firm: int) -> None:
        desk.standard(firm, kind="复评", consulted_on="2018-03-12", self_assessed_on="2018-05-20")
        consulted, assessed = "standard.stage.复评.咨询", "standard.stage.复评.自评"
        assert desk.figures(consulted, "2018-03-11", "2018-03-12", "2018-12-31", "2019-01-01") == [0, 1, 1, 0]
        assert desk.figures(assessed, "2018-05-19", "2018-05-20", "2019-01-01") == [0, 1, 0]
        assert desk.figure("standard.stage.复评.评审", "2018-12-31") == 0
        assert desk.figure(UNDERWAY, "2018-10-31") == 0  # progress, not a creation

    @pytest.mark.parametrize("more", [{"kind": "新创"}, {"kind": "复评", "grade": "二级"}])
    def test_of_no_other_kind_or_grade(self, desk: Desk, firm: int, more: dict[str, Any]) -> None:
        desk.standard(firm, consulted_on="2018-03-12", reviewed_on="2018-04-12", **more)
        assert desk.figure("standard.stage.复评.咨询", "2018-10-31") == 0
        assert desk.figure("standard.stage.复评.评审", "2018-10-31") == 0

    def test_given_up_it_has_entered_nothing(self, desk: Desk, firm: int) -> None:
        desk.standard(firm, kind="复评", reviewed_on="2018-03-12", abandoned_on="2018-06-01")
        assert desk.figures("standard.stage.复评.评审", "2018-05-31", "2018-06-01") == [1, 0]

    def test_towns_in_review(self, desk: Desk, firm: int) -> None:
        for one in (firm, desk.enterprise()):
            desk.standard(one, kind="复评", reviewed_on="2018-10-12")
        assert desk.cell("standard.towns_in_review").done == 1
        assert desk.cell("standard.stage.复评.评审").done == 2
        assert desk.cell("standard.towns_in_review", SHIZHU).done == 0


class TestToldAgain:
    """Monthly tables tell the same undertaking again, with one stage more."""

    GIVEN: ClassVar[dict[str, Any]] = {"grade": "三级", "kind": "新创", "consulted_on": "2018-03-12"}

    def take(self, desk: Desk, firm: int, **more: Any) -> tuple[str, int]:
        kept = desk.take("standardization", enterprise=desk.name(firm), **{**self.GIVEN, **more})
        return kept.outcome, kept.row_id

    def test_it_is_the_one_under_way(self, desk: Desk, firm: int) -> None:
        assert self.take(desk, firm) == ("new", 1)
        assert self.take(desk, firm) == ("unchanged", 1)
        assert self.take(desk, firm, self_assessed_on="2018-05-20") == ("changed", 1)
        # A table that has only the latest stage speaks of the one under way too.
        assert self.take(desk, firm, consulted_on=None, applied_on="2018-06-15") == ("changed", 1)
        assert self.take(desk, firm, announced_on="2018-09-20") == ("changed", 1)
        assert self.take(desk, firm, announced_on="2018-09-20") == ("unchanged", 1)
        assert desk.rows("standardization", "begun_on", "consulted_on", "announced_on") == [
            ("2018-03-12", "2018-03-12", "2018-09-20")
        ]

    def test_an_old_table_neither_adds_one_nor_takes_a_stage_away(self, desk: Desk, firm: int) -> None:
        self.take(desk, firm, self_assessed_on="2018-05-20", announced_on="2018-09-20")
        assert self.take(desk, firm) == ("unchanged", 1)

    def test_another_grade_or_kind_is_another(self, desk: Desk, firm: int) -> None:
        self.take(desk, firm)
        assert self.take(desk, firm, kind="复评") == ("new", 2)
        assert self.take(desk, firm, grade="二级") == ("new", 3)

    def test_after_one_has_ended_the_next_is_another(self, desk: Desk, firm: int) -> None:
        self.take(desk, firm, consulted_on="2015-03-12", announced_on="2015-09-20")
        assert self.take(desk, firm, consulted_on="2018-10-01") == ("new", 2)
        assert self.take(desk, firm, consulted_on="2018-10-01", applied_on="2018-10-20") == ("changed", 2)

    def test_the_one_with_the_same_day_goes_before_the_one_under_way(self, desk: Desk, firm: int) -> None:
        self.take(desk, firm, announced_on="2018-09-20")
        desk.standard(firm, begun_on="2018-09-20")
        assert self.take(desk, firm, announced_on="2018-09-20", remark="x") == ("changed", 1)

    def test_begun_with_the_earliest_stage_told_or_today(self, desk: Desk, firm: int) -> None:
        self.take(desk, firm, self_assessed_on="2018-05-20")
        assert desk.row("standardization", 1)["begun_on"] == "2018-03-12"
        other = desk.enterprise()
        row = desk.standard(other)
        assert desk.row("standardization", row)["begun_on"] == "2018-11-05"

    def test_an_earlier_stage_told_later_begins_it_earlier(self, desk: Desk, firm: int) -> None:
        self.take(desk, firm, consulted_on=None, applied_on="2018-06-15")
        self.take(desk, firm, consulted_on="2018-03-12", applied_on="2018-06-15")
        assert desk.row("standardization", 1)["begun_on"] == "2018-03-12"
        assert desk.figures(UNDERWAY, "2018-03-11", "2018-03-12") == [0, 1]

    def test_a_slip_of_the_pen_does_not_leave_it_begun_ten_years_ago(self, desk: Desk, firm: int) -> None:
        self.take(desk, firm, consulted_on="2008-03-12")
        desk.edit("standardization", 1, consulted_on="2018-03-12")
        assert desk.row("standardization", 1)["begun_on"] == "2018-03-12"
        assert desk.figure(UNDERWAY, "2017-12-31") == 0

    def test_a_day_of_beginning_of_its_own_stays(self, desk: Desk, firm: int) -> None:
        self.take(desk, firm, begun_on="2018-03-01")
        desk.edit("standardization", 1, consulted_on="2018-03-20")
        assert desk.row("standardization", 1)["begun_on"] == "2018-03-01"

    def test_voided_it_does_not_come_back_with_the_next_table(self, desk: Desk, firm: int) -> None:
        _, row = self.take(desk, firm)
        desk.void("standardization", row, "记错企业")
        with refuses("E236") as messages:
            self.take(desk, firm, self_assessed_on="2018-05-20")
        assert "已作废（记错企业）" in messages[0]
        assert self.take(desk, firm, consulted_on="2018-10-01") == ("new", 2)

    def test_of_a_voided_and_a_living_one_the_living_is_meant(self, desk: Desk, firm: int) -> None:
        self.take(desk, firm, consulted_on="2018-02-01")
        desk.void("standardization", 1)
        self.take(desk, firm)
        assert self.take(desk, firm, consulted_on="2018-02-01", applied_on="2018-06-15") == ("changed", 2)


def test_a_stage_emptied_is_not_reached(desk: Desk, firm: int) -> None:
    row = desk.standard(firm, "2018-09-20", begun_on="2018-03-01")
    desk.edit("standardization", row, announced_on=CLEAR)
    assert desk.figure(NEW, "2018-12-31") == 0
    assert desk.figure(UNDERWAY, "2018-12-31") == 1
    with refuses("E256"):
        desk.edit("standardization", row, begun_on=CLEAR)


class TestTrap10:
    """What was reached belongs to the town of its day; what holds goes with the enterprise."""

    @pytest.fixture
    def moved(self, desk: Desk, firm: int) -> int:
        desk.standard(firm, "2015-10-31")
        desk.standard(firm, "2018-05-10", kind="复评", reviewed_on="2018-04-01")
        desk.move(firm, "石柱镇", "2018-07-01")
        return firm

    @pytest.mark.usefixtures("moved")
    def test_trap_10_after_a_move(self, desk: Desk) -> None:
        assert (desk.figure(AGAIN, "2018-12-31"), desk.figure(AGAIN, "2018-12-31", SHIZHU)) == (1, 0)
        assert (desk.figure(DUE, "2018-12-31"), desk.figure(DUE, "2018-12-31", SHIZHU)) == (1, 0)
        for of in (VALID, "standard.stage.复评.评审"):
            assert (desk.figure(of, "2018-06-30"), desk.figure(of, "2018-06-30", SHIZHU)) == (1, 0)
            assert (desk.figure(of, "2018-07-01"), desk.figure(of, "2018-07-01", SHIZHU)) == (0, 1)

    def test_trap_10_taken_back_where_it_was_counted(self, desk: Desk, firm: int) -> None:
        row = desk.standard(firm, "2018-05-10")
        desk.move(firm, "石柱镇", "2018-07-01")
        desk.edit("standardization", row, revoked_on="2018-10-01")
        assert (desk.figure(NEW, "2018-12-31"), desk.figure(NEW, "2018-12-31", SHIZHU)) == (0, 0)

    def test_trap_10_a_move_known_late_moves_what_came_after_it(self, desk: Desk, firm: int) -> None:
        desk.standard(firm, "2018-08-10", begun_on="2018-02-01")
        assert desk.figure(NEW, "2018-10-31") == 1
        desk.move(firm, "石柱镇", "2018-07-01")
        assert (desk.figure(NEW, "2018-10-31"), desk.figure(NEW, "2018-10-31", SHIZHU)) == (0, 1)
        assert (desk.figure(UNDERWAY, "2018-06-30"), desk.figure(UNDERWAY, "2018-07-01", SHIZHU)) == (1, 1)
        desk.undo()
        assert (desk.figure(NEW, "2018-10-31"), desk.figure(NEW, "2018-10-31", SHIZHU)) == (1, 0)


def test_under_another_enterprise_by_its_number(desk: Desk, firm: int) -> None:
    first = desk.standard(firm, "2018-03-01")
    desk.standard(firm, "2018-10-01")
    assert desk.figure(NEW, "2018-12-31") == 1
    other = desk.enterprise(town="石柱镇")
    desk.edit("standardization", first, enterprise=desk.name(other))
    assert (desk.figure(NEW, "2018-12-31"), desk.figure(NEW, "2018-12-31", SHIZHU)) == (1, 1)
    assert desk.figure(NEW, "2018-09-30") == 0
