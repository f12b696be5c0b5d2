"""A line whose noun stands behind other words, with its noun first: 示例甲 这个月 到期 的 托管合同 有 哪些.

People say whose, or when, before they say what. The words keep their order; what says nothing of its own is left out.
Knows the words of the command line, and no ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.commands import astray, intentions, line_opening, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BEHIND = ("合同", "报告", "记录", "情况", "企业", "证书", "案件", "案子", "报表", "月报")
"""What people say behind a noun: 托管合同, 检测报告."""
_DONE = {"查了": "inspection", "检查了": "inspection", "上门服务": "visit", "月报": "filing", "报表": "filing"}
"""What people say for a record of a noun without its name."""
PARTICLES = frozenset(["了", "起", "都", "也", "就", "请", "一个", "一下", "一次", "那条", "我们", "帮我", "给我"])
"""Words that say nothing wherever they stand by themselves: without them a line tells what it told."""
COMMANDS = frozenset({"bulletin", "brief", "status", "todo", "coverage", "log"})
"""Commands that may stand behind other words: they only show, and all towns where none is named."""
_ASKING = """
的 是 有 还 还有 还是 现在 目前 一共 总共 全市 全县 看看 看一下 查一下 出一下 调出来 发一下 排在 的镇 呢
"""
_SILENT = PARTICLES | frozenset(_ASKING.split())
"""Words by themselves that say nothing of their own in a line that asks."""


def may_ask(args: Sequence[str]) -> bool:
    """Whether words are left out of it that may say that something is asked: 是, 还有, 终止 的."""
    return not _SILENT.isdisjoint(set(args) - PARTICLES)


def lines(args: Sequence[str]) -> Iterator[list[str]]:
    """The line with each of the nouns first that stand in it behind something else, the one that stands first before
    the others; of a line that has its noun first that line without what says nothing of its own, and none of one that
    begins with a command: 明细 10 全市 排名 asks another thing than without 全市."""
    if not args or words.find(args[0], words.COMMANDS) is not None:
        return
    told = [word for word in args if word not in _SILENT]
    if words.find(args[0], words.NOUNS) is not None:
        yield from [told] if told != list(args) else []
        return
    for at, word in enumerate(told):
        before, behind = _others(told[:at]), _others(told[at + 1 :])
        command = words.find(word, words.COMMANDS) if at else None
        if command is not None:
            yield from [[word, *before, *behind]] if command in COMMANDS else []
            continue
        opened = line_opening.plainly([word, *before, *behind]) if at else [word]
        if words.find(opened[0], words.NOUNS) is not None and opened[0] != word:
            yield opened
        for noun, rest in _nouns(word):
            yield [words.NOUNS[noun].chinese[0], *before, *([rest] if rest else []), *behind]


def _others(told: Sequence[str]) -> list[str]:
    """The words beside a noun; what is of firms is not said again."""
    return [word for word in told if word != "企业"]


def _nouns(word: str) -> Iterator[tuple[str, str]]:
    """The noun that a word is, or has at its end or its beginning, and what else it says."""
    if word in _DONE:
        yield _DONE[word], ""
    elif (noun := words.find(word, words.NOUNS)) is not None:
        yield noun, ""
    elif not intentions.asks(word):
        plain = next((word.removesuffix(each) for each in _BEHIND if word.endswith(each)), word)
        noun = words.find(plain, words.NOUNS) if plain != word else None
        if noun is not None:
            yield noun, ""
        else:
            yield from astray.ending_in_a_noun(plain)
