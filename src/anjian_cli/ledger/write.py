"""How an operation on a ledger is begun and ended: its turn among those who write, its transaction, its commit.

What it may do in between it does through the gate (`gate`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from anjian_cli.errors import refused
from anjian_cli.ledger import held
from anjian_cli.ledger.gate import Gate, Source
from anjian_cli.ledger.open import Location, result_code, writing

LONG = 10_000  # rows, from which on an operation is written aside: a second's work
TURNS = 5  # so often the ledger may have become another file while an operation waited for its turn


@contextmanager
def gate(
    connection: sqlite3.Connection,
    command: str,
    *,
    at: str,
    actor: str,
    today: str,
    source: Source | None = None,
    undoes: int | None = None,
) -> Iterator[Gate]:
    """One operation on an open writing connection: commits on leaving, rolls back on any error.

    Raises `Refused` with every broken rule, E621 if another program is writing, and as `held` where the log's end or
    what is to be changed is not as it was left.
    """
    _begin(connection)
    with _under_way(connection, Gate(connection, command, at, actor, today)) as operating:
        operating.source, operating.undoes = source, undoes
        yield operating


@contextmanager
def operation(
    path: Location,
    command: str,
    *,
    at: str,
    actor: str,
    today: str,
    source: Source | None = None,
    rows: int = 0,
) -> Iterator[Gate]:
    """One operation on the ledger file at `path`. One that will write many rows (`rows` is about how many) is written
    aside (`ledger.aside`), so that nobody who reads is kept waiting.

    Raises as `gate`, `ledger.open.writing` and `ledger.aside`, and `Refused` E628 where again and again another file
    took the ledger's name while this operation was waiting for its turn.
    """
    with _turn(path) as connection:
        if rows >= LONG:
            from pathlib import Path

            from anjian_cli.ledger import aside

            with aside.beside(connection, Path(path)) as copy:
                if copy is not None:
                    with gate(copy.connection, command, at=at, actor=actor, today=today, source=source) as operating:
                        yield operating
                    if operating.recorded is not None:
                        copy.take_the_name()
                    return
        with _under_way(connection, Gate(connection, command, at, actor, today)) as operating:
            operating.source = source
            yield operating


@contextmanager
def _under_way(connection: sqlite3.Connection, operating: Gate) -> Iterator[Gate]:
    """An operation in the transaction that was begun for it."""
    try:
        # References are held at the commit, so that what is put back may come in any order.
        connection.execute("PRAGMA defer_foreign_keys = ON")
        held.tail(connection)
        yield operating
        operating.finish()
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def _turn(path: Location) -> Iterator[sqlite3.Connection]:
    """A writing connection that holds the ledger against other writers."""
    for _ in range(TURNS):
        opened = _file(path)
        with closing(writing(path)) as connection:
            _begin(connection)
            if _file(path) == opened:
                yield connection
                return
    raise refused("E628", path=path)


def _begin(connection: sqlite3.Connection) -> None:
    """Hold the ledger against other writers. Raises `Refused` E621 if another program is writing."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if result_code(error) != sqlite3.SQLITE_BUSY:
            raise
        raise refused("E621") from error


def _file(path: Location) -> tuple[int, int] | None:
    try:
        told = os.stat(path)
    except OSError:
        return None
    return told.st_dev, told.st_ino
