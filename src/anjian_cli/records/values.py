"""How one value is read: text in, value out, or a `Misread` that says why not.

Pure functions without pydantic or stdnum, so that a step such as `hazard close` reads its few fields with the
same functions as a file of a million rows. Nothing here knows a record, a file, the ledger or the clock.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from operator import getitem

from anjian_cli.errors import Misread
from anjian_cli.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction
    from typing import TypeVar

    T = TypeVar("T")


CLEAR = "（清空）"
"""What a cell says when an update is to empty the field; see `is_clear`."""
_CLEARING = frozenset(
    f"{begin}清空{end}" for begin, end in (*zip("（([［{【〔<《", "）)]］}】〕>》", strict=True), ("", ""))
)


def is_clear(text: str) -> bool:
    """Whether a cell says that the field is to be emptied, in whatever brackets or none."""
    return "清空" in text and "".join(text.split()) in _CLEARING


BLANKS = " \t\r\n\v\f\u00a0\u3000"

# --- text


_LOST = "\ufffd"
"""What a program writes for a character that it could not read."""
_FAILED = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"))
"""What a spreadsheet shows of a formula that failed."""


def _plain(text: str) -> str:
    """Without invisible format characters; a line break or tab is a space. Raises `Misread` E201, E206."""
    if _LOST in text:
        raise Misread("E206")
    if text.isprintable():
        return text
    kept = []
    for char in text.replace("\r\n", "\n"):
        kind = unicodedata.category(char)
        if char in "\n\r\t" or kind in ("Zl", "Zp"):
            kept.append(" ")
        elif kind in ("Cc", "Cs") or char in "\ufffe\uffff":  # neither UTF-8 nor XML can hold the latter two
            raise Misread("E201")
        elif kind != "Cf":
            kept.append(char)
    return "".join(kept)


def clean(text: str) -> str:
    """For codes, numbers and dates: NFKC, stripped, nothing invisible. Raises `Misread` E201."""
    return _plain(unicodedata.normalize("NFKC", text)).strip(BLANKS)


# Letters and digits only: names and sentences keep their Chinese punctuation as typed.
_NARROW = {
    wide: wide - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for wide in range(first, last + 1)
}
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")


class Text:
    """A parser of free text of at most `limit` characters. Misread: E201, E202 (nothing visible), E204, E205 (a failed
    formula), E206."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, text: str) -> str:
        found = _plain(text)
        if _WIDE.search(found):
            found = found.translate(_NARROW)
        found = found.strip(BLANKS)
        if not found:
            raise Misread("E202")
        if found in _FAILED:
            raise Misread("E205")
        if len(found) > self.limit:
            raise Misread("E204", limit=self.limit)
        return found


def text(limit: int = 500) -> Text:
    """A parser of free text; see `Text`."""
    return Text(limit)


class Document(Text):
    """A parser of a document's own number or name. Misread: as `Text`, and E287 (a spreadsheet has made a number of it,
    and its last digits are lost)."""

    __slots__ = ()

    def __call__(self, text: str) -> str:
        found = Text.__call__(self, text)
        digits = _code_text(found)
        if _scientific(digits) or (len(digits) > _EXACT_DIGITS and _digits(digits) and not int(digits[_EXACT_DIGITS:])):
            raise Misread("E287")
        return found


_EXACT_DIGITS = 15
"""So many digits a spreadsheet keeps of a number; it makes zeros of those behind."""
_DAYS_MADE = r"\d{4}-\d{2}-\d{2}|\d{1,2}月\d{1,2}日|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2}"


def is_made_a_day(text: str) -> bool:
    """Whether a text looks like what a spreadsheet makes of a number such as 5-12: a day."""
    return re.fullmatch(_DAYS_MADE, text, re.ASCII) is not None


name = text(100)
"""A name of an enterprise, a person or a place, as typed."""


def unchanged(texts: Sequence[str], parser: Callable[[str], object]) -> bool:
    """Whether this parser gives back each of the texts as it is; False also where that is not quick to say. They are
    looked at together, which takes a tenth of the time of one by one."""
    joined = "|".join(texts)
    if type(parser) is Text:
        if not joined.isprintable() or re.search(_REPLACED, joined) or "" in texts or not _FAILED.isdisjoint(texts):
            return False
        edges = {text[0] for text in texts} | {text[-1] for text in texts}
        return edges.isdisjoint(BLANKS) and max(map(len, texts)) <= parser.limit
    if parser is credit_code:
        try:
            return "XXXX" not in joined and set(map(len, texts)) == {18} and not any(map(_remainder, texts))
        except KeyError:  # a character that is none of the alphabet
            return False
    return parser is phone and re.fullmatch(_MOBILES, joined) is not None


