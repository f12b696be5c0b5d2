"""Hundreds of operations, each undone and redone at random while months are locked, issued and withdrawn.
Run with: pytest tests/long/test_there_and_back_long.py"""

from __future__ import annotations

import pytest

from oracle.there_and_back import ThereAndBack


@pytest.mark.parametrize("seed", range(6))
def test_there_and_back_again(seed: int) -> None:
    history = ThereAndBack(seed)
    while history.turns["operations"] < 300:
        history.turn()
    assert history.whole() == []
    history.compare_every_day()
    print(seed, dict(history.turns))
    assert min(history.turns[what] for what in ("issue", "withdraw", "undone", "redone", "undone again")) > 0
    history.close()
