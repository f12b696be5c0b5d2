"""Undo and the undoing of it are exact, and an issued month never moves: one random history; several, at length:
tests/long/test_there_and_back_long.py."""

from __future__ import annotations

import pytest

from oracle.there_and_back import ThereAndBack

pytestmark = pytest.mark.unmeasured  # a long history; the parts have tests of their own


def test_there_and_back_again() -> None:
    history = ThereAndBack(4)
    for _ in range(20):
        history.turn()
    assert history.whole() == []
    history.close()
    done = ("close", "issue", "withdraw", "months looked at", "undone", "redone", "undone again")
    assert min(history.turns[what] for what in done) > 0
