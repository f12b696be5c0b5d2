"""统计表 of records under way: each figure against the bulletin's, or against what was recorded."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.bulletin import due
from anjian_cli.bulletin.accident_trend import MONTH, SECTOR, TOWN, accident_trend
from anjian_cli.bulletin.agencies import agencies
from anjian_cli.bulletin.case_summary import DEPARTMENT, VIOLATION, case_summary
from anjian_cli.bulletin.departments import departments
from anjian_cli.bulletin.guidance_summary import guidance_summary
from anjian_cli.bulletin.hazard_summary import summary
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.programme_stages import KIND, programme_stages
from anjian_cli.bulletin.repeat_offenders import repeat_offenders
from anjian_cli.bulletin.standard_stages import GRADE, standard_stages
from anjian_cli.bulletin.summary_table import SummaryTable, Value, typed
from anjian_cli.errors import Refused
from anjian_cli.workflow import enrolment, hazard_charge
from support.desk import SHIZHU, TODAY, ZHIYING, Desk

DAY = "2018-10-31"
NEXT_YEAR = "2019-11-05"


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.towns()
    return desk


def said(table: SummaryTable, name: str) -> dict[str, Value]:
    """The values of a row that are not nought or nothing, by the titles of their columns."""
    row = next(row for row in table.all_rows if row.name == name)
    return {column.full_title: value for column, value in zip(table.columns, row.values, strict=True) if value}


def test_programmes_by_stage(office: Desk) -> None:
    office.programme(office.enterprise(), enrolled_on="2018-01-15")
    office.programme(office.enterprise(), enrolled_on="2018-01-15", diagnosed_on="2018-03-01", planned_on="2018-11-03")
    office.programme(office.enterprise(), enrolled_on="2018-02-15", accepted_on="2018-06-01", conclusion="合格")
    office.programme(office.enterprise(), enrolled_on="2018-02-15", accepted_on="2018-06-01", conclusion="不合格")
    office.programme(office.enterprise(), enrolled_on="2018-02-15", excused_on="2018-06-01", excuse="转产")
    office.programme(office.enterprise(), enrolled_on="2018-11-01")
    office.programme(office.enterprise(town="石柱镇"), enrolled_on="2018-01-15", kind="胶水", action="胶水整治")
    table = programme_stages(office.ledger, DAY)
    assert said(table, "芝英镇") == {
        "应整治": 4,
        "已到排查": 3,
        "已到诊断": 3,
        "已到方案": 2,
        "已到整改": 2,
        "验收合格": 1,
        "合格率": Fraction(1, 4),
        "验收不合格": 1,
        "一步未动": 1,
    }
    whole = said(table, "全市")
    assert (whole["应整治"], whole["验收合格"], whole["合格率"]) == (5, 1, Fraction(1, 5))
    assert said(programme_stages(office.ledger, DAY, KIND), "胶水") == {"应整治": 1, "一步未动": 1}
    (one,) = programme_stages(office.ledger, DAY, town=SHIZHU).all_rows
    assert (one.name, one.values[0], one.see) == ("石柱镇", 1, "整治 列表 --镇街 石柱镇")
    carried = said(programme_stages(office.ledger, "2019-02-01"), "芝英镇")
    assert (carried["应整治"], carried["其中上年结转"]) == (4, 4)


def test_programmes_as_the_bulletin_has_them(office: Desk) -> None:
    """What is owed is the bulletin's denominator, a move in mid-year and all."""
    firm = office.enterprise()
    office.programme(firm, enrolled_on="2018-01-15", accepted_on="2018-09-10", conclusion="合格")
    office.programme(office.enterprise(), enrolled_on="2018-05-15")
    office.move(firm, "石柱镇", "2018-08-01")
    table = programme_stages(office.ledger, DAY)
    for town, code in (("芝英镇", ZHIYING), ("石柱镇", SHIZHU)):
        row = said(table, town)
        cell = office.cell("special.accepted.喷涂", code)
        assert (row.get("验收合格", 0), row.get("应整治")) == (cell.done, cell.target or None)


