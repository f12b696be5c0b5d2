"""What counties have delivered (报送包) to the ledger of the unit above: up to which month each is known, what it
counts, since when, and whether it counts it as we do.

A county that has not delivered a month is unknown there, never 0. What is of a county that is left out of a figure,
because it is late, does not count it, or counts another thing, is neither added up nor ranked with the others'. A
ledger without counties has none of this.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from anjian_cli.bulletin import meaning
from anjian_cli.bulletin.definition import Definition, Indicator
from anjian_cli.bulletin.delivered_source import Received
from anjian_cli.bulletin.period import day_after, month_end
from anjian_cli.bulletin.value import LATE, OTHERWISE, TARGET, UNCOUNTED
from anjian_cli.ledger import held
from anjian_cli.light_dataclasses import dataclass, field
from anjian_cli.light_typing import TYPE_CHECKING, NamedTuple
from anjian_cli.rules import measure
from anjian_cli.rules.measure import TOWN

if TYPE_CHECKING:
    from anjian_cli.bulletin.delivered_source import Deliveries

OWN = "report."
"""The facts of 报送: a county reports to us, its towns to it; of these what we have written down ourselves counts."""
TABLES = ("reporting_ledger", "received_package", "delivered_sum", "delivered_opening")


@dataclass(frozen=True, slots=True)
class Delivered:
    """`until`: by county in force the last day up to which it has delivered ('' for never); `counted` the measures that
    it counts; `otherwise` the facts that mean another thing there than here, each with the digest of what they mean
    there; `since`, by county and measure, the first of the month in which something of it first came."""

    until: Mapping[str, str] = field(default_factory=dict)
    counted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    otherwise: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    since: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def late(self, place: str, day: str) -> bool:
        """Whether a place is a county that has not delivered what was until a day."""
        return place in self.until and self.until[place] < day

    def known(self, indicator: Indicator, place: str, day: str) -> bool:
        """Whether a county has delivered all that an indicator adds up or takes off, up to a day; of what is no county
        always."""
        asked = self.asked(indicator)
        return not asked or self.has(asked, place, day)

    @staticmethod
    def asked(indicator: Indicator) -> tuple[str, ...]:
        """The measures that a county is to have delivered for an indicator to be known there."""
        if indicator.kind not in ("flow", "stock"):
            return ()
        return tuple(each for each in indicator.sums if not each.startswith(OWN))

    def has(self, measures: Collection[str], place: str, day: str) -> bool:
        """Whether a county has delivered the sums of measures up to a day; of what is no county always."""
        return place not in self.until or (self.until[place] >= day and self.counted[place].issuperset(measures))

    def lacking(self, measures: Collection[str], day: str) -> Collection[str]:
        """The counties that have not delivered the sums of measures up to a day: those of which `has` is false."""
        enough = self._counting(measures)
        return {place for place, until in self.until.items() if until < day or not enough[self.counted[place]]}

    def _counting(self, measures: Collection[str]) -> Mapping[frozenset[str], bool]:
        """Whether who counts these measures, and no more, counts all of some: hundreds of counties count the same."""
        return {counted: counted.issuperset(measures) for counted in set(self.counted.values())}

    def left_out(self, definition: Definition, indicator: Indicator) -> Mapping[str, str]:
        """The counties that an indicator's total on the as-of day is told without, each with why: LATE, UNCOUNTED,
        OTHERWISE. Of one that is held against another, those that are left out of that one, too."""
        asked = frozenset(_asked(definition, indicator)) if self.until else frozenset[str]()
        if not asked:
            return {}
        facts = {measure.read(each).fact for each in asked}
        enough, day = self._counting(asked), definition.period.as_of
        found = {}
        for place, until in self.until.items():
            if until < day:
                found[place] = LATE
            elif not enough[self.counted[place]]:
                found[place] = UNCOUNTED
            elif (otherwise := self.otherwise[place]) and not facts.isdisjoint(otherwise):
                found[place] = OTHERWISE
        return found

    def meant(self, definition: Definition, indicator: Indicator, place: str) -> tuple[tuple[str, str], ...]:
        """What an indicator means in a county, as far as it is another thing than here: facts and digests. Two counties
        of which it is the same count alike."""
        facts = {measure.read(each).fact for each in _asked(definition, indicator)}
        return tuple(sorted(pair for pair in self.otherwise[place].items() if pair[0] in facts))


NOTHING = Delivered()


class _Told(NamedTuple):
    """What the last package of a ledger told: of which county, the last day it reaches to. `ended`: the ledger was said
    to have; `whole`: it reaches to the last day of its county, which has gone into another since."""

    county: str
    until: str
    ended: bool
    whole: bool
    counted: frozenset[str]
    otherwise: dict[str, str]


_NOBODY = _Told("", "", False, False, frozenset(), {})


def of(
    connection: sqlite3.Connection,
    definition: Definition,
    deliveries: Deliveries | None = None,
    *,
    whole: bool = True,
) -> Delivered:
    """What the units in force have delivered, by the ledger where nothing else is named; since when is asked for the
    `whole` alone. What a county told that has gone into another since is that one's: it
    makes it late only where it lacks months of its own time; where the other has no ledger of its own yet, it tells up
    to when it is known. Raises `Refused` as `ledger.held.tables`."""
    if not definition.counties:
        return NOTHING
    held.tables(connection, TABLES)
    by_place: dict[str, list[_Told]] = defaultdict(list)
    deliveries = deliveries or Received(connection)
    for told in _told(connection, deliveries):
        by_place[definition.roll(told.county)].append(told)
    until: dict[str, str] = {}
    counted: dict[str, frozenset[str]] = {}
    otherwise: dict[str, Mapping[str, str]] = {}
    for (place,) in connection.execute("SELECT code FROM town WHERE kind = '县级' AND voided_on IS NULL").fetchall():
        if definition.roll(place) != place:
            continue
        own = [told for told in by_place[place] if told.county == place]
        others = [told for told in by_place[place] if told.county != place and not told.ended]
        telling = [max(own, key=lambda told: told.until)] if own else others
        lacking = [told for told in others if not told.whole] if own else []
        until[place] = min((each.until for each in (*telling, *lacking)), default="")
        first, *more = telling or (_NOBODY,)  # mostly one, and hundreds of counties share what it counts
        counted[place] = first.counted.intersection(*(each.counted for each in more)) if more else first.counted
        otherwise[place] = first.otherwise | {of: told for each in more for of, told in each.otherwise.items()}
    return Delivered(until, counted, otherwise, _since(definition, deliveries) if whole else {})


def _told(connection: sqlite3.Connection, deliveries: Deliveries) -> Iterator[_Told]:
    """Of the ledgers that count."""
    here = dict(meaning.fact_digests(connection))
    gone_on = dict(connection.execute("SELECT code, until_on FROM town").fetchall())

    @cache  # hundreds of counties count the same
    def meant(definition: str) -> tuple[frozenset[str], dict[str, str]]:
        said = json.loads(definition)
        other = {fact: digest for fact, digest in said["facts"].items() if here.get(fact) != digest}
        return frozenset(said["measures"]), other

    for county, ended, month, definition in deliveries.newest():
        until = month_end(int(month[:4]), int(month[5:]))
        yield _Told(county, until, ended, until >= day_after(gone_on[county], -1), *meant(definition))


def _since(definition: Definition, deliveries: Deliveries) -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for text, county, month in deliveries.began():
        key = definition.roll(county), text
        found[key] = min(f"{month}-01", found.get(key, "~"))
    return found


def _asked(definition: Definition, indicator: Indicator) -> Iterator[str]:
    """The measures that a county has to count for an indicator to be known there, and what it is held against."""
    if indicator.kind == "distinct":
        yield from filter(None, (distinct(definition, indicator),))
        for member in definition.members(indicator):
            yield from _asked(definition, member)
    elif indicator.kind == "counted":
        yield from _asked(definition, definition.indicator(indicator.counts))
    elif indicator.kind in ("flow", "stock"):
        yield from (each for each in indicator.all_measures if not each.startswith(OWN))
    against = indicator.against if indicator.against not in ("", TARGET) else ""
    for other in filter(None, (against, indicator.carried, indicator.apart)):
        yield from _asked(definition, definition.indicator(other))


def distinct(definition: Definition, indicator: Indicator) -> str:
    """The measure under which counties deliver what an indicator counts once each; '' where it counts nothing."""
    members = [each for member in definition.members(indicator) for each in member.measures]
    return measure.distinct(members) if members and indicator.unit_column == TOWN else ""
