"""A county's own bulletin and the province's line for it agree to the digit, over random ledgers: corrections and
opening figures included. Only what we write down ourselves of reports, and how many units have any, is another thing
there."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.value import Bulletin, Cell
from anjian_cli.ledger import write
from support import random_ledgers
from support.province import WUYI, YONGKANG, Province, of_ledger

SEEDS = (1, 2, 3)
FIGURES = ("done", "this_month", "last_month", "last_year", "mean_two_years", "months")


def line(bulletin: Bulletin, indicator: str, place: str) -> Cell:
    table = next(t for c in bulletin.categories for t in c.indicators if t.id == indicator)
    return table.whole if not place else next(cell for cell in table.cells if cell.town == place)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_line_of_a_county_is_its_own_bulletins_last(seed: int) -> None:
    made = random_ledgers.ledger(seed)
    running, before, january = random_ledgers.periods(made)
    with write.gate(made.ledger, "office", at="2019-01-01T00:00:00Z", actor="测试", today=made.today) as gate:
        gate.insert("setting", number="x", name="region_code", value=YONGKANG[:6], from_on=made.today)
    book = Province()
    for period in dict.fromkeys(each for each in (before.previous(), before) if each.as_of < running.as_of):
        _agree(made.ledger, book, period)
    del january


def _agree(county, book: Province, period: Period) -> None:  # type: ignore[no-untyped-def]
    parts = of_ledger(county, period, YONGKANG[:6], "1" * 32)
    book.receive(parts)
    own = compile_bulletin(county, period)
    above = compile_bulletin(book.connection, period)
    differing = []
    asked = 0
    for category in own.categories:
        for table in category.indicators:
            if table.kind == "counted" or table.id.startswith("report."):
                continue
            asked += 1
            mine, theirs = line(own, table.id, ""), line(above, table.id, YONGKANG)
            differing += [
                (table.id, name, getattr(mine, name), getattr(theirs, name))
                for name in FIGURES
                if getattr(mine, name) != getattr(theirs, name)
            ]
    assert not differing
    assert asked > 50
    assert {one.town for one in above.late} == {town.code for town in above.towns} - {YONGKANG}
