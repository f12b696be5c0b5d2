"""What must hold among the rows of a root: for every code a case that breaks it, beside one that just holds.

Those of an enterprise and what hangs on it stand in test_enterprise_rules.py.
"""

from __future__ import annotations

import itertools
from typing import Any, ClassVar

import pytest

from anjian_cli.rules import accident, hazard, opening_figure
from anjian_cli.rules.intervals import gapless, needs, new_year_after, next_day, order, overlaps, years_after
from support.rule_rows import FIVE, OPEN, derived, faults, raised

FOUND, CLOSED = "2018-10-09", "2018-10-22"
MAJOR = {"level": "重大", **FIVE}
AGAIN = {"rectified_on": "2018-10-25", "accepted_on": "2018-10-26"}
SENT_BACK = {"until_on": "2018-10-25"}
FAILED = {"conclusion": "不合格", "failure_reason": "型号不符"}
ENDED = {"until_on": CLOSED}
VOID = {"voided_on": "2018-11-05"}
PASSED: dict[str, Any] = {"accepted_on": "2018-12-10", "conclusion": "合格"}
REWARDED = {**PASSED, "reward": 2_000_000, "paid_on": "2018-12-20"}
DECIDED = {"decided_on": "2018-09-20"}


def revoked(on: str) -> dict[str, Any]:
    return {"revoked_on": on, "revoke_reason": "复议撤销"}


def written_off(on: str) -> dict[str, Any]:
    return {"written_off_on": on, "write_off_reason": "经核不属生产安全事故"}


def handed_over(to: str | None, **letter: str) -> list[dict[str, Any]]:
    return [{"charged_to": "甲", "until_on": "2018-10-20"}, {"charged_to": to, "from_on": "2018-10-20", **letter}]


def replied(on: str, **letter: str) -> list[dict[str, Any]]:
    return handed_over("乙", answered_on=on, **letter)


