"""A made-up program whose ledgers sum more than is asked for in a new ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from anjian_cli.ledger import schema, versions
from anjian_cli.rules.measure import read
from oracle import figures


@contextmanager
def summing(*measures: str) -> Iterator[None]:
    """Ledgers that are made here have these measures, too."""
    last = "        UNION SELECT 'hazard.accepted_late')"
    assert last in schema.text()
    more = "".join(f"\n        UNION SELECT '{each}'" for each in measures if read(each))
    text = schema.text().replace(last, f"{last[:-1]}{more})")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(text)
        digest = versions.digest(connection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "text", lambda: text)
        patch.setattr(versions, "DIGESTS", {**versions.DIGESTS, schema.VERSION: digest})
        _forget()
        yield
    _forget()


def _forget() -> None:
    versions._past.cache_clear()
    figures._empty.cache_clear()
