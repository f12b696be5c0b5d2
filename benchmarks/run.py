"""Measure the program and print what came out: `python benchmarks/run.py`. See README.md beside it."""

from __future__ import annotations

import argparse
import platform
import sqlite3
import tempfile
from pathlib import Path

import ledgers
import startup

SIZES = [10_000, 100_000, 1_000_000]
LARGEST_CHECK = 100_000


def main() -> None:
    """Build the ledgers that are not there yet, time, print."""
    given = _arguments()
    work = Path(given.work)
    work.mkdir(parents=True, exist_ok=True)
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, medians of {given.repeat} runs")
    _build(work, min(given.sizes))
    took = startup.measure(startup.contestants(work, sorted(given.sizes), given.repeat), given.repeat)
    took |= startup.measure(startup.checks(work, [n for n in given.sizes if n <= LARGEST_CHECK]), min(given.repeat, 3))
    print(f"\n{'run':42} {'ms':>9} {'x bare':>8}")
    for name, seconds in took.items():
        print(f"{name:42} {seconds * 1000:9.1f} {seconds / took[startup.BASE]:8.2f}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(tempfile.gettempdir()) / "anjian-benchmarks"
    parser.add_argument("--work", default=default, help="folder for the ledgers; kept, so that a rerun is cheap")
    parser.add_argument("--repeat", type=int, default=15, help="rounds that count")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="hazards in the ledgers")
    return parser.parse_args()


def _build(work: Path, hazards: int) -> None:
    """Build a ledger anew and print what its parts took."""
    path = work / "built.db"
    path.unlink(missing_ok=True)
    parts = ledgers.build(path, hazards)
    print(f"\nbulk build of {parts.rows:,} rows, ms per 1,000 rows")
    for name, seconds in parts._asdict().items():
        if name != "rows":
            print(f"{name:42} {seconds * 1e6 / parts.rows:9.1f}")


if __name__ == "__main__":
    main()
