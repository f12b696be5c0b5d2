"""Every command, failing at every one of its calls in every way. Run with:
pytest tests/long/test_faults_long.py -k 'undo and files'"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from support.before_or_after import COMMANDS, Bench, Tally
from support.failing import FILES, SIZES, SQL

MOST = 1_000
"""Of a command that makes more calls, so many are tried, evenly spread."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("出错"))


@pytest.mark.parametrize("layer", ["sql", "files", "size"])
@pytest.mark.parametrize("name", COMMANDS)
def test_it_is_before_or_after(bench: Bench, name: str, layer: str) -> None:
    command, tally = COMMANDS[name], Tally()
    ways = {"sql": SQL, "files": FILES, "size": [""]}[layer]

    def choose(points: int) -> Sequence[int]:
        return SIZES if layer == "size" else range(1, points + 1, -(-points // MOST) or 1)

    bench.tried(command, layer, ways, choose, tally)
    print(name, layer, f"runs {tally.runs}, before {tally.before}, after {tally.after}, killed {tally.killed}")
    assert tally.bad == []
