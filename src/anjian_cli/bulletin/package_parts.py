"""What a county's ledger delivers of a month to the unit above (报送包): sums by measure and month, the opening figures
they rest on, the figures of the month as it was issued, what its facts mean, and a catalogue to read them by.

All of it is whole numbers and words of lists; no person and no firm is named. Values in and out of a ledger: knows no
file. The sums reach from the ledger's beginning to the month's end, so that a package takes the place of all before it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from anjian_cli.bulletin import correction, locked_month, meaning
from anjian_cli.bulletin.definition import define, towns_on
from anjian_cli.bulletin.opening_totals import OPENED
from anjian_cli.bulletin.period import Period, month_end
from anjian_cli.errors import refused
from anjian_cli.ledger import held, roots, schemes, settings, witness
from anjian_cli.ledger.measures import condition
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules import measure
from anjian_cli.rules.measure import TOWN


class Sum(NamedTuple):
    """What came and what went in a month (its last day), by measure and unit ('' = of none)."""

    unit: str
    measure: str
    ends_on: str
    came: int
    went: int


class Opened(NamedTuple):
    """An opening figure that the sums hold (`opening_totals.Opening`)."""

    unit: str
    measure: str
    from_on: str
    until_on: str
    period_from: str
    quantity: int


class IssuedCell(NamedTuple):
    """A figure of a month that was issued: what was printed of a unit, what has been corrected since, and the measures
    that are added up and taken off in it. `counted`: flow or stock."""

    unit: str
    indicator: str
    counted: str
    measures: tuple[str, ...]
    takes_off: tuple[str, ...]
    issued: int
    corrected: int


class Unit(NamedTuple):
    """A unit of the county: its code and name, and the code of the unit in force that it counts for ('' for none)."""

    code: str
    name: str
    counts_for: str


class Task(NamedTuple):
    """A task that the county has set a unit ('' = the county itself) for the year of the month."""

    unit: str
    indicator: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Parts:
    """What a package carries. `facts`: by fact the digest of what it means here; `measures` those that are counted."""

    region: str
    region_name: str
    ledger: str
    month: str
    head_hash: str
    operation: int
    issued: bool
    demonstration: bool
    scheme: str
    facts: Mapping[str, str]
    measures: tuple[str, ...]
    units: tuple[Unit, ...]
    tasks: tuple[Task, ...]
    sums: tuple[Sum, ...]
    openings: tuple[Opened, ...]
    cells: tuple[IssuedCell, ...]


def of_month(connection: sqlite3.Connection, period: Period) -> Parts:
    """What the ledger delivers of an ended month. Raises `Refused` E922 (no region), and as `ledger.held` where what it
    rests on is not as it was written."""
    held.definitions(connection)
    held.tables(
        connection, ("setting", "town", "target", "opening_figure", "scheme", "scheme_indicator", "scheme_part")
    )
    held.tail(connection)
    held.months(connection)
    region = settings.value(connection, "region_code", period.as_of) or _region_since(connection)
    if not region:
        raise refused("E922")
    head = witness.head(connection)
    locked = locked_month.find(connection, period.key)
    issued = locked is not None and locked.issued_on is not None
    distinct = _distinct(connection)
    _, rolled = towns_on(connection, period.as_of)
    counted = [
        text
        for (text,) in connection.execute(
            "SELECT id FROM measure WHERE instr(id, '@') = 0 AND NOT id GLOB 'report.*' ORDER BY id"
        )
    ]
    return Parts(
        region=region,
        region_name=settings.region_name(connection),
        ledger=witness.ledger_id(connection),
        month=period.key,
        head_hash=head.hash if head else "",
        operation=head.operation if head else 0,
        issued=issued,
        demonstration=settings.is_demonstration(connection),
        scheme=schemes.on(connection, period.as_of).title,
        facts=dict(meaning.fact_digests(connection)),
        measures=(*counted, *sorted(distinct)),
        units=tuple(
            Unit(code, name, rolled.get(code, ""))
            for code, name in connection.execute("SELECT code, name FROM town WHERE voided_on IS NULL ORDER BY code")
        ),
        tasks=tuple(
            Task(*row)
            for row in connection.execute(
                "SELECT COALESCE(g.town_code, ''), COALESCE(i.short, g.indicator), g.quantity FROM target g"
                " LEFT JOIN indicator i ON i.id = g.indicator WHERE g.year = ? AND g.voided_on IS NULL"
                " AND g.department IS NULL AND g.from_on <= ? AND ? < g.until_on AND g.quantity IS NOT NULL"
                " ORDER BY 1, 2",
                (period.year, period.as_of, period.as_of),
            )
        ),
        sums=tuple(sorted([*_sums(connection, period.key), *_distinct_sums(connection, distinct, period.key)])),
        openings=tuple(sorted(_openings(connection))),
        cells=tuple(sorted(_cells(connection, period))) if issued else (),
    )


def _sums(connection: sqlite3.Connection, month: str) -> Iterator[Sum]:
    for unit, text, of, came, went in connection.execute(
        "SELECT town_code, measure, month, came, went FROM measure_month WHERE month <= ? AND instr(measure, '@') = 0"
        " AND NOT measure GLOB 'report.*' AND (came <> 0 OR went <> 0)",
        (month,),
    ):
        yield Sum(unit, text, month_end(int(of[:4]), int(of[5:])), came, went)


def _region_since(connection: sqlite3.Connection) -> str:
    """The county's code as it was first written down, after the month that is delivered; '' where it never was."""
    found = connection.execute(
        "SELECT value FROM setting WHERE name = 'region_code' AND voided_on IS NULL ORDER BY from_on LIMIT 1"
    ).fetchone()
    return "" if found is None else str(found[0])


