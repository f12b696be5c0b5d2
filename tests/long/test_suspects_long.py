"""What tests/ledger/test_suspects.py asks of a few alterations by hand, asked of many more."""

from __future__ import annotations

import pytest

from ledger.test_suspects import lives, same_faults
from support.desk import Desk

__all__ = ["lives"]


def test_whatever_is_altered_by_hand_the_same_faults_are_found(lives: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    same_faults(lives, monkeypatch, 2_000)
