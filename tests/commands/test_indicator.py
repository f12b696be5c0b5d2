"""`anjian indicator list`, and templates of one kind."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.ledger import catalogue
from anjian_cli.records import definition
from commands.conftest import Run
from oracle.by_indicator import items


def test_every_indicator_is_listed_once(office: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(office("indicator", "list", "--format", "csv"))))
    with closing(sqlite3.connect("a.db")) as ledger:
        known = [row[0] for row in ledger.execute("SELECT id FROM indicator ORDER BY position")]
    assert [row["编号"] for row in rows] == known
    by_name = {row["指标"]: row for row in rows}
    assert (by_name["罚款"]["单位"], by_name["罚款"]["数自"], by_name["罚款"]["评排名"]) == ("万元", "执法案件", "否")
    assert (by_name["三级复评"]["对照"], by_name["三级新创"]["对照"]) == ("到期复评", "年度任务")
    office("settings", "add", "是否评排名.二级达标", "--value", "否")
    assert "二级达标,二级标准化达标,家,标准化,否" in office("指标", "列表", "--查找", "二级达标", "--格式", "csv")


def test_by_category_on_a_screen(office: Run) -> None:
    said = office("indicator", "list")
    assert said.startswith("安全生产教育培训\n指标")
    assert said.index("安全专项整治\n") < said.index("隐患排查治理\n")
    assert office("indicator", "list", "--find", "没有的") == "（没有）\n"


@pytest.mark.usefixtures("office")
def test_each_is_counted_from_the_records_that_it_says() -> None:
    with closing(sqlite3.connect("a.db")) as ledger:
        ledger.row_factory = sqlite3.Row
        told = {entry.id: entry.source for entry in catalogue.indicators(ledger, "2018-10-31")}
        found = ledger.execute(
            f"SELECT DISTINCT i.indicator, r.root FROM {items()} i JOIN record_table r ON r.name = i.record"
        ).fetchall()
        roots = dict(ledger.execute("SELECT name, root FROM record_table").fetchall())
    assert len(found) > 40
    for indicator, root in found:
        assert roots[told[indicator]] == root, indicator
    assert set(told.values()) <= set(definition.names())


def test_a_template_of_one_kind(office: Run) -> None:
    office("template", "隐患", "-o", "隐患.xlsx")
    assert "隐患0行" in office("import", "隐患.xlsx")
    told = office("空表", "任务", "-o", "任务.xlsx")
    assert "2018年的任务已经下达，所以给的是下一年的；要补、要改2018年的：" in told
    office(*told.rpartition("：")[2].rstrip("。\n").split()[1:])
    assert "已经下达" not in office("空表", "任务", "--year", "2019", "-o", "再一份.xlsx")
    assert "已填" not in office("template", "hazard", "-o", "又.xlsx")
    assert "可以是 设置、" in office("template", "没有的", "-o", "无.xlsx", code=2)
    assert not Path("无.xlsx").exists()
