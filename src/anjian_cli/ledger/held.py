"""What is read, held against what was kept beside it when it was written: is this still the ledger that the gate left?

A figure that cannot be trusted is not printed: each function raises `Refused` with every fault it finds (E701, E705,
E708-E710). Damage is found that way, by whoever reads; a forger, who may reckon every check anew, by the chain alone
(`check`).

- a record's row by its check (`row_check`), a table by the total of these (`row_totals`) and its indexes by SQLite;
- the indexes of what the schema fills, by SQLite;
- the sums of a month's days by the month's, and those of all months by `measure_total`;
- the last operation by its link to the one before.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger import content, roots, row_check, versions
from anjian_cli.ledger.open import result_code
from anjian_cli.ledger.row_check import BESIDE, LOG
from anjian_cli.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

SINCE = 4
"""The version since which records and log have something kept beside them."""
MONTHS = 12
AT_MOST = 3_000
"""Rows of a table that are read whole for one answer: with their indexes some 3 µs each."""

_TITLES = {
    "operation": "操作",
    "change": "改动",
    "source_row": "来源",
    "operation_root": "操作所及",
    "number_sequence": "编号序列",
    "column_title": "列名",
}
Stretched = tuple[str, str, int, int, int, int, int, int | None]
"""Measure, unit, which stretch of months, what came in it and what went; then what they are held by."""
Until = tuple[str, str, int, int, str]
"""Measure, unit, what came in a month up to a day and what went, the first day of these."""
_NOTHING = (0, 0, 0, 0)
_NAMED = (
    "WITH RECURSIVE months AS (SELECT min(month) AS month FROM measure_month UNION ALL"
    " SELECT (SELECT min(month) FROM measure_month WHERE month > months.month) FROM months WHERE month IS NOT NULL),"
    " named AS MATERIALIZED (SELECT month, CASE WHEN month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'"
    f" AND substr(month, 6) BETWEEN '01' AND '{MONTHS}'"  # else 2018-10 could be called 2017-22: the number is the same
    f" THEN substr(month, 1, 4) * {MONTHS} + substr(month, 6) ELSE 0 END AS number,"
    " stretch, count(*) OVER (PARTITION BY stretch) = 1 AS alone FROM (SELECT month,"
    " (SELECT count(*) FROM json_each(?) WHERE value < month) AS stretch FROM months WHERE month IS NOT NULL))"
)
"""The months that have sums, each with its number, 0 where its name is no month's, and the stretch that it lies in: all
is reckoned once a month, not once a row."""
_SOME = "came <> 0 OR came_by_day <> 0"
"""Whether anything ever came in a row of sums by month."""
NEVER = 9999 * MONTHS
"""After every month's number."""
_NO_ROWS = (0, 0)
Totals = Mapping[str, tuple[int, int]]
"""By table: how many rows it has, and the sum of their checks."""


