"""Death rates of production and business activity: deaths of the year to date over what is published of the county.

The denominator is part of the figure: which statistic, up to which day, from which source. Reads statistics; the
deaths are given.
"""

from __future__ import annotations

import sqlite3
from fractions import Fraction

from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.value import Base, DeathRate

HUNDRED_MILLION_YUAN = 10**10  # in fen
PER = {
    "生产总值": ("亿元生产总值死亡率", "人/亿元", HUNDRED_MILLION_YUAN),
    "从业人员": ("10万从业人员死亡率", "人/10万人", 100_000),
}


def death_rates(
    connection: sqlite3.Connection, period: Period, deaths: int | None, last_year: int | None
) -> tuple[DeathRate, ...]:
    """A rate for every kind of statistic that the county has; none where the deaths are not known.

    The denominator is the latest statistic up to the bulletin's day, and for the year before the latest up to the
    same day of that year: the same rule for both.
    """
    if deaths is None:
        return ()
    found = []
    for kind, (title, unit, per) in PER.items():
        base = _base(connection, kind, period.as_of)
        if base is None:
            continue
        before = None if last_year is None else _base(connection, kind, period.years_before(1))
        last_rate = None if before is None or last_year is None else Fraction(last_year * per, before.quantity)
        rate = Fraction(deaths * per, base.quantity)
        found.append(
            DeathRate(
                title=title,
                unit=unit,
                kind=kind,
                deaths=deaths,
                base=base,
                rate=rate,
                last_year=last_year,
                last_base=before,
                last_rate=last_rate,
            )
        )
    return tuple(found)


def _base(connection: sqlite3.Connection, kind: str, day: str) -> Base | None:
    found = connection.execute(
        "SELECT quantity, from_on AS as_of, source FROM statistic WHERE kind = ? AND town_code IS NULL AND from_on <= ?"
        " AND voided_on IS NULL ORDER BY from_on DESC LIMIT 1",
        (kind, day),
    ).fetchone()
    return None if found is None else Base(**found)