def test_standardization_by_stage(office: Desk) -> None:
    office.standard(office.enterprise(), begun_on="2018-02-01")
    office.standard(office.enterprise(), begun_on="2018-02-01", applied_on="2018-05-01", reviewed_on="2018-11-02")
    office.standard(office.enterprise(), "2018-05-01", begun_on="2018-02-01")
    office.standard(office.enterprise(), "2017-05-01", begun_on="2017-02-01")
    office.standard(office.enterprise(), begun_on="2018-02-01", abandoned_on="2018-06-01")
    office.standard(office.enterprise(), begun_on="2018-11-02")
    office.standard(office.enterprise(town="石柱镇"), begun_on="2018-02-01", grade="二级")
    found = said(standard_stages(office.ledger, DAY), "芝英镇")
    assert found == {"创建企业": 4, "停在启动": 1, "停在申请": 1, "已公告": 1, "已中止": 1}
    assert said(standard_stages(office.ledger, DAY, GRADE), "二级") == {"创建企业": 1, "停在启动": 1}
    assert standard_stages(office.ledger, DAY, kind="复评").rows[0].values[0] == 0


def test_agencies_beside_each_other(office: Desk) -> None:
    office.take("agency", name="示例安全技术有限公司")
    first, second = office.enterprise(), office.enterprise()
    office.contract(first, from_on="2018-01-01", last_on="2018-06-30", visits_per_year=4)
    office.contract(first, from_on="2018-07-01", last_on="2019-06-30", visits_per_year=4)
    office.contract(second, agency="示例乙公司", kind="涉氨", visits_per_year=0)
    visit = {"agency": "示例安全技术公司", "kind": "喷涂"}
    office.of("visit", first, visited_on="2018-03-05", hazards_found=3, hazards_closed=1, **visit)
    office.of("visit", first, visited_on="2018-11-02", hazards_found=9, **visit)
    closed = {"rectified_on": "2018-03-12", "accepted_on": "2018-03-15"}
    office.hazard(first, found_on="2018-03-05", source="中介诊断", deadline_on="2018-04-30", **closed)
    office.hazard(first, found_on="2018-03-05", source="网格巡查", deadline_on="2018-04-30")
    office.hazard(first, found_on="2018-03-06", source="中介诊断", deadline_on="2018-04-30")
    office.tested(second, "2018-05-05")
    table = agencies(office.ledger, DAY)
    assert [row.name for row in table.rows] == ["示例安全技术公司", "示例乙公司", "示例检测技术公司"]
    own = said(table, "示例安全技术公司")
    owed = own.pop("上门服务应做")
    assert isinstance(owed, int)
    assert own.pop("上门服务完成率") == Fraction(1, owed)
    assert own == {
        "在托企业": 1,
        "上门服务已做": 1,
        "上门报隐患发现": 3,
        "上门报隐患当场改": 1,
        "诊断隐患登记": 1,
        "诊断隐患已销号": 1,
        "诊断隐患平均天数": 10,
        "合同到期": 1,
        "合同续签": 1,
        "合同续签率": 1,
    }
    assert said(table, "示例检测技术公司") == {"职卫检测": 1}
    office.programme(first, agency="示例乙公司", diagnosed_on="2018-03-05")
    table = agencies(office.ledger, DAY)
    assert [said(table, name)["诊断隐患登记"] for name in ("示例安全技术公司", "示例乙公司", "合计")] == [1, 1, 1]
    office.undo()
    office.contract(first, agency="示例乙公司", kind="涉氨", visits_per_year=0)
    table = agencies(office.ledger, DAY)
    assert [said(table, name)["在托企业"] for name in ("示例安全技术公司", "示例乙公司", "合计")] == [1, 2, 2]
    office.undo()
    assert "示例安全技术公司（名录里有“示例安全技术有限公司”）" in table.notes[0]
    assert said(agencies(office.ledger, DAY, "涉氨"), "示例乙公司") == {"在托企业": 1}
    assert [row.name for row in agencies(office.ledger, DAY, "涉氨").rows] == ["示例乙公司"]


