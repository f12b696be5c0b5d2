"""The grade of an enterprise: one on a day, from each grading until the next one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, timedelta

from anjian_cli.errors import Fault
from anjian_cli.rules.derivation import Derived, living, row_id
from anjian_cli.rules.intervals import OPEN, Row, Rows, day


def derived(root: Rows) -> Derived:
    """Until when each grade holds; of one that is voided, nothing."""
    ordered = _ordered(root)
    ends = [*(day(row, "from_on") for row in ordered[1:]), OPEN]
    until = {row_id(row): end for row, end in zip(ordered, ends, strict=True)} if ordered else {}
    return Derived({("risk_grade", row_id(row)): {"until_on": until.get(row_id(row))} for row in root["risk_grade"]})


def periods(times: int, year: int) -> list[tuple[str, str]]:
    """The year in so many parts, first and last day of each: whole months where they come out even, else as many days
    as nearly as may be."""
    begin, end = date(year, 1, 1), date(year + 1, 1, 1)
    if 12 % times == 0:
        firsts = [date(year, 1 + 12 // times * at, 1) for at in range(times)]
    else:
        firsts = [begin + timedelta((end - begin).days * at // times) for at in range(times)]
    lasts = [following - timedelta(1) for following in (*firsts[1:], end)]
    return [(first.isoformat(), last.isoformat()) for first, last in zip(firsts, lasts, strict=True)]


def faults(root: Rows) -> list[Fault]:
    """No enterprise is graded twice on a day."""
    return [
        Fault("E417", {"what": "风险等级", "day": day(later, "from_on")}, None, "from_on", row_id=row_id(later))
        for earlier, later in itertools.pairwise(_ordered(root))
        if day(earlier, "from_on") == day(later, "from_on")
    ]


def _ordered(root: Rows) -> Sequence[Row]:
    return sorted(living(root["risk_grade"]), key=lambda row: (day(row, "from_on"), row_id(row)))
