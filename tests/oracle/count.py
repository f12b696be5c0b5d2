"""How the second opinion counts: what happened on a day, and what holds on the days that are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from oracle.model import Enterprise, where

Figures = Counter[tuple[str, str]]
Found = dict[str, Figures]
"""By day that is asked for, the figures (indicator, town) of that day."""


def flow(found: Found, indicator: str, town: str, day: str, quantity: int = 1) -> None:
    """Happened on `day`: counts from then on, in the same year."""
    for asked, figures in found.items():
        if day <= asked and day[:4] == asked[:4]:
            figures[indicator, town] += quantity


def stock(found: Found, indicator: str, enterprise: Enterprise, holds: Callable[[str], object]) -> None:
    """Counts on the days on which it holds, where the enterprise is then."""
    for asked, figures in found.items():
        if holds(asked):
            figures[indicator, where(enterprise, asked)] += 1
