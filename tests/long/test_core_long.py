"""The core's property test at length: many more and longer histories than the test command runs."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin.period import ended
from oracle.histories import History

HISTORIES, STEPS = 200, 240


@pytest.mark.parametrize("seed", range(1000, 1000 + HISTORIES))
def test_history(seed: int) -> None:
    made = History(seed)
    made.run(STEPS)
    for number in range(1, 13):
        made.compare_tasks(ended(2018, number))
    made.close()