_MEMBERS = (
    "WITH of (indicator, measure, counts) AS ("
    " SELECT id, measure, category = :category AND kind = 'sum' AND ranked = 1 FROM shipped_indicator WHERE :scheme = 0"
    " UNION ALL SELECT code, measure, category = :category AND kind = 'sum' AND ranked = 1 FROM scheme_indicator"
    " WHERE scheme_id = :scheme),"
    " every (measure) AS (SELECT measure FROM of WHERE counts UNION"
    " SELECT p.measure FROM scheme_part p JOIN of ON of.indicator = p.indicator AND of.counts"
    " WHERE p.scheme_id = :scheme AND p.sign > 0)"
    " SELECT measure FROM every JOIN fact f ON f.id = substr(measure, 1, instr(measure || '?', '?') - 1)"
    " WHERE f.counted = 'stock'"
)
"""The measures over which a category's distinct indicator counts: those of its ranked stocks."""


def _distinct(connection: sqlite3.Connection) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """What is counted once each by any scheme, by its measure: the table of records that are counted, and the measures
    that it is counted over."""
    found = {}
    for scheme, category, counts in connection.execute(
        "SELECT 0, category, counts FROM shipped_indicator WHERE kind = 'distinct' UNION ALL"
        " SELECT i.scheme_id, i.category, i.counts FROM scheme_indicator i JOIN scheme s ON s.id = i.scheme_id"
        " WHERE i.kind = 'distinct' AND s.voided_on IS NULL"
    ).fetchall():
        members = connection.execute(_MEMBERS, {"scheme": scheme, "category": category})
        of = tuple(text for (text,) in members if "@" not in text)
        if of:
            found[measure.distinct(of)] = (counts, of)
    return found


def _distinct_sums(
    connection: sqlite3.Connection, distinct: Mapping[str, tuple[str, tuple[str, ...]]], month: str
) -> Iterator[Sum]:
    """By unit, how many subjects came to and went from those that are counted on the last days of the months: each once
    in the unit where it is, so that units add up."""
    for text, (record, of) in distinct.items():
        held.tables(connection, (record, "residence"))
        root, _ = roots.catalogue(connection)[record]
        counted, words = condition(of)
        months: dict[tuple[str, int], set[str]] = defaultdict(set)
        items = connection.execute(
            f"SELECT {TOWN}, subject, from_on, until_on FROM {root}_item"
            f" WHERE record = ? AND {TOWN} IS NOT NULL AND {counted}",
            (record, *words),
        )
        for unit, subject, from_on, until_on in items:
            months[unit, subject].update(_months_held(from_on, until_on, month))
        steps: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for (unit, _), ends in months.items():
            for came, went in _stretches(sorted(ends), month) if ends else ():
                steps[unit, came][0] += 1
                if went:
                    steps[unit, went][1] += 1
        for (unit, ends_on), (plus, minus) in steps.items():
            yield Sum(unit, text, ends_on, plus, minus)


def _months_held(from_on: str, until_on: str, last: str) -> Iterator[str]:
    """The last days of months, up to a month, that lie within an interval."""
    year, month = int(from_on[:4]), int(from_on[5:7])
    while f"{year:04d}-{month:02d}" <= last:
        end = month_end(year, month)
        if end >= until_on:
            return
        yield end
        year, month = year + month // 12, month % 12 + 1


def _stretches(ends: list[str], last: str) -> Iterator[tuple[str, str]]:
    """Of the months' last days on which something holds, those on which it has begun, each with the one on which it has
    ended since ('' for none up to the last month)."""
    began = ends[0]
    for one, following in pairwise(ends):
        after = _end_after(one)
        if following != after:
            yield began, after
            began = following
    after = _end_after(ends[-1])
    yield began, after if after[:7] <= last else ""


def _end_after(end: str) -> str:
    year, month = int(end[:4]), int(end[5:7])
    return month_end(year + month // 12, month % 12 + 1)


def _openings(connection: sqlite3.Connection) -> Iterator[Opened]:
    """The opening figures, by the measures that they are totals of."""
    found: dict[tuple[str, str, str, str, str], int] = defaultdict(int)
    for unit, text, from_on, until_on, period_from, quantity in connection.execute(
        f"SELECT COALESCE(town_code, ''), {OPENED}, from_on, until_on, COALESCE(period_from, ''), quantity"
        " FROM opening_figure o WHERE voided_on IS NULL"
    ):
        found[unit, text, from_on, until_on, period_from] += quantity
    for (unit, text, from_on, until_on, period_from), quantity in found.items():
        yield Opened(unit, text, from_on, until_on, period_from, quantity)


def _cells(connection: sqlite3.Connection, period: Period) -> Iterator[IssuedCell]:
    """The flows and stocks of an issued month that are known, with what its records say of them now."""
    locked = locked_month.find(connection, period.key)
    assert locked is not None
    definition = define(connection, period)
    since = {
        (each.indicator, each.town): (each.now or 0) - (each.was or 0)
        for each in correction.month_diff(connection, period.key)
    }
    of = {indicator.id: indicator for indicator in definition.indicators}
    for category in locked.kept().categories:
        for table in category.indicators:
            indicator = of.get(table.id)
            if indicator is None or indicator.kind not in ("flow", "stock"):
                continue
            if any(
                each.startswith("report.") for each in indicator.sums
            ):  # what is told to us is no business of theirs
                continue
            for cell in (*table.cells, *([table.other] if table.other else [])):
                if cell.done is None:
                    continue
                yield IssuedCell(
                    unit=cell.town,
                    indicator=indicator.short,
                    counted=indicator.kind,
                    measures=indicator.measures,
                    takes_off=indicator.takes_off,
                    issued=cell.done,
                    corrected=since.get((indicator.id, cell.town), 0),
                )
