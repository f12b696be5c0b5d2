"""What is due appears in the list, is settled by the very command that stands there, or by its form sent back, and is
gone: one example of each kind."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

Run = Callable[..., str]
FIRM, DAY = "永康市甲厂", "2018-11-02"
HEADINGS, FIRST = 3, 5
"""Rows of an empty form: its headings, and the first that is to be filled in, behind the example."""


class Due(NamedTuple):
    """What makes it due; what has to be told behind its command; and what is told in a form (its type, values by
    heading). NUMBER stands for the full number of the record that it is of."""

    kind: str
    before: tuple[str, ...]
    told: str
    form: str
    filled: Mapping[str, str]


NUMBER = "（编号）"
NOUNS = {"隐患": "隐患", "专项整治": "整治"}
ENROLLED = f"整治 新增 {FIRM} --整治行动 2018年专项整治 --类别 喷涂 --纳入日期 2018-01-15"
HANDED = (
    "部门 新增 示例建设局",
    f"隐患 新增 {FIRM} --发现日期 10-9 --来源 网格巡查 --级别 一般 --描述 无防爆灯 --期限 12-31",
    "隐患 移交 芝英-1 --部门 示例建设局 --日期 10-20",
)
ENTRUSTED = (f"{ENROLLED} --验收日期 2018-08-10 --结论 合格 --结果 托管 --处置日期 2018-08-20",)


def planned(stage: str, heading: str) -> Due:
    """A stage of rectification by the year's plan."""
    plan = f"整治计划 新增 喷涂 --年度 2018 --阶段 {stage} --完成期限 2018-10-31"
    filled = {"编号": NUMBER, heading: DAY}
    return Due(f"专项整治{stage}", (ENROLLED, plan), f"--{heading} {DAY}", "专项整治", filled)


def certified(grade: str) -> Due:
    """A certificate that lapses."""
    before = (f"标准化 新增 {FIRM} --等级 {grade} --类型 新创 --公告日期 2015-11-20",)
    filled = {"企业名称": FIRM, "镇（街、区）": "芝英镇", "申报等级": grade, "创建类型": "复评", "公告日期": DAY}
    return Due(f"{grade}证书到期", before, f"--等级 {grade} --类型 复评 --公告日期 {DAY}", "标准化", filled)


DUE = (
    Due("移交答复", HANDED, f"--日期 {DAY}", "隐患", {"隐患编号": NUMBER, "答复日期": DAY}),
    planned("排查", "排查日期"),
    planned("诊断", "诊断日期"),
    planned("方案", "方案日期"),
    planned("整改", "整改完成日期"),
    Due(
        "整治后托管",
        ENTRUSTED,
        "--机构 示例安全技术公司 --类别 小微 --起始日期 2018-11-01 --终止日期 2019-10-31 --约定服务次数 4",
        "托管合同",
        {
            "企业名称": FIRM, "镇（街、区）": "芝英镇", "服务机构": "示例安全技术公司", "托管类别": "小微",
            "起始日期": "2018-11-01", "终止日期": "2019-10-31", "约定服务次数": "4",
        },
    ),
    certified("一级"),
    certified("二级"),
)  # fmt: skip


@pytest.fixture
def run(new_county: Run) -> Run:
    new_county("enterprise", "add", FIRM, "--town", "芝英", "--无代码原因", "在办")
    return new_county


def listed(run: Run, kind: str) -> list[Mapping[str, str]]:
    return [one for one in json.loads(run("待办", "400", "--format", "json")) if one["kind"] == kind]


def made(run: Run, due: Due) -> Mapping[str, str]:
    """It was not due, something happens, and it is."""
    assert listed(run, due.kind) == []
    for line in due.before:
        run(*line.split())
    (one,) = listed(run, due.kind)
    return one


@pytest.mark.parametrize("due", DUE, ids=lambda due: due.kind)
def test_the_command_that_is_named_settles_it_and_so_does_its_form(run: Run, due: Due) -> None:
    one = made(run, due)
    anjian, *line = shlex.split(one["command"])
    assert anjian == "anjian"
    run(*line, *due.told.split())
    assert listed(run, due.kind) == []
    run("撤销")
    assert listed(run, due.kind) == [one]
    fill_in(run, due)
    run("导入", "表.xlsx")
    assert listed(run, due.kind) == []


def fill_in(run: Run, due: Due) -> None:
    run("空表", due.form, "-o", "表.xlsx")
    book = load_workbook("表.xlsx")
    sheet = book[due.form]
    at = {str(cell.value).lstrip("★☆"): index for index, cell in enumerate(sheet[HEADINGS], start=1)}
    for heading, value in due.filled.items():
        if value == NUMBER:
            value = json.loads(run(NOUNS[due.form], "列表", "--format", "json"))[0]["number"]
        sheet.cell(FIRST, at[heading]).value = value
    book.save("表.xlsx")
