"""What is due appears in the list, is settled by the very command that stands there, by its record's form, or by its
row of the due list's form, and is gone: one example of each kind."""

from __future__ import annotations

import json
import os
import re
import shlex
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from anjian_cli.bulletin import campaign_due, catch_up_due, due_answers, inspections_due, officers_due
from support.sweeps import sweep

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
NOUNS = {"隐患": "隐患", "专项整治": "整治", "主体责任村": "责任村", "事故": "事故"}
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


def accepted(number: str, conclusion: str) -> dict[str, str]:
    return {"编号": number, "验收日期": DAY, "验收结论": conclusion}


CONTRACT = {
    **AT_FIRM, "服务机构": "示例安全技术公司", "托管类别": "小微",
    "起始日期": "2018-11-12", "终止日期": "2019-11-11", "约定服务次数": "4",
}  # fmt: skip
ENDING = f"托管 新增 {FIRM} --机构 示例安全技术公司 --类别 小微 --起始日期 2017-11-12 --终止日期 2018-11-11"
DUE = (
    Due(
        "托管合同到期",
        (f"{ENDING} --约定服务次数 0",),
        "--机构 示例安全技术公司 --类别 小微 --起始日期 2018-11-12 --终止日期 2019-11-11 --约定服务次数 0",
        "托管合同",
        {**CONTRACT, "约定服务次数": "0"},
    ),
    Due(
        "托管服务",
        (f"{ENDING} --约定服务次数 1",),
        f"--机构 示例安全技术公司 --类别 小微 --服务日期 {DAY} --服务人员 员工甲 --发现隐患 0",
        "托管服务",
        {
            **AT_FIRM, "服务机构": "示例安全技术公司", "托管类别": "小微", "服务日期": DAY, "服务人员": "员工甲",
            "发现隐患（条）": "0",
        },
    ),
    Due(
        "职业卫生检测",
        (f"应检 新增 {FIRM} --危害程度 一般 --危害因素 粉尘 --接触起始日期 2018-02-01",),
        f"--检测机构 示例检测公司 --采样日期 2018-10-20 --报告日期 {DAY} --检测点 2 --超标点 0",
        "职业卫生检测",
        {
            **AT_FIRM, "检测机构": "示例检测公司", "采样日期": "2018-10-20", "报告日期": DAY, "检测点（个）": "2",
            "超标点（个）": "0",
        },
    ),
    Due("专项整治验收", (ENROLLED,), f"--验收日期 {DAY} --结论 合格", "专项整治", accepted(NUMBER, "合格")),
    Due(
        "责任村年终验收",
        (
            "村居 新增 示例村 --镇街 芝英 --区划代码 330784115299",
            "责任村 新增 示例村 --镇街 芝英 --年度 2018 --列入日期 2018-01-15",
        ),
        f"--验收日期 {DAY} --结论 合格",
        "主体责任村",
        accepted(NUMBER, "合格"),
    ),
    Due(
        "事故续报截止",
        (
            "事故 新增 示例事故 --镇街 芝英 --发生时间 2018-10-20 --事故单位 无 --行业领域 工矿商贸 --死亡 0 --重伤 1",
        ),
        f"--日期 {DAY} --死亡 1 --重伤 0",
        "事故",
        {
            "编号": NUMBER, "事故名称": "示例事故", "发生时间": "2018-10-20", "镇（街、区）": "芝英镇",
            "行业领域": "工矿商贸", "续报日期": DAY, "死亡（人）": "1", "重伤（人）": "0",
        },
    ),
    Due(
        "月报未报",
        (f"报送 新增 江南 --统计期 2018-10 --报送方式 微信 --报送时间 {DAY}",),
        f"--统计期 2018-10 --报送方式 微信 --报送时间 {DAY}",
        "报送",
        {"镇（街、区）": "芝英镇", "统计期": "2018-10", "报送时间": DAY, "报送方式": "微信", "零报告": "否"},
    ),
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
    certified("三级"),
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


@pytest.mark.unmeasured
@sweep("due", DUE, ids=lambda due: due.kind, keep=6)
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
    if due.kind in due_answers.BY_COMMAND:
        return
    run("撤销", "--today", due.day)
    assert listed(run, due) == [one]
    fill_in_its_row(run, due)
    said = run("导入", "回填.xlsx", "--today", due.day)
    assert listed(run, due) == [], said


def fill_in_its_row(run: Run, due: Due) -> None:
    """In the due list's form, what the row does not say already."""
    run("待办", "400", "-o", "回填.xlsx", "--today", due.day)
    book = load_workbook("回填.xlsx")
    sheet = book[due.form]
    heads = [str(cell.value) for cell in sheet[HEADINGS]]
    wanted = next(heads.index(head) for head in ("应办\n（只读）", "要办的事\n（只读）") if head in heads)
    (row,) = [row for row in sheet.iter_rows(min_row=HEADINGS + 1) if due.kind in str(row[wanted].value)]
    for heading, value in due.filled.items():
        if heading in heads and row[heads.index(heading)].value is None:
            row[heads.index(heading)].value = value
    book.save("回填.xlsx")


@pytest.mark.usefixtures("new_county")
def test_every_kind_is_answered_in_the_form_or_goes_by_a_command_that_it_names() -> None:
    """The kinds that the view and the modules of what is no row have, held against the table of answers."""
    with closing(sqlite3.connect(os.environ["ANJIAN_DB"])) as ledger:
        (view,) = ledger.execute("SELECT sql FROM sqlite_master WHERE name = 'due_item'").fetchone()
    own = {catch_up_due.KIND, inspections_due.KIND, campaign_due.KIND, "月报未报"}
    own |= {officers_due.VACANT, officers_due.UNTRAINED, officers_due.SILENT}
    told = {*re.findall(r"^SELECT '([^']+)',", view, re.MULTILINE)} | own
    stages = {*re.findall(r"^SELECT '([^']+)' \|\|", view, re.MULTILINE)}
    assert {"托管服务", "责任村年终验收", "移交答复"} <= told
    assert stages == {"专项整治"}
    assert len(re.findall(r"^SELECT s.grade \|\| '证书到期'", view, re.MULTILINE)) == 1
    answered = {*due_answers.ANSWERED_BY} | {*due_answers.BY_COMMAND} | {"移交答复"}
    assert told | {kind for kind in answered if kind.startswith("专项整治")} == answered
    assert not {*due_answers.ANSWERED_BY} & {*due_answers.BY_COMMAND}
    shown = {due.kind for due in DUE} | {campaign_due.KIND}
    assert answered <= shown


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
