"""What is asked before it is written: off a terminal a refusal that names the option for yes, on one a question."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest

from anjian_cli import cli

Run = Callable[..., str]
TASK = "任务 新增 网格员 --年度 2018 --镇 芝英 --文号 永安委〔2018〕9号 --起用日期 2018-01-01 --任务数"
VISIT = "服务 新增 示例0472 --类别 涉粉 --日期 10-30 --服务机构"
STANDARD = "标准化 新增 示例0518 --等级 三级 --类型 新创 --启动日期 2018-10-30"
HIGHER = "标准化 新增 示例0518 --等级 二级 --类型 新创 --启动日期 2018-01-10 --公告日期"


def newest(run: Run) -> int:
    return int(run("日志", "--条数", "1").splitlines()[2].split()[0])


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("line", "agreeing", "code", "asked"),
    [
        (f"{TASK} 77", "--替换", "E484", "任务数："),
        ("企业 新增 永康市示例0518五金厂 --镇 芝英 --从业人数 77", "--替换", "E484", "从业人数："),
        ("培训 修改 芝英-1 --参训人次 600", "", "", ""),
        (f"{VISIT} 示例乙安全技术服务公司", "--确认", "E485", "的机构“示例甲安全技术服务公司”"),
        (f"{VISIT} 示例甲安全技术服务公司", "", "", ""),
        ("服务 修改 芝英-3 --服务机构 示例丙安全技术服务公司", "--确认", "E485", "“示例丙安全技术服务公司”——不是合同"),
        ("服务 修改 芝英-3 --备注 雨天", "", "", ""),
    ],
)
def test_off_a_terminal_it_is_refused_and_done_with_the_option(
    office: Run, line: str, agreeing: str, code: str, asked: str
) -> None:
    before = newest(office)
    if code:
        said = office(*line.split(" "), code=1)
        assert f"〔{code}〕" in said
        assert asked in said
        assert agreeing in said
        assert newest(office) == before
        line += f" {agreeing}"
    office(*line.split(" "))
    assert newest(office) == before + 1


@pytest.mark.unmeasured
def test_what_is_there_already_and_stays_as_it_is_is_not_asked(office: Run) -> None:
    office(*f"{TASK} 77".split(" "), "--替换")
    before = newest(office)
    assert "没有变化" in office(*f"{TASK} 77".split(" "))
    assert newest(office) == before


@pytest.mark.unmeasured
def test_the_third_grade_below_a_valid_higher_one_is_asked(office: Run) -> None:
    office(*f"{HIGHER} 2018-06-01".split(" "))
    said = office(*STANDARD.split(" "), code=1)
    assert "〔E487〕" in said
    assert "该企业的二级证书（" in said
    office(*STANDARD.split(" "), "--确认")


@pytest.mark.unmeasured
def test_the_third_grade_below_a_higher_one_under_way_is_not_asked(office: Run) -> None:
    office(*f"{HIGHER} 2018-06-01".removesuffix(" --公告日期 2018-06-01").split(" "))
    office(*STANDARD.split(" "))


@pytest.mark.parametrize(("answer", "done"), [("y\n", True), ("n\n", False), ("", False)])
@pytest.mark.parametrize(
    ("line", "asked"), [(f"{TASK} 77", "照此要改：任务数："), (f"{VISIT} 示例乙安全技术服务公司", "不是合同")]
)
def test_on_a_terminal_it_is_asked(
    office: Run, monkeypatch: pytest.MonkeyPatch, line: str, asked: str, answer: str, done: bool
) -> None:
    before = newest(office)
    out = io.StringIO()
    monkeypatch.setattr(out, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(answer.encode())))
    with monkeypatch.context() as at_a_terminal:
        at_a_terminal.setattr(sys, "stdout", out)
        assert cli.main(["--today", "2018-11-02", *line.split(" ")]) == 0
    assert asked in out.getvalue()
    assert "照此登记吗？（y/n）" in out.getvalue()
    assert newest(office) == before + done


@pytest.mark.parametrize(
    ("line", "near"),
    [
        (f"{VISIT} 示例甲安全技术服务公词", "中介机构名册里没有它，相近的有“示例甲安全技术服务公司”"),
        (f"{VISIT} 示例甲安全服务公司", "相近的有“示例甲安全技术服务公司”"),
        (f"{VISIT} 示例甲", "相近的有“示例甲安全技术服务公司”"),  # a part of one name alone
        (
            "检查 新增 示例0518 --方式 部门检查 --日期 11-1 --有无 无 --行动 2018年秋季安全生产检查",
            "行动名册里没有它，相近的有“2018年秋季安全生产大检查”",
        ),
        ("行动 新增 冬防 --开始 11-20 --牵头 示例建设厅", "部门名册里没有它，相近的有“示例建设局”"),
    ],
)
def test_a_name_that_is_nearly_one_of_a_register_is_refused_with_it(office: Run, line: str, near: str) -> None:
    said = office(*line.split(" "), code=1)
    assert "〔E286〕" in said
    assert near.partition("没有它")[2] in said
    assert "add" not in said


@pytest.mark.unmeasured
def test_a_name_that_is_in_no_register_and_like_none_is_taken_but_for_a_campaign(office: Run) -> None:
    visit = ("检查", "新增", "示例0518", "--方式", "部门检查", "--日期", "11-1", "--有无", "无", "--行动", "春节前检查")
    assert "〔E860〕" in office(*visit, code=1)
    office("机构", "新增", "示例丁安全技术服务公司")  # like the others, and one of its own
    office(*f"{VISIT} 示例丁安全技术服务公司".split(" "), "--确认")
