"""Text files to rows: the encoding, the delimiter, quotation marks, and what is broken.

A file is decoded whole before a row is looked at, so that no row is taken from a file that breaks off later; a large
one is not held in memory.
"""

from __future__ import annotations

import csv
import gc
import io
import re
from codecs import getincrementaldecoder
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from typing import TextIO, overload

from anjian_cli.errors import Fault, Place, Refused
from anjian_cli.exchange.content import LONGEST_CELL, Content, Row, Sheet, is_visible, refusal

RECOVERED = 1024 * 1024
"""A larger text is refused at its first broken line."""
_WEB_PAGE = re.compile(r"\s*(?:<\?xml|<!doctype|<html|<head|<meta|<table|<style|mime-version:)", re.IGNORECASE)


def sheet(content: Content) -> Sheet:
    """The rows of a text file. Raises `Refused`: E201 (NUL), E302 (encoding), E316 (a web page), and of a large one
    E204 or E304 (a line that is broken): to judge what is whole behind it, row by row, takes too long."""
    encoding = _encoding(content)
    _refuse_nul(content, encoding)
    with _text(content, encoding) as lines:
        start = lines.read(65536)
    if _WEB_PAGE.match(start):
        raise refusal(content.name, "E316")
    delimiter = _delimiter(start)
    with many_rows():
        try:
            return Sheet(content.name, "", _rows(content, encoding, delimiter))
        except csv.Error:
            if not isinstance(content.held, bytes) or len(content.held) > RECOVERED:
                raise _broken(content, encoding, delimiter) from None
            with _text(content, encoding) as lines:
                return _recovered(content.name, list(lines), delimiter)


def lines(content: Content) -> list[str]:
    """The lines of a text that is no table. Raises `Refused`: E201 (NUL), E302 (encoding)."""
    encoding = _encoding(content)
    _refuse_nul(content, encoding)
    with _text(content, encoding) as found:
        return found.read().splitlines()


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


def _broken(content: Content, encoding: str, delimiter: str) -> Refused:
    """Why the first line that is broken cannot be read."""
    begun = 1
    with _text(content, encoding) as lines:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            for _ in reader:
                begun = reader.line_num + 1
        except csv.Error as error:
            if "field limit" in str(error) and reader.line_num == begun:
                return refusal(content.name, "E204", begun, limit=LONGEST_CELL)
    return refusal(content.name, "E304", begun)


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
