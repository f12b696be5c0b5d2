"""Text files in which every line vouches for itself: a row that was altered, lost or moved is told with its line.

Each line ends in its seal (`line_hash`): the first 16 digits of the SHA-256 of the seal of the line before it, a line
break, and what the line says as compact JSON. So an altered line does not fit its own seal, and where one is lost,
moved or put in, the next does not fit the one before. A seal is no secret: who alters a line on purpose can seal it
again, and is then found by the sums and the chain of the ledger. It shows where, not who.

Two kinds: CSV for tables, JSON lines for the log. In CSV an empty cell says that there is nothing; a text that is
empty, or begins with what a spreadsheet would run or with an apostrophe, has an apostrophe before it, which is no part
of it.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from anjian_cli.exchange import owner_only

SEAL = "line_hash"
DIGITS = 16
BOM = b"\xef\xbb\xbf"
LONGEST_CELL = 2**31 - 1
"""What a cell may hold: a month that was issued is one."""
GUARDED = ("'", "=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a text begins with that gets an apostrophe before it; the last four as spreadsheets of East Asia read them."""

Cell = str | int | float | None
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Sealed(NamedTuple):
    """A file that was written: how many lines, the seal of the last, and the SHA-256 of its bytes."""

    lines: int
    last: str
    sha256: str


class Line(NamedTuple):
    """A line as it was read: where it begins, what it says (None if that cannot be read), and whether its seal fits."""

    number: int
    said: Sequence[str] | Mapping[str, object] | None
    fits: bool


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Sealed:
    """A new CSV file with a heading, which is line 1 and has no seal. Raises OSError."""
    with _written(path) as out:
        out.write(BOM)
        table = csv.writer(_Encoded(out))
        lines, seal = 1, ""
        table.writerow([*columns, SEAL])
        for row in rows:
            cells = [_cell(value) for value in row]
            seal = _seal(seal, _encode(cells))
            table.writerow([*cells, seal])
            lines += 1
        return Sealed(lines, seal, out.sha.hexdigest())


def write_log(path: Path, entries: Iterable[Mapping[str, object]]) -> Sealed:
    """A new file of JSON lines. Raises OSError."""
    with _written(path) as out:
        lines, seal = 0, ""
        for entry in entries:
            said = _encode(entry)
            seal = _seal(seal, said)
            out.write(f'{said[:-1]},"{SEAL}":"{seal}"}}\n'.encode())
            lines += 1
        return Sealed(lines, seal, out.sha.hexdigest())


def write_text(path: Path, text: str) -> str:
    """A new file of plain text; returns its SHA-256. Raises OSError."""
    with _written(path) as out:
        out.write(text.encode())
        return out.sha.hexdigest()


class Reading:
    """A sealed file that is read to its end, once: its lines, then what the whole of it comes to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sha = hashlib.sha256()
        self._lines, self._last = 0, ""

    def table(self) -> Iterator[Line]:
        """The lines of a CSV file, the heading first. Raises OSError."""
        limit = csv.field_size_limit(LONGEST_CELL)
        try:
            with self._path.open("rb") as file:
                reader = csv.reader(self._texts(file))
                begun = 1
                while True:
                    try:
                        cells = next(reader, None)
                    except csv.Error:  # e.g. a lone carriage return outside of quotation marks
                        cells = []
                    if cells is None:
                        return
                    *said, seal = cells or [""]
                    if begun == 1:
                        self._lines = 1
                        yield Line(1, said, seal == SEAL)
                    else:
                        yield self._line(begun, said, _encode(said), seal)
                    begun = reader.line_num + 1
        finally:
            csv.field_size_limit(limit)

    def log(self) -> Iterator[Line]:
        """The lines of a file of JSON lines. Raises OSError."""
        with self._path.open("rb") as file:
            for number, text in enumerate(self._texts(file), start=1):
                try:
                    said = json.loads(text)
                    seal = said.pop(SEAL)
                except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
                    said, seal = None, ""
                yield self._line(number, said, _encode(said), str(seal))

    @property
    def found(self) -> Sealed:
        """What the file comes to, once it was read."""
        return Sealed(self._lines, self._last, self._sha.hexdigest())

    def _texts(self, file: IO[bytes]) -> Iterator[str]:
        for number, line in enumerate(file):
            self._sha.update(line)
            yield (line.removeprefix(BOM) if number == 0 else line).decode("utf-8", "replace")

    def _line(self, number: int, said: Sequence[str] | Mapping[str, object] | None, text: str, seal: str) -> Line:
        fits = seal == _seal(self._last, text)
        self._lines, self._last = self._lines + 1, seal
        return Line(number, said, fits)


def sha256(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def value(cell: str, kind: str) -> Cell:
    """What a cell of a column of TEXT or INTEGER says. Raises ValueError."""
    if not cell:
        return None
    if kind == "INTEGER":
        number = int(cell)
        if str(number) != cell or not -(2**63) <= number < 2**63:
            raise ValueError(cell)
        return number
    return cell.removeprefix("'")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if not value or value.startswith(GUARDED) else value


def _seal(before: str, said: str) -> str:
    # What cannot be encoded came from no file of ours.
    return hashlib.sha256(f"{before}\n{said}".encode("utf-8", "replace")).hexdigest()[:DIGITS]


class _Written:
    """A new file for its owner alone, and the SHA-256 of what was written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.sha = file, hashlib.sha256()

    def write(self, told: bytes) -> None:
        self.sha.update(told)
        self._file.write(told)


class _Encoded:
    """What the writer of CSV writes to."""

    def __init__(self, out: _Written) -> None:
        self._out = out

    def write(self, text: str) -> None:
        self._out.write(text.encode())


@contextmanager
def _written(path: Path) -> Iterator[_Written]:
    with owner_only.create(path) as file:
        yield _Written(file)
        file.flush()
        os.fsync(file.fileno())
