"""What must hold among the rows of a root: for every code a case that breaks it, beside one that just holds."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest

from anjian_cli.errors import Fault
from anjian_cli.rules import opening_figure
from anjian_cli.rules.intervals import gapless, next_day, overlaps

OPEN = "9999-12-31"
FIVE = {"responsible": "甲", "measures": "停产", "funds": 0, "contingency_plan": "有"}
BASE: dict[str, dict[str, Any]] = {
    "town": {"code": "330784109", "until_on": OPEN, "merged_into": None},
    "village": {"code": "330784109201", "until_on": OPEN, "merged_into": None},
    "training": {"attended": 60, "passed": 58},
    "target": {"year": 2018, "from_on": "2018-01-01"},
    "opening_figure": {
        "number": "芝英-3", "from_on": "2018-09-30", "period_from": "2018-07-01", "cumulative": 40, "quantity": 10,
        "written_down": 0, "voided_on": None,
    },
    "issued_month": {"as_of": "2018-10-31", "closed_on": "2018-11-01", "issued_on": "2018-11-05"},
    "enterprise": {
        "number": "芝英-1", "credit_code": None, "registration_number": None, "no_code_reason": "在办",
        "voided_on": None,
    },
    "residence": {"id": 1, "from_on": "0001-01-01", "until_on": OPEN},
    "operating_state": {"id": 1, "from_on": "2018-05-01", "until_on": OPEN},
    "trusteeship": {
        "id": 1, "number": "芝英-1", "agency": "某某公司", "kind": "喷涂", "voided_on": None, "from_on": "2018-03-01",
        "last_on": "2019-02-28", "ended_on": None, "until_on": "2019-03-01",
    },
    "hazard": {
        "number": "芝英-12", "level": "一般", "found_on": "2018-10-09", "deadline_on": "2018-10-31",
        "reported_on": None,
        **dict.fromkeys(FIVE),
    },
    "hazard_deadline": {"id": 1, "from_on": "2018-10-09", "until_on": OPEN},
    "rectification": {
        "id": 1, "rectified_on": "2018-10-20", "accepted_on": "2018-10-22", "conclusion": "合格",
        "accepted_level": None,
        "failure_reason": None, "until_on": OPEN,
    },
    "supervision": {"id": 1, "level": "县级", "document": None, "from_on": "2018-10-10", "until_on": OPEN},
}  # fmt: skip
FOUND, CLOSED = "2018-10-09", "2018-10-22"
NEXT: dict[str, Any] = {"from_on": "2019-03-01", "last_on": "2020-02-29", "until_on": "2020-03-01"}
MAJOR = {"level": "重大", **FIVE}
AGAIN = {"rectified_on": "2018-10-25", "accepted_on": "2018-10-26"}
SENT_BACK = {"until_on": "2018-10-25"}
FAILED = {"conclusion": "不合格", "failure_reason": "型号不符"}
ENDED = {"until_on": CLOSED}


def faults(root: str, rows: Mapping[str, Any]) -> list[Fault]:
    """Rows by table, each only what is unlike BASE; the root's own table is there in any case."""
    full: dict[str, list[dict[str, Any]]] = {
        table: [
            {**BASE[table], "id": i, **row} for i, row in enumerate([given] if isinstance(given, dict) else given, 1)
        ]
        for table, given in {root: {}, **rows}.items()
    }
    if root == "enterprise":
        full.setdefault("residence", [BASE["residence"]])
    if root == "hazard":
        full.setdefault("hazard_deadline", [{**BASE["hazard_deadline"], "from_on": full["hazard"][0]["found_on"]}])
    found: list[Fault] = importlib.import_module(f"anjian_cli.rules.{root}").faults(full)
    return found


