"""A long sheet read column by column: the rows in which nothing is unusual, in large pieces.

Every cell is read by the parser that reads it in `lines`, and held to the same conditions; a row with anything else in
it is left to be read there. A tenth of the time of row by row, for files hold a million of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import Any, NamedTuple

from anjian_cli.errors import Misread
from anjian_cli.exchange import headings
from anjian_cli.exchange.content import Row, is_visible
from anjian_cli.exchange.lines import AS_ABOVE, Form, cell, is_own_name, noted
from anjian_cli.exchange.plain_text import chunks
from anjian_cli.records import codes, likeness, values
from anjian_cli.records.codes import Masked
from anjian_cli.records.definition import Column
from anjian_cli.records.values import CLEAR

PIECE = 10_000
"""Rows read together: many enough that what is done once a piece costs nothing, few enough to be held in memory."""
REMEMBERED = 50_000
"""Distinct texts of a column that are remembered with their values."""
FEW = 10
"""Where of so many texts there is but a distinct one, to remember them is quicker than to look at all."""


class Piece(NamedTuple):
    """Some rows of a sheet as columns of values, all as long as `lines`, on which the rows stand. `left` are the rows
    between them that are to be read one by one, `skipped` the lines that are no records."""

    lines: Sequence[int]
    columns: dict[str, Sequence[Any]]
    left: list[Row]
    skipped: list[int]
    cells: Sequence[list[str]]


def pieces(form: Form, today: str) -> Iterator[Piece]:
    """The rows below the headings. A day after `today` where none may be is unusual."""
    heading = form.heading
    record = form.record
    readers = {index: _Reader(record.columns[name], today) for index, name in heading.fields.items()}
    numbered = next((index for index, name in heading.fields.items() if name == "number"), None)
    for lines, cells in chunks(form.sheet.rows, PIECE):
        if lines[0] <= heading.row:
            below = sum(line <= heading.row for line in lines)
            lines, cells = lines[below:], cells[below:]
        left: list[Row] = []
        skipped: list[int] = []
        if not _is_plain(cells, heading.width, numbered):
            lines, cells, left, skipped = _sorted_out(zip(lines, cells, strict=True), heading.width, numbered)
        columns: dict[str, Sequence[Any]] = {}
        if cells:
            by_index = list(zip(*cells, strict=True))
            unusual: set[int] = set()
            for index, name in heading.fields.items():
                columns[name], wrong = readers[index].read(by_index[index])
                unusual |= wrong
            if unusual:
                left += [(lines[at], cells[at]) for at in unusual]
                usual = [at not in unusual for at in range(len(cells))]
                lines, cells = list(compress(lines, usual)), list(compress(cells, usual))
                columns = {name: list(compress(column, usual)) for name, column in columns.items()}
        yield Piece(lines, columns, left, skipped, cells)


def _is_plain(cells: Sequence[list[str]], width: int, numbered: int | None) -> bool:
    """Whether all rows are as wide as the headings, without a number of their own, and none may be a note or blank."""
    if set(map(len, cells)) != {width}:
        return False
    beginnings = {row[0][:1] for row in cells}
    if not beginnings.isdisjoint({"", *headings.NOTE_BEGINS}) or any(map(str.isspace, beginnings)):
        return False
    return numbered is None or not any(row[numbered] for row in cells)


def _sorted_out(
    rows: Iterable[Row], width: int, numbered: int | None
) -> tuple[list[int], list[list[str]], list[Row], list[int]]:
    """The lines and cells of rows without a number of their own, brought to the headings' width; the other ones; the
    lines of those that are no records."""
    lines: list[int] = []
    kept: list[list[str]] = []
    left: list[Row] = []
    skipped: list[int] = []
    for line, cells in rows:
        if not is_visible(cells):
            continue
        if headings.is_note(cells):
            # What may be a record after all, or goes on below, is judged with the rows beside it.
            judged = headings.is_plain_note(cells) and not headings.begins_block(cells)
            (skipped.append(line) if judged else left.append((line, cells)))
        elif len(cells) > width or (numbered is not None and numbered < len(cells) and cells[numbered].strip()):
            left.append((line, cells))
        else:
            lines.append(line)
            kept.append(cells + [""] * (width - len(cells)))
    return lines, kept, left, skipped


class _Reader:
    """How one column is read: as a whole where that can be said of all its cells at once, else each distinct text
    once."""

    def __init__(self, column: Column, today: str) -> None:
        self._column = column
        self._seen = _Seen(column, today if column.past else "")
        self._named = is_own_name(column)

    def read(self, texts: Sequence[str]) -> tuple[Sequence[Any], set[int]]:
        """The values, and the places of those that are for `lines` to judge."""
        distinct = set(texts)
        if len(distinct) * FEW > len(texts) and self._as_they_are(texts, distinct):
            return texts, set()
        seen = self._seen
        if len(seen) > REMEMBERED:
            seen.clear()
        found: list[Any] = list(map(seen.__getitem__, texts))
        if not seen.unusual:
            return found, set()
        return found, {at for at, value in enumerate(found) if seen.is_unusual(value)}

    def _as_they_are(self, texts: Sequence[str], distinct: set[str]) -> bool:
        """Whether the texts are the values: no blank, no words with a meaning of their own, nothing to be tidied."""
        return (
            AS_ABOVE.isdisjoint(distinct)
            and codes.unchanged(texts, self._column.parse)
            and not (self._named and re.search(likeness.LOST, "|".join(distinct)))
            and not any(text[0] in "'=" or values.is_clear(text) for text in distinct)  # see lines.cell
        )


class _Seen(dict[str, Any]):
    """Text to value. `unusual` tells that a text was misread, is to empty a field, hides a part of a number, is a day
    after the `latest`, or is one of which something is to be said."""

    def __init__(self, column: Column, latest: str) -> None:
        self._column, self._latest = column, latest
        self.unusual = False

    def __missing__(self, text: str) -> Any:
        value = self[text] = cell(self._column, text)
        self.unusual = self.unusual or self.is_unusual(value)
        return value

    def is_unusual(self, value: Any) -> bool:
        if isinstance(value, Masked):
            return True
        if isinstance(value, str):
            late = bool(self._latest) and value > self._latest
            return value == CLEAR or late or bool(noted(self._column, value))
        return isinstance(value, Misread)
