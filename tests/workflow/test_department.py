"""Departments: from a day until another, and called as they were on the day."""

from __future__ import annotations

import pytest

from anjian_cli.errors import Misread
from anjian_cli.ledger.lookup import Finder
from support.desk import Desk, refuses


@pytest.fixture
def renamed(desk: Desk) -> Desk:
    """示例安监局, from 2019 on 示例应急局; both 安监办 for short."""
    desk.take("department", name="示例安监局", short_name="安监办", until_on="2019-01-01")
    desk.take("department", name="示例应急局", short_name="安监办", from_on="2019-01-01")
    desk.take("department", name="示例安监局", merged_into="示例应急局")
    return desk


def test_one_of_an_older_ledger_was_always_there(desk: Desk) -> None:
    one = desk.take("department", name="示例建设局")
    finder = Finder(desk.ledger)
    assert {finder.department("示例建设局", day).number for day in (None, "1990-01-01", "2099-01-01")} == {one.number}
    assert finder.department(one.number).name == "示例建设局"


def test_called_as_it_was_on_the_day(renamed: Desk) -> None:
    finder = Finder(renamed.ledger)
    assert finder.department("安监办", "2018-12-31").name == "示例安监局"
    assert finder.department("安监办", "2019-01-01").name == finder.department("安监办").name == "示例应急局"
    for name, day, remedy in (
        ("示例安监局", "2019-01-01", "请改填“示例应急局”"),
        ("示例应急局", "2018-12-31", "那时叫“示例安监局”，请照那一天的名称填"),
    ):
        with pytest.raises(Misread) as refused:
            finder.department(name, day)
        assert refused.value.code == "E792"
        assert refused.value.words["remedy"] == remedy
    with pytest.raises(Misread, match="没有这个"):
        finder.department("示例安监")


def test_what_left_for_nowhere_is_said_so(desk: Desk) -> None:
    desk.take("department", name="示例甲局", until_on="2018-07-01")
    desk.take("department", name="示例乙局", from_on="2018-07-01")
    finder = Finder(desk.ledger)
    for name, day in (("示例甲局", "2018-07-01"), ("示例乙局", "2018-06-30")):
        with pytest.raises(Misread) as refused:
            finder.department(name, day)
        assert refused.value.words["remedy"] == "请改填那一天的部门"


def test_two_of_one_day_are_not_called_alike(desk: Desk) -> None:
    first = desk.take("department", name="示例住建局", short_name="建设局")
    with refuses("E791") as messages:
        desk.take("department", name="建设局")
    assert f"“示例住建局”（{first.number}）" in messages[0]
    with refuses("E791"):
        desk.take("department", name="示例规划局", short_name="建设局", from_on="2018-05-01")
    desk.edit("department", first.row_id, until_on="2018-05-01")
    desk.take("department", name="示例规划局", short_name="建设局", from_on="2018-05-01")
    with refuses("E791"):
        desk.edit("department", first.row_id, until_on="2018-05-02")
    desk.void("department", first.row_id)
    assert desk.take("department", name="示例规划局", remark="x").outcome == "changed"


def test_it_ends_after_it_began_and_goes_into_another(desk: Desk) -> None:
    one = desk.take("department", name="示例甲局", from_on="2018-05-01")
    with refuses("E214"):
        desk.edit("department", one.row_id, until_on="2018-05-01")
    desk.take("department", name="示例乙局")
    with refuses("E424"):
        desk.edit("department", one.row_id, merged_into="示例乙局")
    with refuses("E790"):
        desk.edit("department", one.row_id, until_on="2018-06-01", merged_into="示例甲局")
    desk.edit("department", one.row_id, until_on="2018-06-01", merged_into="示例乙局")
    assert desk.rows("department_listing", "name", "until_on", "merged_into") == [
        ("示例甲局", "2018-06-01", "示例乙局"),
        ("示例乙局", None, None),
    ]


def test_it_goes_into_one_that_is_there_on_the_day(desk: Desk) -> None:
    one = desk.take("department", name="示例甲局")
    other = desk.take("department", name="示例乙局")
    third = desk.take("department", name="示例丙局", from_on="2018-08-01")
    with refuses("E841") as messages:
        desk.edit("department", one.row_id, until_on="2018-07-31", merged_into="示例丙局")
    assert "“示例丙局”2018-07-31不在" in messages[0]
    desk.edit("department", one.row_id, until_on="2018-06-01", merged_into="示例乙局")
    with refuses("E841"):  # round in a circle nobody would have what is theirs
        desk.edit("department", other.row_id, until_on="2018-07-01", merged_into="示例甲局")
    with refuses("E841"):
        desk.edit("department", other.row_id, until_on="2018-06-01")
    desk.edit("department", other.row_id, until_on="2018-08-01", merged_into="示例丙局")
    with refuses("E841"):
        desk.edit("department", third.row_id, from_on="2018-08-02")
