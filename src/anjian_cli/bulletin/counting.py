"""What was done in each place up to each of a few days: the sums by month and by day, added up.

The sums are held against what they add up to, and no record is read; only subjects that are counted once each
(distinct) are counted in the items, and which monthly figures were filed stands in these. The cost does not depend on
how many records there are. Knows no targets and no ranks.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from operator import add, sub

from anjian_cli.bulletin import delivered, due_today, filed_figures
from anjian_cli.bulletin.definition import Definition, Indicator
from anjian_cli.bulletin.filed_figures import FiledFigures
from anjian_cli.bulletin.opening_totals import Opening, wider
from anjian_cli.bulletin.period import month_end
from anjian_cli.bulletin.value import UNSETTLED
from anjian_cli.ledger import held, roots
from anjian_cli.ledger.measures import condition
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.light_typing import TYPE_CHECKING
from anjian_cli.rules.measure import TOWN

if TYPE_CHECKING:
    from anjian_cli.bulletin.delivered_source import Deliveries
    from anjian_cli.bulletin.delivered_source import Sums as Held

Key = tuple[str, str]  # indicator, town
Sums = Mapping[tuple[str, str], list[int]]  # by measure and unit, a number for each window
RESIDENCE = "residence"
"""The table that says in which town a firm is."""


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
        return _month_before(year, month)

    @property
    def last_before(self) -> str:
        """The last month before the window, YYYY-MM."""
        return _month_before(int(self.first[:4]), int(self.first[5:7]))

    def knows(self, opening: Opening) -> bool:
        """Whether an opening total lies wholly inside or outside. Nothing is unknown about a total of nothing."""
        if opening.quantity == 0 or opening.period_from is None:
            return True
        inside = self.first <= opening.period_from and opening.from_on <= self.last
        return inside or opening.from_on < self.first or self.last < opening.period_from


def _month_before(year: int, month: int) -> str:
    return f"{year - (month == 1):04d}-{(month - 2) % 12 + 1:02d}"


def year_to(day: str) -> Window:
    """From 1 January to a day."""
    return Window(f"{day[:4]}-01-01", day)


def ends_of(windows: Iterable[Window]) -> list[str]:
    """The months after which a window begins or whole months in it end: what lies between is added up once for all."""
    return sorted({end for window in windows for end in (window.last_before, window.last_whole)})


def asked_of(definition: Definition) -> list[str]:
    """The measures whose sums the indicators of a definition need."""
    asked = [of for each in definition.indicators for of in each.all_measures]
    once = [delivered.distinct(definition, each) for each in definition.indicators if each.kind == "distinct"]
    return [*asked, *filter(None, once)]


def _note(since: dict[str, str], of: str, day: str) -> None:
    """Note a day of something where it is the first."""
    since[of] = min(day, since.get(of, day))


def _months(connection: sqlite3.Connection, ends: Sequence[str], measures: Sequence[str]) -> Iterator[held.Stretched]:
    """The sums by stretches of months, as `held.Sums.stretches` has them; of all measures where none is
    named.

    What there was up to the first end is what all months come to less what came later: a ledger has more years behind
    it than a bulletin tells of."""
    cursor = connection.cursor()
    cursor.row_factory = None
    named = f"AND measure IN ({', '.join('?' * len(measures))})" if measures else ""
    yield from cursor.execute(
        f"SELECT measure, town_code, 0, came, went, 0, 0, NULL FROM measure_total WHERE true {named}", tuple(measures)
    )
    stretches = " UNION ALL ".join(
        f"SELECT measure, town_code, {at}, sum(came), sum(went)"
        f" FROM measure_month WHERE month > ? AND month <= ? {named} GROUP BY measure, town_code"
        for at in range(1, len(ends) + 1)
    )
    bounds = [value for stretch in zip(ends, (*ends[1:], "~"), strict=True) for value in (*stretch, *measures)]
    for measure, unit, at, came, went in cursor.execute(stretches, bounds):
        yield measure, unit, 0, -came, -went, 0, 0, None
        yield measure, unit, at, came, went, 0, 0, None


class Counts:
    """Values by indicator and place, and the county's by indicator: one for each window; None = not known."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        definition: Definition,
        windows: Sequence[Window],
        openings: Iterable[Opening],
        *,
        whole: bool = True,
        sums: Held | None = None,
        deliveries: Deliveries | None = None,
    ) -> None:
        """`whole`: of all indicators; else only what is asked for is read. `sums` are those that the caller holds;
        `deliveries` what counties have delivered, where that is not to be read in the ledger."""
        self._definition = definition
        self._windows = windows
        self._nothing = (0,) * len(windows)
        self.places = (*(town.code for town in definition.towns), UNSETTLED)
        self._openings: dict[tuple[str, str], list[Opening]] = defaultdict(list)  # by measure and place
        self._since: dict[str, str] = {}  # by measure
        self._opened_since: dict[str, str] = {}  # by measure
        self._measures: dict[str, list[str]] = {}  # by indicator
        for opening in openings:
            self._openings[opening.measure, opening.town].append(opening)
            _note(self._opened_since, opening.measure, opening.from_on)
        measures = [] if whole else asked_of(definition)
        if deliveries is not None and sums is None:
            sums = deliveries.sums(connection, ends_of(windows), measures)
        self._came, self._net = came, net = self._sums(connection, measures, sums)
        self.delivered = delivered.of(connection, definition, deliveries, whole=whole)
        self.left_out = {each.id: self.delivered.left_out(definition, each) for each in definition.indicators}
        self._filed = FiledFigures(connection, definition, definition.indicators)
        self._today: dict[tuple[str, str], int] = defaultdict(int)
        for (measure, town), number in due_today.counted(connection, definition.period, measures).items():
            self._today[measure, definition.roll(town)] += number
        self._due_measures = {measure for measure, _ in self._today}
        self.values: dict[Key, Sequence[int | None]] = {}
        self._recorded: dict[Key, Sequence[int]] = {}  # where the value may not be known
        self.totals: dict[str, Sequence[int | None]] = {}
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

    def known_since(self, indicator: Indicator, place: str | None = None) -> str:
        """The day of the first fact of an indicator, with `place` of that in a county that delivers; '~' (after every
        day) if there is none, as of what is only due today."""
        if indicator.kind == "today":
            return "~"
        measures = self._all_measures(indicator)
        if place is not None and place in self.delivered.until:
            openings = [one.from_on for m in measures for one in self._openings.get((m, place), ())]
            since = self.delivered.since
            return min([*openings, *(since[place, m] for m in measures if (place, m) in since)], default="~")
        return min("~", *(min(self._since.get(m, "~"), self._opened_since.get(m, "~")) for m in measures))

    def _all_measures(self, indicator: Indicator) -> Sequence[str]:
        """The measures that an indicator counts, and those of what it is counted over."""
        if (found := self._measures.get(indicator.id)) is not None:  # asked again for each of thousands of counties
            return found
        of = [indicator]
        if indicator.kind == "distinct":
            of += self._definition.members(indicator)
        elif indicator.kind == "counted":
            of.append(self._definition.indicator(indicator.counts))
        self._measures[indicator.id] = [m for each in of for m in each.measures]
        return self._measures[indicator.id]

    def by_word(self, indicator: Indicator, place: str) -> Sequence[Mapping[str, int]]:
        """How many of each word that has points of its own, one mapping for each window. A total of one word is another
        measure's and enters nothing wider."""
        sums = self._came if indicator.kind == "flow" else self._net
        counted = [
            (word, measure, sums.get((measure, place), self._nothing), self._today.get((measure, place), 0))
            for word, measure in indicator.words
        ]
        return [
            {
                word: numbers[at]
                - (due if self._is_not_over(window) else 0)
                - self._in_total(indicator, measure, place, window)
                for word, measure, numbers, due in counted
            }
            for at, window in enumerate(self._windows)
        ]

    def _in_total(self, indicator: Indicator, of: str, place: str, window: Window) -> int:
        """How much of what counts in a window is of totals alone, of a measure of the same kind as the indicator's."""
        found = self._openings.get((of, place), ())
        if indicator.kind == "flow":
            return sum(each.quantity for each in found if window.first <= each.from_on <= window.last)
        return sum(each.quantity for each in found if each.from_on <= window.last < each.until_on)

    def recorded(self, indicator: Indicator, place: str) -> Sequence[int]:
        """What is recorded, known to be all or not: one number for each window."""
        known = [number or 0 for number in self.values[indicator.id, place]]
        return self._recorded.get((indicator.id, place), known)

    def has_total(self, indicator: Indicator, place: str, at: int) -> bool:
        """Whether a part of what was counted in a window, or might be, is known as a total alone: by no word, by no
        event."""
        window = self._windows[at]
        found = [each for of in indicator.sums for each in self._openings.get((of, place), ()) if each.quantity]
        if indicator.kind == "flow":
            return any(
                each.from_on >= window.first and (each.period_from or each.from_on) <= window.last for each in found
            )
        standing = [each for each in found if each.from_on <= window.last < each.until_on]
        if indicator.of_year:  # what stood before the window and still does is no part of what came in it
            return any(each.from_on >= window.first for each in standing)
        return bool(standing)

    def began(self, months: Mapping[str, str]) -> None:
        """Take note of the first month in which something came, by measure."""
        cut = {window.last[:7] for window in self._windows if window.last_whole != window.last[:7]}
        for measure, month in months.items():
            # Of a month that a window ends in, what came by then is noted already; the rest came later in it.
            _note(self._since, measure, f"{month}-31" if month in cut else f"{month}-01")

    def _of_one_kind(self) -> bool | None:
        """Whether all that is counted is of departments, or none of it; None where some is."""
        counted = [each for each in self._definition.indicators if each.kind in ("flow", "stock", "today")]
        kinds = {"@" in measure for each in counted for measure in each.all_measures}
        return kinds.pop() if len(kinds) == 1 else None

    def _sums(self, connection: sqlite3.Connection, measures: Sequence[str], sums: Held | None) -> tuple[Sums, Sums]:
        """What came in each window, and what came less what went up to its end; of all measures where none is named."""
        windows, rolled = self._windows, self._definition.rolled
        ends = ends_of(windows)
        rows = (None if sums is None else sums.stretches(ends)) or _months(connection, ends, measures)
        days_until = partial(held.until, connection) if sums is None else sums.until
        asked, kind = set(measures), self._of_one_kind()
        # Added up once for each stretch of months that no window begins or ends in.
        parts: defaultdict[Key, tuple[list[int], list[int]]] = defaultdict(lambda: ([0] * len(ends), [0] * len(ends)))
        own = len(ends)
        for measure, unit, at, came, went, _, _, _ in rows:
            if at < own and (measure in asked if asked else kind is None or ("@" in measure) is kind):
                came_in, net_in = parts[measure, rolled.get(unit, UNSETTLED)]
                came_in[at] += came
                net_in[at] += came - went
        reach = [(ends.index(window.last_before), ends.index(window.last_whole)) for window in windows]
        all_came: defaultdict[Key, list[int]] = defaultdict(lambda: [0] * len(windows))
        all_net: defaultdict[Key, list[int]] = defaultdict(lambda: [0] * len(windows))
        for key, (came_in, net_in) in parts.items():
            until = list(accumulate(came_in))
            all_came[key] = [until[last] - until[before] for before, last in reach]
            until = list(accumulate(net_in))
            all_net[key] = [until[last] for _, last in reach]
        ending: defaultdict[str, list[int]] = defaultdict(list)  # the windows that end within a month, by their day
        for index, window in enumerate(windows):
            if window.last_whole != window.last[:7]:
                ending[window.last].append(index)
        for last, indexes in ending.items():
            for measure, unit, came, went, since in days_until(last):
                if asked and measure not in asked:
                    continue
                key = measure, rolled.get(unit, UNSETTLED)
                _note(self._since, measure, since)
                for index in indexes:
                    all_came[key][index] += came
                    all_net[key][index] += came - went
        return all_came, all_net

    def _add_up(self, indicator: Indicator, sums: Sums) -> None:
        certain = not self._opened_since or self._opened_since.keys().isdisjoint(
            one for of in indicator.sums for one in (of, *wider(of))
        )
        falls_due = not self._due_measures.isdisjoint(indicator.all_measures)
        certain = certain and not filed_figures.rests_on(indicator)
        asked, latest = self.delivered.asked(indicator), max(window.last for window in self._windows)
        # What a county has delivered up to the last window it has delivered up to every other.
        lacking = self.delivered.lacking(asked, latest) if asked else ()
        for place in self.places:
            done = self._nothing
            for measure in indicator.measures:
                if found := sums.get((measure, place)):
                    done = tuple(map(add, done, found))
            for measure in indicator.takes_off:
                if found := sums.get((measure, place)):
                    done = tuple(map(sub, done, found))
            due = self._due_today(indicator, place) if falls_due else 0
            if due:
                done = tuple(
                    number - due if self._is_not_over(window) else number
                    for number, window in zip(done, self._windows, strict=True)
                )
            known = certain and place not in lacking
            if not known:
                self._recorded[indicator.id, place] = tuple(done)
            self.values[indicator.id, place] = (
                done
                if known
                else [
                    number if self._known(indicator, place, window) else None
                    for number, window in zip(done, self._windows, strict=True)
                ]
            )
        self.totals[indicator.id] = self._sum(indicator.id)

    def _due_today(self, indicator: Indicator, place: str) -> int:
        due = sum(self._today.get((measure, place), 0) for measure in indicator.measures)
        return due - sum(self._today.get((measure, place), 0) for measure in indicator.takes_off)

    def _add_apart(self, indicator: Indicator) -> None:
        """What counts beside an opening total of what is owed: `Definition.counts_apart`."""
        owed = self._definition.indicator(indicator.against).sums
        opened = [
            {place for of, place in self._openings if of in owed and self._opened(of, place, window)}
            for window in self._windows
        ]
        if not any(opened):
            return
        for place in self.places:
            of, apart = (self.values[id_, place] for id_ in (indicator.id, indicator.apart))
            self.values[indicator.id, place] = [
                own
                if not self._definition.counts_apart(there, place)
                else None
                if own is None or more is None
                else own + more
                for there, own, more in zip(opened, of, apart, strict=True)
            ]
        self.totals[indicator.id] = self._sum(indicator.id)

    def _add_up_today(self, indicator: Indicator) -> None:
        for place in self.places:
            due = sum(self._today.get((measure, place), 0) for measure in indicator.measures)
            self.values[indicator.id, place] = [due if self._is_not_over(window) else 0 for window in self._windows]
        self.totals[indicator.id] = self._sum(indicator.id)

    def _is_not_over(self, window: Window) -> bool:
        return window.last == due_today.day_not_over(self._definition.period)

    def _sum(self, indicator: str) -> Sequence[int | None]:
        of_places = [self.values[indicator, place] for place in self.places]
        if all(numbers is self._nothing for numbers in of_places):
            return self._nothing
        left = self.left_out[indicator]
        told = [numbers for place, numbers in zip(self.places, of_places, strict=True) if place not in left]
        if left and len(told) == 1:  # nobody has told anything, and what is of none is no total
            return [None] * len(self._windows)
        return [
            None if None in numbers else sum([number for number in numbers if number is not None])
            for numbers in zip(*told, strict=True)
        ]

    def _known(self, indicator: Indicator, place: str, window: Window) -> bool:
        """Whether all that an indicator adds up or takes off is known. A flow's opening total must not be cut by the
        window; a stock is not known before its first opening, nor in a month for which it was to be filed and was
        not."""
        if not self.delivered.known(indicator, place, window.last):
            return False
        if indicator.kind == "flow":
            return all(
                self._told_apart(of, place, window) and all(map(window.knows, self._openings.get((of, place), ())))
                for of in indicator.sums
            )
        if self.unfiled(indicator, place, window):
            return False
        return all(self._begun(indicator, of, place, window) for of in indicator.sums)

    def _begun(self, indicator: Indicator, of: str, place: str, window: Window) -> bool:
        """Whether each town that counts for a place, of which there is ever a total of a stock, has one already. What
        is told month by month is of its own month, before it as after it."""
        if filed_figures.is_told(of):
            return True
        openings = self._openings.get((of, place), ())
        if indicator.of_year:
            openings = [o for o in openings if o.from_on[:4] == window.last[:4]]
        begun = {opening.told_of for opening in openings if opening.from_on <= window.last}
        return begun >= {opening.told_of for opening in openings if opening.quantity}

    def unfiled(self, indicator: Indicator, place: str, window: Window) -> bool:
        """Whether it is not known because a unit has not filed its monthly figure. On a day of a month that still runs
        that of the month before stands."""
        opened = [of for of in indicator.sums if self._opened(of, place, window) is not None]
        return self._filed.lacking(indicator, place, window.last_whole, opened)

    def all_unfiled(self, window: Window) -> frozenset[Key]:
        """The cells of which `unfiled` holds."""
        return frozenset(
            (indicator.id, place)
            for indicator in self._definition.indicators
            if filed_figures.rests_on(indicator)
            for place in self.places
            if self.unfiled(indicator, place, window)
        )

    def _told_apart(self, of: str, place: str, window: Window) -> bool:
        """Whether every opening total of what a measure lies within has one of the measure itself beside it, that
        reaches as far; else that there was none follows from no record."""
        own = [(opening.told_of, opening.from_on) for opening in self._openings.get((of, place), ())]
        return all(
            any(town == total.told_of and total.from_on <= day and total.from_on[:4] == day[:4] for town, day in own)
            for one in wider(of)
            for total in self._openings.get((one, place), ())
            if total.quantity and total.from_on >= window.first and (total.period_from or "") <= window.last
        )

    def _opened(self, of: str, place: str, window: Window) -> int | None:
        """The opening figures of a stock's measure at a place that are in force; None if there is none, not even of
        0."""
        found = [o for o in self._openings.get((of, place), ()) if o.from_on <= window.last < o.until_on]
        return sum(o.quantity for o in found) if found else None

    def _count_distinct(self, connection: sqlite3.Connection, indicator: Indicator) -> None:
        members = self._definition.members(indicator)
        held.tables(connection, (indicator.counts, RESIDENCE))
        days = [window.last for window in self._windows]
        root, _ = roots.catalogue(connection)[indicator.counts]
        # One pass over the members' items, whatever the number of days: the only figure that reads records.
        unit = members[0].unit_column if members else TOWN
        counted, words = condition(measure for member in members for measure in member.measures)
        items = connection.execute(
            f"SELECT {unit}, subject, from_on, until_on FROM {root}_item"
            f" WHERE record = ? AND {unit} IS NOT NULL AND {counted} AND from_on <= ? AND until_on > ?",
            (indicator.counts, *words, max(days), min(days)),
        )
        subjects: list[dict[str, set[int]]] = [{place: set() for place in self.places} for _ in days]
        for town, subject, from_on, until_on in items:
            place = self._definition.roll(town)
            for index, day in enumerate(days):
                if from_on <= day < until_on:
                    subjects[index][place].add(subject)
        told = self._net.get
        by_counties = delivered.distinct(self._definition, indicator) if self.delivered.until else ""
        certain = not by_counties and self._opened_since.keys().isdisjoint(
            of for each in (indicator, *members) for of in each.sums
        )
        values: list[list[int | None]] = []
        totals: list[int | None] = []
        for at, (there, window) in enumerate(zip(subjects, self._windows, strict=True)):
            opened = {p: self._opened(indicator.id, p, window) for p in self.places}
            counties = {p: told((by_counties, p), self._nothing)[at] for p in self.places} if by_counties else {}
            now = [
                len(there[p]) + counties.get(p, 0) + (opened[p] or 0)
                if certain or self._known_once(indicator, members, p, window, by_counties)
                else None
                for p in self.places
            ]
            left = self.left_out[indicator.id]
            total = len(set().union(*there.values())) + sum(o or 0 for p, o in opened.items() if p not in left)
            total += sum(number for place, number in counties.items() if place not in left)
            certainly = [n for place, n in zip(self.places, now, strict=True) if place not in left]
            values.append(now)
            nobody = bool(left) and len(certainly) == 1
            totals.append(total if not nobody and (opened[UNSETTLED] is not None or None not in certainly) else None)
        for place, of_place in zip(self.places, zip(*values, strict=True), strict=True):
            self.values[indicator.id, place] = of_place
        self.totals[indicator.id] = totals

    def _known_once(
        self, indicator: Indicator, members: Sequence[Indicator], place: str, window: Window, by_counties: str
    ) -> bool:
        """Opening figures of the kinds do not tell how many firms they are; that needs one of its own. `by_counties` is
        the measure under which counties deliver it, '' where there are none."""
        if by_counties and not self.delivered.has((by_counties,), place, window.last):
            return False
        if not all(self._known(of, place, window) for of in (indicator, *members)):
            return False
        if self._opened(indicator.id, place, window) is not None:
            return True
        return not any(self._opened(of, place, window) for member in members for of in member.sums)

    def _count_towns(self, indicator: Indicator) -> None:
        """How many towns have any; where only the county's number is known, the rest of it is UNSETTLED."""
        found = {
            place: [
                None if of is None else int(of > 0 and place != UNSETTLED)
                for of in self.values[indicator.counts, place]
            ]
            for place in self.places
        }
        for index, window in enumerate(self._windows):
            opened = self._opened(indicator.id, UNSETTLED, window)
            if not self._known(indicator, UNSETTLED, window):
                found[UNSETTLED][index] = None
            elif opened is not None:
                towns = sum(found[place][index] or 0 for place in self.places)
                found[UNSETTLED][index] = max(0, opened - towns)
        self.values.update({(indicator.id, place): values for place, values in found.items()})
        self.totals[indicator.id] = self._sum(indicator.id)
