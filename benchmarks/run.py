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
LONG_REPEAT = 3


def main() -> None:
    """Build the ledgers that are not there yet, time, print."""
    given = _arguments()
    work = Path(given.work)
    work.mkdir(parents=True, exist_ok=True)
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, medians of {given.repeat} runs")
    sizes = sorted(given.sizes)
    _build(work, sizes[len(sizes) // 2])
    took = startup.measure(startup.contestants(work, sizes, given.repeat), given.repeat)
    took |= startup.measure(startup.documents(work), given.repeat)
    took |= startup.measure(startup.long_runs(work, sizes), min(given.repeat, LONG_REPEAT))
    base = took[startup.BASE]
    print(f"\n{'run':42} {'median ms':>10} {'x bare':>7} {'least ms':>10} {'x bare':>7}")
    for name, (median, least) in took.items():
        print(
            f"{name:42} {median * 1000:10.1f} {median / base.median:7.2f}"
            f" {least * 1000:10.1f} {least / base.least:7.2f}"
        )


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
