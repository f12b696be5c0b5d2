"""行动检查未覆盖: the towns that have not inspected as many firms of a campaign as a phase of it asks."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator

from anjian_cli.bulletin import coverage
from anjian_cli.bulletin.campaign_phases import Phase, phases
from anjian_cli.bulletin.definition import towns_on
from anjian_cli.bulletin.due_made import Item
from anjian_cli.bulletin.summary_table import typed
from anjian_cli.bulletin.value import UNSETTLED

KIND = "行动检查未覆盖"


def uncovered(connection: sqlite3.Connection, today: str, until: str) -> Iterator[Item]:
    """One a town and phase that has begun and ends by `until`, as long as the campaign lasts: afterwards a visit covers
    nothing. What was not reached in its phase may be reached later."""
    under_way = connection.execute(
        "SELECT id, name FROM campaign WHERE voided_on IS NULL AND from_on <= ?1 AND COALESCE(last_on, ?1) >= ?1"
        " ORDER BY from_on, id",
        (today,),
    ).fetchall()
    for campaign, name in under_way:
        asking = [
            phase
            for phase in phases(connection, campaign)
            if phase.visited and phase.from_on <= today and phase.last_on is not None and phase.last_on <= until
        ]
        if asking:
            yield from _of_towns(connection, name, asking, today)


def _of_towns(connection: sqlite3.Connection, name: str, asking: list[Phase], today: str) -> Iterator[Item]:
    towns, rolled = towns_on(connection, today)
    short = {town.code: town.short for town in towns}
    scope: Counter[str] = Counter()
    covered: Counter[str] = Counter()
    for firm in coverage.visits_alone(connection, today, name).firms:
        if firm.in_scope:
            town = rolled.get(firm.town, UNSETTLED)
            scope[town] += 1
            covered[town] += bool(firm.visits)
    for phase in asking:
        for town, firms in scope.items():
            if covered[town] * 100 < firms * (phase.visited or 0):
                yield Item(
                    kind=KIND,
                    detail=f"{phase.title}要查{phase.visited}%，已查{covered[town]}/{firms}家",
                    code=town,
                    subject=name,
                    due_on=str(phase.last_on),
                    command=f"覆盖 --行动 {typed(name)} --列出 未查 --镇街",
                    handle=short.get(town, "未定"),
                    record="campaign_phase",
                    record_id=phase.row_id,
                )
