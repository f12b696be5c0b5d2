"""Whole runs of the program, from the start of the process to its end, against a bare script.

The contestants take turns, each round beginning with another of them, so that a machine that slows down slows all
of them; the first round warms the file caches and is thrown away. Writing runs work on copies of the ledgers.
"""

from __future__ import annotations

import itertools
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import ledgers

BARE = Path(__file__).with_name("bare.py")
PROGRAM = "import sys; from anjian_cli.cli import main; sys.exit(main())"  # as the installed command does
BASE = "bare.py"
TODAY = ("--today", ledgers.TODAY)
LARGEST_CHECK = 100_000


@dataclass(frozen=True)
class Contestant:
    """A command; `line` gives the command line of its next run."""

    name: str
    line: Callable[[], list[str]]


class Taken(NamedTuple):
    """Seconds that the runs of a contestant took."""

    median: float
    least: float


def measure(contestants: list[Contestant], repeat: int) -> dict[str, Taken]:
    """What each contestant's runs took, by name; several rounds are warmed up by one that does not count. Raises
    CalledProcessError where one fails."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment["ANJIAN_ACTOR"] = "测算"
    took: dict[str, list[float]] = {contestant.name: [] for contestant in contestants}
    for turn in range(-1 if repeat > 1 else 0, repeat):
        first = turn % len(contestants)
        for contestant in contestants[first:] + contestants[:first]:
            line = contestant.line()
            began = time.perf_counter()
            subprocess.run(line, env=environment, stdout=subprocess.PIPE, check=True)
            if turn >= 0:
                took[contestant.name].append(time.perf_counter() - began)
    return {name: Taken(statistics.median(times), min(times)) for name, times in took.items()}


def contestants(work: Path, sizes: list[int], repeat: int) -> list[Contestant]:
    """What is run every day: steps on the smallest ledger and the largest, the bulletin on every one."""
    read = {size: ledgers.ledger(work, size) for size in sizes}
    small, large = min(sizes), max(sizes)
    found = [
        Contestant(BASE, _bare(_copy(read[small], "bare"), repeat)),
        Contestant("anjian --version", _always("--version")),
    ]
    for size in dict.fromkeys((small, large)):
        found.append(Contestant(f"hazard close, {size:,}", _close(_copy(read[size], "close"), repeat)))
    daily = _copy(read[small], "daily")
    add = _add(daily)
    subprocess.run(add(), stdout=subprocess.PIPE, check=True)  # so that there always is a step to be taken back
    found.append(Contestant(f"hazard add, {small:,}", add))
    found.append(Contestant(f"undo, {small:,}", _always("undo", *TODAY, "--db", str(daily))))
    for size in sizes:
        bulletin = ("bulletin", "--month", "10", *TODAY, "--db", str(read[size]))
        found.append(Contestant(f"bulletin, {size:,}", _always(*bulletin)))
        found.append(Contestant(f"bulletin --format json, {size:,}", _always(*bulletin, "--format", "json")))
    return found


def documents(work: Path) -> list[Contestant]:
    """The bulletin of the demonstration ledger: on the screen, in every other form, as the whole set."""
    demonstration = work / "demonstration.db"
    if not demonstration.exists():
        subprocess.run(_program("--db", str(demonstration), "demo"), capture_output=True, check=True)
    bulletin = ("bulletin", "2018-10", *TODAY, "--db", str(demonstration))
    found = [Contestant("demonstration: bulletin", _always(*bulletin))]
    for name in ("letter.docx", "letter.pdf", "annexes.xlsx", "page.html", "ranking.png", "set"):
        found.append(Contestant(f"demonstration: {name}", _anew(work / name, *bulletin)))
    return found


def _anew(output: Path, *words: str) -> Callable[[], list[str]]:
    """A run that writes a file or a folder which the run before it left: it is taken away first."""

    def line() -> list[str]:
        if output.is_dir():
            shutil.rmtree(output)
        output.unlink(missing_ok=True)
        return _program(*words, "-o", str(output))

    return line


def long_runs(work: Path, sizes: list[int]) -> list[Contestant]:
    """Runs that take seconds: a figure's records on the largest ledger, and `check`, which takes every operation
    back on a copy."""
    large = max(sizes)
    found = []
    for cell in ("10-芝英-涉氨", "10-芝英-未销号"):
        line = ("explain", cell, *TODAY, "--db", str(ledgers.ledger(work, large)))
        found.append(Contestant(f"explain {cell}, {large:,}", _always(*line)))
    for size in (size for size in sizes if size <= LARGEST_CHECK):
        found.append(Contestant(f"check, {size:,}", _always("check", *TODAY, "--db", str(ledgers.ledger(work, size)))))
    return found


def _program(*words: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM, *words]


def _always(*words: str) -> Callable[[], list[str]]:
    return lambda: _program(*words)


def _close(path: Path, repeat: int) -> Callable[[], list[str]]:
    numbers = _numbers(path, repeat)
    return lambda: _program(
        "hazard", "close", next(numbers), "--rectified", ledgers.TODAY, *TODAY, "--db", str(path)
    )  # fmt: skip


def _add(path: Path) -> Callable[[], list[str]]:
    places = itertools.count(1)
    return lambda: _program(
        "hazard", "add", "测算第0工具厂", "--description", f"通道第{next(places)}处堆放杂物",
        "--deadline-on", "2018-11-20", *TODAY, "--db", str(path),
    )  # fmt: skip


def _bare(path: Path, repeat: int) -> Callable[[], list[str]]:
    numbers = _numbers(path, repeat)
    return lambda: [
        sys.executable, str(BARE), next(numbers),
        "--rectified", ledgers.TODAY, "--on", ledgers.TODAY, "--by", "测算", "--db", str(path),
    ]  # fmt: skip


def _numbers(path: Path, repeat: int) -> Iterator[str]:
    """Another hazard for every run."""
    return iter(ledgers.open_numbers(path, repeat + 1))


def _copy(path: Path, name: str) -> Path:
    """A fresh copy to write in."""
    return Path(shutil.copy(path, path.with_name(f"{path.stem}-{name}.copy")))
