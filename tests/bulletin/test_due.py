"""What is due on a day: every kind with the days around its boundaries, what settles it, and hazards against a second
opinion on random lives."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from anjian_cli.bulletin import due, meaning
from anjian_cli.bulletin.due import Due
from anjian_cli.bulletin.period import ended
from anjian_cli.rules.intervals import next_day
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS
from anjian_cli.workflow import hazard_cycle, month
from anjian_cli.workflow.hazard_cycle import Acceptance
from oracle.figures import new_ledger
from support.desk import FIVE, SHIZHU, TODAY, ZHIYING, Desk
from support.examples import examples

FAR = "9999-12-31"


def found(desk: Desk, today: str = TODAY, until: str = FAR, town: str | None = None) -> list[Due]:
    return due.due(desk.ledger, today, until, town)


def listed(desk: Desk, *days: str, kind: str = "") -> list[list[tuple[str, str]]]:
    """What is due on each of the days: (what, last day), of one kind or of all."""
    return [[(one.what, one.due_on) for one in found(desk, day) if kind in one.kind] for day in days]


def deadline(day: str, level: str = "一般") -> list[tuple[str, str]]:
    return [(f"{level}隐患整改", day)]


class TestHazard:
    def test_from_the_day_it_is_found_until_it_is_rectified_and_accepted(self, desk: Desk) -> None:
        hazard = desk.hazard(desk.enterprise("永康市甲厂"))
        desk.step(hazard_cycle.rectify, hazard, "2018-10-20")
        desk.step(hazard_cycle.accept, hazard, Acceptance("2018-10-22"))
        days = ("2018-10-08", "2018-10-09", "2018-10-19", "2018-10-20", "2018-10-21", "2018-10-22")
        asked, waiting = deadline("2018-10-31"), [("一般隐患验收", "2018-10-31")]
        assert listed(desk, *days) == [[], asked, asked, waiting, waiting, []]

    def test_how_it_is_said(self, desk: Desk) -> None:
        firm = desk.enterprise("永康市甲厂")
        hazard = desk.hazard(firm, **FIVE, level="重大")
        desk.step(hazard_cycle.supervise, hazard, "县级", None, "2018-10-20")
        (one,) = found(desk)
        assert (one.what, one.subject, one.unit.name, one.record_id) == (
            "重大隐患整改 县级挂牌", "永康市甲厂", "芝英镇", hazard,
        )  # fmt: skip
        assert (one.command, one.handle, one.left, one.time_left) == ("隐患 整改", "芝英-1", -5, "逾5天")
        assert [found(desk, day)[0].time_left for day in ("2018-10-30", "2018-10-31", "2018-11-01")] == [
            "1天", "今天", "逾1天",
        ]  # fmt: skip
        desk.step(hazard_cycle.rectify, hazard, "2018-11-01")
        desk.step(hazard_cycle.accept, hazard, Acceptance("2018-11-02", level="县级"))
        assert found(desk) == []

    def test_what_failed_is_to_be_rectified_again_and_what_was_sent_back_too(self, desk: Desk) -> None:
        hazard = desk.hazard(desk.enterprise())
        desk.step(hazard_cycle.rectify, hazard, "2018-10-12")
        desk.step(hazard_cycle.accept, hazard, Acceptance("2018-10-14", qualified=False, failure_reason="型号不符"))
        desk.step(hazard_cycle.rectify, hazard, "2018-10-16")
        desk.step(hazard_cycle.accept, hazard, Acceptance("2018-10-18"))
        desk.step(hazard_cycle.reopen, hazard, "2018-10-20", "2018-11-30", "又拆除")
        kinds = [[one.kind[2:] for one in found(desk, f"2018-10-{day}")] for day in range(11, 21)]
        todo, waiting = ["隐患整改"], ["隐患验收"]
        assert kinds == [todo, waiting, waiting, todo, todo, waiting, waiting, [], [], todo]
        assert found(desk)[0].due_on == "2018-11-30"

    def test_an_extension_puts_another_day_in_its_place(self, desk: Desk) -> None:
        hazard = desk.hazard(desk.enterprise())
        desk.step(hazard_cycle.extend, hazard, "2018-12-15", "2018-10-25", "设备未到", None, None)
        assert listed(desk, "2018-10-24", "2018-10-25") == [deadline("2018-10-31"), deadline("2018-12-15")]

    def test_how_far_it_looks_ahead_and_whose_it_is(self, desk: Desk) -> None:
        firm, other = desk.enterprise("甲厂"), desk.enterprise("乙厂", town="石柱镇")
        desk.hazard(firm, deadline_on="2018-11-12")
        desk.hazard(firm, deadline_on="2018-11-13")
        desk.hazard(other, deadline_on="2018-11-12")
        desk.hazard(desk.enterprise("丙厂", town=None), deadline_on="2018-11-11")
        assert [(one.due_on, one.unit.short) for one in found(desk, until="2018-11-12")] == [
            ("2018-11-11", "未定"), ("2018-11-12", "芝英"), ("2018-11-12", "石柱"),
        ]  # fmt: skip
        towns = [[one.subject for one in found(desk, until="2018-11-12", town=code)] for code in (ZHIYING, SHIZHU, "")]
        assert towns == [["甲厂"], ["乙厂"], ["丙厂"]]
        apart = due.by_unit(desk.ledger, found(desk), TODAY)
        assert [(town.name, len(own)) for town, own in apart] == [("芝英镇", 2), ("石柱镇", 1), ("未定镇街", 1)]

    def test_a_merged_town_s_is_that_of_the_town_it_was_merged_into(self, desk: Desk) -> None:
        desk.hazard(desk.enterprise(town="石柱镇"))
        number = desk.ledger.execute("SELECT number FROM town WHERE code = ?", (SHIZHU,)).fetchone()[0]
        desk.take("town", code=number, until_on="2018-11-01", merged_into=ZHIYING)
        assert [found(desk, day)[0].unit.name for day in ("2018-10-31", "2018-11-01")] == ["石柱镇", "芝英镇"]

    def test_a_voided_one_is_not_due(self, desk: Desk) -> None:
        desk.void("hazard", desk.hazard(desk.enterprise()))
        assert found(desk) == []


class TestContract:
    def test_its_last_day_and_the_year_after(self, desk: Desk) -> None:
        desk.contract(desk.enterprise("甲厂"), from_on="2018-03-01", last_on="2018-10-31", visits_per_year=0)
        (one,) = found(desk, "2018-10-31")
        assert (one.what, one.due_on, one.left, one.command, one.handle) == (
            "托管合同到期 喷涂", "2018-10-31", 0, "托管 新增", "甲厂",
        )  # fmt: skip
        assert [len(found(desk, day)) for day in ("2018-02-28", "2018-03-01", "2019-10-31", "2019-11-01")] == [
            0, 1, 1, 0,
        ]  # fmt: skip

    def test_renewed_or_ended(self, desk: Desk) -> None:
        firm = desk.enterprise()
        first = desk.contract(firm, last_on="2018-10-31", visits_per_year=0)
        assert len(found(desk)) == 1
        desk.contract(firm, from_on="2018-11-01", last_on="2019-10-31", visits_per_year=0)
        assert [one.due_on for one in found(desk)] == ["2019-10-31"]
        desk.edit("trusteeship", first + 1, ended_on="2018-11-04", end_reason="停产")
        assert found(desk) == []

    def test_visits_are_settled_one_by_one(self, desk: Desk) -> None:
        firm = desk.enterprise("甲厂")
        desk.contract(firm)  # from 1 March on, four a year
        first, second = ("托管服务 喷涂第1次", "2018-05-31"), ("托管服务 喷涂第2次", "2018-08-30")
        assert listed(desk, "2018-09-01", kind="服务")[0][:2] == [first, second]
        told = {"agency": "示例安全技术公司", "kind": "喷涂"}
        desk.of("visit", firm, visited_on="2018-06-10", **told)
        last = desk.of("visit", firm, visited_on="2018-09-10", **told)
        assert [day[0] for day in listed(desk, "2018-06-09", "2018-06-10", kind="服务")] == [first, second]
        assert [day[0] for day in listed(desk, "2018-09-09", kind="服务")] == [second]
        assert listed(desk, "2018-09-10", kind="服务")[0][0][0] == "托管服务 喷涂第3次"
        desk.void("visit", last)
        assert listed(desk, "2018-09-10", kind="服务")[0][0] == second
        assert listed(desk, "2019-02-28", "2019-03-01", kind="服务")[1] == []


def test_a_certificate_until_another_is_announced(desk: Desk) -> None:
    firm, late = desk.enterprise("甲厂"), desk.enterprise("乙厂")
    desk.standard(firm, "2015-11-20")
    desk.standard(late, "2015-11-20")
    ((what, due_on),) = {(one.what, one.due_on) for one in found(desk, until="2018-11-19")}
    assert (what, due_on) == ("三级证书到期 应复评", "2018-11-19")
    assert found(desk, until="2018-11-18") == []
    desk.standard(firm, "2018-11-10", kind="复评")
    desk.standard(late, "2018-12-10", kind="复评")
    days = ("2018-11-09", "2018-11-10", "2018-12-09", "2018-12-10")
    assert [[one.subject for one in found(desk, day, "2018-12-31")] for day in days] == [
        ["乙厂", "甲厂"], ["乙厂"], ["乙厂"], [],
    ]  # fmt: skip
    lapsed = desk.standard(desk.enterprise("丙厂"), "2015-11-20")
    assert [len(found(desk, day, "2018-12-31")) for day in ("2018-12-31", "2020-01-01")] == [1, 1]  # 上年结转
    desk.edit("standardization", lapsed, excused_on="2018-11-01", excuse="停产")
    assert [one.subject for one in found(desk, "2018-11-05", "2018-12-31")] == ["乙厂", "甲厂"]


class TestHealthTest:
    def test_once_a_year(self, desk: Desk) -> None:
        firm = desk.enterprise("甲厂")
        desk.of("exposure", firm, level="一般", from_on="2017-05-01")
        assert listed(desk, "2017-04-30", "2017-05-01", "2018-01-01") == [
            [], [("职业卫生检测", "2017-12-31")], [("职业卫生检测", "2017-12-31")],
        ]  # fmt: skip
        desk.tested(firm, "2017-11-25")
        again = [("职业卫生检测 上次2017-11-25", "2018-12-31")]
        assert listed(desk, "2017-11-24", "2017-11-25", "2018-01-01", "2018-12-31") == [
            [("职业卫生检测", "2017-12-31")], [], again, again,
        ]  # fmt: skip
        desk.tested(firm, "2018-12-01")
        assert listed(desk, "2018-11-30", "2018-12-01") == [again, []]

    def test_a_test_of_the_year_before_is_not_told_twice_and_one_of_the_same_year_counts(self, desk: Desk) -> None:
        firm, other = desk.enterprise(), desk.enterprise()
        desk.tested(firm, "2017-11-25")
        desk.tested(other, "2018-03-01")
        for one in (firm, other):
            desk.of("exposure", one, level="严重", from_on="2018-01-01")
        assert listed(desk, "2018-11-05") == [[("职业卫生检测", "2018-12-31")]]

    def test_no_longer_exposed_and_every_three_years(self, desk: Desk) -> None:
        firm = desk.enterprise()
        row = desk.of("exposure", firm, "2025-06-01", level="一般", from_on="2021-03-01")
        desk.tested(firm, "2021-05-01")
        three_years = ("职业卫生检测 上次2021-05-01，满三年（国家卫生健康委令第5号）", "2024-05-01")
        assert listed(desk, "2022-12-31", "2023-12-31", "2024-01-01") == [[], [], [three_years]]
        desk.edit("exposure", row, "2025-06-01", ended_on="2024-03-01", end_reason="停产")
        assert listed(desk, "2024-02-29", "2024-03-01") == [[three_years], []]


def test_programmes_and_villages_by_the_end_of_their_year(desk: Desk) -> None:
    firm, other = desk.enterprise("甲厂"), desk.enterprise("乙厂")
    desk.village()
    programme, excused, village = (
        desk.programme(firm),
        desk.programme(other),
        desk.responsible(enrolled_on="2018-03-01"),
    )
    day = "2018-12-31"
    assert [(one.what, one.subject, one.due_on, one.handle) for one in found(desk)] == [
        ("专项整治验收 喷涂", "乙厂", day, "芝英-2"),
        ("专项整治验收 喷涂", "甲厂", day, "芝英-1"),
        ("责任村年终验收", "溪心村", day, "芝英-1"),
    ]
    desk.edit("programme", programme, rectified_on="2018-09-01", accepted_on="2018-10-01", conclusion="不合格")
    desk.edit("responsible_village", village, accepted_on="2018-10-01", conclusion="不合格")
    assert len(found(desk)) == 3
    desk.edit("programme", programme, accepted_on="2018-10-02", conclusion="合格")
    desk.edit("programme", excused, excused_on="2018-10-03", excuse="关停")
    desk.edit("responsible_village", village, accepted_on="2018-10-04", conclusion="合格")
    assert [len(found(desk, f"2018-10-0{day}")) for day in range(1, 5)] == [3, 2, 1, 0]


def test_stages_of_a_programme_by_the_plan_of_its_year(desk: Desk) -> None:
    firm = desk.enterprise("甲厂")
    row = desk.programme(firm, kind="喷涂", enrolled_on="2018-01-15")
    plan: dict[str, Any] = {"year": 2018, "kind": "喷涂"}
    for stage, day in (("排查", "2018-03-31"), ("方案", "2018-06-30")):
        desk.take("programme_plan", **plan, stage=stage, due_on=day)
    desk.take("programme_plan", year=2019, kind="喷涂", stage="诊断", due_on="2019-03-31")
    desk.take("programme_plan", year=2018, kind="涉粉", stage="诊断", due_on="2018-03-31")
    both = [("专项整治排查 喷涂", "2018-03-31"), ("专项整治方案 喷涂", "2018-06-30")]
    stages = ("2018-01-14", "2018-01-15", "2018-02-09", "2018-02-10", "2018-04-09", "2018-04-10")
    desk.edit("programme", row, inspected_on="2018-02-10", planned_on="2018-04-10")
    found = [[one for one in day if "验收" not in one[0]] for day in listed(desk, *stages, kind="专项整治")]
    assert found == [[], both, both, both[1:], both[1:], []]
    desk.edit("programme", row, inspected_on="（清空）")  # the plan is proof that it was inspected
    assert listed(desk, "2018-04-10", kind="专项整治排查") == [[]]


def test_what_is_to_be_taken_under_trusteeship_until_there_is_a_contract(desk: Desk) -> None:
    firm = desk.enterprise("甲厂")
    told = {"accepted_on": "2018-09-01", "conclusion": "合格", "outcome": "托管", "outcome_on": "2018-09-03"}
    desk.programme(firm, kind="胶水", **told)
    desk.contract(firm, kind="小微", from_on="2018-01-01", last_on="2018-08-31", visits_per_year=0)
    asked = [("整治后托管 胶水", "2018-10-03")]
    assert listed(desk, "2018-09-02", "2018-09-03", "2018-10-04", kind="整治后托管") == [[], asked, asked]
    desk.contract(firm, kind="小微", from_on="2018-10-05", last_on="2019-10-04", visits_per_year=0)
    assert listed(desk, "2018-10-04", "2018-10-05", kind="整治后托管") == [asked, []]


def test_the_answer_to_a_hazard_that_was_handed_over(desk: Desk) -> None:
    for name in ("示例甲局", "示例乙局"):
        desk.take("department", name=name)
    firm = desk.enterprise("甲厂")
    one, other = (desk.hazard(firm, found_on="2018-10-01", description=text) for text in ("一", "二"))
    told = {"charged_to": "示例甲局", "handed_over_on": "2018-10-10", "answer_due_on": "2018-10-20"}
    for row in (one, other):
        desk.edit("hazard", row, **told)
    asked = [("移交答复 示例甲局", "2018-10-20")]
    assert listed(desk, "2018-10-09", "2018-10-10", kind="移交答复") == [[], asked * 2]
    (first, _) = [item for item in found(desk, "2018-10-25") if item.kind == "移交答复"]
    assert (first.subject, first.command, first.handle) == ("甲厂", "隐患 答复", "芝英-1")
    desk.edit("hazard", one, answered_on="2018-10-22")
    desk.edit("hazard", other, charged_to="示例乙局", handed_over_on="2018-10-24")
    counts = [len(day) for day in listed(desk, *(f"2018-10-2{day}" for day in range(1, 5)), kind="移交答复")]
    assert counts == [2, 1, 1, 0]
    desk.edit("hazard", other, answer_due_on="2018-11-04", rectified_on="2018-10-28", accepted_on="2018-10-30")
    assert [len(day) for day in listed(desk, "2018-10-29", "2018-10-30", kind="移交答复")] == [1, 0]


def test_an_accident_with_badly_hurt_people_while_its_casualties_may_change(desk: Desk) -> None:
    desk.accident("2018-10-15", deaths=0, serious=2)
    desk.accident("2018-10-15", deaths=1, serious=0)
    desk.accident("2018-10-15", deaths=0, serious=1, sector="道路运输")
    lost = desk.accident("2018-10-16", deaths=0, serious=0, missing=1)
    asked, road, missing = (
        ("事故续报截止 重伤2人", "2018-11-14"), ("事故续报截止 重伤1人", "2018-10-22"),
        ("事故续报截止 下落不明1人", "2018-11-15"),
    )  # fmt: skip
    assert listed(desk, "2018-10-15", "2018-10-22", "2018-10-23", "2018-11-14", "2018-11-15", "2018-11-16") == [
        [road, asked], [road, asked, missing], [asked, missing], [asked, missing], [missing], [],
    ]  # fmt: skip
    desk.edit("accident", lost, written_off_on="2018-11-01", write_off_reason="非生产安全事故")
    assert listed(desk, "2018-10-31", "2018-11-01") == [[asked, missing], [asked]]


class TestMonthlyReport:
    def test_of_a_month_that_another_town_has_filed(self, desk: Desk) -> None:
        assert found(desk) == []
        desk.filing("2018-10", "2018-10-26")
        (one,) = found(desk)
        assert (one.what, one.subject, one.unit.name, one.due_on, one.command, one.handle, one.record_id) == (
            "月报未报", "2018年10月", "石柱镇", "2018-10-31", "报送 新增", "石柱", 0,
        )  # fmt: skip
        days = ("2018-10-24", "2018-10-25", "2018-10-26", "2018-11-23", "2018-11-24")
        assert [len(found(desk, day)) for day in days] == [0, 2, 1, 1, 3]
        assert [len(found(desk, "2018-10-26", until)) for until in ("2018-10-30", "2018-10-31")] == [0, 1]
        other = desk.filing("2018-10", "2018-11-03", town="石柱镇")
        assert found(desk) == []
        desk.void("filing", other)
        assert len(found(desk)) == 1

    def test_of_departments_as_of_towns(self, desk: Desk) -> None:
        for name in ("甲", "乙"):
            desk.take("department", name=f"示例{name}局", short_name=f"{name}局")
        desk.filing("2018-10", "2018-10-26")
        assert [(one.of, one.unit.name) for one in found(desk)] == [(TOWNS, "石柱镇")]
        desk.filing("2018-10", "2018-10-26", town=None, department="甲局")
        town, one = found(desk)
        assert (town.of, town.unit.name) == (TOWNS, "石柱镇")
        assert (one.what, one.subject, one.of, one.unit.name, one.due_on, one.command, one.handle) == (
            "月报未报", "2018年10月", DEPARTMENTS, "示例乙局", "2018-10-31", "报送 新增 --部门", "乙局",
        )  # fmt: skip
        assert [len(found(desk, day)) for day in ("2018-10-24", "2018-10-25", "2018-10-26")] == [0, 4, 2]
        number = one.unit.code
        assert due.due(desk.ledger, TODAY, FAR, department=number) == [one]
        assert due.due(desk.ledger, TODAY, FAR, department=number, since="2018-11-01") == []
        assert found(desk, town=SHIZHU) == [town]
        assert (found(desk, town=ZHIYING), found(desk, town="")) == ([], [])
        assert due.first(desk.ledger, TODAY, FAR, None, 9) == ([town, one], {})
        apart = [(unit.name, own) for unit, own in due.by_unit(desk.ledger, found(desk), TODAY)]
        assert apart == [("石柱镇", [town]), ("示例乙局", [one])]

    def test_of_a_department_that_ended_or_went_into_another_one(self, desk: Desk) -> None:
        for name in ("甲", "乙", "丙"):
            desk.take("department", name=f"示例{name}局")
        desk.filing("2018-10", "2018-10-26", town=None, department="示例甲局")
        number = desk.ledger.execute("SELECT number FROM department WHERE name = '示例丙局'").fetchone()[0]
        desk.take("department", number=number, until_on="2018-11-03", merged_into="示例甲局")
        days = ("2018-11-02", "2018-11-03")
        assert [[one.unit.name for one in found(desk, day)] for day in days] == [["示例乙局", "示例丙局"], ["示例乙局"]]

    def test_of_every_month_since_the_first(self, desk: Desk) -> None:
        for at, filed_on in (("2018-09", "2018-09-30"), ("2018-10", "2018-10-31")):
            desk.filing(at, filed_on)
        assert [(one.subject, one.handle) for one in found(desk)] == [("2018年9月", "石柱"), ("2018年10月", "石柱")]

    def test_days_of_grace_and_an_issued_month(self, desk: Desk) -> None:
        desk.read("setting", name="报送宽限天数", value="3")
        desk.filing("2018-10", "2018-11-01")
        assert [one.due_on for one in found(desk)] == ["2018-11-03"]
        assert desk.rows("filing", "due_on") == [("2018-11-03",)]
        desk.step(month.close, ended(2018, 10), "0.1.0")
        desk.step(month.issue, "2018-10", "永安委办〔2018〕15号", "2018-11-05")
        assert [len(found(desk, day)) for day in ("2018-11-04", "2018-11-05")] == [1, 0]


def test_what_a_form_asks_of_a_hazard(desk: Desk) -> None:
    desk.village()
    desk.take("officer", town="芝英镇", village="溪心村", name="网格员乙", from_on=TODAY)
    desk.take("officer", town="芝英镇", village="溪心村", name="网格员丙", until_on=TODAY, from_on="2018-01-01")
    firms = [
        desk.enterprise("甲厂"),
        desk.enterprise("乙厂", village="溪心村"),
        desk.enterprise("丙厂", grid_officer="甲"),
    ]
    hazards = [desk.hazard(firm, description=f"第{firm}处") for firm in firms]
    desk.step(hazard_cycle.rectify, hazards[0], "2018-10-20")
    rows = due.hazards(desk.ledger, found(desk), TODAY)
    assert [(row.due.subject, row.grid_officer, row.rectified_on) for row in rows] == [
        ("丙厂", "甲", None), ("乙厂", "网格员乙", None), ("甲厂", "", "2018-10-20"),
    ]  # fmt: skip
    assert (rows[2].number, rows[2].description) == (f"{ZHIYING}-2018-0001", f"第{firms[0]}处")


@pytest.mark.altered
def test_what_is_due_is_no_part_of_what_the_figures_mean(desk: Desk) -> None:
    before = meaning.definition_hash(desk.ledger, "2018-10-31")
    desk.ledger.execute("DROP VIEW due_item")
    assert meaning.definition_hash(desk.ledger, "2018-10-31") == before


STEPS = {"open": ("extend", "rectify"), "rectified": ("extend", "accept", "fail"), "closed": ("reopen",)}
LEADS = {"rectify": "rectified", "accept": "closed", "fail": "open", "reopen": "open"}
BEGIN = "2018-03-01"


def _take(desk: Desk, hazard: int, step: str, on: str, to: str) -> None:
    moves: dict[str, tuple[Any, ...]] = {
        "extend": (hazard_cycle.extend, hazard, to, on, None, None, None),
        "rectify": (hazard_cycle.rectify, hazard, on),
        "accept": (hazard_cycle.accept, hazard, Acceptance(on)),
        "fail": (hazard_cycle.accept, hazard, Acceptance(on, qualified=False, failure_reason="不符")),
        "reopen": (hazard_cycle.reopen, hazard, on, to, None),
    }
    desk.step(*moves[step])


@pytest.mark.unmeasured
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(1, 9)), max_size=9))
@example([(1, 0, 1), (2, 0, 1), (1, 2, 1)])  # rectified and not passed on the day it was found
@example([(1, 0, 1), (1, 0, 1), (0, 0, 3)])  # … accepted and sent back
@examples(10, ordinary=3)
def test_hazards_against_a_second_opinion_on_random_lives(life: list[tuple[int, int, int]]) -> None:
    """The life is told step by step; what is due on a day is the state after the steps up to that day."""
    with closing(new_ledger()) as ledger:
        desk = Desk(ledger)
        desk.towns()
        deadline_on = "2018-03-10"
        hazard = desk.hazard(desk.enterprise(), found_on=BEGIN, deadline_on=deadline_on)
        state, day = "open", BEGIN
        told = [(day, state, deadline_on)]
        for choice, gap, length in life:
            step = STEPS[state][choice % len(STEPS[state])]
            day = next_day(day, gap)
            deadline_on = next_day(max(day, deadline_on), length) if step in ("extend", "reopen") else deadline_on
            _take(desk, hazard, step, day, deadline_on)
            state = LEADS.get(step, state)
            told.append((day, state, deadline_on))
        for days in range(-1, 30):
            on = next_day(BEGIN, days)
            _, now, until = next((one for one in reversed(told) if one[0] <= on), ("", "closed", ""))
            what = {"open": "一般隐患整改", "rectified": "一般隐患验收"}.get(now)
            assert [(one.kind, one.due_on) for one in found(desk, on)] == ([(what, until)] if what else []), on
            first, unread = due.first(desk.ledger, on, FAR, None, 0)
            assert (first, sum(unread.values())) == ([], 1 if what else 0), on


def test_what_is_due_is_the_same_however_many_hazards_are_open(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed ones are passed over unread; the open ones are told one by one, so many in a statement."""
    firm = desk.enterprise("永康市甲厂")
    first, second, closed = (desk.hazard(firm, description=f"第{at}处") for at in range(3))
    desk.step(hazard_cycle.rectify, second, "2018-10-20")
    desk.step(hazard_cycle.rectify, closed, "2018-10-20")
    desk.step(hazard_cycle.accept, closed, Acceptance("2018-10-22"))
    desk.step(hazard_cycle.extend, first, "2018-11-10", "2018-10-25", None, None, None)
    days = ("2018-10-09", "2018-10-21", "2018-10-22", TODAY)
    told = [found(desk, day) for day in days]
    assert [sorted(one.record_id for one in day) for day in told] == [
        [first, second, closed], [first, second, closed], [first, second], [first, second],
    ]  # fmt: skip
    monkeypatch.setattr(due, "CHUNK", 1)
    assert [found(desk, day) for day in days] == told