def number(office: Desk, department: str) -> str:
    (found,) = office.ledger.execute("SELECT number FROM department WHERE name = ?", (department,)).fetchone()
    return str(found)


def test_departments_beside_each_other(office: Desk) -> None:
    for name in ("甲", "乙", "丙"):
        office.take("department", name=f"示例{name}局", short_name=f"{name}局")
    first, second = office.enterprise(), office.enterprise()
    seen = {"department": "示例甲局", "found_any": "无"}
    office.of(
        "inspection", first, inspected_on="2018-10-08", method="部门检查", joined="乙局、示例丙局，没有的局", **seen
    )
    office.of("inspection", second, inspected_on="2018-10-09", method="联合执法", **seen)
    office.of("inspection", second, inspected_on="2018-11-02", method="部门检查", **seen)
    office.hazard(first, charged_to="示例甲局")
    handed = [office.hazard(first) for _ in range(3)]
    for hazard, due_on in zip(handed, ("2018-10-25", "2018-10-30", "2018-11-20"), strict=True):
        office.step(hazard_charge.hand_over, hazard, number(office, "示例乙局"), "2018-10-20", None, due_on)
    office.step(hazard_charge.answer, handed[0], "2018-10-26", None)
    office.step(hazard_charge.answer, handed[1], "2018-11-02", None)
    office.case(department="示例乙局", joint="是", decided_on="2018-09-20", fine=2_000_000, document="示例1号")
    table = departments(office.ledger, DAY, TODAY)
    assert said(table, "示例甲局") == {"检查家次": 2, "检查牵头联合": 2, "监管隐患发现": 1, "监管隐患逾期": 1}
    assert said(table, "示例乙局") == {
        "检查参加联合": 1,
        "监管隐患发现": 3,
        "监管隐患逾期": 3,
        "移交移交来": 3,
        "移交已答复": 1,
        "移交待答复": 2,
        "移交逾期": 1,
        "移交平均天数": 6,
        "执法立案": 1,
        "执法联合": 1,
        "执法罚款（万元）": 2_000_000,
    }
    assert said(table, "示例丙局") == {"检查参加联合": 1}
    whole = said(table, "合计")
    assert (whole["监管隐患发现"], whole["移交移交来"], "检查参加联合" in whole) == (4, 3, False)
    assert [(row.name, row.behind, row.see) for row in table.rows] == [
        ("示例甲局", False, "隐患 列表 --查找 示例甲局"),
        ("示例乙局", True, "隐患 列表 --查找 示例乙局"),
        ("示例丙局", False, "检查 列表 --查找 示例丙局"),
    ]
    assert "移交逾期" not in said(departments(office.ledger, "2018-10-30", TODAY), "示例乙局")
    later = said(departments(office.ledger, TODAY, TODAY), "示例乙局")
    assert (later["移交已答复"], later["移交待答复"], later["监管隐患逾期"]) == (2, 1, 3)


def test_hazards_of_departments_are_those_of_the_summary_and_of_their_own_list(office: Desk) -> None:
    for name in ("甲", "乙"):
        office.take("department", name=f"示例{name}局")
    hazards = [office.hazard(office.enterprise(), charged_to="示例甲局") for _ in range(3)]
    office.step(hazard_charge.hand_over, hazards[0], number(office, "示例乙局"), "2018-10-20")
    table = departments(office.ledger, DAY, TODAY)
    for row in summary(office.ledger, ended(2018, 10), "监管部门").rows[:-1]:
        assert said(table, row.name)["监管隐患发现"] == row.found.total
        assert said(table, row.name).get("监管隐患逾期", 0) == row.overdue.total
        own = due.due(office.ledger, TODAY, TODAY, department=number(office, row.name))
        assert len(own) == row.found.total


