"""What is asked of a warehouse is what its packages say; a SELECT of one's own reads it and nothing else."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin.summary_table import SummaryTable
from anjian_cli.errors import Refused
from anjian_cli.ledger.open import reading
from anjian_cli.warehouse import asking, duck, tree
from anjian_cli.warehouse.asking import Question
from support import nation_made
from support.nation_made import Nation, nation
from support.sweeps import sweep


def asked(of: Nation, warehouse: Path, question: Question) -> SummaryTable:
    with closing(duck.Duck(tree.opened(warehouse, facts=True))) as engine, closing(reading(of.registered)) as ledger:
        return asking.table(ledger, engine, question)


def numbers(table: SummaryTable) -> dict[tuple[str, ...], int]:
    return {(row.name, *map(str, row.values[:-1])): int(str(row.values[-1])) for row in table.rows}


def test_a_flow_by_county_and_month(five: Nation, warehouse: Path) -> None:
    wanted: Counter[tuple[str, ...]] = Counter()
    for county in nation.counties(5):
        for each in nation.parts_of(five.pattern, county, 2)[0].sums:
            if each.measure == "hazard.found" and "2018-03" <= each.ends_on[:7] <= "2018-09":
                wanted[county.city, each.ends_on[:7]] += each.came
    table = asked(five, warehouse, Question("hazard.found", "2018-03", "2018-09", ("市", "月")))
    assert numbers(table) == dict(wanted)
    assert table.total is not None
    assert table.total.values[-1] == sum(wanted.values())


def test_a_stock_by_month_is_what_stood_at_its_end(five: Nation, warehouse: Path) -> None:
    wanted: Counter[tuple[str, ...]] = Counter()
    for county in nation.counties(5):
        for each in nation.parts_of(five.pattern, county, 2)[0].sums:
            if each.measure == "hazard.open":
                for month in ("2018-08", "2018-09", "2018-10"):
                    wanted[county.name, month] += (each.came - each.went) * (each.ends_on[:7] <= month)
    table = asked(five, warehouse, Question("hazard.open", "2018-08", "2018-10", ("县", "月")))
    assert {key: number for key, number in numbers(table).items() if number} == {k: n for k, n in wanted.items() if n}
    assert table.total is None


def test_by_words_from_facts_of_those_who_sent_them(five: Nation, warehouse: Path) -> None:
    wanted: Counter[tuple[str, ...]] = Counter()
    for county in list(nation.counties(5))[:2]:
        for _, each in nation.parts_of(five.pattern, county, 2)[1]:
            if each.fact == "training.passed" and "2018-01-01" <= each.from_on <= "2018-10-31":
                wanted[each.kind,] += each.quantity
    table = asked(five, warehouse, Question("training.passed", "2018-01", "2018-10", ("类型",)))
    assert numbers(table) == dict(wanted)
    assert "5个县里的2个" in table.meaning


def test_a_measure_that_nobody_sums_is_never_nought(five: Nation, warehouse: Path, tmp_path: Path) -> None:
    """Of counties without facts a measure that is in no sums is not known."""
    nation_made.built(five, tmp_path / "汇总库", five.packages[2:])
    with pytest.raises(Refused) as refusal:
        asked(five, tmp_path / "汇总库", Question("training.passed", "2018-01", "2018-10"))
    assert refusal.value.faults[0].code == "E106"
    late = asked(five, warehouse, Question("hazard.found", "2018-01", "2018-11")).meaning
    assert "5个县里的5个，5个县还没有报到2018年11月" in late


@pytest.mark.parametrize("measure", ["没有", "training.passed?x=1", "hazard.no_such", "distinct(a;b)"])
def test_what_is_no_measure(five: Nation, warehouse: Path, measure: str) -> None:
    with pytest.raises(Refused) as refusal:
        asked(five, warehouse, Question(measure, "2018-01", "2018-10"))
    assert refusal.value.faults[0].code == "E106"


@sweep(
    "sql",
    [
        "DROP VIEW sums",
        "SELECT 1; SELECT 2",
        "COPY (SELECT 1) TO 'x.csv'",
        "COPY (SELECT 1) TO '{rows}/x.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('{ledger}')",
        "SELECT * FROM glob('/*')",
        "ATTACH '{ledger}' AS x",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "PRAGMA database_list",
        "CREATE TABLE x AS SELECT 1",
        "SELECT * FROM no_such",
        "SELEC",
        "",
        "SELECT * FROM range(100001)",
        "EXPORT DATABASE 'x'",
        "CALL pragma_version()",
    ],
    keep=12,
)
def test_a_select_can_do_nothing_else(
    five: Nation, warehouse: Path, sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = tree.opened(warehouse)
    before = sorted(warehouse.rglob("*"))
    with closing(duck.Duck(found)) as engine, pytest.raises(Refused) as refusal:
        asking.selected(engine, sql.format(rows=found.rows, ledger=five.registered))
    assert refusal.value.faults[0].code == "E938"
    assert sorted(warehouse.rglob("*")) == before
    assert not list(tmp_path.iterdir())


def test_a_select_of_ones_own(warehouse: Path) -> None:
    with closing(duck.Duck(tree.opened(warehouse))) as engine:
        table = asking.selected(engine, "SELECT name, month, serial FROM packages ORDER BY name LIMIT 2")
    assert [(column.title, column.kind) for column in table.columns] == [("month", "text"), ("serial", "count")]
    assert [row.values for row in table.rows] == [("2018-10", 1)] * 2
