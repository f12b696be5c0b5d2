"""Four writers and four readers for two minutes; readers while half a million rows come in."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

import files
import ledgers
from support.plain_environment import plain_environment
from support.several_hands import Hands
from test_several_hands import firms, hands  # noqa: F401 -- a fixture

ROWS = 500_000
WAITED = 2.0
"""Seconds that a reader may wait longer than when nobody writes."""


def test_four_writers_and_four_readers(hands: Hands, tmp_path: Path) -> None:  # noqa: F811
    hands.work(4, 4, 120, firms(hands.ledger), tmp_path)
    assert hands.failed() == []
    assert hands.lost() == []


def test_no_reader_waits_for_a_long_import(tmp_path: Path) -> None:
    towns = files.write(tmp_path / "towns.csv", files.TOWN_HEADING, files.towns())
    enterprises = files.write(tmp_path / "firms.csv", files.ENTERPRISE, files.enterprises(ROWS // 10))
    hazards = files.write(tmp_path / "hazards.csv", files.HAZARD, files.hazards(ROWS, ROWS // 10))
    run = [sys.executable, "-m", "anjian_cli"]
    environment = plain_environment(HOME=str(tmp_path))
    ledger = tmp_path / "安监.db"
    for line in (["init", str(ledger), "--towns", str(towns)], ["--db", str(ledger), "import", str(enterprises)]):
        subprocess.run([*run, *line], check=True, capture_output=True, env=environment)
    office = Hands(ledger, ledgers.TODAY)
    office.run("bulletin", "10")
    importing = subprocess.Popen(
        [*run, "--db", str(ledger), "import", str(hazards)], stdout=subprocess.DEVNULL, env=environment
    )
    while importing.poll() is None:
        office.run("bulletin", "10")
        time.sleep(0.1)
    assert importing.returncode == 0
    assert len(office.ran) > 5
    assert office.failed() == []
    alone = office.ran[0].seconds
    assert max(each.seconds for each in office.ran) < 2 * alone + WAITED  # two processes on the machine
    assert office.lost() == []
