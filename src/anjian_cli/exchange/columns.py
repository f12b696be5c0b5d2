"""A long sheet read column by column: the rows in which nothing is unusual, in large pieces.

Every cell is read by the parser that reads it in `lines`, and held to the same conditions; a row with anything else in
it is left to be read there. A tenth of the time of row by row, for files hold a million of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, islice
from operator import methodcaller
from typing import Any, NamedTuple

from anjian_cli.errors import Misread
from anjian_cli.exchange import headings
from anjian_cli.exchange.lines import AS_ABOVE, Form, cell
from anjian_cli.exchange.reader import Row
from anjian_cli.records import values
from anjian_cli.records.definition import Column
from anjian_cli.records.values import CLEAR

PIECE = 20_000
"""Rows read together: many enough that what is done once a piece costs nothing, few enough to be held in memory."""
REMEMBERED = 50_000
"""Distinct texts of a column that are remembered with their values."""


_PROTECTED = methodcaller("startswith", "'")  # see cells.restored


class Piece(NamedTuple):
    """Some rows of a sheet as columns of values, all as long as `rows`. `left` are the rows between them that are to be
    read one by one, `skipped` the lines that are no records."""

    rows: Sequence[Row]
    columns: dict[str, Sequence[Any]]
    left: list[Row]
    skipped: list[int]


def pieces(form: Form, today: str) -> Iterator[Piece]:
    """The rows below the headings. A day after `today` where none may be is unusual."""
    heading = form.heading
    record = form.record
    readers = {index: _Reader(record.columns[name], today) for index, name in heading.fields.items()}
    numbered = next((index for index, name in heading.fields.items() if name == "number"), None)
    below = (row for row in form.sheet.rows if row[0] > heading.row)
    while rows := list(islice(below, PIECE)):
        rows, left, skipped = _sorted_out(rows, heading.width, numbered)
        columns: dict[str, Sequence[Any]] = {}
        if rows:
            by_index = list(zip(*(cells for _, cells in rows), strict=True))
            unusual: set[int] = set()
            for index, name in heading.fields.items():
                columns[name], wrong = readers[index].read(by_index[index])
                unusual |= wrong
            if unusual:
                left += [rows[at] for at in unusual]
                usual = [at not in unusual for at in range(len(rows))]
                rows = list(compress(rows, usual))
                columns = {name: list(compress(column, usual)) for name, column in columns.items()}
        yield Piece(rows, columns, left, skipped)


def _sorted_out(rows: list[Row], width: int, numbered: int | None) -> tuple[list[Row], list[Row], list[int]]:
    """Rows of the headings' width without a number of their own; the other ones; the lines of those that are no
    records."""
    if {len(cells) for _, cells in rows} != {width}:
        rows = [(row, cells + [""] * (width - len(cells))) for row, cells in rows]
    beginnings = {cells[0][:1] for _, cells in rows}
    may_be_note = not beginnings.isdisjoint({"", *headings.NOTE_BEGINS}) or any(map(str.isspace, beginnings))
    numbers = numbered is not None and any(cells[numbered] for _, cells in rows)
    if not may_be_note and not numbers and {len(cells) for _, cells in rows} == {width}:
        return rows, [], []
    kept: list[Row] = []
    left: list[Row] = []
    skipped = []
    for row, cells in rows:
        if headings.is_note(cells):
            skipped.append(row)
        elif len(cells) > width or (numbered is not None and cells[numbered].strip()):
            left.append((row, cells))
        else:
            kept.append((row, cells))
    return kept, left, skipped


class _Reader:
    """How one column is read: as a whole where that can be said of all its cells at once, else each distinct text
    once."""

    def __init__(self, column: Column, today: str) -> None:
        self._column = column
        self._seen = _Seen(column)
        self._latest = today if column.past else ""

    def read(self, texts: Sequence[str]) -> tuple[Sequence[Any], set[int]]:
        """The values, and the places of those that are for `lines` to judge."""
        if self._as_they_are(texts):
            return texts, set()
        seen = self._seen
        if len(seen) > REMEMBERED:
            seen.clear()
        found: list[Any] = list(map(seen.__getitem__, texts))
        wrong: set[int] = set()
        if seen.unusual:
            wrong |= {at for at, value in enumerate(found) if isinstance(value, Misread) or value == CLEAR}
        if self._latest:
            days = (value for value in found if isinstance(value, str))
            if max(days, default="") > self._latest:
                wrong |= {at for at, value in enumerate(found) if isinstance(value, str) and value > self._latest}
        return found, wrong

    def _as_they_are(self, texts: Sequence[str]) -> bool:
        """Whether the texts are the values: no blank, no words with a meaning of their own, nothing to be tidied."""
        return (
            AS_ABOVE.isdisjoint(texts)
            and CLEAR not in texts
            and not any(map(_PROTECTED, texts))
            and values.unchanged(texts, self._column.parse)
        )


class _Seen(dict[str, Any]):
    """Text to value. `unusual` tells that a text was misread, or is to empty a field."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self.unusual = False

    def __missing__(self, text: str) -> Any:
        value = self[text] = cell(self._column, text)
        self.unusual = self.unusual or isinstance(value, Misread) or value == CLEAR
        return value
