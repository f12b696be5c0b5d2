"""The generic verbs, as typed: what they say, what they change, what they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def run(new_county: Callable[..., str]) -> object:
    new_county(
        "enterprise", "add", "永康市恒达工具厂", "--town", "芝英", "--无代码原因", "在办", "--phone", "13812345678"
    )
    return new_county


def test_adding_twice_is_not_two(run: object) -> None:
    assert callable(run)
    again = ("enterprise", "add", "永康市恒达工具厂", "--town", "芝英", "--无代码原因", "在办")
    assert "没有变化" in run(*again)
    assert "〔E484〕" in run(*again, "--规模", "小型", code=1)
    assert "已修改" in run(*again, "--规模", "小型", "--替换")
    assert "缺少" not in run("hazard", "list")
    assert "E202" in run("hazard", "add", "恒达", code=1)


def test_showing_masks_the_phone(run: object) -> None:
    assert callable(run)
    assert "138****5678" in run("enterprise", "show", "恒达")
    assert "13812345678" in run("enterprise", "show", "恒达", "--全部")
    assert "13812345678" not in run("enterprise", "list")
    assert "企业 新增" in run("enterprise", "show", "恒达")
    assert "E233" in run("enterprise", "show", "不存在", code=1)


def test_editing(run: object) -> None:
    assert callable(run)
    said = run("企业", "修改", "恒达", "--规模", "微型", "--镇街", "江南", "--变更日期", "10-1")
    assert "规模：（空） → 微型" in said
    assert "芝英镇 → 江南街道" in said
    assert "没有变化" in run("企业", "修改", "恒达", "--规模", "微型")
    assert "微型 → （空）" in run("企业", "修改", "恒达", "--规模", "（清空）")
    assert "E107" in run("企业", "修改", "恒达", code=2)
    assert "E202" in run("企业", "修改", "恒达", "--企业名称", "（清空）", code=1)
    assert "已修改" in run("镇街", "修改", "芝英", "--简称", "芝")


def test_voiding_and_undoing(run: object) -> None:
    assert callable(run)
    run("hazard", "add", "恒达", "--部位", "灯", "--期限", "11-10")
    assert "E423" in run("enterprise", "void", "恒达", "--why", "重复", code=4)
    assert "E423" in run("town", "void", "芝英", "--why", "重复", code=4)
    assert "已作废" in run("hazard", "void", "芝英-1", "--why", "重复")
    assert "E416" in run("hazard", "void", "芝英-1", "--why", "重复", code=4)
    assert "E416" in run("hazard", "close", "芝英-1", code=4)
    assert "作废" in run("hazard", "show", "芝英-1")
    assert "（没有）" in run("hazard", "list")
    assert "芝英镇" in run("hazard", "list", "--voided")
    assert "已撤销" in run("undo")
    assert "待整改" in run("hazard", "list")


def test_listing(run: object) -> None:
    assert callable(run)
    run("enterprise", "add", "乙厂", "--town", "江南", "--无代码原因", "在办")
    assert "恒达" not in run("enterprise", "list", "--town", "江南")
    assert "乙厂" not in run("enterprise", "list", "--find", "恒达")
    assert "只列了前1条" in run("enterprise", "list", "--limit", "1")
    rows = json.loads(run("enterprise", "list", "--format", "json"))
    assert [row["name"] for row in rows] == ["永康市恒达工具厂", "乙厂"]


@pytest.mark.unmeasured
def test_what_is_exported_comes_in_unchanged(run: object) -> None:
    assert callable(run)
    run("hazard", "add", "恒达", "--部位", "=1+1", "--期限", "11-10", "--资金", "1.5万元")
    run("target", "add", "三级新创", "--year", "2018", "--town", "芝英", "--quantity", "20", "--document", "3号")
    run(
        "opening",
        "add",
        "罚款",
        "--town",
        "全市",
        "--截至日期",
        "2018-10-31",
        "--累计数",
        "274.7万元",
        "--依据",
        "月报",
    )
    run("settings", "add", "序时计划.三级复评", "--值", "0 0 0 0 0 0 0 0 0 0 0 1")
    for noun in ("town", "enterprise", "hazard", "target", "opening", "settings"):
        run(noun, "export", "-o", f"{noun}.csv")
        assert "修改0，不变" in run(noun, "import", f"{noun}.csv")
        assert "新增0" in run(noun, "import", f"{noun}.csv", "--dry-run")
    assert Path("hazard.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_templates_have_an_example_that_is_passed_over(run: object) -> None:
    assert callable(run)
    for noun in ("town", "village", "enterprise", "hazard", "training", "trusteeship", "target", "opening", "settings"):
        run(noun, "template", "-o", f"{noun}.csv")
        said = run(noun, "import", f"{noun}.csv")
        assert "0行" in said, said
        assert "第2行是合计、说明或示例" in said


def test_settings_are_read_by_their_own_rules(run: object) -> None:
    assert callable(run)
    assert "E254" in run("settings", "add", "plan.三级复评", "--值", "1 0", code=1)
    assert "E239" in run("settings", "add", "plan.没有", "--值", "1 0", code=1)
    assert "E203" in run("settings", "add", "weight.没有", "--值", "1", code=1)
    assert "E203" in run("settings", "add", "没有", "--值", "1", code=1)
    assert "E248" in run("settings", "add", "权重.安全专项整治", "--值", "多", code=1)
    assert "权重.安全专项整治，0.5" in run("settings", "add", "权重.安全专项整治", "--值", "1/2")
    assert "没有变化" in run("settings", "add", "权重.安全专项整治", "--值", "1/2")
    assert "权重.安全专项整治" in run("settings", "add", "权重.安全专项整治", "--值", "1/3", "--from-on", "2018-11-10")


def test_editing_a_setting_changes_it_where_it_stands(run: object) -> None:
    assert callable(run)
    number = json.loads(run("settings", "list", "--find", "issuer", "--format", "json"))[0]["number"]
    assert "某办" in run("settings", "edit", number, "--值", "某办")
    rows = json.loads(run("settings", "list", "--find", "issuer", "--format", "json"))
    assert [(row["value"], row["from_on"]) for row in rows] == [("某办", "最初")]


def test_targets_change_by_date_and_are_taken_back(run: object) -> None:
    assert callable(run)
    line = ("target", "add", "三级新创", "--year", "2018", "--town", "芝英", "--document", "3号")
    run(*line, "--quantity", "20")
    run(*line, "--quantity", "25", "--from-on", "2018-07-01")
    rows = json.loads(run("target", "list", "--format", "json"))
    assert [(row["from_on"], row["quantity"]) for row in rows] == [("2018-01-01", 20), ("2018-07-01", 25)]
    run("target", "void", "芝英-2", "--why", "下错")
    assert "E255" in run(*line, "--quantity", "1", "--from-on", "2019-01-01", code=1)
    run("target", "edit", "芝英-1", "--quantity", "21")
    rows = json.loads(run("target", "list", "--format", "json"))
    assert [(row["from_on"], row["quantity"]) for row in rows] == [("2018-01-01", 21)]


@pytest.mark.unmeasured
def test_a_fact_about_an_issued_month_is_taken_and_said(run: object) -> None:
    assert callable(run)
    course = ("training", "add", "消防", "--town", "芝英", "--kind", "网格员", "--attended", "9", "--passed", "9")
    assert "N501" not in run(*course, "--held-on", "2018-10-08")
    run("month", "close", "10", "--yes")
    assert "2018-10通报已定稿，数字不再改动" in run(*course, "--held-on", "2018-10-09")
    run("month", "issue", "10", "--number", "15", "--yes")
    assert "已于2018-11-02印发（永安委办〔2018〕15号）" in run(*course, "--held-on", "2018-10-10")
    assert "N501" not in run(*course, "--held-on", "2018-11-01")
    assert "N501" not in run(*course, "--held-on", "2017-10-10")
    rows = json.loads(run("month", "diff", "10", "--format", "json"))
    assert [(row["was"], row["now"]) for row in rows] == [(9, 27)]
    assert "镇（街道）" in run("month", "diff", "10")


def test_a_target_of_a_town_becomes_the_countys(run: object) -> None:
    assert callable(run)
    run("target", "add", "三级新创", "--year", "2018", "--town", "芝英", "--quantity", "20", "--document", "3号")
    assert "镇（街、区）" in run("target", "edit", "芝英-1", "--town", "全市")
    assert json.loads(run("target", "list", "--format", "json"))[0]["town"] == "全市"


def test_what_changed_is_said_in_the_clerks_words(run: Callable[..., str]) -> None:
    run("enterprise", "add", "永康市示例杯业厂", "--town", "江南", "--无代码原因", "在办")
    run("hazard", "add", "恒达", "--部位", "灯", "--期限", "11-10", "--资金", "1万元")
    said = run("hazard", "edit", "芝英-1", "--资金", "2万元", "--企业", "示例杯业", "--镇街", "江南")
    assert said.splitlines()[1:] == [
        "　镇（街、区）：芝英镇 → 江南街道",
        "　企业名称：永康市恒达工具厂 → 永康市示例杯业厂",
        "　资金：1万元 → 2万元",
    ]
    assert ["资金", "2万元"] in [line.split() for line in run("hazard", "show", "芝英-1").splitlines()]
    again = ("enterprise", "add", "永康市恒达工具厂", "--town", "芝英", "--无代码原因", "在办", "--规模", "小型")
    assert "　规模：（空） → 小型" in run(*again, "--replace")
    changed = "330784115-2018-0001,永康市示例杯业厂,江南街道,30000"
    Path("改.csv").write_text(f"隐患编号,企业名称,镇（街、区）,资金（元）\n{changed}\n", encoding="utf-8")
    said = run("import", "改.csv", "--dry-run")
    assert "第2行 330784115-2018-0001 资金：2万元 → 3万元" in said


def test_a_difference_of_money_is_said_in_wan_yuan(run: Callable[..., str]) -> None:
    case = ("case", "add", "永安监立案〔2018〕1号", "--当事人", "恒达", "--town", "芝英", "--案由", "未培训")
    dates = (
        "--立案日期",
        "9-10",
        "--决定日期",
        "9-20",
        "--罚款",
        "1万元",
        "--是否事故类",
        "否",
        "--是否联合执法",
        "否",
    )
    run(*case, *dates)
    run("month", "close", "10", "--yes")
    run("case", "edit", "芝英-1", "--罚款", "2.5万元")
    table = run("month", "diff", "10")
    assert [line.split()[2:5] for line in table.splitlines() if "罚款" in line and "芝英" in line] == [
        ["1万元", "2.5万元", "1.5万元"]
    ]
    by_record = [line for line in run("month", "diff", "10", "--records").splitlines() if "芝英镇" in line]
    assert ["+2.5万元" in line or "-1万元" in line for line in by_record] == [True, True]
    rows = json.loads(run("month", "diff", "10", "--format", "json"))
    assert {"was": 1_000_000, "now": 2_500_000}.items() <= rows[0].items()
