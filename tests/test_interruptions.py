"""A command that is interrupted says in one line what became of it, which is so, and leaves nothing half done.

A few moments; hundreds: tests/long/test_interruptions_long.py. How the line of progress goes with it: below, on a
terminal."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest

from support.import_ledger import standing
from support.interruptions import Interrupter
from support.kills import Rows

pytestmark = [
    pytest.mark.unmeasured,  # processes of their own; every command has tests of its own
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
]


@pytest.mark.parametrize(
    ("by", "commands"),
    [
        (signal.SIGINT, ("import aside", "undo", "bulletin set", "backup")),
        (signal.SIGTERM, ("import", "export all", "restore", "check")),
    ],
)
def test_interrupted(tmp_path: Path, by: signal.Signals, commands: tuple[str, ...]) -> None:
    disturbed, rng = (
        Interrupter(standing(tmp_path / "原.db"), tmp_path / "台", Rows(300, 600, 500), commands),
        random.Random(3),
    )
    for _ in range(5):
        disturbed.interrupt(rng, by)
    assert disturbed.bad == []
    assert disturbed.found["interrupted"] > 0
