"""A nation's bulletin is the same to the fraction by every engine: 100 counties by all, 2,800 by SQLite and DuckDB.

Engines that are not installed (`tests/support/start_engines.py`) are skipped, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin.summary_table import SummaryTable
from anjian_cli.errors import Fault
from anjian_cli.ledger.open import reading
from anjian_cli.warehouse import asking, audit, engines, postgres, tree
from support import nation_made, start_engines
from support.nation_made import Nation, nation

HUNDRED, FACTS, ALL = 100, 10, 2_800
MISSING = {engines.SPARK: start_engines.missing_for_spark, engines.POSTGRESQL: start_engines.missing_for_postgresql}
QUESTION = asking.Question("training.passed", "2018-01", "2018-10", ("市", "类型", "月"))


@pytest.fixture(scope="module")
def pattern(demonstration_made: tuple[Path, list[Fault]]) -> nation.Pattern:
    return nation.pattern(demonstration_made[0])


@pytest.fixture(scope="module")
def hundred(pattern: nation.Pattern, tmp_path_factory: pytest.TempPathFactory) -> Nation:
    made = nation_made.made(tmp_path_factory.mktemp("百县"), pattern, HUNDRED, facts=FACTS)
    nation_made.built(made, made.folder / "汇总库")
    return made


@pytest.fixture
def engine(request: pytest.FixtureRequest, hundred: Nation, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An engine's name, its server running and loaded."""
    name: str = request.param
    if missing := MISSING.get(name, lambda: "")():
        pytest.skip(f"not run: {missing}")
    if name != engines.POSTGRESQL:
        yield name
        return
    with start_engines.postgresql() as settings:
        for key, value in settings.items():
            monkeypatch.setenv(key, value)
        postgres.load(tree.opened(hundred.folder / "汇总库", facts=True))
        yield name


@pytest.mark.parametrize("engine", engines.NAMES, indirect=True)
def test_a_hundred_counties(hundred: Nation, engine: str) -> None:
    warehouse = hundred.folder / "汇总库"
    for month in (1, 9, 10):
        by_engine = nation_made.told(nation_made.bulletin(hundred.registered, month, warehouse, engine))
        assert by_engine == nation_made.told(nation_made.bulletin(hundred.received, month))


@pytest.mark.parametrize("engine", engines.NAMES, indirect=True)
def test_what_is_asked_and_the_audit(hundred: Nation, engine: str) -> None:
    def answers(name: str) -> tuple[SummaryTable, list[audit.Difference]]:
        with (
            closing(reading(hundred.registered)) as ledger,
            closing(engines.opened(hundred.folder / "汇总库", name, facts=True)) as opened,
        ):
            return asking.table(ledger, opened, QUESTION), audit.differences(opened)

    by_engine = answers(engine)
    assert by_engine == answers(engines.DUCKDB)
    assert by_engine[0].rows
    assert by_engine[1] == []


def test_the_nation(pattern: nation.Pattern, tmp_path: Path) -> None:
    made = nation_made.made(tmp_path, pattern, ALL, facts=0)
    nation_made.built(made, tmp_path / "汇总库")
    by_engine = nation_made.told(nation_made.bulletin(made.registered, 10, tmp_path / "汇总库"))
    assert by_engine == nation_made.told(nation_made.bulletin(made.received, 10))
