"""The ledger that is to be kept of this version can be made: whoever releases it does so with tests/kept/make.py. Of
every kept version every line is printed before the upgrade, too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from anjian_cli.ledger import schema
from test_kept_ledgers import (  # noqa: F401 -- the test is collected here, too, with another `every`
    later,
    old,
    said,
    test_reading_commands_say_what_they_said,
    then,
    version,
)

MAKE = Path(__file__).parents[1] / "kept" / "make.py"


@pytest.fixture
def every() -> int:
    return 1


def test_a_ledger_of_this_version_can_be_kept(tmp_path: Path) -> None:
    made = subprocess.run([sys.executable, MAKE, tmp_path], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / f"v{schema.VERSION}.db.gz").stat().st_size < 200_000
    assert (tmp_path / f"v{schema.VERSION}.json.gz").exists()