@pytest.mark.parametrize(
    ("table", "code", "broken", "holds"),
    [
        (
            "town", "E253", {"town": {"until_on": "2018-01-01"}},
            {"town": {"until_on": "2018-01-01", "merged_into": "x"}},
        ),
        ("town", "E253", {"town": {"until_on": "2018-01-01", "merged_into": "330784109"}}, {}),
        (
            "village", "E253", {"village": {"until_on": "2018-01-01"}},
            {"village": {"until_on": "2018-01-01", "merged_into": "330784109202"}},
        ),
        ("village", "E253", {"village": {"until_on": "2018-01-01", "merged_into": "330784109201"}}, {}),
        ("training", "E252", {"training": {"passed": 61}}, {"training": {"passed": 60}}),
        ("target", "E255", {"target": {"from_on": "2019-01-01"}}, {"target": {"from_on": "2018-12-31"}}),
        (
            "opening_figure", "E418", {"opening_figure": {"quantity": -1}}, {"opening_figure": {"quantity": 0}},
        ),
        (
            "opening_figure", "E415", {"opening_figure": {"quantity": -1, "written_down": 11}},
            {"opening_figure": {"quantity": 0, "written_down": 10}},
        ),
        (
            "opening_figure", "E418", {"opening_figure": {"quantity": -1}},
            {"opening_figure": {"quantity": -1, "voided_on": "2018-11-05"}},
        ),
        ("issued_month", "E410", {"issued_month": {"closed_on": "2018-10-30"}}, {"issued_month": {"issued_on": None}}),
        (
            "issued_month", "E410", {"issued_month": {"issued_on": "2018-10-30"}},
            {"issued_month": {"issued_on": "2018-10-31"}},
        ),
        (
            "issued_month", "E410", {"issued_month": {"withdrawn_on": "2018-11-04"}},
            {"issued_month": {"withdrawn_on": "2018-11-05"}},
        ),
        ("hazard", "E214", {"hazard": {"deadline_on": "2018-10-08"}}, {"hazard": {"deadline_on": FOUND}}),
        ("hazard", "E214", {"hazard": {"reported_on": "2018-10-08"}}, {"hazard": {"reported_on": FOUND}}),
        ("hazard", "E251", {"hazard": {**MAJOR, "funds": None}}, {"hazard": MAJOR}),
        ("hazard", "E417", {"hazard_deadline": []}, {}),
        (
            "hazard", "E417", {"hazard_deadline": [{}, {"from_on": "2018-10-20"}]},
            {"hazard_deadline": [{"until_on": "2018-10-20"}, {"from_on": "2018-10-20"}]},
        ),
        ("hazard", "E410", {"hazard_deadline": {"from_on": "2018-10-10"}}, {"hazard_deadline": {}}),
        (
            "hazard", "E214", {"rectification": {"rectified_on": "2018-10-08"}},
            {"rectification": {"rectified_on": FOUND}},
        ),
        (
            "hazard", "E214", {"rectification": {"accepted_on": "2018-10-19"}},
            {"rectification": {"accepted_on": "2018-10-20"}},
        ),
        (
            "hazard", "E410", {"rectification": {"until_on": "2018-10-21"}}, {"rectification": {"until_on": CLOSED}},
        ),
        (
            "hazard", "E420", {"rectification": {"conclusion": "不合格"}},
            {"rectification": {"conclusion": "不合格", "failure_reason": "型号不符"}},
        ),
        (
            "hazard", "E410", {"rectification": [FAILED, {"accepted_on": CLOSED}]},
            {"rectification": [FAILED, {"rectified_on": CLOSED}]},
        ),
        (
            "hazard", "E410", {"rectification": [SENT_BACK, {**AGAIN, "rectified_on": "2018-10-24"}]},
            {"rectification": [SENT_BACK, AGAIN]},
        ),
        ("hazard", "E402", {"hazard": MAJOR, "supervision": ENDED, "rectification": {}},
         {"hazard": MAJOR, "supervision": ENDED, "rectification": {"accepted_level": "县级"}}),
        ("hazard", "E402", {"hazard": MAJOR, "supervision": ENDED, "rectification": {"accepted_level": "镇级"}},
         {"hazard": MAJOR, "supervision": {**ENDED, "level": "镇级"}, "rectification": {"accepted_level": "镇级"}}),
        ("hazard", "E402", {"hazard": MAJOR, "supervision": {}, "rectification": {}},
         {"hazard": MAJOR, "supervision": {}, "rectification": {"conclusion": "不合格", "failure_reason": "x"}}),
        # Listed on the day of the acceptance: ended by it, or made after it was sent back on that day.
        ("hazard", "E402", {"hazard": MAJOR, "supervision": {**ENDED, "from_on": CLOSED}, "rectification": {}},
         {"hazard": MAJOR, "supervision": {"from_on": CLOSED}, "rectification": {}}),
        ("hazard", "E407", {"supervision": {}}, {"hazard": MAJOR, "supervision": {}}),
        ("hazard", "E410", {"hazard": MAJOR, "supervision": {"from_on": "2018-10-08"}},
         {"hazard": MAJOR, "supervision": {"from_on": FOUND}}),
        ("hazard", "E417", {"hazard": MAJOR, "supervision": [{}, {"from_on": "2018-10-20"}]},
         {"hazard": MAJOR, "supervision": [ENDED, {"from_on": CLOSED}]}),
        ("campaign", "E214", {"campaign": {"push_on": "2018-09-30"}}, {"campaign": {"push_on": "2018-10-01"}}),
        ("campaign", "E214", {"campaign": {"last_on": "2018-12-15"}}, {"campaign": {"last_on": "2018-12-16"}}),
        ("officer", "E214", {"officer": {"until_on": "2018-02-28"}}, {"officer": {"until_on": "2018-03-01"}}),
        # --- responsible villages
        ("responsible_village", "E214", {"responsible_village": {**PASSED, "accepted_on": "2017-12-31"}},
         {"responsible_village": {**PASSED, "accepted_on": "2018-01-01"}}),
        ("responsible_village", "E214", {"responsible_village": {**REWARDED, "paid_on": "2018-12-09"}},
         {"responsible_village": {**REWARDED, "paid_on": "2018-12-10"}}),
        ("responsible_village", "E424", {"responsible_village": {"accepted_on": "2018-12-10"}},
         {"responsible_village": PASSED}),
        ("responsible_village", "E424", {"responsible_village": {"conclusion": "不合格"}},
         {"responsible_village": {**PASSED, "conclusion": "不合格"}}),
        ("responsible_village", "E424", {"responsible_village": {**PASSED, "paid_on": "2018-12-20"}},
         {"responsible_village": {**PASSED, "reward": 2_000_000}}),
        ("responsible_village", "E436", {"responsible_village": {**REWARDED, "conclusion": "不合格"}},
         {"responsible_village": REWARDED}),
        ("responsible_village", "E436", {"responsible_village": {"reward": 1, "paid_on": "2018-12-20"}},
         {"responsible_village": {"reward": 1}}),
        ("responsible_village", "E261", {"responsible_village": {"enrolled_on": "2017-12-31"}},
         {"responsible_village": {"enrolled_on": "2018-12-31"}}),
        ("responsible_village", "E261", {"guidance": {"guided_on": "2019-01-01"}},
         {"guidance": {"guided_on": "2018-12-31"}}),
        ("responsible_village", "E261", {"guidance": {"guided_on": "2017-12-31"}},
         {"guidance": {"guided_on": "2017-12-31", **VOID}}),
        ("responsible_village", "E422", {"responsible_village": VOID, "guidance": {}},
         {"responsible_village": VOID, "guidance": VOID}),
        ("responsible_village", "E439", {"guidance": [{}, {"guided_on": "2018-06-01"}]},
         {"guidance": [{}, {"enterprise_id": 2}]}),
        ("responsible_village", "E439", {"guidance": [{}, {}]}, {"guidance": [{}, VOID]}),
        # --- enforcement
        ("enforcement_case", "E214", {"enforcement_case": {"decided_on": "2018-09-09"}},
         {"enforcement_case": {"decided_on": "2018-09-10"}}),
        ("enforcement_case", "E214", {"enforcement_case": {**DECIDED, "collected_on": "2018-09-19"}},
         {"enforcement_case": {**DECIDED, "collected_on": "2018-09-20"}}),
        ("enforcement_case", "E214", {"enforcement_case": {**DECIDED, **revoked("2018-09-19")}},
         {"enforcement_case": {**DECIDED, **revoked("2018-09-20")}}),
        ("enforcement_case", "E214", {"enforcement_case": revoked("2018-09-09")},
         {"enforcement_case": {**revoked("2018-09-10"), "filed_on": "2018-09-10"}}),
        ("enforcement_case", "E214", {"enforcement_case": {"referred": 1, "referred_on": "2018-09-09"}},
         {"enforcement_case": {"referred": 1, "referred_on": "2018-09-10"}}),
        ("enforcement_case", "E214",
         {"enforcement_case": {"referred": 1, "referred_on": "2018-10-02", **revoked("2018-10-01")}},
         {"enforcement_case": {"referred": 1, "referred_on": "2018-10-01", **revoked("2018-10-01")}}),
        ("enforcement_case", "E424", {"enforcement_case": {"fine": 1}}, {"enforcement_case": {**DECIDED, "fine": 1}}),
        ("enforcement_case", "E424", {"enforcement_case": {"document": "9号"}},
         {"enforcement_case": {**DECIDED, "document": "9号"}}),
        ("enforcement_case", "E424", {"enforcement_case": {"collected_on": "2018-10-20"}}, {"enforcement_case": {}}),
        ("enforcement_case", "E424", {"enforcement_case": {"referred_on": "2018-10-01"}},
         {"enforcement_case": {"referred": 2}}),
        ("enforcement_case", "E424", {"enforcement_case": {"revoked_on": "2018-10-01"}},
         {"enforcement_case": revoked("2018-10-01")}),
        ("enforcement_case", "E424", {"enforcement_case": {"revoke_reason": "复议"}}, {"enforcement_case": {}}),
        # --- accidents
        ("accident", "E435", {"casualties": [{}, {"known_on": "2018-10-21"}]},
         {"casualties": [{}, {"known_on": "2018-10-20"}]}),
        ("accident", "E435", {"accident": {"sector": "道路运输"}, "casualties": [{}, {"known_on": "2018-09-28"}]},
         {"accident": {"sector": "道路运输"}, "casualties": [{}, {"known_on": "2018-09-27"}]}),
        ("accident", "E435", {"accident": {"sector": "火灾"}, "casualties": [{}, {"known_on": "2018-09-28"}]},
         {"accident": {"sector": "建筑施工"}, "casualties": [{}, {"known_on": "2018-09-28"}]}),
        ("accident", "E214", {"casualties": {"known_on": "2018-09-19"}}, {"casualties": {"known_on": "2018-09-21"}}),
        ("accident", "E214", {"casualties": [{}, {"known_on": "2018-10-05"}, {"known_on": "2018-10-04"}]},
         {"casualties": [{}, {"known_on": "2018-10-05"}, {"known_on": "2018-10-05"}]}),
        ("accident", "E214", {"accident": written_off("2018-09-19"), "casualties": []},
         {"accident": written_off("2018-09-20")}),
        ("accident", "E424", {"accident": {"written_off_on": "2018-10-01"}}, {"accident": written_off("2018-10-01")}),
        ("accident", "E449", {"accident": written_off("2018-10-01"), "casualties": [{}, {"known_on": "2018-10-02"}]},
         {"accident": written_off("2018-10-01"), "casualties": [{}, {"known_on": "2018-10-01"}]}),
        # --- filings
        ("filing", "E214", {"filing": {"returned_on": "2018-10-30"}}, {"filing": {"returned_on": "2018-10-31"}}),
        ("filing", "E214", {"filing": {"returned_on": "2018-11-02", "refiled_on": "2018-11-01"}},
         {"filing": {"returned_on": "2018-11-02", "refiled_on": "2018-11-02"}}),
        ("filing", "E424", {"filing": {"refiled_on": "2018-11-02"}}, {"filing": {}}),
        ("filing", "E262", {"filing": {"filed_on": "2018-09-30"}}, {"filing": {"filed_on": "2018-10-01"}}),
        # --- departments
        ("department", "E424", {"department": {"merged_into": "330784-2018-0002"}},
         {"department": {"merged_into": "330784-2018-0002", "until_on": "2019-01-01"}}),
        ("department", "E214", {"department": {"from_on": "2018-01-01", "until_on": "2018-01-01"}},
         {"department": {"from_on": "2018-01-01", "until_on": "2018-01-02"}}),
        ("department", "E790", {"department": {"merged_into": "330784-2018-0001", "until_on": "2019-01-01"}},
         {"department": {"merged_into": "330784-2018-0002", "until_on": "2019-01-01"}}),
        ("hazard", "E794", {"hazard": {"charged_to": "甲"}, "hazard_charge": handed_over(None)},
         {"hazard": {"charged_to": "甲"}, "hazard_charge": handed_over("乙")}),
        ("hazard", "E214", {"hazard": {"charged_to": "甲"}, "hazard_charge": handed_over("乙", due_on="2018-10-19")},
         {"hazard": {"charged_to": "甲"}, "hazard_charge": handed_over("乙", due_on="2018-10-20")}),
        ("hazard", "E214", {"hazard": {"charged_to": "甲"}, "hazard_charge": replied("2018-10-19")},
         {"hazard": {"charged_to": "甲"}, "hazard_charge": replied("2018-10-20", answer="已停用")}),
        ("hazard", "E424", {"hazard": {"charged_to": "甲"}, "hazard_charge": handed_over("乙", answer="已停用")},
         {"hazard": {"charged_to": "甲"}, "hazard_charge": handed_over("乙", answered_on="2018-10-20")}),
        (
            "reporting_ledger", "E214", {"reporting_ledger": {"until_on": "2018-03-01"}},
            {"reporting_ledger": {"until_on": "2018-03-02"}},
        ),
        (
            "reporting_ledger", "E928", {"reporting_ledger": {"replaced_by": "0" * 32}},
            {"reporting_ledger": {"replaced_by": "1" * 32}},
        ),
        ("grid", "E214", {"grid": {"until_on": "2018-02-28"}}, {"grid": {"until_on": "2018-03-01"}}),
        ("programme_plan", "E214", {"programme_plan": {"due_on": "2017-12-31"}},
         {"programme_plan": {"due_on": "2018-01-01"}}),
        ("campaign_phase", "E214", {"campaign_phase": {"from_on": "2018-09-30"}},
         {"campaign_phase": {"from_on": "2018-10-01"}}),
        ("campaign_phase", "E410", {"campaign": {"last_on": "2018-10-15"}, "campaign_phase": {}},
         {"campaign": {"last_on": "2018-10-16"}, "campaign_phase": {}}),
        ("campaign_phase", "E417", {"campaign_phase": [{}, {"title": "再推进"}]},
         {"campaign_phase": [{}, {"title": "再推进", "from_on": "2018-10-17"}, VOID]}),
        ("mark", "E780", {"mark": {"marked_on": "2018-09-30"}}, {"mark": {"marked_on": "2018-10-01"}}),
        ("filing", "E263", {"filing": {"nil_for": "培训"}}, {"filing": {"nil_for": "培训", "nil": "是"}}),
    ],
)  # fmt: skip
def test_rule(table: str, code: str, broken: dict[str, Any], holds: dict[str, Any]) -> None:
    found = faults(table, broken)
    assert [fault.code for fault in found] == [code], [str(fault) for fault in found]
    assert f"〔{code}〕" in str(found[0])  # its words fill its templates
    assert faults(table, holds) == []


