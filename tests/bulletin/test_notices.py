"""文书: what is late, and nothing else, to whom it concerns."""

from __future__ import annotations

import re

import pytest

from anjian_cli.bulletin import notices
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.definition import towns_on
from anjian_cli.bulletin.period import ended, period
from anjian_cli.bulletin.value import Town
from anjian_cli.workflow import hazard_charge, hazard_cycle
from support.desk import SHIZHU, TODAY, ZHIYING, Desk, refuses


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.towns()
    desk.take("setting", name="issuer", value="示例市安委办")
    return desk


def town(office: Desk, code: str) -> Town:
    return next(one for one in towns_on(office.ledger, TODAY)[0] if one.code == code)


def test_who_has_not_reported_is_reminded(office: Desk) -> None:
    with refuses("E859"):
        notices.urge(office.ledger, TODAY)
    office.filing("2018-10")
    made = notices.urge(office.ledger, TODAY)
    assert [line.partition("：")[0] for line in made.sentences] == ["石柱镇"]
    assert "2018年10月月报" in made.sentences[0]
    assert made.sentences[0].endswith("2018年10月月报（应于2018年10月31日前报，已逾期5天），请今天报送。")
    office.filing("2018-09")
    both = notices.urge(office.ledger, TODAY).sentences[0]
    assert re.findall("（应于(.+?)前报，已逾期(.+?)天）", both) == [("2018年9月30日", "36"), ("2018年10月31日", "5")]
    assert "今天到期" in notices.urge(office.ledger, "2018-10-31").sentences[0]
    assert made.signed == ("示例市安委办", "2018年11月5日")
    with refuses("E859"):
        notices.urge(office.ledger, TODAY, ZHIYING)


def test_what_is_overdue_is_ordered_dealt_with_major_hazards_first(office: Desk) -> None:
    firm, other = office.enterprise("示例甲厂"), office.enterprise("示例乙厂", town="石柱镇")
    office.hazard(firm, deadline_on="2018-10-20")
    office.hazard(
        firm,
        deadline_on="2018-11-04",
        level="重大",
        responsible="甲",
        measures="停产",
        funds=1,
        contingency_plan="预案",
    )
    office.hazard(firm, deadline_on="2018-11-20")
    office.hazard(other, deadline_on="2018-10-20")
    made = notices.supervise(office.ledger, TODAY, town(office, ZHIYING), within=5)
    assert made.to == "芝英镇"
    assert "有2件事逾期没有办结，其中重大隐患1件" in made.sentences[0]
    assert "2018年11月10日前办结" in made.sentences[1]
    assert made.items is not None
    assert [(row.name, row.values[1], row.values[2], row.behind) for row in made.items.rows] == [
        ("示例甲厂", "2018-11-04", 1, True),
        ("示例甲厂", "2018-10-20", 16, False),
    ]
    with refuses("E859"):
        notices.supervise(office.ledger, "2018-10-19", town(office, SHIZHU))


def test_the_first_is_summoned_where_it_is_below_the_pace(office: Desk) -> None:
    for name, done in (("芝英镇", 40), ("石柱镇", 30)):
        office.target(50, town=name)
        office.training(town=name, attended=done, passed=done)
    bulletin = compile_bulletin(office.ledger, ended(2018, 10))
    made = notices.talk(office.ledger, TODAY, bulletin, town(office, ZHIYING))
    assert "列第1位（共2个），低于序时进度的有：安全生产教育培训" in made.sentences[0]


def test_a_town_is_not_ordered_to_answer_for_a_department(office: Desk) -> None:
    office.take("department", name="示例甲局")
    (number,) = office.ledger.execute("SELECT number FROM department").fetchone()
    hazard = office.hazard(office.enterprise(), deadline_on="2018-12-20")
    office.step(hazard_charge.hand_over, hazard, number, "2018-10-20", None, "2018-10-30")
    with refuses("E859"):
        notices.supervise(office.ledger, TODAY, town(office, ZHIYING))


def test_a_missing_report_has_no_number(office: Desk) -> None:
    office.filing("2018-10", town="石柱镇")
    made = notices.supervise(office.ledger, TODAY, town(office, ZHIYING))
    assert made.items is not None
    assert [(row.name, row.values) for row in made.items.rows] == [("2018年10月", ("月报未报", "2018-10-31", 5, None))]


def test_a_town_behind_is_summoned_with_its_place(office: Desk) -> None:
    for name, done in (("芝英镇", 50), ("石柱镇", 4)):
        office.target(50, town=name)
        office.training(town=name, attended=done, passed=done)
    bulletin = compile_bulletin(office.ledger, ended(2018, 10))
    made = notices.talk(office.ledger, TODAY, bulletin, town(office, SHIZHU))
    assert "列第2位（共2个）" in made.sentences[0]
    assert "安全生产教育培训（8.00%，列第2位）" in made.sentences[0]
    with refuses("E881") as said:
        notices.talk(office.ledger, TODAY, bulletin, town(office, ZHIYING))
    assert "芝英镇在2018年10月的通报里列第1位" in said[0]
    running = compile_bulletin(office.ledger, period(2018, 11, TODAY))
    with refuses("E880"):
        notices.talk(office.ledger, TODAY, running, town(office, SHIZHU))
    without_tasks = compile_bulletin(office.ledger, ended(2017, 9))
    with refuses("E859"):
        notices.talk(office.ledger, TODAY, without_tasks, town(office, SHIZHU))


def test_a_hazard_is_told_to_the_department_that_it_is_handed_to(office: Desk) -> None:
    hazard = office.hazard(
        office.enterprise("示例甲厂"), description="配电箱敞开，电话13800001234", deadline_on="2018-10-20"
    )
    with refuses("E882"):
        notices.hand_over(office.ledger, TODAY, hazard)
    for name in ("甲局", "乙局"):
        office.take("department", name=name)
    numbers = dict(office.ledger.execute("SELECT name, number FROM department").fetchall())
    office.step(hazard_charge.hand_over, hazard, numbers["甲局"], "2018-10-12")
    office.step(hazard_charge.hand_over, hazard, numbers["乙局"], "2018-10-15", "例抄〔2018〕3号", "2018-10-30")
    office.step(hazard_cycle.extend, hazard, "2018-12-15", "2018-10-18", "设备未到", None, None)
    made = notices.hand_over(office.ledger, TODAY, hazard)
    assert (made.title, made.to) == ("安全生产隐患抄告函（例抄〔2018〕3号）", "乙局")
    told = "".join(made.sentences)
    assert "芝英镇示例甲厂有一般隐患：配电箱敞开" in told
    assert "整改期限为2018年12月15日" in told
    assert "于2018年10月15日移交你单位" in told
    assert "于2018年10月30日前书面答复" in told
    assert "13800001234" not in told
