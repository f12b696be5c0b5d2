"""TOML as a Chinese clerk types it: names without quotation marks, and the signs of a Chinese keyboard.

TOML's own bare names are ASCII. Outside of strings and comments a Chinese name is put into quotation marks, “ ” are
quotation marks, and other full-width signs and digits are their narrow ones; what stands within is left as it is.
"""

from __future__ import annotations

import json
import re
from typing import Any

from anjian_cli.light_typing import NamedTuple

_QUOTES = "“”＂"
_SIGNS = {ord(wide): narrow for wide, narrow in zip("＝：，［］【】｛｝．－\u3000", "==,[][]{}.- ", strict=True)}
"""A colon is typed where TOML has the sign of equality."""
_BLANKS = re.compile("[ \t\u3000]*")
_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}
_WHY = (
    ("Cannot overwrite", "写了两次"),
    ("Cannot declare", "写了两次"),
    ("Cannot mutate", "写了两次"),
    ("Duplicate inline table key", "写了两次"),
    ("Unterminated string", "引号没有成对"),
    ("Illegal character", "引号没有成对，或者有看不见的字符"),
    ("Unclosed", "方括号没有成对"),
    ("Expected ']", "方括号没有成对"),
    ("Expected '=", "名称后面没有等号"),
    ("Expected newline", "一行写了不止一项，或者文字没有放在引号里"),
    ("Invalid value", "等号后面看不懂：文字要放在引号里"),
)


class Unreadable(ValueError):
    """A text that is no TOML: in which line (None: it cannot be told), why (Chinese), whether a name is twice."""

    def __init__(self, row: int | None, why: str, *, twice: bool = False) -> None:
        super().__init__(why)
        self.row, self.why, self.twice = row, why, twice


class Parsed(NamedTuple):
    """What a text holds, the text as TOML has it, and the lines (from 1) in which a statement begins."""

    told: dict[str, Any]
    text: str
    begins: list[int]


def parsed(data: bytes) -> Parsed:
    """The TOML in the bytes of a file, in UTF-8 or GB18030; a number with a point is left as it is typed. Raises
    `Unreadable`."""
    import tomllib

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise Unreadable(data.count(b"\n", 0, error.start) + 1, "不是文本文件") from None
    made = _Reading(text)
    try:
        told = tomllib.loads(made.text, parse_float=str)
    except (ValueError, RecursionError) as error:
        said = str(error)
        found = re.search(r"at line (\d+)", said)
        row = int(found[1]) if found else made.text.count("\n") + 1 if "end of document" in said else None
        why = next((why for begin, why in _WHY if said.startswith(begin)), "看不懂这一行")
        raise Unreadable(row, why, twice=why == "写了两次") from error
    return Parsed(told, made.text, made.begins)


def quoted(text: str) -> str:
    """A TOML string. That of JSON is one, but for this character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


class _Reading:
    """One way through a text, sign by sign; `text` is what TOML reads."""

    def __init__(self, typed: str) -> None:
        self._typed, self._at, self._made = typed.replace("\r\n", "\n"), 0, list[str]()
        self._line, self._depth, self._header = 1, 0, False
        self.begins: list[int] = []
        fresh = True
        while self._at < len(self._typed):
            sign = self._typed[self._at]
            if fresh and not sign.isspace() and sign not in "#＃":
                self._header = sign in "[［【" and self._depth == 0
                if self._depth == 0:
                    self.begins.append(self._line)
                fresh = False
            if sign in "\"'":
                self._string(sign)
            elif sign in _QUOTES:
                self._chinese_string()
            elif sign in "#＃":
                self._comment()
            elif sign.isalnum() or sign in "_-":
                self._word()
            else:
                fresh = fresh or sign == "\n"
                self._sign(sign)
        self.text = "".join(self._made)

    def _take(self, end: int, made: str | None = None) -> None:
        """Go on to `end`; what is passed is left as it is, or written otherwise."""
        passed = self._typed[self._at : end]
        self._made.append(passed if made is None else made)
        self._line += passed.count("\n")
        self._at = end

    def _string(self, mark: str) -> None:
        long = self._typed.startswith(mark * 3, self._at)
        end = self._at + (3 if long else 1)
        while end < len(self._typed):
            if self._typed[end] == "\\" and mark == '"':
                end += 2
            elif self._typed.startswith(mark * 3 if long else mark, end):
                end += 3 if long else 1
                while long and self._typed.startswith(mark, end):  # a long one may end in the mark itself
                    end += 1
                break
            elif self._typed[end] == "\n" and not long:
                break
            else:
                end += 1
        self._take(min(end, len(self._typed)))

    def _chinese_string(self) -> None:
        found = re.compile(f'[{_QUOTES}"\n]').search(self._typed, self._at + 1)
        end = found.start() if found else len(self._typed)
        closed = bool(found) and self._typed[end] != "\n"
        made = quoted(self._typed[self._at + 1 : end])
        self._take(end + 1 if closed else end, made if closed else made[:-1])

    def _comment(self) -> None:
        end = self._typed.find("\n", self._at)
        end = len(self._typed) if end < 0 else end
        self._take(end, "#" + self._typed[self._at + 1 : end])

    def _word(self) -> None:
        end = self._at
        while end < len(self._typed) and (self._typed[end].isalnum() or self._typed[end] in "_-"):
            end += 1
        word = self._typed[self._at : end]
        after = _BLANKS.match(self._typed, end)
        behind = self._typed[after.end() : after.end() + 1] if after else ""
        is_name = behind != "" and (behind in "=＝：.．" or (self._header and behind in "]］】"))
        if is_name and not word.isascii():
            self._take(end, quoted(word))
        else:
            self._take(end, word.translate(_DIGITS))

    def _sign(self, sign: str) -> None:
        narrow = sign.translate(_SIGNS)
        self._depth = max(0, self._depth + (narrow in "[{") - (narrow in "]}"))
        self._take(self._at + 1, narrow)
