"""Make a ledger anew from what another consists of (`whole`): the same rows, the same history, the same head.

Nothing that comes is believed. The rows go into a fresh file with the schema's guards; then the whole of it is checked
on a copy, as `check` does: sums counted anew, rules, references, and every operation against the chain. Only a ledger
with which nothing is wrong gets its name.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from anjian_cli.errors import Fault, Place, Refused, refused
from anjian_cli.ledger import check, create, inverse, making, row_totals, statements, whole
from anjian_cli.ledger.content import Value
from anjian_cli.ledger.open import result_code
from anjian_cli.ledger.whole import Identity, Table

OF_THE_LEDGER = "E7"
"""How the codes begin that say of a ledger itself that it does not hold; all others speak of records and rules."""


class Batch(NamedTuple):
    """Rows of one table, the columns they tell, and where each of them stood."""

    table: str
    columns: Sequence[str]
    rows: Sequence[tuple[Value, ...]]
    places: Sequence[Place]


def reproduce(
    path: Path,
    told: Identity,
    batches: Callable[[Sequence[Table]], Iterable[Batch]],
    faults: Callable[[], Sequence[Fault]],
) -> list[Fault]:
    """A new ledger at `path`, of what `batches` brings for the tables there are. `faults` says what was found wrong
    with what came, once all of it has come.

    Raises `Refused` with all of these and E687 for each row that the schema refuses, E691 for each table of which a
    higher id stands there than was given out; else with what `check` finds, and E689 where the head is another than
    told; E616, E617 and E631 as `create.create`. Nothing stays then. Returns what breaks rules that have become
    stricter since it was written: the check says the same of the ledger that it comes from.
    """
    by_rule: list[Fault] = []

    def write_into(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA foreign_keys = OFF")  # rows come in any order; the check holds them
        making.give_id(connection, told.ledger_id)
        connection.execute("BEGIN")
        tables = whole.tables(connection) + [whole.table(connection, name) for name in whole.JOURNAL]
        refusals: list[Fault] = []
        with statements.without_indexes(connection, [table.name for table in tables]):
            for batch in batches(tables):
                refusals += _fill(connection, batch)
            if found := [*faults(), *refusals, *_given_out_below(connection, told)]:
                raise Refused(found)
            making.set_sequences(connection, told.last_ids)
        row_totals.rebuild(connection)
        connection.execute("COMMIT")
        checked = _checked(connection, path)
        by_rule.extend(fault for fault in checked if not fault.code.startswith(OF_THE_LEDGER))
        if found := [*_another_head(connection, told), *(fault for fault in checked if fault not in by_rule)]:
            raise Refused(found)

    try:
        create.create(path, write_into, draw_id=False)
    except sqlite3.IntegrityError as error:  # an index could not be built: two rows that may not be alike
        raise refused("E687", why=error) from error
    except sqlite3.OperationalError as error:
        if result_code(error) == sqlite3.SQLITE_FULL:
            raise refused("E631", str(path)) from error
        raise refused("E617", path=path, why=error) from error
    return by_rule


def _fill(connection: sqlite3.Connection, batch: Batch) -> Iterator[Fault]:
    """Write rows; a fault for each that a guard of the schema refuses."""
    connection.execute("SAVEPOINT batch")
    try:
        statements.insert_many(connection, batch.table, batch.columns, batch.rows)
    except (sqlite3.IntegrityError, UnicodeEncodeError):
        connection.execute("ROLLBACK TO batch")
        for row, place in zip(batch.rows, batch.places, strict=True):
            try:
                statements.insert(connection, batch.table, batch.columns, [row])
            except (sqlite3.IntegrityError, UnicodeEncodeError) as error:
                yield Fault("E687", {"why": error}, place=place)
    connection.execute("RELEASE batch")


def _given_out_below(connection: sqlite3.Connection, told: Identity) -> Iterator[Fault]:
    """A fault for each table with an id that, by what is told, has not been given out yet."""
    for table, last in whole.identity(connection).last_ids.items():
        if told.last_ids.get(table, 0) < last:
            yield Fault("E691", {"table": table, "told": told.last_ids.get(table, 0), "last": last})


def _another_head(connection: sqlite3.Connection, told: Identity) -> Iterator[Fault]:
    found = whole.identity(connection)
    if (found.head, found.head_hash) != (told.head, told.head_hash):
        yield Fault("E689", {"found": _brief(found), "told": _brief(told)})


def _brief(of: Identity) -> str:
    return f"操作{of.head}（{of.head_hash[:8] or '无'}）"


def _checked(connection: sqlite3.Connection, path: Path) -> list[Fault]:
    """What the check finds, on a copy."""
    with inverse.copy_in_file(connection, path.with_name(f"{path.name}.checking")) as taken:
        return check.examine(taken)