def test_firms_of_the_sectors_of_departments(office: Desk) -> None:
    office.take("department", name="示例甲局", industries=("C33",))
    office.take("department", name="示例乙局", industries=("C3351",))
    office.take("department", name="示例丙局", risks=("喷涂",))
    both = office.enterprise(industry_code="C3311", risks=("喷涂",))
    office.enterprise(industry_code="C3351")
    office.enterprise(industry_code="C3399")
    office.enterprise()
    office.enterprise(industry_code="C3311", registered_on="2018-11-02")
    office.of("inspection", both, inspected_on="2018-10-08", method="网格巡查", found_any="无")
    table = departments(office.ledger, DAY, TODAY)
    found = [(row.values[3], row.values[4], row.values[5]) for row in table.all_rows]
    assert found == [(2, 1, Fraction(1, 2)), (1, 0, 0), (1, 1, 1), (3, 1, Fraction(1, 3))]
    assert not table.notes


def test_guidance_by_village_town_and_agency(office: Desk) -> None:
    office.village()
    office.village("溪头村", "330784109202")
    office.village("石心村", "330784110201")
    office.responsible(agency="示例甲公司", firms_to_guide=4)
    office.responsible("溪头村", firms_to_guide=2)
    office.responsible("石心村")
    first, second = office.enterprise(), office.enterprise()
    office.guided(first, hazards_found=3)
    office.guided(second, hazards_found=1, agency="示例乙公司")
    office.guided(office.enterprise(), "2018-11-02")
    closed = {"rectified_on": "2018-05-12", "accepted_on": "2018-05-15"}
    office.hazard(first, found_on="2018-05-09", source="中介诊断", deadline_on="2018-06-30", **closed)
    office.hazard(first, found_on="2018-05-09", source="中介诊断", deadline_on="2018-06-30")
    office.hazard(first, found_on="2018-05-09", source="网格巡查", deadline_on="2018-06-30")
    office.hazard(first, found_on="2018-05-10", source="中介诊断", deadline_on="2018-06-30")
    villages = guidance_summary(office.ledger, DAY, "村")
    assert [row.name for row in villages.rows if row.behind] == ["溪头村", "石心村"]
    own = said(villages, "溪心村")
    figures = {
        "小微企业应指导": 4,
        "小微企业已指导": 2,
        "小微企业完成率": Fraction(1, 2),
        "指导报隐患发现": 4,
        "诊断隐患登记": 2,
        "诊断隐患已销号": 1,
    }
    assert own == {"镇（街、区）": "芝英镇", **figures, "机构": "示例乙公司、示例甲公司"}
    towns = guidance_summary(office.ledger, DAY)
    rate = {"小微企业应指导": 6, "小微企业完成率": Fraction(1, 3)}
    assert said(towns, "芝英镇") == {"责任村": 2, "没有指导的村": 1, **figures, **rate, "机构": 2}
    assert [(row.name, row.behind) for row in towns.rows] == [("芝英镇", True), ("石柱镇", True)]
    assert said(towns, "石柱镇") == {"责任村": 1, "没有指导的村": 1}
    assert towns.total is not None
    assert towns.total.values[:4] == (3, 2, None, 2)
    assert towns.notes == ("还没有指导过一家的责任村2个：溪头村（芝英镇）、石心村（石柱镇）",)
    agencies_of = guidance_summary(office.ledger, DAY, "机构")
    assert [(row.name, row.values[0], row.values[3]) for row in agencies_of.rows] == [
        ("示例乙公司", 0, 1),
        ("示例甲公司", 1, 1),
        ("没有写明机构", 2, 0),
    ]
    assert not guidance_summary(office.ledger, "2017-12-31").rows
    cell = office.cell("village.guided")
    assert cell.done == said(towns, "芝英镇")["小微企业已指导"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("示例公司", "示例公司"),
        ("“百日攻坚”行动（示例）", "“百日攻坚”行动（示例）"),
        ("示例(永康)公司", '"示例(永康)公司"'),
        ("示例 甲公司", '"示例 甲公司"'),
        ("示例公司; rm x", '"示例公司; rm x"'),
        ('示例公司"$(rm x)', '"(rm x)"'),
        ("-示例`x`", "示例"),
    ],
)
def test_a_name_is_typed_so_that_no_shell_breaks_it(name: str, said: str) -> None:
    assert typed(name) == said


