"""A county's own bulletin and the province's line for it agree to the digit, over random ledgers: what was corrected
and delivered anew and opening figures included. Only reports, of which we go by our own, and how many units have any
are another thing there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.value import Bulletin, Cell
from anjian_cli.ledger import write
from support import random_ledgers
from support.province import YONGKANG, Province, of_ledger

FIGURES = ("done", "this_month", "last_month", "last_year", "mean_two_years", "months")
LEDGER = "1" * 32


@pytest.mark.thorough
@pytest.mark.unmeasured
@pytest.mark.parametrize("seed", [4, 5])
def test_the_line_of_a_county_is_the_total_of_its_own_bulletin(seed: int) -> None:
    made = random_ledgers.ledger(seed, 150)
    county, book, asked = made.ledger, Province(), 0
    with write.gate(county, "office", at="2019-01-01T00:00:00Z", actor="测试", today=made.today) as gate:
        gate.insert("setting", number="x", name="region_code", value=YONGKANG[:6], from_on=made.today)
    periods = list(_months(ended(2018, 6), made.today))
    for period in periods:
        book.receive(of_ledger(county, period, YONGKANG[:6], LEDGER))
        asked += _agree(county, book, period)
    for _ in range(30):
        made.step()
    outcome = book.receive(of_ledger(county, periods[-1], YONGKANG[:6], LEDGER), serial=2)
    assert outcome.kind == "更正"
    asked += _agree(county, book, periods[-1])
    assert asked > 500


def _months(first: Period, today: str) -> Iterator[Period]:
    period = first
    while period.as_of < today:
        yield period
        period = ended(period.year + period.month // 12, period.month % 12 + 1)


def _agree(county: sqlite3.Connection, book: Province, period: Period) -> int:
    """How many figures there were that are known, and not 0."""
    own, above = compile_bulletin(county, period), compile_bulletin(book.connection, period)
    told, differing = 0, []
    for table in (t for category in own.categories for t in category.indicators):
        if table.kind == "counted" or table.id.startswith("report."):
            continue
        theirs = _line(above, table.id)
        for name in FIGURES:
            mine, other = getattr(table.whole, name), getattr(theirs, name)
            told += bool(mine)
            if mine != other:
                differing.append((period.key, table.id, name, mine, other))
    assert not differing
    return told


def _line(above: Bulletin, indicator: str) -> Cell:
    table = next(t for category in above.categories for t in category.indicators if t.id == indicator)
    return next(cell for cell in table.cells if cell.town == YONGKANG)
