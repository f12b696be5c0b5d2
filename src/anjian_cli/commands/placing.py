"""The ways to place the words of a line one by one, each in a place of its own.

A word goes where its kind says: a term of one field, a title with its value, a day, a name or a number that the ledger
knows; what is none of these is free text, where one place alone takes that. Knows places (`line_places`), no command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anjian_cli.commands import intentions, leftover_words, list_periods, loose_days, somebody, word_kinds
from anjian_cli.commands.line_places import FIELD, Slot, anything

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_BETWEEN = "：: 到至为"
_DENIES = re.compile("未|没|还没|还未|尚未|不|无|仍|正在|准备|计划|打算|待")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_BY_THEN = re.compile(
    r"(?P<limit>限期?|最迟|最晚|最多|要求|务必)?(?:在|到|于)?(?P<day>.+?)(?P<before>之前|以前|前)?"
    r"(?:要)?(?:整改|完成|整改完成|整改完|整改好|整改到位|办结|改好|改完|改掉|改|清走|清掉|清完|换好|装好|修好|拆掉|拆除)?"
)
_COUNTED = re.compile(r"(\D{2,}?)(\d[\d.]*)(\D?)")
_CHANGED = re.compile("^(?:应该|应)?(?:改|换|变更|更正|调整|更改)(?:成|为|到)?|^应该?[是为]")
"""What stands between a title and what its value becomes: 电话换成, 死亡改, 检查方式应该是."""
_BARE_NUMBER = re.compile(r"\d[\d,.]*(?:人次?|名|条|个|处|台|套|家|户|起|件|次|元|万元?|分|学时|课时|天|吨)?")
_BEGINS_WITH_A_DAY = re.compile(rf"{loose_days.ANY}|20\d\d年")
_OWNERS = frozenset({f"{FIELD}enterprise", f"{FIELD}village"})
_TITLE = 4
"""Characters of what may be the title of a value beside it."""
CHANGED = re.compile("改成|改为|换成|换为|变更为|更正为")
"""What says that something is to be changed."""
LEFT = "left over"
"""In a way: the words that have no place."""


class Placing:
    """Places the words of one line. `flags` are words for an option without a value; `is_name` tells somebody's name
    from a word that may say what a value beside it is."""

    def __init__(self, slots: Sequence[Slot], flags: Mapping[str, str], is_name: Callable[[str], bool]) -> None:
        self.slots, self.flags, self.is_name = slots, flags, is_name
        self.takes_measures = any(slot.key == "measures" for slot in slots)
        self._known: dict[tuple[str, str], list[tuple[str, str, int]]] = {}

    def ways(self, plain: Sequence[str], given: frozenset[str], spare: int = 0) -> Iterator[dict[str, list[str]]]:
        """All ways to place the words one by one, each in a place of its own, but for so many that are left over
        (`LEFT`). What is left over says of no value beside it what that is."""
        if not plain:
            yield {}
            return
        for key, value, length in self._places(plain):
            slot = next((one for one in self.slots if one.key == key), None)
            if key in given and not (slot is not None and slot.several):
                continue
            for rest in self.ways(plain[length:], given | {key}, spare):
                if slot is not None and slot.several and key in rest:
                    yield {key: [value, *rest[key]], **{k: v for k, v in rest.items() if k != key}}
                elif key not in rest:
                    yield {key: [value], **rest}
        titles = len(plain) > 1 and _is_value(plain[1]) and len(plain[0]) <= _TITLE and not self.is_name(plain[0])
        if spare and not titles:
            for rest in self.ways(plain[1:], given, spare - 1):
                yield {**rest, LEFT: [plain[0], *rest.get(LEFT, ())]}
        elif spare > 1:
            for rest in self.ways(plain[2:], given, spare - 2):
                yield {**rest, LEFT: [*plain[:2], *rest.get(LEFT, ())]}

    def tells(self, word: str) -> bool:
        """Whether a word says by itself what it is: it is no part of a longer name, and no free text."""
        if word in self.flags or self.names(word) or _by_then(word, self.slots):
            return True
        return any(
            slot.exact(word) is not None
            or slot.glued(word) is not None
            or _run_on(word, slot) is not None
            or (slot.alone and re.fullmatch(slot.alone, word))
            for slot in self.slots
        )

    def is_firm(self, word: str) -> bool:
        """Whether a word is a firm of the ledger that has a place here."""
        return bool(somebody.FIRM.fullmatch(word)) and self.names(word)

    def names(self, word: str) -> bool:
        """Whether a word is a firm by its number and kind, or what the ledger calls so."""
        if not somebody.FIRM.fullmatch(word):
            return any(slot.exact(word) is not None for slot in self.slots if slot.by_name)
        return any(slot.exact(word) or slot.part(word) or slot.each(word) for slot in self.slots)

    def _places(self, plain: Sequence[str]) -> list[tuple[str, str, int]]:
        around = plain[0], plain[1] if len(plain) > 1 else ""
        if around not in self._known:
            self._known[around] = _places(plain[:2], self.slots, self.flags)
        return self._known[around]


def _is_value(word: str) -> bool:
    """Whether a word is a bare day or number: a word before it may say of what."""
    return word_kinds.is_day(word) or not _CHINESE.search(word)


def _places(plain: Sequence[str], slots: Sequence[Slot], flags: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Where the first word can go: place, value, and how many words that takes. What tells by itself, or by its title,
    is no part of a name; and what is that is no free text. A place that is taken already counts: 一般 beside
    --隐患级别 重大 is no description."""
    word = plain[0]
    if word in flags:
        return [(f"flag {flags[word]}", flags[word], 1)]
    found = [(slot.key, value, 1) for slot in slots if (value := slot.exact(word)) is not None]
    for slot in slots:
        if (value := _run_on(word, slot)) is not None:
            found.append((slot.key, value, 1))
    found = found or _by_then(word, slots)
    if not any(value for _, value, _ in found) and (counted := _COUNTED.fullmatch(word)):
        fit = [slot for slot in slots if slot.counts and any(counted[1] in name for name in slot.names)]
        if len(fit) == 1 and counted[3] in ("", fit[0].counts) and fit[0].named(counted[2]) is not None:
            found.append((fit[0].key, counted[2], 1))
    if len(plain) > 1 and (titled := _titled(word, plain[1], slots)) is not None:
        value = titled.named(plain[1])
        if value is not None:
            found.append((titled.key, value, 2))
    if not found and len(plain) > 1 and (beside := _beside_a_day(word, plain[1], slots)) is not None:
        found.append((*beside, 2))
    found = found or [(slot.key, value, 1) for slot in slots if (value := slot.glued(word)) is not None]
    found = found or [(slot.key, value, 1) for slot in slots if (value := slot.part(word)) is not None]
    numbered = any(key in ("number", "numbers") for key, _, _ in found)
    if not found or (
        any(key in _OWNERS for key, _, _ in found) and not numbered
    ):  # the one record of a firm, a village
        found += [(slot.key, value, 1) for slot in slots for value in slot.each(word)]
        number = (slot for slot in slots if slot.key == "number" and found)
        found += [
            (slot.key, value, 1) for slot in number if (value := slot.part(word)) and (slot.key, value, 1) not in found
        ]
    found = found or [(slot.key, word, 1) for slot in slots if slot.alone and re.fullmatch(slot.alone, word)]
    return found or [(slot.key, word, 1) for slot in slots if slot.free and _is_text(word, slots, slot)]


