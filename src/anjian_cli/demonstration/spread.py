"""Spreading totals over rows, towns and days: evenly, exactly, and always in the same way. No chance, no clock."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, timedelta


def day_after(day: str, days: int) -> str:
    """The day some days later (or before)."""
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def days(first: str, last: str, count: int) -> list[str]:
    """`count` days from one to another, evenly spread, in order."""
    begin = date.fromisoformat(first)
    span = (date.fromisoformat(last) - begin).days
    return [(begin + timedelta(span * i // max(count - 1, 1))).isoformat() for i in range(count)]


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """A total in parts by weight, that add up to it."""
    ends = [total * sofar // sum(weights) for sofar in itertools.accumulate(weights)]
    return [end - begin for begin, end in itertools.pairwise([0, *ends])]


def evenly(total: int, rows: int) -> list[int]:
    """A total over rows, one as much as another: where it is less than the rows, 1 or 0 in turn."""
    return shares(total, [1] * rows)


def in_turn(weights: Sequence[int], count: int) -> Iterator[int]:
    """`count` places among the weights, each coming up as often as its weight says."""
    given = [0] * len(weights)
    for turn in range(1, count + 1):
        place = max(range(len(weights)), key=lambda p: weights[p] * turn - given[p] * sum(weights))
        given[place] += 1
        yield place
