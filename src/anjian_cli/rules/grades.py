"""Grades (等次): what a unit is called by its total, from how many points on: 优秀=90、良好=80、合格=60."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.scoring_text import decimal, number

_SAME = str.maketrans("＝:：", "===")


class Grade(NamedTuple):
    """A unit with `least` points or more is called so."""

    word: str
    least: Fraction


def read(text: str) -> tuple[Grade, ...]:
    """The grades that a text tells, the best first; () for ''. Raises ValueError with what is wrong, in Chinese."""
    found: list[Grade] = []
    for part in filter(None, (piece.strip() for piece in re.split("[、，,；;]", text))):
        word, sign, told = (piece.strip() for piece in part.translate(_SAME).partition("="))
        if not word or not sign:
            raise ValueError(f"“{part}”要写成 优秀=90")
        try:
            least = number(told)
        except ValueError:
            raise ValueError(f"“{told}”不是数") from None
        if word in [each.word for each in found]:
            raise ValueError(f"“{word}”写了两次")
        if found and least >= found[-1].least:
            raise ValueError("从高到低写，不重复")
        found.append(Grade(word, least))
    return tuple(found)


def written(grades: Iterable[Grade]) -> str:
    """The text of grades, in one way only."""
    return "、".join(f"{word}={decimal(least)}" for word, least in grades)


def reached(points: Fraction, text: str) -> str:
    """The grade that a total has; below the last one 不合格 if that is 合格, else ''."""
    known = read(text)
    for word, least in known:
        if points >= least:
            return word
    return "不合格" if known and known[-1].word == "合格" else ""
