"""Bits turned in a ledger's file: no other figure is printed without a word. At length: tests/long/test_damage.py."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.moment import at_one_moment
from support.bit_flips import PRINTED, Flips

pytestmark = pytest.mark.unmeasured


def test_no_other_figure_without_a_word(demonstration_made: tuple[Path, list[Fault]], tmp_path: Path) -> None:
    """Two bits, of which one changes five outputs where nothing is held against what was kept."""
    assert Flips(demonstration_made[0], tmp_path, seed=4).silent(2) == []


@pytest.mark.parametrize("index", ["sqlite_autoindex_shipped_indicator_2", "sqlite_autoindex_shipped_indicator_3"])
def test_an_index_of_what_the_schema_fills(
    demonstration_made: tuple[Path, list[Fault]], tmp_path: Path, index: str
) -> None:
    """By one of them a bulletin once found all indicators but that of the injured."""
    with closing(sqlite3.connect(demonstration_made[0])) as whole:
        (page,) = whole.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (index,)).fetchone()
        (size,) = whole.execute("PRAGMA page_size").fetchone()
    content = bytearray(demonstration_made[0].read_bytes())
    indicator = b"accident.injured"
    content[content.index(indicator, (page - 1) * size, page * size) + len(indicator) - 1] ^= 4
    damaged = tmp_path / "翻位.db"
    damaged.write_bytes(content)
    for name in ("bulletin", "stock", "todo", "status", "papers"):
        with pytest.raises(Refused, match="E701"), at_one_moment(damaged) as connection:
            PRINTED[name](connection)
