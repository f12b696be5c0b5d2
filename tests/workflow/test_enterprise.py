"""An enterprise: identity (trap 11), and by date its town (trap 10), its name, its operating state."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.records.values import CLEAR
from support.desk import SHIZHU, ZHIYING, Desk, refuses

CODE, OTHER = "91330784MA2DAAAA1X", "91330784MA2DBBBB2Y"
OLD = "330784000012345"


@pytest.fixture
def firm(desk: Desk) -> int:
    return desk.enterprise("永康市恒达工具厂", credit_code=CODE)


def change(desk: Desk, firm: int, **given: Any) -> str:
    return desk.take("enterprise", number=desk.row("enterprise", firm)["number"], **given).outcome


class TestIdentity:
    def test_the_code_decides_whatever_the_name(self, desk: Desk, firm: int) -> None:
        kept = desk.take("enterprise", name="永康市恒达电器厂", credit_code=CODE)
        assert (kept.row_id, kept.outcome) == (firm, "changed")

    @pytest.mark.usefixtures("firm")
    def test_a_namesake_with_another_code_is_another_enterprise(self, desk: Desk) -> None:
        kept = desk.take("enterprise", town="芝英镇", name="永康市恒达工具厂", credit_code=OTHER)
        assert kept.outcome == "new"

    def test_a_namesake_without_a_code_is_given_the_one_that_comes(self, desk: Desk) -> None:
        firm = desk.enterprise("甲厂")
        kept = desk.take("enterprise", town="芝英镇", name="甲厂", credit_code=CODE)
        assert (kept.row_id, kept.outcome) == (firm, "changed")
        assert desk.row("enterprise", firm)["credit_code"] == CODE

    def test_a_row_without_a_code_means_the_one_of_that_name(self, desk: Desk, firm: int) -> None:
        assert desk.take("enterprise", name="永康市恒达工具厂", employees=12).row_id == firm

    def test_a_namesake_in_another_town_is_another_enterprise(self, desk: Desk) -> None:
        firm = desk.enterprise("甲厂")
        assert desk.enterprise("甲厂", town="石柱镇") != firm

    def test_namesakes_without_a_town_are_not_guessed(self, desk: Desk) -> None:
        desk.enterprise("甲厂")
        desk.enterprise("甲厂", town="石柱镇")
        with refuses("E232"):
            desk.take("enterprise", name="甲厂", employees=3)

    def test_by_the_old_registration_number(self, desk: Desk) -> None:
        firm = desk.enterprise("甲厂", registration_number=OLD)
        kept = desk.take("enterprise", name="甲厂（新）", registration_number=OLD, credit_code=CODE)
        assert kept.row_id == firm

    @pytest.mark.usefixtures("firm")
    def test_a_code_that_another_has_is_refused(self, desk: Desk) -> None:
        other = desk.enterprise("乙厂")
        with refuses("E238") as messages:
            change(desk, other, credit_code=CODE)
        assert "“永康市恒达工具厂”已有这个统一社会信用代码" in messages[0]

    def test_a_voided_code_is_refused_with_the_reason(self, desk: Desk, firm: int) -> None:
        desk.void("enterprise", firm, "已注销")
        with refuses("E236"):
            desk.take("enterprise", town="芝英镇", name="永康市恒达工具厂", credit_code=CODE)

    def test_a_workshop_without_any_code_is_taken_with_the_reason_why(self, desk: Desk) -> None:
        with refuses("E228"):
            desk.take("enterprise", town="芝英镇", name="某作坊")
        desk.take("enterprise", town="芝英镇", name="某作坊", no_code_reason="家庭作坊")

    def test_the_last_of_its_codes_is_not_taken_away(self, desk: Desk) -> None:
        firm = desk.take("enterprise", town="芝英镇", name="甲厂", credit_code=CODE).row_id
        with refuses("E228"):
            change(desk, firm, credit_code=CLEAR)


class TestTown:
    def days(self, desk: Desk) -> dict[str, tuple[int, int, int]]:
        return {
            day: (
                desk.figure("trusteeship.喷涂", day),
                desk.figure("trusteeship.喷涂", day, SHIZHU),
                desk.figure("trusteeship.喷涂", day, ""),
            )
            for day in ("2018-05-31", "2018-06-30", "2018-09-30")
        }

    def test_trap_10_a_fact_belongs_to_the_town_of_its_day(self, desk: Desk, firm: int) -> None:
        desk.contract(firm)
        before = desk.hazard(firm, found_on="2018-06-09")
        change(desk, firm, town="石柱镇", changed_on="2018-06-10")
        after = desk.hazard(firm, found_on="2018-06-10")
        assert self.days(desk) == {"2018-05-31": (1, 0, 0), "2018-06-30": (0, 1, 0), "2018-09-30": (0, 1, 0)}
        assert desk.row("hazard", before)["town_code"] == ZHIYING  # it stays where it was found
        assert desk.row("hazard", after)["town_code"] == SHIZHU

    def test_a_move_learned_late_falls_between_the_others(self, desk: Desk, firm: int) -> None:
        desk.contract(firm)
        change(desk, firm, town="芝英镇", changed_on="2018-08-01")  # no move: it is there
        change(desk, firm, town="石柱镇", changed_on="2018-09-01")
        desk.take("town", code="330784111", name="前仓镇")
        change(desk, firm, town="前仓镇", changed_on="2018-06-01")
        assert self.days(desk) == {"2018-05-31": (1, 0, 0), "2018-06-30": (0, 0, 0), "2018-09-30": (0, 1, 0)}
        assert desk.rows("residence", "town_code", "from_on", "until_on") == [
            (ZHIYING, "0001-01-01", "2018-06-01"),
            (SHIZHU, "2018-09-01", "9999-12-31"),
            ("330784111", "2018-06-01", "2018-09-01"),
        ]

    def test_trap_10_a_town_is_never_guessed_from_the_address(self, desk: Desk) -> None:
        firm = desk.enterprise(town=None, operating_address="永康市芝英镇示例路1号")
        desk.contract(firm)
        assert self.days(desk)["2018-09-30"] == (0, 0, 1)

    def test_a_town_that_was_not_known_is_known_for_all_days(self, desk: Desk) -> None:
        firm = desk.enterprise(town=None)
        desk.contract(firm)
        change(desk, firm, town="芝英镇")
        assert self.days(desk) == {"2018-05-31": (1, 0, 0), "2018-06-30": (1, 0, 0), "2018-09-30": (1, 0, 0)}

    def test_a_town_on_the_day_of_a_move_is_a_correction(self, desk: Desk, firm: int) -> None:
        change(desk, firm, town="石柱镇", changed_on="2018-06-10")
        change(desk, firm, town="芝英镇", changed_on="2018-06-10")
        assert desk.rows("residence", "town_code") == [(ZHIYING,), (ZHIYING,)]

    def test_a_village_goes_with_the_town(self, desk: Desk, firm: int) -> None:
        desk.take("village", code=f"{ZHIYING}201", name="下溪村")
        change(desk, firm, town="芝英镇", village="下溪村")
        change(desk, firm, town="石柱镇", changed_on="2018-06-10")
        assert desk.rows("residence", "town_code", "village_code") == [(ZHIYING, f"{ZHIYING}201"), (SHIZHU, None)]

    def test_only_a_village_is_a_correction_and_no_move(self, desk: Desk, firm: int) -> None:
        desk.take("village", code=f"{ZHIYING}201", name="下溪村")
        change(desk, firm, village="下溪村")
        assert desk.rows("residence", "town_code", "village_code") == [(ZHIYING, f"{ZHIYING}201")]
        change(desk, firm, village=CLEAR)
        assert desk.rows("residence", "village_code") == [(None,)]


class TestName:
    def test_a_former_name_is_kept_with_its_day(self, desk: Desk, firm: int) -> None:
        assert change(desk, firm, name="永康市恒达电器厂", changed_on="2018-06-10") == "changed"
        assert desk.rows("former_name", "name", "until_on") == [("永康市恒达工具厂", "2018-06-10")]
        assert desk.name(firm) == "永康市恒达电器厂"

    def test_brackets_and_blanks_make_no_other_name(self, desk: Desk) -> None:
        firm = desk.enterprise("恒达（永康）工具厂")
        change(desk, firm, name="恒达(永康) 工具厂")
        assert desk.rows("former_name", "name") == []


class TestState:
    def states(self, desk: Desk) -> list[tuple[object, ...]]:
        return desk.rows("operating_state", "state", "from_on", "until_on")

    def test_states_follow_one_another(self, desk: Desk, firm: int) -> None:
        change(desk, firm, state="停产", changed_on="2018-03-01")
        change(desk, firm, state="关闭", changed_on="2018-05-01")
        assert self.states(desk) == [("停产", "2018-03-01", "2018-05-01"), ("关闭", "2018-05-01", "9999-12-31")]
        change(desk, firm, state="在营", changed_on="2018-06-01")
        assert self.states(desk)[1] == ("关闭", "2018-05-01", "2018-06-01")

    def test_a_state_learned_late_ends_where_the_next_begins(self, desk: Desk, firm: int) -> None:
        change(desk, firm, state="关闭", changed_on="2018-05-01")
        change(desk, firm, state="停产", changed_on="2018-03-01")
        assert self.states(desk) == [("关闭", "2018-05-01", "9999-12-31"), ("停产", "2018-03-01", "2018-05-01")]

    def test_a_state_on_the_day_of_another_is_a_correction(self, desk: Desk, firm: int) -> None:
        change(desk, firm, state="停产", changed_on="2018-03-01")
        change(desk, firm, state="搬迁", changed_on="2018-03-01")
        assert self.states(desk) == [("搬迁", "2018-03-01", "9999-12-31")]
        change(desk, firm, state="在营", changed_on="2018-03-01")
        assert self.states(desk) == []

    def test_the_same_state_again_changes_nothing(self, desk: Desk, firm: int) -> None:
        assert change(desk, firm, state="在营") == "unchanged"
        change(desk, firm, state="停产", changed_on="2018-03-01")
        assert change(desk, firm, state="停产") == "unchanged"

    def test_a_new_one_may_stand_still(self, desk: Desk) -> None:
        desk.enterprise(state="停产", changed_on="2018-03-01")
        desk.enterprise(state="在营", changed_on="2018-03-01")
        assert self.states(desk) == [("停产", "2018-03-01", "9999-12-31")]


class TestRisks:
    def risks(self, desk: Desk) -> set[object]:
        return {row[0] for row in desk.rows("enterprise_risk", "kind")}

    def test_what_is_given_is_all_there_is(self, desk: Desk) -> None:
        firm = desk.enterprise(risks=("喷涂", "胶水"))
        change(desk, firm, risks=("胶水", "冶金"))
        assert self.risks(desk) == {"胶水", "冶金"}

    def test_a_blank_leaves_them_and_clear_empties(self, desk: Desk) -> None:
        firm = desk.enterprise(risks=("喷涂",))
        assert change(desk, firm, risks=None) == "unchanged"
        assert change(desk, firm, risks=("喷涂",)) == "unchanged"
        assert change(desk, firm, risks=CLEAR) == "changed"
        assert self.risks(desk) == set()

    def test_a_new_enterprise_with_children_to_be_emptied(self, desk: Desk) -> None:
        firm = desk.enterprise(town=CLEAR, village=CLEAR, risks=CLEAR, state="停产", credit_code=CLEAR)
        assert desk.rows("residence", "town_code", "village_code") == [(None, None)]
        assert desk.rows("operating_state", "from_on") == [("2018-11-05",)]
        assert self.risks(desk) == set()
        assert desk.row("enterprise", firm)["credit_code"] is None
