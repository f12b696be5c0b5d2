"""Lines whose noun stands behind other words, as people say whose or when before what. Each is typed on the
demonstration."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from anjian_cli.commands import noun_first

Run = Callable[..., str]

READ = [
    ("示例甲 这个月 到期 的 托管合同 有 哪些", "托管 列表 示例甲 这个月 到期 哪些"),
    ("全县 还有 几个 重大隐患 没销号", "隐患 列表 几个 重大隐患 没销号"),
    ("芝英镇 有 哪些 喷涂企业", "企业 列表 芝英镇 哪些 喷涂"),
    ("消防大队 10月份 查了 多少家", "检查 列表 消防大队 10月份 多少家"),
    ("示例乙 这个季度 还有 哪些 企业 没去 服务", "托管 列表 示例乙 这个季度 哪些 没去"),  # 企业 is no 付费方
    (
        "示例0059杯业厂 托管 提前终止 10月31日 企业搬走了",
        "托管 终止 330784002-2018-0017 --日期 10月31日 --原因 企业搬走了",
    ),
    ("10月 通报 排在 最后三名 的 镇", "通报 10月 --简"),
    ("10月份 通报 出一下", "通报 10月份"),
    ("示例0484抛光厂 10月15日 起 停产 了", "企业 修改 示例0484抛光厂 --经营状态 停产 --变更日期 10月15日"),
]


@pytest.mark.parametrize(("line", "read"), READ, ids=[line for line, _ in READ])
def test_the_noun_may_stand_anywhere(office: Run, line: str, read: str) -> None:
    assert f"读作：anjian {read}\n" in office(*line.split(" "))


@pytest.mark.parametrize(
    "line",
    [
        "老王 10月 检查 隐患",
        "今年 一共 罚了 多少钱 比去年 多还是少",  # no noun
        "石柱网格员甲 10月31日 不干了 换成 李小明 11月1日 到岗",  # two steps
    ],
)
def test_what_may_be_of_several_nouns_or_of_none_is_refused(office: Run, line: str) -> None:
    assert "〔E101〕" in office(*line.split(" "), code=2)


ASKED = """
示例0484抛光厂 没 停产
示例0484抛光厂 还 停产
示例0484抛光厂 是 停产 10月15日
示例0484抛光厂 停产 了 没
示例0484抛光厂 准备 停产
芝英-15 隐患 没 销号
芝英-15 隐患 销号 了 没有
芝英-15 隐患 整改 的
隐患 整改 芝英-15 的
示例0059杯业厂 托管 终止 的
托管 终止 示例0059杯业厂 的
示例0059杯业厂 托管 提前终止 10月31日 吗
网格员 石柱网格员甲 10月31日 离岗 的
"""


@pytest.mark.parametrize("line", ASKED.strip().splitlines())
def test_what_asks_or_denies_changes_nothing(office: Run, line: str) -> None:
    said = office(*line.split(" "), code=2)
    assert "读作" not in said
    assert "已" not in said.partition("〔")[0]


@pytest.mark.parametrize("line", ["17 撤销", "昨天 那条 撤销", "全市 明细 10 排名"])
def test_a_command_that_writes_or_needs_its_words_is_not_moved(office: Run, line: str) -> None:
    assert "〔E101〕" in office(*line.split(" "), code=2)


def test_a_line_that_has_its_noun_first_is_none_of_these() -> None:
    assert list(noun_first.lines(["隐患", "芝英", "检查"])) == []
    assert list(noun_first.lines(["明细", "10", "全市", "排名"])) == []
    assert list(noun_first.lines(["通报", "芝英", "检查"])) == []
    assert next(noun_first.lines(["芝英", "检测报告", "10月"])) == ["检测", "芝英", "10月"]


@pytest.mark.parametrize(
    ("line", "code"), [("行动 新增 甲行动 11月5日 到 12月31日", 0), ("甲 新增 行动 乙 11月5日 到 12月31日", 2)]
)
def test_two_days_at_the_end_of_a_line_are_one_span(office: Run, line: str, code: int) -> None:
    assert "〔E901〕" not in office(*line.split(" "), code=code)
