"""How one value is read: text in, value out, or a `Misread` that says why not. Here text and words; what a text says is
read by `days`, `amounts` and `codes`.

Pure functions without pydantic or stdnum, so that a step such as `hazard close` reads its few fields with the
same functions as a file of a million rows. Nothing here knows a record, a file, the ledger or the clock.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from anjian_cli.errors import Misread
from anjian_cli.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
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

LOST = "\ufffd"
"""What a program writes for a character that it could not read."""
FAILED = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"))
"""What a spreadsheet shows of a formula that failed."""


def plain(text: str) -> str:
    """Without invisible format characters; a line break or tab is a space. Raises `Misread` E201, E206."""
    if LOST in text:
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
    return plain(unicodedata.normalize("NFKC", text)).strip(BLANKS)


# Letters and digits only: names and sentences keep their Chinese punctuation as typed.
_NARROW = {
    wide: wide - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for wide in range(first, last + 1)
}
_WIDE = frozenset(map(chr, _NARROW))


class Text:
    """A parser of free text of at most `limit` characters. Misread: E201, E202 (nothing visible), E204, E205 (a failed
    formula), E206."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, text: str) -> str:
        found = plain(text)
        if not _WIDE.isdisjoint(found):
            found = found.translate(_NARROW)
        found = found.strip(BLANKS)
        if not found:
            raise Misread("E202")
        if found in FAILED:
            raise Misread("E205")
        if len(found) > self.limit:
            raise Misread("E204", limit=self.limit)
        return found


def text(limit: int = 500) -> Text:
    """A parser of free text; see `Text`."""
    return Text(limit)


name = text(100)
"""A name of an enterprise, a person or a place, as typed."""


DASHES = str.maketrans("–—−‐‑", "-----")
"""What is typed for a hyphen, as it is read in days and telephone numbers."""


def all_digits(text: str) -> bool:
    """Whether a text is digits alone, 0 to 9; an empty one is not."""
    return text.isascii() and text.isdigit()


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


class Word:
    """A parser of a word of a list that an office may add to: the program's own words, and other ways of writing them
    (`meant`), are read as these; any other is left as it is, to be looked for in the ledger. Misread: E201, E203
    (nothing visible)."""

    def __init__(self, words: tuple[str, ...], meant: Mapping[str, str]) -> None:
        self._known = {_term_key(word): term for word, term in meant.items()} | {_term_key(w): w for w in words}
        self._choices = "、".join(words)

    def __call__(self, text: str) -> str:
        found = self._known.get(_term_key(text)) or "".join(clean(text).split())
        if not found:
            raise Misread("E203", choices=self._choices)
        return found

    def own(self, text: str) -> str:
        """One of the program's own words. Misread: E201, E203."""
        found = self._known.get(_term_key(text))
        if found is None:
            raise Misread("E203", choices=self._choices)
        return found


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
        parts = re.split(r"[、，,；;/／\s]+", plain(text).strip(BLANKS))
        found = tuple(dict.fromkeys(parser(part) for part in parts if part))
        if not found:
            raise Misread("E202")
        return found

    return read
