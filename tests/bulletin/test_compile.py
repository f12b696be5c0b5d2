"""What a bulletin says of the office, of its rules and of the moment it was made, beside its tables."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.value import Bulletin, Cell, Office
from anjian_cli.errors import Fault
from anjian_cli.ledger.open import reading
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.screen.bulletin_table import short_bulletin
from anjian_cli.render.screen.styled_lines import Line
from anjian_cli.workflow import month
from support.bulletin_ledger import JIANGNAN, ZHIYING, Book

GRID = "training.网格员"


def office(book: Book) -> Office:
    found = book.bulletin().office
    assert found is not None
    return found


def test_it_is_known_by_the_newest_operation() -> None:
    empty = Book(towns=()).bulletin()
    assert (empty.known_at, empty.fingerprint) == ("", "")
    book = Book()
    with book.gate(at="2018-11-05T02:00:00Z") as gate:
        gate.insert("setting", number=book.number(), name="cap", value="0", from_on="2018-01-01")
    found = book.connection.execute("SELECT hash FROM operation WHERE at = '2018-11-05T02:00:00Z'").fetchone()
    made = book.bulletin()
    assert (made.known_at, made.fingerprint) == ("2018-11-05T02:00:00Z", found[0][:8])


@pytest.mark.parametrize(("region", "level"), [("永康市", "市"), ("武义县", "县"), ("金东区", "区"), ("", "市")])
def test_the_letter_goes_to_the_committees_members_of_that_level(region: str, level: str) -> None:
    book = Book()
    if region:
        book.setting("region_name", region)
    assert office(book).recipients.endswith(f"，{level}安委会各成员单位")


def test_by_which_days_towns_answer() -> None:
    book = Book()
    assert (office(book).plan_day, office(book).objection_day) == (15, 12)
    book.setting("reply.plan", "20")
    book.setting("reply.objection", "18")
    assert (office(book).plan_day, office(book).objection_day) == (20, 18)


def test_weights_are_told_where_they_differ() -> None:
    book = Book()
    alike = book.bulletin().rule
    book.setting("weight.training", "3")
    assert [line for line in book.bulletin().rule if line not in alike and "教育培训" in line] != []
    assert not any("教育培训" in line for line in alike)


def test_what_is_measured_against_another_figure_is_told_by_both_names() -> None:
    (line,) = (line for line in Book().bulletin().rule if line.startswith("以应办数为任务的"))
    assert line == (
        "以应办数为任务的：三级复评÷（到期复评+结转复评）、"
        "整治（喷涂、胶水、涉粉、涉氨、有限空间、冶金、危化）÷该类的（列入+结转）、已检÷应检。"
    )


def test_notes_on_a_month_under_way_and_on_what_is_of_no_town() -> None:
    book = Book()
    book.training(ZHIYING, "2018-10-05", 4)
    assert book.bulletin().notes == ()
    book.training(None, "2018-10-05", 4)
    under_way = book.bulletin(Period(2018, 10, "2018-10-20", False)).notes
    assert under_way == (
        "本月尚未结束，数据截至2018-10-20，序时进度按月末计。",
        "不分镇（街、区）或未定镇街的，计入合计，不参加排名：网格员。",
    )


def test_the_place_of_last_month_is_the_opening_figures_own_where_it_is_of_that_month() -> None:
    book = Book()
    for town in (JIANGNAN, ZHIYING):
        book.target(GRID, town, 10)
        book.training(town, "2018-01-09", 5)
    book.opening("training.负责人", JIANGNAN, "2018-09-30", 5, period_from="2018-01-01", last_rank=7)
    book.opening("training.特种作业", JIANGNAN, "2018-08-31", 5, period_from="2018-01-01", last_rank=7)
    book.opening("training.其他", JIANGNAN, "2018-09-30", 5, period_from="2018-01-01")
    found = {of: book.cell(f"training.{of}", JIANGNAN).last_rank for of in ("负责人", "特种作业", "其他", "网格员")}
    assert found == {"负责人": 7, "特种作业": None, "其他": None, "网格员": 1}


def test_without_a_correction_the_places_of_the_month_before_are_not_worked_out_again() -> None:
    book = Book()
    task = book.target(GRID, JIANGNAN, 10)
    book.training(JIANGNAN, "2018-09-03", 5)
    with book.gate() as gate:
        month.close(gate, ended(2018, 9), "0.1.0")
    book.update("target", task, quantity=20)
    assert (book.bulletin().corrections, book.bulletin().rescored) == ((), ())


def test_by_itself_it_says_all_that_is_held_against_something_but_what_it_is_compared_with() -> None:
    book = Book()
    book.target(GRID, JIANGNAN, 10)
    book.target(GRID, ZHIYING, 10)
    book.training(JIANGNAN, "2018-09-03", 5)
    with book.gate() as gate:
        month.close(gate, ended(2018, 9), "0.1.0")
    book.training(ZHIYING, "2018-09-04", 6)
    book.training(ZHIYING, "2017-09-04", 7)
    whole = compile_bulletin(book.connection, ended(2018, 10))
    alone = compile_bulletin(book.connection, ended(2018, 10), looking_back=False)
    assert whole.corrections
    assert any(row.last_rank for row in whole.scores)
    assert any(cell.last_year for c in whole.categories for table in c.indicators for cell in table.cells)
    assert _not_compared(whole) == alone
    assert not any(table.id == "accident.count" for c in alone.categories for table in c.indicators)
    also = compile_bulletin(book.connection, ended(2018, 10), looking_back=False, also=["accident.count"])
    assert any(table.id == "accident.count" for c in also.categories for table in c.indicators)


def _ranked(connection: sqlite3.Connection, period: Period, *, alone: bool) -> list[Line]:
    return short_bulletin(compile_bulletin(connection, period, ranking_alone=alone))


def test_the_ranking_alone_is_where_the_whole_begins(demonstration_made: tuple[Path, list[Fault]]) -> None:
    with closing(reading(demonstration_made[0])) as connection:
        for of in range(1, 11):
            whole, alone = (_ranked(connection, ended(2018, of), alone=alone) for alone in (False, True))
            assert alone == whole
    assert any("升" in line.text for line in whole)


def test_the_ranking_alone_knows_what_was_ranked_only_the_month_before() -> None:
    book = Book()
    for town, done in ((JIANGNAN, 5), (ZHIYING, 8)):
        book.target(GRID, town, 10)
        book.training(town, "2018-09-03", done)
        for indicator, quantity in (("health.exposed", 10), ("health.tested", 12 - done)):
            book.opening(indicator, town, "2018-09-01", quantity)
    book.training(JIANGNAN, "2018-10-09", 5)
    book.setting("ranked.health.tested", "0", from_on="2018-10-01")
    whole, alone = (_ranked(book.connection, ended(2018, 10), alone=alone) for alone in (False, True))
    assert alone == whole


def _not_compared(bulletin: Bulletin) -> Bulletin:
    def bare(cell: Cell) -> Cell:
        return replace(cell, last_rank=None, months=(), last_year=None, mean_two_years=None)

    return replace(
        bulletin,
        corrections=(),
        rescored=(),
        scores=tuple(replace(row, last_rank=None, last_score=None) for row in bulletin.scores),
        categories=tuple(
            replace(
                category,
                rows=tuple(replace(row, last_rank=None) for row in category.rows),
                indicators=tuple(
                    replace(
                        table,
                        cells=tuple(map(bare, table.cells)),
                        total=bare(table.total),
                        everywhere=table.everywhere and bare(table.everywhere),
                    )
                    for table in category.indicators
                    if table.ranked or table.against == "target"
                ),
            )
            for category in bulletin.categories
        ),
    )
