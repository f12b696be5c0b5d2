"""Files to sheets of text cells: finding them, telling kind, encoding and delimiter, refusing what is broken.

A file is what it contains, whatever its name says; only kinds that nobody here can read are refused by their name.
A file is decoded whole before a row is looked at, so that no row is taken from a file that breaks off later.
Nothing here knows what the cells mean; which row holds the headings is for `headings`.
"""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from anjian_cli.errors import Fault, Place, Refused

Row = tuple[int, list[str]]

STDIN = Path("-")
LARGEST_FILE = 200 * 1024 * 1024
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
    is not read. `formulas` counts the cells that are one, `unknown_results` those that came without a result."""

    file: str
    name: str
    rows: list[Row]
    faults: list[Fault] = field(default_factory=list)
    hidden: bool = False
    formulas: int = 0
    unknown_results: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """A file in memory: the name it is shown by, its bytes, and the ending of its name."""

    name: str
    data: bytes = field(repr=False)
    suffix: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def paths(given: Sequence[Path]) -> list[Path]:
    """The files meant by files and folders: folders sorted and with what lies below them, each file once.

    Passed over in folders: hidden files, the lock files of office programs (~$…) and the folder 退回.
    Refused E305 with every path that does not exist. `-` stands for standard input and is left as it is.
    """
    missing = [p for p in given if p != STDIN and not p.exists()]
    if missing:
        raise Refused(Fault("E305", value=str(p)) for p in missing)
    found: dict[Path, Path] = {}
    for path in given:
        for file in _below(path) if path.is_dir() else [path]:
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
        return Content(path.name, path.read_bytes(), suffix)
    except OSError as error:
        raise refusal(path.name, "E312", why=error.strerror or str(error)) from error


def sheets(content: Content) -> list[Sheet]:
    """The sheets of a file that is no archive.

    Raises `Refused`: E201 (NUL), E302 (encoding), E303 (kind of file), E316 (a web page), and for workbooks those of
    `workbook.sheets`. Broken lines (E204, E304) stand in `Sheet.faults`.
    """
    name, data = content.name, content.data
    for signature, suffix in _SIGNATURES:
        if data.startswith(signature):
            raise refusal(name, "E303", suffix=suffix, remedy=_REMEDIES[suffix])
    if data.startswith(_PACKED):
        from anjian_cli.exchange import workbook

        with many_rows():
            return workbook.sheets(content)
    try:
        text, encoding = _decoded(data, name)
        if "\0" in text:
            raise refusal(name, "E201", row=text.count("\n", 0, text.index("\0")) + 1)
    except Refused as refused:
        if content.suffix in _PACKED_SUFFIXES:  # no workbook, and no text that was named one
            raise refusal(name, "E315") from refused
        raise
    if _WEB_PAGE.match(text):
        raise refusal(name, "E316")
    delimiter = _delimiter(text)
    del text  # the rows are read from the bytes: held whole, the text is the larger part of the memory needed
    with many_rows():
        try:
            return [Sheet(name, "", _rows(_lines(data, encoding), delimiter))]
        except csv.Error:
            return [_recovered(name, list(_lines(data, encoding)), delimiter)]


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


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """The whole text and its encoding."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    try:
        return data.decode(marked or "utf-8"), marked or "utf-8"
    except UnicodeDecodeError as error:
        if marked:
            raise _undecodable(data, name, marked, error.start) from error
        as_utf8 = error.start
    # Three Chinese characters in UTF-8 do not come about by chance: such a file is damaged UTF-8. As GB18030
    # it might decode, into other characters.
    if sum(char >= "\u0800" for char in data[:as_utf8].decode("utf-8")) >= 3:
        raise _undecodable(data, name, "utf-8", as_utf8)
    try:
        return data.decode("gb18030"), "gb18030"
    except UnicodeDecodeError as error:
        raise _undecodable(data, name, "gb18030", error.start) from error


def _undecodable(data: bytes, name: str, encoding: str, start: int) -> Refused:
    if encoding == "utf-8-sig":  # this codec alone counts `start` from behind the mark
        data, encoding = data.removeprefix(_UTF8_MARK), "utf-8"
    # What stands before the fault decodes; but for a mark its length in bytes is what it was.
    before = data[:start].decode(encoding)
    last_line = before[before.rfind("\n") + 1 :]
    byte = len(last_line.encode(encoding.replace("utf-16", "utf-16-le"))) + 1
    return refusal(name, "E302", line=before.count("\n") + 1, byte=byte)


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


def _lines(data: bytes, encoding: str) -> Iterable[str]:
    return io.TextIOWrapper(io.BytesIO(data), encoding, newline="")


def is_visible(cells: Sequence[str]) -> bool:
    """Whether anything stands in a row."""
    return bool("".join(cells).strip(_BLANKS))


def _rows(lines: Iterable[str], delimiter: str) -> list[Row]:
    """All rows of a file in which nothing is broken. Raises csv.Error."""
    found: list[Row] = []
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begun = 1
    for cells in reader:
        if is_visible(cells):
            found.append((begun, cells))
        begun = reader.line_num + 1
    return found


def _recovered(file: str, lines: Sequence[str], delimiter: str) -> Sheet:
    """The rows and the faults of a file with broken lines: a line that is broken is told, and reading goes on with
    the next one.

    What follows an open quotation mark may be rows or the rest of the cell. A line there is a row only if it is as
    wide as most rows above and holds no quotation mark; else it is told as well, for it may not be lost in silence.
    """
    sheet = Sheet(file, "", [])
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
            sheet.rows.append((row, cells))
            widths[len(cells)] += 1
            open_mark = False
            at += reader.line_num
    return sheet
