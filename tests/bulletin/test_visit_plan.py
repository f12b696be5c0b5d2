"""检查计划: who is to be visited in a month and why, of the county, a town, a department, an agency; and in which grid
a firm lies."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.bulletin import coverage, visit_plan
from anjian_cli.bulletin.visit_plan import Asked, Plan
from anjian_cli.workflow import hazard_cycle
from support.desk import SHIZHU, ZHIYING, Desk, refuses

TODAY = "2018-11-05"
VISIT: dict[str, Any] = {"method": "部门检查", "found_any": "无"}
CAMPAIGN = "2018年冬季大检查"


def plan(desk: Desk, month: str = "2018-11", **asked: str) -> Plan:
    return visit_plan.plan(desk.ledger, month, TODAY, Asked(**asked))


def told(desk: Desk, month: str = "2018-11", **asked: str) -> dict[str, str]:
    return {firm.name: firm.why for firm in plan(desk, month, **asked).firms}


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Firms with every reason to be visited, and one with none: it is in no grade, campaign or list."""
    desk.towns()
    desk.take("village", code="330784109201", name="前村", town="芝英镇")
    desk.take("setting", name="inspect.红", value="12", from_on="2018-01-01")
    desk.take("setting", name="inspect.黄", value="4", from_on="2018-01-01")
    desk.take("campaign", name=CAMPAIGN, from_on="2018-11-01", last_on="2018-12-20")
    desk.take("campaign_scope", campaign=CAMPAIGN, kind="风险", word="喷涂")
    red = desk.enterprise("红色厂", village="前村", grid_officer="网格员甲", operating_address="前村1号，13800001234")
    yellow = desk.enterprise("黄色厂", town="石柱镇", industry_code="C3311")
    desk.enterprise("喷涂厂", risks=("喷涂",))
    waiting = desk.enterprise("待验收厂", industry_code="C3391")
    desk.enterprise("别的厂")
    for firm, grade in ((red, "红"), (yellow, "黄")):
        desk.of("risk_grade", firm, grade=grade, from_on="2018-01-01", basis="示例评估")
    desk.of("inspection", red, inspected_on="2018-10-20", **VISIT)
    for day in ("2018-11-30", "2018-11-15", "2018-12-01"):
        desk.step(hazard_cycle.rectify, desk.hazard(waiting, deadline_on=day), "2018-10-20")
    desk.hazard(waiting, deadline_on="2018-11-20")
    return desk


def test_why_each_is_visited(office: Desk) -> None:
    assert told(office) == {
        "红色厂": "定期检查（红色，一年12次）11-30前",
        "喷涂厂": f"{CAMPAIGN}未查，至12-20",
        "待验收厂": "隐患待验收2条，11-15前",
    }
    december = told(office, "2018-12")
    assert december["黄色厂"] == "定期检查（黄色，一年4次）12-31前"
    assert december["待验收厂"] == "隐患待验收3条，11-15前"
    assert told(office, "2019-01")["红色厂"] == "定期检查（红色，一年12次）01-31前"
    assert "喷涂厂" not in told(office, "2019-01")
    office.of("inspection", 1, inspected_on="2018-11-02", **VISIT)
    office.of("inspection", 3, inspected_on="2018-11-03", campaign=CAMPAIGN, **VISIT)
    assert [*told(office)] == ["待验收厂"]
    with refuses("E870"):
        plan(office, "2018-10")


def test_what_is_known_of_each(office: Desk) -> None:
    office.take("officer", town="芝英镇", name="网格员乙", village="前村")
    beside = office.enterprise("村里厂", village="前村", risks=("喷涂",))
    found = plan(office)
    assert next(each.officer for each in found.firms if each.name == "村里厂") == "网格员乙"
    office.edit("enterprise", beside, state="停产", changed_on="2018-11-01")
    found = plan(office)
    firm = next(each for each in found.firms if each.name == "红色厂")
    assert (firm.unit, firm.village, firm.officer, firm.last_visit) == ("芝英镇", "前村", "网格员甲", "2018-10-20")
    assert firm.address == "前村1号，138****1234"
    assert [each.campaign for each in found.firms] == ["", CAMPAIGN, ""]
    table = visit_plan.table(office.ledger, found)
    assert [row.name for row in table.rows] == ["红色厂", "喷涂厂", "待验收厂"]  # those without a village last
    assert table.rows[1].values == ("芝英镇", "", "", "", "没有查过", f"{CAMPAIGN}未查，至12-20")
    assert table.rows[0].see == f"企业 档案 {firm.number}"
    assert "共3家" in table.notes
    of_town = visit_plan.table(office.ledger, plan(office, town=ZHIYING, name="芝英镇"))
    assert of_town.columns[0].title == "村（社区）"
    assert of_town.rows[0].values[0] == "前村"
    assert of_town.title == "芝英镇2018年11月检查计划"


def test_of_a_town_and_of_a_department(office: Desk) -> None:
    assert [*told(office, "2018-12", town=SHIZHU)] == ["黄色厂"]
    assert told(office, "2018-12", town="") == {}
    office.take("department", name="示例经信局", industries=("C33",), risks=("喷涂",))
    office.take("department", name="示例五金办", industries=("C339",))
    numbers = {name: str(number) for name, number in office.rows("department", "name", "number")}
    assert [*told(office, "2018-12", department=numbers["示例经信局"])] == ["喷涂厂", "黄色厂"]
    # Of two industries the narrower one decides.
    assert [*told(office, "2018-12", department=numbers["示例五金办"])] == ["待验收厂"]


def test_of_an_agency_the_visits_it_owes(office: Desk) -> None:
    for name, agency in (("红色厂", "示例甲公司"), ("喷涂厂", "示例乙公司")):
        office.take(
            "trusteeship", enterprise=name, agency=agency, kind="小微", from_on="2018-01-01", last_on="2018-12-31",
            visits_per_year=4,
        )  # fmt: skip
    asked = told(office, agency="示例甲公司")
    assert [*asked] == ["红色厂"]
    assert asked["红色厂"].startswith("小微第1次，")


def by_grid(desk: Desk, day: str = TODAY) -> dict[str, list[object]]:
    """In scope and inspected, by grid."""
    table = coverage.table(desk.ledger, coverage.coverage(desk.ledger, day), "网格")
    return {row.name: [*row.values[:2]] for row in table.rows}


def test_by_the_grid_of_a_firms_officer_else_the_only_one_of_its_village(office: Desk) -> None:
    office.take("grid", town="芝英镇", village="前村", name="前村网格")
    office.take("grid", town="芝英镇", name="工业区网格")
    office.take("officer", town="芝英镇", name="网格员甲", grid="工业区网格", from_on="2018-10-25")
    office.enterprise("前村厂", village="前村")
    rows = by_grid(office)
    assert rows == {"芝英镇 前村网格": [1, 0], "芝英镇 工业区网格": [1, 1], "未定网格": [4, 0]}
    assert [*rows][-1] == "未定网格"
    assert by_grid(office, "2018-10-24") == {"芝英镇 前村网格": [2, 1], "未定网格": [4, 0]}
    office.take("grid", town="芝英镇", village="前村", name="后山网格")
    assert by_grid(office) == {"芝英镇 工业区网格": [1, 1], "未定网格": [5, 0]}
