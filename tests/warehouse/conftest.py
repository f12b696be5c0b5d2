"""A nation of five counties, two of which deliver single facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from anjian_cli.errors import Fault
from support import nation_made
from support.nation_made import Nation, nation


@pytest.fixture(scope="session")
def pattern(demonstration_made: tuple[Path, list[Fault]]) -> nation.Pattern:
    """What counties are put together from."""
    return nation.pattern(demonstration_made[0])


@pytest.fixture(scope="session")
def five(pattern: nation.Pattern, tmp_path_factory: pytest.TempPathFactory) -> Nation:
    """Five counties, only to be read."""
    return nation_made.made(tmp_path_factory.mktemp("全国"), pattern, 5, facts=2)


@pytest.fixture(scope="session")
def warehouse(five: Nation) -> Path:
    """Their warehouse, only to be read."""
    folder = five.folder / "汇总库"
    nation_made.built(five, folder)
    return folder
