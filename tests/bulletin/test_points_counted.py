"""What points are counted from at its edges, each found by a random scheme once: 按词 within a part of the year, what
is taken off of what falls due today, a quarter made good."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from anjian_cli.bulletin import explain, score_words
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.render.screen import explanation
from anjian_cli.render.screen.styled_lines import text as shown
from anjian_cli.workflow import month, scheme
from support import scheme_file
from support.desk import ZHIYING, Desk

HEAD = """
[办法]
名称 = "示例"
标题 = "示例考核办法"
总分 = "百分制"
考核期 = "{assessed}"

[[类别]]
编号 = "lb"
名称 = "示例类"
计分 = "是"
"""
DUE = {"单位": "条", "数": "当年到期应整改隐患"}


def adopted(desk: Desk, folder: Path, assessed: str, *items: Mapping[str, str]) -> None:
    """Since New Year's Day of 2018; each item a row of its own."""
    text = HEAD.format(assessed=assessed)
    for at, item in enumerate(items):
        row = {"编号": f"i{at}", "类别": "示例类", "指标": f"项{at}", "全称": f"事项{at}", "评分": "否", **item}
        text += "\n[[指标]]\n" + "".join(
            f"{title} = {value if value.startswith(('{', '[')) else repr(value)}\n" for title, value in row.items()
        )
    path = folder / "办法.toml"
    path.write_text(text.replace("'", '"'), encoding="utf-8")
    with desk.gate() as gate:
        scheme.adopt(gate, scheme_file.read(gate.connection, path), "2018-01-01")


def points(desk: Desk, period: Period) -> list[Fraction | None]:
    table = compile_bulletin(desk.ledger, period).points
    assert table is not None
    return [item.points for item in table.row(ZHIYING).items]


def test_by_word_counts_the_half_year_alone(desk: Desk, tmp_path: Path) -> None:
    adopted(desk, tmp_path, "半年", DUE | {"计分": "加分", "计分细则": "按词=一般:2、重大:5"})
    firm = desk.enterprise()
    desk.hazard(firm, found_on="2018-03-01", deadline_on="2018-03-20", source="部门检查")
    desk.hazard(firm, found_on="2018-08-01", deadline_on="2018-08-20", source="部门检查")
    assert points(desk, ended(2018, 6)) == [2]
    assert points(desk, ended(2018, 8)) == [2]


def test_what_falls_due_today_is_neither_added_nor_taken_off(desk: Desk, tmp_path: Path) -> None:
    major = DUE | {"条件": '{ 隐患级别 = "重大" }'}
    rule = {"计分": "扣分", "满分": "10", "计分细则": "每=1；扣=2"}
    by_word = {"计分": "加分", "计分细则": "按词=一般:2、重大:5"}
    adopted(desk, tmp_path, "年", DUE | rule | {"减": '["项1"]'}, major | rule, DUE | by_word)
    firm = desk.enterprise()
    told = {"responsible": "甲", "measures": "停用", "funds": 5000, "contingency_plan": "有"}
    desk.hazard(firm, found_on="2018-10-01", deadline_on="2018-11-05", level="重大", **told)
    desk.hazard(firm, found_on="2018-10-01", deadline_on="2018-10-20")
    desk.filing()
    assert points(desk, Period(2018, 11, "2018-11-05", finished=False)) == [8, 10, 2]
    assert points(desk, ended(2018, 11)) == [8, 8, 7]


@pytest.mark.parametrize(("day", "expected"), [("2018-04-09", 3), ("2018-04-15", 4)])
def test_a_quarter_is_made_good_in_the_month_that_runs(desk: Desk, tmp_path: Path, day: str, expected: int) -> None:
    rule = {"计分": "扣分", "满分": "4", "计分细则": "应有=每年4次按季；每少=1；扣=1"}
    adopted(desk, tmp_path, "年", {"单位": "次", "数": "完成工作项", "条件": '{ 工作项种类 = "会议部署" }'} | rule)
    desk.read("work_item", kind="会议部署", town="芝英镇", done_on="2018-04-10")
    assert points(desk, Period(2018, 4, day, finished=False)) == [expected]


