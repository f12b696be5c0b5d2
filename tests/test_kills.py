"""A command that is killed leaves the ledger as before or as after, and nothing that hinders the next one.

A few moments; a hundred: tests/long/test_kills_long.py."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from support.import_ledger import standing
from support.kills import Killer, Rows

pytestmark = [
    pytest.mark.unmeasured,  # processes of their own; every command has tests of its own
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
]


def test_five_kills(tmp_path: Path) -> None:
    ledger = standing(tmp_path / "原.db")
    commands = ("import", "import aside", "hazard close", "month close", "undo")
    killer, rng = Killer(ledger, tmp_path / "台", Rows(300, 600, 500), commands), random.Random(16)
    for _ in range(5):
        killer.kill(rng)
    assert killer.bad == []
    assert killer.found["killed"] + killer.found["ended"] == 5
