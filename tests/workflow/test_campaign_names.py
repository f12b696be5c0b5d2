"""Inspections and work items name a campaign of the register, and follow it where it is renamed."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.bulletin.doubts_of_work import doubts_of_work
from anjian_cli.bulletin.period import ended
from anjian_cli.records.values import CLEAR
from support.desk import Desk, refuses

AUTUMN = "2018年秋季大检查"
VISIT: dict[str, Any] = {"inspected_on": "2018-10-09", "method": "部门检查", "found_any": "无"}
DRILL: dict[str, Any] = {"kind": "应急演练", "town": "芝英镇", "done_on": "2018-10-09", "title": "火灾演练"}


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.take("campaign", name=AUTUMN, from_on="2018-09-01", last_on="2018-10-31")
    return desk


def as_of_before(desk: Desk, table: str, row: int, name: str) -> None:
    """Let a row name a campaign that is none, as it could before names were held."""
    with desk.gate() as gate:
        gate.update(table, row, campaign=name)


def test_a_campaign_that_is_none_is_refused_with_the_nearest(office: Desk) -> None:
    firm = office.enterprise()
    for told, meant in (
        ("2018年秋季大检察", f"您要填的是“{AUTUMN}”吗"),
        ("秋季", f"“{AUTUMN}”"),
        ("冬防", "行动 新增"),
    ):
        with refuses("E860") as said:
            office.of("inspection", firm, **VISIT, campaign=told)
        assert meant in said[0]
        with refuses("E860"):
            office.take("work_item", **DRILL, campaign=told)
    row = office.of("inspection", firm, **VISIT)
    with refuses("E860"):
        office.edit("inspection", row, campaign="冬防")
    office.void("campaign", 1)
    with refuses("E860"):
        office.edit("inspection", row, campaign=AUTUMN)


def test_it_is_spelt_as_it_is_registered(office: Desk) -> None:
    office.take("campaign", name="百日攻坚（一期）", from_on="2018-09-01")
    row = office.of("inspection", office.enterprise(), **VISIT, campaign="百日攻坚(一期)")
    assert office.row("inspection", row)["campaign"] == "百日攻坚（一期）"
    item = office.take("work_item", **DRILL, campaign=AUTUMN).row_id
    assert office.row("work_item", item)["campaign"] == AUTUMN


def test_what_stood_before_stands(office: Desk) -> None:
    firm = office.enterprise()
    row = office.of("inspection", firm, **VISIT)
    item = office.take("work_item", **DRILL).row_id
    as_of_before(office, "inspection", row, "春节检查")
    as_of_before(office, "work_item", item, "春节检查")
    again = office.take("inspection", enterprise=office.name(firm), **VISIT, campaign="春节检查", inspector="检查员甲")
    assert (again.row_id, again.outcome) == (row, "changed")
    assert office.take("work_item", **DRILL, campaign="春节检查").outcome == "unchanged"
    with refuses("E860"):
        office.edit("inspection", row, campaign="元旦检查")
    with refuses("E860"):
        office.of("inspection", firm, **{**VISIT, "inspected_on": "2018-10-10"}, campaign="春节检查")
    assert office.edit("inspection", row, campaign=CLEAR).outcome == "changed"


def test_a_visit_of_one_campaign_is_not_moved_to_another_by_its_day(office: Desk) -> None:
    """A second campaign's form with the same firm, day and way would take the visit from the first."""
    office.take("campaign", name="百日攻坚", from_on="2018-10-01")
    firm = office.enterprise()
    row = office.of("inspection", firm, **VISIT)
    again = {"enterprise": office.name(firm), **VISIT}
    assert office.take("inspection", **again, campaign=AUTUMN).outcome == "changed"
    with refuses("E871") as said:
        office.take("inspection", **again, campaign="百日攻坚")
    assert all(told in said[0] for told in (AUTUMN, "百日攻坚", str(office.row("inspection", row)["number"])))
    assert office.take("inspection", **again, inspector="检查员甲").outcome == "changed"
    assert office.row("inspection", row)["campaign"] == AUTUMN
    assert office.edit("inspection", row, campaign="百日攻坚").outcome == "changed"
    as_of_before(office, "inspection", row, "春节检查")
    assert office.take("inspection", **again, campaign=AUTUMN).outcome == "changed"


