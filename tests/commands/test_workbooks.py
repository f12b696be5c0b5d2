"""Exports and forms as workbooks, as typed: what is written, where, and what comes back in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from anjian_cli.records import definition
from commands.conftest import Lay

Run = Callable[..., str]


@pytest.fixture
def run(new_county: Run, lay: Lay) -> Run:

    def lines() -> None:
        for name, town in (("永康市恒达工具厂", "芝英"), ("永康市乙厂", "江南")):
            new_county("enterprise", "add", name, "--town", town, "--无代码原因", "在办", "--phone", "13812345678")
        new_county(
            "hazard",
            "add",
            "恒达",
            "--部位",
            "=1+1",
            "--期限",
            "11-10",
            "--资金",
            "1.5万元",
            "--发现日期",
            "2018-10-09",
        )

    lay("run", lines)
    return new_county


@pytest.mark.unmeasured
def test_three_cells_changed_are_three_changes(run: Run) -> None:
    assert "已导出" in run("export", "-o", "全部.xlsx")
    assert "修改0" in run("import", "全部.xlsx")
    book = load_workbook("全部.xlsx")
    at = {
        sheet: {cell.value: get_column_letter(index) for index, cell in enumerate(book[sheet][1], start=1)}
        for sheet in ("企业", "隐患")
    }
    book["企业"][f"{at['企业']['规模']}2"] = "小型"
    book["企业"][f"{at['企业']['从业人数']}3"] = 12
    book["隐患"][f"{at['隐患']['发现日期']}2"] = date(2018, 10, 8)
    book.save("全部.xlsx")
    said = run("import", "全部.xlsx")
    assert [line.split("：")[-1] for line in said.splitlines() if "→" in line] == [
        "（空） → 小型",
        "（空） → 12",
        "2018-10-09 → 2018-10-08",
    ]
    assert "不认识的列" not in said


def test_listings_as_workbooks(run: Run) -> None:
    run("hazard", "list", "-o", "列表.xlsx")
    run("企业", "导出", "--镇街", "江南", "--格式", "xlsx", "-o", "企业表")
    assert load_workbook("列表.xlsx")["隐患"]["A1"].value == "隐患编号"
    (book := Path("企业表")).rename("企业.xlsx")
    assert not book.exists()
    sheet = load_workbook("企业.xlsx")["企业"]
    assert [row[2] for row in sheet.iter_rows(values_only=True)] == ["企业名称", "永康市乙厂"]
    assert "138****5678" in [cell.value for cell in sheet[2]]
    assert "E109" in run("hazard", "list", "-o", "列表.xlsx", code=2)
    for line in (("hazard", "list", "--format", "xlsx"), ("export",), ("template",)):
        assert "请写明文件名，如 -o 表.xlsx。〔E107〕" in run(*line, code=2)
    assert "E106" in run("export", "-o", "全部.csv", code=2)


def test_the_ledger_of_a_town(run: Run) -> None:
    run("导出", "--镇街", "芝英", "-o", "芝英.xlsx")
    assert load_workbook("芝英.xlsx").sheetnames == ["镇（街、区）", "企业", "隐患"]
    assert "已导出0类0条" in run("export", "--town", "未定", "-o", "未定.xlsx")
    assert "E231" in run("export", "--town", "没有", "-o", "甲.xlsx", code=1)
    assert not Path("甲.xlsx").exists()


@pytest.mark.unmeasured
def test_forms(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("空表", "-o", "空表.xlsx")
    assert load_workbook("空表.xlsx").sheetnames[-2:] == ["填表说明", "代码表"]
    assert len(load_workbook("空表.xlsx").sheetnames) == len(definition.all_records()) + 2
    assert "39张表0行" in run("import", "空表.xlsx")
    run("hazard", "template", "--town", "芝英", "-o", "芝英隐患.xlsx")
    book = load_workbook("芝英隐患.xlsx")
    assert book["隐患"]["A1"].value == "芝英镇隐患登记表"
    assert "永康市恒达工具厂" in [cell.value for column in book["代码表"].iter_cols() for cell in column]
    assert "E231" in run("template", "--town", "没有", "-o", "甲.xlsx", code=1)
    monkeypatch.delenv("ANJIAN_DB")
    run("hazard", "template", "-o", "没有台账.xlsx", "--db", "没有.db")
    assert "代码表" in load_workbook("没有台账.xlsx").sheetnames


def test_a_form_for_each_town(run: Run) -> None:
    said = run("空表", "--各镇", "-o", "下发/十一月")
    assert "下发/十一月/芝英镇.xlsx（企业1家，未销号隐患1条）" in said
    assert "江南街道.xlsx（企业1家，未销号隐患0条）" in said
    assert said.count("已生成") == 2
    assert "E109" in run("template", "--each-town", "-o", "下发/十一月", code=2)
    assert "E107" in run("template", "--each-town", code=2)
    said = run("import", "下发")
    assert said.count("新增0，修改0") == 2
    run("隐患", "空表", "--each-town", "--town", "芝英", "-o", "单镇")
    assert [path.name for path in Path("单镇").iterdir()] == ["芝英镇.xlsx"]
    assert load_workbook("单镇/芝英镇.xlsx").sheetnames == ["隐患", "填表说明", "代码表"]
    Path("占用").touch()
    assert "E601" in run("template", "--each-town", "-o", "占用", code=6)
