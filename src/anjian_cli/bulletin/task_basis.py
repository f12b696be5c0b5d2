"""任务依据: on which document the year's tasks rest, from which day, and what they were before. Reads targets as of the
bulletin's day.
"""

from __future__ import annotations

import sqlite3
from itertools import groupby

from anjian_cli.bulletin.definition import Definition, unit_columns
from anjian_cli.bulletin.value import COUNTY, TARGET, TaskBasis


def task_basis(connection: sqlite3.Connection, definition: Definition) -> list[TaskBasis]:
    """The targets of the period's year that are in force, by indicator and town in the office's order, the county's own
    last. Left out: what was withdrawn from the beginning, what a town was given for an indicator that is measured
    against another, and what the scheme does not ask (any more)."""
    day = definition.period.as_of
    whose, others = unit_columns(definition.of)
    named = "department t ON t.number" if whose == "department" else "town t ON t.code"
    rows = connection.execute(
        f"SELECT g.indicator, g.{whose} AS unit, t.name, g.quantity, g.document, g.from_on, g.until_on,"
        " COALESCE(g.remark, '') AS remark FROM target g LEFT JOIN "
        f"{named} = g.{whose} WHERE g.year = ? AND g.voided_on IS NULL AND g.from_on <= ? AND g.{others} IS NULL"
        f" ORDER BY g.indicator, g.{whose}, g.from_on",
        (definition.period.year, day),
    ).fetchall()
    indicators = {indicator.id: (at, indicator) for at, indicator in enumerate(definition.indicators)}
    order = {town.code: at for at, town in enumerate(definition.towns)} | {COUNTY: len(definition.towns)}
    found: list[tuple[int, int, TaskBasis]] = []
    for (of, code), group in groupby(rows, key=lambda row: (row["indicator"], row["unit"])):
        if of not in indicators:
            continue
        *earlier, last = group
        town = COUNTY if code is None else definition.roll(code)
        at, indicator = indicators[of]
        if town not in order or day >= last["until_on"] or (code is not None and indicator.against != TARGET):
            continue
        if last["quantity"] is None and not earlier:
            continue
        basis = TaskBasis(
            indicator=of,
            town=town,
            name=last["name"] or definition.county,
            quantity=last["quantity"],
            document=last["document"],
            from_on=last["from_on"],
            adjusted=bool(earlier),
            before=earlier[-1]["quantity"] if earlier else None,
            reason=last["remark"] if earlier else "",
        )
        found.append((at, order[town], basis))
    found.sort(key=lambda each: each[:2])
    return [basis for *_, basis in found]
