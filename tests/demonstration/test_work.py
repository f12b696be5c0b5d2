"""What the demonstrations hold of the office's work: who watches whom, what was planned, handed over, answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin import coverage
from anjian_cli.bulletin.campaign_board import UNDER_WAY, campaign_board
from anjian_cli.demonstration import build, county_figures, data
from anjian_cli.errors import Fault
from anjian_cli.ledger.open import reading

NEW = (
    *("grid", "risk_grade", "campaign_phase", "campaign_scope", "programme_plan", "diagnosis", "department_sector"),
    *("training_officer", "catch_up", "catch_up_figure", "hazard_charge", "work_item"),
)
OF_A_COUNTY = ("risk_grade", "campaign_phase", "department_sector", "catch_up", "hazard_charge")


@pytest.fixture(scope="module")
def ledger(demonstration_made: tuple[Path, list[Fault]]) -> Iterator[sqlite3.Connection]:
    with closing(reading(demonstration_made[0])) as connection:
        yield connection


@pytest.fixture(scope="module")
def county(county_made_2026: Path) -> Iterator[sqlite3.Connection]:
    with closing(reading(county_made_2026)) as connection:
        yield connection


def count(ledger: sqlite3.Connection, query: str) -> int:
    return int(ledger.execute(f"SELECT count(*) FROM {query}").fetchone()[0])


@pytest.mark.parametrize("table", NEW)
def test_every_record_of_the_office_is_there(ledger: sqlite3.Connection, table: str) -> None:
    assert count(ledger, table) > 0


@pytest.mark.parametrize("table", OF_A_COUNTY)
def test_those_of_the_other_county_too(county: sqlite3.Connection, table: str) -> None:
    assert count(county, table) > 0


def test_some_grids_have_no_officer(ledger: sqlite3.Connection) -> None:
    without = ledger.execute(
        "SELECT name FROM grid g WHERE NOT EXISTS (SELECT 1 FROM officer o WHERE o.town_code = g.town_code"
        " AND o.grid = g.name AND o.until_on IS NULL) ORDER BY id"
    ).fetchall()
    assert [row[0] for row in without] == ["方岩三网格", "唐先二网格", "开发区三网格"]
    assert 0 < count(ledger, "officer o WHERE id NOT IN (SELECT officer_id FROM training_officer)") < 16


def test_firms_of_every_town_are_graded_and_some_once_more(ledger: sqlite3.Connection) -> None:
    assert {row[0] for row in ledger.execute("SELECT DISTINCT grade FROM risk_grade")} == set("红橙黄蓝")
    assert count(ledger, "risk_grade WHERE until_on < '9999'") == 3
    table = coverage.table(ledger, coverage.coverage(ledger, build.TODAY), coverage.GRADE)
    asked = {row.name: row.values[-3:-1] for row in table.rows}
    for grade in "红橙":
        due, done = asked[grade]
        assert isinstance(due, int)
        assert isinstance(done, int)
        assert 0.7 * due < done < due


def test_the_hundred_days_have_something_to_show(ledger: sqlite3.Connection) -> None:
    board = campaign_board(ledger, data.HUNDRED, build.TODAY)
    (now,) = [row for row in board.phases.rows if row.values[2] == UNDER_WAY]
    total = board.units.total
    assert now.name == "集中推进"
    assert total is not None
    scope, visited, *_ = total.values
    assert (scope, visited) == (60, 24)
    assert board.work is not None


def test_every_inspection_under_a_campaign_names_one_that_there_is(
    ledger: sqlite3.Connection, county: sqlite3.Connection
) -> None:
    for each in (ledger, county):
        assert count(each, "inspection WHERE campaign NOT IN (SELECT name FROM campaign)") == 0
        assert count(each, "inspection WHERE campaign IS NOT NULL") > 20


def test_hazards_are_handed_over_answered_and_not(ledger: sqlite3.Connection, county: sqlite3.Connection) -> None:
    for each in (ledger, county):
        assert count(each, "hazard_charge WHERE answered_on <= due_on") > 5
        assert count(each, "hazard_charge WHERE answered_on > due_on") > 0
        assert count(each, "hazard_charge WHERE due_on IS NOT NULL AND answered_on IS NULL") > 0


def test_who_lagged_answers_and_one_does_not(ledger: sqlite3.Connection, county: sqlite3.Connection) -> None:
    assert count(ledger, "catch_up") == len(data.CAUGHT_UP)
    assert count(county, "catch_up") == len(county_figures.CAUGHT_UP)


def test_cases_and_accidents_say_whose_they_are(ledger: sqlite3.Connection, county: sqlite3.Connection) -> None:
    for each in (ledger, county):
        assert count(each, "enforcement_case WHERE party_kind IS NULL OR violation IS NULL") == 0
        assert count(each, "accident WHERE party_kind IS NULL") == 0
        assert count(each, "accident WHERE enterprise_id IS NOT NULL") > 0
    assert count(ledger, "enforcement_case WHERE party_kind = '个人'") > 0


def test_something_of_every_kind_is_due(ledger: sqlite3.Connection, county: sqlite3.Connection) -> None:
    kinds = {row[0] for row in ledger.execute("SELECT kind FROM due_item WHERE due_on <= '2018-12-31'")}
    assert {"移交答复", "整治后托管", "专项整治整改"} <= kinds
    due = "due_item WHERE kind LIKE '二级证书到期%' AND from_on <= '2026-11-02' AND settled_on > '2026-11-02'"
    assert count(county, due) > 0