# Compiled where they are used: every command imports this module, and hardly any reads a column at once.
_REPLACED = rf"[０-９Ａ-Ｚａ-ｚ{_LOST}]"
_MOBILES = r"1[3-9][0-9]{9}(?:\|1[3-9][0-9]{9})*"


# --- days and months

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_SERIAL_ORIGIN = date(1899, 12, 30)  # day 0 of the 1900 system for every day after its false 29 February 1900
_DASHES = str.maketrans("–—−‐‑", "-----")
_AGO = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2}


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _date_text(text: str) -> str:
    """The part of `text` that names the day, without a time of day behind it."""
    found = clean(text).translate(_DASHES)
    if ":" not in found:
        return found
    timed = re.fullmatch(r"(.*?[0-9日号])[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?", found)
    if timed is None:
        raise Misread("E212")
    return timed[1]


def _parts(text: str) -> tuple[str, ...]:
    """Year, month and day as typed, or month and day alone. Raises `Misread` E212."""
    if "月" in text:
        head, _, last = text.partition("月")
        parts = [*head.split("年"), last.strip().removesuffix("日").removesuffix("号")]
    elif len(text) == 8 and _digits(text):
        parts = [text[:4], text[4:6], text[6:]]
    else:
        parts = next((text.split(mark) for mark in "-/." if mark in text), [])
    found = tuple(part.strip() for part in parts)
    if len(found) not in (2, 3) or not all(map(_digits, found)):
        raise Misread("E212")
    if max(map(len, found[-2:])) > 2 or (len(found) == 3 and len(found[0]) != 4):
        raise Misread("E212")
    return found


def _month_days(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(1)).day


def _dated(year: int, month: int, day: int) -> str:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Misread("E215")
    if not 1 <= month <= 12:
        raise Misread("E211", why=f"没有{month}月")
    if not 1 <= day <= _month_days(year, month):
        raise Misread("E211", why=f"{year}年{month}月没有{day}日")
    return f"{year:04}-{month:02}-{day:02}"


def day(text: str) -> str:
    """A day as `YYYY-MM-DD`, from any form offices send, Excel's serial numbers (1900 system) included.

    Misread: E201, E211 (no such day), E212 (no day at all), E215 (year), E216 (year missing).
    """
    found = _date_text(text)
    serial, _, time = found.partition(".")
    if len(serial) == 5 and _digits(serial) and (not time or _digits(time)):
        if not 20000 <= int(serial) <= 80000:
            raise Misread("E212")
        return (_SERIAL_ORIGIN + timedelta(int(serial))).isoformat()
    parts = [int(part) for part in _parts(found)]
    if len(parts) == 3:
        return _dated(*parts)
    if 1 <= parts[0] <= 12 and 1 <= parts[1] <= 31:
        raise Misread("E216")
    raise Misread("E212")


def month_and_day(text: str) -> tuple[int, int] | None:
    """Month and day of a text that names them without a year (10-28, 10月28日); None of any other text."""
    try:
        day(text)
    except Misread as misread:
        if misread.code == "E216":
            month, number = (int(part) for part in _parts(_date_text(text)))
            return month, number
    return None


def spoken_day(text: str, today: str) -> str:
    """A day as typed on the command line: as `day`, or 今天, 昨天, 前天, or without its year (10-28): the
    latest such day not after `today`. Misread: as `day`, but for E216."""
    now = date.fromisoformat(today)
    word = clean(text)
    if word in _AGO:
        return (now - timedelta(_AGO[word])).isoformat()
    named = month_and_day(text)
    if named is None:
        return day(text)
    month, number = named
    for year in range(now.year, now.year - 9, -1):  # leap years may stand 8 years apart
        if number <= _month_days(year, month) and date(year, month, number) <= now:
            return _dated(year, month, number)
    raise Misread("E211", why=f"{month}月没有{number}日")


def month(text: str, today: str) -> tuple[int | None, int]:
    """Year (None if it was not said) and month, from 10, 10月, 2018-10, 201810, 上月, 本月. Misread: E108."""
    now = date.fromisoformat(today)
    found = clean(text).translate(_DASHES).replace(" ", "")
    if found in ("本月", "这个月"):
        return now.year, now.month
    if found in ("上月", "上个月"):
        before = now.replace(day=1) - timedelta(1)
        return before.year, before.month
    said = re.fullmatch(r"(?:([0-9]{4})[年/.-])?([0-9]{1,2})(?:月份?)?", found)
    said = said or re.fullmatch(r"([0-9]{4})([0-9]{2})", found)
    if said is None or not 1 <= int(said[2]) <= 12:
        raise Misread("E108")
    if said[1] is None:
        return None, int(said[2])
    if not _FIRST_YEAR <= int(said[1]) <= _LAST_YEAR:
        raise Misread("E108")
    return int(said[1]), int(said[2])


