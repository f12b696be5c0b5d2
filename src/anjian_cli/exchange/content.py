"""A file and its sheets, whatever it was: the bytes, the rows, and a refusal that names it."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from anjian_cli.errors import Fault, Place, Refused, visible

Row = tuple[int, list[str]]
Area = tuple[int, int, int, int]
"""A rectangle of cells: first and last row (from 1), first and last column (from 0)."""

PART = 1024 * 1024
LONGEST_CELL = 32767
"""What a spreadsheet's cell can hold; a longer one is a quotation mark that was never closed."""
_BLANKS = " \t\r\n\u00a0\u3000\ufeff\u200b"


@dataclass
class Unseen:
    """What the reader of a sheet does not see as it is stored: rows that are hidden or filtered out, columns that are
    hidden (first and last, from 0), and cells merged into one, of which all but the first are blank."""

    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)

    def hides(self, column: int) -> bool:
        """Whether a column (from 0) is hidden."""
        return any(first <= column <= last for first, last in self.columns)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The rows of one sheet that are not blank, each with the line of the file on which it begins (from 1).
    `name` is empty for a text file. `faults` are the lines that cannot be read as rows, one a line. A `hidden` sheet
    is not read. `formulas` counts the cells that are one, `unknown_results` those that came without a result.
    `from_1904`: a bare number that is a day counts the days since 1904. `struck` are the rows in which something is
    struck out, `unseen` what its sender does not see in it."""

    file: str
    name: str
    rows: Sequence[Row]
    faults: list[Fault] = field(default_factory=list)
    hidden: bool = False
    formulas: int = 0
    unknown_results: int = 0
    from_1904: bool = False
    struck: tuple[int, ...] = ()
    unseen: Unseen = field(default_factory=Unseen)


@dataclass(frozen=True)
class Content:
    """A file: the name it is shown by, its bytes (or, of a large text, where it lies), and the ending of its name."""

    name: str
    held: bytes | Path = field(repr=False)
    suffix: str = ""

    @property
    def data(self) -> bytes:
        """All of it. Of a large text only where it cannot be helped."""
        return self.held if isinstance(self.held, bytes) else self.held.read_bytes()

    def open(self) -> BinaryIO:
        """To read it piece by piece."""
        return io.BytesIO(self.held) if isinstance(self.held, bytes) else self.held.open("rb")

    def parts(self) -> Iterator[bytes]:
        """The pieces."""
        with self.open() as file:
            while part := file.read(PART):
                yield part

    def starts_with(self, *marks: bytes) -> bool:
        """Whether it begins with one of the marks."""
        with self.open() as file:
            return file.read(16).startswith(marks)

    @cached_property
    def sha256(self) -> str:
        sha = hashlib.sha256()
        for part in self.parts():
            sha.update(part)
        return sha.hexdigest()

    def as_it_was(self) -> bool:
        """Whether the file still is what it was when its hash was taken: a large text is read more than once."""
        return isinstance(self.held, bytes) or replace(self).sha256 == self.sha256


def shown_name(name: str) -> str:
    """A file's name as it may be shown and kept: what Windows packed in GBK and Linux unpacked byte by byte is
    restored, what no encoding knows is ?, and what cannot be seen has a sign."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        with suppress(UnicodeDecodeError):
            return visible(raw.decode("gb18030"))
        name = raw.decode("utf-8", "replace").replace("\ufffd", "?")
    return visible(name)


def is_visible(cells: Sequence[str]) -> bool:
    """Whether anything stands in a row."""
    for cell in cells:  # noqa: SIM110 -- any() takes twice as long, and a file has a million rows
        if cell.strip(_BLANKS):
            return True
    return False


def refusal(name: str, code: str, row: int | None = None, **words: object) -> Refused:
    """A refusal of the file called `name`."""
    return Refused([Fault(code, words, place=Place(file=name, row=row))])
