"""How codes and numbers that are names are read: those of firms, places and industries, of documents and of telephones.
As in `values` nothing here knows a record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import getitem

from anjian_cli.errors import Misread
from anjian_cli.records.days import FIRST_YEAR, LAST_YEAR
from anjian_cli.records.values import BLANKS, DASHES, FAILED, LOST, Text, all_digits, clean

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
    if len(code) != len(example) or not all_digits(code):
        raise Misread("E226", length=len(example), example=example)
    return code


def _fixed_hexadecimal(text: str, example: str) -> str:
    code = _code_text(text).lower().replace(" ", "")
    if len(code) != len(example) or not set(code) <= set("0123456789abcdef"):
        raise Misread("E269", length=len(example))
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


def ledger_id(text: str) -> str:
    """The 32 hexadecimal digits by which a ledger is known. Misread: E201, E269."""
    return _fixed_hexadecimal(text, "0123456789abcdef" * 2)


def public_key(text: str) -> str:
    """The 64 hexadecimal digits of a public key (Ed25519, RFC 8032). Misread: E201, E269."""
    return _fixed_hexadecimal(text, "0123456789abcdef" * 4)


def industry_code(text: str) -> str:
    """A section letter and two to four digits (GB/T 4754-2017). Misread: E201, E229."""
    code = _code_text(text)
    if not (code and code[0] in "ABCDEFGHIJKLMNOPQRST" and 3 <= len(code) <= 5 and all_digits(code[1:])):
        raise Misread("E229")
    return code


def industry(text: str) -> str:
    """The beginning of an industry's code: a section letter and up to four digits. Misread: E201, E229."""
    code = _code_text(text)
    if not (code and code[0] in "ABCDEFGHIJKLMNOPQRST" and len(code) <= 5 and (code[1:] == "" or all_digits(code[1:]))):
        raise Misread("E229")
    return code


class Document(Text):
    """A parser of a document's own number or name. Misread: as `Text`, and E287 (a spreadsheet has made a number of it,
    and its last digits are lost)."""

    def __call__(self, text: str) -> str:
        found = Text.__call__(self, text)
        digits = _code_text(found)
        cut = len(digits) > _EXACT_DIGITS and all_digits(digits) and not int(digits[_EXACT_DIGITS:])
        if cut or _scientific(digits):
            raise Misread("E287")
        return found


_EXACT_DIGITS = 15
"""So many digits a spreadsheet keeps of a number; it makes zeros of those behind."""
_DAYS_MADE = r"\d{4}-\d{2}-\d{2}|\d{1,2}月\d{1,2}日|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2}"


def is_made_a_day(text: str) -> bool:
    """Whether a text looks like what a spreadsheet makes of a number such as 5-12: a day."""
    return re.fullmatch(_DAYS_MADE, text, re.ASCII) is not None


class Masked(str):
    """A telephone number of which only a part is told, as it came back (`records.masking`): it means the number that
    the ledger holds."""

    __slots__ = ()


_PART = r"[0-9-]{0,5}\*{4,}[0-9-]{0,4}"
_SHORTEST = 7


def phone(text: str) -> str:
    """A mobile or landline number in digits and hyphens. A light check only. One of which a part is hidden (`Masked`)
    comes back from a list of ours: it means the number that is there. Misread: E201, E250."""
    typed = clean(text).translate(DASHES).removeprefix("+86")
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
    if said is None or not FIRST_YEAR <= int(said[2] or year) <= LAST_YEAR:
        raise Misread("E249")
    return f"{said[1] or mark}〔{said[2] or year}〕{said[3]}号"


def unchanged(texts: Sequence[str], parser: Callable[[str], object]) -> bool:
    """Whether this parser gives back each of the texts as it is; False also where that is not quick to say. They are
    looked at together, which takes a tenth of the time of one by one."""
    joined = "|".join(texts)
    if type(parser) is Text:
        if not joined.isprintable() or re.search(_REPLACED, joined) or "" in texts or not FAILED.isdisjoint(texts):
            return False
        edges = {text[0] for text in texts} | {text[-1] for text in texts}
        return edges.isdisjoint(BLANKS) and max(map(len, texts)) <= parser.limit
    if parser is credit_code:
        try:
            return "XXXX" not in joined and set(map(len, texts)) == {18} and not any(map(_remainder, texts))
        except KeyError:  # a character that is none of the alphabet
            return False
    return parser is phone and re.fullmatch(_MOBILES, joined) is not None


# Compiled where they are used: hardly any command reads a column at once.
_REPLACED = rf"[０-９Ａ-Ｚａ-ｚ{LOST}]"
_MOBILES = r"1[3-9][0-9]{9}(?:\|1[3-9][0-9]{9})*"