def year(text: str) -> int:
    """A year, 2018, 2018年 or 2018年度. Misread: E215, and those of `count`."""
    number = count(clean(text).removesuffix("度").removesuffix("年"))
    if not _FIRST_YEAR <= number <= _LAST_YEAR:
        raise Misread("E215")
    return number


def year_month(text: str) -> str:
    """A month with its year, as YYYY-MM; of a day, its month. Misread: E108, E216 (year missing), E288 (2018.1, which
    a spreadsheet makes of 2018.10)."""
    if re.fullmatch(r"[0-9]{4}\.1", clean(text)):
        raise Misread("E288")
    try:
        said, number = month(text, "2000-01-01")
    except Misread:
        try:
            return day(text)[:7]  # a spreadsheet makes a day of what looks like a month
        except Misread:
            pass
        raise
    if said is None or not any(char.isdigit() for char in text):
        raise Misread("E216")
    return f"{said:04}-{number:02}"


# --- codes

# GB 32100-2015: value times 3**position, summed over the first 17 characters, plus the last, is 0 modulo 31.
# One table a position makes a check twenty times as fast as computing it, and files hold a million codes.
_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHED = tuple(
    {char: value * weight for value, char in enumerate(_CODE_ALPHABET)}
    for weight in (*(pow(3, place, 31) for place in range(17)), 1)
)


def _remainder(code: str) -> int:
    """0 if the check character of 18 characters fits. Raises KeyError outside the alphabet."""
    return sum(map(getitem, _WEIGHED, code)) % 31


_OLD_NUMBER = r"[0-9]{13}|[0-9]{15}|[0-9]{6}NA[0-9]{6}[0-9X]"
_FOREIGN_NUMBER = r"企[合独作股][\u4e00-\u9fff]{0,6}字第?[0-9]{3,8}号?"
_NONE = frozenset(("无", "没有", "暂无", "无代码", "无证", "无照", "未办", "/", "-", "--", "—", "——"))
"""What people write where there is no code."""


def _code_text(text: str) -> str:
    return clean(text).replace(" ", "").upper()


def _scientific(code: str) -> bool:
    return re.fullmatch(r"[0-9](\.[0-9]*)?E\+?[0-9]{1,2}", code) is not None


def credit_code(text: str) -> str:
    """A unified social credit code (GB 32100-2015) of any registration authority.

    Misread: E201, E221 (scientific notation), E222 (check character; the right one is never said, some would
    change only that), E223 (old registration number), E224 (masked), E225, E290 (无).
    """
    try:
        if len(text) == 18 and not _remainder(text) and "XXXX" not in text:
            return text
    except KeyError:
        pass  # not typed as the standard writes it
    code = _code_text(text)
    # Four X in a row mask a code even where the sum happens to fit; three may be its own.
    if "*" in code or "×" in code or "XXXX" in code:
        raise Misread("E224")
    whole = len(code) == 18 and set(code) <= _WEIGHED[0].keys()
    if whole and not _remainder(code):
        return code
    if "XXX" in code:
        raise Misread("E224")
    if _scientific(code):
        raise Misread("E221")
    if re.fullmatch(_OLD_NUMBER, code):
        raise Misread("E223", length=len(code))
    if code in _NONE:
        raise Misread("E290")
    raise Misread("E222" if whole else "E225")


def registration_number(text: str) -> str:
    """An old registration number: 13 or 15 digits, or that of a cooperative (320722NA000001X). Misread: E201, E221,
    E224 (masked), E227, E290 (无)."""
    code = _code_text(text)
    if _scientific(code):
        raise Misread("E221")
    if "*" in code or "XXX" in code:
        raise Misread("E224")
    if code in _NONE:
        raise Misread("E290")
    if not re.fullmatch(_OLD_NUMBER, code):
        raise Misread("E227")
    return code


def foreign_number(text: str) -> str:
    """The old registration number of a firm with foreign capital, 企合苏总字第000001号; '' if it is none."""
    found = clean(text).replace(" ", "")
    return found if re.fullmatch(_FOREIGN_NUMBER, found) else ""


