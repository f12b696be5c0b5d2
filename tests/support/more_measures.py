"""A made-up program whose ledgers sum more than is asked for in a new ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from anjian_cli.ledger import schema, versions
from anjian_cli.rules.measure import read


@contextmanager
def summing(*measures: str) -> Iterator[None]:
    """Ledgers that are made here have these measures, too."""
    more = "".join(f"\nINSERT INTO measure VALUES ('{each}', '{read(each).fact}');" for each in measures)
    text = schema.text() + more
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(text)
        digest = versions.digest(connection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "text", lambda: text)
        patch.setattr(versions, "DIGESTS", {**versions.DIGESTS, schema.VERSION: digest})
        versions._past.cache_clear()
        yield
    versions._past.cache_clear()
