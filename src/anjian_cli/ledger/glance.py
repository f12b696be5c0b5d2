"""A glance at a ledger while somebody types: names that a word may be completed to, and no more.

The file is opened read-only and not examined, which would take longer than an answer may: nothing here is reckoned
with, and whoever takes a name that is offered has it read as any other. A ledger that is being written, or is none, is
not waited for: there is nothing then.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from anjian_cli.errors import Refused
from anjian_cli.ledger import lookup, schema, settings
from anjian_cli.ledger.open import uri
from anjian_cli.rules.intervals import OPEN

NOTHING = (Refused, sqlite3.Error, OSError, ValueError)
"""What is raised where there is nothing to see."""
WAIT_SECONDS = 0.2
_NAMES = {
    "town": "SELECT short_name FROM town WHERE voided_on IS NULL AND until_on = ? ORDER BY position",
    "enterprise": "SELECT name FROM enterprise WHERE name >= ?1 AND name < ?1 || char(1114111) AND voided_on IS NULL"
    " ORDER BY name",
    "department": "SELECT COALESCE(short_name, name) FROM department WHERE voided_on IS NULL ORDER BY id",
    "agency": "SELECT name FROM agency WHERE voided_on IS NULL ORDER BY id",
    "campaign": "SELECT name FROM campaign WHERE voided_on IS NULL ORDER BY id DESC",
}


@contextmanager
def at(path: str) -> Iterator[sqlite3.Connection]:
    """The ledger at a path. Raises one of `NOTHING`."""
    with open(path, "rb", buffering=0) as file:
        head = file.read(100)
    ours = int.from_bytes(head[68:72], "big") == schema.APPLICATION_ID
    if not ours or int.from_bytes(head[60:64], "big") != schema.VERSION or head[18:19] == b"\2":
        raise ValueError(path)  # in WAL mode, reading would write beside it
    connection = sqlite3.connect(uri(path, "ro"), uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        yield connection
    finally:
        connection.close()


def names(connection: sqlite3.Connection, register: str, begun: str) -> list[str]:
    """What the records of a register are called: all, of enterprises those whose name begins so."""
    asked = {"town": (OPEN,), "enterprise": (begun,)}.get(register, ())
    return [str(name) for (name,) in connection.execute(_NAMES[register], asked)]


def terms(connection: sqlite3.Connection, of: str) -> list[str]:
    """The words that the office has added to a list."""
    found = connection.execute("SELECT word FROM term WHERE list = ? AND voided_on IS NULL ORDER BY id", (of,))
    return [str(word) for (word,) in found]


def open_hazards(connection: sqlite3.Connection, begun: str, today: str) -> list[str]:
    """The short numbers (芝英-12) of the hazards that are not closed, of the towns whose short name begins so, or is
    what the word begins with."""
    codes = [
        code
        for code, short in connection.execute("SELECT code, short_name FROM town ORDER BY position")
        if short.startswith(begun) or begun.startswith(short)
    ]
    found = connection.execute(
        "SELECT number FROM hazard WHERE voided_on IS NULL AND id IN"
        " (SELECT hazard_id FROM hazard_deadline WHERE until_on = ?) ORDER BY number DESC",
        (OPEN,),
    )
    of_towns = tuple(f"{code}-" for code in codes)
    numbers = [number for (number,) in found if number.startswith(of_towns)]
    return lookup.short_numbers(connection, numbers, settings.demonstration_day(connection) or today)
