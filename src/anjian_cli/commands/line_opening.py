"""How a line begins, put as the program has it: noun and verb in one word (隐患新增, 修改企业), a firm before its noun
and verb, what is one kind of a noun's records in the noun's place (约谈 新增), a whole line with commas in it.

Knows the words of the command line, and no ledger.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anjian_cli.commands import intentions, loose_days, run_on_words, somebody, words
from anjian_cli.commands.word_kinds import NUMBER
from anjian_cli.records import definition
from anjian_cli.rules.word_lists import WORK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_OF_A_NUMBER = frozenset({"整改", "验收", "督办", "答复", "退回", "延期", "移交", "销号", "挂牌", "挂牌督办"})
"""What people say first for a step of a hazard, beside its number."""
_FIRST: Mapping[str, str] = {
    **dict.fromkeys(("续签", "续约", "签约"), "trusteeship"),
    "立案": "case",
    "续报": "accident",
}
"""What people say first for a step that records of one noun alone have, and that noun."""
_OF_A_FIRM: Mapping[str, str] = {
    **dict.fromkeys(("移交", "销号", "挂牌", "挂牌督办"), "hazard"),
    **dict.fromkeys(("更名", "改名", "停产", "停业", "歇业", "关闭", "关停", "搬迁", "复产"), "enterprise"),
}
"""The same beside a firm's name; without one it is asked. A number may be another record's."""
_WORK = frozenset({*WORK.words, *WORK.meant})
_COMMA = re.compile("[,，]")
_NUMBER_AND_MORE = re.compile(r"(?P<number>[^\s\d-]{2,6}-\d{1,4})(?P<more>[^\s\d-]\S+)")
_SAVED = re.compile(r"(?:导出|输出|保存|存|另存|写)(?:到|成|为|在)?(?P<file>\S+\.[a-z]{3,4})?")
_TOLD_OF_WORK = 3
"""So many things are told of what was done on a day: by whom, when and what; fewer may be asked."""
_NUMBER = re.compile(r"[^\s\d-]{2,6}-\d{1,4}")
_DATED = re.compile(rf"(?P<day>{loose_days.ANY})(?P<what>[\u4e00-\u9fff]{{2,6}})")
_ONE = re.compile("(?:了)?(?:一[条家次个起份期])?")


def unpunctuated(args: Sequence[str]) -> list[str]:
    """A line without the commas and stops behind its words; one with options, whose values may have them, as it is."""
    if any(word.startswith("-") for word in args):
        return list(args)
    return [word.rstrip("，,。；;") or word for word in args]


def plainly(args: Sequence[str]) -> list[str]:
    """A line with its noun and verb first, as two words; as it is where they are not said, or stand so already."""
    line = list(args)
    if len(line) == 1 and len(_COMMA.findall(line[0])) > 1:
        line = [part for part in _COMMA.split(line[0]) if part]
    if glued := _NUMBER_AND_MORE.fullmatch(line[0]):
        line[:1] = [glued["number"], glued["more"]]
    if _NUMBER.fullmatch(line[0]):
        line = [line[0], *(piece for word in line[1:] for piece in _dated(word))]
    if words.find(line[0], {**words.NOUNS, **words.COMMANDS}) is not None:
        return (
            _saved(_of_a_kind(line))
            if len(line) > 2 and words.find(line[1], words.GENERIC) == "list"
            else _of_a_kind(line)
        )
    for name, verb, rest in _together(line[0]):
        rest = rest.lstrip("，,：:")
        return [name, verb, *([rest] if rest else []), *line[1:]]
    if (told := _of_its_first_word(line)) is not None:
        return told
    for at in range(1, len(line) - 1):
        noun = words.find(line[at], words.NOUNS)
        if noun is not None and words.find(line[at + 1], words.NOUNS[noun].verbs) == "add":
            return [line[at], line[at + 1], *line[:at], *line[at + 2 :]]
    return _of_a_kind(line)


def _of_its_first_word(line: list[str]) -> list[str] | None:
    """A line that begins with a step (销号 芝英-12 …), or with what was done on a day (上门服务 某厂 …, 约谈 某镇 …),
    its noun first; None for any other, and where a noun or a verb of every noun is said behind the step."""
    first, rest = line[0], line[1:]
    if not rest or words.find(rest[0], words.NOUNS) is not None or words.called(rest, words.GENERIC)[0] is not None:
        return None
    numbered = any(map(NUMBER.fullmatch, rest))
    firms = any(map(somebody.ANY_FIRM.fullmatch, rest))
    noun = _FIRST.get(first) or ("hazard" if numbered and first in _OF_A_NUMBER else None)
    noun = noun or (_OF_A_FIRM.get(first) if firms else None)
    if noun is not None:
        return [words.NOUNS[noun].chinese[0], first, *rest]
    if not _tells_of_a_day(rest):
        return None
    add = words.GENERIC["add"].chinese[0]
    if first in ("上门服务", "上门") and firms:
        return [words.NOUNS["visit"].chinese[0], add, *rest]
    if first in _WORK and len(rest) >= _TOLD_OF_WORK:
        return [words.NOUNS["work"].chinese[0], add, first, *rest]
    return None


def _tells_of_a_day(rest: Sequence[str]) -> bool:
    """Whether words tell of something that was done on a day, and do not ask for it."""
    if any(intentions.asks(word) or word in run_on_words.SILENT for word in rest):
        return False
    return any(re.match(loose_days.ANY, word) for word in rest)


def _dated(word: str) -> list[str]:
    """A day and what was done on it as two words: 昨天整改好了. Any other as it is."""
    said = _DATED.fullmatch(word)
    steps = [verb for each in words.NOUNS["hazard"].own.values() for verb in each.chinese]
    return [said["day"], said["what"]] if said and any(map(said["what"].startswith, steps)) else [word]


def _together(word: str) -> Iterator[tuple[str, str, str]]:
    """Noun, verb and what stands behind them, of a word that begins with both, the longest names first."""
    nouns = sorted(((name, noun) for noun in words.NOUNS.values() for name in noun.chinese), key=lambda n: -len(n[0]))
    for name, noun in nouns:
        if name not in word:
            continue
        known = [verb for each in noun.verbs.values() for verb in each.chinese]
        known += [word for word, meant in words.SHORT_FOR.items() if meant[0] in noun.verbs]
        verbs = sorted(known, key=len, reverse=True)
        for verb in verbs:
            if word.startswith(f"{name}{verb}"):
                yield name, verb, word.removeprefix(f"{name}{verb}")
            if re.fullmatch(rf"{verb}{_ONE.pattern}{name}(?:记录)?", word):
                yield name, verb, ""
        if "add" in noun.verbs and re.fullmatch(rf"(?:补?[录报记填加]|新?开){_ONE.pattern}{name}(?:记录)?", word):
            yield name, words.GENERIC["add"].chinese[0], ""


def _of_a_kind(line: list[str]) -> list[str]:
    """约谈 新增 …: a record of 工作项 of that kind."""
    kinds = definition.record("work_item").columns["kind"].choices
    work = words.NOUNS["work"]
    if len(line) > 1 and line[0] in kinds and words.called(line[1:2], work.verbs)[0] == "add":
        return [work.chinese[0], line[1], line[0], *line[2:]]
    return line


def _saved(args: Sequence[str]) -> list[str]:
    """A list with the file into which it is to be written, as it is typed: 导出到 甲.xlsx as -o 甲.xlsx. As it is where
    nothing of the kind is said."""
    for at, word in enumerate(args):
        said = _SAVED.fullmatch(word)
        if at > 0 and said is not None and said["file"]:
            return [*args[:at], *args[at + 1 :], "-o", said["file"]]
        if at > 0 and said is not None and at + 2 == len(args) and re.fullmatch(r"\S+\.[a-z]{3,4}", args[at + 1]):
            return [*args[:at], "-o", args[at + 1]]
    return list(args)