def test_records_that_bear_the_name_already_are_told(office: Desk) -> None:
    """Of a campaign that was voided, say: another one that gets its name would have its visits, without a word."""
    office.of("inspection", office.enterprise(), **VISIT, campaign=AUTUMN)
    office.take("work_item", **DRILL, campaign=AUTUMN)
    office.void("campaign", 1)
    other = office.take("campaign", name="百日攻坚", from_on="2018-09-01")
    assert other.said == []
    (said,) = office.edit("campaign", other.row_id, name=AUTUMN).said
    assert said.code == "N452"
    assert f"写着“{AUTUMN}”的检查1条、工作项1条" in str(said)
    assert office.edit("campaign", other.row_id, remark="示例").said == []
    assert office.take("campaign", name="百日攻坚", from_on="2018-09-01").said == []


@pytest.mark.parametrize(("day", "counts"), [("08-31", False), ("09-01", True), ("10-31", True), ("11-01", False)])
def test_a_visit_outside_the_days_of_its_campaign_is_told_not_to_count(office: Desk, day: str, counts: bool) -> None:
    told = {**VISIT, "inspected_on": f"2018-{day}", "enterprise": office.name(office.enterprise())}
    row = office.take("inspection", **told)
    assert row.said == []
    said = office.take("inspection", **told, campaign=AUTUMN).said
    assert [fault.code for fault in said] == ([] if counts else ["N451"])
    assert office.take("inspection", **told, campaign=AUTUMN).said == []
    office.take("campaign", name="常年检查", from_on="2018-09-01")
    said = office.edit("inspection", row.row_id, campaign="常年检查", inspected_on="2018-08-30").said
    assert "（2018-09-01起）" in str(said[0])


def test_records_follow_a_campaign_that_is_renamed(office: Desk) -> None:
    firm = office.enterprise()
    kept = office.of("inspection", firm, **VISIT, campaign=AUTUMN)
    gone = office.of("inspection", firm, **{**VISIT, "inspected_on": "2018-10-10"}, campaign=AUTUMN)
    item = office.take("work_item", **DRILL, campaign=AUTUMN).row_id
    office.void("inspection", gone)
    renamed = office.edit("campaign", 1, name="秋季攻坚")
    assert [str(each.code) for each in renamed.said] == ["N450"]
    assert "检查1条、工作项1条" in str(renamed.said[0])
    assert office.rows("inspection", "campaign") == [("秋季攻坚",), (AUTUMN,)]
    assert office.row("work_item", item)["campaign"] == "秋季攻坚"
    office.undo()
    assert office.row("inspection", kept)["campaign"] == AUTUMN
    office.take("campaign", name="百日攻坚", from_on="2018-09-01")
    with refuses("E238"):
        office.edit("campaign", 1, name="百日攻坚")
    assert office.edit("campaign", 2, name="百日会战").said == []


def test_a_check_of_the_month_tells_those_that_are_none_once(office: Desk) -> None:
    firm = office.enterprise()
    row = office.of("inspection", firm, **VISIT, campaign=AUTUMN)
    later = office.of("inspection", firm, **{**VISIT, "inspected_on": "2018-11-01"})
    october = ended(2018, 10)
    as_of_before(office, "inspection", later, "春节检查")
    assert doubts_of_work(office.ledger, october) == []
    as_of_before(office, "inspection", row, "春节检查")
    as_of_before(office, "work_item", office.take("work_item", **DRILL).row_id, "春节检查")
    (said,) = doubts_of_work(office.ledger, october)
    assert "春节检查（2条）" in said
    assert "anjian 行动 新增 春节检查" in said
    office.take("campaign", name="春节检查", from_on="2018-09-01")
    assert doubts_of_work(office.ledger, october) == []