def test_a_commendation_without_a_level_has_no_points_and_is_told(desk: Desk, tmp_path: Path) -> None:
    rule = {"计分": "加分", "计分细则": "按词=国家级:2、省级:1"}
    adopted(desk, tmp_path, "年", {"单位": "次", "数": "完成工作项", "条件": '{ 工作项种类 = "表彰" }'} | rule)
    desk.read("work_item", kind="表彰", town="芝英镇", done_on="2018-04-10")
    unlisted = "有1次没有写或不是国家级、省级，不计分"

    def told() -> str:
        table = compile_bulletin(desk.ledger, ended(2018, 4)).points
        assert table is not None
        (one,) = score_words.worth_telling(table, table.row(ZHIYING))
        return one.reason

    assert told() == unlisted
    desk.read("work_item", kind="表彰", town="芝英镇", done_on="2018-04-20", level="省级")
    assert told() == f"省级1，加1分；{unlisted}"


@pytest.mark.parametrize(
    ("assessed", "since", "points_of"), [("季", "2018-10-01", [8, 4]), ("半年", "2018-07-01", [6, 6])]
)
def test_the_records_that_are_listed_are_those_of_the_assessed_part(
    desk: Desk, tmp_path: Path, assessed: str, since: str, points_of: list[int]
) -> None:
    work = {"单位": "次", "数": "完成工作项", "计分": "扣分", "满分": "10", "计分细则": "每=1；扣=1"}
    due = DUE | {"计分": "加分", "计分细则": "每=1；加=2"}
    veto = {"单位": "次", "数": "完成工作项", "计分": "否决", "计分细则": "满=9；后果=名次末位"}
    adopted(desk, tmp_path, assessed, work, due, veto)
    for day in ("2018-03-05", "2018-08-06", "2018-10-08"):
        desk.read("work_item", kind="会议部署", town="芝英镇", done_on=day, times="2")
    firm, other = desk.enterprise(), desk.enterprise("乙", town="芝英镇")
    for found, due_on in (("2018-03-01", "2018-03-20"), ("2018-08-01", "2018-08-20"), ("2018-10-01", "2018-10-20")):
        desk.hazard(firm, found_on=found, deadline_on=due_on)
    desk.hazard(other, found_on="2018-09-01", deadline_on="2018-10-22")
    assert points(desk, ended(2018, 10)) == points_of
    with desk.gate(command="month close") as gate:
        month.close(gate, ended(2018, 10), "测试")
    desk.read("work_item", kind="会议部署", town="芝英镇", done_on="2018-10-09", times="5")
    counted = {"季": [2, 2, 2], "半年": [4, 3, 4]}[assessed]
    for at, number in enumerate(counted):
        of_item = explain.explain(desk.ledger, explain.Asked(ended(2018, 10), ZHIYING, f"i{at}"))
        assert (of_item.since, of_item.figure) == (since, number)
        assert sum(each.quantity for each in of_item.counted) == number
        assert all(each.from_on >= since for each in of_item.counted)
        earlier = {near.item.from_on for near in of_item.not_counted if near.reason == f"不在本考核期：{since}起计"}
        assert min(earlier) < since
        assert len(earlier) + len(of_item.counted) == (4 if at == 1 else 3)
    begun = f"2018年{int(since[5:7])}月1日"
    assert f"本考核期（{begun}起）{counted[-1]}次，年初以来6次。" in shown(explanation.lines(of_item))


@pytest.mark.parametrize(("written_off_on", "expected"), [("2017-10-03", None), ("2017-10-08", 8), ("2017-11-08", 8)])
def test_an_accident_that_was_written_off_later_was_counted_once(
    desk: Desk, tmp_path: Path, written_off_on: str, expected: int | None
) -> None:
    """That the year before is known does not hang on the month in which that was."""
    more = {"单位": "起", "数": "生产安全事故起数", "对照": "上年同期"}
    adopted(desk, tmp_path, "年", more | {"计分": "扣分", "满分": "10", "计分细则": "每多=1；扣=2"})
    before = desk.accident("2017-10-03", town="芝英镇", deaths=1)
    desk.edit("accident", before, written_off_on=written_off_on, write_off_reason="经核不属生产安全事故")
    desk.accident("2018-10-05", town="芝英镇", deaths=1)
    desk.filing()
    assert points(desk, ended(2018, 11)) == [expected]


