"""More random schemes that give points, over longer random histories than in the test command."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.test_any_points import lived


@pytest.mark.parametrize("seed", [2, 5, *range(100, 180)])
def test_points_are_those_of_the_records(seed: int, tmp_path: Path) -> None:
    lived(seed, 60, 3, tmp_path, prints=True)
