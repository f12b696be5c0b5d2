"""Whose own it is, of what is due: of departments against the hazards in their charge, of agencies by the records."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin import due, due_answers, due_of_unit
from anjian_cli.bulletin.due import Due
from anjian_cli.errors import Misread
from anjian_cli.workflow import hazard_charge, hazard_cycle
from anjian_cli.workflow.hazard_cycle import Acceptance
from support.desk import TODAY, Desk

FAR = "9999-12-31"
AGENCY, OTHER = "示例安全技术公司", "示例乙公司"


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.towns()
    for name in ("甲", "乙", "丙"):
        desk.take("department", name=f"示例{name}局")
    return desk


def number(office: Desk, name: str) -> str:
    return str(office.ledger.execute("SELECT number FROM department WHERE name = ?", (name,)).fetchone()[0])


def hand_over(office: Desk, hazard: int, name: str, on: str, due_on: str | None = "2018-11-10") -> None:
    office.step(hazard_charge.hand_over, hazard, number(office, name), on, None, due_on)


def of_departments(office: Desk, today: str = TODAY) -> dict[str, list[str]]:
    found = due.due(office.ledger, today, FAR)
    own = due_of_unit.by_department(office.ledger, found, today)
    for unit, of in own:
        assert of == due.due(office.ledger, today, FAR, department=unit.code)
        assert set(map(id, of)) <= set(map(id, found))
    assert sum(len(of) for _, of in own) <= len(found)
    return {unit.name: [one.kind for one in of] for unit, of in own}


def of_agencies(office: Desk, today: str = TODAY) -> dict[str, list[str]]:
    found = due.due(office.ledger, today, FAR)
    return {name: sorted(one.what for one in of) for name, of in due_of_unit.by_agency(office.ledger, found, today)}


def test_a_hazard_is_of_the_department_in_charge_on_the_day(office: Desk) -> None:
    firm = office.enterprise()
    hazard = office.hazard(firm, charged_to="示例甲局")
    office.hazard(firm)
    assert of_departments(office) == {"示例甲局": ["一般隐患整改"]}
    hand_over(office, hazard, "示例乙局", "2018-11-03")
    assert of_departments(office, "2018-11-02") == {"示例甲局": ["一般隐患整改"]}
    assert of_departments(office, "2018-11-03") == {"示例乙局": ["一般隐患整改", "移交答复"]}
    (one, _) = due.due(office.ledger, TODAY, FAR, department=number(office, "示例乙局"))
    assert (one.unit.name, one.command) == ("芝英镇", "隐患 整改")
    office.step(hazard_charge.answer, hazard, "2018-11-04", "已整改")
    assert of_departments(office) == {"示例乙局": ["一般隐患整改"]}
    office.step(hazard_cycle.rectify, hazard, "2018-11-04")
    office.step(hazard_cycle.accept, hazard, Acceptance("2018-11-05"))
    assert of_departments(office) == {}


def test_what_was_handed_on_is_the_next_ones(office: Desk) -> None:
    hazard = office.hazard(office.enterprise())
    hand_over(office, hazard, "示例乙局", "2018-11-02")
    hand_over(office, hazard, "示例丙局", "2018-11-04", None)
    assert of_departments(office) == {"示例丙局": ["一般隐患整改"]}


def test_a_department_that_went_into_another_is_that_one_and_its_reports_are_its_own(office: Desk) -> None:
    office.hazard(office.enterprise(), charged_to="示例丙局")
    office.filing("2018-10", "2018-10-31", town=None, department="示例乙局")
    assert of_departments(office) == {"示例甲局": ["月报未报"], "示例丙局": ["一般隐患整改", "月报未报"]}
    office.take("department", number=number(office, "示例丙局"), until_on="2018-11-05", merged_into="示例甲局")
    assert of_departments(office) == {"示例甲局": ["一般隐患整改", "月报未报"]}


def test_regular_inspections_are_of_the_departments_of_the_firms_sectors(office: Desk) -> None:
    office.take("setting", name="inspect.红", value="4", from_on="2018-01-01")
    office.take("department", number=number(office, "示例甲局"), industries=("C33",))
    office.take("department", number=number(office, "示例乙局"), risks=("喷涂",))
    for sorted_as in ({"industry_code": "C3311", "risks": ("喷涂",)}, {"industry_code": "C3311"}, {}):
        office.of("risk_grade", office.enterprise(**sorted_as), grade="红", from_on="2018-01-01", basis="甲")
    assert of_departments(office) == {"示例甲局": ["定期检查"] * 2, "示例乙局": ["定期检查"]}


def test_an_agency_has_what_the_records_say_is_its(office: Desk) -> None:
    firm, other = office.enterprise(), office.enterprise()
    office.contract(firm, from_on="2018-01-01", last_on="2018-12-31", visits_per_year=1)
    office.contract(other, agency=OTHER, kind="涉氨", visits_per_year=0, last_on="2018-11-30")
    assert of_agencies(office) == {
        AGENCY: ["托管合同到期 喷涂", "托管服务 喷涂第1次"],
        OTHER: ["托管合同到期 涉氨"],
    }
    office.take("programme_plan", year=2018, kind="喷涂", stage="诊断", due_on="2018-11-20")
    office.take("programme_plan", year=2018, kind="喷涂", stage="整改", due_on="2018-11-20")
    enrolled = office.programme(other)
    assert not [what for of in of_agencies(office).values() for what in of if what.startswith("专项整治")]
    office.edit("programme", enrolled, agency=OTHER)
    assert of_agencies(office)[OTHER] == ["专项整治诊断 喷涂", "托管合同到期 涉氨"]


def test_a_test_is_of_who_tested_last_and_a_certificate_of_who_advised_last(office: Desk) -> None:
    firm = office.enterprise()
    office.of("exposure", firm, from_on="2014-01-01", level="一般")
    assert of_agencies(office) == {}
    office.tested(firm, "2015-05-05")
    office.tested(firm, "2015-08-05", agency=OTHER)
    (kept,) = of_agencies(office).items()
    assert (kept[0], [what.split()[0] for what in kept[1]]) == (OTHER, ["职业卫生检测"])
    office.standard(firm, "2015-12-20", begun_on="2015-02-01", agency=AGENCY)
    assert of_agencies(office)[AGENCY] == ["三级证书到期 应复评"]
    office.standard(firm, begun_on="2018-02-01", kind="复评", agency=OTHER)
    assert AGENCY not in of_agencies(office)
    assert "三级证书到期 应复评" in of_agencies(office)[OTHER]


def test_an_agency_is_found_by_a_part_of_its_name(office: Desk) -> None:
    office.take("agency", name="示例安全技术有限公司")
    firm = office.enterprise()
    office.contract(firm)
    for text in ("示例安全技术公司", "技术公司", "示例 安全技术公司"):
        assert due_of_unit.agency(office.ledger, text) == AGENCY
    assert due_of_unit.agency(office.ledger, "安全技术有限") == "示例安全技术有限公司"
    both = "示例安全技术公司、示例安全技术有限公司"
    for text, said in (("安全技术", both), ("没有的", "机构 比较"), ("", "机构 比较")):
        with pytest.raises(Misread) as caught:
            due_of_unit.agency(office.ledger, text)
        assert said in str(caught.value.words["remedy"])


def visits(office: Desk) -> list[tuple[str, str | None, str | None, str]]:
    found: list[Due] = due.due(office.ledger, TODAY, "2018-12-31")
    owed = [one for one in due_answers.answers(office.ledger, found) if one.record == due_answers.VISIT]
    return [
        (str(one.known["enterprise"]), one.known["credit_code"], one.known["town"], one.asked[0].detail) for one in owed
    ]


def test_the_firms_of_visits_are_told_so_that_they_are_found_again(office: Desk) -> None:
    office.contract(office.enterprise("示例甲厂"), from_on="2018-01-01", last_on="2018-12-31", visits_per_year=2)
    coded = office.enterprise("示例乙厂", no_code_reason=None, credit_code="91330784MA2E5YK91T")
    office.contract(coded, from_on="2018-01-01", last_on="2018-12-31", visits_per_year=1)
    assert visits(office) == [
        ("示例甲厂", None, "芝英镇", "喷涂第1次"),
        ("示例乙厂", "91330784MA2E5YK91T", None, "喷涂第1次"),
        ("示例甲厂", None, "芝英镇", "喷涂第2次"),
    ]
    office.edit("enterprise", coded, name="示例丙厂")
    same = office.enterprise("示例丁厂", registration_number="330784600000001")
    office.contract(same, from_on="2018-01-01", last_on="2018-12-31", visits_per_year=1)
    assert "示例丁厂" in {firm for firm, *_ in visits(office)}
    office.enterprise("示例丁厂", registration_number="330784600000002")
    assert {firm for firm, *_ in visits(office)} == {"示例甲厂", "示例丙厂"}
