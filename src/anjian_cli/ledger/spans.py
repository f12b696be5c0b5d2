"""Ids of rows by table, kept as ranges. Pure."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

Span = tuple[str, int, int]  # table, first id, last id


class Spans:
    """A set of rows that grows, as sorted ranges."""

    def __init__(self) -> None:
        self.ranges: dict[str, list[list[int]]] = defaultdict(list)

    def add(self, table: str, first: int, last: int) -> None:
        ranges = self.ranges[table]
        if ranges and ranges[-1][1] == first - 1:
            ranges[-1][1] = last
        else:
            insort(ranges, [first, last])

    def holds(self, table: str, row: int) -> bool:
        """Whether a row is among them."""
        return self.hold(table, row, row)

    def hold(self, table: str, first: int, last: int) -> bool:
        """Whether all rows from `first` to `last` stand in one range."""
        ranges = self.ranges.get(table)
        if not ranges:
            return False
        at = bisect_right(ranges, [first, 1 << 63]) - 1
        return at >= 0 and last <= ranges[at][1]

    def spans(self) -> Iterator[Span]:
        for table, ranges in self.ranges.items():
            for first, last in ranges:
                yield table, first, last


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans (table, first id, last id) sorted, overlapping and adjacent ones joined."""
    result: list[Span] = []
    for table, first, last in sorted(spans):
        if result and result[-1][0] == table and first <= result[-1][2] + 1:
            result[-1] = (table, result[-1][1], max(last, result[-1][2]))
        else:
            result.append((table, first, last))
    return result


def meet(some: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether two lists of spans, each as `merged` gives it, have a row in common."""
    at = 0
    for table, first, last in some:
        while at < len(others) and (others[at][0], others[at][2]) < (table, first):
            at += 1
        if at < len(others) and others[at][0] == table and others[at][1] <= last:
            return True
    return False


def without(spans: Iterable[Span], taken: Spans) -> list[Span]:
    """What is left of spans outside the ranges of `taken`."""
    left = []
    for table, first, last in spans:
        for begin, end in taken.ranges.get(table, ()):
            if end < first or last < begin:
                continue
            if first < begin:
                left.append((table, first, begin - 1))
            first = end + 1
        if first <= last:
            left.append((table, first, last))
    return left
