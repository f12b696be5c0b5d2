"""The benchmarks run, on ledgers too small to measure anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from support.plain_environment import plain_environment

RUN = Path(__file__).parents[2] / "benchmarks" / "run.py"


def test_every_measurement_runs(tmp_path: Path) -> None:
    line = [sys.executable, str(RUN), "--work", str(tmp_path), "--repeat", "1", "--sizes", "50"]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", check=False, env=plain_environment())
    assert done.returncode == 0, done.stderr
    measured = [row.rsplit(maxsplit=4) for row in done.stdout.partition("x bare\n")[2].splitlines()]
    assert len(measured) == 17
    assert all(float(number) > 0 for _, *numbers in measured for number in numbers)
    assert measured[0][0] == "bare.py"


def test_every_import_runs(tmp_path: Path) -> None:
    script = RUN.with_name("imports.py")
    line = [sys.executable, str(script), "--work", str(tmp_path), "--rows", "2100", "--sheet-rows", "30"]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", check=False, env=plain_environment())
    assert done.returncode == 0, done.stderr
    rows = [row.strip("| ").split(" | ") for row in done.stdout.splitlines() if row.startswith("| ")]
    ways = [(name, way) for name, way, *_ in rows if way != "way"]
    assert {("enterprises", "anjian import"), ("hazards", "anjian import"), ("workbook", "anjian import")} <= {*ways}
    assert all(float(row[2]) > 0 and float(row[5]) > 0 for row in rows if row[1] == "anjian import")


def test_every_scheme_runs(tmp_path: Path) -> None:
    script = RUN.with_name("schemes.py")
    line = [sys.executable, str(script), "--work", str(tmp_path), "--hazards", "100", "--repeat", "1"]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", check=False, env=plain_environment())
    assert done.returncode == 0, done.stderr
    rows = [row.strip("| ").split(" | ") for row in done.stdout.splitlines() if row.startswith("| ")]
    figures = {tuple(row[:3]): row[3:] for row in rows if len(row) == 7}
    assert {("10", "120 indicators", "over"), ("100", "as shipped", "running")} <= {*figures}
    assert {"as shipped", "12 measures more", "40 measures more"} <= {row[0] for row in rows if len(row) == 6}
