"""Figures: what each town and the county have done, by indicator: this month, a month and a year before.

How it is counted is a matter of `counting`. Knows no targets and no ranks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from anjian_cli.bulletin import filed_figures
from anjian_cli.bulletin.counting import RESIDENCE, Counts, Key, Window, asked_of, ends_of, year_to
from anjian_cli.bulletin.definition import Definition, Indicator
from anjian_cli.bulletin.delivered import NOTHING, Delivered
from anjian_cli.bulletin.delivered_source import Received
from anjian_cli.bulletin.opening_totals import Opening, openings_of
from anjian_cli.bulletin.period import month_end
from anjian_cli.ledger import held
from anjian_cli.light_dataclasses import dataclass, replace
from anjian_cli.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anjian_cli.bulletin.delivered_source import Deliveries, Sums
    from anjian_cli.bulletin.points_evidence import Evidence


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

    def total(numbers: Sequence[int | None]) -> int | None:
        return None if None in numbers else sum([number for number in numbers if number is not None])

    means = [part.mean_two_years for part in parts]
    known_means = [mean for mean in means if mean is not None]
    return Figure(
        done=total([part.done for part in parts]),
        this_month=total([part.this_month for part in parts]),
        last_month=total([part.last_month for part in parts]),
        last_year=total([part.last_year for part in parts]),
        mean_two_years=sum(known_means, Fraction(0)) if len(known_means) == len(means) else None,
        months=tuple(total(month) for month in zip(*(part.months for part in parts), strict=True)),
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """`cells` by indicator and town in force or UNSETTLED; `totals` of the county by indicator. `evidence` is what
    points are worked out from, None where none are given; `unfiled` the cells that are not known because a monthly
    figure (上报数) was not filed; `sums` the sums that were held for it, None where whoever asked for figures of a day
    alone holds them. `delivered` is what counties have delivered, where there are any; totals are told without those
    that are left out of them."""

    cells: Mapping[Key, Figure]
    totals: Mapping[str, Figure]
    openings: tuple[Opening, ...]
    evidence: Evidence | None = None
    unfiled: frozenset[Key] = frozenset()
    sums: Sums | None = None
    delivered: Delivered = NOTHING


def compute(
    connection: sqlite3.Connection,
    definition: Definition,
    *,
    looking_back: bool = True,
    sums: Sums | None = None,
    deliveries: Deliveries | None = None,
) -> Figures:
    """All figures of the definition's period; without `looking_back` those of the years before and of the months before
    the last are not known. `sums` are those of other figures of this moment; `deliveries` what counties have delivered,
    where that is not to be read in the ledger. Raises `Refused`, as `ledger.held`, where the sums do not hold."""
    period = definition.period
    windows = [
        year_to(period.as_of),
        year_to(period.previous().as_of),
        Window(period.first_day, period.as_of),
    ]
    years = (period.years_before(1), period.years_before(2))
    if looking_back:
        months = (month_end(period.year, month) for month in range(1, period.month - 1))
        windows += map(year_to, (*years, *months))
    deliveries = deliveries or Received(connection)
    openings = openings_of(connection, definition, deliveries)
    own = len(windows)
    if definition.needs_evidence:
        from anjian_cli.bulletin import points_evidence  # here: most schemes give no points

        windows += points_evidence.windows(definition)
    # Since when something is known is asked for what is held against years before.
    backwards = looking_back or definition.needs_evidence
    sums = sums or deliveries.sums(connection, ends_of(windows), [] if looking_back else asked_of(definition))
    counts = Counts(connection, definition, windows, openings, whole=backwards, sums=sums, deliveries=deliveries)
    if backwards:
        counts.began(sums.began)
    cells: dict[Key, Figure] = {}
    totals: dict[str, Figure] = {}
    for indicator in definition.indicators:
        since = counts.known_since(indicator) if looking_back else ""
        of_year = indicator.of_year or (indicator.kind == "counted" and definition.indicator(indicator.counts).of_year)
        anew = of_year and period.month == 1
        made: dict[tuple[str, tuple[int | None, ...]], Figure] = {}  # many are alike: nought in every month
        for town in (*counts.places, None):
            found = counts.totals[indicator.id] if town is None else counts.values[indicator.id, town]
            values = tuple(found[:own])
            apart = looking_back and town in counts.delivered.until
            began = counts.known_since(indicator, town) if apart else since
            figure = made.get((began, values))
            if figure is None:
                figure = made[began, values] = _figure(indicator, values, began, years, period.month, anew=anew)
            if town is None:
                totals[indicator.id] = figure
            else:
                cells[indicator.id, town] = figure
        if counts.delivered.until and totals[indicator.id].done is not None:  # each county's years before are its own
            left = counts.left_out[indicator.id]
            totals[indicator.id] = added([cells[indicator.id, place] for place in counts.places if place not in left])
    evidence = None
    if definition.needs_evidence:
        evidence = points_evidence.gather(connection, definition, counts, own)
    unfiled = counts.all_unfiled(windows[0])
    return Figures(cells, totals, openings, evidence, unfiled, sums, counts.delivered)


def read_whole(indicators: Iterable[Indicator]) -> frozenset[str]:
    """The tables of records that `compute` reads, and holds, whole for some indicators: of what is counted once each,
    and of what is filed month by month."""
    asked = tuple(indicators)
    counted = {indicator.counts for indicator in asked if indicator.kind == "distinct"}
    filed = {filed_figures.RECORD for indicator in asked if filed_figures.rests_on(indicator)}
    return frozenset({*counted, *filed, *((RESIDENCE,) if counted else ())})


def month_before(
    connection: sqlite3.Connection,
    definition: Definition,
    following: Figures,
    of: Definition,
    deliveries: Deliveries | None = None,
) -> Figures:
    """What was done by the end of the month before `following` (the figures of `of`); `definition` is that month's.

    Where the towns and the scheme are the same these figures stand in `following` already, and nothing is read; points
    need more than these.
    """
    if definition.needs_evidence:
        return compute(connection, definition, looking_back=False, sums=following.sums, deliveries=deliveries)
    if _same_basis(definition, of):
        cells = {key: _bare(figure.last_month) for key, figure in following.cells.items()}
        totals = {key: _bare(figure.last_month) for key, figure in following.totals.items()}
        return Figures(cells, totals, following.openings, delivered=following.delivered)
    return on_day(connection, definition, deliveries=deliveries)


def _same_basis(one: Definition, other: Definition) -> bool:
    return (one.of, one.towns, one.rolled, one.scheme.id) == (other.of, other.towns, other.rolled, other.scheme.id)


def on_day(
    connection: sqlite3.Connection,
    definition: Definition,
    of: Collection[str] = (),
    deliveries: Deliveries | None = None,
) -> Figures:
    """The figures of the period's as-of day alone: enough for rates and places. With `of`, those of these flows and
    stocks, and of what is due today, alone. The sums are held by who asks (`ledger.held.months`), once a command."""
    if definition.needs_evidence and not of:
        return compute(connection, definition, looking_back=False, deliveries=deliveries)
    openings = openings_of(connection, definition, deliveries)
    if of:
        definition = replace(definition, indicators=tuple(i for i in definition.indicators if i.id in of))
    windows = [year_to(definition.period.as_of)]
    counts = Counts(connection, definition, windows, openings, whole=not of, deliveries=deliveries)
    cells = {key: _bare(value) for key, (value,) in counts.values.items()}
    totals = {key: _bare(value) for key, (value,) in counts.totals.items()}
    return Figures(cells, totals, openings, delivered=counts.delivered)


def _bare(done: int | None) -> Figure:
    return Figure(done, None, None, None, None)


def done(
    connection: sqlite3.Connection,
    definition: Definition,
    following: tuple[Definition, Figures] | None = None,
    deliveries: Deliveries | None = None,
) -> dict[Key, int | None]:
    """What is done, by indicator and town (or UNSETTLED), on the period's as-of day alone. Where the figures of the
    month after, if they are at hand (`following`), count the same in the same places by the same scheme, they tell it,
    and nothing is read. Raises `Refused`, as `ledger.held`, where the sums do not hold."""
    if following is not None:
        of, figures = following
        counted = {indicator.id: indicator.measures for indicator in of.indicators}
        alike = all(counted.get(indicator.id) == indicator.measures for indicator in definition.indicators)
        if alike and definition.period == of.period.previous() and _same_basis(definition, of):
            own = {indicator.id for indicator in definition.indicators}
            return {key: figure.last_month for key, figure in figures.cells.items() if key[0] in own}
    if following is None or following[1].sums is None:
        held.months(connection)
    openings = openings_of(connection, definition, deliveries)
    counts = Counts(connection, definition, [year_to(definition.period.as_of)], openings, deliveries=deliveries)
    return {key: value for key, (value,) in counts.values.items()}


def _figure(
    indicator: Indicator, values: Sequence[int | None], since: str, years: tuple[str, str], month: int, *, anew: bool
) -> Figure:
    """`since`: the day of the first fact; `years`: the days one and two years before; `month`: the month's number;
    `anew`: what the month before had is of another year."""
    now, before, this_month, *back = values
    last_year, year_before, *earlier = back or (None, None)
    months = (*earlier, before, now)[-month:] if back else ()  # in January the month before is another year's
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
