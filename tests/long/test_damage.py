"""A thousand bits turned one by one. Run with: pytest tests/long/test_damage.py"""

from __future__ import annotations

from pathlib import Path

import pytest

from anjian_cli.errors import Fault
from support.bit_flips import Flips


@pytest.mark.parametrize("seed", range(10))
def test_no_other_figure_without_a_word(
    demonstration_made: tuple[Path, list[Fault]], tmp_path: Path, seed: int
) -> None:
    assert Flips(demonstration_made[0], tmp_path, seed).silent(100) == []
