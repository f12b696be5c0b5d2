"""What a number format of a spreadsheet adds to a number, so that the reader sees another text than what is stored:
HT0017 for 17, 2018-10 for 201810, 12.5万元 for 12.5.

What only groups, rounds or names what is counted (1,234.50, 12家, ¥300) adds nothing: there the number is taken as it
is stored. Days and percentages are for others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|([0#?,.]+)|(.)', re.DOTALL)
_PLAIN = frozenset("-+() :¥￥$")
"""Characters that stand for themselves without quotation marks; so do those that are no letters of a format."""
_COUNTED = frozenset(
    ("元", "家", "人次", "人", "条", "次", "个", "户", "起", "件", "处", "所", "名", "天", "分", "台", "套")
)
_COLOURS = frozenset(
    (
        *("red", "blue", "green", "black", "white", "yellow", "cyan", "magenta"),
        *("红色", "蓝色", "绿色", "黑色", "白色", "黄色"),
    )
)
_MOST = 10**15
"""From here on a number is no longer the one that was typed (see `workbook`)."""

Shown = Callable[[float], str | None]


@lru_cache(maxsize=512)
def shown(code: str) -> Shown | None:
    """How a number is shown by a format, None where the format adds nothing. The function gives None for a number that
    is to be taken as it is stored."""
    parts = _parts(code.split(";")[0])
    if parts is None:
        return None
    at = [index for index, (is_digits, _) in enumerate(parts) if is_digits]
    before, behind = ("".join(word for _, word in some) for some in (parts[: at[0]], parts[at[-1] + 1 :]))
    places = "".join(word for is_digits, word in parts if is_digits).partition(".")[0]
    zeros = places.count("0")
    broken = len(at) > 1
    if broken and any("." in parts[index][1] for index in at):
        return None
    if not (before.strip("¥￥$ ") or behind.strip("() ") not in _COUNTED | {""} or broken or zeros > 1):
        return None

    def show(value: float) -> str | None:
        if not 0 <= value < _MOST or (broken and value != int(value)):
            return None
        whole, point, rest = format(Decimal(f"{value:.15g}"), "f").partition(".")
        told = _set_between(whole.zfill(zeros), parts[at[0] : at[-1] + 1])
        return f"{before}{told}{point}{rest}{behind}".strip()

    return show


def _set_between(digits: str, parts: Sequence[tuple[bool, str]]) -> str:
    """Digits with the words of a format between them; they are filled in from behind, the rest stands before."""
    told = ""
    for is_digits, part in reversed(parts[1:]):
        if is_digits:
            cut = max(len(digits) - len(part), 0)
            part, digits = digits[cut:], digits[:cut]
        told = part + told
    return digits + told


def _parts(section: str) -> list[tuple[bool, str]] | None:
    """The digits of a format and the words between them, in order; None for a format of another kind."""
    parts: list[tuple[bool, str]] = []
    for quoted, escaped, bracket, digits, plain in _TOKEN.findall(section):
        if bracket and not bracket.startswith("$") and bracket.lower() not in _COLOURS:
            return None  # a condition, a time that runs on, digits in Chinese
        if digits:
            if digits.endswith(",") or (digits.strip(",.") == ""):
                return None  # thousands or millions
            parts.append((True, digits))
        elif word := quoted or escaped or plain:
            if plain and plain not in _PLAIN and plain.isascii():
                return None  # a letter of a day, a time, a percentage, a fraction
            parts.append((False, word))
    return parts if any(is_digits for is_digits, _ in parts) else None
