"""Files to sheets of text cells: finding them, telling kind, encoding and delimiter, refusing what is broken.

A file is what it contains, whatever its name says; only kinds that nobody here can read are refused by their name.
A file is decoded whole before a row is looked at, so that no row is taken from a file that breaks off later; a large
one is not held in memory.
Nothing here knows what the cells mean; which row holds the headings is for `headings`.
"""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import re
from codecs import getincrementaldecoder
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePath
from typing import BinaryIO, TextIO, overload

from anjian_cli.errors import Fault, Place, Refused

Row = tuple[int, list[str]]

STDIN = Path("-")
LARGEST_FILE = 200 * 1024 * 1024
LARGE = 4 * 1024 * 1024
"""A larger text is read anew each time that its rows are gone through: in memory it takes ten times as much."""
PART = 1024 * 1024
LONGEST_CELL = 32767
"""What a spreadsheet's cell can hold; a longer one is a quotation mark that was never closed."""
RETURNED = "退回"
"""The folder into which files with marked errors are written; what lies there is not read again."""

_BLANKS = " \t\r\n\u00a0\u3000\ufeff\u200b"
_TEXT_SUFFIXES = {".csv", ".txt", ".tsv", ""}
_PACKED_SUFFIXES = {".xlsx", ".xlsm", ".xls", ".zip"}
_REMEDIES = {
    ".et": "请在WPS中“另存为”.xlsx",
    ".ods": "请另存为“.xlsx”再导入",
    ".xlsb": "请在WPS或Excel中另存为“.xlsx”再导入",
    **dict.fromkeys((".rar", ".7z", ".gz", ".tar"), "请解压后再导入"),
}
_OTHER = "请把内容填入空表，存为“.xlsx”再导入"
# What a workbook or a zip begins with, and what cannot be read, whatever its name says.
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_SIGNATURES = ((b"Rar!\x1a", ".rar"), (b"7z\xbc\xaf", ".7z"), (b"\x1f\x8b", ".gz"))
_WEB_PAGE = re.compile(r"\s*(?:<\?xml|<!doctype|<html|<head|<meta|<table|<style|mime-version:)", re.IGNORECASE)
_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The rows of one sheet that are not blank, each with the line of the file on which it begins (from 1).
    `name` is empty for a text file. `faults` are the lines that cannot be read as rows, one a line. A `hidden` sheet
    is not read. `formulas` counts the cells that are one, `unknown_results` those that came without a result.
    `from_1904`: a bare number that is a day counts the days since 1904."""

    file: str
    name: str
    rows: Sequence[Row]
    faults: list[Fault] = field(default_factory=list)
    hidden: bool = False
    formulas: int = 0
    unknown_results: int = 0
    from_1904: bool = False


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


def paths(given: Sequence[Path]) -> list[Path]:
    """The files meant by files and folders: folders sorted and with what lies below them, each file once.

    Passed over are the lock files of office programs (~$…), and in folders hidden files and the folder 退回.
    Refused E305 with every path that does not exist. `-` stands for standard input and is left as it is.
    """
    missing = [p for p in given if p != STDIN and not p.exists()]
    if missing:
        raise Refused(Fault("E305", value=str(p)) for p in missing)
    found: dict[Path, Path] = {}
    for path in given:
        for file in _below(path) if path.is_dir() else [path]:
            if not path.name.startswith("~$"):  # a wildcard may name the lock of a file that is open
                found.setdefault(file.resolve(), file)
    return list(found.values())


def _below(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if is_meant(file.relative_to(folder)) and file.is_file())


def is_meant(path: PurePath) -> bool:
    """Whether a file at this path below a folder is one to be read."""
    hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in path.parts) or path.name.lower() in _SYSTEM_FILES
    return not hidden and RETURNED not in path.parts[:-1]


def read(path: Path, *, stdin: bytes | None = None) -> list[Sheet]:
    """The sheets of a file (see `content` and `sheets`)."""
    return sheets(content(path, stdin=stdin))


def content(path: Path, *, stdin: bytes | None = None) -> Content:
    """A file's bytes, or `stdin` if it is given. Raises `Refused`, with the file as place: E303 (kind of file),
    E305 (missing), E306 (too large), E312 (cannot be opened)."""
    if stdin is not None:
        refuse_size("标准输入", len(stdin))
        return Content("标准输入", stdin)
    if not path.is_file():
        raise Refused([Fault("E305", value=str(path), place=Place(file=path.name))])
    suffix = path.suffix.lower()
    refuse_kind(path.name, suffix)
    refuse_size(path.name, path.stat().st_size)
    try:
        read = Content(path.name, path, suffix)
        if path.stat().st_size > LARGE and not read.starts_with(*_PACKED):
            return read
        return Content(path.name, path.read_bytes(), suffix)
    except OSError as error:
        raise refusal(path.name, "E312", why=error.strerror or str(error)) from error


def sheets(content: Content) -> list[Sheet]:
    """The sheets of a file that is no archive.

    Raises `Refused`: E201 (NUL), E302 (encoding), E303 (kind of file), E316 (a web page), and for workbooks those of
    `workbook.sheets`. Broken lines (E204, E304) stand in `Sheet.faults`.
    """
    name = content.name
    for signature, suffix in _SIGNATURES:
        if content.starts_with(signature):
            raise refusal(name, "E303", suffix=suffix, remedy=_REMEDIES[suffix])
    if content.starts_with(*_PACKED):
        from anjian_cli.exchange import workbook

        with many_rows():
            return workbook.sheets(content)
    try:
        encoding = _encoding(content)
        _refuse_nul(content, encoding)
    except Refused as refused:
        if content.suffix in _PACKED_SUFFIXES:  # no workbook, and no text that was named one
            raise refusal(name, "E315") from refused
        raise
    with _text(content, encoding) as lines:
        start = lines.read(65536)
    if _WEB_PAGE.match(start):
        raise refusal(name, "E316")
    delimiter = _delimiter(start)
    with many_rows():
        try:
            return [Sheet(name, "", _rows(content, encoding, delimiter))]
        except csv.Error:
            with _text(content, encoding) as lines:
                return [_recovered(name, list(lines), delimiter)]


def refusal(name: str, code: str, row: int | None = None, **words: object) -> Refused:
    """A refusal of the file called `name`."""
    return Refused([Fault(code, words, place=Place(file=name, row=row))])


def refuse_kind(name: str, suffix: str) -> None:
    """Raises `Refused` E303 for a file that by the ending of its name nobody here can read."""
    if suffix not in _TEXT_SUFFIXES | _PACKED_SUFFIXES:
        raise refusal(name, "E303", suffix=suffix, remedy=_REMEDIES.get(suffix, _OTHER))


def refuse_size(name: str, size: int) -> None:
    """Raises `Refused` E306."""
    if size > LARGEST_FILE:
        raise refusal(name, "E306", size=megabytes(size), limit=megabytes(LARGEST_FILE))


def megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f}MB"


# --- encoding

# Codecs that pass over the mark itself.
_UTF8_MARK = b"\xef\xbb\xbf"
_MARKS = ((_UTF8_MARK, "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def _encoding(content: Content) -> str:
    """The encoding in which the whole of it can be read. Raises `Refused` E302."""
    marked = next((encoding for mark, encoding in _MARKS if content.starts_with(mark)), None)
    fault = _undecodable_at(content, marked or "utf-8")
    if fault is None:
        return marked or "utf-8"
    if marked:
        raise _undecodable(content, marked, fault)
    # Three Chinese characters in UTF-8 do not come about by chance: such a file is damaged UTF-8. As GB18030
    # it might decode, into other characters.
    with content.open() as file:
        before = file.read(fault).decode("utf-8")
    if sum(char >= "\u0800" for char in before) >= 3:
        raise _undecodable(content, "utf-8", fault)
    fault = _undecodable_at(content, "gb18030")
    if fault is not None:
        raise _undecodable(content, "gb18030", fault)
    return "gb18030"


def _undecodable_at(content: Content, encoding: str) -> int | None:
    """The place (from 0) of the first byte that is none of the encoding; None if all are."""
    plain = encoding.removesuffix("-sig")  # the mark itself is a character of UTF-8
    decoder = getincrementaldecoder(plain)()
    done, last = 0, b""
    try:
        for part in content.parts():
            last = part
            decoder.decode(part)
            done += len(part)
        last = b""
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        # What was left over of the part before stands before this one.
        return done - (len(error.object) - len(last)) + error.start
    return None


def _undecodable(content: Content, encoding: str, at: int) -> Refused:
    with content.open() as file:
        data = file.read(at)
    # What stands before the fault decodes; but for a mark its length in bytes is what it was.
    before = data.removeprefix(_UTF8_MARK).decode(encoding.removesuffix("-sig"), "ignore")
    last_line = before[before.rfind("\n") + 1 :]
    byte = len(last_line.encode("utf-16-le" if encoding == "utf-16" else encoding.removesuffix("-sig"))) + 1
    return refusal(content.name, "E302", line=before.count("\n") + 1, byte=byte)


def _refuse_nul(content: Content, encoding: str) -> None:
    """Raises `Refused` E201 with the row."""
    if encoding != "utf-16" and not any(b"\0" in part for part in content.parts()):
        return
    with _text(content, encoding) as lines:
        for row, line in enumerate(lines, start=1):
            if "\0" in line:
                raise refusal(content.name, "E201", row=row)


# --- rows


def _delimiter(text: str) -> str:
    """Comma, tab or semicolon: what stands on most of the first lines, then what stands there most often.
    Quoted text does not count."""
    start = "".join(text[:65536].split('"')[::2])
    lines = start.splitlines()[:20]

    def weight(mark: str) -> tuple[int, int]:
        return sum(mark in line for line in lines), sum(line.count(mark) for line in lines)

    return max(",\t;", key=weight)


@contextmanager
def many_rows() -> Iterator[None]:
    """For building a list of a million rows: cells limited in length, and no search for garbage meanwhile
    (rows refer to nothing; the search took a third of the time)."""
    limit = csv.field_size_limit(LONGEST_CELL)
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        csv.field_size_limit(limit)
        if collecting:
            gc.enable()


def _text(content: Content, encoding: str) -> TextIO:
    """Its lines, with their ends."""
    return io.TextIOWrapper(content.open(), encoding, newline="")


def is_visible(cells: Sequence[str]) -> bool:
    """Whether anything stands in a row."""
    for cell in cells:  # noqa: SIM110 -- any() takes twice as long, and a file has a million rows
        if cell.strip(_BLANKS):
            return True
    return False


def _rows(content: Content, encoding: str, delimiter: str) -> Sequence[Row]:
    """All rows of a file in which nothing is broken. Raises csv.Error."""
    if isinstance(content.held, bytes):
        return list(_parsed(content, encoding, delimiter))
    # Without a quotation mark or a long line nothing can be broken.
    plain = all(b'"' not in part and max(map(len, part.split(b"\n"))) <= LONGEST_CELL for part in content.parts())
    rows = StoredRows(content, encoding, delimiter, a_row_a_line=plain)
    if not plain:
        deque(rows, maxlen=0)
    return rows


def _parsed(content: Content, encoding: str, delimiter: str) -> Iterator[Row]:
    with _text(content, encoding) as lines:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        begun = 1
        for cells in reader:
            if is_visible(cells):
                yield begun, cells
            begun = reader.line_num + 1


def chunks(rows: Sequence[Row], size: int) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
    """Rows in pieces, as lines and cells. Of a large text without quotation marks rows are taken as they come, blank
    ones too."""
    if isinstance(rows, StoredRows) and rows.a_row_a_line:
        yield from rows.chunks(size)
        return
    source = iter(rows)
    while piece := list(islice(source, size)):
        yield [line for line, _ in piece], [cells for _, cells in piece]


class StoredRows(Sequence[Row]):
    """The rows of a large text, read from the disk each time they are gone through."""

    def __init__(self, content: Content, encoding: str, delimiter: str, *, a_row_a_line: bool) -> None:
        self._source = content, encoding
        self._delimiter = delimiter
        self.a_row_a_line = a_row_a_line
        """Whether nothing is quoted, so that no row goes on over a line's end."""

    def __iter__(self) -> Iterator[Row]:
        return _parsed(*self._source, self._delimiter)

    def chunks(self, size: int) -> Iterator[tuple[range, list[list[str]]]]:
        """See `chunks`."""
        with _text(*self._source) as lines:
            reader, begun = csv.reader(lines, delimiter=self._delimiter, strict=True), 1
            while cells := list(islice(reader, size)):
                yield range(begun, begun + len(cells)), cells
                begun += len(cells)

    @property
    def about(self) -> int:
        """How many there may be, by the lines of the file: to count them takes as long as to read them."""
        return sum(part.count(b"\n") for part in self._source[0].parts()) - 1

    @cached_property
    def _length(self) -> int:
        return sum(1 for _ in self)

    def __len__(self) -> int:
        return self._length

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return list(islice(self, at.start, at.stop, at.step))
        return next(islice(self, at, None))


