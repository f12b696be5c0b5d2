"""A sentence that is typed as one word, as the words that it consists of: 前仓镇还有几条隐患没销号 is 前仓镇 几条 隐患
没销号.

Only where every piece is known: by whom is asked, here nothing is. What says nothing of its own is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LONGEST = 14
"""Characters of the longest piece that is tried."""
_MOST = 40
"""Characters of the longest sentence."""
_SAID = """
的 了 吗 呢 还 都 也 是 有 里 中 在 到 那 这 和 跟 给 把 我们 我 现在 目前 一共 总共 共 请 帮我 查一下 看一下 看看
列出 列一下 给我 全市 全县 全部的 所有的 各个 有没有 的是 哪些是 是哪些 的有 还有 要到 快 导出到 企业 镇街 名单 情况
清单 记录 一览 ？ ? ， , 。
"""
SILENT = frozenset(_SAID.split())
"""What stands in a sentence and says nothing of its own."""


def pieces(word: str, known: Callable[[str], bool], silent: frozenset[str] = SILENT) -> list[str] | None:
    """The known pieces of a sentence, as few as there can be; None where something in it is neither known nor silent.
    A piece is two characters at least."""
    if len(word) > _MOST:
        return None
    best: list[tuple[int, list[str]] | None] = [None] * (len(word) + 1)
    best[0] = (0, [])
    for at in range(len(word)):
        here = best[at]
        if here is None:
            continue
        for end in range(min(len(word), at + _LONGEST), at, -1):
            piece = word[at:end]
            said = end - at > 1 and known(piece)
            if not said and piece not in silent:
                continue
            cost, words = here[0] + (2 if said else 3), [*here[1], *([piece] if said else [])]
            there = best[end]
            if there is None or cost < there[0]:
                best[end] = (cost, words)
    last = best[len(word)]
    return None if last is None else last[1]


def all_pieces(words: Sequence[str], known: Callable[[str], bool], silent: frozenset[str] = SILENT) -> list[str] | None:
    """The pieces of several words; None where one has something that is not known."""
    found: list[str] = []
    for word in words:
        of = [word] if known(word) else pieces(word, known, silent)
        if of is None:
            return None
        found += of
    return found
