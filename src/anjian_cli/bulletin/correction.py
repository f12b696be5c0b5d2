"""What the records say about a locked month now, against what was locked.

A difference that comes from the facts is a correction (更正); one that comes from a changed definition of what is
counted is told apart (口径变化). Cumulative = issued before + corrections + this month.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager

from anjian_cli.bulletin import figures, filed_figures, locked_month, ranking, tables
from anjian_cli.bulletin.counting import Key
from anjian_cli.bulletin.definition import Definition, define, in_time_by
from anjian_cli.bulletin.figures import Figures
from anjian_cli.bulletin.locked_month import LockedMonth
from anjian_cli.bulletin.period import Period, month_title
from anjian_cli.bulletin.tables import Places
from anjian_cli.bulletin.value import COUNTY, Correction, Rescored
from anjian_cli.errors import refused
from anjian_cli.ledger.history import UPGRADE
from anjian_cli.light_dataclasses import dataclass, replace
from anjian_cli.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anjian_cli.bulletin.delivered_source import Deliveries
    from anjian_cli.bulletin.items import Item

Counted = tuple[Definition, Figures]


@dataclass(frozen=True, slots=True)
class RecordDifference:
    """An item that is in a figure now and was not (`quantity` added), or was and is not (`quantity` taken off)."""

    item: Item
    quantity: int


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A figure of a locked month of which only the one is known, what it `was` or what it is `now`; `word` is what is
    said for the other. It is no correction: of what is not known nobody can say by how much it was wrong."""

    short: str
    town: str
    was: int | None
    now: int | None
    unit: str
    word: str


def not_compared(connection: sqlite3.Connection, month: str) -> list[NotCompared]:
    """What `month_diff` leaves out of a locked month (YYYY-MM). Raises as it does."""
    locked = _locked(connection, month)
    definition = _as_it_judged(connection, locked)
    now = figures.done(connection, definition)
    tables = {table.id: table for category in locked.kept().categories for table in category.indicators}
    found = []
    for indicator in definition.indicators:
        table = tables.get(indicator.id)
        if table is None or indicator.kind not in ("flow", "stock"):
            continue
        word = "待报" if filed_figures.rests_on(indicator) else "不详"
        for cell in (*table.cells, *([table.other] if table.other else [])):
            is_now = now.get((indicator.id, cell.town), 0)
            if (cell.done is None) != (is_now is None):
                found.append(NotCompared(indicator.short, cell.town, cell.done, is_now, indicator.unit, word))
    return found


def month_diff(connection: sqlite3.Connection, month: str) -> list[Correction]:
    """Every flow and stock of a locked month (YYYY-MM) that would be another now. Raises `Refused` E444, and as
    `ledger.held` where the sums do not hold."""
    return _month_diff(connection, _locked(connection, month), None)


def _month_diff(
    connection: sqlite3.Connection,
    locked: LockedMonth,
    following: Counted | None,
    deliveries: Deliveries | None = None,
) -> list[Correction]:
    definition = _as_it_judged(connection, locked)
    now = figures.done(connection, definition, following, deliveries)
    was: Mapping[Key, int | None] = locked.cells(connection)
    found: list[Correction] = []
    if recounted := locked.recounted(connection):
        meant = {**was, **recounted}
        found += _differences(definition, locked, was, meant, by_definition=True)
        was = meant
    return found + _differences(definition, locked, was, now, by_definition=False)


def to_tell(
    connection: sqlite3.Connection,
    month: str,
    before: LockedMonth | None,
    counted: Counted,
    deliveries: Deliveries | None = None,
) -> list[Correction]:
    """What the bulletin of a month (YYYY-MM) has to correct: the last locked month `before` it, and of the two years it
    is compared with the last one locked, so far as no locked bulletin has told it yet. 口径变化 is told of the former
    alone. `counted`: by what the month itself is counted, and what it comes to; `deliveries` as `figures.compute`."""
    if before is None:
        return []
    found = _month_diff(connection, before, counted, deliveries)
    for year in (int(month[:4]) - 2, int(month[:4]) - 1):
        last = locked_month.last_before(connection, f"{year + 1:04d}-01")
        if last is not None and last.month[:4] == str(year) and last.month != before.month:
            since = [each for each in locked_month.all_locked(connection) if last.month < each.month < month]
            found = _untold(connection, last, since, deliveries) + found
    return [_called(connection, counted[0], each) for each in found]


def _called(connection: sqlite3.Connection, definition: Definition, found: Correction) -> Correction:
    """One of an indicator that the month's own scheme does not ask for is called by the short word that it had."""
    if any(each.id == found.indicator for each in definition.indicators):
        return found
    then = define(connection, locked_period(_locked(connection, found.month))).indicator(found.indicator)
    return replace(found, indicator=then.short + ("（分）" if then.unit == "分" else ""))


def _untold(
    connection: sqlite3.Connection, locked: LockedMonth, since: list[LockedMonth], deliveries: Deliveries | None
) -> list[Correction]:
    """The corrections of a locked month, each against what the bulletins locked `since` have told of it."""
    found_now = _month_diff(connection, locked, None, deliveries)
    now = {(c.indicator, c.town): c for c in found_now if not c.definition}
    told = {
        (c.indicator, c.town): c
        for each in since
        for c in each.bulletin().corrections
        if c.month == locked.month and not c.definition
    }
    for key, before in told.items():
        # One that is no more was told to be wrong, and is right again.
        found = now.pop(key, None) or replace(before, now=locked.cells(connection).get(key, 0))
        if found.now != before.now:
            now[key] = replace(found, was=before.now)
    return _in_order(define(connection, locked_period(locked)), now.values())


