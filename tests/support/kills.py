"""Kill commands at many moments, and look what they have left."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from anjian_cli import interruption
from anjian_cli.ledger import write
from anjian_cli.ledger.check import check
from anjian_cli.ledger.open import reading
from support.before_or_after import HEADINGS, whole
from support.failing import Ended, begin, wait
from support.import_ledger import operations

T = ("--today", "2018-11-02", "--db", "t.db")
COMMANDS = {
    "import": ("import", "隐患.csv", *T),
    "import aside": ("import", "很多隐患.csv", *T),
    "hazard close": ("hazard", "close", "江南-1", "--rectified", "11-1", "--accepted-by", "丙", *T),
    "month close": ("month", "close", "10", "--yes", *T),
    "undo": ("undo", *T),
    "bulletin set": ("bulletin", "10", "-o", "set/", *T),
    "demo": ("demo", "--db", "d.db"),
}


class Rows(NamedTuple):
    """How many rows the files have that are imported, and from how many on an import is written aside."""

    few: int
    many: int
    aside: int


class Killer:
    """A folder in which commands are killed. `found` counts what became of them; `bad` says what does not hold."""

    lines: Mapping[str, Sequence[str]] = COMMANDS

    def __init__(self, template: Path, folder: Path, rows: Rows, commands: Sequence[str] = tuple(COMMANDS)) -> None:
        self.template, self.folder, self.aside = template, folder, rows.aside
        self.found: Counter[str] = Counter()
        self.bad: list[str] = []
        self._whole: dict[str, float] = {}
        folder.mkdir()
        for name, count in (("隐患.csv", rows.few), ("很多隐患.csv", rows.many)):
            lines = [
                f"永康市精工五金厂,2018-10-{1 + row % 30:02},网格巡查,一般,无盖{row},2018-11-15" for row in range(count)
            ]
            (folder / name).write_text("\n".join([HEADINGS, *lines, ""]), encoding="utf-8")
        for name in commands:
            self._measure(name)

    def _measure(self, name: str) -> None:
        """How long a command takes that nobody disturbs."""
        self._lay()
        begun = time.monotonic()
        code = self._ended(name, None)
        self._whole[name] = time.monotonic() - begun
        assert code == 0, name

    def kill(self, rng: random.Random) -> None:
        """Kill one command at one moment. What it leaves is whole, and the same command then runs to its end."""
        name = rng.choice(sorted(self._whole))
        self._lay()
        before = operations(self.folder / "t.db")
        killed = self._ended(name, self._whole[name] * rng.uniform(0.2, 1.05)) < 0
        self.found["killed" if killed else "ended"] += 1
        for what in self._left(before):
            self.bad.append(f"{name}: {what}")
        if killed:
            for path in (self.folder / "d.db", self.folder / "set"):  # the user is told of what is there
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
            done = operations(self.folder / "t.db") > before
            if (code := self._ended(name, None)) and not done:
                self.bad.append(f"{name}: the next run ended with {code}")
            for path in self.folder.rglob("*"):
                if ".partial" in path.name or ".importing" in path.name or path.name.endswith("-journal"):
                    self.bad.append(f"{name}: {path.name} was left, and the next run did not take it away")

    def _left(self, before: int) -> list[str]:
        found = []
        for ledger in (self.folder / "t.db", self.folder / "d.db"):
            if ledger.exists():
                with closing(reading(ledger)) as connection:
                    found += [str(fault) for fault in check(connection)]
        after = operations(self.folder / "t.db")
        self.found["after" if after > before else "before"] += 1
        if after not in (before, before + 1):
            found.append(f"{after - before} operations")
        for path in (self.folder / "set").rglob("*"):
            if path.is_file() and ".partial" not in path.name and not whole(path):
                found.append(f"{path.name} has its name and is not whole")
        return found

    def _lay(self) -> None:
        for path in (*self.folder.glob("*.db*"), *self.folder.glob(".*.partial"), self.folder / "set"):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        shutil.copy(self.template, self.folder / "t.db")

    def _ended(self, name: str, seconds: float | None) -> int:
        return self._run(name, seconds, signal.SIGKILL).code

    def _run(self, name: str, seconds: float | None, by: signal.Signals) -> Ended:
        def prepare() -> None:
            write.LONG = self.aside
            interruption.answer()  # as the installed command does

        running = begin(self.folder, self.lines[name], prepare=prepare)
        if seconds is not None:
            time.sleep(seconds)
            os.kill(running.child, by)
        return wait(running)
