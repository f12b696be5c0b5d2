"""Many more random lines, read by both readers: see tests/commands/test_two_readers.py."""

from __future__ import annotations

import random

import pytest

from support import two_readers

LINES, SEEDS = 1_000, 10


@pytest.mark.parametrize("seed", range(SEEDS))
def test_both_readers_make_the_same_call(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(LINES):
        typed = two_readers.drawn(chance)
        line = two_readers.as_read(typed)
        if line is not None and (made := two_readers.read_directly(line)) is not None:
            assert made == two_readers.read_by_typer(line), typed