def contracts(*rows: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {"trusteeship": list(rows)}


@pytest.mark.parametrize(
    ("root", "code", "broken", "holds"),
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
        ("enterprise", "E228", {"enterprise": {"no_code_reason": None}}, {"enterprise": {"credit_code": "x"}}),
        (
            "enterprise", "E228", {"enterprise": {"no_code_reason": None}},
            {"enterprise": {"no_code_reason": None, "registration_number": "330784000012345"}},
        ),
        (
            "enterprise", "E417", {"residence": [{"until_on": "2018-05-01"}, {"from_on": "2018-05-02"}]},
            {"residence": [{"until_on": "2018-05-01"}, {"from_on": "2018-05-01"}]},
        ),
        (
            "enterprise", "E417", {"residence": [{"until_on": "2018-05-02"}, {"from_on": "2018-05-01"}]},
            {"residence": [{"from_on": "2018-05-01"}, {"until_on": "2018-05-01"}]},
        ),
        ("enterprise", "E417", {"residence": []}, {}),
        ("enterprise", "E417", {"residence": [{"until_on": "2018-05-01"}]}, {}),
        (
            "enterprise", "E417", {"operating_state": [{}, {"from_on": "2018-06-01"}]},
            {"operating_state": [{"until_on": "2018-06-01"}, {"from_on": "2018-06-01"}]},
        ),
        (
            "enterprise", "E422", {"enterprise": {"voided_on": "2018-11-05"}, **contracts({})},
            {"enterprise": {"voided_on": "2018-11-05"}, **contracts({"voided_on": "2018-11-05"})},
        ),
        (
            "enterprise", "E214", contracts({"last_on": "2018-02-28", "until_on": "2018-03-01"}),
            contracts({"last_on": "2018-03-01", "until_on": "2018-03-02"}),
        ),
        ("enterprise", "E413", contracts({"ended_on": "2018-02-28"}), contracts({"ended_on": "2018-03-01"})),
        ("enterprise", "E413", contracts({"ended_on": "2019-03-01"}), contracts({"ended_on": "2019-02-28"})),
        ("enterprise", "E411", contracts({}, {**NEXT, "from_on": "2019-02-28"}), contracts({}, NEXT)),
        ("enterprise", "E411", contracts({}, {}), contracts({}, {"kind": "小微"})),
        ("enterprise", "E411", contracts({}, {}), contracts({}, {"voided_on": "2018-11-05"})),
        ("enterprise", "E411", contracts({}, {}), contracts({}, {"until_on": "2018-03-01"})),
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
    ],
)  # fmt: skip
def test_rule(root: str, code: str, broken: dict[str, Any], holds: dict[str, Any]) -> None:
    found = faults(root, broken)
    assert [fault.code for fault in found] == [code], [str(fault) for fault in found]
    assert f"〔{code}〕" in str(found[0])  # its words fill its templates
    assert faults(root, holds) == []


def test_every_code_of_the_rules_has_a_case() -> None:
    folder = Path(str(importlib.import_module("anjian_cli.rules").__file__)).parent
    raised = {code for path in folder.glob("*.py") for code in re.findall(r'"(E\d{3})"', path.read_text("utf-8"))}
    (marks,) = (mark for mark in test_rule.pytestmark if mark.name == "parametrize")
    assert raised == {case[1] for case in marks.args[1]} | {"E414"}


def test_a_setting_has_no_rules_of_its_own() -> None:
    assert importlib.import_module("anjian_cli.rules.setting").faults({"setting": [{}]}) == []


class TestWords:
    """What a message says, where it is worked out and not just passed on."""

    def test_the_assurances_that_are_missing_are_named(self) -> None:
        (found,) = faults("hazard", {"hazard": {**MAJOR, "funds": None, "contingency_plan": None}})
        assert "缺“资金”、“预案”" in str(found)
        assert found.field == "funds"

    def test_the_contract_that_stands_is_named_and_the_new_one_is_in_question(self) -> None:
        standing: dict[str, Any] = {"number": "芝英-1", "from_on": "2018-06-01"}
        entered: dict[str, Any] = {"number": "芝英-2", "from_on": "2018-05-01", "until_on": "2019-05-01"}
        (found,) = faults("enterprise", contracts(standing, entered))
        assert "（芝英-1：2018-06-01至2019-02-28，某某公司）" in str(found)
        assert "续签的请从2019-03-01起" in str(found)
        assert found.row_id == 2

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

    def test_all_faults_are_told_at_once(self) -> None:
        rounds = {"rectified_on": "2018-10-01", "accepted_on": "2018-09-30", "conclusion": "不合格"}
        found = faults("hazard", {"hazard": {"deadline_on": "2018-10-01"}, "rectification": rounds})
        assert [fault.code for fault in found] == ["E214", "E214", "E214", "E420"]


class TestClash:
    FIGURE: ClassVar[dict[str, str | int | float | None]] = {
        "title": "网格员培训合格", "town_name": "芝英镇", "number": "芝英-3", "from_on": "2018-09-30",
        "period_from": "2018-01-01", "quantity": 32, "written_down": 8,
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

    def test_gaps_and_ends(self) -> None:
        assert gapless([{"from_on": "0001-01-01", "until_on": OPEN}], "x") == []
        assert [f.words["day"] for f in gapless([{"from_on": "2018-01-01", "until_on": OPEN}], "x")] == ["2018-01-01"]
        assert [f.words["day"] for f in gapless([{"from_on": "0001-01-01", "until_on": "2018-01-01"}], "x")] == [
            "2018-01-01"
        ]
