"""A line that calls no command as it stands: what it calls if its words say so plainly, else what is to be typed.

隐患 逾期 芝英 is the list of it, 新增 隐患 is 隐患 新增. Anything that could be meant as a step of a record's life is
never guessed: it is refused with the line to type.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.bulletin.summary_table import typed
from anjian_cli.commands import loose_days, words
from anjian_cli.errors import Misread, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anjian_cli.commands.session import Session

_NUMBER = re.compile(r"[^\s-]*-[A-Z]?\d{1,7}", re.IGNORECASE)
NIL = frozenset({"零报告", "报零"})
"""What says that there was nothing to report."""
DENIES = re.compile("没|未|不|无(?!锡)")
"""Without a word that denies a list would be of the opposite."""
_TELLS = re.compile(rf"{loose_days.ANY}|已|了|(?<!第)\d+(?:\.\d+)?(?:人|条|元|万|点|个|学时|次|名(?!单))|\d{{7}}")
"""What says that something was done, or how much of it: a day, 了, 45人, a telephone's number."""
_SHOWN = 6
"""So many words of a line are said again in a remedy."""
_ASIDE = {
    "排名": "各镇的名次：anjian 一页纸 10；为什么是这个名次：anjian 明细 10 芝英 排名",
    "名次": "各镇的名次：anjian 一页纸 10；为什么是这个名次：anjian 明细 10 芝英 排名",
    "催报": "没报的写催报：anjian 文书 催报；贴到群里的：anjian 催办",
    "续签": "续签的是新的一份合同：anjian 托管 新增 名称 --机构 … --类别 …",
    "停产": "停产、关闭：anjian 企业 修改 名称 --状态 停产",
    "关闭": "停产、关闭：anjian 企业 修改 名称 --状态 关闭",
    "比较": "和上月比在一页纸里：anjian 一页纸 10；各机构、部门比一比：anjian 机构 比较、anjian 部门 比较",
    "删除": "不删，作废并写明原因：动作写 作废",
    "删": "不删，作废并写明原因：动作写 作废",
    "撤回": "anjian 撤销 操作号（看操作号：anjian 日志）",
}
"""What people say for what is called otherwise here, and is not one command."""


def turned(args: Sequence[str]) -> list[str] | None:
    """A line whose verb stands before its noun, with the noun first; None for any other."""
    if len(args) < 2 or (noun := words.find(args[1], words.NOUNS)) is None:
        return None
    verbs = words.NOUNS[noun].verbs
    return [noun, args[0], *args[2:]] if words.called(args[:1], verbs)[0] is not None else None


def list_in_the_noun(session: Session, args: Sequence[str]) -> list[str] | None:
    """A line that begins with a condition and the noun in one word, as the list: 重大隐患 芝英. None for any other."""
    for noun, rest in ending_in_a_noun(args[0]):
        if is_list(session, noun, [rest, *args[1:]]):
            return [noun, "list", rest, *args[1:]]
    return None


def ending_in_a_noun(text: str) -> list[tuple[str, str]]:
    """The nouns with which a word ends, each with what stands before it."""
    return [
        (name, text.removesuffix(word))
        for name, noun in words.NOUNS.items()
        for word in noun.chinese
        if len(word) > 1 and text.endswith(word) and text != word
    ]


def is_list(session: Session, noun: str, args: Sequence[str]) -> bool:
    """Whether the words behind a noun ask its list: each is a condition of it. A record's number beside others may be
    meant for a step, and is none."""
    entry = words.NOUNS[noun]
    asked = _plain(args)
    if (
        is_nil_report(noun, args)
        or "list" not in entry.generic
        or not asked
        or (len(asked) > 1 and any(map(_NUMBER.fullmatch, asked)))
    ):
        return False
    from anjian_cli.commands.list_words import Reader
    from anjian_cli.records import definition

    try:
        with session.read() as connection:
            reader = Reader(session, connection, definition.called(noun))
            try:
                return not reader.understood(asked).texts
            except Refused:
                return all(reader.means(word) or reader.phrase(word) for word in asked)
    except (Misread, Refused):
        return False


def is_nil_report(noun: str, args: Sequence[str]) -> bool:
    """Whether a line may tell that one town has nothing to report of one month: 报送 零报告 西溪 10月."""
    return noun == "filing" and len(args) > 2 and not NIL.isdisjoint(args)


