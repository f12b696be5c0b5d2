"""What the chain hashes, read in two ways: as SQLite writes it, and as it was hashed when it was written."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.ledger import content
from support.examples import examples

NAMES = ("id", "number", "text", "word")
TEXTS = st.one_of(
    st.none(),
    st.sampled_from(["", "null", "[]", ",", '"', '","', "\\", "a\0b", "\x1f\x7f\n", "镇", "\u2028", "😀"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=4),
)
NUMBERS = st.one_of(st.none(), st.sampled_from([0, 1, -1, 10, 2**63 - 1, -(2**63)]))
ROWS = st.dictionaries(
    st.integers(1, 40), st.tuples(NUMBERS, TEXTS, st.sampled_from([None, "一", "二"])), min_size=0, max_size=12
)
CHANGE = ("told", 1, 40, None)


def columns_of(_: str) -> tuple[str, ...]:
    return NAMES


def of_rows(rows: dict[int, tuple[int | None, str | None, str | None]]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE told (id INTEGER PRIMARY KEY, number INTEGER, text TEXT, word TEXT) STRICT")
    connection.executemany("INSERT INTO told VALUES (?, ?, ?, ?)", ((id_, *row) for id_, row in rows.items()))
    return connection


@examples(300)
@given(ROWS)
def test_sqlite_writes_the_same_json(rows: dict[int, tuple[int | None, str | None, str | None]]) -> None:
    with closing(of_rows(rows)) as connection:
        for block in (("told", 1, 40), ("told", 1, 1)):
            assert content._block_by_sql(connection, block, NAMES) == content._read_block(connection, block, NAMES)


@examples(100)
@given(ROWS, ROWS)
def test_other_rows_have_another_hash(
    rows: dict[int, tuple[int | None, str | None, str | None]],
    others: dict[int, tuple[int | None, str | None, str | None]],
) -> None:
    with closing(of_rows(rows)) as connection, closing(of_rows(others)) as other:
        recorded = content.digest(connection, [CHANGE], [])
        assert content.hashes_to(connection, recorded, [CHANGE], [], columns_of)
        assert content.hashes_to(other, recorded, [CHANGE], [], columns_of) is (rows == others)


def test_where_sqlite_writes_it_otherwise_what_python_writes_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(of_rows({1: (1, "a", None)})) as connection:
        recorded = content.digest(connection, [CHANGE], [])

        def fails(*_: object) -> str:
            raise sqlite3.OperationalError

        for by_sql in (lambda *_: "another", fails):
            monkeypatch.setattr(content, "_block_by_sql", by_sql)
            assert content.hashes_to(connection, recorded, [CHANGE], [], columns_of)
            assert not content.hashes_to(connection, f"{recorded}0", [CHANGE], [], columns_of)
