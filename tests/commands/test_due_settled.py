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
    day: str = DAY


NUMBER = "（编号）"
NOUNS = {"隐患": "隐患", "专项整治": "整治"}
ENROLLED = f"整治 新增 {FIRM} --整治行动 2018年专项整治 --类别 喷涂 --纳入日期 2018-01-15"
HANDED = (
    "部门 新增 示例建设局",
    f"隐患 新增 {FIRM} --发现日期 10-9 --来源 网格巡查 --级别 一般 --描述 无防爆灯 --期限 12-31",
    "隐患 移交 芝英-1 --部门 示例建设局 --日期 10-20",
)
ENTRUSTED = (f"{ENROLLED} --验收日期 2018-08-10 --结论 合格 --结果 托管 --处置日期 2018-08-20",)


AT_FIRM = {"企业名称": FIRM, "镇（街、区）": "芝英镇"}


def planned(stage: str, heading: str) -> Due:
    """A stage of rectification by the year's plan."""
    plan = f"整治计划 新增 喷涂 --年度 2018 --阶段 {stage} --完成期限 2018-10-31"
    filled = {"编号": NUMBER, heading: DAY}
    return Due(f"专项整治{stage}", (ENROLLED, plan), f"--{heading} {DAY}", "专项整治", filled)


def certified(grade: str) -> Due:
    """A certificate that lapses."""
    before = (f"标准化 新增 {FIRM} --等级 {grade} --类型 新创 --公告日期 2015-11-20",)
    filled = {**AT_FIRM, "申报等级": grade, "创建类型": "复评", "公告日期": DAY}
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
            **AT_FIRM, "服务机构": "示例安全技术公司", "托管类别": "小微",
            "起始日期": "2018-11-01", "终止日期": "2019-10-31", "约定服务次数": "4",
        },
    ),
    certified("一级"),
    certified("二级"),
    Due(
        "定期检查",
        (
            "设置 新增 检查频次.红 --值 4 --起用日期 2018-01-01",
            f"风险等级 新增 {FIRM} --风险等级 红 --评定日期 2018-01-01 --评定依据 示例",
        ),
        f"--检查日期 {DAY} --检查方式 部门检查 --有无隐患 无",
        "检查",
        {**AT_FIRM, "检查日期": DAY, "检查方式": "部门检查", "有无隐患": "无"},
    ),
    Due(
        "网格无人",
        ("网格 新增 示例一网格 --镇街 芝英",),
        "网格员甲 --镇街 芝英 --到岗日期 2018-11-01",
        "网格员",
        {"镇（街、区）": "芝英镇", "姓名": "网格员甲", "网格": "示例一网格", "到岗日期": "2018-11-01"},
    ),
    Due(
        "网格员培训",
        (
            "网格员 新增 网格员乙 --镇街 江南 --离岗日期 2018-03-01",
            "培训 新增 春季班 --镇街 江南 --培训日期 2018-02-01 --培训类别 网格员 --参训人次 1 --到场网格员 网格员乙",
            "网格员 新增 网格员甲 --镇街 芝英",
        ),
        f"秋季班 --培训日期 {DAY} --类别 网格员 --参训人次 1 --到场网格员 网格员甲",
        "培训",
        {
            "镇（街、区）": "芝英镇", "培训名称": "秋季班", "培训日期": DAY, "培训类别": "网格员", "参训人次": "1",
            "到场网格员": "网格员甲",
        },
    ),
    Due(
        "网格本月未报",
        (
            "网格 新增 示例一网格 --镇街 芝英",
            "网格员 新增 网格员甲 --镇街 芝英 --网格 示例一网格",
            f"检查 新增 {FIRM} --检查日期 2018-10-05 --检查方式 网格巡查 --有无隐患 无",
        ),
        f"{FIRM} --检查日期 2018-11-27 --检查人 网格员甲 --有无隐患 无",
        "检查",
        {**AT_FIRM, "检查日期": "2018-11-27", "检查方式": "网格巡查", "检查人": "网格员甲", "有无隐患": "无"},
        day="2018-11-28",
    ),
    Due(
        "补差计划",
        (
            "任务 新增 网格员 --年度 2018 --镇街 芝英 --数量 20 --下达文号 示例〔2018〕3号",
            "任务 新增 网格员 --年度 2018 --镇街 江南 --数量 20 --下达文号 示例〔2018〕3号",
            "培训 新增 春季班 --镇街 江南 --培训日期 2018-02-01 --培训类别 网格员 --参训人次 20 --合格人次 20",
            "补差 新增 --镇街 江南 --补差月份 2018-08 --报来日期 2018-09-12 --补差措施 每周两期",
            "月份 定稿 2018-09 --确认",
            "月份 印发 2018-09 --确认 --文号 示例〔2018〕9号 --日期 2018-10-10",
        ),
        f"--补差月份 2018-09 --报来日期 {DAY} --补差措施 每周两期",
        "补差计划",
        {"镇（街、区）": "芝英镇", "补差月份": "2018-09", "报来日期": DAY, "补差措施": "每周两期"},
    ),
)  # fmt: skip


@pytest.fixture
def run(new_county: Run) -> Run:
    new_county("enterprise", "add", FIRM, "--town", "芝英", "--无代码原因", "在办")
    return new_county


def listed(run: Run, due: Due) -> list[Mapping[str, str]]:
    said = run("待办", "400", "--format", "json", "--today", due.day)
    return [one for one in json.loads(said) if one["kind"] == due.kind]


def made(run: Run, due: Due) -> Mapping[str, str]:
    """It was not due, something happens, and it is."""
    assert listed(run, due) == []
    for line in due.before:
        run(*line.split(), "--today", due.day)
    (one,) = listed(run, due)
    return one


@pytest.mark.parametrize("due", DUE, ids=lambda due: due.kind)
def test_the_command_that_is_named_settles_it_and_so_does_its_form(run: Run, due: Due) -> None:
    one = made(run, due)
    anjian, *line = shlex.split(one["command"])
    assert anjian == "anjian"
    run(*line, *due.told.split(), "--today", due.day)
    assert listed(run, due) == []
    run("撤销", "--today", due.day)
    assert listed(run, due) == [one]
    fill_in(run, due)
    run("导入", "表.xlsx", "--today", due.day)
    assert listed(run, due) == []


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


def test_a_campaign_s_goal_is_reached_by_the_form_that_its_line_gives(run: Run) -> None:
    run("行动", "新增", "秋季行动", "--开始日期", "2018-09-01", "--结束日期", "2018-12-31")
    phase = ("行动阶段", "新增", "秋季行动", "--阶段", "攻坚", "--阶段起", "2018-10-01")
    run(*phase, "--检查覆盖率目标", "100")
    goal = Due("行动检查未覆盖", (), "", "检查", {})
    (one,) = listed(run, goal)
    _, *line = shlex.split(one["command"])
    assert FIRM in run(*line)
    run(*line, "--每镇", "-o", "下发")
    path = "下发/芝英镇_未查企业检查登记表.xlsx"
    book = load_workbook(path)
    sheet = book["检查"]
    at = {str(cell.value): index for index, cell in enumerate(sheet[HEADINGS], start=1)}
    for heading, value in {"检查日期": DAY, "检查方式": "部门检查", "检查人": "检查人丙", "有无隐患": "无"}.items():
        sheet.cell(HEADINGS + 1, at[heading]).value = value
    book.save(path)
    run("导入", path)
    assert listed(run, goal) == []