def test_accidents_of_years_and_months(office: Desk) -> None:
    office.accident("2016-05-01", deaths=2)
    office.accident("2017-12-01")
    office.accident("2018-03-01", serious=1, deaths=0)
    office.accident("2018-10-05", town="石柱镇", sector="建筑施工")
    office.accident("2018-11-02")
    years = accident_trend(office.ledger, DAY)
    assert [row.values[:2] for row in years.rows] == [(None, None), (None, None), (1, 2), (0, 0), (2, 1)]
    assert [row.values[4] for row in years.rows] == [None, None, 1, 1, None]
    assert "2014至2015年的事故没有登记" in years.notes[0]
    months = accident_trend(office.ledger, DAY, MONTH)
    assert [row.values[0] for row in months.rows] == [0, 0, 1, 0, 0, 0, 0, 0, 0, 1]
    assert said(months, "合计") == {"2018年起数": 2, "2018年死亡": 1, "2018年重伤": 1}
    towns = accident_trend(office.ledger, DAY, TOWN)
    for name, code in (("芝英镇", ZHIYING), ("石柱镇", SHIZHU)):
        assert said(towns, name).get("2018年起数") == office.cell("accident.count", code).done
    assert [row.name for row in accident_trend(office.ledger, DAY, SECTOR, SHIZHU).rows] == ["建筑施工"]
    assert accident_trend(office.ledger, DAY, town=SHIZHU).rows[-1].values[:2] == (1, 1)


def test_an_opening_figure_of_accidents(office: Desk) -> None:
    office.opening("事故起数", "2018-06-30", "7")
    office.accident("2018-10-05")
    assert [row.values[0] for row in accident_trend(office.ledger, DAY).rows] == [None, None, None, None, 8]
    months = [row.values[0] for row in accident_trend(office.ledger, DAY, MONTH).rows]
    assert months == [*[None] * 6, 0, 0, 0, 1]
    assert said(accident_trend(office.ledger, DAY, MONTH), "合计")["2018年起数"] == 8
    (opened,) = (row for row in accident_trend(office.ledger, DAY, SECTOR).rows if row.name == "期初数")
    assert opened.values == (7, 0, 0, 0, None, None, None, None)
    assert said(accident_trend(office.ledger, DAY, SECTOR), "全市")["2018年起数"] == 8


def test_accidents_that_fell_year_by_year(office: Desk) -> None:
    for year, number in ((2015, 1), (2016, 3), (2017, 2), (2018, 1)):
        for _ in range(number):
            office.accident(f"{year}-05-01")
    assert "起数同期连续2年下降" in accident_trend(office.ledger, DAY).notes


def test_cases_by_town_department_and_month(office: Desk) -> None:
    office.take("department", name="示例甲局")
    fined = {"decided_on": "2018-09-20", "fine": 2_000_000, "document": "示例1号"}
    office.case(joint="是", department="示例甲局", **fined)
    office.case(accident="是")
    office.case(town="石柱镇", filed_on="2017-10-20")
    office.case(town="石柱镇", filed_on="2018-11-02")
    office.case(filed_on="2018-09-11", revoked_on="2018-10-01", revoke_reason="证据不足")
    towns = case_summary(office.ledger, DAY)
    assert said(towns, "芝英镇") == {
        "立案": 2,
        "其中事故类": 1,
        "其中联合执法": 1,
        "处罚决定": 1,
        "罚款（万元）": 2_000_000,
    }
    assert said(towns, "石柱镇") == {"上年同期立案": 1}
    assert office.cell("case.filed").done == 1
    assert said(case_summary(office.ledger, DAY, DEPARTMENT), "示例甲局")["立案"] == 1
    office.case(violation="非法生产", filed_on="2018-05-01", joint="是")
    kinds = case_summary(office.ledger, DAY, VIOLATION)
    assert said(kinds, "非法生产") == {"立案": 1, "其中联合执法": 1}
    assert said(kinds, "未填类型")["立案"] == 2
    months = case_summary(office.ledger, DAY, MONTH)
    assert [row.values[0] for row in months.rows][8:] == [3, -1]
    assert said(months, "全市")["上年同期立案"] == 1


