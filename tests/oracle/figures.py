"""What the ledger says: its figures by three ways, and every row of its tables."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import cache
from typing import Any

from anjian_cli.ledger import create
from anjian_cli.ledger import open as opening
from oracle.by_indicator import INDICATORS, items, sums

Figures = Mapping[tuple[str, str], int]
Dump = dict[str, list[tuple[object, ...]]]


def from_view(connection: sqlite3.Connection, day: str) -> Figures:
    return _figures(
        connection,
        f"SELECT v.indicator, v.town_code, sum(v.quantity) FROM {items()} v"
        f" LEFT JOIN {INDICATORS} i ON i.id = v.indicator"
        " WHERE v.from_on <= ?1 AND CASE i.kind WHEN 'flow' THEN v.from_on >= ?2 ELSE ?1 < v.until_on END"
        " GROUP BY 1, 2",
        (day, day[:4] + "-01-01"),
    )


def from_days(connection: sqlite3.Connection, day: str) -> Figures:
    return _figures(
        connection,
        "SELECT s.indicator, s.town_code, sum(s.came - CASE i.kind WHEN 'flow' THEN 0 ELSE s.went END)"
        f" FROM {sums('measure_day')} s LEFT JOIN {INDICATORS} i ON i.id = s.indicator"
        " WHERE s.day <= ?1 AND (i.kind IS NOT 'flow' OR s.day >= ?2) GROUP BY 1, 2",
        (day, day[:4] + "-01-01"),
    )


def from_days_each(connection: sqlite3.Connection, days: Iterable[str]) -> Iterator[tuple[str, Figures]]:
    """`from_days` of many days: the sums are read once and added up from day to day."""
    rows = connection.execute(
        "SELECT s.day, s.indicator, s.town_code, s.came, s.went, i.kind IS 'flow'"
        f" FROM {sums('measure_day')} s LEFT JOIN {INDICATORS} i ON i.id = s.indicator ORDER BY s.day DESC"
    ).fetchall()
    standing, of_year, year = Counter[tuple[str, str]](), Counter[tuple[str, str]](), ""
    for day in sorted(days):
        while rows and rows[-1][0] <= day:
            on, indicator, town, came, went, flows = rows.pop()
            if on[:4] != year:
                year = on[:4]
                of_year.clear()
            (of_year if flows else standing)[indicator, town] += came if flows else came - went
        if day[:4] != year:
            year = day[:4]
            of_year.clear()
        yield day, Counter({cell: n for cells in (standing, of_year) for cell, n in cells.items() if n})


def from_months(connection: sqlite3.Connection, day: str) -> Figures:
    """Whole months, and the days of the running one."""
    return _figures(
        connection,
        "SELECT s.indicator, s.town_code, sum(s.came - CASE i.kind WHEN 'flow' THEN 0 ELSE s.went END) FROM ("
        f" SELECT month AS at, indicator, town_code, came, went FROM {sums('measure_month')} WHERE month < ?3"
        f" UNION ALL SELECT day, indicator, town_code, came, went FROM {sums('measure_day')}"
        " WHERE day BETWEEN ?3 || '-01' AND ?1"
        f") s LEFT JOIN {INDICATORS} i ON i.id = s.indicator WHERE i.kind IS NOT 'flow' OR s.at >= ?2 GROUP BY 1, 2",
        (day, day[:4] + "-01", day[:7]),
    )


def _figures(connection: sqlite3.Connection, query: str, values: tuple[str, ...]) -> Figures:
    return Counter({(i, t): n for i, t, n in connection.execute(query, values) if n})


def record_tables(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM record_table ORDER BY name")]


def dump(connection: sqlite3.Connection, tables: Iterable[str] | None = None) -> Dump:
    """Every row of every table (or of those named)."""
    if tables is None:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name != "sqlite_stat1"
        ]
    return {
        table: [tuple(row) for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2')] for table in tables
    }


@cache
def _empty() -> bytes:
    """An empty ledger, made once."""
    with closing(sqlite3.connect(":memory:")) as connection:
        create.fill(connection)
        return connection.serialize()


def new_ledger() -> sqlite3.Connection:
    """An empty ledger in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(_empty())
    connection.row_factory = sqlite3.Row
    opening.prepare(connection)
    return connection


def difference(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> dict[Any, tuple[Any, Any]]:
    """The cells in which two tables of figures differ."""
    return {
        cell: (one.get(cell), other.get(cell)) for cell in one.keys() | other.keys() if one.get(cell) != other.get(cell)
    }
