"""Figures: what each town and the county have done, by indicator, on a few days.

Reads the sums by month and by day, held against what they add up to, never the records; only subjects that are
counted once each (distinct) are counted in the items. Its cost does not depend on how many records there are. Knows no
targets and no ranks.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from anjian_cli.bulletin import due_today
from anjian_cli.bulletin.definition import Definition, Indicator
from anjian_cli.bulletin.period import month_end
from anjian_cli.bulletin.value import UNSETTLED
from anjian_cli.ledger import held
from anjian_cli.light_dataclasses import dataclass, replace

Key = tuple[str, str]  # indicator, town
Sums = defaultdict[str, defaultdict[str, int]]  # by indicator and town
WITHIN: Mapping[str, tuple[str, ...]] = {"accident.larger": ("accident.count", "accident.deaths")}
"""Flows that single out some of what other flows count. A total of these does not say how many of them there are."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one cell shows, see `value.Cell`. None = not known."""

    done: int | None
    this_month: int | None
    last_month: int | None
    last_year: int | None
    mean_two_years: Fraction | None
    months: tuple[int | None, ...] = ()


def added(parts: Sequence[Figure]) -> Figure:
    """The figure of several places together; what is not known of one is not known of all."""

    def total(numbers: Iterable[int | None]) -> int | None:
        told = list(numbers)
        known = [number for number in told if number is not None]
        return sum(known) if len(known) == len(told) else None

    means = [part.mean_two_years for part in parts]
    known_means = [mean for mean in means if mean is not None]
    return Figure(
        done=total(part.done for part in parts),
        this_month=total(part.this_month for part in parts),
        last_month=total(part.last_month for part in parts),
        last_year=total(part.last_year for part in parts),
        mean_two_years=sum(known_means, Fraction(0)) if len(known_means) == len(means) else None,
        months=tuple(total(month) for month in zip(*(part.months for part in parts), strict=True)),
    )


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening figure: a total known without its records."""

    indicator: str
    town: str
    from_on: str
    until_on: str
    period_from: str | None
    quantity: int
    last_rank: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Figures:
    """`cells` by indicator and town in force or UNSETTLED; `totals` of the county by indicator."""

    cells: Mapping[Key, Figure]
    totals: Mapping[str, Figure]
    openings: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Flows count from `first` (the first of a month) to `last`, stocks on `last`."""

    first: str
    last: str

    @property
    def last_whole(self) -> str:
        """The last month that ends within the window, YYYY-MM."""
        year, month = int(self.last[:4]), int(self.last[5:7])
        if self.last == month_end(year, month):
            return self.last[:7]
        return f"{year - (month == 1):04d}-{(month - 2) % 12 + 1:02d}"

    def knows(self, opening: Opening) -> bool:
        """Whether an opening total lies wholly inside or outside. Nothing is unknown about a total of nothing."""
        if opening.quantity == 0 or opening.period_from is None:
            return True
        inside = self.first <= opening.period_from and opening.from_on <= self.last
        return inside or opening.from_on < self.first or self.last < opening.period_from


def year_to(day: str) -> Window:
    """From 1 January to a day."""
    return Window(f"{day[:4]}-01-01", day)


def compute(connection: sqlite3.Connection, definition: Definition) -> Figures:
    """All figures of the definition's period. Raises `Refused`, as `ledger.held`, where the sums do not hold."""
    held.months(connection)  # once for all that is read of months in a command: it takes as long as reading them
    period = definition.period
    windows = [
        year_to(period.as_of),
        year_to(period.previous().as_of),
        year_to(period.years_before(1)),
        year_to(period.years_before(2)),
        Window(period.first_day, period.as_of),
        *(year_to(month_end(period.year, month)) for month in range(1, period.month - 1)),
    ]
    openings = _openings(connection, definition)
    table = _Table(connection, definition, windows, openings)
    years = (windows[2].last, windows[3].last)
    cells: dict[Key, Figure] = {}
    totals: dict[str, Figure] = {}
    for indicator in definition.indicators:
        since = table.known_since(indicator)
        of_year = indicator.of_year or (indicator.kind == "counted" and definition.indicator(indicator.counts).of_year)
        anew = of_year and period.month == 1
        for town in table.places:
            values = [table.values[window][indicator.id, town] for window in range(len(windows))]
            cells[indicator.id, town] = _figure(indicator, values, since, years, period.month, anew=anew)
        values = [table.totals[window][indicator.id] for window in range(len(windows))]
        totals[indicator.id] = _figure(indicator, values, since, years, period.month, anew=anew)
    return Figures(cells, totals, openings)


