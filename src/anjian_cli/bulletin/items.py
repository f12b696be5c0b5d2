"""The items behind a figure, one by one, each with the record it comes from.

The same view that is summed up, not grouped. Knows what a record is called, not why a figure is asked for.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from anjian_cli.bulletin import due_today
from anjian_cli.bulletin.definition import Definition, Indicator
from anjian_cli.bulletin.period import day_after, ended, month_title
from anjian_cli.bulletin.value import COUNTY
from anjian_cli.ledger import held, measures
from anjian_cli.ledger.measures import Told
from anjian_cli.light_dataclasses import dataclass, replace
from anjian_cli.records import masking
from anjian_cli.records.definition import record as record_type
from anjian_cli.rules import measure
from anjian_cli.rules.intervals import OPEN
from anjian_cli.rules.measure import CHARGED_TO

# What says best which record is meant, of the fields its listing has.
TELLING_ELSE = ("kind", "month")
"""Fields that say what a record is which has no name of its own: what a town reported, and for when."""
TELLING = ("enterprise", "village", "name", "title", "party", "cause", "description", "agency", "action", "source")
DELIVERED = "delivered_sum"
"""The table of what counties have delivered (报送包)."""
CHUNK = 500
TOLD = 4  # columns
STANDING = "from_on <= ? AND ? < until_on"
"""When an item of a stock is in the figure of a day, which is given twice."""


@dataclass(frozen=True, slots=True)
class Item:
    """One countable fact: `told` is what it is, `indicator` the id of the one that is asked for, `town` the unit that
    it counts for by that one: a town, or a department. `number` and
    `description` are of the record it comes from, or of that record's root; `recorded_at` is when the record was
    entered, and by which operation."""

    indicator: str
    told: Told
    town: str
    subject: int
    from_on: str
    until_on: str
    quantity: int
    root: str
    root_id: int
    record: str
    record_id: int
    number: str = ""
    record_title: str = ""
    description: str = ""
    operation: int | None = None
    recorded_at: str = ""

    @property
    def last_on(self) -> str:
        """The last day it counts (stored is the first on which it does not); '' while it is open."""
        return "" if self.until_on == OPEN else max(self.from_on, day_after(self.until_on, -1))


def select(
    connection: sqlite3.Connection,
    definition: Definition,
    indicators: Sequence[Indicator],
    place: str,
    condition: str,
    values: Sequence[str],
    *,
    limit: int = -1,
) -> list[Item]:
    """Items of some indicators at a place (a town in force, UNSETTLED, COUNTY) for which a condition holds: all, or the
    first few."""
    cursor = connection.cursor()
    cursor.row_factory = None
    found: list[Item] = []
    for unit, some in by_unit(indicators).items():
        here, codes = definition.where(place, unit)
        counted, words = measures.condition(of for indicator in some for of in indicator.measures)
        rows = cursor.execute(
            f"SELECT {measures.COLUMNS}, {unit}, subject, from_on, until_on, quantity, root, root_id, record, record_id"
            f" FROM fact_item WHERE {counted} AND {here} AND {condition} AND {whose(unit)}"
            " ORDER BY from_on, record, record_id LIMIT ?",
            (*words, *codes, *values, limit),
        )
        asked = asked_by(connection, some)
        found += [Item(asked(row[:TOLD]), row[:TOLD], *row[TOLD:]) for row in rows]
    if len(indicators) > 1:
        found.sort(key=lambda item: (item.from_on, item.record, item.record_id))
    return found if limit < 0 else found[:limit]


def by_unit(indicators: Sequence[Indicator]) -> dict[str, list[Indicator]]:
    """Indicators by the kind of unit that they count for (`measure.UNITS`)."""
    found: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        found.setdefault(indicator.unit_column, []).append(indicator)
    return found


def whose(unit: str) -> str:
    """A condition on items that holds for those which count for a kind of unit at all. That a hazard went from one
    department to another is nothing to any other kind: what it takes from the one it gives to the other."""
    return f"{unit} IS NOT NULL" + ("" if unit == CHARGED_TO else " AND record <> 'hazard_charge'")


def asked_by(connection: sqlite3.Connection, indicators: Sequence[Indicator]) -> Callable[[Told], str]:
    """Tells of what an item is which of some indicators counts it, the first that does, by its id."""
    of = {text: indicator.id for indicator in reversed(indicators) for text in indicator.measures}
    counting = measures.Measures(connection).counting
    return lambda told: next(of[text] for text in counting(told) if text in of)


def in_figure(
    connection: sqlite3.Connection,
    definition: Definition,
    indicator: Indicator,
    place: str,
    *,
    limit: int = -1,
    first_month: int = 1,
) -> list[Item]:
    """What adds up to the figure of a flow or a stock on the definition's as-of day; the first few, with a limit.

    `first_month`: the month from which a flow counts. See `in_assessed` for what is of a year and no flow."""
    day = definition.period.as_of
    if indicator.kind == "flow":
        when, values = "from_on BETWEEN ? AND ?", [f"{day[:4]}-{first_month:02d}-01", day]
    else:
        when, values = STANDING, [day, day]
    which, more = due_today.among(definition.period, indicator.measures, today=indicator.kind == "today")
    found = []
    for measures_of, sign in _apart(indicator):
        one = replace(indicator, measures=measures_of)
        counted = select(connection, definition, [one], place, f"{when} AND {which}", [*values, *more], limit=limit)
        found += counted if sign > 0 else [replace(item, quantity=-item.quantity) for item in counted]
    if indicator.apart:
        against, beside = definition.indicator(indicator.against), definition.indicator(indicator.apart)
        total = f"{STANDING} AND record = 'opening_figure'"
        standing = select(connection, definition, [against], COUNTY, total, [day, day])
        opened = {definition.roll(item.town) for item in standing}
        apart = select(connection, definition, [beside], place, when, values, limit=limit) if opened else []
        beyond = (item for item in apart if definition.counts_apart(opened, definition.roll(item.town)))
        found += [replace(item, indicator=indicator.id) for item in beyond]
    return found


def in_assessed(connection: sqlite3.Connection, definition: Definition, indicator: Indicator, place: str) -> list[Item]:
    """What adds up to what was counted of an indicator in the 考核期, as points are worked out from it: of what is of a
    year (`Indicator.of_year`) what has come since the 考核期 began, and, taken off, what counted then and no longer
    does."""
    first = definition.first_month
    now = in_figure(connection, definition, indicator, place, first_month=first)
    if first == 1 or not indicator.of_year:
        return now
    before = replace(definition, period=ended(definition.period.year, first - 1))
    then = in_figure(connection, before, indicator, place)
    come, gone = Counter(now), Counter(then)
    return [
        *(come - gone).elements(),
        *(replace(item, quantity=-item.quantity) for item in (gone - come).elements()),
    ]


def _apart(indicator: Indicator) -> Iterator[tuple[tuple[str, ...], int]]:
    """The measures of an indicator, those that may count one item twice apart, and whether they add or take off."""
    facts = [measure.read(each).fact for each in indicator.measures]
    if len(set(facts)) == len(facts):
        yield indicator.measures, 1
    else:
        yield from (((each,), 1) for each in indicator.measures)
    yield from (((each,), -1) for each in indicator.takes_off)


def hold(connection: sqlite3.Connection, items: Iterable[Item]) -> None:
    """Hold the records of items, and the enterprises that are named with them, against what was kept beside them.
    Raises `Refused` as `ledger.held`."""
    ids: dict[str, set[int]] = defaultdict(set)
    for item in items:
        if item.root_id:
            ids[item.root].add(item.root_id)
    hazards = json.dumps(list(ids["hazard"]))
    of = "SELECT enterprise_id FROM hazard WHERE id IN (SELECT value FROM json_each(?))"
    ids["enterprise"].update(firm for (firm,) in connection.execute(of, (hazards,)))
    held.records(connection, ids)


def described(connection: sqlite3.Connection, items: Iterable[Item]) -> list[Item]:
    """The items with number, description and when their record was entered."""
    listed = list(items)
    listings = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    titles = {row[0]: row[1] for row in connection.execute("SELECT name, title FROM record_table")}
    wanted: dict[str, set[int]] = defaultdict(set)
    for item in listed:
        wanted[_shown(item, listings)[0]].add(_shown(item, listings)[1])
    told = {table: _tell(connection, table, sorted(ids)) for table, ids in wanted.items()}
    entered = {
        record: _entered(connection, record, sorted({i.record_id for i in listed if i.record == record}))
        for record in {item.record for item in listed}
    }
    at: dict[int, str] = {}
    for operation in {o for found in entered.values() for o in found.values()}:
        at[operation] = connection.execute("SELECT at FROM operation WHERE id = ?", (operation,)).fetchone()[0]
    packages = _of_packages(connection, sorted(i.record_id for i in listed if i.record == DELIVERED))
    result = []
    for item in listed:
        table, row = _shown(item, listings)
        number, description = told[table].get(row, ("", ""))
        by = entered[item.record].get(item.record_id)
        if item.record == DELIVERED:
            table, description = DELIVERED, packages[item.record_id]
        result.append(
            replace(
                item,
                number=number,
                description=description,
                record_title=titles.get(table, table),
                operation=by,
                recorded_at="" if by is None else at[by],
            )
        )
    return result


def _shown(item: Item, listings: set[str]) -> tuple[str, int]:
    """The table and row that people know the item by: its record's own, if that is a record type, or its root."""
    if f"{item.record}_listing" in listings:
        return item.record, item.record_id
    return item.root, item.root_id


