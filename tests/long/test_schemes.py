"""More random schemes over longer random histories than in the test command; all that goes out without categories."""

from __future__ import annotations

import pytest

from bulletin.test_any_scheme import held
from commands.conftest import Run, office
from commands.test_scheme import ALL, GONE_OUT, WITHOUT, without

__all__ = ["office"]


@pytest.mark.parametrize("seed", range(100, 160))
def test_figures_are_those_of_the_items(seed: int) -> None:
    held(seed, 60)


@pytest.mark.parametrize("dropped", [each for each in WITHOUT if each is not ALL])
def test_all_that_goes_out_without_categories(office: Run, dropped: tuple[str, ...]) -> None:
    without(office, dropped, GONE_OUT)