def month_before(connection: sqlite3.Connection, definition: Definition, following: Figures, of: Definition) -> Figures:
    """What was done by the end of the month before `following` (the figures of `of`); `definition` is that month's.

    Where the towns are the same these figures stand in `following` already, and nothing is read.
    """
    if (definition.towns, definition.rolled) == (of.towns, of.rolled):
        cells = {key: _bare(figure.last_month) for key, figure in following.cells.items()}
        totals = {key: _bare(figure.last_month) for key, figure in following.totals.items()}
        return Figures(cells, totals, following.openings)
    return on_day(connection, definition)


def on_day(connection: sqlite3.Connection, definition: Definition) -> Figures:
    """The figures of the period's as-of day alone: enough for rates and places."""
    openings = _openings(connection, definition)
    table = _Table(connection, definition, [year_to(definition.period.as_of)], openings)
    cells = {key: _bare(value) for key, value in table.values[0].items()}
    totals = {key: _bare(value) for key, value in table.totals[0].items()}
    return Figures(cells, totals, openings)


def _bare(done: int | None) -> Figure:
    return Figure(done, None, None, None, None)


def done(connection: sqlite3.Connection, definition: Definition) -> dict[Key, int | None]:
    """What is done, by indicator and town (or UNSETTLED), on the period's as-of day alone."""
    openings = _openings(connection, definition)
    table = _Table(connection, definition, [year_to(definition.period.as_of)], openings)
    return table.values[0]


def _figure(
    indicator: Indicator, values: Sequence[int | None], since: str, years: tuple[str, str], month: int, *, anew: bool
) -> Figure:
    """`since`: the day of the first fact; `years`: the days one and two years before; `month`: the month's number;
    `anew`: what the month before had is of another year."""
    now, before, last_year, year_before, this_month, *earlier = values
    months = (*earlier, before, now)[-month:]  # in January the month before is another year's
    if anew:
        this_month = now  # what is of a year begins anew on 1 January
    elif indicator.kind != "flow":
        this_month = None if now is None or before is None else now - before
    if since > years[0]:
        last_year = None
    mean = None
    if since <= years[1] and last_year is not None and year_before is not None:
        mean = Fraction(last_year + year_before, 2)
    return Figure(
        done=now,
        this_month=this_month,
        last_month=before,
        last_year=last_year,
        mean_two_years=mean,
        months=tuple(months),
    )


def _openings(connection: sqlite3.Connection, definition: Definition) -> tuple[Opening, ...]:
    found = connection.execute(
        "SELECT indicator, COALESCE(town_code, '') AS town, from_on, until_on, period_from, quantity, last_rank, source"
        " FROM opening_figure WHERE voided_on IS NULL ORDER BY from_on"
    )
    return tuple(replace(Opening(**row), town=definition.roll(row["town"])) for row in found)


