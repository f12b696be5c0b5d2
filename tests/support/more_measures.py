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
    first = "  SELECT measure FROM shipped_indicator WHERE measure IS NOT NULL\n"
    assert schema.text().count(first) == 1
    more = "".join(f"  UNION SELECT '{each}'\n" for each in measures if read(each))
    text = schema.text().replace(first, f"{first}{more}")
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