def _recovered(file: str, lines: Sequence[str], delimiter: str) -> Sheet:
    """The rows and the faults of a file with broken lines: a line that is broken is told, and reading goes on with
    the next one.

    What follows an open quotation mark may be rows or the rest of the cell. A line there is a row only if it is as
    wide as most rows above and holds no quotation mark; else it is told as well, for it may not be lost in silence.
    """
    rows: list[Row] = []
    sheet = Sheet(file, "", rows)
    widths: Counter[int] = Counter()
    open_mark = False
    at = 0
    while at < len(lines):
        row = at + 1
        reader = csv.reader((lines[index] for index in range(at, len(lines))), delimiter=delimiter, strict=True)
        try:
            cells = next(reader)
        except csv.Error as error:
            if "field limit" in str(error) and reader.line_num == 1:
                sheet.faults.append(Fault("E204", {"limit": LONGEST_CELL}, place=Place(file, row=row)))
            else:
                sheet.faults.append(Fault("E304", place=Place(file, row=row)))
                open_mark = reader.line_num > 1 or lines[at].count('"') % 2 == 1
            at += 1
            continue
        if not is_visible(cells):
            at += reader.line_num
        elif open_mark and (len(cells) < max(widths, key=widths.__getitem__, default=0) or '"' in "".join(cells)):
            sheet.faults.append(Fault("E304", place=Place(file, row=row)))
            at += 1
        else:
            rows.append((row, cells))
            widths[len(cells)] += 1
            open_mark = False
            at += reader.line_num
    return sheet
