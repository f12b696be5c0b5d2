"""The example of a scheme by its name wherever a file or a scheme is asked for, and never over one of the ledger's."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from anjian_cli import cli

Run = Callable[..., str]
DAY = "2018-10-01"
EXAMPLE = "县级2026"


def test_it_is_listed_until_it_is_adopted(office: Run) -> None:
    assert f"附带（示例）：{EXAMPLE}；照它改：anjian 办法 空表 {EXAMPLE} -o 办法.xlsx" in office("scheme", "list")
    assert "示例" not in office("scheme", "list", "--format", "csv")
    told = office("scheme", "adopt", EXAMPLE, "--from", "2019-01-01")
    assert f"“{EXAMPLE}”是附带的示例，不是哪个县的文件" in told
    listed = office("scheme", "list")
    assert "（示例）2026年度安全生产工作考核办法" in listed
    assert "附带（示例）" not in listed


def test_it_is_checked_compared_and_shown(office: Run) -> None:
    told = office("scheme", "check", EXAMPLE, "--from", "2019-01-01")
    assert "是附带的示例" in told
    assert "《（示例）2026年度安全生产工作考核办法》没有发现错误" in told
    assert "县级2026 得分" in office("scheme", "compare", "永康2018", EXAMPLE, "--month", "10")
    assert "重大事故隐患动态清零" in office("scheme", "show", EXAMPLE)
    assert "可以是：永康2018、县级2026" in office("scheme", "show", "县级2027", code=3)


def test_a_form_to_be_changed_is_made_of_it(office: Run) -> None:
    for name in ("办法.xlsx", "办法.toml"):
        assert "类别12个" in office("scheme", "template", EXAMPLE, "-o", name)
        assert "没有发现错误" in office("scheme", "check", name, "--from", "2019-01-01")


@pytest.mark.unmeasured
def test_once_adopted_the_name_is_that_of_the_ledgers(office: Run) -> None:
    office("scheme", "template", EXAMPLE, "-o", "办法.toml")
    text = Path("办法.toml").read_text(encoding="utf-8")
    Path("办法.toml").write_text(text.replace("（示例）2026年度", "某县2026年度", 1), encoding="utf-8")
    office("scheme", "adopt", "办法.toml", "--from", "2019-01-01")
    assert "某县2026年度" in office("scheme", "export", EXAMPLE, "-o", "再.toml")
    assert "E764" in office("scheme", "adopt", EXAMPLE, "--from", "2020-01-01", code=1)


def test_changes_are_grouped_at_a_terminal_and_all_told_off_one(office: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    line = ("scheme", "check", EXAMPLE, "--from", "2019-01-01")
    told = office(*line)
    gone = told.count("  取消  ")
    assert gone > 50
    # How many of each category stands first, where so many lines follow; these are in the order of the categories.
    of_indicators = [row.split() for row in told.splitlines() if row.startswith("指标  ") and "  取消  " in row]
    first, second, *_ = told.splitlines()
    assert first.startswith(f"取消指标{len(of_indicators)}个：安全生产教育培训")
    assert second.startswith("新增指标")
    counts = [int(found) for found in re.findall(r"(\d+)个(?:、|$)", first.partition("：")[2])]
    assert sum(counts) == len(of_indicators)
    out = io.StringIO()
    monkeypatch.setattr(out, "isatty", lambda: True)
    with monkeypatch.context() as at_a_terminal:
        at_a_terminal.setattr(sys, "stdout", out)
        assert cli.main(["--today", "2018-11-02", *line]) == 0
    assert "处，每种列出8处；全部写到文件：anjian 办法 检查 县级2026 --自 2019-01-01 > 变更.txt" in out.getvalue()
    assert out.getvalue().count("取消") < gone / 2


def test_two_schemes_of_one_name_are_told_apart(office: Run) -> None:
    told = office("scheme", "compare", EXAMPLE, EXAMPLE, "--month", "10")
    assert "县级2026（甲） 得分" in told
    assert "县级2026（乙） 得分" in told
    assert "（暂计）" in told  # nobody has marked what is to be marked
    office("scheme", "template", EXAMPLE, "-o", "办法.toml")
    text = Path("办法.toml").read_text(encoding="utf-8")
    Path("再").mkdir()
    Path("再/办法.toml").write_text(text.replace("示例安委〔2026〕1号", "某安委〔2026〕8号"), encoding="utf-8")
    told = office("scheme", "compare", "办法.toml", "再/办法.toml", "--month", "10")
    assert "办法（示例安委〔2026〕1号） 得分" in told
    assert "办法（某安委〔2026〕8号） 得分" in told
    assert "暂计" not in office("scheme", "compare", "办法.toml", "再/办法.toml", "--month", "10", "--format", "csv")


def test_an_accident_without_a_word_on_serious_injuries_had_none(office: Run) -> None:
    line = "事故 新增 示例坠落事故 --镇 芝英 --发生时间 10-9 --行业领域 工矿商贸 --死亡 1"
    assert "已登记" in office(*line.split(" "))
    assert "重伤（人），如 0；不写即0" in office("事故", "新增", "-h")


def test_a_second_mark_of_a_day_is_told_how_it_is_one_of_its_own(new_county: Run) -> None:
    new_county("scheme", "adopt", EXAMPLE, "--from", "2018-01-01")
    line = "评分 新增 预案修订 --镇街 芝英 --月份 10 --理由 缺一份 --分值"
    assert "已登记" in new_county(*line.split(" "), "-0.5")
    refused = new_county(*line.split(" "), "-0.3", code=1)
    assert "确是两次评分的，请在“评分理由”里写明第几次、为什么，各条分值相加" in refused
    assert "〔E484〕" in refused
    assert "已登记" in new_county(*line.replace("缺一份", "第二次抽查又缺一份").split(" "), "-0.3")
