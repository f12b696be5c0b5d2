"""What counties have delivered (报送包) to the ledger of the unit above: up to which month each is known, what it
counts, and whether it counts it as we do.

A county that has not delivered a month is unknown there, never 0. A ledger without counties has none of this, and asks
for it once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from functools import cache

from anjian_cli.bulletin import meaning
from anjian_cli.bulletin.definition import Definition, Indicator
from anjian_cli.bulletin.delivered_source import Received
from anjian_cli.bulletin.period import month_end
from anjian_cli.ledger import held
from anjian_cli.light_dataclasses import dataclass, field
from anjian_cli.light_typing import TYPE_CHECKING
from anjian_cli.rules import measure
from anjian_cli.rules.measure import TOWN
from anjian_cli.rules.unit_kinds import DEPARTMENTS

if TYPE_CHECKING:
    from anjian_cli.bulletin.delivered_source import Deliveries

OWN = "report."
"""The facts of 报送: a county reports to us, its towns to it; of these what we have written down ourselves counts."""
TABLES = ("reporting_ledger", "received_package", "delivered_sum", "delivered_opening")


@dataclass(frozen=True, slots=True)
class Delivered:
    """`until`: by county in force the last day up to which it has delivered ('' for never); `counted` the measures that
    it counts; `otherwise` the facts that mean another thing there than here."""

    until: Mapping[str, str] = field(default_factory=dict)
    counted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    otherwise: Mapping[str, frozenset[str]] = field(default_factory=dict)

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

    def counts_otherwise(self, indicator: Indicator, place: str) -> bool:
        """Whether an indicator means another thing in a county than here (口径不一)."""
        facts = self.otherwise.get(place, frozenset())
        return bool(facts) and any(measure.read(each).fact in facts for each in indicator.sums)


NOTHING = Delivered()


def of(connection: sqlite3.Connection, definition: Definition, deliveries: Deliveries | None = None) -> Delivered:
    """What the units in force have delivered, by the ledger where nothing else is named. Raises `Refused` as
    `ledger.held.tables`."""
    if definition.of == DEPARTMENTS or not has_counties(connection):
        return NOTHING
    held.tables(connection, TABLES)
    here = dict(meaning.fact_digests(connection))

    @cache  # hundreds of counties count the same
    def meant(told: str) -> tuple[frozenset[str], frozenset[str]]:
        said = json.loads(told)
        other = frozenset(fact for fact, digest in said["facts"].items() if here.get(fact) != digest)
        return frozenset(said["measures"]), other

    until: dict[str, str] = {}
    counted: dict[str, frozenset[str]] = {}
    otherwise: dict[str, frozenset[str]] = {}
    for (county,) in connection.execute("SELECT code FROM town WHERE kind = '县级' AND voided_on IS NULL").fetchall():
        place = definition.roll(county)
        if place == county:
            until[place], counted[place], otherwise[place] = "", frozenset(), frozenset()
    for county, month, told in (deliveries or Received(connection)).newest():
        if county in until:  # one that went into another is told by that one
            until[county] = month_end(int(month[:4]), int(month[5:]))
            counted[county], otherwise[county] = meant(told)
    return Delivered(until, counted, otherwise)


def has_counties(connection: sqlite3.Connection) -> bool:
    """Whether the ledger is one of a unit above counties."""
    found = connection.execute("SELECT EXISTS (SELECT 1 FROM town WHERE kind = '县级' AND voided_on IS NULL)")
    return bool(found.fetchone()[0])


def distinct(definition: Definition, indicator: Indicator) -> str:
    """The measure under which counties deliver what an indicator counts once each; '' where it counts nothing."""
    members = [each for member in definition.members(indicator) for each in member.measures]
    return measure.distinct(members) if members and indicator.unit_column == TOWN else ""
