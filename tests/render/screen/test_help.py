from __future__ import annotations

import pytest

from anjian_cli.render.screen.help import Section, page
from anjian_cli.render.width import columns, wrapped


@pytest.mark.parametrize(("text", "width"), [("", 0), ("ab-1", 4), ("隐患", 4), ("（甲）", 6), ("“a”", 5)])
def test_columns(text: str, width: int) -> None:
    assert columns(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("登记整改完成", 8, ["登记整改", "完成"]),
        ("登记整改，完成", 8, ["登记整", "改，完成"]),
        ("请看 anjian log 一页", 11, ["请看 anjian", "log 一页"]),
        ("averylongword甲", 6, ["averylongword", "甲"]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


PAGE = """\
用法：anjian log [选项]
　　　anjian 日志 [选项]

台账上做过的每一步操作，最新的在前；一步操作可以撤销，但它后面的操
作不能动过同一条记录。

命令：
  log       日志        每一步操作
  template  空表、模板  生成空表，发给各镇（街、区）填报，填好后直
                        接导入

选项：
  --a-very-long-option, --很长的选项 值
                                只列这一类
  -n 整数                       列几条

例：
  anjian 日志
  anjian 日志 -n 5
"""


def test_a_page() -> None:
    about = """台账上做过的每一步操作，最新的在前；
    一步操作可以撤销，但它后面的操作不能动过同一条记录。

    例：anjian 日志
        anjian 日志 -n 5
    """
    sections = [
        Section(
            "命令",
            [
                ("log", "日志", "每一步操作"),
                ("template", "空表、模板", "生成空表，发给各镇（街、区）填报，填好后直接导入"),
            ],
        ),
        Section("没有", []),
        Section("选项", [("--a-very-long-option, --很长的选项 值", "只列这一类"), ("-n 整数", "列几条")]),
    ]
    usage = ["anjian log [选项]", "anjian 日志 [选项]"]
    shown = page(usage, about, sections, 66)
    assert shown == PAGE.rstrip("\n")
    assert max(columns(line) for line in shown.splitlines()) <= 66


def test_latin_lines_are_joined_with_a_space() -> None:
    assert page(["x"], "see\nthis", []).endswith("\nsee this")