def test_of_a_total_alone_no_word_and_no_event_is_known(desk: Desk, tmp_path: Path) -> None:
    """An opening figure of 4 dead says nothing of how many there were at once: neither full marks nor nothing."""
    deaths = {"单位": "人", "数": "生产安全事故死亡人数", "计分": "扣分", "满分": "10"}
    work = {"单位": "次", "数": "完成工作项", "计分": "加分", "计分细则": "按词=县级:2、省级:5"}
    one_kind = {"单位": "次", "数": "完成工作项", "条件": '{ 工作项种类 = "会议部署" }', "计分": "加分"}
    items = (work, deaths | {"计分细则": "逐件档=3:5、1:2"}, one_kind | {"计分细则": "每=1；加=1"})
    adopted(desk, tmp_path, "半年", *items)
    for at in range(3):
        desk.opening(f"项{at}", "2018-06-30", "4")
    desk.filing()
    assert points(desk, ended(2018, 6)) == [None, None, 4]
    table = compile_bulletin(desk.ledger, ended(2018, 6)).points
    assert table is not None
    assert [item.reason for item in table.row(ZHIYING).items[:2]] == ["期初数没有按词分开", "期初数没有逐起记录"]
    assert points(desk, ended(2018, 5)) == [None, None, None]
    assert points(desk, ended(2018, 10)) == [0, 10, 0]


ONE_KIND = {"单位": "次", "数": "完成工作项", "条件": '{ 工作项种类 = "会议部署" }'}
ANOTHER = {"单位": "次", "数": "完成工作项", "条件": '{ 工作项种类 = "表彰" }'}
EACH = {"计分": "扣分", "满分": "10", "计分细则": "每=1；扣=1"}
UP_TO_JUNE = {"from_on": "2018-06-30", "cumulative": "4"}


def test_what_is_added_or_taken_off_rests_on_its_totals_too(desk: Desk, tmp_path: Path) -> None:
    """Within the days of a total nobody knows how much of it there was already; behind them it counts whole."""
    by_month = {"计分": "扣分", "满分": "10", "计分细则": "应有=每月1次；每少=1；扣=1", "加": '["项3"]'}
    items = (ONE_KIND | EACH | {"加": '["项3"]'}, ONE_KIND | EACH | {"减": '["项3"]'}, ONE_KIND | by_month, ANOTHER)
    adopted(desk, tmp_path, "年", *items)
    desk.read("work_item", kind="会议部署", town="芝英镇", done_on="2018-02-10", times="5")
    desk.opening("项3", **UP_TO_JUNE)
    desk.filing()
    assert points(desk, ended(2018, 5)) == [None, None, None]
    assert points(desk, ended(2018, 6)) == [1, 9, None]
    bulletin = compile_bulletin(desk.ledger, ended(2018, 6))
    notes = {table.short: table.note for category in bulletin.categories for table in category.indicators}
    assert "含期初数" in notes["项0"]
    assert "含期初数" in notes["项1"]
    of_sum = explain.explain(desk.ledger, explain.Asked(ended(2018, 6), ZHIYING, "i0"))
    assert (of_sum.figure, sum(item.quantity for item in of_sum.counted)) == (9, 9)
    assert explain.explain(desk.ledger, explain.Asked(ended(2018, 5), ZHIYING, "i0")).figure is None


def test_a_total_is_of_whatever_counts_the_same(desk: Desk, tmp_path: Path) -> None:
    """Told under the name of one indicator it is in the sum of the other, which does not know more of it."""
    adopted(desk, tmp_path, "年", ONE_KIND | EACH, ONE_KIND | EACH)
    desk.opening("项0", **UP_TO_JUNE)
    desk.filing()
    assert points(desk, ended(2018, 6)) == [6, 6]
    assert points(desk, ended(2018, 5)) == [None, None]


