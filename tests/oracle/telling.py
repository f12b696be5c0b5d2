"""Days on which something is told to have happened, and the days before: a boundary that lies a day off, or that is
missing, shows on one of them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from oracle.model import after


def telling_days(facts: object, rng: random.Random, number: int, within: str = "") -> list[str]:
    """Some of them, in no order; only those that begin with `within` (2018)."""
    told = {day for day in _days(facts) if day.startswith(within)}
    around = sorted(told | {day for on in told if (day := after(on, -1)).startswith(within)})
    return rng.sample(around, min(number, len(around)))


def _days(facts: object) -> Iterator[str]:
    if isinstance(facts, str):
        if re.fullmatch(r"20\d\d-\d\d-\d\d", facts):
            yield facts
    elif isinstance(facts, dict):
        yield from _days([*facts.values()])
    elif isinstance(facts, list | tuple):
        for one in facts:
            yield from _days(one)
    elif is_dataclass(facts):
        yield from _days([getattr(facts, field.name) for field in fields(facts)])
