"""Hundreds of interruptions over all commands that take long. Run with: pytest tests/long/test_interruptions_long.py"""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest

from support.import_ledger import standing
from support.interruptions import Interrupter
from support.kills import Rows


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_hundreds_of_interruptions(tmp_path: Path, by: signal.Signals) -> None:
    disturbed = Interrupter(standing(tmp_path / "原.db"), tmp_path / "台", Rows(3_000, 6_000, 5_000))
    rng = random.Random(int(os.environ.get("SEED", "16")))
    for _ in range(int(os.environ.get("ROUNDS", "200"))):
        disturbed.interrupt(rng, by)
    print(dict(disturbed.found))
    assert disturbed.bad == []
    assert disturbed.found["before"] > 0
    assert disturbed.found["after"] > 0
