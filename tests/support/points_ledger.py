"""A small ledger under the small scheme of points, with something in each of its items, made once for a module."""

from __future__ import annotations

import sqlite3

from anjian_cli.ledger import row_check, schema
from anjian_cli.workflow import hazard_cycle
from anjian_cli.workflow.hazard_cycle import Acceptance
from support import points_scheme
from support.desk import FIVE, Desk

TOWNS = (
    ("330784002", "江南街道"),
    ("330784109", "芝英镇"),
    ("330784110", "石柱镇"),
    ("330784111", "前仓镇"),
)
JIANGNAN, ZHIYING, SHIZHU, QIANCANG = (code for code, _ in TOWNS)
MONTHS = range(1, 11)


def made() -> Desk:
    """江南 does all that is asked, and is commended; 芝英 lacks an inspection and is marked down; 石柱 lacks all of
    them, reports seldom and has hazards and a large accident; of 前仓 nothing is recorded and nothing was reported."""
    ledger = sqlite3.connect(":memory:", isolation_level=None)
    ledger.row_factory = sqlite3.Row
    ledger.executescript(schema.text())
    ledger.execute("PRAGMA foreign_keys = ON")
    row_check.install(ledger)
    desk = Desk(ledger)
    for code, name in TOWNS:
        desk.take("town", code=code, name=name)
    with desk.gate(command="scheme adopt") as gate:
        points_scheme.write(gate, "2018-01-01")
    for town, months in (("江南街道", (2, 5, 8)), ("芝英镇", (1, 9))):
        for month in months:
            desk.take("work_item", kind="督查检查", town=town, done_on=f"2018-{month:02d}-10", title=f"{month}月督查")
    for number, level in enumerate(("国家级", "国家级", "省级", "省级")):
        title = f"第{number}次"
        desk.take("work_item", kind="表彰", town="江南街道", done_on="2018-06-20", title=title, level=level)
    for month in MONTHS:
        for town in ("江南街道", "芝英镇", "石柱镇"):
            if town != "石柱镇" or month not in (2, 3, 4, 6):
                desk.filing(f"2018-{month:02d}", f"2018-{month:02d}-28", town=town)
    for town, done in (("江南街道", 20), ("芝英镇", 12), ("石柱镇", 5)):
        desk.target(20, town=town, indicator="负责人培训")
        desk.training(town=town, held_on="2018-05-05", kind="主要负责人", passed=done, attended=20)
    for town, points, reason in (("芝英镇", "-1.5", "网格员不足"), ("芝英镇", "-0.5", "未持证"), ("江南街道", "0", "")):
        desk.take("mark", indicator="监管人员", town=town, month="2018-10", points=points, reason=reason)
    of = {town: desk.enterprise(town=town) for town in ("芝英镇", "石柱镇")}
    closed = desk.hazard(of["芝英镇"], found_on="2018-03-01", deadline_on="2018-03-31", level="重大", **FIVE)
    desk.step(hazard_cycle.rectify, closed, "2018-03-20")
    desk.step(hazard_cycle.accept, closed, Acceptance("2018-03-21"))
    for month in (3, 4, 5, 6):
        desk.hazard(
            of["石柱镇"], found_on=f"2018-{month:02d}-01", deadline_on=f"2018-{month:02d}-20", source="部门检查"
        )
    desk.hazard(of["石柱镇"], found_on="2018-09-01", deadline_on="2018-10-19", source="部门检查", level="重大", **FIVE)
    desk.accident("2018-07-01", town="石柱镇", deaths=4)
    desk.accident("2017-05-01", town="江南街道", sector="火灾", deaths=0, serious=0, direct_loss="10")
    desk.accident("2018-08-01", town="芝英镇", sector="火灾", deaths=0, serious=0, direct_loss="10")
    return desk
