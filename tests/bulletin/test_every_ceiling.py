"""All limits of a scheme at once: of an item, a group, a category, its bonuses, its deductions; and what may fall below
nought. By hand, and held against the second opinion."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from anjian_cli.bulletin import composition, points_explained
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.workflow import scheme
from oracle import points
from support import scheme_file
from support.desk import ZHIYING, Desk
from support.held_points import held

SCHEME = """
[办法]
名称 = "示例"
标题 = "示例考核办法"
总分 = "百分制"
缺项 = "折算"

[[类别]]
编号 = "lx"
名称 = "履职类"
计分 = "是"
满分 = 20
加分上限 = 3
减分上限 = 4

[[类别]]
编号 = "dk"
名称 = "倒扣类"
计分 = "是"
折算 = "50%"

[[组]]
编号 = "zu"
类别 = "履职类"
名称 = "领导责任"
满分 = 12

[[指标]]
编号 = "a1"
类别 = "履职类"
组 = "领导责任"
指标 = "督查"
全称 = "督查检查"
单位 = "次"
数 = "完成工作项"
条件 = { 工作项种类 = "督查检查" }
评分 = "否"
计分 = "按档"
满分 = 10
计分细则 = "档=3:10、1:5"

[[指标]]
编号 = "a2"
类别 = "履职类"
组 = "领导责任"
指标 = "会议"
全称 = "会议部署"
单位 = "次"
数 = "完成工作项"
条件 = { 工作项种类 = "会议部署" }
评分 = "否"
计分 = "按档"
满分 = 10
计分细则 = "档=3:10、1:5"

[[指标]]
编号 = "a3"
类别 = "履职类"
指标 = "未销"
全称 = "未销号隐患"
单位 = "条"
数 = "未验收销号隐患"
评分 = "否"
计分 = "扣分"
满分 = 10
计分细则 = "每=1；扣=4"

[[指标]]
编号 = "a4"
类别 = "履职类"
指标 = "演练"
全称 = "应急演练"
单位 = "次"
数 = "完成工作项"
条件 = { 工作项种类 = "应急演练" }
评分 = "否"
计分 = "加分"
计分细则 = "每=1；加=1；封顶=2"

[[指标]]
编号 = "a5"
类别 = "履职类"
指标 = "检查"
全称 = "安全检查"
单位 = "家次"
数 = "安全检查"
评分 = "否"
计分 = "加分"
计分细则 = "每=1；加=2"

[[指标]]
编号 = "b1"
类别 = "倒扣类"
指标 = "亡人"
全称 = "事故死亡"
单位 = "人"
数 = "生产安全事故死亡人数"
评分 = "否"
计分 = "扣分"
计分细则 = "每=1；扣=9；不封底=是"
"""
OCTOBER = ended(2018, 10)


def test_every_limit_takes_hold_at_once(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "办法.toml"
    path.write_text(SCHEME, encoding="utf-8")
    with desk.gate() as gate:
        scheme.adopt(gate, scheme_file.read(gate.connection, path), "2018-01-01")
    for kind, times in (("督查检查", "3"), ("会议部署", "4"), ("应急演练", "5")):
        desk.read("work_item", kind=kind, town="芝英镇", done_on="2018-03-05", times=times)
    firm = desk.enterprise()
    for found_on in ("2018-09-01", "2018-09-02", "2018-09-03"):
        desk.hazard(firm, found_on=found_on, deadline_on="2018-12-20")
    for day in ("2018-05-01", "2018-06-01"):
        desk.of("inspection", firm, inspected_on=day, method="部门检查", found_any="无")
    desk.accident("2018-09-20", town="芝英镇", deaths=2)
    desk.filing()

    table = compile_bulletin(desk.ledger, OCTOBER).points
    assert table is not None
    row = table.row(ZHIYING)
    # 12 off 10 leaves nothing; 5 drills add 2 and not 5; nothing holds up what has no full marks.
    assert [item.points for item in row.items] == [10, 10, 0, 2, 4, -18]
    # 10+10 are 12 by the group; of 10 that were taken off 4 count: 12+6=18; of 6 that are added 3.
    assert [category.points for category in row.categories] == [21, -18]
    assert row.total == 21 - Fraction(18, 2)
    held(desk.ledger, points.read(SCHEME), 2018, 10)
    found = points_explained.whole(desk.ledger, composition.Asked(OCTOBER, ZHIYING, "lx"))
    assert found is not None
    assert sum(change.by for change in found.changes) == 21 - 26
    assert [change.by for change in found.changes] == [-8, 6, -3]
