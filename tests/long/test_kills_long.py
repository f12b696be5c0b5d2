"""A hundred kills over a mix of commands. Run with: pytest tests/long/test_kills_long.py"""

from __future__ import annotations

import random
from pathlib import Path

from support.import_ledger import standing
from support.kills import Killer, Rows


def test_a_hundred_kills(tmp_path: Path) -> None:
    killer = Killer(standing(tmp_path / "原.db"), tmp_path / "台", Rows(5_000, 12_000, 10_000))
    rng = random.Random(16)
    for _ in range(100):
        killer.kill(rng)
    print(dict(killer.found))
    assert killer.bad == []
    assert killer.found["killed"] > 50
    assert killer.found["before"] > 0
    assert killer.found["after"] > 0