def tables(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Whole tables of records: each row, that none is gone, and the indexes that lead to them."""
    kept = _kept(connection)
    _refuse(fault for name in names for fault in _of_table(connection, name, kept))


def definitions(connection: sqlite3.Connection) -> None:
    """The indexes of what the schema itself fills; its rows are compared where a ledger is opened (`versions`)."""
    _refuse(fault for table in versions.DEFINITIONS for fault in _of_indexes(connection, table))


def readable(connection: sqlite3.Connection, *, but: Collection[str] = ()) -> None:
    """As `tables`, all of them that are not too large to be read whole for one answer, but those that the caller knows
    to be held already, and the definitions; of the others' rows those that are shown are to be held by `records`."""
    definitions(connection)
    kept = _kept(connection)
    _refuse(
        fault
        for name in roots.catalogue(connection)
        if name not in but and kept.get(name, _NO_ROWS)[0] <= AT_MOST
        for fault in _of_table(connection, name, kept)
    )


def all_rows(connection: sqlite3.Connection) -> None:
    """As `tables`, all of them; of those that are too large to be read whole for one answer without their indexes."""
    readable(connection)
    kept = _kept(connection)
    _refuse(
        fault
        for name in roots.catalogue(connection)
        if kept.get(name, _NO_ROWS)[0] > AT_MOST
        for fault in _of_rows(connection, name, kept)
    )


def log(connection: sqlite3.Connection) -> None:
    """What was done, whole: the operations, their changes and what they touched."""
    kept = _kept(connection)
    _refuse(fault for name in LOG for fault in _of_total(connection, name, kept))


def rows(connection: sqlite3.Connection, root: str, first: int, last: int) -> None:
    """All rows of the roots with ids from `first` to `last`, as far as they are there."""
    _refuse(_of_roots(connection, root, "BETWEEN ? AND ?", (first, last)))


def records(connection: sqlite3.Connection, ids: Mapping[str, Collection[int]]) -> None:
    """All rows of some roots, by table, as far as they are there."""
    _refuse(
        fault
        for root, some in ids.items()
        for fault in _of_roots(connection, root, "IN (SELECT value FROM json_each(?))", (json.dumps(list(some)),))
    )


def months(connection: sqlite3.Connection) -> Mapping[str, str]:
    """The sums of all months; and since all are read for that, the first month in which something came, by item."""
    return Sums(connection).began


def until(connection: sqlite3.Connection, day: str) -> list[Until]:
    """The sums of a month's days up to one of them (YYYY-MM-DD). All days of the month are held, against the sums of
    the month, which `months` holds."""
    found: list[Until] = []
    _refuse(_of_days(connection, day[:7], day, found))
    return found


class Sums:
    """The sums of one moment, for a command that reads them more than once: all months, held here; the days of a month,
    held when they are first asked for. What holds them reads them all, so it tells what they are as well. `began` is
    the first month in which something came, by measure. Raises as `months` and `until`."""

    def __init__(self, connection: sqlite3.Connection, ends: Sequence[str] = ()) -> None:
        """`ends`: the months (YYYY-MM), in their order, that end the stretches of which the sums will be asked."""
        self._connection = connection
        self._ends = tuple(ends)
        self._until: dict[str, list[Until]] = {}
        self.began: dict[str, str] = {}
        self._stretches: list[Stretched] = []
        _refuse(_of_months(connection, self.began, self._ends, self._stretches))

    def stretches(self, ends: Sequence[str]) -> list[Stretched] | None:
        """The sums of the months up to the first end (stretch 0), of those after it up to the second, and so on; the
        last is of those after all ends. None where they were held with other ends."""
        return self._stretches if self._ends == tuple(ends) else None

    def until(self, day: str) -> list[Until]:
        """As the function `until`, once a day."""
        if day not in self._until:
            self._until[day] = until(self._connection, day)
        return self._until[day]


def records_and_log(connection: sqlite3.Connection) -> Iterator[Fault]:
    """All that is kept beside the records and the log; indexes and chain are looked at by others."""
    kept = _kept(connection)
    for table in roots.catalogue(connection):
        yield from _told(_of_rows(connection, table, kept))
    for table in (*LOG, *BESIDE):
        yield from _told(_of_total(connection, table, kept))


def sums(connection: sqlite3.Connection) -> Iterator[Fault]:
    """All that is kept beside the sums."""
    yield from _of_months(connection, {}, (), [])
    held_months = "SELECT month FROM measure_month UNION SELECT substr(day, 1, 7) FROM measure_day ORDER BY 1"
    for (month,) in connection.execute(held_months).fetchall():
        yield from _of_days(connection, month, month, [])


def tail(connection: sqlite3.Connection) -> None:
    """The last operation."""
    last = connection.execute("SELECT * FROM operation ORDER BY id DESC LIMIT 2").fetchall()
    if last:
        _refuse(link(last[1]["hash"] if len(last) > 1 else "", last[0]))


def link(previous: str, entry: sqlite3.Row) -> Iterator[Fault]:
    """An operation whose hash does not follow from the one before and itself."""
    plain = {key: entry[key] for key in entry.keys() if key not in {"content", "hash"}}  # noqa: SIM118
    if content.link(previous, plain, entry["content"]) != entry["hash"]:
        yield Fault("E705", {"operation": entry["id"]})


def _refuse(found: Iterable[Fault]) -> None:
    faults = list(_told(found))
    if faults:
        raise Refused(faults)


def _told(found: Iterable[Fault]) -> Iterator[Fault]:
    """The faults, and one where a text or a number has become something that JSON does not hold."""
    try:
        yield from found
    except sqlite3.OperationalError as error:
        if result_code(error) != sqlite3.SQLITE_ERROR:
            raise
        yield Fault("E701", {"why": error})


def _kept(connection: sqlite3.Connection) -> Totals:
    """What is said wrongly there shows where a table is read whole."""
    found = connection.execute("SELECT table_name, rows, checks FROM row_total")
    return {name: (rows, checks) for name, rows, checks in found}


def _of_table(connection: sqlite3.Connection, table: str, kept: Totals) -> Iterator[Fault]:
    yield from _of_indexes(connection, table)
    yield from _of_rows(connection, table, kept)


def _of_indexes(connection: sqlite3.Connection, table: str) -> Iterator[Fault]:
    for (line,) in connection.execute(f"PRAGMA integrity_check({table})"):
        if line != "ok":
            yield Fault("E701", {"why": line})


def _of_rows(connection: sqlite3.Connection, table: str, kept: Totals) -> Iterator[Fault]:
    """The rows of a table of records, in one pass: each, and that they are those that were written."""
    wanted = kept.get(table, _NO_ROWS)
    if wanted == _NO_ROWS:
        (any_row,) = connection.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}" NOT INDEXED)').fetchone()
        if not any_row:
            return
    check = row_check.of_row(connection, table)
    (altered, count, checks) = connection.execute(
        f"SELECT COALESCE(sum({content.ROW_CHECK} IS NOT {check}), 0), count(*), COALESCE(sum({content.ROW_CHECK}), 0)"
        f' FROM "{table}"'
    ).fetchone()
    if altered:
        yield from _altered(connection, table, "1", ())
    elif (count, checks) != wanted:
        yield _otherwise(connection, table, count, wanted)


