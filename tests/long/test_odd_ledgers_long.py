"""Whatever is given to the program as a ledger, every command ends within ten seconds and 300 MB.
Run with: pytest tests/long/test_odd_ledgers_long.py"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.import_ledger import standing
from support.odd_ledgers import ODD, laid
from support.plain_environment import plain_environment
from test_odd_ledgers import LINES

SECONDS, MEGABYTES = 10, 300


@pytest.mark.parametrize("line", LINES.values(), ids=list(LINES))
@pytest.mark.parametrize("name", ODD)
def test_it_ends_soon_and_takes_little(tmp_path: Path, name: str, line: tuple[str, ...]) -> None:
    path = laid(standing(tmp_path / "原.db"), tmp_path / "台", name)
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "anjian_cli", *line],
        cwd=path.parent,
        env=plain_environment(HOME=str(tmp_path), ANJIAN_ACTOR="测试"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0  # it has been waited for
    assert time.monotonic() - began < SECONDS
    assert used.ru_maxrss / 1024 < MEGABYTES