def _by_then(word: str, slots: Sequence[Slot]) -> list[tuple[str, str, int]]:
    """The deadline that a word sets by its last day (11月15日前整改, 限11-15), or by so many days (限15天)."""
    said = _BY_THEN.fullmatch(word)
    if said is not None and (said["limit"] or said["before"]) and word_kinds.is_day(said["day"]):
        return [(slot.key, said["day"], 1) for slot in slots if "期限" in slot.names]
    within = loose_days.within(word, word_kinds.ANY_DAY)
    return [(slot.key, word, 1) for slot in slots if "期限" in slot.names] if within else []


def _is_text(word: str, slots: Sequence[Slot], slot: Slot) -> bool:
    """Whether a word can be free text: it has a Chinese character, is no period, asks nothing, and says of no place
    what it is. What was done is not told by what was not."""
    if (
        len(word) < 2
        or not _CHINESE.search(word)
        or intentions.asks(word)
        or (slot.key == "measures" and _DENIES.match(word))
    ):
        return False
    if _BARE_NUMBER.fullmatch(word) or _BEGINS_WITH_A_DAY.match(word):
        return False
    if slot.key in (f"{FIELD}description", f"{FIELD}advice") and (
        leftover_words.DONE.match(word) or word.startswith(("已", "均已", "都已"))
    ):
        return False
    begun = any(name.startswith(word.rstrip("：:")) for one in slots for name in one.names)
    if somebody.FIRM.fullmatch(word) and any(
        one.key == f"{FIELD}enterprise" for one in slots
    ):  # one that is not in the ledger
        return False
    return not begun and not word_kinds.is_day(word) and list_periods.said(word, word_kinds.ANY_DAY) is None


def _beside_a_day(word: str, following: str, slots: Sequence[Slot]) -> tuple[str, str] | None:
    """A day and what is said of it, in either order, as two words: 超标点已整改 10月30日."""
    for said, day in ((word, following), (following, word)):
        fit = [slot for slot in slots if said in slot.apart] if word_kinds.is_day(day) else []
        if len(fit) == 1:
            return fit[0].key, day
    return None


def _run_on(word: str, slot: Slot) -> str | None:
    """A title and its value in one word: 期限11月15日, 期限：11-15. A text must have a colon between, else any sentence
    that begins with the title would be one."""
    for name in sorted(slot.names, key=len, reverse=True):
        if len(name) > 1 and word.startswith(name):
            rest = word.removeprefix(name)
            value = _CHANGED.sub("", rest.lstrip(_BETWEEN))
            if slot.counts and _CHANGED.match(rest):
                value = value.removesuffix(slot.counts)
            if value and (slot.named is not anything or rest[0] in "：:" or _CHANGED.match(rest)):
                read = slot.named(value)
                if read is not None and not (slot.counts and not value.replace(".", "").isdigit()):
                    return read
    return None


def _titled(word: str, value: str, slots: Sequence[Slot]) -> Slot | None:
    """The place that a word names: in full, or with the beginning of its name, or as people call it; of several the
    one that takes the value which stands behind."""
    bare = re.sub(rf"(?:{_CHANGED.pattern.replace('^', '')})$", "", word.rstrip("：:"))
    fit = [slot for slot in slots if bare in slot.names]
    fit = fit or [slot for slot in slots if bare in slot.called]
    fit = fit or [slot for slot in slots if len(bare) > 1 and any(name.startswith(bare) for name in slot.names)]
    if len(fit) > 1:
        numbered = any(sign.isdigit() for sign in value)
        fit = [slot for slot in fit if slot.named(value) is not None]
        fit = [slot for slot in fit if slot.named is not anything or _is_numbered(slot) == numbered] or fit
    return fit[0] if len(fit) == 1 else None


def _is_numbered(slot: Slot) -> bool:
    """Whether a place takes the number of a paper."""
    return slot.names[0].endswith(("号", "编号"))
