"""The demonstration's ledger: sound, always the same, and with the figures that its bulletin is known for."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.explain import explain, parse_code
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import Bulletin, IndicatorTable
from anjian_cli.errors import Refused
from anjian_cli.ledger import check
from anjian_cli.ledger.open import reading
from anjian_cli.records import values
from anjian_cli.workflow import demonstration, demonstration_records

AT = "2018-11-02T01:00:00Z"


def make(path: Path) -> Path:
    demonstration.make(path, at=AT, actor="演示", program_version="0")
    return path


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with closing(reading(make(tmp_path_factory.mktemp("演示") / "演示.db"))) as connection:
        yield connection


@pytest.fixture(scope="module")
def october(ledger: sqlite3.Connection) -> Bulletin:
    return compile_bulletin(ledger, ended(2018, 10))


def table(bulletin: Bulletin, short: str) -> IndicatorTable:
    return next(t for category in bulletin.categories for t in category.indicators if t.short == short)


@pytest.mark.parametrize(
    ("short", "done", "target"),
    [
        ("喷涂", 80, 90),
        ("涉氨", 33, 36),
        ("涉粉", 77, 85),
        ("小微", 376, 415),
        ("托管企业", 521, None),
        ("三级新创", 129, 200),
        ("到期复评", 423, None),
        ("评审镇数", 8, None),
        ("责任村创建", 16, None),
        ("列入喷涂", 180, None),
        ("列入胶水", 65, None),
        ("列入涉粉", 9, None),
        ("列入涉氨", 2, None),
        ("已检", 525, 640),
        ("立案", 82, None),
        ("罚款", 274_700_000, None),
        ("追刑", 5, None),
    ],
)
def test_the_county_row_of_october(october: Bulletin, short: str, done: int, target: int | None) -> None:
    total = table(october, short).total
    assert (total.done, total.target) == (done, target)


def test_what_was_reached_by_the_end_of_september(october: Bulletin) -> None:
    before = {
        short: table(october, short).total.last_month for short in ("三级新创", "三级在创", "二级在创", "到期复评")
    }
    assert before == {"三级新创": 108, "三级在创": 200, "二级在创": 6, "到期复评": 423}


def test_against_the_year_before(october: Bulletin) -> None:
    assert table(october, "立案").total.last_year == 60
    assert table(october, "罚款").total.last_year == 182_700_000


def test_eight_units_are_in_review(october: Bulletin) -> None:
    names = {town.code: town.name for town in october.towns}
    found = {names[cell.town] for cell in table(october, "复评评审").cells if cell.done}
    assert len(found) == 8
    assert found > {"江南街道", "西城街道", "芝英镇", "石柱镇"}


def test_sixteen_units_are_ranked_in_six_categories(october: Bulletin) -> None:
    assert october.demonstration
    assert len(october.scores) == 16
    assert {row.categories for row in october.scores} == {6}
    assert all(row.last_rank is not None for row in october.scores)


def test_what_is_due_at_the_years_end_is_not_scored(october: Bulletin) -> None:
    assert [table(october, short).scored for short in ("三级复评", "责任村验收", "指导企业")] == [False, False, True]


def test_the_contract_reported_late_is_a_correction(october: Bulletin) -> None:
    (one,) = october.corrections
    assert (one.month, one.indicator, one.was, one.now) == ("2018-09", "trusteeship.涉氨", 5, 4)


def test_the_ammonia_cell_shows_who_moved_and_who_lapsed(ledger: sqlite3.Connection) -> None:
    asked = parse_code(ledger, ["10-芝英-涉氨"], demonstration.TODAY, ended(2018, 10))
    found = explain(ledger, asked)
    assert len(found.counted) == 4
    assert len(found.not_counted) == 2


def test_hazards_come_to_every_end(ledger: sqlite3.Connection, october: Bulletin) -> None:
    ended_by = Counter(row[0] for row in ledger.execute("SELECT ended_by FROM hazard_deadline"))
    assert ended_by.keys() == {"验收", "延期", None}
    assert ledger.execute("SELECT count(*) FROM rectification WHERE conclusion = '不合格'").fetchone()[0] > 5
    assert ledger.execute("SELECT count(*) FROM rectification WHERE until_on < '9999'").fetchone()[0] > 2
    assert (table(october, "挂牌").total.done, table(october, "逾期").total.done) == (2, 12)
    due, on_time, late = (table(october, short).total.done for short in ("到期隐患", "按期整改", "逾期后整改"))
    assert (due, on_time, late) == (234, 215, 7)


def test_the_ledger_is_sound(ledger: sqlite3.Connection) -> None:
    assert check.check(ledger) == []


def test_it_is_always_the_same(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    with closing(reading(make(tmp_path / "再来.db"))) as again:
        query = "SELECT hash FROM operation ORDER BY id"
        assert again.execute(query).fetchall() == ledger.execute(query).fetchall()


def test_made_up_codes_are_read_as_real_ones() -> None:
    for number in (1, 77, 640):
        code = demonstration_records.credit_code(number)
        assert values.credit_code(code) == code
        assert code.startswith("91330784DEM0")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    there = tmp_path / "账.db"
    there.write_bytes(b"mine")
    with pytest.raises(Refused) as refusal:
        make(there)
    assert refusal.value.faults[0].code == "E616"
    assert there.read_bytes() == b"mine"


def test_half_a_demonstration_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(demonstration.Demonstration, "make", stop)
    with pytest.raises(KeyboardInterrupt):
        make(tmp_path / "账.db")
    assert list(tmp_path.iterdir()) == []
