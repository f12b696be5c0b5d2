"""The example of a scheme by its name wherever a file or a scheme is asked for, and never over one of the ledger's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

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