def test_a_rate_of_what_is_not_known_is_not_known(desk: Desk, tmp_path: Path) -> None:
    """That nobody knows how many were owed does not mean that none were."""
    done = {"单位": "条", "数": "逾期后整改的隐患", "对照": "项2", "计分": "按率", "满分": "10"}
    less = done | {"计分": "扣分", "计分细则": "每少=1；扣=1"}
    adopted(desk, tmp_path, "年", done | {"计分细则": "封顶=是"}, less, DUE)
    desk.opening("项2", **UP_TO_JUNE)
    desk.filing()
    table = compile_bulletin(desk.ledger, ended(2018, 5)).points
    assert table is not None
    assert [item.state for item in table.row(ZHIYING).items] == ["未知", "未知"]
    assert points(desk, ended(2018, 6)) == [0, 6]


def test_a_quarter_is_known_from_its_own_total(desk: Desk, tmp_path: Path) -> None:
    """Of a total of three months no month is known, but the quarter is, and the year by quarters."""
    rule = {"计分": "扣分", "满分": "10"}
    ways = ("应有=每月1次；每少=1；扣=1", "应有=每季1次；每少=1；扣=1", "应有=每年4次按季；每少=1；扣=1")
    adopted(desk, tmp_path, "年", *(ONE_KIND | rule | {"计分细则": way} for way in ways))
    desk.opening("项0", "2018-03-31", "2")
    desk.filing()
    assert points(desk, ended(2018, 3)) == [None, 10, 10]
    assert points(desk, ended(2018, 5)) == [None, 10, 10]
    assert points(desk, ended(2018, 6)) == [None, 9, 10]
    assert points(desk, ended(2018, 9)) == [None, 8, 9]
    desk.opening("项0", "2018-01-31", "1")
    desk.opening("项0", "2018-02-28", "1")
    assert points(desk, ended(2018, 3)) == [9, 10, 10]  # February alone had none


def test_a_total_of_one_word_enters_nothing_wider(desk: Desk, tmp_path: Path) -> None:
    by_word = {"单位": "次", "数": "完成工作项", "计分": "加分", "计分细则": "按词=县级:2、省级:5"}
    county = {"单位": "次", "数": "完成工作项", "条件": '{ 工作项级别 = "县级" }'}
    adopted(desk, tmp_path, "年", by_word, county)
    desk.opening("项1", **UP_TO_JUNE)
    desk.read("work_item", kind="会议部署", town="芝英镇", done_on="2018-08-10", level="县级")
    assert points(desk, ended(2018, 8)) == [2]


def test_by_word_of_what_stands_nothing_is_known_before_it_was_told(desk: Desk, tmp_path: Path) -> None:
    standing = {"单位": "条", "数": "未验收销号隐患", "计分": "加分", "计分细则": "按词=一般:1、重大:5"}
    adopted(desk, tmp_path, "年", standing)
    desk.opening("项0", **UP_TO_JUNE)
    assert points(desk, ended(2018, 5)) == [None]


def test_larger_accidents_among_a_total_are_not_known(desk: Desk, tmp_path: Path) -> None:
    fires = {"单位": "起", "条件": '{ 行业领域 = "火灾" }'}
    larger = fires | {"数": "较大及以上生产安全事故"} | EACH
    adopted(desk, tmp_path, "年", larger, fires | {"数": "生产安全事故起数"})
    desk.opening("项1", **UP_TO_JUNE)
    assert points(desk, ended(2018, 6)) == [None]
    desk.opening("项0", "2018-06-30", "1")
    assert points(desk, ended(2018, 6)) == [9]


def test_what_has_no_task_is_not_open(desk: Desk, tmp_path: Path) -> None:
    asked = ONE_KIND | {"对照": "任务", "评分": "是", "计分": "扣分", "满分": "10", "计分细则": "每少=1；扣=1"}
    adopted(desk, tmp_path, "年", asked)
    desk.opening("项0", **UP_TO_JUNE)
    table = compile_bulletin(desk.ledger, ended(2018, 5)).points
    assert table is not None
    assert table.row(ZHIYING).items[0].state == "缺项"
