"""The phases of a campaign, each with its days and what it asks: its own (行动阶段); where it has none, those that its
days tell (宣传发动, 集中推进, 总结提高)."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from anjian_cli.light_typing import NamedTuple
from anjian_cli.records.definition import record

BY_DAY = ("from_on", "push_on", "summary_on")
"""The columns of a campaign's days on which a phase begins, each called as its column is titled, less 起."""


class Phase(NamedTuple):
    """`last_on` is None where it is not said; `task` what is done in it, `visited` and `closed` its goals in percent.
    `row_id` is 0 for one that has no row."""

    title: str
    from_on: str
    last_on: str | None
    task: str | None = None
    visited: int | None = None
    closed: int | None = None
    row_id: int = 0


def phases(connection: sqlite3.Connection, campaign: int) -> list[Phase]:
    """The phases of a campaign (its id), in order; one that ends before it begins is none."""
    row = connection.execute("SELECT * FROM campaign WHERE id = ?", (campaign,)).fetchone()
    own = connection.execute(
        "SELECT title, from_on, NULL, task, visited, closed, id FROM campaign_phase WHERE campaign_id = ?"
        " AND voided_on IS NULL ORDER BY from_on",
        (campaign,),
    ).fetchall()
    titles = record("campaign").columns
    found = [Phase(*each) for each in own] or [
        Phase(titles[of].title.removesuffix("起"), row[of], None) for of in BY_DAY if row[of]
    ]
    ends = [*(_day_before(phase.from_on) for phase in found[1:]), row["last_on"]]
    dated = [phase._replace(last_on=end) for phase, end in zip(found, ends, strict=True)]
    return [phase for phase in dated if phase.last_on is None or phase.from_on <= phase.last_on]


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
