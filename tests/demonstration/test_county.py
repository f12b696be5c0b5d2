"""The demonstration of 2026: sound, always the same, every figure made of records, under the scheme handed in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import Bulletin, IndicatorTable
from anjian_cli.demonstration import county_figures
from anjian_cli.demonstration.county_figures import Unit
from anjian_cli.ledger import check, schemes
from anjian_cli.ledger.open import reading
from support import county
from support.sweeps import sweep

OWN = {"_sqlite_migrations", "ledger"}
"""Tables that say when a ledger was made, and which it is."""


@pytest.fixture(scope="module")
def ledger(county_made_2026: Path) -> Iterator[sqlite3.Connection]:
    with closing(reading(county_made_2026)) as connection:
        yield connection


@pytest.fixture(scope="module")
def october(ledger: sqlite3.Connection) -> Bulletin:
    return compile_bulletin(ledger, ended(2026, 10))


def table(bulletin: Bulletin, short: str) -> IndicatorTable:
    return next(t for category in bulletin.categories for t in category.indicators if t.short == short)


def test_it_is_whole(county_made_2026: Path) -> None:
    with closing(reading(county_made_2026)) as connection:
        assert check.check(connection) == []


@pytest.mark.unmeasured
def test_it_is_always_the_same(tmp_path: Path, county_made_2026: Path) -> None:
    def lines(path: Path) -> list[str]:
        with closing(sqlite3.connect(path)) as connection:
            return [line for line in connection.iterdump() if not any(f'INTO "{name}"' in line for name in OWN)]

    assert lines(county.made(tmp_path / "再.db")) == lines(county_made_2026)


def test_the_scheme_is_in_force_from_the_years_first_day(ledger: sqlite3.Connection) -> None:
    found = schemes.on(ledger, "2026-01-01")
    assert (found.name, found.from_on) == (county_figures.SCHEME, county_figures.SCHEME_FROM)


@sweep(
    ("short", "of"),
    [
        *((short, lambda unit, at=at: unit.trained[at]) for at, short in enumerate(county_figures.COURSE_ITEMS)),
        ("三级定级", lambda unit: unit.graded),
        ("升二级", lambda unit: unit.second if unit.second[0] else (None, 0)),
        ("检查企业", lambda unit: unit.checked),
        ("小微", lambda unit: unit.in_trust),
        ("到期延期", lambda unit: unit.renewed),
        ("整治有限空间", lambda unit: unit.confined),
        ("整治粉尘", lambda unit: unit.dust),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
    keep=4,
)
def test_its_figures_are_those_of_its_records(
    october: Bulletin, short: str, of: Callable[[Unit], tuple[int | None, int]]
) -> None:
    cells = {cell.town: (cell.target, cell.done) for cell in table(october, short).cells}
    assert cells == {unit.code: of(unit) for unit in county_figures.UNITS}


def test_it_shows_what_a_scheme_can_do(october: Bulletin) -> None:
    points = october.points
    assert points is not None
    rows = {row.town: row for row in points.rows}
    names = {unit.name: rows[unit.code] for unit in county_figures.UNITS}
    assert any(row.total is not None and row.total > 100 for row in rows.values())  # bonuses beyond full marks
    assert names["云峰乡"].open > names["竹源乡"].open == 1  # who has not reported, and who has not been marked
    assert names["西岭镇"].open == 0
    assert {row.grade for row in rows.values()} == {"优秀", "良好", "合格", "不合格"}
    (accidents,) = [at for at, each in enumerate(points.categories) if each.title == "事故控制"]
    assert names["南坪镇"].categories[accidents].points == Fraction(5 - 2 - 3)


def test_what_departments_do_names_them(ledger: sqlite3.Connection) -> None:
    for table, column in (("hazard", "found_by"), ("inspection", "department"), ("enforcement_case", "department")):
        (named,) = ledger.execute(f"SELECT count({column}) FROM {table}").fetchone()
        assert named > 0, table
    assert ledger.execute("SELECT count(*) FROM filing WHERE town_code IS NULL").fetchone()[0] > 20
