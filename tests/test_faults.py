"""Whatever fails while a command runs, the ledger is as before or as after, and the user is told in a line.

Each command at a few of its calls; all of them: tests/long/test_faults_long.py. What is simulated: `support.failing`.
"""

from __future__ import annotations

import os
import random

import pytest

from anjian_cli.exchange import owner_only
from support.before_or_after import COMMANDS, Bench, Tally
from support.failing import FILES, SQL
from support.sweeps import sweep

pytestmark = [
    pytest.mark.unmeasured,  # processes of their own; every command has tests of its own
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
]
AT_LENGTH = {"demo", "bulletin set", "bulletin docx", "bulletin xlsx", "bulletin html", "export"}
AT_LENGTH |= {"template of each town", "import refused", "import of a folder", "todo of each town"}
"""What takes half a second is tried at length only; the rest goes the same ways."""
MAKE_FILES = {"init", "import aside", "import of the good", "undo aside", "upgrade", "backup", "restore"}
MAKE_FILES |= {"bulletin csv", "export with phones"}
"""Commands in which something can go wrong outside SQLite as well."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("出错"))


@sweep("name", [name for name in COMMANDS if name not in AT_LENGTH], keep=8)
def test_it_is_before_or_after(bench: Bench, name: str) -> None:
    command, rng, tally = COMMANDS[name], random.Random(name), Tally()

    def one(points: int) -> list[int]:
        return [rng.randint(1, points)]

    if name in MAKE_FILES:
        bench.tried(command, "files", rng.sample(FILES, 2), one, tally)
    else:
        bench.tried(command, "sql", rng.sample(SQL, 2), one, tally)
    assert tally.bad == []
    assert tally.runs == 2


@sweep("name", ["hazard close", "month close", "undo of an import", "import"], keep=2)
def test_a_disk_that_is_full_in_the_middle(bench: Bench, name: str) -> None:
    tally = Tally()
    bench.tried(COMMANDS[name], "size", [""], lambda _: (6_000, 500_000), tally)
    assert tally.bad == []
    assert tally.before == 2


def test_it_is_seen_where_something_does_not_hold(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is written under its own name would be half a file."""
    tally = Tally()
    monkeypatch.setattr(owner_only, "write", lambda content, path: owner_only.create(path).write(content))
    bench.tried(COMMANDS["bulletin csv"], "files", ["torn and kill"], lambda points: [points], tally)
    assert "is not whole" in "".join(tally.bad)
