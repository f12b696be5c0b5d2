"""工作项统计: each figure against what was recorded, the same in all by every split; what was held for a campaign."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.bulletin.campaign_board import campaign_board
from anjian_cli.bulletin.summary_table import SummaryTable, Value
from anjian_cli.bulletin.work_summary import CAMPAIGN, DEPARTMENT, KIND, MONTH, NO_CAMPAIGN, PER, TOWN, work_summary
from support.desk import Desk

DAY = "2018-10-31"
AUTUMN = "示例大检查"


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.towns()
    desk.take("department", name="示例甲局")
    desk.take("campaign", name=AUTUMN, from_on="2018-10-01", last_on="2018-12-31")
    work: list[dict[str, Any]] = [
        {"kind": "会议部署", "town": "芝英镇", "done_on": "2018-10-02", "campaign": AUTUMN},
        {"kind": "督查检查", "town": "芝英镇", "done_on": "2018-09-02", "times": 3},
        {"kind": "督查检查", "department": "示例甲局", "done_on": "2018-10-03", "campaign": AUTUMN},
        {"kind": "会议部署", "town": "芝英镇", "done_on": "2018-11-01", "campaign": AUTUMN},
        {"kind": "会议部署", "town": "石柱镇", "done_on": "2017-10-31"},
        {"kind": "会议部署", "town": "石柱镇", "done_on": "2017-11-01"},
    ]
    for number, row in enumerate(work):
        desk.take("work_item", **{"title": f"示例{number}", "times": 1, **row})
    mistaken = desk.take("work_item", kind="表彰", town="石柱镇", done_on="2018-05-01", title="登错", times=1)
    desk.void("work_item", mistaken.row_id, "登错")
    return desk


def said(table: SummaryTable, name: str) -> dict[str, Value]:
    row = next(row for row in table.all_rows if row.name == name)
    return {column.full_title: value for column, value in zip(table.columns, row.values, strict=True) if value}


def test_by_town_with_who_held_nothing(office: Desk) -> None:
    table = work_summary(office.ledger, DAY)
    assert [column.full_title for column in table.columns] == ["督查检查", "会议部署", "合计", "上年同期合计"]
    assert said(table, "芝英镇") == {"会议部署": 1, "督查检查": 3, "合计": 4}
    assert said(table, "石柱镇") == {"上年同期合计": 1}
    assert said(table, "各部门") == {"督查检查": 1, "合计": 1}
    assert {row.name: row.behind for row in table.rows}["石柱镇"]
    assert not {row.name: row.behind for row in table.rows}["芝英镇"]


def test_by_department_campaign_and_month(office: Desk) -> None:
    departments = work_summary(office.ledger, DAY, DEPARTMENT)
    assert [row.name for row in departments.rows] == ["示例甲局", "各镇街"]
    campaigns = work_summary(office.ledger, DAY, CAMPAIGN)
    assert (said(campaigns, AUTUMN)["合计"], said(campaigns, NO_CAMPAIGN)["合计"]) == (2, 3)
    months = work_summary(office.ledger, DAY, MONTH)
    assert [said(months, f"{month}月").get("合计", 0) for month in range(8, 11)] == [0, 3, 2]


def test_by_kind_with_the_towns_that_held_none(office: Desk) -> None:
    table = work_summary(office.ledger, DAY, KIND)
    meetings = said(table, "会议部署")
    assert (meetings["次数"], meetings["上年同期次数"]) == (1, 1)
    assert "石柱" in str(meetings["没做的镇街"])
    assert "芝英" not in str(meetings["没做的镇街"])
    assert said(table, "督查检查")["部门（次）"] == 1
    office.take("work_item", kind="约谈", town="芝英镇", done_on="2018-10-09", title="约谈", times=1)
    assert said(work_summary(office.ledger, DAY, KIND), "约谈") == {"次数": 1, "做了的镇街": "1/2"}


@pytest.mark.parametrize("day", [DAY, "2018-10-02", "2018-01-01"])
def test_every_split_adds_up_to_the_same(office: Desk, day: str) -> None:
    totals = []
    for per in PER:
        table = work_summary(office.ledger, day, per)
        at = [column.full_title for column in table.columns].index("次数" if per == KIND else "合计")
        totals.append([sum(int(str(row.values[at])) for row in table.rows), table.total and table.total.values[at]])
    assert all(one == totals[0] for one in totals), totals


def test_a_year_without_any(office: Desk) -> None:
    table = work_summary(office.ledger, "2016-10-31", TOWN)
    assert all(row.behind for row in table.rows)


def test_the_board_shows_what_was_held_for_the_campaign(office: Desk) -> None:
    work = campaign_board(office.ledger, AUTUMN, DAY).work
    assert work is not None
    assert said(work, "芝英镇") == {"会议部署": 1}
    assert said(work, "示例甲局") == {"督查检查": 1}
    assert said(work, "合计") == {"会议部署": 1, "督查检查": 1}
    assert campaign_board(office.ledger, AUTUMN, "2018-10-01").work is None
