"""Names of campaigns that are none, of before they were refused, go out of a ledger and come back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from commands.conftest import Run

VISIT = ("检查", "新增", "示例五金厂", "--检查方式", "部门检查", "--有无隐患", "无")


@pytest.fixture
def old(new_county: Run) -> Run:
    """A ledger with an inspection and a work item of a campaign that is none: it was voided."""
    new_county("企业", "新增", "--镇街", "芝英镇", "--名称", "示例五金厂", "--无代码原因", "在办")
    new_county("行动", "新增", "春节检查", "--宣传发动起", "2018-09-01")
    new_county(*VISIT, "--检查日期", "2018-10-08", "--行动", "春节检查")
    new_county("工作项", "新增", "应急演练", "--镇街", "芝英镇", "--完成日期", "2018-10-09", "--所属行动", "春节检查")
    new_county("行动", "作废", "330784-2018-0001", "--原因", "不是一次行动")
    return new_county


def test_a_phase_that_a_campaign_would_end_before_is_told_with_both_days(new_county: Run) -> None:
    new_county("行动", "新增", "冬防", "--宣传发动起", "2018-10-01", "--结束日期", "2018-12-31")
    new_county("行动阶段", "新增", "冬防", "--阶段", "推进", "--阶段起", "2018-10-16")
    shown = new_county("行动", "修改", "330784-2018-0001", "--结束日期", "2018-10-05", code=1)
    assert "行动的结束日期“2018-10-05”早于阶段起“2018-10-16”" in shown
    assert "宣传发动起" not in shown
    shown = new_county("行动阶段", "修改", "330784-2018-0001", "--阶段起", "2019-01-05", code=1)
    assert "行动的结束日期“2018-12-31”早于阶段起“2019-01-05”" in shown


def named(run: Run, *of: str) -> list[str]:
    rows = csv.DictReader(io.StringIO(run(*of, "检查", "列表", "--格式", "csv")))
    return [row["检查行动"] for row in rows]


def test_they_stand_and_go_into_a_new_ledger(old: Run) -> None:
    old("导出", "-o", "全部.xlsx")
    again = old("导入", "全部.xlsx")
    assert "修改0" in again
    assert "E860" not in again
    old("--db", "b.db", "init", "永康市")
    old("--db", "b.db", "导入", "全部.xlsx")
    assert named(old, "--db", "b.db") == ["春节检查"]
    assert "E860" in old(*VISIT, "--检查日期", "2018-10-10", "--行动", "春节检查", code=1)
    assert "春节检查（2条）" in old("月份", "检查", "10")


def test_a_campaign_comes_before_what_names_it_wherever_its_sheet_stands(old: Run) -> None:
    Path("检查.csv").write_text(
        "企业名称,镇（街、区）,检查日期,检查方式,检查行动,有无隐患\n示例五金厂,芝英镇,2018-10-20,部门检查,冬防,无\n",
        encoding="utf-8",
    )
    assert "E860" in old("导入", "检查.csv", code=1)
    Path("行动.csv").write_text("行动名称,宣传发动起\n冬防,2018-10-01\n", encoding="utf-8")
    old("导入", "检查.csv", "行动.csv", "--本办")
    assert "冬防" in named(old)
