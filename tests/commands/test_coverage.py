"""The firms that were not inspected as typed: a form for each town, which comes back and covers them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

Run = Callable[..., str]
FORM = "下发/芝英镇_未查企业检查登记表.xlsx"
UNVISITED = ("覆盖", "--行动", "秋季行动", "--列出", "未查")


@pytest.fixture
def run(new_county: Run) -> Run:
    for name, town in (("永康市甲厂", "芝英"), ("永康市乙厂", "芝英"), ("永康市丙厂", "江南")):
        new_county("enterprise", "add", name, "--town", town, "--无代码原因", "在办")
    new_county("campaign", "add", "秋季行动", "--开始日期", "2018-09-01")
    return new_county


def test_a_form_for_each_town_goes_out_and_comes_back(run: Run) -> None:
    said = run(*UNVISITED, "--每镇", "-o", "下发")
    assert f"已生成：{FORM}（未查2家）" in said
    assert said.endswith("共2份，填好发回后用 anjian 导入\n")
    if os.name == "posix":
        assert Path(FORM).stat().st_mode & 0o077 == 0
    assert "　2家没有填，没有收。" in run("import", FORM, "--dry-run").splitlines()
    book = load_workbook(FORM)
    sheet = book["检查"]
    assert sheet["A5"].value == "永康市甲厂"
    for column, value in {"F": "2018-11-01", "G": "部门检查", "H": "检查人丙", "I": "无"}.items():
        sheet[f"{column}5"].value = value
    book.save(FORM)
    said = run("import", "下发")
    assert "检查1行，新增1，修改0，不变0。" in said
    assert said.count("1家没有填，没有收。") == 2  # one of each town
    listed = run(*UNVISITED)
    assert "永康市甲厂" not in listed
    assert "永康市乙厂" in listed
    assert "检查1行，新增0，修改0，不变1。" in run("import", FORM)
    run(*UNVISITED, "--每镇", "--镇街", "芝英", "-o", "再发")
    assert [path.name for path in Path("再发").iterdir()] == [Path(FORM).name]


def test_namesakes_are_told_and_left_out(run: Run) -> None:
    for number in ("330784600000001", "330784600000002"):
        run("enterprise", "add", "永康市丁厂", "--town", "江南", "--注册号", number)
    said = run(*UNVISITED, "--each-town", "-o", "下发")
    assert "江南街道有2家没有信用代码，又和别的企业同名，凭名称认不出，没有列进表里：永康市丁厂。" in said
    assert "〔N430〕" in said
    assert "江南街道_未查企业检查登记表.xlsx（未查1家）" in said


def test_what_it_is_not_for(run: Run) -> None:
    assert "E107" in run("coverage", "--each-town", "-o", "下发", code=2)
    assert "E107" in run(*UNVISITED, "--each-town", code=2)
    assert "E106" in run("coverage", "--list", "已查", "--each-town", "-o", "下发", code=2)
    assert "E106" in run(*UNVISITED, "--each-town", "--format", "csv", "-o", "下发", code=2)
    assert not Path("下发").exists()
    run(*UNVISITED, "--each-town", "-o", "下发")
    assert "E109" in run(*UNVISITED, "--each-town", "-o", "下发", code=2)
    for name in ("甲", "乙", "丙"):
        run("inspection", "add", f"永康市{name}厂", "--行动", "秋季行动", "--检查方式", "部门检查", "--有无隐患", "无")
    assert run(*UNVISITED, "--each-town", "-o", "再发") == "没有可以列进表里的未查企业\n"
