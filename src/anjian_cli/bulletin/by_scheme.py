"""Who would stand where in a month by one scheme or another."""

from __future__ import annotations

import sqlite3
from fractions import Fraction

from anjian_cli.bulletin import figures, tables
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.tables import Places
from anjian_cli.ledger.schemes import Scheme
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.rules.unit_kinds import TOWNS


@dataclass(frozen=True, slots=True)
class Standing:
    """The score of a town or a department (None where nothing is asked of it) and its place; `provisional` where
    something of it is open."""

    town: str
    score: Fraction | None
    rank: int | None
    provisional: bool = False


def standing(connection: sqlite3.Connection, period: Period, scheme: Scheme, of: str = TOWNS) -> list[Standing]:
    """The units of a kind (TOWNS, DEPARTMENTS) of a month, best first, by the records of now, whatever was locked."""
    definition = define(connection, period, scheme=scheme, of=of)
    ranked = {each.id for each in definition.indicators if each.ranked}
    built = tables.build(definition, figures.compute(connection, definition, looking_back=False), Places(), ranked)
    names = {town.code: town.name for town in definition.towns}
    open_ = {row.town for row in built.points.rows if row.provisional} if built.points is not None else set()
    return [Standing(names[row.town], row.score, row.rank, row.town in open_) for row in built.scores]
