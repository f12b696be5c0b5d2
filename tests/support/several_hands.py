"""Several people at one ledger at once, each command a process of its own: what they were told, how long it took."""

from __future__ import annotations

import itertools
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from anjian_cli.ledger.check import check
from anjian_cli.ledger.open import reading
from support.plain_environment import plain_environment

HEADINGS = "镇（街、区）,企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限\n"
READS = (("bulletin", "10"), ("hazard", "list", "--town", "芝英"), ("check",), ("explain", "10-芝英-涉氨"), ("todo",))
IMPORTED = 20
"""Rows of a file that a writer imports now and then."""


class Ran(NamedTuple):
    """A command that ran: its words, its exit code, the seconds it took and what it said of errors."""

    words: tuple[str, ...]
    code: int
    seconds: float
    said: str


@dataclass
class Hands:
    """What writers and readers did for some seconds."""

    ledger: Path
    today: str
    ran: list[Ran] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    """Descriptions of hazards of which a writer was told that they are in the ledger."""
    closed: list[str] = field(default_factory=list)
    """Numbers of hazards of which a writer was told that they are closed."""
    numbers: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def work(self, writers: int, readers: int, seconds: float, enterprises: Sequence[str], folder: Path) -> None:
        """So many writers, each with a firm of its own, and so many readers, for so long."""
        end = time.monotonic() + seconds
        threads = [
            *(threading.Thread(target=self._write, args=(n, end, enterprises[n], folder)) for n in range(writers)),
            *(threading.Thread(target=self._read, args=(n, end)) for n in range(readers)),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def run(self, *words: str) -> tuple[int, str]:
        """Run a command; its exit code and what it printed."""
        line = [sys.executable, "-m", "anjian_cli", "--db", str(self.ledger), "--today", self.today, "--as", "测试"]
        began = time.monotonic()
        done = subprocess.run(
            [*line, *words], capture_output=True, encoding="utf-8", check=False, env=plain_environment()
        )
        with self._lock:
            self.ran.append(Ran(words, done.returncode, time.monotonic() - began, done.stderr))
        return done.returncode, done.stdout

    def failed(self) -> list[Ran]:
        """The commands that did not end well."""
        return [each for each in self.ran if each.code]

    def lost(self) -> list[str]:
        """What was acknowledged and is not in the ledger, or not closed; and what `check` finds."""
        with closing(reading(self.ledger)) as connection:
            there = {text for (text,) in connection.execute("SELECT description FROM hazard")}
            closed = {
                number
                for (number,) in connection.execute(
                    "SELECT number FROM hazard h JOIN rectification r ON r.hazard_id = h.id"
                    " WHERE r.accepted_on IS NOT NULL"
                )
            }
            return [
                *(text for text in self.acknowledged if text not in there),
                *(number for number in self.closed if number not in closed),
                *(number for number in set(self.numbers) if self.numbers.count(number) > 1),
                *map(str, check(connection)),
            ]

    def _write(self, hand: int, end: float, enterprise: str, folder: Path) -> None:
        for turn in itertools.count(1):
            if time.monotonic() >= end:
                return
            text = f"第{hand}人第{turn}条{random.random()}"
            told = ("--found-on", "2018-10-20", "--deadline-on", "2018-11-20", "--source", "网格巡查")
            code, out = self.run("hazard", "add", enterprise, "--description", text, *told)
            number = re.search(r"（(\d+-2018-\d+)）", out)
            if code == 0 and number is not None:
                with self._lock:
                    self.acknowledged.append(text)
                    self.numbers.append(number[1])
                if turn % 2 == 0 and self.run("hazard", "close", number[1], "--rectified", "2018-11-01")[0] == 0:
                    with self._lock:
                        self.closed.append(number[1])
            if turn % 5 == 0:
                texts = [f"{text}之{row}" for row in range(IMPORTED)]
                file = folder / f"{hand}-{turn}.csv"
                rows = "".join(f"芝英镇,{enterprise},2018-10-30,网格巡查,一般,{each},2018-11-15\n" for each in texts)
                file.write_text(HEADINGS + rows, encoding="utf-8")
                if self.run("import", str(file))[0] == 0:
                    with self._lock:
                        self.acknowledged += texts

    def _read(self, hand: int, end: float) -> None:
        for turn in itertools.count(hand):
            if time.monotonic() >= end:
                return
            self.run(*READS[turn % len(READS)])
