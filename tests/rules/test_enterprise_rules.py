"""What must hold of an enterprise and of what hangs on it: for every code a case that breaks it, beside one that just
holds."""

from __future__ import annotations

from typing import Any

import pytest

from support.rule_rows import OF_ENTERPRISE, faults, raised

NEXT: dict[str, Any] = {"from_on": "2019-03-01", "last_on": "2020-02-29", "until_on": "2020-03-01"}
VOID = {"voided_on": "2018-11-05"}
REACHED = {"announced_on": "2018-09-20"}
ACCEPTED = {"accepted_on": "2018-08-10", "conclusion": "合格"}


def contracts(*rows: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {"trusteeship": list(rows)}


def standards(*rows: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {"standardization": list(rows)}


def programmes(*rows: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {"programme": list(rows)}


def checked(*rows: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {"health_test": list(rows)}


@pytest.mark.parametrize(
    ("table", "code", "broken", "holds"),
    [
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
        # --- standardization
        ("standardization", "E214", standards({"consulted_on": "2018-02-28"}),
         standards({"consulted_on": "2018-03-01"})),
        ("standardization", "E214", standards({"applied_on": "2018-06-15", "reviewed_on": "2018-06-14"}),
         standards({"applied_on": "2018-06-15", "reviewed_on": "2018-06-15"})),
        ("standardization", "E214", standards({"self_assessed_on": "2018-09-21", **REACHED}),
         standards({"self_assessed_on": "2018-09-20", **REACHED})),
        ("standardization", "E214", standards({**REACHED, "revoked_on": "2018-09-19"}),
         standards({**REACHED, "revoked_on": "2018-09-20"})),
        ("standardization", "E214", standards({"abandoned_on": "2018-02-28"}),
         standards({"abandoned_on": "2018-03-01"})),
        ("standardization", "E424", standards({"revoked_on": "2018-10-01"}),
         standards({**REACHED, "revoked_on": "2018-10-01"})),
        ("standardization", "E424", standards({"certificate_number": "浙AQB1号"}),
         standards({**REACHED, "certificate_number": "浙AQB1号"})),
        ("standardization", "E424", standards({**REACHED, "excused_on": "2018-10-01"}),
         standards({**REACHED, "excused_on": "2018-10-01", "excuse": "关停"})),
        ("standardization", "E428", standards({**REACHED, "abandoned_on": "2018-10-01"}),
         standards({"abandoned_on": "2018-10-01"})),
        ("standardization", "E427", standards({"kind": "升级"}), standards({"kind": "升级", "grade": "二级"})),
        ("standardization", "E429", standards({}, {}), standards({}, VOID)),
        ("standardization", "E429", standards({}, {"begun_on": "2018-06-01"}), standards({}, {"grade": "二级"})),
        ("standardization", "E429", standards(REACHED, {"begun_on": "2018-09-19"}),
         standards(REACHED, {"begun_on": "2018-09-20"})),
        ("standardization", "E429", standards({"abandoned_on": "2018-06-01"}, {"begun_on": "2018-05-31"}),
         standards({"abandoned_on": "2018-06-01"}, {"begun_on": "2018-06-01"})),
        ("standardization", "E429", standards({"grade": "二级"}, {"grade": "二级", "kind": "升级"}),
         standards({"grade": "二级"}, {"grade": "一级", "kind": "升级"})),
        ("standardization", "E429", standards({"kind": "复评"}, {"kind": "复评"}), standards({"kind": "复评"}, {})),
        # --- programmes
        ("programme", "E214", programmes({"inspected_on": "2018-03-10", "diagnosed_on": "2018-03-09"}),
         programmes({"inspected_on": "2018-03-10", "diagnosed_on": "2018-03-10"})),
        ("programme", "E214", programmes({"rectified_on": "2018-08-11", **ACCEPTED}),
         programmes({"rectified_on": "2018-08-10", **ACCEPTED})),
        ("programme", "E214", programmes({**ACCEPTED, "accepted_on": "2018-02-28"}),
         programmes({**ACCEPTED, "accepted_on": "2018-03-01"})),
        # Found in an inspection, enrolled afterwards.
        ("programme", "E214", programmes({"inspected_on": "2018-02-10", "diagnosed_on": "2018-02-09"}),
         programmes({"inspected_on": "2018-02-10"})),
        ("programme", "E214", programmes({"excused_on": "2018-02-28", "excuse": "关停"}),
         programmes({"excused_on": "2018-03-01", "excuse": "关停"})),
        ("programme", "E214", programmes({"outcome": "关停", "outcome_on": "2018-02-28"}),
         programmes({"outcome": "关停", "outcome_on": "2018-03-01"})),
        ("programme", "E424", programmes({"accepted_on": "2018-08-10"}), programmes(ACCEPTED)),
        ("programme", "E424", programmes({"conclusion": "不合格"}),
         programmes({**ACCEPTED, "conclusion": "不合格"})),
        ("programme", "E424", programmes({"excused_on": "2018-10-01"}),
         programmes({"excused_on": "2018-10-01", "excuse": "关停"})),
        ("programme", "E424", programmes({"outcome_on": "2018-10-01"}),
         programmes({"outcome": "关停", "outcome_on": "2018-10-01"})),
        ("programme", "E424", programmes({"outcome": "关停"}),
         programmes({**ACCEPTED, "conclusion": "不合格", "outcome": "关停"})),
        ("programme", "E447", programmes({"outcome": "整治", "outcome_on": "2018-10-01"}),
         programmes({**ACCEPTED, "outcome": "整治"})),
        ("programme", "E447", programmes({**ACCEPTED, "conclusion": "不合格", "outcome": "托管"}),
         programmes({**ACCEPTED, "outcome": "托管"})),
        ("programme", "E430", programmes({}, {"enrolled_on": "2018-12-31"}),
         programmes({}, {"enrolled_on": "2019-01-01"})),
        ("programme", "E430", programmes({}, {}), programmes({}, {"kind": "胶水"})),
        ("programme", "E430", programmes({}, {}), programmes({}, VOID)),
        # Newly found: accepted before it goes into trusteeship.
        ("programme", "E426", {**programmes({}), **contracts({})}, {**programmes(ACCEPTED), **contracts(NEXT)}),
        ("programme", "E426", {**programmes(ACCEPTED), **contracts({"from_on": "2018-08-09"})},
         {**programmes(ACCEPTED), **contracts({"from_on": "2018-08-10"})}),
        ("programme", "E426", {**programmes({**ACCEPTED, "conclusion": "不合格"}), **contracts(NEXT)},
         {**programmes({**ACCEPTED, "conclusion": "不合格"}), **contracts({**NEXT, **VOID})}),
        ("programme", "E426", {**programmes({}), **contracts({})},
         {**programmes({}), **contracts({"from_on": "2018-02-28"})}),
        ("programme", "E426", {**programmes({"kind": "涉氨"}), **contracts({"kind": "涉氨"})},
         {**programmes({"kind": "涉粉"}), **contracts({"kind": "涉粉"})}),
        ("programme", "E426", {**programmes({}), **contracts({})},
         {**programmes({"reason": "年初列入"}), **contracts({})}),
        ("programme", "E426", {**programmes({}), **contracts({})}, {**programmes({}), **contracts({"kind": "小微"})}),
        # --- contracts
        ("trusteeship", "E214", contracts({"last_on": "2018-02-28", "until_on": "2018-03-01"}),
         contracts({"last_on": "2018-03-01", "until_on": "2018-03-02"})),
        ("trusteeship", "E413", contracts({"ended_on": "2018-02-28"}), contracts({"ended_on": "2018-03-01"})),
        ("trusteeship", "E413", contracts({"ended_on": "2019-03-01"}), contracts({"ended_on": "2019-02-28"})),
        ("trusteeship", "E438", contracts({"last_on": "2028-02-29"}), contracts({"last_on": "2028-02-28"})),
        ("trusteeship", "E411", contracts({}, {**NEXT, "from_on": "2019-02-28"}), contracts({}, NEXT)),
        ("trusteeship", "E411", contracts({}, {}), contracts({}, {"kind": "小微"})),
        ("trusteeship", "E411", contracts({}, {}), contracts({}, VOID)),
        ("trusteeship", "E411", contracts({}, {}), contracts({}, {"until_on": "2018-03-01"})),
        # --- visits
        ("visit", "E425", {"visit": {"visited_on": "2018-02-28"}, **contracts({})},
         {"visit": {"visited_on": "2018-03-01"}, **contracts({})}),
        ("visit", "E425", {"visit": {"visited_on": "2019-03-01"}, **contracts({})},
         {"visit": {"visited_on": "2019-02-28"}, **contracts({})}),
        ("visit", "E425", {"visit": {"kind": "小微"}, **contracts({})},
         {"visit": {"kind": "小微"}, **contracts({}, {"kind": "小微"})}),
        ("visit", "E425", {"visit": {}, **contracts(VOID)}, {"visit": VOID, **contracts(VOID)}),
        ("visit", "E259", {"visit": {"hazards_closed": 3}, **contracts({})}, {"visit": {}, **contracts({})}),
        ("visit", "E259", {"visit": {"hazards_found": None, "hazards_closed": 1}, **contracts({})},
         {"visit": {"hazards_found": None, "hazards_closed": 0}, **contracts({})}),
        # --- exposure and tests
        ("exposure", "E214", {"exposure": {"ended_on": "2017-12-31", "end_reason": "停产"}},
         {"exposure": {"ended_on": "2018-01-01", "end_reason": "停产"}}),
        ("exposure", "E424", {"exposure": {"ended_on": "2018-06-01"}},
         {"exposure": {"ended_on": "2018-06-01", "end_reason": "停产"}}),
        ("exposure", "E446", {"exposure": [{}, {"from_on": "2018-06-01"}]},
         {"exposure": [{"ended_on": "2018-06-01", "end_reason": "x"}, {"from_on": "2018-06-01"}]}),
        ("exposure", "E446", {"exposure": [{}, {}]}, {"exposure": [{}, VOID]}),
        ("health_test", "E214", checked({"sampled_on": "2018-05-10"}), checked({"sampled_on": "2018-05-09"})),
        ("health_test", "E214", checked({"points_over": 1, "remedied_on": "2018-04-19"}),
         checked({"points_over": 1, "remedied_on": "2018-04-20"})),
        ("health_test", "E214", checked({"points_over": 1, "remedied_on": "2018-06-01", "retested_on": "2018-05-31"}),
         checked({"points_over": 1, "remedied_on": "2018-06-01", "retested_on": "2018-06-01"})),
        ("health_test", "E259", checked({"points_over": 11}), checked({"points_over": 10})),
        ("health_test", "E260", checked({"remedied_on": "2018-06-01"}),
         checked({"remedied_on": "2018-06-01", "points_over": 1})),
        ("device", "E214", {"device": {"removed_on": "2018-05-08"}}, {"device": {"removed_on": "2018-05-09"}}),
        ("device", "E448", {"device": [{}, {"installed_on": "2018-06-01"}]},
         {"device": [{"removed_on": "2018-06-01"}, {"installed_on": "2018-06-01"}]}),
        ("device", "E448", {"device": [{}, {}]}, {"device": [{}, VOID]}),
        ("diagnosis", "E214", {"diagnosis": {"planned_on": "2018-03-09"}}, {"diagnosis": {"planned_on": "2018-03-10"}}),
        ("risk_grade", "E417", {"risk_grade": [{}, {"grade": "红"}]}, {"risk_grade": [{}, {"from_on": "2018-03-02"}]}),
    ],
)  # fmt: skip
def test_rule(table: str, code: str, broken: dict[str, Any], holds: dict[str, Any]) -> None:
    found = faults(table, broken)
    assert [fault.code for fault in found] == [code], [str(fault) for fault in found]
    assert f"〔{code}〕" in str(found[0])  # its words fill its templates
    assert faults(table, holds) == []


def test_every_code_of_the_rules_has_a_case() -> None:
    (marks,) = (mark for mark in test_rule.pytestmark if mark.name == "parametrize")
    assert raised(OF_ENTERPRISE) - {(case[0], case[1]) for case in marks.args[1]} == set()


class TestWords:
    """What a message says, and which of several rows is in question."""

    def test_the_contract_that_stands_is_named_and_the_new_one_is_in_question(self) -> None:
        standing: dict[str, Any] = {"number": "芝英-1", "from_on": "2018-06-01"}
        entered: dict[str, Any] = {"number": "芝英-2", "from_on": "2018-05-01", "until_on": "2019-05-01"}
        (found,) = faults("trusteeship", contracts(standing, entered))
        assert "（芝英-1：2018-06-01至2019-02-28，某某公司）" in str(found)
        assert "续签的请从2019-03-01起" in str(found)
        assert found.row_id == 2

    @pytest.mark.parametrize(
        ("table", "rows"),
        [
            ("standardization", standards({}, {"number": "芝英-6"})),
            ("programme", programmes({}, {"number": "芝英-6"})),
            ("exposure", {"exposure": [{}, {"number": "芝英-6", "from_on": "2018-02-01"}]}),
            ("device", {"device": [{}, {"number": "芝英-6", "installed_on": "2018-06-01"}]}),
        ],
    )
    def test_of_two_the_later_one_is_in_question_and_the_other_is_named(self, table: str, rows: dict[str, Any]) -> None:
        (found,) = faults(table, rows)
        assert found.row_id == 2
        assert "芝英-6" not in str(found)
        assert "（芝英-" in str(found)

    @pytest.mark.parametrize(("more", "state"), [({}, "还没有验收合格"), (ACCEPTED, "2018-08-10才验收合格")])
    def test_why_a_new_firm_may_not_be_under_trusteeship_yet(self, more: dict[str, Any], state: str) -> None:
        (found,) = faults("programme", {**programmes(more), **contracts({"number": "芝英-9"})})
        assert f"该企业是新发现的“喷涂”企业（芝英-3），{state}，托管合同芝英-9不能早于验收" in str(found)

    @pytest.mark.parametrize(("seen", "whole"), [(None, "发现0条"), (2, "发现2条")])
    def test_how_many_hazards_a_visit_found(self, seen: int | None, whole: str) -> None:
        told = {"visit": {"hazards_found": seen, "hazards_closed": 3}}
        (found,) = faults("visit", {**told, "trusteeship": {}})
        assert found.words == {"part": "已整改3条", "whole": whole}
