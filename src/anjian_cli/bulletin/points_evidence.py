"""What points are worked out from beside the figures of the tables: counts of the 考核期 and its months, counts by
word, single events, marks, vetoes that were lifted, and who has not reported.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from anjian_cli.bulletin import filings
from anjian_cli.bulletin.counting import RESIDENCE, Counts, Key, Window, year_to
from anjian_cli.bulletin.definition import Definition, Indicator, unit_columns
from anjian_cli.bulletin.opening_totals import openings_of
from anjian_cli.bulletin.period import month_end
from anjian_cli.ledger import held, roots
from anjian_cli.ledger.measures import condition
from anjian_cli.light_dataclasses import dataclass, field
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.unit_kinds import DEPARTMENTS

KEPT_BY_THE_OFFICE = frozenset({"accident", "enforcement_case", "filing"})
"""Records that the office keeps itself: of them nothing found is known to be nothing, whether or not a unit
reported."""


class Counted(NamedTuple):
    """What was counted of an indicator in the 考核期 up to the as-of day, in the same stretch of the year before, and
    in each of its months, as `scoring.Given` has them. None: not known; of a stock there is nothing by month.
    `recorded` is what is recorded of it, known to be all or not."""

    value: int | None
    last_year: int | None
    by_month: tuple[int | None, ...] | None
    recorded: int = 0


class Mark(NamedTuple):
    """What somebody gave; `points` None: it does not apply to the unit (不涉及)."""

    points: Fraction | None
    reason: str
    marker: str
    number: str


class Lifting(NamedTuple):
    """否决解除: from which day, by which paper; `since` is how much has been counted after that day, which is not
    lifted."""

    on: str
    document: str
    number: str
    since: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """By indicator and unit. `exempt` is what does not apply to a unit (不涉及). `totals`: a part of what was counted
    is known as a total alone, as all is of events that counties have delivered. `silent` are the units that have not
    reported, `unheard` those of them of which nothing at all is recorded in the 考核期. `unfiled`: what is not known
    because a monthly figure (上报数) was not filed."""

    counted: Mapping[Key, Counted] = field(default_factory=dict)
    words: Mapping[Key, Mapping[str, int]] = field(default_factory=dict)
    events: Mapping[Key, Sequence[int]] = field(default_factory=dict)
    marks: Mapping[Key, Sequence[Mark]] = field(default_factory=dict)
    exempt: frozenset[Key] = frozenset()
    liftings: Mapping[Key, Lifting] = field(default_factory=dict)
    totals: frozenset[Key] = frozenset()
    silent: frozenset[str] = frozenset()
    unheard: frozenset[str] = frozenset()
    unfiled: frozenset[Key] = frozenset()


def windows(definition: Definition) -> list[Window]:
    """The windows that `gather` needs the counts of: the 考核期, the same of the year before, its months; and, where it
    does not begin with the year, up to the day before it."""
    period, first = definition.period, definition.first_month
    begin = f"{period.year:04d}-{first:02d}-01"
    last_year = period.years_before(1)
    found = [Window(begin, period.as_of), Window(f"{last_year[:4]}{begin[4:]}", last_year)]
    found += [Window(begin, month_end(period.year, month)) for month in range(first, period.month)]
    if first > 1:
        found.append(year_to(month_end(period.year, first - 1)))
    return found


def gather(connection: sqlite3.Connection, definition: Definition, counts: Counts, at: int) -> Evidence:
    """The evidence of a period; the counts of `windows` stand in `counts` from the index `at` on. Raises `Refused`, as
    `ledger.held`, where a record that is read one by one is not as it was written."""
    counted, words = {}, {}
    towns = [town.code for town in definition.towns]
    for indicator in definition.indicators:
        if indicator.kind == "mark":
            continue
        since, left = counts.known_since(indicator), counts.left_out[indicator.id]
        for town in towns:
            values, recorded = counts.values[indicator.id, town][at:], counts.recorded(indicator, town)[at:]
            if town in left:  # of what is no figure of ours there are no points
                values, recorded = [None] * len(values), ()
            began = counts.known_since(indicator, town) if town in counts.delivered.until else since
            counted[indicator.id, town] = _counted(definition, indicator, values, began, recorded)
            if indicator.words and town not in left:
                words[indicator.id, town] = _by_word(definition, indicator, counts.by_word(indicator, town)[at:])
    silent = _silent(connection, definition, counted)
    return Evidence(
        counted=counted,
        words=words,
        totals=frozenset(
            (indicator.id, town)
            for indicator in definition.scored
            if indicator.scoring is not None and (indicator.scoring.by_word or indicator.scoring.by_event)
            for town in towns
            if counts.has_total(indicator, town, at)
            or (indicator.scoring.by_event and town in counts.delivered.until and counts.recorded(indicator, town)[at])
        ),
        events=_events(connection, definition),
        marks=marks(connection, definition),
        exempt=_exempt(connection, definition),
        liftings=_liftings(connection, definition),
        silent=silent,
        unheard=frozenset(town for town in silent if not _anything(definition, counted, town)),
        unfiled=counts.all_unfiled(windows(definition)[0]),
    )


def value(connection: sqlite3.Connection, definition: Definition, indicator: Indicator, unit: str) -> int | None:
    """What was counted of one indicator in the 考核期, of one unit, as `gather` has it. Raises `Refused`, as
    `ledger.held`, where the sums do not hold."""
    held.months(connection)
    of = definition.narrowed([indicator.id])
    counts = Counts(connection, of, windows(of), openings_of(connection, of), whole=False)
    return _counted(of, indicator, counts.values[indicator.id, unit], counts.known_since(indicator), ()).value


def _by_word(definition: Definition, indicator: Indicator, counted: Sequence[Mapping[str, int]]) -> Mapping[str, int]:
    """Of the 考核期 alone, as `_counted` has the whole."""
    if definition.first_month == 1 or not indicator.of_year:
        return counted[0]
    return {word: number - counted[-1][word] for word, number in counted[0].items()}


def _counted(
    definition: Definition,
    indicator: Indicator,
    values: Sequence[int | None],
    since: str,
    recorded: Sequence[int],
) -> Counted:
    value, last_year, *more = values
    there = recorded[0] if recorded else 0
    if definition.first_month > 1 and indicator.of_year:
        of_year_before = more.pop()
        value = None if value is None or of_year_before is None else value - of_year_before
        there -= recorded[-1] if recorded else 0
    elif definition.first_month > 1:
        more.pop()
    by_month = _by_month([*more, value]) if indicator.kind == "flow" else None
    return Counted(value, last_year if since <= definition.period.years_before(1) else None, by_month, there)


def _by_month(until: Sequence[int | None]) -> tuple[int | None, ...]:
    """Of what was counted up to the end of each month, what came in each: None where that is not known by itself, and
    what it had is in the next that is."""
    found: list[int | None] = []
    before = 0
    for number in until:
        found.append(None if number is None else number - before)
        before = before if number is None else number
    return tuple(found)


def _anything(definition: Definition, counted: Mapping[Key, Counted], town: str) -> bool:
    return any(
        counted[indicator.id, town].recorded
        for indicator in definition.indicators
        if indicator.kind != "mark" and indicator.record not in KEPT_BY_THE_OFFICE
    )


def _silent(connection: sqlite3.Connection, definition: Definition, counted: Mapping[Key, Counted]) -> frozenset[str]:
    """Who has not reported the last month that has ended; where nobody ever reports, who has nothing recorded."""
    silent = filings.unreported(connection, definition)
    if silent is not None:
        return silent
    return frozenset(town.code for town in definition.towns if not _anything(definition, counted, town.code))


def _events(connection: sqlite3.Connection, definition: Definition) -> dict[Key, list[int]]:
    """The sizes of single events of what is graded by them, each record's of the 考核期 together: an accident that was
    amended is one event."""
    found: dict[Key, list[int]] = {}
    begin = f"{definition.period.year:04d}-{definition.first_month:02d}-01"
    for indicator in definition.scored:
        if indicator.scoring is None or not indicator.scoring.by_event:
            continue
        root, _ = roots.catalogue(connection)[indicator.record]
        held.tables(connection, (indicator.record, RESIDENCE) if root == "enterprise" else (indicator.record,))
        counted, words = condition(indicator.measures)
        sizes: defaultdict[tuple[str, int], int] = defaultdict(int)
        for town, record, quantity in connection.execute(
            f"SELECT {indicator.unit_column}, root_id, quantity FROM {root}_item"
            f" WHERE {counted} AND from_on BETWEEN ? AND ? ORDER BY from_on, root_id",
            (*words, begin, definition.period.as_of),
        ):
            sizes[definition.roll(town), record] += quantity
        for (town, _), size in sizes.items():
            if size > 0:
                found.setdefault((indicator.id, town), []).append(size)
    return found


def marks(connection: sqlite3.Connection, definition: Definition) -> dict[Key, list[Mark]]:
    """Those of the 考核期's months, given by the as-of day's month, by the unit for which they count."""
    found = defaultdict[Key, list[Mark]](list)
    for indicator, unit, mark in _marks(connection, definition):
        found[indicator, definition.roll(unit)].append(mark)
    return dict(found)


def _marks(connection: sqlite3.Connection, definition: Definition) -> Iterator[tuple[str, str, Mark]]:
    """The same in their order, each with its indicator and the unit that it names."""
    period = definition.period
    whose, _ = unit_columns(definition.of)
    for indicator, unit, points, reason, marker, number in connection.execute(
        f"SELECT indicator, {whose}, points, COALESCE(reason, ''), COALESCE(marker, ''), number FROM mark"
        f" WHERE voided_on IS NULL AND {whose} IS NOT NULL AND month BETWEEN ? AND ? ORDER BY month, marked_on, id",
        (f"{period.year:04d}-{definition.first_month:02d}", period.key),
    ):
        yield indicator, unit, Mark(None if points is None else Fraction(points), reason, marker, number)


def _exempt(connection: sqlite3.Connection, definition: Definition) -> frozenset[Key]:
    """What does not apply to a unit: as was said of it last; or, of one that began when others went into it, of each of
    those. What goes into a unit that was there before says nothing of that one, and where another one of those that
    count for it was marked there are marks."""
    said: dict[Key, bool] = {}
    marked: defaultdict[Key, set[str]] = defaultdict(set)
    for indicator, unit, mark in _marks(connection, definition):
        said[indicator, unit] = mark.points is None
        if mark.points is not None:
            marked[indicator, definition.roll(unit)].add(unit)
    begun_by = _begun_by(connection, definition) if any(said.values()) else {}

    def holds(indicator: str, unit: str, seen: frozenset[str] = frozenset()) -> bool:
        if (indicator, unit) in said or unit in seen:
            return said.get((indicator, unit), False)
        before = begun_by.get(unit, ())
        return bool(before) and all(holds(indicator, each, seen | {unit}) for each in before)

    return frozenset(
        (indicator, unit.code)
        for indicator in {of for (of, _), exempt in said.items() if exempt}
        for unit in definition.towns
        if holds(indicator, unit.code) and not marked[indicator, unit.code] - {unit.code}
    )


def _begun_by(connection: sqlite3.Connection, definition: Definition) -> dict[str, list[str]]:
    """The units that went into one that began no earlier than they ended, as one does that is called otherwise from a
    day on."""
    table, code = ("department", "number") if definition.of == DEPARTMENTS else ("town", "code")
    found: defaultdict[str, list[str]] = defaultdict(list)
    for unit, before in connection.execute(
        f"SELECT u.{code}, b.{code} FROM {table} u JOIN {table} b ON b.merged_into = u.{code}"
        " WHERE u.voided_on IS NULL AND b.voided_on IS NULL AND b.until_on <= u.from_on AND b.until_on <= ?",
        (definition.period.as_of,),
    ):
        found[unit].append(before)
    return found


def _liftings(connection: sqlite3.Connection, definition: Definition) -> dict[Key, Lifting]:
    """The last one of each, of the 考核期."""
    begin = f"{definition.period.year:04d}-{definition.first_month:02d}-01"
    known = {indicator.id: indicator for indicator in definition.scored}
    whose, _ = unit_columns(definition.of)
    return {
        (indicator, definition.roll(town)): Lifting(
            on, document, number, _after(connection, definition, known[indicator], definition.roll(town), on)
        )
        for indicator, town, on, document, number in connection.execute(
            f"SELECT indicator, {whose}, lifted_on, document, number FROM veto_lifting"
            f" WHERE voided_on IS NULL AND {whose} IS NOT NULL AND lifted_on BETWEEN ? AND ? ORDER BY lifted_on, id",
            (begin, definition.period.as_of),
        ).fetchall()
        if indicator in known
    }


def _after(connection: sqlite3.Connection, definition: Definition, indicator: Indicator, town: str, day: str) -> int:
    """How much of an indicator has come in a town since a day, up to the as-of day."""
    here, codes = definition.where(town, indicator.unit_column)
    until = definition.period.as_of
    standing = "AND until_on > ?" if indicator.kind == "stock" else ""
    total = 0
    for sign, measures in ((1, indicator.measures), (-1, indicator.takes_off)):
        for each in measures:
            counted, words = condition((each,))
            (found,) = connection.execute(
                f"SELECT COALESCE(sum(quantity), 0) FROM fact_item WHERE {counted} AND {here} AND from_on > ?"
                f" AND from_on <= ? {standing}",
                (*words, *codes, day, until, *((until,) if standing else ())),
            ).fetchone()
            total += sign * int(found)
    return total
