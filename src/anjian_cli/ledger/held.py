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
from collections.abc import Collection, Iterable, Iterator, Mapping

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
_NOTHING = (0, 0, 0, 0)
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
    began: dict[str, str] = {}
    _refuse(_of_months(connection, began))
    return began


def days(connection: sqlite3.Connection, month: str) -> None:
    """The sums of the days of a month (YYYY-MM), against those of the month, which `months` holds."""
    _refuse(_of_days(connection, month))


class Sums:
    """The sums of one moment, for a command that reads them more than once: all months, held here; the days of a month,
    held when they are first asked for. `began` is the first month in which something came, by measure. Raises as
    `months` and `days`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._months_of_days: set[str] = set()
        self.began = months(connection)

    def days(self, month: str) -> None:
        """The sums of the days of a month (YYYY-MM)."""
        if month not in self._months_of_days:
            days(self._connection, month)
            self._months_of_days.add(month)


def records_and_log(connection: sqlite3.Connection) -> Iterator[Fault]:
    """All that is kept beside the records and the log; indexes and chain are looked at by others."""
    kept = _kept(connection)
    for table in roots.catalogue(connection):
        yield from _told(_of_rows(connection, table, kept))
    for table in (*LOG, *BESIDE):
        yield from _told(_of_total(connection, table, kept))


def sums(connection: sqlite3.Connection) -> Iterator[Fault]:
    """All that is kept beside the sums."""
    yield from _of_months(connection, {})
    held_months = "SELECT month FROM measure_month UNION SELECT substr(day, 1, 7) FROM measure_day ORDER BY 1"
    for (month,) in connection.execute(held_months).fetchall():
        yield from _of_days(connection, month)


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


def _of_months(connection: sqlite3.Connection, began: dict[str, str]) -> Iterator[Fault]:
    """Fills `began`, as `months`."""
    # What a month's name says is reckoned once a month, not once a row.
    cursor = _plain(connection)
    found = cursor.execute(
        "WITH named AS MATERIALIZED ("
        f" SELECT month, substr(month, 1, 4) * {MONTHS} + substr(month, 6) AS number,"
        "  month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]' AS whole FROM (SELECT DISTINCT month FROM measure_month))"
        " SELECT measure, town_code, sum(came), sum(went), sum(came * number), sum(went * number), min(whole),"
        " min(CASE WHEN came <> 0 OR came_by_day <> 0 THEN month END)"
        " FROM named JOIN measure_month USING (month) GROUP BY measure, town_code"
    ).fetchall()
    for measure, *_, month in found:
        if month is not None:
            began[measure] = min(month, began.get(measure, month))
    kept = cursor.execute("SELECT measure, town_code, came, went, came_by_month, went_by_month FROM measure_total")
    yield from _of_sums("各月", found, kept)


def _of_days(connection: sqlite3.Connection, month: str) -> Iterator[Fault]:
    found = _plain(connection).execute(
        "SELECT measure, town_code, sum(came), sum(went), sum(came * number), sum(went * number), min(whole) FROM ("
        " SELECT *, substr(day, 9) + 0 AS number, day GLOB ?1 || '-[0-9][0-9]' AS whole FROM measure_day"
        " WHERE day BETWEEN ?1 AND ?1 || '~') GROUP BY measure, town_code",
        (month,),
    )
    kept = _plain(connection).execute(
        "SELECT measure, town_code, came, went, came_by_day, went_by_day FROM measure_month WHERE month = ?",
        (month,),
    )
    yield from _of_sums(month, found, kept)


def _plain(connection: sqlite3.Connection) -> sqlite3.Cursor:
    """A cursor whose rows are tuples."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor


def _of_sums(at: str, found: Iterable[tuple[Any, ...]], kept: Iterable[tuple[Any, ...]]) -> Iterator[Fault]:
    wanted = {row[:2]: row[2:] for row in kept}
    rows = [*found]
    there = {row[:2]: row[2:6] for row in rows}
    unnamed = {row[:2] for row in rows if not row[6]}
    if there == wanted and not unnamed:
        return
    for key in sorted(wanted.keys() | there.keys(), key=str):
        if key in unnamed or there.get(key, _NOTHING) != wanted.get(key, _NOTHING):
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