def test_every_code_of_the_rules_has_a_case() -> None:
    (marks,) = (mark for mark in test_rule.pytestmark if mark.name == "parametrize")
    cases = {(case[0], case[1]) for case in marks.args[1]}
    # The clash, below; and what holds of the words of all tables (tests/workflow/test_term.py).
    assert raised() - cases == {("opening_figure", "E414"), ("word_lists", "E741")}


class TestWords:
    """What a message says, where it is worked out and not just passed on."""

    def test_the_assurances_that_are_missing_are_named(self) -> None:
        (found,) = faults("hazard", {"hazard": {**MAJOR, "funds": None, "contingency_plan": None}})
        assert "缺“资金”、“预案”" in str(found)
        assert found.field == "funds"

    def test_the_total_before_is_named_with_its_day(self) -> None:
        (found,) = faults("opening_figure", {"opening_figure": {"cumulative": 20, "quantity": -13, "written_down": 3}})
        assert "“20”——" not in str(found)
        assert "累计数20小于2018-06-30的累计数30" in str(found)

    def test_the_level_that_listed_is_named(self) -> None:
        listing = {**ENDED, "document": "永安委〔2018〕9号"}
        (found,) = faults(
            "hazard", {"hazard": MAJOR, "supervision": listing, "rectification": {"accepted_level": None}}
        )
        assert "不能由未注明级别的单位验收：该隐患由县级挂牌督办（永安委〔2018〕9号）" in str(found)

    def test_a_correction_lies_before_the_accident_or_before_the_last_one(self) -> None:
        (found,) = faults("accident", {"casualties": [{"known_on": "2018-09-19"}]})
        assert found.words["other_title"] == "发生时间"
        (found,) = faults("accident", {"casualties": [{"known_on": "2018-09-22"}, {"known_on": "2018-09-21"}]})
        assert found.words["other_title"] == "上次续报"

    def test_of_several_deadlines_the_first_begins_with_the_hazard(self) -> None:
        deadlines = [{"from_on": "2018-10-10", "until_on": "2018-10-20"}, {"from_on": "2018-10-20"}]
        (found,) = faults("hazard", {"hazard_deadline": deadlines})
        assert (found.code, found.words["day"], found.words["other"]) == ("E410", "2018-10-10", FOUND)

    def test_all_faults_are_told_at_once(self) -> None:
        rounds = {"rectified_on": "2018-10-01", "accepted_on": "2018-09-30", "conclusion": "不合格"}
        found = faults("hazard", {"hazard": {"deadline_on": "2018-10-01"}, "rectification": rounds})
        assert [fault.code for fault in found] == ["E214", "E214", "E214", "E420"]


