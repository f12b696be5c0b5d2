"""What a nation costs: `python benchmarks/nation_costs.py [--work FOLDER] [--counties 100 500 1000 2800]`.

The ranking of so many counties from their sums in a warehouse, by DuckDB, worked out, and printed by the command with
the places of the month before; with --forms, the whole bulletin written in these; with --items, what is asked of that
many counties' single facts (12 towns, some 9,000 facts each), and their audit. Each run is a process of its own, which
tells its processor seconds and the most memory it held; packages, ledgers and warehouses are made the first time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path

import nation
from anjian_cli.ledger.open import reading
from anjian_cli.warehouse import build

_BEGIN = """
import gc, resource, sys, time
from contextlib import closing
from pathlib import Path
from anjian_cli import cli
gc.set_threshold(cli.COLLECT_AFTER)  # as every command does
from anjian_cli.ledger.open import reading
from anjian_cli.warehouse import asking, audit, engines
from anjian_cli.warehouse.delivered import FromWarehouse
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
folder = Path(sys.argv[1])
with closing(reading(folder / "ledger.db")) as ledger:
"""
_END = """
print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
RANKING = f"""{_BEGIN}
    with closing(engines.opened(folder / "warehouse", engines.DUCKDB)) as engine:
        compile_bulletin(ledger, ended(2018, 10), looking_back=False, deliveries=FromWarehouse(ledger, engine))
{_END}"""
ASKED = f"""{_BEGIN}
    with closing(engines.opened(folder / "warehouse", engines.DUCKDB, facts=True)) as engine:
        asking.table(ledger, engine, asking.Question("training.passed", "2018-01", "2018-10", ("市", "类型", "月")))
{_END}"""
AUDIT = f"""{_BEGIN}
    with closing(engines.opened(folder / "warehouse", engines.DUCKDB, facts=True)) as engine:
        assert audit.differences(engine) == []
{_END}"""


def main() -> None:
    """Make what is not there yet, measure, print the tables."""
    line = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    line.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "anjian-nation")
    line.add_argument("--counties", type=int, nargs="*", default=[100, 500, 1000, 2800])
    line.add_argument("--forms", nargs="*", default=[], help="table, csv, json, xlsx, docx, html, pdf, png")
    line.add_argument("--items", type=int, default=0, help="so many counties with facts; 2800 are 27 million")
    line.add_argument("--repeat", type=int, default=3)
    given = line.parse_args()
    print("run | counties | rows | s | MB")
    for count in given.counties:
        folder, rows = _made_apart(given.work / f"sums-{count}", count, 2, 0)
        print(f"ranking | {count} | {rows['sums']} | {_measured(RANKING, folder, given.repeat)}", flush=True)
        print(f"ranking printed | {count} | | {_commanded(folder, given.repeat, '--short')}", flush=True)
        for form in given.forms:
            written = str(folder / f"bulletin.{form}")
            used = _commanded(folder, given.repeat, "--format", form, "--output", written)
            print(f"{form} | {count} | | {used}", flush=True)
    if given.items:
        folder, rows = _made_apart(given.work / f"facts-{given.items}", given.items, 12, given.items)
        for name, run in (("asked of facts", ASKED), ("audit", AUDIT)):
            print(f"{name} | {given.items} | {rows['facts']} | {_measured(run, folder, given.repeat)}", flush=True)


def _made_apart(folder: Path, count: int, towns: int, facts: int) -> tuple[Path, dict[str, int]]:
    """In a process of its own: what a process held is counted with what those that it starts hold."""
    with ProcessPoolExecutor(max_workers=1) as apart:
        return apart.submit(_made, folder, count, towns, facts).result()


def _made(folder: Path, count: int, towns: int, facts: int) -> tuple[Path, dict[str, int]]:
    packed = nation.packages(folder / "packages", count, towns=towns, facts=facts)
    path = nation.ledger(folder / "ledger.db", count)
    with closing(reading(path)) as connection:
        return folder, dict(build.build(connection, folder / "warehouse", packed).rows)


def _measured(run: str, folder: Path, repeat: int) -> str:
    found = []
    for _ in range(repeat):
        done = subprocess.run([sys.executable, "-c", run, str(folder)], capture_output=True, text=True, check=True)
        found.append([float(number) for number in done.stdout.split()])
    return _told(found)


def _commanded(folder: Path, repeat: int, *words: str) -> str:
    """The same of a command."""
    line = ["--db", folder / "ledger.db", "bulletin", "2018-10", "--warehouse", folder / "warehouse", *words]
    found = []
    for _ in range(repeat):
        if "--output" in words:
            Path(words[-1]).unlink(missing_ok=True)
        run = subprocess.Popen([sys.executable, "-m", "anjian_cli", *map(str, line)], stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(run.pid, 0)
        assert status == 0
        found.append([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024])
    return _told(found)


def _told(found: Sequence[Sequence[float]]) -> str:
    seconds, memory = zip(*found, strict=True)
    return f"{statistics.median(seconds):.2f} (least {min(seconds):.2f}) | {max(memory):.0f}"


if __name__ == "__main__":
    main()
