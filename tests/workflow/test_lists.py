"""Agencies, departments and grid officers: found by their names, one of a name at a time."""

from __future__ import annotations

import pytest

from support.desk import Desk, refuses


@pytest.mark.parametrize("record", ["agency", "department", "campaign"])
def test_one_of_a_name_at_a_time(desk: Desk, record: str) -> None:
    more = {"from_on": "2018-10-01"} if record == "campaign" else {}
    first = desk.take(record, name="示例甲", **more)
    again = desk.take(record, name="示例甲", **more, remark="x")
    assert (again.outcome, again.row_id) == ("changed", first.row_id)
    other = desk.take(record, name="示例乙", **more)
    with refuses("E238") as messages:
        desk.edit(record, other.row_id, name="示例甲")
    assert f"“{first.number}”已有这个" in messages[0]
    desk.void(record, first.row_id)
    desk.edit(record, other.row_id, name="示例甲")
    assert desk.rows(f"{record}_listing", "name", where="voided_on IS NULL") == [("示例甲",)]
    # The name is another's now, so the first one does not come back.
    with refuses("E432"):
        desk.undo(desk.head - 1)


def test_what_an_agency_does_stands_beside_it(desk: Desk) -> None:
    desk.take("agency", name="示例安全技术公司")
    firm = desk.enterprise()
    desk.contract(firm)
    desk.void("trusteeship", desk.contract(firm, kind="小微"))
    desk.of("visit", firm, agency="示例安全技术公司", kind="喷涂", visited_on="2018-05-09")
    assert desk.rows("agency_listing", "contracts", "visits") == [(1, 1)]


def test_an_officer_of_a_town_and_a_name(desk: Desk) -> None:
    desk.village()
    told = {"town": "芝英镇", "name": "网格员甲"}
    first = desk.take("officer", **told, village="溪心村", from_on="2018-03-01")
    assert desk.take("officer", **told, until_on="2019-03-01").row_id == first.row_id  # may be told beforehand
    other = desk.take("officer", **{**told, "town": "石柱镇"})
    assert other.row_id != first.row_id
    assert [first.number[:9], other.number[:9]] == ["330784109", "330784110"]
    with refuses("E214"):
        desk.edit("officer", first.row_id, until_on="2018-02-28")
    with refuses("E231"):
        desk.take("officer", town="石柱镇", name="网格员丙", village="溪心村")
    with refuses("E238"):
        desk.edit("officer", other.row_id, town="芝英镇")
