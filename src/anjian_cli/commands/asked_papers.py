"""A paper that is asked for by its name (抄告函 芝英-12, 督办通知书 芝英, 隐患 整改通知书 芝英-12 打印): the one
that the program writes, or that it writes none of the kind.

Only where every other word says for whom it is: a record in which a paper is mentioned is none of these.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anjian_cli.commands import words
from anjian_cli.commands.word_kinds import NUMBER
from anjian_cli.errors import refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from anjian_cli.commands.word_kinds import Kinds

_WRITTEN: Mapping[str, re.Pattern[str]] = {
    "抄告": re.compile("抄告[函单书]"),
    "督办": re.compile("督办(?:通知书?|函)"),
    "约谈": re.compile("约谈(?:通知书?|函)"),
    "催报": re.compile("催报(?:通知书?|函)"),
}
"""By kind of `notice`: what people call the paper."""
_OTHER = re.compile(r".*(?:通知书|通知单|指令书|告知书|决定书|意见书|整改单)")
_SILENT = frozenset(
    {"打印", "打", "出", "开", "写", "生成", "下发", "发", "给", "一份", "打印一份", "出一份", "开一份"}
)


def line(kinds: Kinds, args: Sequence[str]) -> list[str]:
    """The command that writes the paper; [] for a line that asks for none. Raises `Refused` E146 for one that there is
    not."""
    end = next((at for at, word in enumerate(args) if word.startswith("-")), len(args))
    plain, file = [word for word in args[:end] if word not in _SILENT], list(args[end:])
    papers = [word for word in plain if _OTHER.fullmatch(word) or any(of.fullmatch(word) for of in _WRITTEN.values())]
    if len(papers) != 1 or (file and (file[0] != "-o" or len(file) != 2)):
        return []
    rest = [word for word in plain if word not in papers and not _is_of_papers(word)]
    towns = [town for word in rest if (town := kinds.town(word))]
    numbers = [word for word in rest if NUMBER.fullmatch(word)]
    months = [word for word in rest if kinds.month(word)]
    firms = [
        word for word in rest if word not in (*numbers, *months) and not kinds.town(word) and _is_firm(kinds, word)
    ]
    if len(towns) + len(numbers) + len(months) + len(firms) != len(rest):
        return []
    kind = next((name for name, of in _WRITTEN.items() if of.fullmatch(papers[0])), "")
    of_town = [part for town in towns for part in ("--town", town)]
    match kind:
        case "":
            raise refused("E146", papers[0], remedy=_instead(numbers))
        case "抄告" if len(rest) == len(numbers) == 1:
            return ["notice", kind, *numbers, *file]
        case "约谈" if len(towns) == 1 and len(rest) == 1 + len(months) <= 2:
            return ["notice", kind, *of_town, *(part for month in months for part in ("--month", month)), *file]
        case "督办" | "催报" if len(rest) == len(towns) <= 1 and (towns or kind == "催报"):
            return ["notice", kind, *of_town, *file]
    return []


def _is_of_papers(word: str) -> bool:
    return words.find(word, words.COMMANDS) == "notice" or words.find(word, words.NOUNS) in ("hazard", "case")


def _is_firm(kinds: Kinds, word: str) -> bool:
    return bool(kinds.firm(word, whole=True) or kinds.firm(word, whole=False))


def _instead(numbers: Sequence[str]) -> str:
    whole = f"；这一条的全部内容：anjian 隐患 查看 {numbers[0]}" if len(numbers) == 1 else ""
    return f"能写的有催报、督办、约谈（给镇街）和抄告函（移交了的隐患，给部门）：anjian 文书 -h{whole}"
