"""A small ledger in memory for the bulletin's tests: every fact goes through the gate, on fixed days."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cache

import pytest

from anjian_cli.bulletin import place_asked
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.value import COUNTY, Bulletin, Category, Cell, IndicatorTable
from anjian_cli.ledger import row_check, schema, write
from anjian_cli.ledger.gate import Gate

OPEN = "9999-12-31"
JIANGNAN, ZHIYING, SHIZHU, ZONE = "330784002", "330784109", "330784110", "330784901"
OCTOBER = ended(2018, 10)
TOWNS = (
    (JIANGNAN, "江南街道", "江南"),
    (ZHIYING, "芝英镇", "芝英"),
    (SHIZHU, "石柱镇", "石柱"),
    (ZONE, "经济开发区", "开发区"),
)


class Book:
    """The ledger and short words to write in it."""

    def __init__(self, towns: Sequence[tuple[str, str, str]] = TOWNS) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.deserialize(_empty())
        write_ready(self.connection)
        self._numbers = itertools.count(1)
        for position, (code, name, short) in enumerate(towns, 1):
            self.add("town", code=code, name=name, short_name=short, kind="镇", position=position)

    def add(self, table: str, **values: str | int | None) -> int:
        with self.gate() as gate:
            return gate.insert(table, **values)

    def update(self, table: str, row: int, **values: str | int | None) -> None:
        with self.gate() as gate:
            gate.update(table, row, **values)

    def gate(self, today: str = "2018-11-05", at: str = "2018-11-05T01:00:00Z") -> AbstractContextManager[Gate]:
        return write.gate(self.connection, "test", at=at, actor="测试", today=today)

    def number(self) -> str:
        return f"330784-2018-{next(self._numbers):04d}"

    def setting(self, name: str, value: str, from_on: str = "2018-01-01") -> int:
        return self.add("setting", number=self.number(), name=name, value=value, from_on=from_on)

    def training(self, town: str | None, held_on: str, passed: int, kind: str = "网格员") -> int:
        return self.add(
            "training", number=self.number(), town_code=town, held_on=held_on, kind=kind, title=f"{kind}培训",
            attended=passed, passed=passed,
        )  # fmt: skip

    def enterprise(self, *lived: tuple[str | None, str], name: str = "永康市恒达工具厂") -> int:
        """`lived`: (town, from) in order; the first from the beginning on."""
        with self.gate() as gate:
            row = gate.insert("enterprise", number=self.number(), name=name, name_key=name, no_code_reason="在办")
            starts = ["0001-01-01", *(start for _, start in lived[1:]), OPEN]
            for (town, _), from_on, until_on in zip(lived, starts, starts[1:], strict=False):
                gate.insert("residence", enterprise_id=row, town_code=town, from_on=from_on, until_on=until_on)
            return row

    def contract(self, enterprise: int, kind: str, from_on: str, last_on: str, until_on: str) -> int:
        return self.add(
            "trusteeship", number=self.number(), enterprise_id=enterprise, agency="某某公司", kind=kind,
            from_on=from_on, last_on=last_on, until_on=until_on, visits_per_year=4,
        )  # fmt: skip

    def target(self, indicator: str, town: str | None, quantity: int | None, from_on: str = "2018-01-01",
               until_on: str = OPEN, year: int = 2018) -> int:  # fmt: skip
        return self.add(
            "target", number=self.number(), year=year, indicator=indicator, town_code=town, quantity=quantity,
            document="永安委〔2018〕3号", from_on=from_on, until_on=until_on,
        )  # fmt: skip

    def opening(self, indicator: str, town: str | None, from_on: str, quantity: int, *,
                period_from: str | None = None, until_on: str = OPEN, last_rank: int | None = None) -> int:  # fmt: skip
        return self.add(
            "opening_figure", number=self.number(), indicator=indicator, town_code=town, from_on=from_on,
            until_on=until_on, period_from=period_from, cumulative=quantity, quantity=quantity,
            last_rank=last_rank, source="永安委办〔2018〕13号",
        )  # fmt: skip

    def bulletin(self, period: Period = OCTOBER) -> Bulletin:
        return compile_bulletin(self.connection, period)

    def cell(self, indicator: str, town: str, period: Period = OCTOBER) -> Cell:
        return cell(self.bulletin(period), indicator, town)


@cache
def _empty() -> bytes:
    """A ledger without anything in it, made once."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema.text())
        return connection.serialize()


@contextmanager
def compiled_once(connection: sqlite3.Connection, bulletin: Bulletin) -> Iterator[None]:
    """Explain cells of a bulletin that was compiled from the ledger as it stands, without compiling it for each."""
    changes = connection.total_changes

    def compiled(of: sqlite3.Connection, period: Period) -> Bulletin:
        assert (of, of.total_changes) == (connection, changes)
        assert (period.key, period.as_of) == (bulletin.month, bulletin.as_of)
        return bulletin

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place_asked, "compile_bulletin", compiled)
        yield


def write_ready(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    row_check.install(connection)


def table(bulletin: Bulletin, indicator: str) -> IndicatorTable:
    return next(t for c in bulletin.categories for t in c.indicators if t.id == indicator)


def category(bulletin: Bulletin, of: str) -> Category:
    return next(c for c in bulletin.categories if c.id == of)


def cell(bulletin: Bulletin, indicator: str, town: str) -> Cell:
    found = table(bulletin, indicator)
    if town == COUNTY:
        return found.total
    if town == "":
        assert found.other is not None
        return found.other
    return next(c for c in found.cells if c.town == town)
