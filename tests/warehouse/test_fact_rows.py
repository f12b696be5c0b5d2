"""The single facts behind a county's figure come to the figure, and stand without names."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin.explain import Asked
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.summary_table import SummaryTable
from anjian_cli.ledger.open import reading
from anjian_cli.warehouse import duck, fact_rows, tree
from support import nation_made
from support.desk import refuses
from support.nation_made import Nation, nation

OCTOBER = ended(nation.YEAR, 10)


def facts(of: Nation, warehouse: Path, county: int, indicator: str) -> SummaryTable:
    code = list(nation.counties(5))[county].region + "000"
    with closing(duck.Duck(tree.opened(warehouse, facts=True))) as engine, closing(reading(of.registered)) as ledger:
        return fact_rows.table(ledger, engine, Asked(OCTOBER, code, indicator))


@pytest.mark.parametrize("indicator", ["special.accepted.涉氨", "training.网格员", "hazard.open", "health.tested"])
def test_they_come_to_the_figure(five: Nation, warehouse: Path, indicator: str) -> None:
    found = nation_made.bulletin(five.received, 10)
    (table,) = (each for category in found.categories for each in category.indicators if each.id == indicator)
    for county in (0, 1):
        code = list(nation.counties(5))[county].region + "000"
        (cell,) = (each for each in table.cells if each.town == code)
        told = facts(five, warehouse, county, indicator)
        assert told.total is not None
        assert (told.total.values[6] or 0) == (cell.done or 0)
        assert all(len(row.values) == len(told.columns) for row in told.rows)


def test_who_sent_none_has_none(five: Nation, warehouse: Path) -> None:
    with refuses("E106"):
        facts(five, warehouse, 4, "hazard.open")


def test_what_is_no_sum_of_facts_is_refused(five: Nation, warehouse: Path) -> None:
    with refuses("E106"):
        facts(five, warehouse, 0, "trusteeship.enterprises")