def _of_roots(connection: sqlite3.Connection, root: str, which: str, values: tuple[str | int, ...]) -> Iterator[Fault]:
    for table, (of, column) in roots.catalogue(connection).items():
        if of == root:
            yield from _altered(connection, table, f'"{column}" {which}', values)


def _altered(
    connection: sqlite3.Connection, table: str, condition: str, values: tuple[str | int, ...]
) -> Iterator[Fault]:
    """The rows that are not as they were written."""
    check = row_check.of_row(connection, table)
    found = connection.execute(
        f'SELECT id FROM "{table}" WHERE {condition} AND {content.ROW_CHECK} IS NOT {check}', values
    )
    for (row,) in found.fetchall():
        told = {"title": _title(connection, table), "number": _number(connection, table, row)}
        yield Fault("E708", {**told, "table": table, "row": row, "since": ""})


def _of_total(connection: sqlite3.Connection, table: str, kept: Totals) -> Iterator[Fault]:
    """A table whose rows carry no check, and in which there are not those that were written."""
    check = row_check.of_row(connection, table)
    (count, checks) = connection.execute(f'SELECT count(*), COALESCE(sum({check}), 0) FROM "{table}"').fetchone()
    wanted = kept.get(table, _NO_ROWS)
    if (count, checks) != wanted:
        yield _otherwise(connection, table, count, wanted)


def _otherwise(connection: sqlite3.Connection, table: str, found: int, wanted: tuple[int, int]) -> Fault:
    return Fault("E709", {"title": _title(connection, table), "found": found, "expected": wanted[0]})


