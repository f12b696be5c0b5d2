"""A second opinion on what is held against tasks and control figures, town by town and pair by pair.

Shares nothing with the bulletin: no fractions, no sorting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Told = Mapping[str, int | None]
"""What each town was given, None for nothing; a town that is not there was given nothing."""


@dataclass(frozen=True)
class County:
    """What is held against the tasks, and what towns without one have done beside it."""

    done: int
    beside: int
    asked: int | None


def county(done: Mapping[str, int], told: Told, *, less: bool) -> County:
    """`done` by town, '' for what has none: that is held against the tasks, since it may be theirs. A task of 0 is
    none, a control figure of 0 is one."""
    counts = {town for town, given in told.items() if given is not None and (less or given != 0)}
    given = [number for number in told.values() if number is not None]
    asked = None if not given else sum(given)
    if not counts:
        return County(sum(done.values()), 0, asked)
    inside = sum(number for town, number in done.items() if town in counts or town == "")
    return County(inside, sum(done.values()) - inside, asked)


def better(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether one of two (happened, control figure) has used up less of its own."""
    (happened, control), (happened_there, control_there) = one, other
    if happened == 0:
        return happened_there > 0
    if happened_there == 0:
        return False
    if control == 0 or control_there == 0:
        return control > 0 or (control_there == 0 and happened < happened_there)
    return happened * control_there < happened_there * control


def places(done: Mapping[str, int], told: Told) -> dict[str, int]:
    """Who is where by what was used up; nobody where nothing has happened."""
    used = {town: (done.get(town, 0), given) for town, given in told.items() if given is not None}
    if all(happened == 0 for happened, _ in used.values()):
        return {}
    return {town: 1 + sum(better(other, one) for other in used.values()) for town, one in used.items()}
