"""What is looked at before a month is locked (定稿) or issued (印发): the ledger itself, what should make one hesitate,
and whether it is the month that one would expect.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from anjian_cli.bulletin import findings, locked_month, phrase, points_sentences
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.doubts import doubts, impossibilities
from anjian_cli.bulletin.locked_month import LockedMonth
from anjian_cli.bulletin.period import Period, month_title
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger import check
from anjian_cli.light_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """The bulletin that was looked at, and Chinese sentences of it. `remarks` stop nothing; for what is `unusual` the
    clerk is asked to say yes."""

    bulletin: Bulletin
    remarks: tuple[str, ...]
    unusual: tuple[str, ...]


def look(connection: sqlite3.Connection, period: Period, *, issuing: bool) -> Seen:
    """What is seen of a month that is about to be locked, or `issuing`: to be issued.

    Given the gate's connection before anything is written: while the gate is held nobody else can commit, so that what
    was looked at is what is locked. Raises `Refused` with all that no consent gets past.
    """
    if broken := check.check(connection):
        raise Refused(broken)
    bulletin = compile_bulletin(connection, period)
    if said := impossibilities(connection, period, bulletin):
        raise Refused(Fault("E479", {"said": each.rstrip("。")}) for each in said)
    unusual = _unusual(connection, period, bulletin, issuing=issuing)
    return Seen(bulletin, tuple(doubts(connection, period, bulletin)), unusual)


def look_ahead(connection: sqlite3.Connection, period: Period) -> list[str]:
    """What makes one hesitate (`doubts`), and what the clerk will be asked to say yes to."""
    bulletin = compile_bulletin(connection, period)
    return [*doubts(connection, period, bulletin), *asked_later(connection, period, bulletin)]


def asked_later(connection: sqlite3.Connection, period: Period, bulletin: Bulletin | None = None) -> list[str]:
    """What the clerk will be asked to say yes to, in sentences: at the locking of a month that is over, at the issue of
    one that is locked; nothing of one that runs or is issued."""
    locked = locked_month.find(connection, period.key)
    if not period.finished or (locked is not None and locked.state != "closed"):
        return []
    step = "定稿" if locked is None else "印发"
    of_month = bulletin or compile_bulletin(connection, period)
    unusual = _unusual(connection, period, of_month, issuing=locked is not None)
    return [f"{step}时要您确认：{said}。" for said in unusual]


def _unusual(connection: sqlite3.Connection, period: Period, bulletin: Bulletin, *, issuing: bool) -> tuple[str, ...]:
    out_of_turn = _before_the_first_locked if issuing else _not_after_the_last_locked
    return (*out_of_turn(locked_month.all_locked(connection), period), *_empty(bulletin, locked=issuing))


def _not_after_the_last_locked(locked: list[LockedMonth], period: Period) -> Iterator[str]:
    """The first month of a ledger may be any."""
    if locked and locked[-1].month != period.previous().key:
        yield f"上一个定稿的是{month_title(locked[-1].month)}，中间隔着没有定稿的月份"


def _before_the_first_locked(locked: list[LockedMonth], period: Period) -> Iterator[str]:
    waiting = [one.month for one in locked if one.state == "closed" and one.month < period.key]
    if waiting:
        yield f"{'、'.join(map(month_title, waiting))}已定稿，还没有印发"


SINCE = "（定稿以后报来、评定的不在内，要算进去先撤销定稿）"
"""Of what a month that is locked says was not there."""


def _empty(bulletin: Bulletin, *, locked: bool) -> Iterator[str]:
    since = SINCE if locked else ""
    scored = findings.scored(bulletin) if bulletin.by_rates else []
    idle = [category.title for category in scored if all(row.rate is None for row in category.rows)]
    if idle:
        yield f"没有一个{bulletin.units}有任务：{'、'.join(idle)}"
    if bulletin.of_counties:
        if bulletin.late:
            who = phrase.undelivered(bulletin.late, {town.code: town.name for town in bulletin.towns})
            yield f"{who}未报送报送包{since}"
    elif bulletin.filings is None or len(bulletin.filings.missing) == len(bulletin.towns):
        yield f"没有收到一个{bulletin.units}的月报{since}"
    if still := points_sentences.provisional(bulletin):
        yield still.rstrip("。") + since
    of_departments = bulletin.of_departments()
    if of_departments is not None and (still := points_sentences.provisional(of_departments)):
        yield f"{of_departments.units}：{still.rstrip('。')}{since}"
    if not bulletin.without_score and all(row.rank is None for row in bulletin.scores):
        yield f"没有一个{bulletin.units}有名次"
