"""Take in files of a million rows: `python benchmarks/imports.py`. See README.md beside it.

The program checks, refers, counts and chains every row; what it is held against only copies text into a table. Each
run is a process of its own, measured from its start to its end: processor time, time, and peak memory.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import files

ROWS = 1_000_000
SHEET_ROWS = 100_000
READ_ONLY = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
print(sum(1 for row in book.worksheets[0].iter_rows(values_only=True)))
"""


class Took(NamedTuple):
    """Processor time and time of a run in seconds, its peak memory in MB."""

    processor: float
    wall: float
    memory: float


def main() -> None:
    """Write the files that are not there yet, run, print the table."""
    given = _arguments()
    work = Path(given.work)
    work.mkdir(parents=True, exist_ok=True)
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; {given.rows:,} rows")
    table(_lists(work, given.rows, given.repeat), base=".import")
    print(f"\nan Excel file of {given.sheet_rows:,} enterprises")
    table(_workbook(work, given.sheet_rows, given.repeat), base="openpyxl read-only")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(tempfile.gettempdir()) / "anjian-benchmarks"
    parser.add_argument("--work", default=default, help="folder for files and ledgers")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--sheet-rows", type=int, default=SHEET_ROWS)
    parser.add_argument("--repeat", type=int, default=1, help="rounds; the least time of each counts")
    return parser.parse_args()


def _lists(work: Path, rows: int, repeat: int) -> dict[str, dict[str, Took]]:
    """Enterprises, then as many hazards at them, in each of the three ways."""
    enterprises = files.write(work / f"enterprises-{rows}.csv", files.ENTERPRISE, files.enterprises(rows))
    hazards = files.write(work / f"hazards-{rows}.csv", files.HAZARD, files.hazards(rows, rows))
    took: dict[str, dict[str, Took]] = {"enterprises": {}, "hazards": {}}
    for _ in range(repeat):
        ledger = new_ledger(work, tool("anjian"))
        for name, path in (("enterprises", enterprises), ("hazards", hazards)):
            plain = work / "plain.db"
            for way, command in (
                (".import", ["sqlite3", str(plain), f".import --csv '{path}' t"]),
                ("sqlite-utils insert --csv", [tool("sqlite-utils"), "insert", str(plain), "t", str(path), "--csv"]),
                ("anjian import", [tool("anjian"), "--db", str(ledger), "import", str(path)]),
            ):
                if shutil.which(command[0]):
                    plain.unlink(missing_ok=True)
                    _keep_least(took[name], way, run(command))
    return took


def _workbook(work: Path, rows: int, repeat: int) -> dict[str, dict[str, Took]]:
    path = work / f"enterprises-{rows}.xlsx"
    if not path.exists():
        _write_workbook(path, rows)
    took: dict[str, Took] = {}
    for _ in range(repeat):
        _keep_least(took, "openpyxl read-only", run([sys.executable, "-c", READ_ONLY, str(path)]))
        _keep_least(
            took,
            "anjian import",
            run([tool("anjian"), "--db", str(new_ledger(work, tool("anjian"))), "import", str(path)]),
        )
    return {"workbook": took}


def new_ledger(work: Path, anjian: str) -> Path:
    """A new ledger that knows the towns, by an installed command."""
    ledger = work / "imported.db"
    ledger.unlink(missing_ok=True)
    towns = files.write(work / "towns.csv", files.TOWN_HEADING, files.towns())
    home = {**os.environ, "HOME": str(work)}  # what it remembers is none of the user's
    subprocess.run([anjian, "init", str(ledger), "--towns", str(towns)], check=True, capture_output=True, env=home)
    return ledger


def _write_workbook(path: Path, rows: int) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("企业")
    sheet.append(files.ENTERPRISE)
    for row in files.enterprises(rows):
        sheet.append(row)
    book.save(path)


def tool(name: str) -> str:
    """A command that is installed where this Python is."""
    return str(Path(sys.executable).with_name(name))


def _keep_least(took: dict[str, Took], way: str, now: Took) -> None:
    took[way] = Took(*map(min, took.get(way, now), now))


def run(command: Sequence[str]) -> Took:
    """Run a process to its end. Raises CalledProcessError."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    errors = process.stderr.read() if process.stderr else b""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=errors)
    return Took(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def table(took: dict[str, dict[str, Took]], base: str) -> None:
    """Print what was measured, and each processor time as a multiple of that of `base`."""
    for line in lines(took, base):
        print(line)


def lines(took: dict[str, dict[str, Took]], base: str) -> Iterator[str]:
    yield f"\n| rows | way | processor s | × {base} | s | peak MB |"
    yield "|---|---|---:|---:|---:|---:|"
    for name, ways in took.items():
        for way, (processor, wall, memory) in ways.items():
            times = f"{processor / ways[base].processor:.2f}" if base in ways else "–"
            yield f"| {name} | {way} | {processor:.1f} | {times} | {wall:.1f} | {memory:.0f} |"


if __name__ == "__main__":
    main()
