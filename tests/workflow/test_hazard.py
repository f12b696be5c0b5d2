"""A hazard as a form or a file tells it, with the steps of its life that are known by then."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from anjian_cli.errors import Refused
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import hazard_cycle
from oracle.figures import dump
from support.desk import FIVE, SHIZHU, ZHIYING, Desk, refuses

GIVEN: dict[str, Any] = {
    "enterprise": "永康市恒达工具厂", "found_on": "2018-10-09", "source": "网格巡查", "level": "一般",
    "description": "喷漆房无防爆灯", "deadline_on": "2018-10-31",
}  # fmt: skip


@pytest.fixture(autouse=True)
def firm(desk: Desk) -> int:
    return desk.enterprise("永康市恒达工具厂")


def stage(desk: Desk) -> str:
    return str(desk.ledger.execute("SELECT stage FROM hazard_listing").fetchone()[0])


def test_it_is_found_where_the_firm_was_on_the_day(desk: Desk, firm: int) -> None:
    number = desk.row("enterprise", firm)["number"]
    desk.take("enterprise", number=number, town="石柱镇", changed_on="2018-10-10")
    first = desk.take("hazard", **GIVEN)
    second = desk.take("hazard", **{**GIVEN, "found_on": "2018-10-10"})
    third = desk.take("hazard", **{**GIVEN, "description": "x"}, town="石柱镇")
    assert [desk.row("hazard", made.row_id)["town_code"] for made in (first, second, third)] == [
        ZHIYING,
        SHIZHU,
        SHIZHU,
    ]
    assert [made.number[:9] for made in (first, second, third)] == [ZHIYING, SHIZHU, SHIZHU]


def test_a_whole_life_in_one_row(desk: Desk) -> None:
    told = {"rectified_on": "2018-10-20", "accepted_on": "2018-10-22", "accepted_by": "验收人丙", "conclusion": "合格"}
    made = desk.take("hazard", **GIVEN, **told)
    assert (made.outcome, stage(desk)) == ("new", "已销号")
    assert desk.figure("hazard.accepted_of_year", "2018-10-31") == 1
    before = desk.head
    assert desk.take("hazard", **GIVEN, **told).outcome == "unchanged"
    assert desk.head == before


def test_the_same_row_a_month_later_with_what_was_done_since(desk: Desk) -> None:
    desk.take("hazard", **GIVEN)
    kept = desk.take("hazard", **GIVEN, rectified_on="2018-10-20")
    assert kept.changes == [("rectified_on", None, "2018-10-20")]
    assert stage(desk) == "待验收"
    desk.take("hazard", **GIVEN, rectified_on="2018-10-20", accepted_on="2018-10-22")
    assert stage(desk) == "已销号"
    assert desk.rows("rectification", "rectified_on", "accepted_on") == [("2018-10-20", "2018-10-22")]


def test_its_absence_from_a_file_closes_nothing_and_an_old_file_reopens_nothing(desk: Desk) -> None:
    desk.take("hazard", **GIVEN, rectified_on="2018-10-20", accepted_on="2018-10-22")
    assert desk.take("hazard", **GIVEN).outcome == "unchanged"
    assert stage(desk) == "已销号"


def test_an_old_file_does_not_close_what_was_sent_back_since(desk: Desk) -> None:
    told = {**GIVEN, "rectified_on": "2018-10-20", "accepted_on": "2018-10-22"}
    made = desk.take("hazard", **told)
    desk.step(hazard_cycle.reopen, made.row_id, "2018-11-01", "2018-11-30", "又拆除")
    assert desk.take("hazard", **told).outcome == "unchanged"
    assert stage(desk) == "待整改"


def test_a_failed_acceptance_and_its_reason(desk: Desk) -> None:
    told = {"rectified_on": "2018-10-20", "accepted_on": "2018-10-22", "conclusion": "不合格"}
    with refuses("E420"):
        desk.take("hazard", **GIVEN, **told)
    desk.take("hazard", **GIVEN, **told, failure_reason="型号不符")
    assert stage(desk) == "待整改"
    assert desk.take("hazard", **GIVEN, **told, failure_reason="型号不符").outcome == "unchanged"


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"accepted_on": "2018-10-22"}, "E421"),
        ({"accepted_by": "验收人丙"}, "E424"),
        ({"rectified_on": "2018-10-20", "conclusion": "合格"}, "E424"),
        ({"supervision_level": "县级"}, "E424"),
        ({"supervised_on": "2018-10-10"}, "E424"),
        ({"supervised_on": "2018-10-10", "supervision_level": "县级"}, "E407"),
        ({"rectified_on": "2018-10-08"}, "E214"),
        ({"rectified_on": "2018-10-20", "accepted_on": "2018-10-19"}, "E410"),
        ({"rectified_on": "2018-11-06"}, "E213"),
        ({"deadline_on": "2018-10-08"}, "E214"),
        ({"reported_on": "2018-10-08"}, "E214"),
        ({"level": "重大"}, "E251"),
        ({"enterprise": None}, "E202"),
        ({"enterprise": "没有的厂"}, "E233"),
    ],
)
def test_what_cannot_be(desk: Desk, told: dict[str, Any], code: str) -> None:
    before = dump(desk.ledger)
    with refuses(code):
        desk.take("hazard", **{**GIVEN, **told})
    assert dump(desk.ledger) == before


def test_a_major_one_is_listed_and_accepted_by_that_level(desk: Desk) -> None:
    told = {**GIVEN, **FIVE, "level": "重大", "supervised_on": "2018-10-10", "supervision_level": "县级"}
    desk.take("hazard", **told)
    assert desk.take("hazard", **told).outcome == "unchanged"
    assert desk.figure("hazard.listed", "2018-10-31") == 1
    done = {"rectified_on": "2018-10-20", "accepted_on": "2018-10-22"}
    with refuses("E402"):
        desk.take("hazard", **told, **done, accepted_unit="芝英镇安监所")
    desk.take("hazard", **told, **done, accepted_unit="县级安委办")
    assert desk.figure("hazard.listed", "2018-10-31") == 0


class TestDeadline:
    def test_a_file_does_not_extend(self, desk: Desk) -> None:
        desk.take("hazard", **GIVEN)
        with refuses("E412") as messages:
            desk.take("hazard", **{**GIVEN, "deadline_on": "2018-12-31"})
        assert "台账2018-10-31" in messages[0]
        assert "anjian 隐患 延期 芝英-1" in messages[0]

    def test_the_original_and_the_one_in_force_are_both_known(self, desk: Desk) -> None:
        made = desk.take("hazard", **GIVEN)
        desk.step(hazard_cycle.extend, made.row_id, "2018-12-15", "2018-10-20", None, None, None)
        for deadline in ("2018-10-31", "2018-12-15"):
            assert desk.take("hazard", **{**GIVEN, "deadline_on": deadline}).outcome == "unchanged"
        assert desk.row("hazard", made.row_id)["deadline_on"] == "2018-10-31"


class TestExtension:
    TOLD: ClassVar[dict[str, str]] = {
        "extended_to": "2018-12-15", "extended_on": "2018-10-20", "extension_reason": "设备未到",
        "extension_unit": "县安委办", "extension_document": "永安委办〔2018〕20号",
    }  # fmt: skip

    def test_told_in_a_file_it_is_the_step_a_command_takes(self, desk: Desk) -> None:
        made = desk.take("hazard", **GIVEN)
        kept = desk.take("hazard", number=made.number, **self.TOLD)
        assert (kept.outcome, kept.steps, kept.changes) == ("changed", ["延期"], [("extended_to", None, "2018-12-15")])
        columns = ("deadline_on", "from_on", "until_on", "ended_by", "due_on", "reason", "approved_by", "document")
        assert desk.rows("hazard_deadline", *columns) == [
            ("2018-10-31", "2018-10-09", "2018-10-20", "延期", None, None, None, None),
            (
                "2018-12-15",
                "2018-10-20",
                "9999-12-31",
                None,
                "2018-12-15",
                "设备未到",
                "县安委办",
                "永安委办〔2018〕20号",
            ),
        ]
        assert desk.rows("hazard_listing", *self.TOLD) == [tuple(self.TOLD.values())]

    def test_again_it_changes_nothing_also_when_it_was_extended_further(self, desk: Desk) -> None:
        made = desk.take("hazard", **GIVEN, **self.TOLD)
        assert (made.outcome, made.steps) == ("new", ["延期"])
        desk.step(hazard_cycle.extend, made.row_id, "2018-12-31", "2018-11-01", "仍未到", None, None)
        assert desk.take("hazard", **GIVEN, **self.TOLD).outcome == "unchanged"
        assert desk.rows("hazard_listing", "extended_to", "extension_reason") == [("2018-12-31", "仍未到")]

    def test_without_its_day_it_is_of_the_business_day(self, desk: Desk) -> None:
        made = desk.take("hazard", **GIVEN)
        desk.take("hazard", "2018-11-03", number=made.number, extended_to="2018-12-15")
        assert desk.rows("hazard_deadline", "from_on", "due_on") == [
            ("2018-10-09", "2018-10-31"), ("2018-11-03", "2018-12-15"),
        ]  # fmt: skip

    def test_sent_back_with_a_new_deadline_is_no_extension(self, desk: Desk) -> None:
        made = desk.take("hazard", **GIVEN, rectified_on="2018-10-20", accepted_on="2018-10-22")
        desk.step(hazard_cycle.reopen, made.row_id, "2018-10-22", "2018-11-30", "又拆除")
        assert desk.rows("hazard_listing", "extended_to") == [(None,)]

    @pytest.mark.parametrize(
        ("told", "code", "field"),
        [
            ({"extended_to": "2018-10-31"}, "E406", "extended_to"),
            ({"extended_to": "2018-12-15", "extended_on": "2018-10-08"}, "E410", "extended_to"),
            ({"extended_to": "2018-12-15", "extended_on": "2018-11-06"}, "E213", "extended_on"),
            ({"extension_reason": "设备未到"}, "E424", "extended_to"),
            ({"extended_to": CLEAR}, "E256", "extended_to"),
        ],
    )
    def test_what_cannot_be(self, desk: Desk, told: dict[str, Any], code: str, field: str) -> None:
        made = desk.take("hazard", **GIVEN)
        with pytest.raises(Refused) as caught:
            desk.take("hazard", number=made.number, **told)
        assert [(fault.code, fault.field) for fault in caught.value.faults] == [(code, field)]


def test_the_steps_taken_are_told_once_each(desk: Desk) -> None:
    made = desk.take("hazard", **GIVEN)
    told: dict[str, str] = {"number": made.number}
    assert desk.take("hazard", **told, rectified_on="2018-10-20").steps == ["整改完成"]
    failed = {"accepted_on": "2018-10-21", "conclusion": "不合格", "failure_reason": "型号不符"}
    assert desk.take("hazard", **told, **failed).steps == ["退回整改"]
    done = {"rectified_on": "2018-10-23", "accepted_on": "2018-10-24"}
    assert desk.take("hazard", **told, extended_to="2018-12-15", extended_on="2018-10-22", **done).steps == [
        "延期", "销号",
    ]  # fmt: skip
    assert desk.take("hazard", **told, **done).steps == []


def test_a_step_refused_by_the_life_it_has_names_what_told_it(desk: Desk) -> None:
    made = desk.take("hazard", **GIVEN)
    with pytest.raises(Refused) as caught:
        desk.take("hazard", number=made.number, rectified_on="2018-10-20", accepted_on="2018-10-19")
    assert [(fault.code, fault.field) for fault in caught.value.faults] == [("E410", "accepted_on")]


class TestFoundOnAnotherDay:
    def test_it_is_open_from_that_day(self, desk: Desk) -> None:
        made = desk.take("hazard", **GIVEN)
        desk.take("hazard", number=made.number, found_on="2018-10-12")
        assert desk.figure("hazard.open", "2018-10-11") == 0
        assert desk.figure("hazard.open", "2018-10-12") == 1
        desk.take("hazard", number=made.number, found_on="2018-09-30")
        assert desk.figure("hazard.open", "2018-09-30") == 1

    def test_not_after_the_deadline_or_a_step(self, desk: Desk) -> None:
        made = desk.take("hazard", **GIVEN, rectified_on="2018-10-20")
        with refuses("E214"):
            desk.take("hazard", number=made.number, found_on="2018-11-01")
        with refuses("E214"):
            desk.take("hazard", number=made.number, found_on="2018-10-21")
        desk.take("hazard", number=made.number, found_on="2018-10-20")

    def test_not_after_it_was_extended(self, desk: Desk) -> None:
        made = desk.take("hazard", **GIVEN)
        desk.step(hazard_cycle.extend, made.row_id, "2018-12-15", "2018-10-20", None, None, None)
        with refuses("E214"):
            desk.take("hazard", number=made.number, found_on="2018-10-21")

    def test_of_another_year_it_is_of_that_years_cohort(self, desk: Desk) -> None:
        made = desk.take("hazard", **GIVEN, rectified_on="2018-10-20", accepted_on="2018-10-22")
        desk.take("hazard", number=made.number, found_on="2017-12-31")
        assert desk.figure("hazard.found", "2018-10-31") == 0
        assert desk.figure("hazard.accepted_of_year", "2018-10-31") == 0
        assert desk.figure("hazard.found", "2017-12-31") == 1


def test_major_by_number_needs_its_assurances_too(desk: Desk) -> None:
    made = desk.take("hazard", **GIVEN)
    with refuses("E251"):
        desk.take("hazard", number=made.number, level="重大")
    desk.take("hazard", number=made.number, level="重大", **FIVE)
