"""An upgrade is killed at more of its calls than the test command does it at."""

from __future__ import annotations

from pathlib import Path

from ledger.test_upgrade import killed_anywhere
from support import kept_ledgers


def test_killed_at_a_hundred_calls(tmp_path: Path) -> None:
    killed_anywhere(kept_ledgers.ledger(1, tmp_path / "安监.db"), 100)
