"""补差计划: who is asked, by when, what settles it, and what was promised against what was done."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin import catch_up_due, due, locked_month
from anjian_cli.bulletin.catch_up_compare import catch_up_compare
from anjian_cli.bulletin.doubts_of_work import doubts_of_work
from anjian_cli.bulletin.due import Due
from anjian_cli.bulletin.notice import reply_days
from anjian_cli.bulletin.period import ended
from anjian_cli.rules.unit_kinds import DEPARTMENTS
from anjian_cli.workflow import month
from support.department_scheme import adopt
from support.desk import SHIZHU, TODAY, ZHIYING, Desk, refuses

GRID = "training.网格员"
LATER = "2019-03-01"


def issue(office: Desk, key: str = "2018-09", on: str = "2018-10-10") -> None:
    office.step(month.close, ended(int(key[:4]), int(key[5:])), "0.1.0", today=max(on, TODAY))
    office.step(month.issue, key, f"示例办〔{on[:4]}〕{int(key[5:])}号", on, today=max(on, TODAY))


@pytest.fixture
def office(desk: Desk) -> Desk:
    """芝英 has done what is asked, 石柱 lags."""
    desk.towns()
    for town, passed in (("芝英镇", 10), ("石柱镇", 1)):
        desk.target(20, town=town)
        desk.training(town=town, passed=passed, attended=passed, held_on="2018-08-09")
    return desk


def plan(office: Desk, filed_on: str, town: str = "石柱镇", of: str = "2018-09", **more: object) -> int:
    told = {"town": town, "month": of, "filed_on": filed_on, "plan": "每周两期", **more}
    return office.take("catch_up", max(filed_on, TODAY), **told).row_id


def items(office: Desk, day: str) -> list[Due]:
    return [one for one in due.due(office.ledger, day, "9999-12-31") if one.kind == "补差计划"]


def asked(office: Desk, *days: str) -> list[list[str]]:
    return [[one.unit.short for one in items(office, day)] for day in days]


class TestDue:
    def test_of_who_lags_from_the_day_of_issue_until_it_is_filed(self, office: Desk) -> None:
        issue(office)
        assert asked(office, "2018-10-20") == [[]]  # nobody ever filed one
        plan(office, "2018-10-12", "芝英镇")
        assert asked(office, "2018-10-11", "2018-10-12") == [[], ["石柱"]]
        plan(office, "2018-10-18")
        assert asked(office, "2018-10-12", "2018-10-17", "2018-10-18") == [["石柱"], ["石柱"], []]
        (one,) = items(office, "2018-10-16")
        assert (one.due_on, one.subject, f"{one.command} {one.handle}", one.time_left) == (
            "2018-10-15", "2018年9月", "补差 新增 石柱", "逾1天",
        )  # fmt: skip
        locked = locked_month.find(office.ledger, "2018-09")
        assert locked is not None
        assert reply_days(locked.bulletin()) == ("10月15日", "10月12日")

    def test_from_the_day_of_issue_once_plans_are_kept(self, office: Desk) -> None:
        issue(office, "2018-08", "2018-09-10")
        plan(office, "2018-09-12", "芝英镇", "2018-08")
        issue(office)
        assert [one.subject for one in items(office, "2018-10-09")] == ["2018年8月"]
        assert [one.subject for one in items(office, "2018-10-10")] == ["2018年9月"]
        plan(office, "2018-10-11", of="2018-08")
        assert asked(office, "2018-10-09", "2018-10-11") == [["石柱"], ["石柱"]]

    def test_the_day_is_the_office_s(self, office: Desk) -> None:
        office.take("setting", name="reply.plan", value="20", from_on="2018-01-01")
        issue(office)
        office.take("setting", "2018-11-05", name="reply.plan", value="21", from_on="2018-10-11")
        plan(office, "2018-10-12", "芝英镇")
        assert [one.due_on for one in items(office, "2018-10-12")] == ["2018-10-20"]
        assert catch_up_due.due_on("2018-12", 15) == "2019-01-15"

    def test_no_more_with_the_next_month_or_once_it_is_withdrawn(self, office: Desk) -> None:
        issue(office)
        plan(office, "2018-10-12", "芝英镇")
        issue(office, "2018-10", "2018-11-05")
        assert [one.subject for one in items(office, "2018-11-04")] == ["2018年9月"]
        assert [one.subject for one in items(office, "2018-11-05")] == ["2018年10月"]
        office.step(month.withdraw, "2018-10", "数字有误", "2018-11-06", today="2018-11-06")
        assert [one.subject for one in items(office, "2018-11-06")] == ["2018年9月"]
        assert [one.subject for one in items(office, "2018-11-05")] == ["2018年10月"]

    def test_of_a_town_that_was_merged(self, office: Desk) -> None:
        issue(office)
        office.take("town", code=SHIZHU, until_on="2018-10-20", merged_into=ZHIYING)
        plan(office, "2018-10-12", "芝英镇", "2018-08")
        assert asked(office, "2018-10-19", "2018-10-20") == [["石柱"], ["芝英"]]
        plan(office, "2018-10-22", "芝英镇")
        assert asked(office, "2018-10-22") == [[]]

    def test_a_voided_plan_is_none(self, office: Desk) -> None:
        issue(office)
        plan(office, "2018-10-12", "芝英镇")
        office.void("catch_up", plan(office, "2018-10-12"))
        assert asked(office, "2018-10-12") == [["石柱"]]

    def test_departments_as_towns(self, desk: Desk) -> None:
        desk.towns()
        adopt(desk)
        desk.filing("2018-10", "2018-10-28", town=None, department="甲局")
        desk.take("mark", indicator="配合", department="乙局", marked_on="2018-10-25", points="-3", reason="迟到")
        issue(desk, "2018-10", "2018-11-05")
        locked = locked_month.find(desk.ledger, "2018-10")
        assert locked is not None
        departments = locked.bulletin().of_departments()
        assert departments is not None
        assert len(departments.laggards) == 1
        assert [code for kind, code in catch_up_due.asked(locked).units if kind == DEPARTMENTS] == [
            *departments.laggards
        ]
        of = {"month": "2018-10", "filed_on": "2018-11-05", "plan": "补"}
        desk.take("catch_up", town="芝英镇", **of)
        told = [(one.unit.short, f"{one.command} {one.handle}") for one in items(desk, TODAY) if one.of == DEPARTMENTS]
        assert told == [("乙局", "补差 新增 --部门 乙局")]
        assert "示例乙局" in [row.name for row in catch_up_compare(desk.ledger, "2018-10", TODAY).rows]
        desk.take("catch_up", department="乙局", **of)
        assert [one for one in items(desk, TODAY) if one.of == DEPARTMENTS] == []


class TestCompare:
    def test_of_a_month_that_was_issued(self, office: Desk) -> None:
        with refuses("E875"):
            catch_up_compare(office.ledger, "2018-09", TODAY)
        office.step(month.close, ended(2018, 9), "0.1.0")
        with refuses("E875"):
            catch_up_compare(office.ledger, "2018-09", TODAY)

    def test_who_filed_none(self, office: Desk) -> None:
        issue(office)
        table = catch_up_compare(office.ledger, "2018-09", "2018-10-12")
        assert [(row.name, row.values[0], row.behind) for row in table.rows] == [("石柱镇", "没有报", True)]
        assert table.notes == ("没有报的：石柱镇", "2018年10月还没有定稿，实际补的是截至2018-10-12的")
        filed = plan(office, "2018-10-15")
        assert catch_up_compare(office.ledger, "2018-09", TODAY).rows[0].values[0] == "2018-10-15"
        office.edit("catch_up", filed, filed_on="2018-10-18")
        assert catch_up_compare(office.ledger, "2018-09", "2018-10-17").rows[0].values[0] == "没有报"
        (row,) = catch_up_compare(office.ledger, "2018-09", "2018-10-18").rows
        assert (row.values[0], row.behind) == ("2018-10-18（迟）", False)
        assert row.see.startswith("补差 查看 3307")
        office.void("catch_up", filed)
        assert catch_up_compare(office.ledger, "2018-09", TODAY).rows[0].values[0] == "没有报"

    def test_what_was_promised_and_what_was_done(self, office: Desk) -> None:
        issue(office)
        plan(office, "2018-10-12", figures=("网格员 4", "罚款 2.5万元", "三级新创 1"))
        plan(office, "2018-10-12", "芝英镇")
        office.training(town="石柱镇", passed=3, held_on="2018-10-20", attended=3)
        office.training(town="石柱镇", passed=1, held_on="2018-11-02", attended=1)
        office.case(town="石柱镇", filed_on="2018-10-11", decided_on="2018-10-20", fine=2_500_000, document="例1号")
        table = catch_up_compare(office.ledger, "2018-09", TODAY)
        assert [row.values[1:] for row in table.rows] == [
            ("网格员", "4人次", "3人次", "没有"),
            ("罚款", "2.5万元", "2.5万元", "兑现"),
            ("三级新创", "1家", "0家", "没有"),
            (None, None, None, None),
        ]
        assert [row.behind for row in table.rows] == [True, False, True, False]
        assert table.notes[:2] == ("不在落后名单里、也报了的：芝英镇", "有数可比的3项，兑现1项")
        office.training(town="石柱镇", passed=1, held_on="2018-10-21", attended=1)
        assert catch_up_compare(office.ledger, "2018-09", TODAY).rows[0].values[3:] == ("4人次", "兑现")
        issue(office, "2018-10", "2018-11-05")
        office.training(town="石柱镇", passed=5, held_on="2018-10-22", attended=5)
        table = catch_up_compare(office.ledger, "2018-09", TODAY)  # as it was issued
        assert table.rows[0].values[3:] == ("4人次", "兑现")
        assert len(table.notes) == 2

    def test_what_became_less(self, office: Desk) -> None:
        office.contract(office.enterprise(town="石柱镇"), from_on="2018-01-01", last_on="2018-10-15")
        issue(office)
        plan(office, "2018-10-12", figures=("喷涂 1",))
        assert catch_up_compare(office.ledger, "2018-09", TODAY).rows[0].values[3:] == ("减1家", "没有")

    def test_across_the_new_year_and_before_the_month_has_begun(self, office: Desk) -> None:
        issue(office, "2018-12", "2019-01-10")
        plan(office, "2019-01-12", of="2018-12", figures=("网格员 4",))
        office.take(
            "training", LATER, town="石柱镇", held_on="2019-01-20", kind="网格员", title="一期", attended=4, passed=4
        )
        table = catch_up_compare(office.ledger, "2018-12", LATER)
        assert table.rows[0].values[2:] == ("4人次", "4人次", "兑现")
        office.step(month.close, ended(2019, 2), "0.1.0", today=LATER)
        office.step(month.issue, "2019-02", "示例办〔2019〕2号", LATER, today=LATER)
        assert catch_up_compare(office.ledger, "2019-02", "2019-02-28").notes[-1] == (
            "2019年3月还没有开始，还不知道实际补了多少"
        )


def test_who_has_filed_none_is_said_before_the_next_month_is_locked(office: Desk) -> None:
    issue(office)
    assert doubts_of_work(office.ledger, ended(2018, 10)) == []
    plan(office, "2018-10-12", "芝英镇")
    (said,) = doubts_of_work(office.ledger, ended(2018, 10))
    assert said.startswith("2018年9月通报里落后的石柱没有报补差计划")
    assert doubts_of_work(office.ledger, ended(2018, 9)) == []
    plan(office, "2018-10-31")
    assert doubts_of_work(office.ledger, ended(2018, 10)) == []


@pytest.mark.altered
def test_of_whom_an_accident_or_a_case_is_as_older_versions_took_them_in(desk: Desk) -> None:
    desk.towns()
    accident, case, voided = desk.accident(enterprise="无"), desk.case(), desk.accident(enterprise="无")
    assert doubts_of_work(desk.ledger, ended(2018, 10)) == []
    with desk.gate() as gate:
        gate.update("accident", accident, party_kind=None)
        gate.update("accident", voided, party_kind=None)
        gate.update("enforcement_case", case, party_kind=None)
    desk.void("accident", voided)
    (said,) = doubts_of_work(desk.ledger, ended(2018, 10))
    assert said.startswith("1起事故没有填事故单位，1件执法案件没有填当事人类别，")
    desk.edit("accident", accident, enterprise="个人")
    (said,) = doubts_of_work(desk.ledger, ended(2018, 10))
    assert said.startswith("1件执法案件没有填当事人类别，")
    desk.edit("enforcement_case", case, party_kind="个人")
    assert doubts_of_work(desk.ledger, ended(2018, 10)) == []
