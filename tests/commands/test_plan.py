"""A month's plan as typed: on the screen, as a file, and as a form for each town, which comes back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from commands.conftest import Run

FORM = "下发/芝英镇_检查计划登记表.xlsx"


@pytest.fixture
def run(new_county: Run) -> Run:
    for name, town in (("永康市甲厂", "芝英"), ("永康市乙厂", "芝英"), ("永康市丙厂", "江南")):
        new_county("enterprise", "add", name, "--town", town, "--无代码原因", "在办")
    new_county("campaign", "add", "秋季行动", "--开始日期", "2018-09-01", "--结束日期", "2018-11-20")
    new_county("行动范围", "新增", "秋季行动", "--范围类别", "企业", "--企业名称", "永康市乙厂")
    new_county("设置", "新增", "检查频次.红", "--值", "12", "--起用日期", "2018-01-01")
    for name in ("永康市甲厂", "永康市丙厂"):
        new_county("风险等级", "新增", name, "--风险等级", "红", "--评定日期", "2018-10-01", "--评定依据", "示例评估")
    return new_county


def test_in_every_form(run: Run) -> None:
    shown = run("plan", "11", "--town", "芝英")
    assert "芝英镇2018年11月检查计划（按2018-11-02的台账）" in shown
    assert "共2家。" in shown
    found = json.loads(run("检查计划", "--格式", "json"))
    assert [row["name"] for row in found["rows"]] == ["永康市乙厂", "永康市甲厂", "永康市丙厂"]
    for ending in ("csv", "xlsx", "docx", "html"):
        run("检查计划", "-o", f"计划.{ending}")
        assert Path(f"计划.{ending}").stat().st_size > 0
    for row in found["rows"]:
        run(*row["see"].split())
    assert "2019年1月检查计划" in run("检查计划", "1")
    assert "永康市甲厂" in run("待办", "60")


def test_a_town_that_was_merged_is_called_by_the_one_whose_firms_they_are(run: Run) -> None:
    run("镇街", "修改", "芝英", "--停用日期", "2018-10-31", "--并入", "江南")
    for asked in ("芝英", "江南"):
        shown = run("plan", "11", "--town", asked)
        assert "江南街道2018年11月检查计划" in shown
        assert "共3家。" in shown
        assert "2018-11-02  江南街道  " in run("todo", "60", "--town", asked)


def test_a_form_for_each_town_goes_out_and_comes_back(run: Run) -> None:
    said = run("检查计划", "11", "--每镇", "-o", "下发")
    assert f"已生成：{FORM}（要去2家）" in said
    sheet = load_workbook(FORM)["检查"]
    assert sheet["A1"].value == "芝英镇检查计划登记表　2018年11月"
    rows = [[cell.value for cell in row][:6] for row in sheet.iter_rows(min_row=3, max_row=5)]
    assert rows == [
        ["企业名称", "统一社会信用代码", "镇（街、区）", "地址（只读）", "事由（只读）", "检查行动"],
        ["永康市乙厂", None, "芝英镇", "（没有登记）", "秋季行动未查，至11-20", "秋季行动"],
        ["永康市甲厂", None, "芝英镇", "（没有登记）", "定期检查（红色，一年12次）11-30前", None],
    ]
    assert "　2家没有填，没有收。" in run("import", FORM, "--dry-run").splitlines()
    book = load_workbook(FORM)
    for row in (4, 5):
        for column, value in {"G": "2018-11-01", "H": "部门检查", "I": "检查人丙", "J": "无"}.items():
            book["检查"][f"{column}{row}"].value = value
    book.save(FORM)
    assert "检查2行，新增2，修改0，不变0。" in run("import", FORM)
    assert "共0家。" in run("plan", "11", "--town", "芝英")
    assert run("检查计划", "11", "--镇街", "芝英", "--每镇", "-o", "再发") == "没有可以列进表里的要去企业\n"


def test_what_it_refuses(run: Run) -> None:
    assert "E870" in run("plan", "2018-10", code=2)
    assert "E106" in run("plan", "--town", "芝英", "--agency", "甲", code=2)
    assert "E106" in run("plan", "--each-town", "--agency", "甲", "-o", "下发", code=2)
    assert "E106" in run("plan", "--each-town", "--format", "csv", "-o", "下发", code=2)
    assert "E231" in run("plan", "--agency", "甲", code=1)
    assert "E108" in run("plan", "13", code=2)