def diff_records(connection: sqlite3.Connection, month: str, indicator: str, place: str) -> list[RecordDifference]:
    """Which records make a correction at a place (a town, UNSETTLED, COUNTY): those of the locked month's figure
    then against now. Raises `Refused` E444."""
    from anjian_cli.bulletin import items  # here: a bulletin reads no records

    locked = _locked(connection, month)
    definition = _as_it_judged(connection, locked)
    of = definition.indicator(indicator)
    now = items.in_figure(connection, definition, of, place)
    with as_locked(connection, locked) as then:
        before = items.in_figure(then, define(then, locked_period(locked)), of, place)
        gone = [
            RecordDifference(item, -item.quantity)
            for item in items.described(then, _beyond(before, now, by_town=place != COUNTY))
        ]
    come = [
        RecordDifference(item, item.quantity)
        for item in items.described(connection, _beyond(now, before, by_town=place != COUNTY))
    ]
    return gone + come


def rescored(
    connection: sqlite3.Connection, locked: LockedMonth, deliveries: Deliveries | None = None
) -> list[Rescored]:
    """The towns whose score or place in a locked month would be another by the records of now."""
    definition = define(connection, locked_period(locked))
    ranked = {indicator.id for indicator in definition.indicators if indicator.ranked}
    counted = figures.on_day(connection, definition, deliveries=deliveries)
    built = tables.build(definition, counted, Places(), ranked)
    now = {row.town: row for row in built.scores}
    found = []
    then = locked.kept().scores
    # By the rule of now, which gives no place where nobody has done anything: what a rule changes is no correction.
    places = (
        {row.town: row.rank for row in then}
        if definition.by_points
        else ranking.places({row.town: row.score for row in then if row.score is not None})
    )
    for row in then:
        other = now.get(row.town)
        score, rank = (None, None) if other is None else (other.score, other.rank)
        if (row.score, places.get(row.town)) != (score, rank):
            found.append(
                Rescored(month=locked.month, town=row.town, was=row.score, now=score, was_rank=row.rank, now_rank=rank)
            )
    return found


@contextmanager
def as_locked(connection: sqlite3.Connection, locked: LockedMonth) -> Iterator[sqlite3.Connection]:
    """The ledger as it was when a month was locked; the connection itself if no facts have come since: what an
    upgrade fills follows from those that were there."""
    later = connection.execute(
        "SELECT 1 FROM operation_root r JOIN operation o ON o.id = r.operation WHERE r.operation > ?"
        " AND r.root NOT IN ('issued_month', 'month_text') AND o.command <> ? LIMIT 1",
        (locked.head, UPGRADE),
    ).fetchone()
    if later is None:
        yield connection
        return
    from anjian_cli.ledger import inverse  # here: the table of a bulletin does without what writes a ledger

    with closing(inverse.as_of(connection, locked.head)) as then:
        yield then


def locked_period(locked: LockedMonth) -> Period:
    """The period that a locked month is of."""
    return Period(int(locked.month[:4]), int(locked.month[5:]), locked.as_of, True)


def _as_it_judged(connection: sqlite3.Connection, locked: LockedMonth) -> Definition:
    """A month that is locked keeps the day by which it judged hazards, whatever is set for it since."""
    return define(connection, locked_period(locked), in_time_by(locked.kept().rule))


def _locked(connection: sqlite3.Connection, month: str) -> LockedMonth:
    locked = locked_month.find(connection, month)
    if locked is None:
        raise refused("E444", month=month_title(month))
    return locked


def _differences(
    definition: Definition,
    locked: LockedMonth,
    was: Mapping[Key, int | None],
    now: Mapping[Key, int | None],
    *,
    by_definition: bool,
) -> list[Correction]:
    kept = {i.id for i in definition.indicators if i.kind in ("flow", "stock")}
    found = []
    for indicator, town in was.keys() | now.keys():
        before, after = was.get((indicator, town), 0), now.get((indicator, town), 0)
        if indicator in kept and before is not None and after is not None and before != after:
            found.append(
                Correction(
                    month=locked.month,
                    indicator=indicator,
                    town=town,
                    was=before,
                    now=after,
                    definition=by_definition,
                )
            )
    if any(not c.was for c in found):
        # A cell that was not known when the month was locked, or whose indicator came later, has nothing to be
        # corrected.
        then = [table for category in locked.kept().categories for table in category.indicators]
        unknown = {
            (table.id, cell.town)
            for table in then
            for cell in (*table.cells, *([table.other] if table.other else []))
            if cell.done is None
        }
        counted = {table.id for table in then}
        found = [c for c in found if c.was or (c.indicator in counted and (c.indicator, c.town) not in unknown)]
    return _in_order(definition, found)


def _in_order(definition: Definition, found: Iterable[Correction]) -> list[Correction]:
    """By indicator, then by town as the office orders them."""
    indicators = {indicator.id: at for at, indicator in enumerate(definition.indicators)}
    towns = {town.code: at for at, town in enumerate(definition.towns)}
    return sorted(found, key=lambda c: (indicators[c.indicator], towns.get(c.town, len(towns)), c.town))


def _beyond(more: list[Item], less: list[Item], *, by_town: bool) -> list[Item]:
    """The items of `more` that `less` does not have, each as often as it has it more. Days that do not decide
    whether an item is in the figure are left out of account."""

    def key(item: Item) -> Item:
        return replace(item, from_on="", until_on="", town=item.town if by_town else "")

    left = Counter(map(key, less))
    found = []
    for item in more:
        if left[key(item)]:
            left[key(item)] -= 1
        else:
            found.append(item)
    return found
