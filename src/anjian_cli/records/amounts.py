"""How amounts are read: money in fen, people, counts, shares and marks, all exact. As in `values` nothing here knows a
record.
"""

from __future__ import annotations

import re

from anjian_cli.errors import Misread
from anjian_cli.light_typing import TYPE_CHECKING
from anjian_cli.records.values import DASHES, clean

if TYPE_CHECKING:
    from fractions import Fraction

_NUMBER = r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?"
_MOST_DIGITS = 40  # far beyond every limit; int() itself refuses some thousands with an error of its own
_MOST_FEN, _MOST = 10**15, 10**12
_FOREIGN = (
    *(
        "美元",
        "美金",
        "欧元",
        "日元",
        "日圆",
        "英镑",
        "港元",
        "港币",
        "澳元",
        "加元",
        "韩元",
        "台币",
        "新元",
        "澳门元",
    ),
    *("法郎", "卢布", "外币", "USD", "EUR", "JPY", "GBP", "HKD", "AUD", "CAD", "KRW", "TWD", "$", "€", "£"),
)
_SCALES = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_COUNTED = "家|人次|人|条|次|个|户|起|件|处|所|名"


def _decimal(whole: str, decimals: str | None) -> tuple[int, int]:
    """A number as numerator and power of ten, exact. Raises `Misread` E247."""
    digits = whole.replace(",", "") + (decimals or "")
    if len(digits) > _MOST_DIGITS:
        raise Misread("E247")
    return int(digits), 10 ** len(decimals or "")


def money(text: str) -> int:
    """An amount of yuan in fen: 7,000, 274.7万元, 7,000(万元人民币). Exact.

    Misread: E201, E244 (no amount, negative, parts of a fen), E245 (foreign currency), E247 (over 10**15).
    """
    found = clean(text).replace(" ", "").upper()
    if any(word in found for word in _FOREIGN):
        raise Misread("E245")
    said = re.fullmatch(rf"(?:人民币|RMB|CNY)?:?¥?{_NUMBER}(.*)", found)
    if said is None:
        raise Misread("E244")
    unit = re.fullmatch(r"(?:人民币)?(.*?)[元圆]?(?:人民币|RMB|CNY)?[整正]?", re.sub("[()]", "", said[3]))
    if unit is None or unit[1] not in _SCALES:
        raise Misread("E244")
    amount, parts = _decimal(said[1], said[2])
    fen, rest = divmod(amount * _SCALES[unit[1]] * 100, parts)
    if rest:
        raise Misread("E244")
    if fen > _MOST_FEN:
        raise Misread("E247")
    return fen


def ten_thousand(text: str) -> int:
    """An amount of money in fen, where a bare number means 万元: 12.5, 12.5万元, 125000元. Misread: as `money`."""
    found = clean(text)
    return money(f"{found}万元" if re.fullmatch(_NUMBER, found) else found)


def marks(text: str) -> str:
    """Marks of a review, 0 to 1000 with at most two decimals, as plain text: 78.5. Misread: E201, E258."""
    said = re.fullmatch(rf"{_NUMBER} ?分?", clean(text))
    if said is None or len(said[1]) > 5 or len((said[2] or "").rstrip("0")) > 2:
        raise Misread("E258")
    whole, decimals = int(said[1].replace(",", "")), (said[2] or "").rstrip("0")
    if whole + bool(decimals) > 1000:
        raise Misread("E258")
    return f"{whole}.{decimals}" if decimals else str(whole)


NOT_CONCERNED = "不涉及"
"""What stands for points where the matter does not concern the town."""


def points(text: str) -> str:
    """Points given or taken off, -1000 to 1000 with at most two decimals, as plain text: -1, 0.5, 2.5分, 扣1分; or
    不涉及. Misread: E201, E781."""
    found = clean(text).translate(DASHES).replace(" ", "")
    if found in (NOT_CONCERNED, "不适用"):
        return NOT_CONCERNED
    said = re.fullmatch(r"(?:([-扣减])|[+加])?(.+)", found)
    try:
        number = marks(said[2] if said else "")
    except Misread as error:
        raise Misread("E781") from error
    return f"-{number}" if said and said[1] and number != "0" else number


def people(text: str) -> int:
    """A number of people, 万 allowed: 423000, 42.3万人. Misread: E201, E243, E247."""
    found = clean(text).replace(" ", "").removesuffix("人")
    said = re.fullmatch(rf"{_NUMBER}(万?)", found)
    if said is None:
        raise Misread("E243")
    number, parts = _decimal(said[1], said[2])
    whole, rest = divmod(number * (10_000 if said[3] else 1), parts)
    if rest:
        raise Misread("E243")
    if whole > _MOST:
        raise Misread("E247")
    return whole


def count(text: str) -> int:
    """A whole number from 0 to 10**12, a unit such as 家 or 人次 allowed. Misread: E201, E243, E247."""
    said = re.fullmatch(rf"{_NUMBER} ?(?:{_COUNTED})?", clean(text))
    if said is None or (said[2] or "").strip("0"):
        raise Misread("E243")
    number, parts = _decimal(said[1], said[2])
    if number > _MOST * parts:
        raise Misread("E247")
    return number // parts


def share(text: str) -> Fraction:
    """A share, exact, from 0.83, 83% or 5/6; it may exceed 1. Misread: E201, E247, E248."""
    from fractions import Fraction

    said = re.fullmatch(rf"{_NUMBER}(?: ?(%)|/([0-9]+))?", clean(text))
    if said is None or (said[4] and said[2]):
        raise Misread("E248")
    number, parts = _decimal(said[1], said[2])
    below, _ = _decimal(said[4] or "1", None)
    if not below:
        raise Misread("E248")
    return Fraction(number, parts * below * (100 if said[3] else 1))
