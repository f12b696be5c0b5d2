"""满分: how many points a kind of units can be given in a group, in a category, by what is asked of that kind.

What an office tells of a group or a category holds for all that it asks there. Of a kind of units that is asked a part
of it alone, the full marks are those of that part, never more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction

from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.scoring import BONUS, MARK, WITHOUT_POINTS
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS, holds_for

NONE = Fraction(0)


class Item(NamedTuple):
    """An indicator with a form of scoring ('' for none), in which group of which category (codes, '' for no group), of
    whom it is asked (`unit_kinds`), its own full marks."""

    category: str
    group: str
    units: str
    form: str
    full: Fraction | None

    @property
    def counts(self) -> bool:
        """Whether its full marks are a part of those of what it is in."""
        return bool(self.form) and self.form not in WITHOUT_POINTS and self.form != BONUS


class Group(NamedTuple):
    """Items of a category that are told full marks together."""

    code: str
    category: str
    full: Fraction


def kinds(items: Iterable[Item]) -> tuple[str, ...]:
    """The kinds of units that any of them gives points."""
    scored = [item for item in items if item.form and item.form not in WITHOUT_POINTS]
    return tuple(kind for kind in (TOWNS, DEPARTMENTS) if any(holds_for(item.units, kind) for item in scored))


def together(items: Iterable[Item], kind: str) -> Fraction:
    """The full marks of the single items that are asked of a kind."""
    return sum((item.full or NONE for item in items if item.counts and holds_for(item.units, kind)), NONE)


def of_group(group: Group, items: Iterable[Item], kind: str) -> Fraction:
    """The full marks of a group."""
    own = [item for item in items if (item.category, item.group) == (group.category, group.code)]
    return _part_of(group.full, own, kind, together(own, kind))


def within(category: str, groups: Sequence[Group], items: Collection[Item], kind: str) -> Fraction:
    """What the groups and the other items of a category come to. A group without any items counts as it is told."""
    own = [item for item in items if item.category == category]
    here = [group for group in groups if group.category == category]
    asked = {item.group for item in own if kind in kinds([item])} | {group.code for group in here} - {
        item.group for item in own
    }
    single = [item for item in own if item.group not in {group.code for group in here}]
    return sum((of_group(each, own, kind) for each in here if each.code in asked), NONE) + together(single, kind)


def of_category(
    category: str, told: Fraction | None, groups: Sequence[Group], items: Collection[Item], kind: str
) -> Fraction | None:
    """The full marks of a category that is told to have so many; None where nothing is told of it."""
    if told is None:
        return None
    own = [item for item in items if item.category == category]
    return _part_of(told, own, kind, within(category, groups, own, kind))


def _part_of(told: Fraction, own: Collection[Item], kind: str, asked: Fraction) -> Fraction:
    """What is told, of a kind that is asked all of it; else no more than is `asked` of it. Marks without full marks may
    come to anything: there what is told is the only limit."""
    counting = [item for item in own if item.counts]
    of_kind = [item for item in counting if holds_for(item.units, kind)]
    if len(of_kind) == len(counting) or any(item.form == MARK and item.full is None for item in of_kind):
        return told
    return min(told, asked)
