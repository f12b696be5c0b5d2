"""Opening figures (期初数) as figures rest on them: totals that are known without their records, each of a measure.

Whatever counts a measure counts its totals, under whatever name it was told; nothing wider and nothing narrower does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from anjian_cli.bulletin.definition import Definition, Indicator
from anjian_cli.bulletin.delivered_source import Received
from anjian_cli.light_dataclasses import dataclass, replace
from anjian_cli.light_typing import TYPE_CHECKING
from anjian_cli.rules import measure
from anjian_cli.rules.unit_kinds import DEPARTMENTS

if TYPE_CHECKING:
    from anjian_cli.bulletin.delivered_source import Deliveries

OPENED = (
    "COALESCE((SELECT i.measure FROM shipped_indicator i WHERE i.id = o.indicator),"
    " (SELECT i.measure FROM scheme_indicator i JOIN scheme s ON s.id = i.scheme_id"
    " WHERE i.code = o.indicator AND s.voided_on IS NULL AND s.purpose IS NULL LIMIT 1), o.indicator)"
)
"""The measure of an opening figure o, as its item has it."""
WITHIN: Mapping[str, tuple[str, ...]] = {"accident.larger": ("accident.count", "accident.deaths")}
"""Facts that single out some of what other facts count. A total of these, under whatever conditions, does not say how
many of them there are under the same."""


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening figure: a total known without its records, of whatever counts its `measure`. `town` is the one in
    force, `told_of` the one that it was told of, which may have gone into that one since."""

    indicator: str
    town: str
    from_on: str
    until_on: str
    period_from: str | None
    quantity: int
    last_rank: int | None
    source: str
    measure: str = ""
    told_of: str = ""


def openings_of(
    connection: sqlite3.Connection, definition: Definition, deliveries: Deliveries | None = None
) -> tuple[Opening, ...]:
    """The opening figures in force, each of the town in force that its own town counts for, by their days; there are
    none of departments. What counties delivered is the ledger's where nothing else is named."""
    if definition.of == DEPARTMENTS:
        return ()
    found = connection.execute(
        "SELECT indicator, COALESCE(town_code, '') AS town, from_on, until_on, period_from, quantity, last_rank,"
        f" source, {OPENED} AS measure, COALESCE(town_code, '') AS told_of"
        " FROM opening_figure o WHERE voided_on IS NULL ORDER BY from_on"
    )
    own = (replace(Opening(**row), town=definition.roll(row["town"])) for row in found)
    return (*own, *(_delivered(definition, deliveries or Received(connection)) if definition.counties else ()))


def _delivered(definition: Definition, deliveries: Deliveries) -> Iterator[Opening]:
    """Those that delivered sums (报送包) rest on: of each unit that they were told of, for the county in force that it
    counts for."""
    for of, county, unit, from_on, until_on, period_from, quantity in deliveries.openings():
        yield Opening(
            indicator=of,
            town=definition.roll(county),
            from_on=from_on,
            until_on=until_on,
            period_from=period_from,
            quantity=quantity,
            last_rank=None,
            source="报送包",
            measure=of,
            told_of=f"{county} {unit}",
        )


def singles_out(indicator: Indicator) -> bool:
    """Whether an indicator counts some of what others count, so that a total of theirs leaves it unknown."""
    return any(measure.read(of).fact in WITHIN for of in indicator.sums)


def wider(of: str) -> tuple[str, ...]:
    """The measures of which a measure singles out some, under the same conditions."""
    if not of.startswith(tuple(WITHIN)):  # asked of every cell; reading the text takes longer than all else
        return ()
    own = measure.read(of)
    return tuple(measure.written(fact, own.words, own.unit) for fact in WITHIN.get(own.fact, ()))