def _of_months(
    connection: sqlite3.Connection, began: dict[str, str], ends: Sequence[str], stretches: list[Stretched]
) -> Iterator[Fault]:
    """Fills `began` and `stretches`, as `Sums`."""
    cursor, asked = _plain(connection), (json.dumps(ends),)
    nameless = cursor.execute(
        f"{_NAMED} SELECT measure, town_code FROM named JOIN measure_month USING (month)"
        " WHERE number = 0 ORDER BY 1, 2",
        asked,
    ).fetchall()
    yield from (Fault("E710", {"at": "各月", "measure": measure, "town": unit}) for measure, unit in nameless)
    first: dict[str, int] = {}
    found: dict[tuple[str, str], list[int]] = {}
    # SQL has to sort what it adds up; a stretch of one month has one row for each sum, and is taken as it stands.
    stretches += cursor.execute(
        f"{_NAMED} SELECT measure, town_code, stretch, sum(came), sum(went), sum(came * number), sum(went * number),"
        f" min(CASE WHEN {_SOME} THEN number END)"
        " FROM named CROSS JOIN measure_month USING (month) WHERE NOT alone GROUP BY measure, town_code, stretch"
        " UNION ALL SELECT measure, town_code, stretch, came + 0, went + 0, came * number, went * number,"
        f" CASE WHEN {_SOME} THEN number END FROM named CROSS JOIN measure_month USING (month) WHERE alone",
        asked,
    ).fetchall()
    for measure, unit, _, came, went, came_by, went_by, number in stretches:
        sums = found.get((measure, unit))
        if sums is None:
            found[measure, unit] = [came, went, came_by, went_by]
        else:
            sums[0] += came
            sums[1] += went
            sums[2] += came_by
            sums[3] += went_by
        if number is not None and number < first.get(measure, NEVER):
            first[measure] = number
    for measure, number in first.items():
        began[measure] = f"{(number - 1) // MONTHS:04d}-{(number - 1) % MONTHS + 1:02d}"
    kept = cursor.execute("SELECT measure, town_code, came, went, came_by_month, went_by_month FROM measure_total")
    yield from _of_sums("各月", {key: tuple(sums) for key, sums in found.items()}, kept)


def _of_days(connection: sqlite3.Connection, month: str, last: str, until: list[Until]) -> Iterator[Fault]:
    """Fills `until` with the sums up to a day of the month, as `Sums`."""
    cursor = _plain(connection)
    found = {}
    for measure, unit, came, went, came_by, went_by, whole, *told in cursor.execute(
        "WITH RECURSIVE days AS (SELECT min(day) AS day FROM measure_day WHERE day BETWEEN ?1 AND ?1 || '~' UNION ALL"
        " SELECT (SELECT min(day) FROM measure_day WHERE day > days.day AND day <= ?1 || '~') FROM days"
        " WHERE day IS NOT NULL),"
        " named AS MATERIALIZED (SELECT day, substr(day, 9) + 0 AS number, day GLOB ?1 || '-[0-9][0-9]' AS whole,"
        " day <= ?2 AS told FROM days WHERE day IS NOT NULL)"
        " SELECT measure, town_code, sum(came), sum(went), sum(came * number), sum(went * number), min(whole),"
        " sum(told * came), sum(told * went), min(CASE WHEN told THEN number END)"
        " FROM named CROSS JOIN measure_day USING (day) GROUP BY measure, town_code",
        (month, last),
    ):
        found[measure, unit] = (came, went, came_by, went_by) if whole else None
        if told[-1] is not None:
            until.append((measure, unit, *told[:2], f"{month}-{told[2]:02d}"))
    kept = cursor.execute(
        "SELECT measure, town_code, came, went, came_by_day, went_by_day FROM measure_month WHERE month = ?",
        (month,),
    )
    yield from _of_sums(month, found, kept)


def _plain(connection: sqlite3.Connection) -> sqlite3.Cursor:
    """A cursor whose rows are tuples."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor


def _of_sums(
    at: str, found: Mapping[tuple[str, str], tuple[int, ...] | None], kept: Iterable[tuple[Any, ...]]
) -> Iterator[Fault]:
    """Those that are not as they are kept; None: one of them is of no day."""
    wanted = {row[:2]: row[2:] for row in kept}
    if found == wanted:
        return
    for key in sorted(wanted.keys() | found.keys(), key=str):
        if found.get(key, _NOTHING) != wanted.get(key, _NOTHING):
            yield Fault("E710", {"at": at, "measure": key[0], "town": key[1]})


def _title(connection: sqlite3.Connection, table: str) -> str:
    found = connection.execute("SELECT title FROM record_table WHERE name = ?", (table,)).fetchone()
    return str(found[0]) if found else _TITLES[table]


def _number(connection: sqlite3.Connection, table: str, row: int) -> str:
    """What people call the record that a row belongs to: its number, or its table and id where none can be read."""
    catalogue = roots.catalogue(connection)
    root, column = catalogue[table]
    found = connection.execute(
        f'SELECT * FROM "{root}" WHERE id = (SELECT "{column}" FROM "{table}" WHERE id = ?)', (row,)
    )
    told = found.fetchone()
    number = told["number"] if told is not None and "number" in told.keys() else None  # noqa: SIM118
    return f"{number}（表 {table} 第{row}行）" if number else f"（表 {table} 第{row}行）"
