"""What a bulletin rests on beside its figures."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from fractions import Fraction

import pytest

from anjian_cli.bulletin.definition import Definition, define, towns_on
from anjian_cli.bulletin.meaning import ALIKE, FACTS, definition_hash, means_the_same
from anjian_cli.bulletin.value import COUNTY
from support.bulletin_ledger import JIANGNAN, OCTOBER, SHIZHU, ZHIYING, ZONE, Book

GRID = "training.网格员"


def defined(book: Book) -> Definition:
    return define(book.connection, OCTOBER)


def lasting(book: Book, code: str, **given: str | None) -> None:
    (row,) = book.connection.execute("SELECT id FROM town WHERE code = ?", (code,)).fetchone()
    book.update("town", row, **given)


def test_a_month_before_any_issuer_was_written_down_names_the_first() -> None:
    book = Book()
    for name, from_on in (("甲办", "2018-11-01"), ("乙办", "2019-02-01")):
        book.setting("issuer", name, from_on)
    assert book.bulletin().issuer == "甲办"


def test_an_issuer_that_was_voided_is_nobodys() -> None:
    book = Book()
    book.setting("issuer", "甲办", "2018-11-01")
    row = book.setting("issuer", "乙办", "2018-10-15")
    book.update("setting", row, voided_on="2018-11-05", void_reason="错")
    assert book.bulletin().issuer == "甲办"


def test_towns_in_force_on_a_day_and_what_counts_for_them() -> None:
    book = Book()
    lasting(book, JIANGNAN, from_on="2018-10-31")
    lasting(book, ZHIYING, until_on="2018-10-31", merged_into=JIANGNAN)
    lasting(book, SHIZHU, until_on="2018-11-01", merged_into=JIANGNAN)
    lasting(book, ZONE, from_on="2018-11-01", merged_into=JIANGNAN)
    towns, rolled = towns_on(book.connection, "2018-10-31")
    assert [town.code for town in towns] == [JIANGNAN, SHIZHU]
    assert rolled == {JIANGNAN: JIANGNAN, SHIZHU: SHIZHU, ZHIYING: JIANGNAN}


def test_a_town_that_merged_into_one_that_merged_counts_for_the_last() -> None:
    book = Book()
    lasting(book, JIANGNAN, until_on="2018-05-01", merged_into=ZHIYING)
    lasting(book, ZHIYING, until_on="2018-06-01", merged_into=SHIZHU)
    assert defined(book).rolled == {SHIZHU: SHIZHU, ZONE: ZONE, JIANGNAN: SHIZHU, ZHIYING: SHIZHU}


@pytest.mark.parametrize("into", [
    {"from_on": "2018-11-01"},
    {"until_on": "2018-07-01", "merged_into": ZHIYING},
])  # fmt: skip
def test_what_merged_into_a_town_that_is_not_there_counts_for_none(into: dict[str, str]) -> None:
    book = Book()
    lasting(book, ZHIYING, until_on="2018-06-01", merged_into=SHIZHU)
    lasting(book, SHIZHU, **into)
    assert defined(book).rolled == {JIANGNAN: JIANGNAN, ZONE: ZONE}


def test_targets_of_the_year_on_the_day() -> None:
    book = Book()
    book.target(GRID, JIANGNAN, 3, from_on="2018-10-31", until_on="2018-11-01")
    book.target(GRID, ZHIYING, 4, until_on="2018-10-31")
    book.target(GRID, ZHIYING, None, from_on="2018-10-31")
    book.target(GRID, SHIZHU, 5, from_on="2018-11-01")
    book.target(GRID, ZONE, 6, year=2017, from_on="2017-01-01")
    voided = book.target(GRID, ZONE, 7)
    book.update("target", voided, voided_on="2018-11-05", void_reason="错")
    book.target(GRID, None, 20)
    assert (defined(book).targets, defined(book).county_tasks) == ({(GRID, JIANGNAN): 3}, {GRID: 20})


def test_targets_of_towns_that_merged_are_added() -> None:
    book = Book()
    book.target(GRID, JIANGNAN, 3)
    book.target(GRID, ZONE, 6)
    lasting(book, ZONE, until_on="2018-06-01", merged_into=JIANGNAN)
    lasting(book, SHIZHU, from_on="2018-11-01")
    book.target(GRID, SHIZHU, 5)
    assert defined(book).targets == {(GRID, JIANGNAN): 9}


def test_where_the_facts_of_a_place_are() -> None:
    book = Book()
    lasting(book, ZONE, until_on="2018-06-01", merged_into=JIANGNAN)
    found = defined(book)
    assert found.where(COUNTY) == ("1", [])
    assert found.where(JIANGNAN) == ("town_code IN (?, ?)", [JIANGNAN, ZONE])
    assert found.where("") == ("town_code NOT IN (?, ?, ?, ?)", [JIANGNAN, ZHIYING, SHIZHU, ZONE])


def test_the_stocks_that_a_distinct_indicator_counts() -> None:
    found = defined(Book())
    shorts = [each.short for each in found.members(found.indicator("trusteeship.enterprises"))]
    assert shorts == ["喷涂", "涉氨", "涉粉", "小微"]
    with pytest.raises(KeyError):
        found.indicator("没有的")


def test_the_hash_of_what_figures_mean_is_of_what_is_asked_and_not_of_how_it_is_selected() -> None:
    def hashed(script: str) -> str:
        book = Book()
        book.connection.executescript(script)
        return definition_hash(book.connection, "2018-10-31")

    before = hashed("")
    scheme = "INSERT INTO scheme (number, name, title, from_on) VALUES ('1', '甲', '甲', '{}')"
    for other in ("CREATE VIEW some_item AS SELECT 1", scheme.format("2018-11-01")):
        assert hashed(other) == before
    for meant in (
        "UPDATE shipped_indicator SET measure = 'hazard.open' WHERE id = 'hazard.found'",
        "UPDATE shipped_category SET position = position + 1",
        scheme.format("2018-10-31"),
    ):
        assert hashed(meant) != before


def test_whoever_alters_what_the_items_are_says_whether_they_mean_the_same() -> None:
    """Where this fails, and a figure of some day may come out otherwise: FACTS one up, and ALIKE empty. Else the digest
    alone."""
    found = Book().connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'view' AND name LIKE '%\\_item' ESCAPE '\\' AND name <> 'due_item'"
        " ORDER BY name"
    )
    digest = hashlib.sha256("".join(sql for (sql,) in found).encode()).hexdigest()
    assert (FACTS, digest) == (1, "abbe94f847ea67291810f895882a45e4945d050de5d540b43f7292ef052fe33b")


@pytest.mark.parametrize("hashed", ALIKE)
def test_what_was_locked_under_the_same_meaning_is_known(hashed: str) -> None:
    assert means_the_same(Book().connection, hashed, "2018-10-31")
    assert not means_the_same(Book().connection, hashed[:-1] + "0", "2018-10-31")


def test_the_hash_is_of_a_text_that_stays_as_it_is_kept_in_ledgers() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        columns = "title, position, scored, weight, from_on, until_on"
        connection.executescript(
            f"CREATE TABLE dated_category (id, {columns}); CREATE TABLE dated_indicator (id, category, short, unit,"
            f" kind, ranked, against, counts, measure, carried, apart, direction, {columns});"
            " CREATE TABLE scheme (id, number, name, title, document, remark, total, assessed, missing, grades);"
            " CREATE TABLE scheme_in_force (scheme_id, from_on, until_on);"
            " INSERT INTO scheme_in_force VALUES (0, '0001-01-01', '9999-12-31')"
        )
        connection.execute("INSERT INTO dated_category VALUES ('jy', '教育', 1, 1, '1', '2018-01-01', '2019-01-01')")
        kept = '[1, [["jy", "教育", 1, 1, "1"]]]'
        assert definition_hash(connection, "2018-10-31") == hashlib.sha256(kept.encode()).hexdigest()


def test_an_indicator_with_a_plan_of_its_own() -> None:
    book = Book()
    book.setting(f"plan.{GRID}", "0 0 0 0 0 0 0 0 0 1/4 1/2 1")
    found = defined(book)
    assert (found.indicator(GRID).planned, found.indicator(GRID).share) == (True, Fraction(1, 4))
    other = found.indicator("trusteeship.涉氨")
    assert (other.planned, other.share) == (False, Fraction(5, 6))
