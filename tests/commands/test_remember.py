"""A mapping that is remembered for a town: a setting, used where a file's name tells the town, and said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from anjian_cli.exchange import mapping, mapping_text
from commands.conftest import Run

LIST = "企业全称,发现时间,隐患情况,等级,整改时限,结果,复查日期\n"
ROW = "甲厂,2018-10-05,{},一般,2018-10-30,已整改,2018-10-09\n"
MAPPING = (
    '["隐患"]\n"忽略" = ["序号"]\n["隐患"."列名"]\n"企业全称" = "企业名称"\n"发现时间" = "发现日期"\n'
    '"隐患情况" = "描述"\n'
    '"等级" = "隐患级别"\n"整改时限" = "整改期限"\n"结果" = "验收结论"\n"复查日期" = ["验收日期", "整改完成日期"]\n'
    '["隐患"."值"."验收结论"]\n"已整改" = "合格"\n"未整改" = ""\n["隐患"."固定值"]\n"隐患来源" = "部门检查"\n'
)


@pytest.fixture
def county(new_county: Run) -> Run:
    Path("企业.csv").write_text("企业名称,镇（街、区）,无代码原因,生产经营地址\n甲厂,芝英镇,代码不详,一路\n", "utf-8")
    new_county("import", "企业.csv")
    Path("芝英.toml").write_text(MAPPING, "utf-8")
    for name, what in (("芝英镇10月", "无罩"), ("芝英镇11月", "无盖"), ("10月", "无门")):
        Path(f"{name}.csv").write_text(LIST + ROW.format(what), "utf-8")
    return new_county


def remember(run: Run, *more: str, code: int = 0) -> str:
    return run(
        "import", "芝英镇10月.csv", "--mapping", "芝英.toml", "--remember", "芝英", "--no-return", *more, code=code
    )


def test_it_is_used_for_the_towns_files_and_said(county: Run) -> None:
    assert "已记住芝英镇的对照" in remember(county)
    said = county("import", "芝英镇11月.csv")
    assert "《芝英镇11月.csv》：隐患1行，新增1，修改0，不变0。" in said
    assert "按记住的芝英镇对照认列名" in said
    assert "〔N308〕" in said
    told = json.loads(county("import", "芝英镇11月.csv", "--format", "json"))
    assert "N308" in [note["code"] for note in told["files"][0]["notes"]]
    # Of no town, or of a kind that it says nothing of, it is not used.
    assert "N308" not in county("import", "10月.csv", "--no-return", code=1)
    Path("芝英镇企业.csv").write_text(Path("企业.csv").read_text("utf-8"), "utf-8")
    assert "N308" not in county("import", "芝英镇企业.csv")


def test_a_mapping_that_is_typed_goes_before(county: Run) -> None:
    remember(county)
    Path("别.toml").write_text('["隐患"."列名"]\n"企业全称" = "企业名称"\n', "utf-8")
    assert "N308" not in county("import", "芝英镇11月.csv", "--mapping", "别.toml", "--no-return", code=1)


@pytest.mark.unmeasured
def test_it_is_a_setting_that_can_be_changed_voided_and_undone(county: Run) -> None:
    remember(county)
    Path("芝英.toml").write_text(MAPPING.replace("部门检查", "网格巡查"), "utf-8")
    remember(county)
    rows = [
        row for row in json.loads(county("settings", "list", "--format", "json")) if row["name"].startswith("mapping")
    ]
    assert len(rows) == 1
    assert "网格巡查" in rows[0]["value"]
    county("export", "-o", "全部.xlsx")
    assert "新增0，修改0" in county("import", "全部.xlsx")
    county("settings", "void", rows[0]["number"], "--why", "不用了")
    assert "N308" not in county("import", "芝英镇11月.csv", "--no-return", code=1)


def test_what_is_not_remembered(county: Run) -> None:
    assert "没有写要记住哪一份对照" in county("import", "芝英镇10月.csv", "--remember", "芝英", code=2)
    assert "〔E231〕" in county(
        "import", "芝英镇10月.csv", "--mapping", "芝英.toml", "--remember", "某镇", "--no-return", code=1
    )
    remember(county, "--dry-run")
    Path("芝英镇10月.csv").write_text(LIST + ROW.format("无罩").replace("甲厂", "某厂"), "utf-8")
    remember(county, code=1)
    assert "mapping" not in county("settings", "list")


@pytest.mark.parametrize("value", ["不是", "[]", "{}", "3"])
def test_a_setting_that_is_no_mapping(county: Run, value: str) -> None:
    assert "〔E203〕" in county("settings", "add", "表格对照.芝英", "--value", value, code=1)


def test_one_line_says_all_of_it() -> None:
    layout = mapping.parse("芝英.toml", MAPPING.encode())
    text = mapping_text.compact(layout)
    assert "\n" not in text
    assert mapping.remembered("芝英镇", text).sections == layout.sections
