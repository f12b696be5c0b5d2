"""The due list as typed: a screen, files, and a form for each town that is filled in and taken in again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from commands.conftest import Lay

Run = Callable[..., str]


@pytest.fixture
def run(new_county: Run, lay: Lay) -> Run:

    def lines() -> None:
        for name, town in (("永康市甲厂", "芝英"), ("永康市乙厂", "江南")):
            new_county("enterprise", "add", name, "--town", town, "--无代码原因", "在办")
        for name, deadline in (("甲厂", "2018-10-31"), ("甲厂", "2018-11-10"), ("乙厂", "2018-12-20")):
            new_county(
                "hazard", "add", name, "--部位", f"{name}{deadline}", "--期限", deadline, "--发现日期", "2018-10-09"
            )

    lay("run", lines)
    return new_county


def test_what_is_due_within_so_many_days(run: Run) -> None:
    first = run("todo").splitlines()
    assert first[0] == "待办  2018-11-02  全市  30日内到期及已逾期  共2件"
    assert first[-1].startswith("逾期1  今天0  7日内0  30日内1  发到各镇：")
    for line in (["待办", "60"], ["todo", "--天内", "60"], ["todo", "--within=60", "--全部"]):
        assert "60日内到期及已逾期  共3件" in run(*line)
    assert "芝英镇  7日内到期及已逾期  共1件" in run("todo", "7", "--town", "芝英")
    assert run("todo", "--town", "未定").splitlines()[1] == "（没有）"
    assert "E105" in run("todo", "7", "--within", "8", code=2)
    assert "E106" in run("todo", "--within", "-1", code=2)
    assert "E231" in run("todo", "--town", "没有", code=1)


def test_files(run: Run) -> None:
    assert [one["left"] for one in json.loads(run("todo", "--format", "json"))] == [-2, 8]
    run("todo", "-o", "待办.csv")
    assert Path("待办.csv").read_bytes().startswith("\ufeff期限,剩余天数".encode())
    run("todo", "-o", "待办.txt")
    assert "永康市甲厂" in Path("待办.txt").read_text(encoding="utf-8")
    run("todo", "--within", "60", "-o", "全市.xlsx")
    assert load_workbook("全市.xlsx")["隐患"]["A1"].value == ("全市待办回填单：隐患　2018-11-02，60日内到期及已逾期")
    assert "E109" in run("todo", "-o", "全市.xlsx", code=2)
    assert "E107" in run("todo", "--format", "xlsx", code=2)


def test_a_form_for_each_town_goes_out_and_comes_back(run: Run) -> None:
    said = run("待办", "--每镇", "-o", "下发")
    assert "下发/芝英镇_待办回填单.xlsx（隐患2条，其他0件）" in said
    assert said.endswith("共1份，填好发回后用 anjian 导入\n")
    assert [path.name for path in Path("下发").iterdir()] == ["芝英镇_待办回填单.xlsx"]
    assert "修改0，不变2。" in run("import", "下发")
    book = load_workbook("下发/芝英镇_待办回填单.xlsx")
    sheet = book["隐患"]
    for column, value in {"G": "2018-11-01", "H": "2018-11-02", "J": "验收人丙", "K": "合格"}.items():
        sheet[f"{column}4"].value = value
    sheet["M5"].value, sheet["O5"].value = "2018-12-31", "设备未到"
    book.save("下发/芝英镇_待办回填单.xlsx")
    assert "　销号1条、延期1条。" in run("import", "下发", "--dry-run").splitlines()
    assert "　销号1条、延期1条。" in run("import", "下发").splitlines()
    assert "共0件" in run("todo")
    assert ["延期理由", "设备未到"] in [line.split() for line in run("hazard", "show", "芝英-2").splitlines()]
    assert run("todo", "--each-town", "-o", "再发") == "30日内到期及已逾期的，一件也没有\n"


def test_a_form_replaces_none_that_is_there(run: Run) -> None:
    run("todo", "60", "--each-town", "-o", "下发", "--town", "江南")
    assert [path.name for path in Path("下发").iterdir()] == ["江南街道_待办回填单.xlsx"]
    assert "E109" in run("todo", "60", "--each-town", "-o", "下发", code=2)
    assert "E107" in run("todo", "--each-town", code=2)


def test_what_a_department_has_not_filed(run: Run) -> None:
    for name in ("甲", "乙"):
        run("department", "add", f"示例{name}局", "--简称", f"{name}局")
    run("filing", "add", "--department", "甲局", "--month", "2018-10", "--报送方式", "微信", "--零报告", "否")
    shown = run("待办", "--部门", "乙局").splitlines()
    assert shown[0] == "待办  2018-11-02  示例乙局  30日内到期及已逾期  共1件"
    assert shown[3].split()[3:] == ["示例乙局", "月报未报", "2018年10月", "报送", "新增", "--部门", "乙局"]
    assert run("todo", "--department", "示例甲局").splitlines()[1] == "（没有）"
    assert "月报未报" not in run("todo", "--town", "芝英") + run("todo", "--town", "未定")
    assert "E231" in run("todo", "--department", "丙局", code=1)
    assert "--部门 不和 --镇街 一起写" in run("todo", "--department", "乙局", "--town", "芝英", code=2)
    assert "示例乙局_待办回填单.xlsx（隐患0条，其他1件）" in run("待办", "--每镇", "-o", "下发")
    sheet = load_workbook("下发/示例乙局_待办回填单.xlsx")["报送"]
    assert [[cell.value for cell in row] for row in sheet["A3:C4"]] == [
        ["报送部门", "统计期", "应办\n（只读）"],
        ["示例乙局", "2018年10月", "月报未报，2018-10-31前"],
    ]
    assert load_workbook("下发/示例乙局_待办回填单.xlsx")["隐患"]["A4"].value == "说明：没有到期的隐患。"
    run("import", "下发")
    (line,) = [one for one in run("todo", "--format", "csv").splitlines() if "月报未报" in one]
    assert line.split(",")[-1] == "示例乙局"
    run(*line.split(",")[7].split()[1:], "--month", "2018-10", "--报送方式", "微信", "--零报告", "否")
    assert "月报未报" not in run("todo")


def test_what_a_department_answers_for_goes_out_as_its_form_and_comes_back(run: Run) -> None:
    for name in ("甲", "乙"):
        run("department", "add", f"示例{name}局", "--简称", f"{name}局")
    run("hazard", "transfer", "芝英-1", "--department", "甲局", "--on", "11-01")
    run("hazard", "transfer", "江南-1", "--department", "乙局", "--on", "11-01")
    first = run("待办", "--部门", "甲局").splitlines()
    assert first[0].endswith("示例甲局  30日内到期及已逾期  共2件")
    assert [line.split()[4] for line in first[3:5]] == ["一般隐患整改", "移交答复"]
    assert first[-1].endswith("回填单：anjian 待办 --部门 示例甲局 -o 待办.xlsx")
    whole = len(json.loads(run("todo", "--format", "json")))
    said = run("待办", "--每部门", "-o", "发部门")
    assert "示例甲局_待办回填单.xlsx（隐患1条，其他0件）" in said
    assert "示例乙局_待办回填单.xlsx（隐患1条，其他0件）" in said
    assert whole == len(json.loads(run("todo", "--format", "json"))) == 4
    run("待办", "--每镇", "-o", "发镇")
    headings = [cell.value for cell in load_workbook("发镇/芝英镇_待办回填单.xlsx")["隐患"][3]]
    assert "整改完成日期" in headings
    assert "答复日期" not in headings
    alone = load_workbook("发部门/示例乙局_待办回填单.xlsx")["隐患"]
    assert [cell.value for cell in alone[3]][6:] == ["答复日期", "部门答复"]
    assert [alone["E4"].value, alone["F4"].value] == ["移交答复 示例乙局\n2018-11-11前\n9天", "2018-12-20"]
    assert "修改0，不变1。" in run("import", "发部门/示例甲局_待办回填单.xlsx")
    book = load_workbook("发部门/示例甲局_待办回填单.xlsx")
    sheet = book["隐患"]
    at = {str(cell.value): index for index, cell in enumerate(sheet[3], 1)}
    for heading, value in {"答复日期": "2018-11-02", "部门答复": "已责令停用", "整改完成日期": "2018-11-02"}.items():
        sheet.cell(4, at[heading]).value = value
    book.save("发部门/示例甲局_待办回填单.xlsx")
    run("import", "发部门/示例甲局_待办回填单.xlsx")
    shown = [line.split() for line in run("hazard", "show", "芝英-1").splitlines()]
    assert ["部门答复", "已责令停用"] in shown
    assert [line.split()[4] for line in run("待办", "--部门", "甲局").splitlines()[3:-2]] == ["一般隐患验收"]


def test_the_visits_of_an_agency_go_out_as_its_form_and_come_back(run: Run) -> None:
    for name in ("甲厂", "乙厂"):
        who = (f"永康市{name}", "--机构", "示例安全技术公司", "--类别", "喷涂", "--约定服务次数", "2")
        run("trusteeship", "add", *who, "--起始日期", "2017-12-01", "--终止日期", "2018-11-30")
    listed = run("todo", "--agency", "示例").splitlines()
    assert "示例安全技术公司" in listed[0]
    assert {line.split()[4] for line in listed[3:-2]} == {"托管服务", "托管合同到期"}
    assert not any("隐患" in line for line in listed[3:-2])
    said = run("待办", "--每机构", "-o", "发机构")
    assert "示例安全技术公司_上门服务登记表.xlsx（服务4次，其他2件）" in said
    file = "发机构/示例安全技术公司_上门服务登记表.xlsx"
    assert "4家没有填，没有收" in run("import", file)
    book = load_workbook(file)
    sheet = book["托管服务"]
    at = {str(cell.value): index for index, cell in enumerate(sheet[3], 1)}
    for heading, value in {"服务日期": "2018-10-20", "服务人员": "检查员丁", "发现隐患（条）": "3"}.items():
        sheet.cell(4, at[heading]).value = value
    book.save(file)
    done = run("import", file)
    assert "托管服务1行，新增1" in done
    assert "3家没有填，没有收" in done
    assert "检查员丁" in run("visit", "export", "--format", "csv")
    assert len(json.loads(run("todo", "--agency", "示例", "--format", "json"))) == 5
    sheet.cell(5, at["服务人员"]).value = "检查员丁"
    book.save(file)
    assert "E202" in run("import", file, code=1)
    run("todo", "--agency", "示例", "-o", "一家.xlsx")
    assert load_workbook("一家.xlsx").sheetnames == ["托管服务", "托管合同"]


def test_firms_that_no_name_tells_apart_are_in_no_form_of_visits(run: Run) -> None:
    coded = ("--town", "芝英", "--无代码原因", "代码不详", "--注册号")
    contract = ("--机构", "示例安全技术公司", "--类别", "喷涂", "--约定服务次数", "1")
    run("enterprise", "add", "永康市丙厂", *coded, "330784600000001")
    run("trusteeship", "add", "永康市丙厂", *contract, "--起始日期", "2017-12-01", "--终止日期", "2018-11-30")
    run("enterprise", "add", "永康市丙厂", *coded, "330784600000002")
    said = run("todo", "--agency", "示例", "-o", "一家.xlsx")
    assert "示例安全技术公司服务的1家没有信用代码" in said
    assert "〔N458〕" in said
    assert load_workbook("一家.xlsx")["其他待办"].max_row == 5


def test_one_list_is_asked_for_at_a_time(run: Run) -> None:
    run("department", "add", "示例甲局")
    for line, said in (
        (("--agency", "甲", "--town", "芝英"), "--机构 不和 --镇街 一起写"),
        (("--each-town", "--each-agency"), "--每镇 不和 --每机构 一起写"),
        (("--each-department", "--department", "示例甲局"), "--每部门 不和 --部门 一起写"),
    ):
        assert said in run("todo", *line, "-o", "下发", code=2)
    assert "“--机构”：“没有”——本台账没有这个机构名称" in run("todo", "--agency", "没有", code=1)


def test_made_up_data_says_so(run: Run) -> None:
    run("settings", "add", "演示数据", "--值", "是")
    assert run("todo").startswith("【演示数据】待办")
    run("todo", "--each-town", "-o", "下发")
    assert "【演示数据】" in str(load_workbook("下发/芝英镇_待办回填单.xlsx")["隐患"]["A1"].value)