def test_a_part_of_the_cases_is_taken_back_as_the_whole_is(office: Desk) -> None:
    office.case(filed_on="2018-02-05", accident="是", revoked_on="2018-03-09", revoke_reason="证据不足")
    office.case(filed_on="2018-03-05", accident="是")
    office.case(filed_on="2018-03-06", accident="是", revoked_on="2018-10-09", revoke_reason="证据不足")
    rows = case_summary(office.ledger, DAY, "月").rows
    assert [row.values[:2] for row in rows][1:3] == [(1, 1), (1, 1)]
    assert rows[9].values[:2] == (-1, -1)


def test_the_year_before_reaches_to_the_end_of_a_longer_month(office: Desk) -> None:
    office.case(filed_on="2016-02-29")
    office.accident("2016-02-29")
    assert said(case_summary(office.ledger, "2017-02-28"), "全市")["上年同期立案"] == 1
    assert "上年同期立案" not in said(case_summary(office.ledger, "2017-02-27"), "全市")
    months = accident_trend(office.ledger, "2017-02-28", MONTH)
    assert said(months, "2月") == said(months, "合计") == {"2016年起数": 1, "2016年死亡": 1}
    assert accident_trend(office.ledger, "2017-02-28").rows[-2].values[0] == 1


def test_firms_found_at_fault_again_and_again(office: Desk) -> None:
    firm, other = office.enterprise("示例甲厂"), office.enterprise()
    for day in ("2018-03-01", "2018-03-01", "2018-05-01"):
        office.hazard(firm, found_on=day, deadline_on="2018-06-30")
    office.hazard(firm, found_on="2018-07-01", source="企业自查", deadline_on="2018-07-31")
    office.hazard(firm, found_on="2017-10-30", deadline_on="2017-12-30")
    office.case(party="示例甲厂", filed_on="2018-08-01")
    office.case(party="示例甲厂", filed_on="2018-08-02", revoked_on="2018-09-01", revoke_reason="证据不足")
    office.hazard(other, found_on="2018-03-01", deadline_on="2018-06-30")
    table = repeat_offenders(office.ledger, DAY, "2017-11-01", 3)
    (row,) = table.rows
    assert (row.name, row.values) == ("示例甲厂", ("芝英镇", 3, 3, 0, 3, 1, "2018-08-01"))
    assert not repeat_offenders(office.ledger, DAY, "2017-11-01", 4).rows
    assert len(repeat_offenders(office.ledger, DAY, "2017-10-30", 4).rows) == 1
    assert not repeat_offenders(office.ledger, DAY, "2017-11-01", 3, SHIZHU).rows


def test_a_firm_counts_for_the_town_that_its_own_was_merged_into(office: Desk) -> None:
    firm = office.enterprise("示例甲厂", town="石柱镇", risks=("喷涂",))
    for day in ("2018-03-01", "2018-05-01"):
        office.hazard(firm, found_on=day, deadline_on="2018-06-30")
    office.take("town", code=SHIZHU, until_on="2018-09-01", merged_into="芝英镇")
    found = [repeat_offenders(office.ledger, DAY, "2018-01-01", 2, town).rows for town in (None, ZHIYING, SHIZHU)]
    assert [(row.name, row.values[0]) for (row,) in found] == [("示例甲厂", "芝英镇")] * 3
    for town in (None, ZHIYING, SHIZHU):
        meant = enrolment.firms(office.ledger, enrolment.Wanted("喷涂", town, DAY), "喷涂")
        assert [(each.name, each.town) for each in meant.now] == [("示例甲厂", "芝英镇")]


def test_a_figure_that_was_tampered_with_is_not_told(office: Desk) -> None:
    office.programme(office.enterprise(), enrolled_on="2018-01-15")
    office.ledger.execute("UPDATE programme SET diagnosed_on = '2018-02-02'")
    with pytest.raises(Refused) as caught:
        programme_stages(office.ledger, DAY)
    assert [fault.code for fault in caught.value.faults] == ["E708"]
