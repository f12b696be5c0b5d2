"""What becomes of marks (评分) given already, where a scheme adopted in the course of their 考核期 asks otherwise.

They stay as they are: a mark is held against the scheme of its month when it is entered, not ever after."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from anjian_cli.errors import Fault
from anjian_cli.ledger import schemes
from anjian_cli.rules import scoring, scoring_text, unit_kinds
from anjian_cli.rules.intervals import OPEN, month_end
from anjian_cli.workflow import mark
from anjian_cli.workflow.scheme_draft import PERIODS, Asked, Draft

SHOWN = 3  # how many units a note names
_COUNT_AS_GIVEN = {
    "E783": "分值不在幅度{low}～{high}里",
    "E784": "没有写评分理由",
    "E785": "评分单位不是{choices}",
}
"""What a scheme does not allow of a mark, which counts as it was given all the same."""


def otherwise(connection: sqlite3.Connection, before: Draft, after: Draft, day: str) -> Iterator[Fault]:
    """Marks of which a scheme that is in force from a day on says otherwise than the one in force there before: N420
    for each indicator and reason. What it no longer counts are all marks of the 考核期; what it would not allow are
    those of its own months."""
    old, new = _asked(before), _asked(after)
    left: defaultdict[tuple[str, str, bool], list[str]] = defaultdict(list)
    for row in _given(connection, after, day):
        was, now = old.get(row["indicator"]), new.get(row["indicator"])
        of = unit_kinds.DEPARTMENTS if row["department"] else unit_kinds.TOWNS
        if was is None or _uncounted(row, was, of):
            continue
        if why := _uncounted(row, now, of):
            left[was.short, why, False].append(row["unit"])
        elif now is not None and month_end(row["month"]) >= day:
            allowed = set(_not_allowed(row, was))
            for why in _not_allowed(row, now):
                if why not in allowed:
                    left[was.short, why, True].append(row["unit"])
    for (short, why, counts), units in left.items():
        then = "照已评的分值计" if counts else f"{day[:7]}起的月份不再计"
        remedy = (
            "要按新办法评的，请改：anjian 评分 修改；不改的不用管"
            if counts
            else "要接着计的，请在办法里保留它；不计的不用作废，以前的月份照旧"
        )
        words = {"short": short, "count": len(units), "units": _listed(units), "why": why, "then": then}
        yield Fault("N420", {**words, "remedy": remedy})


def _asked(draft: Draft) -> dict[str, Asked]:
    return {each.code: each for each in draft.indicators}


def _given(connection: sqlite3.Connection, draft: Draft, day: str) -> list[sqlite3.Row]:
    """The marks of the 考核期 in which a day lies and later, up to the next scheme, with the unit's name."""
    year, month = int(day[:4]), int(day[5:7])
    months = PERIODS[draft.assessed]
    first = f"{year:04d}-{(month - 1) // months * months + 1:02d}"
    until = min((each.from_on for each in schemes.all_of(connection) if each.from_on > day), default=OPEN)
    return connection.execute(
        "SELECT m.indicator, m.department, m.month, m.points, m.reason, m.marker, COALESCE(t.name, d.name) AS unit"
        " FROM mark m LEFT JOIN town t ON t.code = m.town_code LEFT JOIN department d ON d.number = m.department"
        " WHERE m.voided_on IS NULL AND m.month >= ? AND date(m.month || '-01', '+1 month', '-1 day') < ?"
        " ORDER BY m.indicator, m.month, m.id",
        (first, until),
    ).fetchall()


def _uncounted(row: sqlite3.Row, asked: Asked | None, of: str) -> str:
    """Why a mark counts for nothing where its indicator is asked so; '' where it counts."""
    if asked is None:
        return "办法里没有它"
    exempt = row["points"] is None and asked.form and asked.form not in scoring.WITHOUT_POINTS
    if asked.form != scoring.MARK and not exempt:
        return f"办法里它不是“{scoring.MARK}”的"
    return "" if unit_kinds.holds_for(asked.units, of) else f"办法里它不考核{of}"


def _not_allowed(row: sqlite3.Row, asked: Asked) -> Iterator[str]:
    full = "" if asked.full is None else scoring_text.decimal(asked.full)
    says = scoring_text.read(asked.form, full, asked.scoring)
    for fault in mark.not_allowed(dict(row), asked.short, says):
        yield _COUNT_AS_GIVEN[fault.code].format(**fault.words)


def _listed(units: list[str]) -> str:
    """Each once, as many as fit."""
    names = list(dict.fromkeys(units))
    return f"{'、'.join(names[:SHOWN])}{f'等{len(names)}个' if len(names) > SHOWN else ''}"