def _fixed_digits(text: str, example: str) -> str:
    code = _code_text(text)
    if len(code) != len(example) or not _digits(code):
        raise Misread("E226", length=len(example), example=example)
    return code


def region_code(text: str) -> str:
    """A county's six digits (GB/T 2260). Misread: E201, E226."""
    return _fixed_digits(text, "330784")


def town_code(text: str) -> str:
    """A town's nine digits; local codes of development zones have as many. Misread: E201, E226."""
    return _fixed_digits(text, "330784109")


def village_code(text: str) -> str:
    """A village's twelve digits. Misread: E201, E226."""
    return _fixed_digits(text, "330784109201")


def industry_code(text: str) -> str:
    """A section letter and two to four digits (GB/T 4754-2017). Misread: E201, E229."""
    code = _code_text(text)
    if not (code and code[0] in "ABCDEFGHIJKLMNOPQRST" and 3 <= len(code) <= 5 and _digits(code[1:])):
        raise Misread("E229")
    return code


# --- numbers

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


# --- words

_YES = {"是", "有", "Y", "YES", "1", "TRUE", "√", "✓", "✔"}
_NO = {"否", "无", "没有", "N", "NO", "0", "FALSE", "×", "✗"}


def yes_no(text: str) -> int:
    """1 for 是, 有, Y, √ …, 0 for 否, 无, N, × …. Misread: E201, E246."""
    word = clean(text).upper()
    if word in _YES:
        return 1
    if word in _NO:
        return 0
    raise Misread("E246")


def _term_key(text: str) -> str:
    return "".join(clean(text).split()).upper()


def choice(
    *terms: str, aliases: Mapping[str, str] | None = None, refusals: Mapping[str, str] | None = None
) -> Callable[[str], str]:
    """A parser of one of `terms`. `aliases` maps other words to a term, `refusals` a word to the error code
    that explains it. Misread: E201, E203, and those of `refusals`."""
    known = {_term_key(word): term for word, term in (aliases or {}).items()}
    known |= {_term_key(term): term for term in terms}
    explained = {_term_key(word): code for word, code in (refusals or {}).items()}
    choices = "、".join(terms)

    def read(text: str) -> str:
        key = _term_key(text)
        if key in known:
            return known[key]
        if key in explained:
            raise Misread(explained[key])
        raise Misread("E203", choices=choices)

    return read


def several(parser: Callable[[str], T]) -> Callable[[str], tuple[T, ...]]:
    """A parser of a list: each part is read by `parser`; repeats are dropped, order is kept.

    Misread: E202 (separators only), and those of `parser`.
    """

    def read(text: str) -> tuple[T, ...]:
        parts = re.split(r"[、，,；;/／\s]+", _plain(text).strip(BLANKS))
        found = tuple(dict.fromkeys(parser(part) for part in parts if part))
        if not found:
            raise Misread("E202")
        return found

    return read


# --- telephone and document numbers


class Masked(str):
    """A telephone number of which only a part is told, as it came back (`records.masking`): it means the number that
    the ledger holds."""

    __slots__ = ()


_PART = r"[0-9-]{0,5}\*{4,}[0-9-]{0,4}"
_SHORTEST = 7


def phone(text: str) -> str:
    """A mobile or landline number in digits and hyphens. A light check only. One of which a part is hidden (`Masked`)
    comes back from a list of ours: it means the number that is there. Misread: E201, E250."""
    typed = clean(text).translate(_DASHES).removeprefix("+86")
    if re.fullmatch(_PART, typed) and len(typed) >= _SHORTEST:
        return Masked(typed)
    number = typed.replace(")", "-").replace("(", "").replace(" ", "").strip("-")
    if not re.fullmatch(r"1[3-9][0-9]{9}|(?:0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(?:-[0-9]{1,6})?|400[0-9-]{7,9}", number):
        raise Misread("E250")
    return number


def document_number(text: str, mark: str, year: int) -> str:
    """A document number as GB/T 9704-2012 writes it: 永安委办〔2018〕15号.

    `mark` and `year` complete a bare number; what `text` says itself wins. Misread: E201, E249.
    """
    found = clean(text).replace(" ", "")
    said = re.fullmatch(r"([A-Z\u3400-\u9fff]*?)(?:[\[(〔【]([0-9]{4})[\])〕】])?第?0*([1-9][0-9]{0,5})号?", found)
    if said is None or not _FIRST_YEAR <= int(said[2] or year) <= _LAST_YEAR:
        raise Misread("E249")
    return f"{said[1] or mark}〔{said[2] or year}〕{said[3]}号"
