"""A ledger of which one bit is turned: what each command that prints figures does with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from random import Random

from anjian_cli.bulletin import due, explain
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.evidence import evidence
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.standing import standing
from anjian_cli.bulletin.value import COUNTY
from anjian_cli.errors import Refused
from anjian_cli.ledger import check, write
from anjian_cli.ledger.moment import at_one_moment

TODAY, SOON = "2018-11-02", "2018-11-30"
SEPTEMBER, OCTOBER, NOVEMBER = ended(2018, 9), ended(2018, 10), Period(2018, 11, TODAY, False)
AT = "2018-11-02T03:00:00Z"
PRINTED: Mapping[str, Callable[[sqlite3.Connection], object]] = {
    "bulletin": lambda ledger: compile_bulletin(ledger, OCTOBER),
    "running": lambda ledger: compile_bulletin(ledger, NOVEMBER),
    "stock": lambda ledger: explain.explain(ledger, explain.Asked(OCTOBER, COUNTY, "hazard.open")),
    "flow": lambda ledger: explain.explain(ledger, explain.Asked(OCTOBER, COUNTY, "training.负责人")),
    "contracts": lambda ledger: explain.explain(ledger, explain.Asked(OCTOBER, COUNTY, "trusteeship.enterprises")),
    "todo": lambda ledger: due.due(ledger, TODAY, SOON),
    "status": lambda ledger: standing(ledger, TODAY, NOVEMBER),
    "status, locked": lambda ledger: standing(ledger, TODAY, SEPTEMBER),
    "issued": lambda ledger: evidence(ledger, compile_bulletin(ledger, SEPTEMBER), records=True),
    "papers": lambda ledger: evidence(ledger, compile_bulletin(ledger, OCTOBER), records=True),
}
"""By name, the value from which each command prints: every form carries the same figures."""

REFUSAL = (Refused, sqlite3.Error, ValueError, LookupError, TypeError)
"""What is told and printed by none: what the program refuses, and what it stumbles over."""


def said(path: Path) -> dict[str, object]:
    """What is printed of a ledger; None where it is refused."""
    return dict(_each(path))


def _each(path: Path) -> Iterator[tuple[str, object]]:
    for name, read in PRINTED.items():
        try:
            with at_one_moment(path) as connection:
                yield name, read(connection)
        except REFUSAL:
            yield name, None


class Flips:
    """Bits turned one by one in a copy of a ledger."""

    def __init__(self, ledger: Path, folder: Path, seed: int) -> None:
        self._content, self._path = ledger.read_bytes(), folder / "翻位.db"
        self._chance = Random(seed)
        self.good = self._said(self._content)
        assert None not in self.good.values()

    def silent(self, count: int) -> list[tuple[str, int, int]]:
        """Of so many bits, those for which something else was printed without a word: name, place, bit."""
        return self._silent(self._chance.randrange(len(self._content)) for _ in range(count))

    def silent_in(self, name: str, count: int) -> list[tuple[str, int, int]]:
        """The same for bits in the first page of a table or an index."""
        self._path.write_bytes(self._content)
        with closing(sqlite3.connect(self._path)) as connection:
            (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
            (size,) = connection.execute("PRAGMA page_size").fetchone()
        return self._silent((page - 1) * size + self._chance.randrange(size) for _ in range(count))

    def _silent(self, places: Iterable[int]) -> list[tuple[str, int, int]]:
        found = []
        for at in places:
            bit = self._chance.randrange(8)
            turned = bytearray(self._content)
            turned[at] ^= 1 << bit
            told = self._said(bytes(turned))
            found += [(name, at, bit) for name, value in told.items() if value not in (None, self.good[name])]
        return found

    def _said(self, content: bytes) -> dict[str, object]:
        self._path.write_bytes(content)
        return said(self._path)


def altered(ledger: Path, folder: Path, statements: str) -> tuple[list[str], bool]:
    """What the check finds, by code, in a copy that was edited past the gate; and whether anything was edited."""
    path = folder / "改.db"
    path.write_bytes(ledger.read_bytes())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.executescript(statements)
    try:
        with at_one_moment(path, older=True, as_found=True) as connection:
            found = [fault.code for fault in check.check(connection)]
    except (Refused, sqlite3.DatabaseError) as error:
        found = [type(error).__name__]
    return found, path.read_bytes() != ledger.read_bytes()


def close_a_hazard(path: Path, hazard: int) -> None:
    """A write that touches one root."""
    with write.operation(path, "test", at=AT, actor="经办人甲", today=TODAY) as gate:
        gate.update("hazard", hazard, remark="某")
