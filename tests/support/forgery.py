"""Forgers who know the program: they alter a record with plain SQL and make everything that follows from it agree with
its own code, so that `check` finds nothing. Only what is outside the ledger can tell."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from anjian_cli.bulletin import exact, locked_month
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.locked_month import LockedMonth
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import Bulletin, Cell
from anjian_cli.ledger import content, inverse, rewind, row_check, row_totals, sums
from anjian_cli.light_dataclasses import replace

ONE_MORE_PASSED = (
    "UPDATE training SET passed = passed + 1, attended = attended + 1 WHERE id ="
    " (SELECT min(id) FROM training WHERE held_on < '2018-09-30' AND voided_on IS NULL)"
)
"""A figure of September made better, by one."""

ANOTHER_TOWN_IN_PRINT = "UPDATE issued_month SET bulletin = replace(bulletin, '芝英镇', '石柱镇')"
"""What is printed of the locked months, and no record behind it."""


def forge(ledger: Path, alteration: str = ONE_MORE_PASSED) -> None:
    """Alter a record; reckon sums, contents and chain anew."""
    with _open(ledger) as forged:
        forged.execute(alteration)
        reckon_anew(forged)
        _link(forged)
        for month in locked_month.all_locked(forged):
            _write_month(forged, month, {"head_hash": _hash_of(forged, month.head)})
            _link(forged)  # the months behind it stand on other hashes now
        reckon_anew(forged)


def forge_issued_months_too(ledger: Path, alteration: str = ONE_MORE_PASSED) -> None:
    """The same, and every locked month is made of the altered record, with its bulletin and its cells."""
    with _open(ledger) as forged:
        forged.execute(alteration)
        reckon_anew(forged)
        _link(forged)
        for month in locked_month.all_locked(forged):
            _lock_again(forged, month)
            _link(forged)
        reckon_anew(forged)


def reckon_anew(forged: sqlite3.Connection) -> None:
    """All that is kept beside the records and the log (the chain left out), as if what stands there now were right."""
    for (table,) in forged.execute("SELECT name FROM record_table").fetchall():
        forged.execute(f'UPDATE "{table}" SET row_check = {row_check.of_row(forged, table)}')
    sums.rebuild_sums(forged)
    row_totals.rebuild(forged)


@contextmanager
def _open(ledger: Path) -> Iterator[sqlite3.Connection]:
    """A ledger without its guards, which are put back."""
    with closing(sqlite3.connect(ledger, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        row_check.install(connection)
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        connection.execute("BEGIN")
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in guards:
            connection.execute(sql)
        connection.execute("COMMIT")


def _link(forged: sqlite3.Connection) -> None:
    """Content and hash of every operation, as if what stands there now had been written by it."""
    contents: dict[int, str] = {}
    with closing(inverse.copy(forged)) as taken:
        for (operation,) in taken.execute("SELECT id FROM operation ORDER BY id DESC").fetchall():
            changes, origins = (
                [tuple(row) for row in taken.execute(f"{select} WHERE operation = ?", (operation,))]
                for select in (
                    "SELECT table_name, first_id, last_id, before FROM change",
                    "SELECT table_name, first_id, last_id, sheet, first_row FROM source_row",
                )
            )
            contents[operation] = content.digest(taken, changes, origins)
            rewind.put_back(taken, operation)
    previous = ""
    for entry in forged.execute("SELECT * FROM operation ORDER BY id").fetchall():
        told = {key: entry[key] for key in entry.keys() if key not in ("content", "hash")}  # noqa: SIM118
        made = contents[entry["id"]]
        previous = content.link(previous, told, made)
        forged.execute("UPDATE operation SET content = ?, hash = ? WHERE id = ?", (made, previous, entry["id"]))


def _lock_again(forged: sqlite3.Connection, month: LockedMonth) -> None:
    head_hash = _hash_of(forged, month.head)
    kept = exact.load(month.text)
    with closing(inverse.as_of(forged, month.head)) as then:
        made = compile_bulletin(then, ended(int(month.month[:4]), int(month.month[5:])))
    bulletin = exact.dump(replace(made, known_at=kept.known_at, fingerprint=head_hash[:8], witness=""))
    for indicator, cell in _cells(made):
        forged.execute(
            "UPDATE month_cell SET done = ?, this_month = ?, target = ?, rank = ?"
            " WHERE issued_month_id = ? AND indicator = ? AND town_code = ?",
            (cell.done, cell.this_month, cell.asked, cell.rank, month.id, indicator, cell.town),
        )
    _write_month(forged, month, {"bulletin": bulletin, "head_hash": head_hash})


def _hash_of(forged: sqlite3.Connection, operation: int) -> str:
    return str(forged.execute("SELECT hash FROM operation WHERE id = ?", (operation,)).fetchone()[0])


def _write_month(forged: sqlite3.Connection, month: LockedMonth, told: Mapping[str, str]) -> None:
    """Write something into a locked month, and into what the log has of it."""
    for column, value in told.items():
        forged.execute(f"UPDATE issued_month SET {column} = ? WHERE id = ?", (value, month.id))
    before = forged.execute(
        "SELECT operation, seq, before FROM change WHERE table_name = 'issued_month' AND before IS NOT NULL"
        " AND ? BETWEEN first_id AND last_id",
        (month.id,),
    ).fetchall()
    for operation, seq, text in before:
        rows = json.loads(text)
        for row in rows:
            if row["id"] == month.id:
                row |= told
        forged.execute(
            "UPDATE change SET before = ? WHERE operation = ? AND seq = ?", (content.canonical(rows), operation, seq)
        )


def _cells(bulletin: Bulletin) -> Iterator[tuple[str, Cell]]:
    for category in bulletin.categories:
        for table in category.indicators:
            yield from ((table.id, cell) for cell in table.cells if cell.done is not None)
