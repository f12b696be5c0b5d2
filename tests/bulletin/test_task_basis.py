"""On which documents the year's tasks rest, and what they were before."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from anjian_cli.bulletin import correction, locked_month
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.task_basis import task_basis
from anjian_cli.bulletin.value import COUNTY, TaskBasis
from anjian_cli.errors import Fault
from anjian_cli.ledger.open import reading
from anjian_cli.workflow import month
from support.bulletin_ledger import JIANGNAN, OCTOBER, SHIZHU, ZHIYING, ZONE, Book
from support.desk import Desk

GRID, AMMONIA, REVIEWED = "training.网格员", "trusteeship.涉氨", "standard.reached.三级复评"
ISSUED = "永安委〔2018〕3号"


def found(book: Book, period: Period = OCTOBER) -> list[TaskBasis]:
    return task_basis(book.connection, define(book.connection, period))


def test_in_the_offices_order_by_indicator_and_town_and_the_county_last() -> None:
    book = Book()
    book.target(AMMONIA, ZHIYING, 3)
    book.target(GRID, None, 90)
    book.target(GRID, ZONE, 20)
    book.target(GRID, JIANGNAN, 0)
    book.target(GRID, ZHIYING, 7, year=2017, from_on="2017-01-01")
    assert [(one.indicator, one.town, one.name, one.quantity) for one in found(book)] == [
        (GRID, JIANGNAN, "江南街道", 0),
        (GRID, ZONE, "经济开发区", 20),
        (GRID, COUNTY, COUNTY, 90),
        (AMMONIA, ZHIYING, "芝英镇", 3),
    ]
    assert {(one.document, one.from_on, one.adjusted, one.before, one.reason) for one in found(book)} == {
        (ISSUED, "2018-01-01", False, None, "")
    }


def test_an_adjustment_says_what_was_before_and_why(desk: Desk) -> None:
    whose: dict[str, Any] = {"year": 2018, "indicator": "涉氨", "town": "芝英镇"}
    desk.take("target", **whose, quantity=5, document=ISSUED, remark="年初下达")
    desk.take("target", **whose, quantity=4, document="永安委〔2018〕9号", from_on="2018-06-01", remark="甲厂搬迁")
    desk.take("target", **whose, quantity=3, document="永安委〔2018〕12号", from_on="2018-10-31", remark="乙厂关停")
    desk.take("target", **whose, quantity=2, document="永安委〔2018〕15号", from_on="2018-11-01", remark="丙厂转产")

    def basis(number: int) -> TaskBasis:
        (one,) = task_basis(desk.ledger, define(desk.ledger, ended(2018, number)))
        return one

    first = TaskBasis(AMMONIA, ZHIYING, "芝英镇", 5, ISSUED, "2018-01-01", False, None, "")
    assert basis(5) == first
    assert basis(10) == TaskBasis(
        AMMONIA, ZHIYING, "芝英镇", 3, "永安委〔2018〕12号", "2018-10-31", True, 4, "乙厂关停"
    )
    desk.void("target", 3)
    assert (basis(10).quantity, basis(10).before, basis(10).reason) == (4, 5, "甲厂搬迁")


def test_what_was_withdrawn_is_listed_if_it_had_been_given() -> None:
    book = Book()
    book.target(GRID, JIANGNAN, None)
    book.target(GRID, ZHIYING, 8, until_on="2018-06-01")
    book.target(GRID, ZHIYING, None, from_on="2018-06-01")
    book.target(GRID, SHIZHU, None, until_on="2018-06-01")
    book.target(GRID, SHIZHU, 9, from_on="2018-06-01")
    book.target(GRID, ZONE, 7, until_on="2018-10-31")
    assert [(one.town, one.quantity, one.adjusted, one.before) for one in found(book)] == [
        (ZHIYING, None, True, 8),
        (SHIZHU, 9, True, None),
    ]


def test_a_task_that_measures_nothing_is_left_out() -> None:
    """A 复评 is measured against what falls due, whatever a town was given; the county's own task is shown."""
    book = Book()
    book.target(REVIEWED, ZHIYING, 8)
    book.target(REVIEWED, None, 80)
    assert [(one.town, one.quantity) for one in found(book)] == [(COUNTY, 80)]


def test_the_task_of_a_town_that_merged_stands_with_the_other() -> None:
    book = Book()
    book.target(GRID, ZHIYING, 8)
    book.target(GRID, ZONE, 20)
    book.target(GRID, JIANGNAN, 10)
    (zone,) = book.connection.execute("SELECT id FROM town WHERE code = ?", (ZONE,)).fetchone()
    book.update("town", zone, until_on="2018-07-01", merged_into=JIANGNAN)
    assert [(one.town, one.name, one.quantity) for one in found(book)] == [
        (JIANGNAN, "江南街道", 10),
        (JIANGNAN, "经济开发区", 20),
        (ZHIYING, "芝英镇", 8),
    ]


def test_of_a_locked_month_they_are_those_of_then() -> None:
    book = Book()
    target = book.target(GRID, ZHIYING, 8)
    with book.gate() as gate:
        month.close(gate, OCTOBER, "0.1.0")
    book.update("target", target, until_on="2018-06-01")
    book.target(GRID, ZHIYING, 6, from_on="2018-06-01")
    locked = locked_month.find(book.connection, OCTOBER.key)
    assert locked is not None
    with correction.as_locked(book.connection, locked) as then:
        assert [one.quantity for one in task_basis(then, define(then, OCTOBER))] == [8]
    assert [(one.quantity, one.before) for one in found(book)] == [(6, 8)]


def test_the_rows_add_up_to_what_rates_are_measured_against(demonstration_made: tuple[Path, list[Fault]]) -> None:
    with closing(reading(demonstration_made[0])) as connection:
        definition = define(connection, OCTOBER)
        rows = task_basis(connection, definition)
    assert {(one.indicator, one.town): one.quantity for one in rows} == definition.targets
    assert len(rows) == len(definition.targets) > 100
