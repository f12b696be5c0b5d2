"""More random schemes over longer random histories than in the test command."""

from __future__ import annotations

import pytest

from bulletin.test_any_scheme import held


@pytest.mark.parametrize("seed", range(100, 160))
def test_figures_are_those_of_the_items(seed: int) -> None:
    held(seed, 60)
