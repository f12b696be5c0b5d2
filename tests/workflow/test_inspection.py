"""An inspection: counted where the enterprise was on the day, and there it stays."""

from __future__ import annotations

from typing import Any

import pytest

from support.desk import SHIZHU, ZHIYING, Desk, refuses

INSPECTED = "hazard.inspected"
GIVEN: dict[str, Any] = {"inspected_on": "2018-05-09", "method": "部门检查", "found_any": "有"}


@pytest.fixture
def firm(desk: Desk) -> int:
    return desk.enterprise()


def test_counted_on_its_day(desk: Desk, firm: int) -> None:
    desk.of("inspection", firm, **GIVEN)
    assert desk.figures(INSPECTED, "2018-05-08", "2018-05-09", "2018-12-31", "2019-01-01") == [0, 1, 1, 0]


def test_one_a_day_and_method(desk: Desk, firm: int) -> None:
    row = desk.of("inspection", firm, **GIVEN)
    assert desk.of("inspection", firm, **GIVEN, inspector="检查员甲") == row
    desk.of("inspection", firm, **{**GIVEN, "method": "联合执法"})
    assert desk.figure(INSPECTED, "2018-10-31") == 2
    with refuses("E238"):
        desk.edit("inspection", row, method="联合执法")


def test_trap_10_it_is_of_the_town_of_its_day_and_stays_there(desk: Desk, firm: int) -> None:
    desk.move(firm, "石柱镇", "2018-07-01")
    before, after = (
        desk.of("inspection", firm, **{**GIVEN, "inspected_on": on}) for on in ("2018-06-30", "2018-07-01")
    )
    assert [desk.row("inspection", row)["town_code"] for row in (before, after)] == [ZHIYING, SHIZHU]
    # A move that becomes known later does not take what was found in a town away from it.
    desk.move(firm, "石柱镇", "2018-06-01")
    assert (desk.figure(INSPECTED, "2018-10-31"), desk.figure(INSPECTED, "2018-10-31", SHIZHU)) == (1, 1)


def test_what_it_found_is_counted_beside_it(desk: Desk, firm: int) -> None:
    desk.of("inspection", firm, **GIVEN)
    found = {"found_on": "2018-05-09", "deadline_on": "2018-06-09"}
    desk.hazard(firm, source="部门检查", **found)
    desk.void("hazard", desk.hazard(firm, source="部门检查", **found))
    desk.hazard(firm, source="网格巡查", **found)
    assert desk.rows("inspection_listing", "hazards_found") == [(1,)]


def test_voided_it_is_told_near_the_figure(desk: Desk, firm: int) -> None:
    desk.void("inspection", desk.of("inspection", firm, **GIVEN), "重复")
    assert desk.figure(INSPECTED, "2018-10-31") == 0
    assert desk.near(INSPECTED) == ["已作废：重复"]
    with refuses("E236"):
        desk.of("inspection", firm, **GIVEN)
