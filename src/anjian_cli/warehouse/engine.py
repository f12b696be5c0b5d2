"""What an engine has to do: answer one SELECT over the relations with rows of text and whole numbers.

One text of SQL for all of them, with `?` for values: SQL adds whole numbers up, and every sum is CAST to BIGINT; what
is a rate is divided in Python. An engine that gives a fraction has counted otherwise, and is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol, cast

from anjian_cli.errors import refused

Value = str | int | None
Row = tuple[Value, ...]
AT_ONCE = 10_000
"""Rows that are fetched together."""
_KNOWN = frozenset({str, int, type(None)})


class Engine(Protocol):
    """`name` as people call it. Its relations are those of `relations`."""

    name: str

    def execute(self, sql: str, values: Sequence[str | int] = (), /) -> Iterator[Row]:
        """The rows of a SELECT. Raises `Refused` E935 for a value that is neither text nor a whole number."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...


def whole(name: str, batches: Iterable[Sequence[Sequence[object]]]) -> Iterator[Row]:
    """Rows as an engine gave them, some thousands at a time, each value held to be text or a whole number. Raises
    `Refused` E935."""
    shared: dict[object, object] = {}  # of a text that stands in many rows one is kept
    for rows in batches:
        columns: list[Iterable[object]] = []
        for column in zip(*rows, strict=True):
            kinds = set(map(type, column))
            if not kinds <= _KNOWN:
                other = next(each for each in column if type(each) not in _KNOWN)
                raise refused("E935", engine=name, value=repr(other))
            columns.append(map(shared.setdefault, column, column) if str in kinds else column)
        yield from cast("Iterator[Row]", zip(*columns, strict=True))


def batches(rows: Iterable[Sequence[object]]) -> Iterator[Sequence[Sequence[object]]]:
    """Rows some thousands at a time."""
    ahead = iter(rows)
    while some := list(islice(ahead, AT_ONCE)):
        yield some
