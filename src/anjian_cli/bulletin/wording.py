"""How numbers and comparisons are put into words: one place for every format. Rules R2, R8 and R16.

Takes exact values, returns text; rounding is half up and happens here only. Knows no bulletin and no screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from anjian_cli.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Literal

    Noun = Literal["count", "accident", "rate"]

NOTHING = "—"
NO_BASE = "上年同期为0"
MONEY = "分"
_NUMERALS = "〇一二三四五六七八九"


def numeral(number: int) -> str:
    """1 -> 一, 11 -> 十一, 20 -> 二十: for the few sections and categories there are."""
    tens, ones = divmod(number, 10)
    ten = "十" if tens == 1 else f"{_NUMERALS[tens]}十" if tens else ""
    return ten + (_NUMERALS[ones] if ones or not tens else "")


def count(number: int) -> str:
    """Before a measure word: 两项, 三项, 十二项."""
    return "两" if number == 2 else numeral(number)


def numbered(lines: Sequence[str]) -> tuple[str, ...]:
    """1.…, 2.…; one of a kind has no number."""
    return tuple(f"{at}.{line}" for at, line in enumerate(lines, 1)) if len(lines) > 1 else tuple(lines)


def witness(digits: str) -> str:
    """The digits (核验码) that a paper prints, of a hash or the beginning of one: sixteen at most, in fours."""
    return " ".join(digits[at : at + 4] for at in range(0, min(len(digits), 16), 4))


def decimal(value: Fraction | int | None, places: int = 2) -> str:
    """An exact value with a fixed number of decimals, half up (away from zero); — for None."""
    return NOTHING if value is None else _rounded(value, 1, places)


def _rounded(value: Fraction | int, times: int, places: int) -> str:
    """So many times a value, as `decimal`. In whole numbers: a nation's bulletin prints a million."""
    scale: int = 10**places
    digits = 2 * abs(value.numerator) * times * scale
    rounded = (digits + value.denominator) // (2 * value.denominator)
    sign = "-" if value.numerator < 0 and rounded else ""
    whole, rest = divmod(rounded, scale)
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def hundredths(value: Fraction | int | None, places: int = 2) -> str:
    """A rate or share in hundredths: 5/6 -> 83.33. What is short of the whole is never shown as the whole: 99997 of
    100000 are 99.99, not 100.00. — for None."""
    if value is None:
        return NOTHING
    shown = _rounded(value, 100, places)
    if value.numerator < value.denominator and shown == decimal(100, places):
        return decimal(100 - Fraction(1, 10**places), places)
    return shown


def percent(value: Fraction | None, places: int = 2) -> str:
    """5/6 -> 83.33%, as `hundredths`; — for None."""
    return NOTHING if value is None else hundredths(value, places) + "%"


def score(value: Fraction | None) -> str:
    """A score in 分 of 100, two decimals, as `hundredths`, without its unit; — for None."""
    return NOTHING if value is None else hundredths(value / 100)


def marks(value: Fraction | None) -> str:
    """Points (分) as many places as they have, two at most: 3.5, 20, 33.33; — for None."""
    if value is None:
        return NOTHING
    shown = decimal(value)
    return shown.rstrip("0").rstrip(".") if (value * 100).denominator == 1 else shown


def marks_places(values: Iterable[Fraction]) -> int:
    """How many places a column of points is printed with: as many as one of them needs, two at most, so that 9.8 and
    8.95 stand below each other as 9.80 and 8.95."""
    exact = [next((places for places in (0, 1) if (value * 10**places).denominator == 1), 2) for value in values]
    return max(exact, default=0)


def marks_column(values: Sequence[Fraction | None]) -> list[str]:
    """Points below each other; — for None."""
    places = marks_places(value for value in values if value is not None)
    return [NOTHING if value is None else decimal(value, places) for value in values]


def exceeded(rate: Fraction | None) -> str:
    """超额 where more was done than was asked; '' where it was not, or is not known."""
    return "超额" if rate is not None and rate > 1 else ""


def amount(quantity: int | Fraction | None, unit: str) -> str:
    """A quantity without its unit; fen as 万元 without trailing zeros (274.7), exact to the fen."""
    if quantity is None:
        return NOTHING
    if unit != MONEY:
        return str(quantity) if isinstance(quantity, int) else decimal(quantity, 0 if quantity.denominator == 1 else 1)
    text = decimal(Fraction(quantity) / 1_000_000, 6)
    return text.rstrip("0").rstrip(".")


def shown_unit(unit: str) -> str:
    """The unit that stands behind `amount`."""
    return "万元" if unit == MONEY else unit


def points(value: Fraction) -> str:
    """A difference of two rates: 0.0212 -> 2.12个百分点. Without a sign."""
    return decimal(abs(value) * 100) + "个百分点"


def lead(difference: Fraction | int) -> str:
    """A lead or a lag in 百分点 with its sign, so that one too small to show is not taken for none (rule R2)."""
    shown = decimal(difference * 100)
    if difference > 0:
        return f"+{shown}"
    return "-0.00" if difference < 0 and shown == "0.00" else shown


def against_pace(gap: Fraction | None) -> str:
    """高于/低于序时进度…个百分点, 与序时进度持平 (R2: by the exact fraction); '' for None."""
    if gap is None:
        return ""
    if gap == 0:
        return "与序时进度持平"
    return f"{'高于' if gap > 0 else '低于'}序时进度{points(gap)}"


def change(now: int | Fraction | None, base: int | Fraction | None, noun: Noun = "count", places: int = 2) -> str:
    """Now against the base (R8): 增长36.67%, 下降34%, 持平, 上年同期为0; — where either is not known.

    Accidents 上升 and 下降, everything else 增长 and 下降; rates differ in 个百分点. At most `places` decimals, without
    zeros at the end.
    """
    if now is None or base is None:
        return NOTHING
    if now == base:
        return "持平"
    if noun == "rate":
        return f"{'上升' if now > base else '下降'}{points(Fraction(now) - base)}"
    if base == 0:
        return NO_BASE
    share = Fraction(now) / Fraction(base) - 1
    rise = "上升" if noun == "accident" else "增长"
    shown = decimal(abs(share) * 100, places)
    shown = shown.rstrip("0").rstrip(".") if places else shown
    least = f"不足{decimal(Fraction(1, 10**places), places)}"
    return f"{rise if share > 0 else '下降'}{least if shown == '0' else shown}%"