def _tell(connection: sqlite3.Connection, table: str, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    told: dict[int, tuple[str, str]] = {}
    columns = record_type(table).columns
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        cursor = connection.execute(f'SELECT * FROM "{table}_listing" WHERE id IN ({", ".join("?" * len(some))})', some)
        names = [part[0] for part in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            parts = [str(masking.shown(columns.get(name), row[name], row=row)) for name in TELLING if row.get(name)]
            parts = parts or [str(row[name]) for name in TELLING_ELSE if row.get(name)]
            told[row["id"]] = (str(row["number"]), masking.in_text("，".join(parts)))
    return told


def _of_packages(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, str]:
    """Of which unit of the county a delivered sum is, of which month, and which package told it last, in words. A
    package tells all months up to its own."""
    told: dict[int, str] = {}
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        for row, unit, ends_on, month, serial in connection.execute(
            "SELECT s.id, COALESCE(u.name, s.unit), s.ends_on, p.month, p.serial FROM delivered_sum s"
            " JOIN received_package p ON p.id = (SELECT n.id FROM received_package n"
            " WHERE n.reporting_ledger_id = s.reporting_ledger_id ORDER BY n.month DESC, n.serial DESC LIMIT 1)"
            " LEFT JOIN delivered_unit u ON u.reporting_ledger_id = s.reporting_ledger_id AND u.unit = s.unit"
            f" WHERE s.id IN ({', '.join('?' * len(some))})",
            tuple(some),
        ):
            of = f"{unit or '不分单位'}，{month_title(ends_on[:7])}"
            told[row] = f"{of}，{month_title(month)}第{serial}次报送"
    return told


def _entered(connection: sqlite3.Connection, table: str, ids: Sequence[int]) -> dict[int, int]:
    """The operation that inserted each row."""
    found: dict[int, int] = {}
    wanted = set(ids)
    for operation, first, last in connection.execute(
        "SELECT operation, first_id, last_id FROM change WHERE table_name = ? AND before IS NULL"
        " AND first_id <= ? AND last_id >= ? ORDER BY operation DESC",
        (table, ids[-1], ids[0]),
    ):
        if last - first < len(wanted):
            found.update((row, operation) for row in range(first, last + 1) if row in wanted)
        else:
            found.update((row, operation) for row in wanted if first <= row <= last)
    return found
