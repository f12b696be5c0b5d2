"""Two programs, or one, in turns with the bare script, by processor time:

    python benchmarks/turns.py --repeat 7 now=…/bin/anjian:now.db before=…/bin/anjian:before.db [--only status bulletin]

Each is an installed command and a ledger that its version reads (`ledgers.py`, then `month close` and `issue`). A run
is a whole process in a pipe; runs that write work on copies, and each closes another hazard.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import ledgers
from startup import BARE

TODAY = ("--today", ledgers.TODAY)
HEADING = "镇（街、区）,企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限\n"
READING = {
    "version": ("--version",),
    "help": ("-h",),
    "status": ("status", *TODAY),
    "todo": ("todo", *TODAY),
    "todo --format json": ("todo", "--format", "json", *TODAY),
    "explain 10-芝英-涉氨": ("explain", "10-芝英-涉氨", *TODAY),
    "explain 10-芝英-未销号": ("explain", "10-芝英-未销号", *TODAY),
    "hazard list": ("hazard", "list", *TODAY),
    "bulletin": ("bulletin", "10", *TODAY),
    "check": ("check", *TODAY),
}
"""What is read, by name: words that the program is given."""
WRITING = ("hazard close", "hazard add", "import of three hazards")
OF_DEPARTMENTS = ("hazard transfer",)
"""Runs for ledgers that have departments (`schemes.py`): only where they are named."""

Line = Callable[[int], list[str]]
"""The command line of the n-th run."""


def main() -> None:
    """Run in turns, print the table: medians and the least of each, and both against the bare script."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        contestants = dict(_contestants(given, Path(folder)))
        took: dict[str, list[float]] = {name: [] for name in contestants}
        for turn in range(-1, given.repeat):  # the first round warms the file caches and does not count
            names = list(contestants)
            for name in names[turn % len(names) :] + names[: turn % len(names)]:
                seconds = _processor_time(contestants[name](turn + 1))
                if turn >= 0:
                    took[name].append(seconds)
    bare = took[BARE.name]
    print("| run | median ms | × bare | least ms | × bare |\n|---|---:|---:|---:|---:|")
    for name, times in took.items():
        middle, least = statistics.median(times), min(times)
        against = f"{middle / statistics.median(bare):.2f} | {least * 1000:,.1f} | {least / min(bare):.2f}"
        print(f"| {name} | {middle * 1000:,.1f} | {against} |")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", nargs="+", metavar="NAME=COMMAND:LEDGER")
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--only", nargs="+", default=[*READING, *WRITING], metavar="RUN")
    return parser.parse_args()


def _contestants(given: argparse.Namespace, folder: Path) -> Iterator[tuple[str, Line]]:
    programs = {}
    for told in given.programs:
        name, _, rest = told.partition("=")
        command, _, ledger = rest.rpartition(":")
        programs[name] = (command, Path(ledger))
    first = next(iter(programs.values()))[1]
    yield BARE.name, _bare(Path(shutil.copy(first, folder / "bare.db")), given.repeat)
    for run in given.only:
        for name, (command, ledger) in programs.items():
            if run in READING:
                yield f"{run}, {name}", _always(command, *READING[run], "--db", str(ledger))
            else:
                copy = Path(shutil.copy(ledger, folder / f"{name}-{run}.db"))
                yield f"{run}, {name}", _writing(run, command, copy, given.repeat)


def _always(*line: str) -> Line:
    return lambda _: list(line)


def _writing(run: str, command: str, ledger: Path, repeat: int) -> Line:
    numbers = ledgers.open_numbers(ledger, repeat + 1)
    common = (*TODAY, "--db", str(ledger))
    if run == "hazard close":
        return lambda turn: [command, "hazard", "close", numbers[turn], "--rectified", ledgers.TODAY, *common]
    if run == "hazard transfer":
        to = ("--department", ledgers.TO, "--on", ledgers.TODAY)
        return lambda turn: [command, "hazard", "transfer", numbers[turn], *to, *common]
    if run == "hazard add":
        return lambda turn: [
            command, "hazard", "add", "测算第0工具厂",
            "--description", f"通道第{turn}处堆放杂物", "--deadline-on", "2018-11-20", *common,
        ]  # fmt: skip

    def imported(turn: int) -> list[str]:
        file = ledger.with_name(f"{ledger.stem}-{turn}.csv")
        rows = (
            f"东城镇,测算第{16 * at}工具厂,2018-10-30,网格巡查,一般,第{turn}次第{at}处,2018-11-15" for at in range(3)
        )
        file.write_text(HEADING + "\n".join(rows), encoding="utf-8")
        return [command, "import", str(file), *common]

    return imported


def _bare(ledger: Path, repeat: int) -> Line:
    numbers = ledgers.open_numbers(ledger, repeat + 1)
    return lambda turn: [
        sys.executable, str(BARE), numbers[turn],
        "--rectified", ledgers.TODAY, "--on", ledgers.TODAY, "--by", "测算", "--db", str(ledger),
    ]  # fmt: skip


def _processor_time(line: list[str]) -> float:
    """Seconds of processor time, user and system, of a run. Raises CalledProcessError."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(line, env={**environment, "ANJIAN_ACTOR": "测算"}, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