def test_the_first_ones_and_how_many_there_are_of_the_rest(desk: Desk) -> None:
    firm, shut = desk.enterprise("永康市甲厂"), desk.enterprise("永康市乙厂")
    for at, day in enumerate(("2018-11-10", "2018-10-31", "2018-11-04", "2018-10-31")):
        desk.hazard(firm, deadline_on=day, description=f"第{at}处")
    desk.void("hazard", desk.hazard(firm, description="误录"))
    desk.hazard(shut, deadline_on="2018-10-20")
    desk.contract(firm, from_on="2018-03-01", last_on="2018-11-20", visits_per_year=0)
    desk.edit("enterprise", shut, state="关闭", changed_on="2018-10-30")
    for day, until, count in ((TODAY, FAR, 2), (TODAY, FAR, 4), (TODAY, "2018-11-04", 1), ("2018-10-29", FAR, 3)):
        all_of_them = found(desk, day, until)
        first, unread = due.first(desk.ledger, day, until, None, count)
        assert first == all_of_them[:count]
        assert unread == Counter(one.left for one in all_of_them[count:])
    assert due.first(desk.ledger, TODAY, FAR, ZHIYING, 1) == due.first(desk.ledger, TODAY, FAR, None, 1)
    assert due.first(desk.ledger, "2018-01-01", FAR, None, 5) == ([], {})


def test_what_is_due_from_a_day_on(desk: Desk) -> None:
    firm = desk.enterprise("永康市甲厂")
    for day in ("2018-10-31", "2018-11-05", "2018-11-06"):
        desk.hazard(firm, deadline_on=day, description=day)
    desk.contract(firm, from_on="2018-03-01", last_on="2018-11-04", visits_per_year=0)
    later = [one for one in found(desk) if one.left >= 0]
    assert due.due(desk.ledger, TODAY, FAR, since=TODAY) == later
    assert len(later) == 2


def test_a_town_that_was_merged_is_asked_for_as_the_one_that_it_is_now(desk: Desk) -> None:
    desk.hazard(desk.enterprise(town="石柱镇"), found_on="2018-03-01", deadline_on="2018-06-30")
    desk.take("town", code=SHIZHU, until_on="2018-09-01", merged_into="芝英镇")
    found = [due.due(desk.ledger, TODAY, TODAY, town) for town in (ZHIYING, SHIZHU)]
    assert found[0] == found[1]
    assert [each.unit.name for each in found[0]] == ["芝英镇"]