class _Table:
    """Values by window, indicator and place, and the county's by window and indicator; None = not known."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        definition: Definition,
        windows: Sequence[Window],
        openings: Iterable[Opening],
    ) -> None:
        self._definition = definition
        self._windows = windows
        self.places = (*(town.code for town in definition.towns), UNSETTLED)
        self._openings: dict[Key, list[Opening]] = defaultdict(list)
        self._since: dict[str, str] = {}
        for opening in openings:
            self._openings[opening.indicator, opening.town].append(opening)
            self._seen(opening.indicator, opening.from_on)
        self._opened_ever = {indicator for indicator, _ in self._openings}
        came, net = self._sums(connection)
        self._today: dict[Key, int] = defaultdict(int)
        for (item, town), number in due_today.counted(connection, definition.period).items():
            self._today[item, definition.roll(town)] += number
        self.values: list[dict[Key, int | None]] = [{} for _ in windows]
        self.totals: list[dict[str, int | None]] = [{} for _ in windows]
        # Flows and stocks first: the others are counted over them.
        for indicator in sorted(definition.indicators, key=lambda i: i.kind in ("distinct", "counted")):
            if indicator.kind == "distinct":
                self._count_distinct(connection, indicator)
            elif indicator.kind == "counted":
                self._count_towns(indicator)
            elif indicator.kind == "today":
                self._add_up_today(indicator)
            else:
                self._add_up(indicator, came if indicator.kind == "flow" else net)
        for indicator in definition.indicators:
            if indicator.apart:
                self._add_apart(indicator)

    def known_since(self, indicator: Indicator) -> str:
        """The day of the first fact of an indicator; '~' (after every day) if there is none, as of what is only due
        today."""
        if indicator.kind == "today":
            return "~"
        if indicator.kind == "distinct":
            own = [member.id for member in self._definition.members(indicator)]
        else:
            own = [indicator.counts] if indicator.kind == "counted" else []
        return min(self._since.get(of, "~") for of in [indicator.id, *indicator.items, *own])

    def _seen(self, indicator: str, day: str) -> None:
        self._since[indicator] = min(day, self._since.get(indicator, day))

    def _sums(self, connection: sqlite3.Connection) -> tuple[list[Sums], list[Sums]]:
        windows = self._windows
        came: list[Sums] = [defaultdict(lambda: defaultdict(int)) for _ in windows]
        net: list[Sums] = [defaultdict(lambda: defaultdict(int)) for _ in windows]
        columns = ", ".join(
            "sum(CASE WHEN month BETWEEN ? AND ? THEN came ELSE 0 END),"
            " sum(CASE WHEN month <= ? THEN came - went ELSE 0 END)"
            for _ in windows
        )
        bounds = [bound for w in windows for bound in (w.first[:7], w.last_whole, w.last_whole)]
        for indicator, town, since, *sums in connection.execute(
            f"SELECT indicator, town_code, min(CASE WHEN came <> 0 THEN month END), {columns}"
            " FROM indicator_month WHERE month <= ? GROUP BY indicator, town_code",
            (*bounds, max(w.last_whole for w in windows)),
        ):
            place = self._definition.roll(town)
            if since is not None:
                self._seen(indicator, f"{since}-01")
            for index in range(len(windows)):
                came[index][indicator][place] += sums[2 * index]
                net[index][indicator][place] += sums[2 * index + 1]
        for index, window in enumerate(windows):
            if window.last_whole == window.last[:7]:
                continue
            held.days(connection, window.last[:7])
            for indicator, town, days_came, days_net, since in connection.execute(
                "SELECT indicator, town_code, sum(came), sum(came - went), min(day) FROM indicator_day"
                " WHERE day BETWEEN ? AND ? GROUP BY indicator, town_code",
                (f"{window.last[:7]}-01", window.last),
            ):
                place = self._definition.roll(town)
                self._seen(indicator, since)
                came[index][indicator][place] += days_came
                net[index][indicator][place] += days_net
        return came, net

    def _add_up(self, indicator: Indicator, sums: list[Sums]) -> None:
        certain = self._opened_ever.isdisjoint((indicator.id, *WITHIN.get(indicator.id, ())))
        for index, window in enumerate(self._windows):
            done = dict.fromkeys(self.places, 0)
            for item in indicator.items:
                for place, number in sums[index].get(item, {}).items():
                    done[place] += number
                if self._is_not_over(window):
                    for place in self.places:
                        done[place] -= self._today.get((item, place), 0)
            values = self.values[index]
            for place, number in done.items():
                known = certain or self._known(indicator, place, window)
                values[indicator.id, place] = number if known else None
            self.totals[index][indicator.id] = self._sum(index, indicator.id)

    def _add_apart(self, indicator: Indicator) -> None:
        """What counts beside an opening total of what is owed: `Definition.counts_apart`."""
        for index, window in enumerate(self._windows):
            opened = [place for place in self.places if self._opened((indicator.against, place), window)]
            for place in self.places:
                if self._definition.counts_apart(opened, place):
                    value, apart = (self.values[index][of, place] for of in (indicator.id, indicator.apart))
                    self.values[index][indicator.id, place] = None if value is None or apart is None else value + apart
            self.totals[index][indicator.id] = self._sum(index, indicator.id)

    def _add_up_today(self, indicator: Indicator) -> None:
        for index, window in enumerate(self._windows):
            for place in self.places:
                due = sum(self._today.get((item, place), 0) for item in indicator.items)
                self.values[index][indicator.id, place] = due if self._is_not_over(window) else 0
            self.totals[index][indicator.id] = self._sum(index, indicator.id)

    def _is_not_over(self, window: Window) -> bool:
        return window.last == due_today.day_not_over(self._definition.period)

    def _sum(self, index: int, indicator: str) -> int | None:
        total = 0
        for place in self.places:
            value = self.values[index][indicator, place]
            if value is None:
                return None
            total += value
        return total

    def _known(self, indicator: Indicator, place: str, window: Window) -> bool:
        """A flow's opening total must not be cut by the window; a stock is not known before its first opening."""
        openings = self._openings.get((indicator.id, place), ())
        if indicator.kind == "flow":
            told_apart = self._told_apart(indicator.id, place, window)
            return told_apart and all(window.knows(opening) for opening in openings)
        if indicator.of_year:
            openings = [o for o in openings if o.from_on[:4] == window.last[:4]]
        begun = any(opening.from_on <= window.last for opening in openings)
        return begun or not any(opening.quantity for opening in openings)

    def _told_apart(self, indicator: str, place: str, window: Window) -> bool:
        """Whether every opening total of what an indicator lies within has one of the indicator itself beside it, that
        reaches as far; else that there was none follows from no record."""
        own = [opening.from_on for opening in self._openings.get((indicator, place), ())]
        return all(
            any(total.from_on <= day and total.from_on[:4] == day[:4] for day in own)
            for of in WITHIN.get(indicator, ())
            for total in self._openings.get((of, place), ())
            if total.quantity and total.from_on >= window.first and (total.period_from or "") <= window.last
        )

    def _opened(self, key: Key, window: Window) -> int | None:
        """The opening figures of a stock that are in force; None if there is none, not even of 0."""
        found = [o for o in self._openings.get(key, ()) if o.from_on <= window.last < o.until_on]
        return sum(o.quantity for o in found) if found else None

    def _count_distinct(self, connection: sqlite3.Connection, indicator: Indicator) -> None:
        members = self._definition.members(indicator)
        held.tables(connection, (indicator.counts, "residence"))
        days = [window.last for window in self._windows]
        # One pass over the members' items, whatever the number of days: the only figure that reads records.
        items = connection.execute(
            "SELECT town_code, subject, from_on, until_on FROM indicator_item"
            f" WHERE record = ? AND indicator IN ({', '.join('?' * len(members))}) AND from_on <= ? AND until_on > ?",
            (indicator.counts, *(member.id for member in members), max(days), min(days)),
        )
        subjects: list[dict[str, set[int]]] = [{place: set() for place in self.places} for _ in days]
        for town, subject, from_on, until_on in items:
            place = self._definition.roll(town)
            for index, day in enumerate(days):
                if from_on <= day < until_on:
                    subjects[index][place].add(subject)
        for index, window in enumerate(self._windows):
            opened = {p: self._opened((indicator.id, p), window) for p in self.places}
            for p in self.places:
                value = len(subjects[index][p]) + (opened[p] or 0)
                known = self._known_once(indicator, members, p, window)
                self.values[index][indicator.id, p] = value if known else None
            known = opened[UNSETTLED] is not None or all(
                self.values[index][indicator.id, p] is not None for p in self.places
            )
            total = len(set().union(*subjects[index].values())) + sum(o or 0 for o in opened.values())
            self.totals[index][indicator.id] = total if known else None

    def _known_once(self, indicator: Indicator, members: Sequence[Indicator], place: str, window: Window) -> bool:
        """Opening figures of the kinds do not tell how many firms they are; that needs one of its own."""
        if not all(self._known(of, place, window) for of in (indicator, *members)):
            return False
        if self._opened((indicator.id, place), window) is not None:
            return True
        return not any(self._opened((member.id, place), window) for member in members)

    def _count_towns(self, indicator: Indicator) -> None:
        """How many towns have any; where only the county's number is known, the rest of it is UNSETTLED."""
        for index, window in enumerate(self._windows):
            values = self.values[index]
            for place in self.places:
                of = values[indicator.counts, place]
                values[indicator.id, place] = None if of is None else int(of > 0 and place != UNSETTLED)
            towns = sum(values[indicator.id, place] or 0 for place in self.places)
            opened = self._opened((indicator.id, UNSETTLED), window)
            if not self._known(indicator, UNSETTLED, window):
                values[indicator.id, UNSETTLED] = None
            elif opened is not None:
                values[indicator.id, UNSETTLED] = max(0, opened - towns)
            self.totals[index][indicator.id] = self._sum(index, indicator.id)
