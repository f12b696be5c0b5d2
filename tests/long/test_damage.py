"""A thousand bits turned one by one, and some hundred in the small tables and indexes that these seldom hit.
Run with: pytest tests/long/test_damage.py"""

from __future__ import annotations

from pathlib import Path

import pytest

from anjian_cli.errors import Fault
from support.bit_flips import Flips

SMALL = (
    "shipped_indicator",
    "sqlite_autoindex_shipped_indicator_2",
    "sqlite_autoindex_shipped_indicator_3",
    "shipped_category",
    "record_table",
    "operation",
    "operation_root",
    "operation_root_operation",
    "source_row",
    "source_row_operation",
    "row_total",
)


@pytest.mark.parametrize("seed", range(10))
def test_no_other_figure_without_a_word(
    demonstration_made: tuple[Path, list[Fault]], tmp_path: Path, seed: int
) -> None:
    assert Flips(demonstration_made[0], tmp_path, seed).silent(100) == []


@pytest.mark.parametrize("name", SMALL)
def test_nor_where_little_lies(demonstration_made: tuple[Path, list[Fault]], tmp_path: Path, name: str) -> None:
    assert Flips(demonstration_made[0], tmp_path, seed=16).silent_in(name, 20) == []
