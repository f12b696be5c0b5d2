"""Places, means, laggards and what is owed. Pure arithmetic on exact fractions; knows no ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil


def places(values: Mapping[str, Fraction]) -> dict[str, int]:
    """Competition ranks (1, 2, 2, 4), the greatest first. Only equal fractions share a place."""
    ordered = sorted(values.values(), reverse=True)
    first: dict[Fraction, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
    return {key: first[value] for key, value in values.items()}


def last_places(ranks: Mapping[str, int], count: int, order: Sequence[str]) -> tuple[str, ...]:
    """Who takes the last `count` places, by place and then in `order`.

    Those who share a place that does not fit are left out together, and so is everyone before them (rule R3).
    """
    taken: list[str] = []
    for place in sorted(set(ranks.values()), reverse=True):
        sharing = [key for key in order if ranks.get(key) == place]
        if len(taken) + len(sharing) > count:
            break
        taken = sharing + taken
    return tuple(taken)


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """The mean; None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None


def weighted_mean(values: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    """The mean of (value, weight); None where all weights are 0."""
    pairs = list(values)
    weight = sum((w for _, w in pairs), Fraction(0))
    return sum((v * w for v, w in pairs), Fraction(0)) / weight if weight else None


def rate(done: int | None, target: int | None) -> Fraction | None:
    """done / target, not capped; None without a target, or with a target of nothing."""
    return Fraction(done, target) if done is not None and target else None


def owed(done: int | None, target: int | None, share: Fraction) -> int | None:
    """How many more are needed for a share of the target, rounded up to whole ones (rule R11); never negative."""
    if done is None or target is None:
        return None
    return max(0, ceil(target * share) - done)
