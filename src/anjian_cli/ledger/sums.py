"""The sums: what came and what went by day and by month, of each measure for each unit (a town, a department).

They follow from the items that the views tell, each of which is in the sums of the measures that count it. An operation
brings them up to date by the difference of the items of the roots it touches; `counted` and `rebuild_sums` count every
item.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from anjian_cli.ledger import held, roots
from anjian_cli.ledger.asked import ASKS
from anjian_cli.ledger.measures import Measures, Told, Units, told, units
from anjian_cli.ledger.pending import Pending
from anjian_cli.ledger.spans import Span, Spans, merged, without
from anjian_cli.rules.intervals import OPEN

Item = tuple[Told, Units, str, str, int]  # what, whose, from_on, until_on, quantity
Words = tuple[str, str, str]  # kind, level, channel
Whose = tuple[Sequence[str], Sequence[str] | None, Sequence[str] | None]
"""By column, whose items are: `measures.Units`. None: nobody has said of any."""
Items = tuple[str, Sequence[Words], Whose, Sequence[str], Sequence[str]]
"""Items of one fact, of one each: the fact, and by column their words, units, from_on, until_on."""
Cell = tuple[str, str, str]  # day, measure, unit
Sums = dict[Cell, int]
Days = defaultdict[str, int]
Apart = dict[tuple[str, str], tuple[Days, Days]]  # by measure and unit: came and went, each by day
TABLES = ("measure_month", "measure_day", "measure_total")
"""The tables of sums."""

COUNTED_AT_ONCE = 20_000  # roots whose items are held in memory together


class Difference:
    """By how much one operation moves the sums: the items of the roots it touches, before and after."""

    def __init__(self, connection: sqlite3.Connection, pending: Pending, tables: roots.Catalogue, made: Spans) -> None:
        """`made` are the rows that the operation inserted; the caller adds to them."""
        self._connection, self._pending, self._tables, self._made = connection, pending, tables, made
        self._counting = roots.counting(connection)
        self._measures = Measures(connection)
        self._removed = Spans()
        self._sound = Spans()  # roots that came in bulk and need not be held against their rules one by one
        self._joined: set[tuple[str, int]] = set()  # of these, the ones that something came to afterwards
        self._before: dict[tuple[str, int], list[Item]] = {}  # by root
        self._came: Sums = defaultdict(int)
        self._went: Sums = defaultdict(int)
        self._came_sound: Sums = defaultdict(int)
        self._went_sound: Sums = defaultdict(int)

    def touch(self, root: str, root_id: int) -> None:
        """Before something of a root changes: hold it against what was kept beside it, and keep its items. Raises
        `Refused` where it is not as the gate left it."""
        key = (root, root_id)
        if self._sound.holds(*key):
            self._joined.add(key)
        if key in self._before or self._made.holds(*key) or self._removed.holds(*key):
            return
        held.rows(self._connection, root, root_id, root_id)
        self._before[key] = self._items(root, root_id)

    def has_before(self, root: str, root_id: int) -> bool:
        """Whether the items that a root had before are kept."""
        return (root, root_id) in self._before

    def vouch(self, root: str, ids: range, items: Iterable[Items]) -> None:
        """Roots of `made` that came whole and that no rule can find fault with, and all their items, of one each. Those
        that something comes to afterwards are held against the rules, and then all are counted by the view."""
        self._sound.add(root, ids[0], ids[-1])
        for fact, words, whose, came, went in items:
            # Told apart by the measures that count them: of these sets there are fewer than of words, mostly one.
            counting = {of: self._measures.placed((fact, *of)) for of in set(words)}
            by_set: dict[tuple[tuple[str, int], ...], int] = {}
            for of in counting.values():
                by_set.setdefault(of, len(by_set))
            sets = tuple(by_set)
            at_of = {of: by_set[found] for of, found in counting.items()}
            which = [*map(at_of.__getitem__, words)] if len(sets) > 1 else [0] * len(words)
            for place in sorted({place for of in sets for _, place in of}):
                in_place = [[measure for measure, at in of if at == place] for of in sets]
                units_told = whose[place] or [""] * len(words)
                for days, sums in ((came, self._came_sound), (went, self._went_sound)):
                    for (at, day, unit), count in Counter(zip(which, days, units_told, strict=True)).items():
                        if day < OPEN:
                            for measure in in_place[at]:
                                sums[day, measure, unit] += count

    def remove(self, root: str, first: int, last: int) -> None:
        """Before roots go whole: held as by `touch`; their items are counted off at once, not root by root."""
        held.rows(self._connection, root, first, last)
        self._count(root, first, last, -1)
        self._removed.add(root, first, last)

    def touched(self) -> list[Span]:
        """The roots this operation touched, as ranges."""
        spans = [(root, i, i) for root, i in self._before]
        spans += [span for span in self._made.spans() if self._is_root(span[0])]
        return merged([*spans, *self._removed.spans()])

    def not_vouched_for(self) -> list[Span]:
        """Of the roots touched, those that may break a rule."""
        joined = [(root, root_id, root_id) for root, root_id in self._joined]
        return merged([*without(self.touched(), self._sound), *joined])

    def bring_up_to_date(self) -> set[Cell]:
        """Bring the sums up to date; returns the cells that moved."""
        if any(root == ASKS for root, _, _ in self.touched()):
            return _counted_otherwise(self._connection)
        for (root, root_id), before in self._before.items():
            self._add(before, -1)
            self._add(self._items(root, root_id), 1)
        uncounted = list(self._made.spans())
        if not self._joined:  # else what was said of them holds no more
            uncounted = without(uncounted, self._sound)
            for sums, told in ((self._came, self._came_sound), (self._went, self._went_sound)):
                while told:
                    cell, count = told.popitem()
                    sums[cell] += count
        for table, first, last in uncounted:
            if self._is_root(table):
                self._count(table, first, last, 1)
        return _add_to_sums(self._connection, self._came, self._went)

    def _is_root(self, table: str) -> bool:
        return self._tables[table][1] == "id"

    def _items(self, root: str, root_id: int) -> list[Item]:
        if root not in self._counting:
            return []
        cursor = self._pending.written().cursor()
        return list(_items(cursor, self._measures, root, "root_id = ?", (root_id,)))

    def _count(self, root: str, first: int, last: int, sign: int) -> None:
        """Count all items of roots, or (-1) count them off."""
        if root not in self._counting:
            return
        cursor = self._pending.written().cursor()
        for start in range(first, last + 1, COUNTED_AT_ONCE):
            end = min(start + COUNTED_AT_ONCE - 1, last)
            self._add(_items(cursor, self._measures, root, "root_id BETWEEN ? AND ?", (start, end)), sign)

    def _add(self, items: Iterable[Item], sign: int) -> None:
        """Add items to what came and went, or (-1) take them off."""
        _add_up(self._measures, items, sign, self._came, self._went)


def _counted_otherwise(connection: sqlite3.Connection) -> set[Cell]:
    """Count all measures there are now, where an operation has changed which; returns the cells that moved. Those of a
    measure that came or went have not."""
    cursor = connection.cursor()
    cursor.row_factory = None
    query = "SELECT day, measure, town_code, came, went FROM measure_day"
    before = {row[:3]: row[3:] for row in cursor.execute(query)}
    rebuild_sums(connection)
    asked = {measure for _, measure, _ in before}
    after = {row[:3]: row[3:] for row in cursor.execute(query) if row[1] in asked}
    both = {measure for _, measure, _ in after}
    cells = before.keys() | after.keys()
    return {cell for cell in cells if cell[1] in both and before.get(cell) != after.get(cell)}


def rebuild_sums(connection: sqlite3.Connection) -> None:
    """Count every item anew into the tables of sums, each in the order of its keys: that takes half the time."""
    days: defaultdict[str, list[tuple[str | int, ...]]] = defaultdict(list)
    months: defaultdict[str, list[tuple[str | int, ...]]] = defaultdict(list)
    totals: list[tuple[str | int, ...]] = []
    for (measure, unit), (came, went) in sorted(counted_apart(connection).items()):
        of_months: defaultdict[str, list[int]] = defaultdict(_nothing)
        for day in came.keys() | went.keys():
            plus, minus = came.get(day, 0), went.get(day, 0)
            if plus or minus:
                days[day].append((day, measure, unit, plus, minus))
                _weigh(of_months[day[:7]], plus, minus, int(day[8:]))
        total = _nothing()
        for month, sums in of_months.items():
            _weigh(total, sums[0], sums[1], _number(month))
            if any(sums):
                months[month].append((month, measure, unit, *sums))
        if any(total):
            totals.append((measure, unit, *total))
    for table, width, rows in zip(TABLES, (7, 5, 6), (_in_order(months), _in_order(days), totals), strict=True):
        connection.execute(f"DELETE FROM {table}")
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


def counted(connection: sqlite3.Connection) -> tuple[Sums, Sums]:
    """What came and what went by day, as the view gives it; a cell may have come to 0."""
    came: Sums = {}
    went: Sums = {}
    for (measure, unit), (of_came, of_went) in counted_apart(connection).items():
        came.update(((day, measure, unit), count) for day, count in of_came.items())
        went.update(((day, measure, unit), count) for day, count in of_went.items())
    return came, went


def counted_apart(connection: sqlite3.Connection) -> Apart:
    """The same, measure by measure and unit by unit."""
    found: Apart = {}
    measures = Measures(connection)
    cursor = connection.cursor()
    cursor.row_factory = None
    for root in sorted(roots.counting(connection)):
        asked = measures.asked(root)
        for_units = measures.units(root)
        grouped = ", ".join(("fact", *asked, *for_units))
        parted = 1 + len(asked)
        # One pass over the view, and the days of a group as one text: a row of Python's for each item takes longer than
        # the view, and to have SQL group by days as well it would be read twice.
        for *of, quantity, came, went in cursor.execute(
            f"SELECT {grouped}, quantity, group_concat(from_on), group_concat(until_on)"
            f" FROM {root}_item GROUP BY {grouped}, quantity"
        ):
            counting, whose = measures.placed(told(asked, of[:parted])), units(for_units, of[parted:])
            days = (Counter(came.split(",")), Counter(went.split(","))) if counting else ()
            for measure, place in counting:
                unit = whose[place]
                if unit is None:
                    continue
                sums = found.setdefault((measure, unit), (defaultdict(int), defaultdict(int)))
                for of_all, of_group in zip(sums, days, strict=True):
                    for day, count in of_group.items():
                        if day < OPEN:
                            of_all[day] += quantity * count
    return found


def _items(
    cursor: sqlite3.Cursor, measures: Measures, root: str, which: str, values: tuple[int, ...]
) -> Iterator[Item]:
    """The items of some roots; those that are alike added up. Of what they are only that is read which any measure
    asks for: each word more takes a tenth of the time."""
    cursor.row_factory = None
    asked, for_units = measures.asked(root), measures.units(root)
    parted = 1 + len(asked)
    # One pass over the view: grouped by SQL it would have to be read twice.
    found = cursor.execute(
        f"SELECT {', '.join(('fact', *asked, *for_units))}, from_on, until_on, quantity FROM {root}_item WHERE {which}",
        values,
    )
    for (*of, from_on, until_on, quantity), count in Counter(found).items():
        yield told(asked, of[:parted]), units(for_units, of[parted:]), from_on, until_on, quantity * count


def _add_up(measures: Measures, items: Iterable[Item], sign: int, came: Sums, went: Sums) -> None:
    """Add items, or (-1) take them off, in every measure that counts them."""
    for of, whose, from_on, until_on, quantity in items:
        for measure, place in measures.placed(of):
            unit = whose[place]
            if unit is None:  # a department's report is no town's
                continue
            came[from_on, measure, unit] += sign * quantity
            if until_on < OPEN:
                went[until_on, measure, unit] += sign * quantity


def _add_to_sums(connection: sqlite3.Connection, came: Sums, went: Sums) -> set[Cell]:
    """Add to the sums of days, of their months, and to what those are held against (`held`); returns the cells that
    moved."""
    moved = {cell for cell in came if came[cell]} | {cell for cell in went if went[cell]}
    months: dict[Cell, list[int]] = defaultdict(_nothing)
    totals: dict[tuple[str, str], list[int]] = defaultdict(_nothing)
    for cell in moved:
        day, measure, town = cell
        _weigh(months[day[:7], measure, town], came.get(cell, 0), went.get(cell, 0), int(day[8:]))
    for (month, measure, town), (plus, minus, *_) in months.items():
        _weigh(totals[measure, town], plus, minus, _number(month))
    days = ((*cell, came.get(cell, 0), went.get(cell, 0)) for cell in moved)
    _add_rows(connection, "measure_day", ("day", "measure", "town_code"), ("came", "went"), days)
    _add_rows(
        connection,
        "measure_month",
        ("month", "measure", "town_code"),
        ("came", "went", "came_by_day", "went_by_day"),
        ((*cell, *sums) for cell, sums in months.items()),
    )
    _add_rows(
        connection,
        "measure_total",
        ("measure", "town_code"),
        ("came", "went", "came_by_month", "went_by_month"),
        ((*key, *sums) for key, sums in totals.items()),
    )
    return moved


def _in_order(rows: Mapping[str, list[tuple[str | int, ...]]]) -> Iterator[tuple[str | int, ...]]:
    return (row for key in sorted(rows) for row in rows[key])


def _nothing() -> list[int]:
    return [0, 0, 0, 0]


def _weigh(sums: list[int], came: int, went: int, number: int) -> None:
    """Add what came and went on a day to the sums of its month, or of a month to those of all; and the same times the
    day's or month's number, by which one that stands elsewhere shows (`held`)."""
    sums[0] += came
    sums[1] += went
    sums[2] += came * number
    sums[3] += went * number


def _number(month: str) -> int:
    return int(month[:4]) * held.MONTHS + int(month[5:])


def _add_rows(
    connection: sqlite3.Connection,
    table: str,
    keys: tuple[str, ...],
    sums: tuple[str, ...],
    rows: Iterable[tuple[str | int, ...]],
) -> None:
    """Add to the rows of a table of sums; where nothing is left there is no row."""
    told = list(rows)
    marks = ", ".join("?" * (len(keys) + len(sums)))
    connection.executemany(
        f"INSERT INTO {table} VALUES ({marks}) ON CONFLICT DO UPDATE SET "
        + ", ".join(f"{name} = {name} + excluded.{name}" for name in sums),
        told,
    )
    connection.executemany(
        f"DELETE FROM {table} WHERE " + " AND ".join([*(f"{key} = ?" for key in keys), *(f"{s} = 0" for s in sums)]),
        (row[: len(keys)] for row in told),
    )
