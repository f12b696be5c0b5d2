"""What units of a kind can have at most under a scheme of points, against the grades that it gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from anjian_cli.errors import Fault
from anjian_cli.rules import grades, unit_kinds
from anjian_cli.rules.scoring import BONUS, WITHOUT_POINTS
from anjian_cli.rules.scoring_text import decimal
from anjian_cli.rules.totals import BY_POINTS
from anjian_cli.workflow.scheme_draft import ABOUT, Asked, Draft, Heading

NOTHING = Fraction(0)


def notes(draft: Draft) -> Iterator[Fault]:
    """Grades that no town, or no department, can reach (N440): towns and departments are graded by one scale, and each
    is asked a part of the scheme."""
    if draft.total != BY_POINTS:
        return
    try:
        scale = grades.read(draft.grades)
    except ValueError:
        return  # told where it stands
    for kind in (unit_kinds.TOWNS, unit_kinds.DEPARTMENTS):
        asked = [each for each in draft.indicators if _has_full_marks(each) and unit_kinds.holds_for(each.units, kind)]
        most = sum((_most(draft, heading, asked) for heading in draft.categories if heading.scored), NOTHING)
        beyond = [f"{grade.word}（{decimal(grade.least)}分）" for grade in scale if grade.least > most]
        if asked and beyond:
            said = {"kind": kind, "most": decimal(most), "grades": "、".join(beyond)}
            yield Fault("N440", said, place=draft.place._replace(sheet=ABOUT, title="等次"))


def _has_full_marks(each: Asked) -> bool:
    return bool(each.form) and each.form not in WITHOUT_POINTS and each.form != BONUS


def _most(draft: Draft, heading: Heading, asked: list[Asked]) -> Fraction:
    """The most points of a category into the total, out of some of its items, without bonuses."""
    by_group: defaultdict[str, Fraction] = defaultdict(Fraction)
    for each in asked:
        if each.category == heading.code:
            by_group[each.group] += each.full or NOTHING
    limits = {group.code: group.full for group in draft.groups if group.category == heading.code}
    most = sum((min(full, limits.get(code, full)) for code, full in by_group.items()), NOTHING)
    if heading.full is not None:
        most = min(most, heading.full)
    return most * (Fraction(1) if heading.conversion is None else heading.conversion)
