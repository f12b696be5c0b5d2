"""挂图作战: a campaign on one chart: its phases with what each came to, and the units with what they inspected, found
and closed.

Each phase (`campaign_phases`) is measured on its last day, the one under way on the day asked for. Nothing is stored:
it follows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from fractions import Fraction

from anjian_cli.bulletin import coverage, work_summary
from anjian_cli.bulletin.campaign_phases import Phase, phases
from anjian_cli.bulletin.coverage import Coverage
from anjian_cli.bulletin.summary_table import Column, Row, SummaryTable, rate
from anjian_cli.ledger import held
from anjian_cli.light_typing import NamedTuple
from anjian_cli.records import masking

UNDER_WAY, OVER, AHEAD = "正在进行", "已结束", "还没有开始"
COLUMNS = (
    Column("自", "text"),
    Column("至", "text"),
    Column("进度", "text"),
    Column("覆盖率", "percent"),
    Column("检查家次"),
    Column("隐患"),
    Column("整改率", "percent"),
    Column("逾期"),
    Column("要求", "text"),
)


class Board(NamedTuple):
    """The phases as a table, the units as `coverage.table` has them, and the meetings, checks and the rest that were
    held for it, None where there were none."""

    name: str
    phases: SummaryTable
    units: SummaryTable
    work: SummaryTable | None


def campaign_board(connection: sqlite3.Connection, name: str, day: str, per: str = coverage.TOWN) -> Board:
    """The board of a campaign on a day. Raises `Refused` as `coverage.coverage`."""
    now = coverage.coverage(connection, day, name)
    held.tables(connection, ("work_item",))
    table = SummaryTable(
        title=f"{now.campaign}各阶段",
        days=f"截至{day}",
        per="阶段",
        columns=COLUMNS,
        rows=tuple(_phases(connection, now)),
        meaning="各阶段的数是从行动开始到这一阶段最后一天的，正在进行的到截至日",
        sign=UNDER_WAY,
        demonstration=coverage.table(connection, now).demonstration,
    )
    work = work_summary.of_campaign(connection, now.campaign, now.first, now.last)
    return Board(now.campaign, table, coverage.table(connection, now, per), work)


def _phases(connection: sqlite3.Connection, now: Coverage) -> Iterator[Row]:
    (campaign,) = connection.execute(
        "SELECT id FROM campaign WHERE voided_on IS NULL AND name = ?", (now.campaign,)
    ).fetchone()
    for phase in phases(connection, campaign):
        begun, end, asked = phase.from_on, phase.last_on, _asked(phase)
        if begun > now.day:
            yield Row(phase.title, (begun, end or "未定", AHEAD, None, None, None, None, None, asked))
            continue
        over = end is not None and end < now.day
        of = coverage.coverage(connection, str(end), now.campaign) if over else now
        told = (begun, end or "未定", OVER if over else UNDER_WAY, *_came_to(of), asked)
        yield Row(phase.title, told, behind=not over)


def _asked(phase: Phase) -> str:
    goals = [f"{title}{goal}%" for goal, title in ((phase.visited, "覆盖"), (phase.closed, "整改")) if goal is not None]
    return "；".join(filter(None, (masking.in_text(phase.task or ""), "、".join(goals))))


def _came_to(of: Coverage) -> tuple[Fraction | None, int, int, Fraction | None, int]:
    scope = [firm for firm in of.firms if firm.in_scope]
    visits = [visit for firm in of.firms for visit in firm.visits]
    found = sum(visit.hazards.found for visit in visits)
    closed = sum(visit.hazards.closed for visit in visits)
    late = sum(visit.hazards.overdue for visit in visits)
    covered = sum(bool(firm.visits) for firm in scope)
    return rate(covered, len(scope)), len(visits), found, rate(closed, found), late
