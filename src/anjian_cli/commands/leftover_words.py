"""Words of a line that have no place of their own. Of a new record a plain text goes into 备注, and that is said; what
is no plain text is refused by itself, with the line as it is without it.

Nothing is dropped and nothing guessed: a day, a number, a word that the record knows, or one that is nearly such a
word, is never taken for a remark. Reads the ledger through `word_kinds`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anjian_cli.commands import intentions, list_periods, loose_days, somebody, word_kinds, words
from anjian_cli.errors import Refused
from anjian_cli.records import likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from anjian_cli.commands.line_places import Slot
    from anjian_cli.commands.word_kinds import Kinds
    from anjian_cli.records.definition import Record

MOST = 2
"""So many words without a place can be said again at a glance."""
REMARK = "field_remark"
DENIES = re.compile("未|没|还没|还未|尚未|不|无|仍|正在|准备|计划|打算|待|取消|作废|撤销")
DONE = re.compile("(?:当天|当场|现场|立即|均?已经?)\\S*(?:改|修|清|换|整|完成|好|交代|告知|通知)")
"""What says that something was put right, and not what was wrong: a step of its own."""
_BECAUSE = "因"
_LISTED = re.compile("[、,，/]")
_SHORTEST = 2
"""Characters of a text: 还 and 是 by themselves say something of the rest of the line."""
_CHINESE = re.compile("[\u4e00-\u9fff]")
_MEASURED = re.compile(r"\D{0,4}\d[\d.,]*\D{0,2}")
"""A number with its title or unit: it says how much of something."""
_LASTING = re.compile(r"\S{0,8}(?:\d+|[一两二三四五半])个?(?:年|月|天|周|季度)\S{0,2}")


def unsaid(word: str) -> bool:
    """Whether a word asks or denies: a line without it says something else."""
    return bool(intentions.asks(word) or DENIES.match(word))


def is_text(kinds: Kinds, record: Record, word: str) -> bool:
    """Whether a word is a plain text, which says of nothing that the record knows."""
    if (
        len(word) < _SHORTEST
        or not _CHINESE.search(word)
        or unsaid(word)
        or word_kinds.is_day(word)
        or _MEASURED.fullmatch(word)
    ):
        return False
    if list_periods.said(word, word_kinds.ANY_DAY, ahead=True) is not None or somebody.FIRM.fullmatch(word):
        return False
    if _LASTING.fullmatch(word) or re.match(rf"(?:限|最迟|最晚)?(?:{loose_days.ANY})", word):
        return False
    if words.called([word], words.NOUNS[record.noun].verbs)[0] is not None:
        return False
    if record.name == "hazard" and DONE.match(word):
        return False
    reader = kinds.reader(record)
    try:  # of several things the record may know one: 苯、噪声
        return not any(reader.means(part) or reader.phrase(part) for part in (word, *_LISTED.split(word)))
    except Refused:
        return False


def meant(kinds: Kinds, record: Record, slots: Sequence[Slot], word: str) -> set[str]:
    """The words that the record knows and that a word is but one character away from; none where it is such a word, or
    says because of what."""
    if word.startswith(_BECAUSE):
        return set()
    key = likeness.key(word)
    known = {likeness.key(each): each for each in _known(kinds, record, slots)}
    return set() if key in known else {each for near, each in known.items() if _one_apart(key, near)}


def _known(kinds: Kinds, record: Record, slots: Sequence[Slot]) -> Iterator[str]:
    """The record's terms and titles, the towns, agencies and departments, in the words that people type."""
    for column in record.columns.values():
        yield from (term for term in column.choices if len(term) > 1)
        yield from (title.partition("（")[0] for title in (column.title, *column.aliases))
    for slot in slots:
        yield from (name for name in slot.names if len(name) > 1)
    yield from kinds.names


def _one_apart(word: str, known: str) -> bool:
    """Whether one character was typed wrong, left out, or too much. Of two in one place the order may be wrong."""
    if word == known or abs(len(word) - len(known)) > 1 or len(known) < 2:
        return False
    if len(word) == len(known):
        apart = [at for at in range(len(word)) if word[at] != known[at]]
        return len(apart) == 1 or (len(apart) == 2 and sorted(word) == sorted(known) and apart[1] == apart[0] + 1)
    short, long = sorted((word, known), key=len)
    return len(short) > 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
