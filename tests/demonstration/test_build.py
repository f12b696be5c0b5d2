"""The demonstration's ledger: sound, always the same, and with the figures that its bulletin is known for."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin import figures, wording
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.explain import explain, parse_code
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.value import Bulletin, IndicatorTable
from anjian_cli.demonstration import build, firms
from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger import check, inverse
from anjian_cli.ledger.open import reading
from anjian_cli.records import codes, inspection
from support.desk import Desk

AT = "2018-11-02T01:00:00Z"


RECORDED = (
    *("setting", "town", "village", "agency", "department", "officer", "campaign", "target", "statistic", "enterprise"),
    *("standardization", "programme", "trusteeship", "visit", "exposure", "health_test", "device", "training"),
    *("responsible_village", "guidance", "hazard", "inspection", "enforcement_case", "accident", "filing"),
)
NOT_VISITED = (
    "kind = '{}' AND from_on <= '2018-10-31' AND '2018-10-31' < until_on AND NOT EXISTS"
    " (SELECT 1 FROM visit v WHERE v.enterprise_id = trusteeship.enterprise_id AND v.kind = trusteeship.kind)"
)


def make(path: Path) -> list[Fault]:
    return build.make(path, at=AT, actor="演示", program_version="0")


@pytest.fixture(scope="module")
def ledger(demonstration_made: tuple[Path, list[Fault]]) -> Iterator[sqlite3.Connection]:
    with closing(reading(demonstration_made[0])) as connection:
        yield connection


@pytest.fixture(scope="module")
def october(ledger: sqlite3.Connection) -> Bulletin:
    return compile_bulletin(ledger, ended(2018, 10))


def table(bulletin: Bulletin, short: str) -> IndicatorTable:
    return next(t for category in bulletin.categories for t in category.indicators if t.short == short)


COUNTY = {
    # What is done by October's end, what it is held against, and the same months of the year before.
    "喷涂": (80, 90, None),
    "涉氨": (33, 36, None),
    "涉粉": (77, 85, None),
    "小微": (376, 415, None),
    "托管企业": (521, None, None),
    "三级新创": (129, 200, None),
    "三级在创": (179, None, None),
    "二级在创": (6, None, None),
    "到期复评": (423, None, None),
    "复评咨询": (405, None, None),
    "复评评审": (139, None, None),
    "评审镇数": (8, None, None),
    "责任村创建": (16, None, None),
    "指导企业": (321, 382, None),
    "列入喷涂": (180, None, None),
    "列入胶水": (65, None, None),
    "列入涉粉": (9, None, None),
    "列入涉氨": (2, None, None),
    "整治喷涂": (147, 180, None),
    "整治胶水": (51, 65, None),
    "应检": (640, None, None),
    "已检": (525, 640, None),
    "检测超标": (43, None, None),
    "超标整改": (31, None, None),
    "智慧用电": (333, 457, None),
    "立案": (82, None, 60),
    "处罚": (82, None, 60),
    "罚款": (274_700_000, None, 182_700_000),
    "追刑": (5, None, 3),
    "事故立案": (3, None, 4),
    "事故起数": (41, None, 46),
    "死亡人数": (33, None, 36),
    "受伤人数": (19, None, 24),
    "较大事故": (0, None, None),
    "报送": (157, None, None),
    "迟报": (1, None, None),
}


@pytest.mark.parametrize("short", COUNTY)
def test_the_county_row_of_october(october: Bulletin, short: str) -> None:
    done, target, last_year = COUNTY[short]
    total = table(october, short).total
    assert (total.done, total.target) == (done, target)
    if last_year is not None:
        assert total.last_year == last_year


def test_what_was_reached_by_the_end_of_september(october: Bulletin) -> None:
    before = {
        short: table(october, short).total.last_month for short in ("三级新创", "三级在创", "二级在创", "到期复评")
    }
    assert before == {"三级新创": 108, "三级在创": 200, "二级在创": 6, "到期复评": 423}


def test_against_the_years_before(october: Bulletin) -> None:
    for short, rise in (("立案", "增长36.67%"), ("罚款", "增长50.36%")):
        total = table(october, short).total
        assert total.done is not None
        assert total.last_year is not None
        assert wording.change(total.done, total.last_year) == rise
    two_years = {short: table(october, short).total.mean_two_years for short in ("立案", "事故起数", "死亡人数")}
    assert two_years == {"立案": 56, "事故起数": 48, "死亡人数": 38}


def test_death_rates_have_denominators_of_both_years(october: Bulletin) -> None:
    found = [(rate.kind, rate.deaths, rate.last_year, rate.last_base is not None) for rate in october.death_rates]
    assert found == [("生产总值", 33, 36, True), ("从业人员", 33, 36, True)]


def test_eight_units_are_in_review(october: Bulletin) -> None:
    names = {town.code: town.name for town in october.towns}
    found = {names[cell.town] for cell in table(october, "复评评审").cells if cell.done}
    assert len(found) == 8
    assert found > {"江南街道", "西城街道", "芝英镇", "石柱镇"}


def test_who_has_not_reported(october: Bulletin) -> None:
    names = {town.code: town.name for town in october.towns}
    assert october.filings is not None
    assert [names[code] for code in october.filings.missing] == ["西溪镇", "唐先镇"]
    assert [names[code] for code in october.filings.returned] == ["舟山镇"]
    assert october.filings.mended == october.filings.returned
    assert (october.filings.late, october.filings.nil) == ((), ())


def test_every_figure_comes_from_records(ledger: sqlite3.Connection, october: Bulletin) -> None:
    assert ledger.execute("SELECT count(*) FROM opening_figure").fetchone()[0] == 0
    assert not [t.short for c in october.categories for t in c.indicators if "期初数" in t.note]
    for record in RECORDED:
        assert ledger.execute(f'SELECT count(*) FROM "{record}"').fetchone()[0], record


def test_inspections_by_every_channel_in_every_unit(ledger: sqlite3.Connection) -> None:
    methods = Counter(row[0] for row in ledger.execute("SELECT method FROM inspection"))
    assert set(methods) == set(inspection.RECORD.columns["method"].choices)
    assert min(methods.values()) > 20
    (towns,) = ledger.execute("SELECT count(DISTINCT town_code) FROM inspection").fetchone()
    assert towns == 16


def test_visits_lie_within_contracts_and_are_nearly_as_many_as_agreed(october: Bulletin) -> None:
    for made, agreed in zip(table(october, "完成服务").cells, table(october, "约定服务").cells, strict=True):
        assert made.done is not None
        assert agreed.done is not None
        assert 0.8 < made.done / agreed.done <= 1


def test_what_does_not_count_among_accidents(ledger: sqlite3.Connection) -> None:
    private, written_off = (
        ledger.execute(f"SELECT count(*) FROM accident WHERE {what}").fetchone()[0]
        for what in ("production = '否'", "written_off_on IS NOT NULL")
    )
    corrected = ledger.execute(
        "SELECT deaths_change, serious_change FROM casualties WHERE serious_change < 0"
    ).fetchall()
    assert (private, written_off, [tuple(row) for row in corrected]) == (1, 1, [(1, -1)])
    assert {row[0] for row in ledger.execute("SELECT grade FROM casualties")} == {"一般"}


def test_ammonia_firms_newly_found_were_accepted_before_their_contract(ledger: sqlite3.Connection) -> None:
    found = ledger.execute(
        "SELECT p.accepted_on, c.from_on FROM programme p LEFT JOIN trusteeship c USING (enterprise_id, kind)"
        " WHERE p.kind = '涉氨' AND p.reason = '新发现' ORDER BY p.accepted_on"
    ).fetchall()
    assert [tuple(row) for row in found] == [(None, None), ("2018-08-20", "2018-09-03")]


def test_what_was_refused_on_the_way(demonstration_made: tuple[Path, list[Fault]], ledger: sqlite3.Connection) -> None:
    _, refused = demonstration_made
    assert [(fault.place.title, fault.code) for fault in refused] == [
        ("企业", "E222"),
        ("托管合同", "E411"),
        ("托管服务", "E425"),
        ("责任村指导", "E439"),
    ]
    assert not ledger.execute("SELECT 1 FROM enterprise WHERE name LIKE '%错例%'").fetchone()


# Figures that were published, each with the record of which one is voided, and which of them.
PUBLISHED = {
    "三级新创": ("standardization", "kind = '新创' AND announced_on LIKE '2018%'"),
    "三级在创": ("standardization", "kind = '新创' AND announced_on IS NULL"),
    "二级在创": ("standardization", "kind = '升级'"),
    "到期复评": ("standardization", "announced_on LIKE '2015%'"),
    "复评咨询": ("standardization", "kind = '复评'"),
    "喷涂": ("trusteeship", NOT_VISITED.format("喷涂")),
    "涉氨": ("trusteeship", NOT_VISITED.format("涉氨")),
    "涉粉": ("trusteeship", NOT_VISITED.format("涉粉")),
    "小微": ("trusteeship", NOT_VISITED.format("小微")),
    "托管企业": ("trusteeship", NOT_VISITED.format("小微")),
    "责任村创建": ("responsible_village", "1"),
    "指导企业": ("guidance", "1"),
    "列入喷涂": ("programme", "kind = '喷涂'"),
    "列入胶水": ("programme", "kind = '胶水'"),
    "列入涉粉": ("programme", "kind = '涉粉'"),
    "列入涉氨": ("programme", "kind = '涉氨'"),
    "应检": ("exposure", "1"),
    "已检": ("health_test", "1"),
    "智慧用电": ("device", "1"),
    "立案": ("enforcement_case", "filed_on LIKE '2018%' AND accident = '否' AND revoked_on IS NULL"),
    "罚款": ("enforcement_case", "filed_on LIKE '2018%' AND accident = '否' AND revoked_on IS NULL"),
    "追刑": ("enforcement_case", "filed_on LIKE '2018%' AND referred > 0"),
    "事故起数": ("accident", "happened_on LIKE '2018%' AND production = '是' AND written_off_on IS NULL"),
}


@pytest.mark.unmeasured
def test_each_figure_rests_on_its_records(ledger: sqlite3.Connection) -> None:
    """One record voided, the figure is another; the void undone, it is the same again."""
    desk = Desk(inverse.copy(ledger))
    before = compile_bulletin(desk.ledger, ended(2018, 10))
    october = define(desk.ledger, ended(2018, 10))
    for short, (record, which) in PUBLISHED.items():
        (row,) = desk.ledger.execute(f'SELECT id FROM "{record}" WHERE {which} ORDER BY id DESC LIMIT 1').fetchone()
        desk.void(record, row, "核对")
        was = table(before, short).total.done
        total = figures.compute(desk.ledger, october).totals[table(before, short).id].done
        assert total is not None
        assert was is not None
        assert total < was, short
        desk.undo()
    after = compile_bulletin(desk.ledger, ended(2018, 10))
    assert after.categories == before.categories
    assert after.corrections == before.corrections


def test_the_eighth_town_leaves_review_with_its_only_record(ledger: sqlite3.Connection) -> None:
    desk = Desk(inverse.copy(ledger))
    ((review,),) = desk.rows(
        "standardization", "id", where="kind = '复评' AND reviewed_on IS NOT NULL AND number LIKE '330784112%'"
    )
    desk.void("standardization", int(str(review)), "核对")
    assert table(compile_bulletin(desk.ledger, ended(2018, 10)), "评审镇数").total.done == 7
    desk.undo()
    assert table(compile_bulletin(desk.ledger, ended(2018, 10)), "评审镇数").total.done == 8


def test_a_reward_between_twenty_and_thirty_thousand_yuan_is_promised_to_each_village(
    ledger: sqlite3.Connection,
) -> None:
    rewards = [row[0] for row in ledger.execute("SELECT reward FROM responsible_village").fetchall()]
    assert len(rewards) == 16
    assert {min(rewards), max(rewards)} == {2_000_000, 3_000_000}
    assert not ledger.execute("SELECT 1 FROM responsible_village WHERE paid_on IS NOT NULL").fetchall()


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
    asked = parse_code(ledger, ["10-芝英-涉氨"], build.TODAY, ended(2018, 10))
    found = explain(ledger, asked)
    assert len(found.counted) == 4
    assert len(found.not_counted) == 2


def test_hazards_come_to_every_end(ledger: sqlite3.Connection, october: Bulletin) -> None:
    ended_by = Counter(row[0] for row in ledger.execute("SELECT ended_by FROM hazard_deadline"))
    assert ended_by.keys() == {"验收", "延期", None}
    assert ledger.execute("SELECT count(*) FROM rectification WHERE conclusion = '不合格'").fetchone()[0] > 5
    assert ledger.execute("SELECT count(*) FROM rectification WHERE until_on < '9999'").fetchone()[0] > 2
    assert (table(october, "挂牌").total.done, table(october, "逾期").total.done) == (2, 12)
    shorts = ("到期隐患", "按期整改", "逾期后整改", "到期待验收", "逾期")
    assert [table(october, short).total.done for short in shorts] == [228, 206, 10, 0, 12]


def test_the_ledger_is_sound(ledger: sqlite3.Connection) -> None:
    assert check.check(ledger) == []


@pytest.mark.thorough
@pytest.mark.unmeasured
def test_it_is_always_the_same(ledger: sqlite3.Connection, tmp_path: Path) -> None:
    make(tmp_path / "再来.db")
    with closing(reading(tmp_path / "再来.db")) as again:
        query = "SELECT hash FROM operation ORDER BY id"
        assert again.execute(query).fetchall() == ledger.execute(query).fetchall()


def test_made_up_codes_are_read_as_real_ones() -> None:
    for number in (1, 77, 640):
        code = firms.credit_code(number)
        assert codes.credit_code(code) == code
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

    monkeypatch.setattr(build.Demonstration, "make", stop)
    with pytest.raises(KeyboardInterrupt):
        make(tmp_path / "账.db")
    assert list(tmp_path.iterdir()) == []