class TestClash:
    FIGURE: ClassVar[dict[str, str | int | float | None]] = {
        "title": "网格员培训合格", "town_name": "芝英镇", "number": "芝英-3", "from_on": "2018-09-30",
        "period_from": "2018-01-01", "quantity": 32, "written_down": 8, "indicator": "training.网格员",
    }  # fmt: skip

    def test_records_up_to_what_was_written_down_are_taken(self) -> None:
        assert opening_figure.clash(self.FIGURE, 8) is None

    def test_what_goes_beyond_is_told_with_what_is_still_to_be_written_down(self) -> None:
        found = opening_figure.clash(self.FIGURE, 11)
        assert found is not None
        assert "在2018-01-01至2018-09-30已有期初数32，又登记了11件" in str(found)
        assert "核减 芝英-3 --数量 3" in str(found)

    def test_a_stock_has_a_day_and_no_period(self) -> None:
        found = opening_figure.clash({**self.FIGURE, "period_from": None}, 9)
        assert found is not None
        assert "芝英镇在2018-09-30已有" in str(found)


class TestIntervals:
    def test_trap_4_the_day_after_the_29th_of_february(self) -> None:
        assert next_day("2020-02-28") == "2020-02-29"
        assert next_day("2020-02-29") == "2020-03-01"
        assert next_day("2019-02-28") == "2019-03-01"
        assert next_day("2018-12-31") == "2019-01-01"
        assert next_day("2018-11-10", -1) == "2018-11-09"

    def test_rows_that_touch_do_not_overlap_in_whatever_order_they_come(self) -> None:
        rows = [{"from_on": "2018-03-01", "until_on": OPEN}, {"from_on": "2018-01-01", "until_on": "2018-03-01"}]
        assert overlaps(rows, "x") == []
        assert [fault.words["day"] for fault in overlaps([*rows, rows[1]], "x")] == ["2018-01-01"]

    def test_what_is_said_of_a_day_before_another(self) -> None:
        row = {"begun": "2018-03-02", "ended": "2018-03-01"}
        words = {"title": "止", "day": "2018-03-01", "other_title": "起", "other": "2018-03-02"}
        (found,) = order(row, ("begun", "起"), ("ended", "止"), "E214")
        assert (found.words, found.value, found.field) == (words, "2018-03-01", "ended")
        (found,) = order(row, ("begun", "起"), ("ended", "止"))
        assert (found.code, found.words, found.value) == ("E410", words, None)

    def test_what_is_missing_is_told_once(self) -> None:
        row = {"reason": None, "on": "2018-03-01", "by": "甲"}
        (found,) = needs(row, ("reason", "原因"), ("on", "日期"), ("by", "经办人"))
        assert (found.words, found.field) == ({"title": "原因", "other_title": "日期"}, "reason")

    def test_gaps_and_ends(self) -> None:
        assert gapless([{"from_on": "0001-01-01", "until_on": OPEN}], "x") == []
        assert [f.words["day"] for f in gapless([{"from_on": "2018-01-01", "until_on": OPEN}], "x")] == ["2018-01-01"]
        assert [f.words["day"] for f in gapless([{"from_on": "0001-01-01", "until_on": "2018-01-01"}], "x")] == [
            "2018-01-01"
        ]

    def test_trap_4_years_later(self) -> None:
        assert years_after("2015-10-31", 3) == "2018-10-31"
        assert years_after("2016-02-29", 3) == "2019-03-01"
        assert years_after("2016-02-29", 4) == "2020-02-29"
        assert years_after("2015-02-28", 1) == "2016-02-28"
        assert new_year_after("2018-12-31") == "2019-01-01"
        assert new_year_after("2018-12-31", 0) == "2018-01-01"
        assert new_year_after("2018-01-01", 3) == "2021-01-01"