class Remedy(NamedTuple):
    """What is to be typed instead, in words, and the line that these words show, where it can be run as it is."""

    told: str = ""
    line: tuple[str, ...] = ()


def behind_a_noun(session: Session, noun: str, args: Sequence[str]) -> Remedy:
    """What is to be typed for a line whose word behind a noun is no verb of it."""
    entry = words.NOUNS[noun]
    called = entry.chinese[0]
    if other := words.find(args[0], words.NOUNS):
        named = words.NOUNS[other].chinese[0]
        return Remedy(f"“{named}”自成一类，请写 anjian {named} 新增、anjian {named} 列表 等。")
    if told := next(filter(None, map(aside, args)), ""):
        return Remedy(told)
    later = next((word for word in _plain(args)[1:] if _verb(word, entry)), None)
    if later is not None:
        step = f"anjian {called} {_verb(later, entry)}"
        return Remedy(f"动作写在前面：{step} {typed(args[0])}，其余见 {step} -h。")
    return _asked(session, noun, args)


def aside(word: str) -> str:
    """What is to be typed for a word that people use for what is called otherwise here; '' for any other."""
    return f"{_ASIDE[word]}。" if word in _ASIDE else ""


def at_the_beginning(session: Session, args: Sequence[str]) -> Remedy:
    """What is to be typed for a line that begins with no command and no noun."""
    first = args[0]
    if _NUMBER.fullmatch(first):
        hazard = words.NOUNS["hazard"]
        if verb := next((verb for word in args[1:] if (verb := _verb(word, hazard))), ""):
            return Remedy(f"类别和动作写在前面，如 anjian 隐患 {verb} {typed(first)}。")
        lines = f"如 anjian 隐患 查看 {typed(first)}；不知道是哪一类：anjian 查找 {typed(first)}"
        return Remedy(f"类别和动作写在前面，{lines}。")
    for noun, rest in ending_in_a_noun(first):
        if (found := _asked(session, noun, [rest, *args[1:]])).told:
            return found
    if _is_town(session, first):
        town = typed(first)
        lines = f"anjian 通报 10 {town}、anjian 待办 --镇街 {town}"
        return Remedy(f"{first}的通报、待办：{lines}；名次由来：anjian 明细 10 {town} 排名。")
    return Remedy()


def _asked(session: Session, noun: str, args: Sequence[str]) -> Remedy:
    """The list of a noun with those words that ask something of it; nothing where none does."""
    entry = words.NOUNS[noun]
    if "list" not in entry.generic:
        return Remedy()
    from anjian_cli.commands.intentions import asks
    from anjian_cli.commands.list_words import Reader
    from anjian_cli.ledger import listing
    from anjian_cli.records import definition

    try:
        with session.read() as connection:
            record = definition.called(noun)
            reader = Reader(session, connection, record)

            def tells(word: str) -> bool:
                if reader.means(word) or reader.phrase(word) or reader.asks(word):
                    return True
                return listing.count(connection, record.name, listing.Wanted(text=word)) > 0

            told = _plain(args)[:_SHOWN]
            kept = [word for word in told if tells(word)]
    except (Misread, Refused):
        return Remedy()
    left = [word for word in _plain(args) if word not in kept]
    if any(map(DENIES.search, left)):
        return Remedy()
    if any(_TELLS.search(word) and not asks(word) for word in left):  # who enters something asks for no list
        return Remedy()
    if all(map(reader.asks, kept)):
        return Remedy()
    return Remedy(f"要列出，请写 anjian {entry.chinese[0]} 列表 {_line(kept)}。", (noun, "list", *kept))


def _is_town(session: Session, text: str) -> bool:
    from anjian_cli.ledger import lookup

    try:
        with session.read() as connection:
            lookup.Finder(connection).town(text)
    except (Misread, Refused):
        return False
    return not text.isdigit()


def _plain(args: Sequence[str]) -> list[str]:
    """The words before the first option."""
    found = []
    for word in args:
        if word.startswith("-") and len(word) > 1:
            break
        found.append(word)
    return found


def _verb(word: str, entry: words.Noun) -> str:
    """The verb of a noun that a word is, or begins with (延期到), in Chinese; '' if none."""
    for verb in entry.verbs.values():
        for name in verb.chinese:
            if word == name or (len(name) > 1 and word.startswith(name)):
                return verb.chinese[0]
    return ""


def _line(args: Sequence[str]) -> str:
    return " ".join(map(typed, args))
