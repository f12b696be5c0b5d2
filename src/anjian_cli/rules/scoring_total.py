"""From the points of items to those of a category and to the total: groups, limits, what there is nothing to count of.

Pure arithmetic on exact fractions. The order is fixed, and printed with the rules (`rule`): items, groups, what is
scaled up, limits of the category, conversion, total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from anjian_cli.light_dataclasses import dataclass
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.scoring import BONUS, DEDUCT, FULL, MISSING, NOUGHT, SCALE, WITHOUT_POINTS, Points, Scoring

NONE = Fraction(0)


class Part(NamedTuple):
    """An item of a category, for one unit: `group` is its group's code ('' for none), `missing` what becomes of it
    where there is nothing to count (`scoring.NOTHING`)."""

    scoring: Scoring
    points: Points
    group: str
    missing: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a category says of all its items together; None where it says nothing."""

    full: Fraction | None = None
    bonus_cap: Fraction | None = None
    deduction_cap: Fraction | None = None
    conversion: Fraction | None = None


GIVEN, GROUP, DEDUCTIONS, BONUSES, MADE_UP, LIMIT, FLOOR = CUTS = (
    "缺项按满分计",
    "组的满分",
    "扣分上限",
    "加分上限",
    "缺项折算",
    "类别满分",
    "不低于0分",
)
"""What changes the points of items on the way to a category's or the total's, in that order."""


class Cut(NamedTuple):
    """What one of `CUTS` adds to the points, or takes off (`by` below 0); `of` is the code of a group, '' for none."""

    why: str
    by: Fraction
    of: str = ""


class Sum(NamedTuple):
    """`points` None: there is nothing in the category that could be scored; `left_out` are then the full marks that the
    others may make up for. `full` are those that the unit can have in it, `open` those of items that are still open.
    The points of the items and the `cuts` add up to `points`."""

    points: Fraction | None
    full: Fraction
    open: Fraction
    left_out: Fraction
    cuts: tuple[Cut, ...] = ()


def category(parts: Sequence[Part], groups: Mapping[str, Fraction], limits: Limits) -> Sum:
    """The points of a category before its conversion. `groups` are the full marks of its groups, by code.

    An item that is open counts nothing until it is told. One of which there is nothing to count is left out with its
    full marks (不计), or has all or none of them (满分, 零分), or the rest is scaled up to them (折算): never where
    less than half of the category's full marks is left, since a small part does not stand for the whole.
    """
    counted = [part for part in parts if part.scoring.form not in WITHOUT_POINTS]
    earned: defaultdict[str, Fraction] = defaultdict(Fraction)  # by group, without bonuses
    known = open_ = left_out = dropped = bonus = taken = given = NONE
    scored = bottomless = False
    for part in counted:
        full, points = part.scoring.full or NONE, part.points.points
        if points is None and part.points.state == MISSING:
            if part.missing in (FULL, NOUGHT):
                points = full if part.missing == FULL else NONE
                given += points
            else:
                dropped += full
                left_out += full if part.missing == SCALE else NONE
                continue
        scored = True
        if points is None:
            open_ += full
            continue
        known += full
        if part.scoring.form == BONUS:
            bonus += points
            continue
        bottomless = bottomless or part.scoring.bottomless
        taken += full - points if part.scoring.form == DEDUCT else NONE
        earned[part.group] += points
    if not scored:
        return Sum(None, NONE, NONE, left_out)
    cuts = [Cut(GIVEN, given)]
    cuts += [
        Cut(GROUP, groups[code] - points, code) for code, points in earned.items() if points > groups.get(code, points)
    ]
    if limits.deduction_cap is not None:
        cuts.append(Cut(DEDUCTIONS, max(NONE, taken - limits.deduction_cap)))
    if limits.bonus_cap is not None:
        cuts.append(Cut(BONUSES, min(NONE, limits.bonus_cap - bonus)))
        bonus = min(bonus, limits.bonus_cap)
    base = sum(earned.values(), NONE) + sum((cut.by for cut in cuts if cut.why in (GROUP, DEDUCTIONS)), NONE)
    own = sum((part.scoring.full or NONE for part in counted), NONE)
    whole = own if limits.full is None else limits.full
    if left_out and (known + open_) * 2 >= own:
        cuts.append(Cut(MADE_UP, base * left_out / (known + open_)))
        base += cuts[-1].by
        left_out, dropped = NONE, dropped - left_out
    if limits.full is not None:
        cuts.append(Cut(LIMIT, min(NONE, limits.full - base)))
        base = min(base, limits.full)
    if not bottomless:
        cuts.append(Cut(FLOOR, max(NONE, -base)))
        base = max(base, NONE)
    return Sum(base + bonus, max(NONE, whole - dropped), open_, NONE, tuple(cut for cut in cuts if cut.by))


class Total(NamedTuple):
    """`points` None: there is nothing that could be scored. The points of the categories by their conversions and the
    `cuts` add up to `points`."""

    points: Fraction | None
    full: Fraction
    open: Fraction
    cuts: tuple[Cut, ...] = ()


def total(sums: Sequence[tuple[Sum, Limits]], *, scaled: bool) -> Total:
    """The total of a unit's categories, each by its conversion (折算). `scaled`: a category of which there is nothing
    at all to count is made up for by the others, unless these are less than half of the full marks."""
    points = full = open_ = missing = NONE
    scored = False
    for each, limits in sums:
        conversion = Fraction(1) if limits.conversion is None else limits.conversion
        if each.points is None:
            if each.left_out:  # none where its items are to be left out with their full marks (不计)
                missing += (limits.full if limits.full is not None else each.left_out) * conversion
            continue
        scored = True
        points += each.points * conversion
        full += each.full * conversion
        open_ += each.open * conversion
    if not scored:
        return Total(None, NONE, NONE)
    cuts: tuple[Cut, ...] = ()
    if scaled and missing and full >= missing:
        cuts = tuple(cut for cut in (Cut(MADE_UP, points * missing / full),) if cut.by)
        points, full = points * (full + missing) / full, full + missing
    return Total(points, full, open_, cuts)