def test_overdue_from_the_day_after_the_deadline_but_not_before_it_is_in_force() -> None:
    assert hazard.late_from("2018-10-31") == hazard.late_from("2018-10-31", "2018-10-09") == "2018-11-01"
    assert hazard.late_from("2018-10-31", "2018-11-05") == "2018-11-05"


class TestDoubtful:
    """Of many new hazards at once, those that the rules have to look at."""

    @staticmethod
    def found(*rows: dict[str, Any]) -> set[int]:
        return hazard.doubtful(**{column: [row[column] for row in rows] for column in hazard.JUDGED})

    def test_of_plain_ones_they_are_those_that_the_rules_refuse(self) -> None:
        days = ("2018-10-08", FOUND, "2018-10-10")
        rows = [
            {"level": "一般", "found_on": FOUND, **dict(zip(hazard.JUDGED[2:], told, strict=True))}
            for told in itertools.product(days, (None, *days), (None, *days), (None, *days))
        ]

        def refused(row: dict[str, Any]) -> bool:
            rounds = [row] if row["rectified_on"] or row["accepted_on"] else []
            unrectified = row["accepted_on"] is not None and row["rectified_on"] is None  # no step could be taken
            return unrectified or bool(faults("hazard", {"hazard": row, "rectification": rounds}))

        assert self.found(*rows) == {at for at, row in enumerate(rows) if refused(row)}

    def test_a_major_one_always(self) -> None:
        plain = {**dict.fromkeys(hazard.JUDGED), "level": "一般", "found_on": FOUND, "deadline_on": FOUND}
        assert self.found(plain, {**plain, "level": "重大"}) == {1}


