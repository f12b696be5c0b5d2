"""What is written into a ledger in the making, which nobody sees yet: a new one, the copy that an upgrade makes,
or one made anew from its parts.

None of it is recorded: the history of such a ledger begins behind it, or is copied with the rest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from anjian_cli.ledger import row_check
from anjian_cli.ledger.content import ROW_CHECK
from anjian_cli.ledger.statements import quoted


def draw_id(connection: sqlite3.Connection) -> None:
    """Give a ledger that was just made the id by which it is told from every other."""
    connection.execute("INSERT INTO ledger VALUES (1, lower(hex(randomblob(16))))")


def give_id(connection: sqlite3.Connection, ledger_id: str) -> None:
    """Give a ledger that is made anew from its parts the id that it had."""
    connection.execute("INSERT INTO ledger VALUES (1, ?)", (ledger_id,))


def fill_titles(connection: sqlite3.Connection, titles: Iterable[tuple[str, str, str]]) -> None:
    """Write the Chinese titles of columns: (table, column, title)."""
    connection.executemany("INSERT OR REPLACE INTO column_title VALUES (?, ?, ?)", titles)


def copy_rows(connection: sqlite3.Connection, table: str) -> None:
    """Copy a table of the ledger attached as `old`, as far as both have the columns. Each row gets its check anew, but
    where both have the same columns: there a row that is not as it was written keeps the check that says so."""
    ours, theirs = (
        {name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?, ?)", (table, of))}
        for of in ("main", "old")
    )
    of_both = sorted(ours & theirs)
    values = {name: f'"{name}"' for name in of_both}
    if ours != theirs and (check := row_check.of_values(connection, table, values)):
        values[ROW_CHECK] = check
    told = ", ".join(values.values())
    connection.execute(f'INSERT INTO main."{table}" ({quoted(values)}) SELECT {told} FROM old."{table}"')


def set_sequences(connection: sqlite3.Connection, last_ids: Mapping[str, int]) -> None:
    """Let the ledger give out no id up to those given out last, by table."""
    connection.execute("DELETE FROM sqlite_sequence")
    connection.executemany("INSERT INTO sqlite_sequence VALUES (?, ?)", last_ids.items())


def copy_sequences(connection: sqlite3.Connection) -> None:
    """Let the ledger give out no id that the one attached as `old` has given out."""
    connection.execute("DELETE FROM main.sqlite_sequence")
    connection.execute("INSERT INTO main.sqlite_sequence SELECT * FROM old.sqlite_sequence")
