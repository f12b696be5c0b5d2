"""The bulletin's tables are the same to the fraction, whether the sums are the ledger's own or an engine gives them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from anjian_cli.errors import Refused
from anjian_cli.light_dataclasses import replace
from anjian_cli.warehouse import duck, tree
from support import nation_made
from support.nation_made import Nation, nation


@pytest.mark.parametrize("month", [1, 9, 10])
def test_of_every_month(five: Nation, warehouse: Path, month: int) -> None:
    by_ledger = nation_made.bulletin(five.received, month)
    assert any(cell.done for each in by_ledger.categories for of in each.indicators for cell in of.cells)
    assert nation_made.told(nation_made.bulletin(five.registered, month, warehouse)) == nation_made.told(by_ledger)
    assert nation_made.told(nation_made.bulletin(five.registered, month)) != nation_made.told(by_ledger)


def test_what_the_ledger_received_counts_once(five: Nation, warehouse: Path) -> None:
    by_both = nation_made.bulletin(five.received, 10, warehouse)
    assert nation_made.told(by_both) == nation_made.told(nation_made.bulletin(five.received, 10))


def test_who_has_not_delivered_and_who_counts_otherwise(five: Nation, tmp_path: Path) -> None:
    """One county is silent, one of September, one counts a fact otherwise: unknown here is unknown there."""
    packed = list(five.packages[2:])
    first, second = list(nation.counties(5))[:2]
    earlier, _ = nation.parts_of(five.pattern, first, 2)
    sums = tuple(each for each in earlier.sums if each.ends_on < "2018-10")
    otherwise, _ = nation.parts_of(five.pattern, second, 2)
    facts = {**otherwise.facts, "training.passed": "0" * 16}
    for county, parts in (
        (first, replace(earlier, month="2018-09", sums=sums)),
        (second, replace(otherwise, facts=facts, measures=otherwise.measures[3:])),
    ):
        path = tmp_path / f"{county.region}.anjian"
        path.write_bytes(nation.packed(parts, county)[0])
        packed.append(path)
    packed = packed[1:]
    received = tmp_path / "接收.db"
    shutil.copy(five.registered, received)
    nation.receive(received, packed)
    nation_made.built(five, tmp_path / "汇总库", packed)
    by_ledger = nation_made.bulletin(received, 10)
    assert None in [cell.done for each in by_ledger.categories for of in each.indicators for cell in of.cells]
    by_engine = nation_made.bulletin(five.registered, 10, tmp_path / "汇总库")
    assert nation_made.told(by_engine) == nation_made.told(by_ledger)


def test_a_ledger_that_may_deliver_no_more_is_in_no_figure(warehouse: Path, tmp_path: Path) -> None:
    other = nation.ledger(tmp_path / "四县.db", 4)
    with pytest.raises(Refused) as refusal:
        nation_made.bulletin(other, 10, warehouse)
    assert [fault.code for fault in refusal.value.faults] == ["E942"]


@pytest.mark.parametrize("sql", ["SELECT 0.5", "SELECT sum(came) / 2 FROM sums", "SELECT CAST(1 AS DOUBLE)"])
def test_a_fraction_is_refused(warehouse: Path, sql: str) -> None:
    engine = duck.Duck(tree.opened(warehouse))
    with pytest.raises(Refused) as refusal:
        list(engine.execute(sql))
    assert refusal.value.faults[0].code == "E935"
    engine.close()