class TestGrade:
    """国务院令第493号第三条: “以上” includes the number."""

    @pytest.mark.parametrize(
        ("deaths", "serious", "loss", "reached"),
        [
            (0, 0, None, "一般"),
            (2, 9, 10_000_000_00 - 1, "一般"),
            (3, 0, None, "较大"),
            (0, 10, None, "较大"),
            (0, 0, 10_000_000_00, "较大"),
            (9, 49, 50_000_000_00 - 1, "较大"),
            (10, 0, 0, "重大"),
            (0, 50, 0, "重大"),
            (0, 0, 50_000_000_00, "重大"),
            (29, 99, 100_000_000_00 - 1, "重大"),
            (30, 0, 0, "特别重大"),
            (0, 100, 0, "特别重大"),
            (0, 0, 100_000_000_00, "特别重大"),
            (2, 100, None, "特别重大"),
        ],
    )
    def test_bounds(self, deaths: int, serious: int, loss: int | None, reached: str) -> None:
        assert accident.grade(deaths, serious, loss) == reached

    def test_changes_against_what_was_known_before(self) -> None:
        told = [{"deaths": 2, "serious": 3}, {"deaths": 3, "serious": 1}, {"deaths": 1, "serious": 1, "loss": 5}]
        found = derived("accident", casualties=told).columns
        assert [tuple(found["casualties", i].values()) for i in (1, 2, 3)] == [
            ("一般", 2, 3, 0),
            ("较大", 1, -2, 1),
            ("一般", -2, 0, -1),
        ]
