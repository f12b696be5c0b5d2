"""What is wrong: one fault at its place, or all of a command's at once. What is said of each stands in `messages`.

A `Fault` is one thing that is wrong, at one place; a `Refused` carries all faults of a command at once;
a `Misread` is raised by the parser of a single value and becomes a `Fault` where the place is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from anjian_cli.light_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from anjian_cli.messages import Exit, Message

LONGEST_SHOWN = 60
_HIDDEN = "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
"""What a screen does not show and may obey: escapes, what turns the direction of writing, halves of characters."""


def visible(text: str, kept: str = "") -> str:
    """The text with a sign for each character that is not seen, but for those `kept`."""

    def sign(found: re.Match[str]) -> str:
        char = found[0]
        if char in kept:
            return char
        code = ord(char)
        if code < 0x20:
            return chr(0x2400 + code)
        return "?" if 0xD800 <= code < 0xE000 else f"<U+{code:04X}>"

    return text if text.isprintable() else re.sub(_HIDDEN, sign, text)


def brief(value: str) -> str:
    """A value as it is shown: the beginning of a long one is enough to find it by."""
    return value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}……"


def _message(code: str) -> Message:
    from anjian_cli.messages import CATALOGUE  # here: a command that goes well tells none, and need not load them all

    return CATALOGUE[code]


class Place(NamedTuple):
    """Where a value stood. All parts are optional; `column` is the spreadsheet letter, `title` the heading."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    title: str = ""
    column: str = ""

    def __str__(self) -> str:
        text = f"《{self.file}》" if self.file else ""
        if self.sheet:
            text += f"“{self.sheet}”表"
        if self.row is not None:
            text += f"第{self.row}行"
        if self.title:
            text += f"“{self.title}”"
        if self.column:
            text += f"（{self.column}列）"
        return text


class Fault(NamedTuple):
    """One thing that is wrong: a catalogue code, the words that fill its templates, and its place.

    `field` is the record's field (English) the fault speaks of; `value` is shown as it was typed; `row_id` is the
    row in question where a root has several of the kind (contracts), `table` the one whose rule it is.
    """

    code: str
    words: Mapping[str, object] = {}
    value: str | None = None
    field: str = ""
    place: Place = Place()
    row_id: int | None = None
    table: str = ""

    @property
    def exit(self) -> Exit:
        return _message(self.code).exit

    @property
    def reason(self) -> str:
        return _message(self.code).reason.format(**{"value": self.value, **self.words})

    @property
    def remedy(self) -> str:
        return _message(self.code).remedy.format(**{"value": self.value, **self.words})

    def at(self, **place: object) -> Fault:
        """The same fault, with those parts of its place filled in (see `Place`)."""
        return self._replace(place=self.place._replace(**place))  # type: ignore[arg-type]

    def __str__(self) -> str:
        where = str(self.place)
        shown = ""
        if self.value is not None and "{value}" not in _message(self.code).reason:
            shown = f"“{brief(self.value)}”——"
        head = f"{where}：{shown}" if where else shown
        remedy = self.remedy
        end = "？" if remedy.endswith("吗") else "。"
        return visible(f"{head}{self.reason}。{remedy + end if remedy else ''}〔{self.code}〕")


class Misread(ValueError):
    """A single value that cannot be read. `code` and `words` as in `Fault`."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.code = code
        self.words = words

    def __str__(self) -> str:
        return _message(self.code).reason

    def fault(self, value: str, field: str = "", place: Place | None = None) -> Fault:
        return Fault(self.code, self.words, value, field, place or Place())


class Proposal(NamedTuple):
    """A line that may be meant by one that was refused, as a command takes it; `lacking` are the options of what it
    does not tell yet, by the names under which they are typed."""

    line: tuple[str, ...]
    lacking: tuple[str, ...] = ()


class Refused(Exception):
    """A command that was refused, with every reason at once (there is at least one). The ledger is as it was.
    `proposals` are the lines that its remedy shows."""

    def __init__(self, faults: Iterable[Fault], proposals: Iterable[Proposal] = ()) -> None:
        self.faults: list[Fault] = list(faults)
        self.proposals: tuple[Proposal, ...] = tuple(proposals)
        super().__init__("\n".join(map(str, self.faults)))

    def proposing(self, *proposals: Proposal) -> Refused:
        """The same refusal, with the lines that its remedy shows."""
        return Refused(self.faults, proposals)

    @property
    def exit(self) -> Exit:
        return self.faults[0].exit


def refused(code: str, value: str | None = None, field: str = "", **words: object) -> Refused:
    """A refusal for one reason."""
    return Refused([Fault(code, words, value, field)])
