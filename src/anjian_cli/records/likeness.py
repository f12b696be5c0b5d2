"""What two spellings of one name, or of one sentence, have in common: the key by which they are compared.

Width, blanks, the style of brackets and punctuation, capitals, and characters that only look like another one (what a
PDF gives instead of 车 or 无) make no difference. What is kept is what was typed; the key is only for finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

# CJK Radicals Supplement by Unicode's EquivalentUnifiedIdeograph, where the radical looks like a whole character.
# NFKC folds the Kangxi radicals and the compatibility ideographs, but only two of these.
_RADICALS = (
    "⺁⺄⺈⺊⺌⺎⺒⺓⺛⺜⺝⺠⺧⺩⺪⺫⺬⺮⺯⺴⺶⺻⺼⺽⻁⻄⻅⻆⻇⻉⻊⻋"
    "⻏⻑⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲"
)
_CHARACTERS = (
    "厂乙刀卜小兀巳幺旡日月民牛王疋目示竹糸网羊聿肉臼虎西见角角贝足车"
    "邑长长门阜阝雨青韦页风飞食食首马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟"
)
# GBK's 䶮, which older systems have in their own range.
_OWN_RANGE = {"\ue863": "䶮"}
_SAME = {
    **dict.fromkeys("[{〔【〖〈《「『<", "("),
    **dict.fromkeys("]}〕】〗〉》」』>", ")"),
    **dict.fromkeys("、､", ","),
    **dict.fromkeys("。｡", "."),
    **dict.fromkeys("“”„‟〝〞'‘’`", '"'),
    **dict.fromkeys("–—−‐‑―~～〜", "-"),
    **dict.fromkeys("•・‧∙⋅●", "·"),
}
_MEANT = str.maketrans({**dict(zip(_RADICALS, _CHARACTERS, strict=True)), **_OWN_RANGE, **_SAME})
_CLOSING = ".,;"
"""What may end a sentence or not."""

FOLDED = f"*[⺀-⻳{''.join(sorted(set(_OWN_RANGE) | set(_SAME) - set('[]<>{}')))}<>{{}}]*"
"""A GLOB that every key fits which an earlier version left less alike than `key` does, besides some others."""


def key(text: str) -> str:
    """What two spellings have in common. Refuses nothing; the key of a key is itself."""
    plain = unicodedata.normalize("NFKC", text).translate(_MEANT)
    visible = (char for char in plain if unicodedata.category(char) != "Cf")
    return "".join("".join(visible).split()).upper().rstrip(_CLOSING)


# Compiled where they are used: a command that compares no names waits for none of them.
_PLAIN = r"[\u4e00-\u9fff0-9A-Z()\n]*"
_PLAIN_SENTENCE = r"[\u4e00-\u9fff0-9A-Z(),.;:/%\n]*(?<![.,;\n])"
_USUAL = (("（", "("), ("）", ")"), ("，", ","), ("、", ","), ("。", "."), ("；", ";"), ("：", ":"), (" ", ""))


def keys(texts: Sequence[str]) -> list[str]:
    """`key` of each. Where all are plain names, as nearly always, they are made at one go: a tenth of the time."""
    joined = "\n".join(texts).replace("（", "(").replace("）", ")")
    found = joined.split("\n")
    if re.fullmatch(_PLAIN, joined) and len(found) == len(texts):
        return found
    for typed, meant in _USUAL[2:]:
        joined = joined.replace(typed, meant)
    found = joined.split("\n")
    if len(found) != len(texts):
        return [key(text) for text in texts]
    plain = re.compile(_PLAIN_SENTENCE).fullmatch
    return [one if plain(one) else key(text) for one, text in zip(found, texts, strict=True)]


LOST = "[?？\ue000-\uf8ff\U000f0000-\U0010fffd]"
"""What stands in a name for a character that was lost, as a pattern."""


def doubtful(name: str) -> str:
    """The characters of a name that stand for others which were lost on the way: those of no public meaning, and ?."""
    return "".join(dict.fromkeys(re.findall(LOST, name)))


def spellings(stored: Iterable[str]) -> dict[str, list[str]]:
    """Of keys that an earlier version stored: those that are not their own key, by what that is."""
    found: dict[str, list[str]] = {}
    for one in stored:
        if (now := key(one)) != one:
            found.setdefault(now, []).append(one)
    return found
