"""A line is read directly where it is plain, and by Typer where it is not: both make the same call of it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from anjian_cli.commands import direct
from support import two_readers

LINES = 600
READ = 0.25
"""At least such a part of the random lines is read directly, else they prove little."""


def test_both_readers_make_the_same_call() -> None:
    chance = random.Random(2018)
    read = 0
    for _ in range(LINES):
        typed = two_readers.drawn(chance)
        line = two_readers.as_read(typed)
        if line is not None and (made := two_readers.read_directly(line)) is not None:
            assert made == two_readers.read_by_typer(line), typed
            read += 1
    assert read > LINES * READ


@pytest.mark.parametrize(
    ("line", "given"),
    [
        (["撤销"], {"operation": None}),
        (["undo", "7"], {"operation": 7}),
        (["待办", "7", "--镇=芝英"], {"asked_for": ["7"], "town": "芝英"}),
        (["template", "-o", "空表.xlsx", "隐患"], {"output": Path("空表.xlsx")}),
        (["隐患", "销号", "甲-1", "--完成", "10-28", "甲-2"], {"numbers": ["甲-1", "甲-2"], "rectified": "10-28"}),
        (["导入", "a.csv", "b.csv", "--只检查"], None),
        (["导入", "-", "--试"], {"paths": [Path("-")], "dry_run": True}),
        (["导入"], {"paths": None}),
        (["隐患", "改错", "甲-1", "--why", "录错"], {"number": "甲-1", "correct": True, "why": "录错"}),
        (["日志", "--条数", "5", "--limit", "6"], {"limit": 6}),
    ],
)
def test_a_plain_line_is_read_directly(line: list[str], given: dict[str, object] | None) -> None:
    found = direct.read(line)
    if given is None:
        assert found is None
        return
    assert found is not None
    assert {name: found.given[name] for name in given} == given


@pytest.mark.parametrize(
    "line",
    [
        [],
        ["隐换"],
        ["隐患"],
        ["隐患", "销耗", "甲-1"],
        ["隐患", "销号"],
        ["隐患", "销号", "--", "甲-1"],
        ["隐患", "销号", "甲-1", "-5"],
        ["隐患", "销号", "甲-1", ""],
        ["隐患", "销号", "甲-1", "--完成"],
        ["隐患", "销号", "甲-1", "--完成", "--验收人"],
        ["隐患", "销号", "甲-1", "--没有"],
        ["隐患", "验收", "甲-1", "--不合格=是"],
        ["隐患", "延期", "甲-1"],
        ["待办", "--天内", "4000"],
        ["待办", "--天内", "十"],
        ["日志", "--条数", "0"],
        ["撤销", "7", "8"],
        ["日志", "-o=a.csv"],
        ["日志", "-oa.csv"],
        ["日志", "-o", "a\0b"],
    ],
)
def test_what_is_not_plain_is_left_to_typer(line: list[str]) -> None:
    assert direct.read(line) is None
