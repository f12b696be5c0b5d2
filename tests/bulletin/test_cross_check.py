"""What towns say their figures are, against the bulletin's."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.cross_check import Compared, Reported, reported
from anjian_cli.bulletin.definition import define
from anjian_cli.errors import Fault
from anjian_cli.ledger.open import reading
from anjian_cli.workflow import confirmation
from support.bulletin_ledger import JIANGNAN, OCTOBER, SHIZHU, ZHIYING, ZONE, Book

GRID, FINE = "training.网格员", "case.fine"
AMMONIA, SPRAYING, DUST = "trusteeship.涉氨", "trusteeship.喷涂", "trusteeship.涉粉"


def filing(book: Book, town: str, figures: dict[str, int], **more: str) -> int:
    given = {"month": "2018-10", "method": "微信", "nil": "否", "due_on": "2018-10-31", "filed_on": "2018-10-31"}
    row = book.add("filing", number=book.number(), town_code=town, **{**given, **more})
    for indicator, quantity in figures.items():
        book.add("filed_figure", filing_id=row, indicator=indicator, quantity=quantity)
    return row


def found(book: Book) -> tuple[Reported, ...]:
    return reported(book.connection, define(book.connection, OCTOBER), book.bulletin())


def of(book: Book, town: str) -> tuple[Compared, ...]:
    return next(one for one in found(book) if one.town == town).figures


def contract(book: Book, kind: str = "涉氨", from_on: str = "2018-01-01", until_on: str = "2019-01-01") -> int:
    firm = book.enterprise((ZHIYING, ""), name=f"永康市第{book.number()}厂")
    return book.contract(firm, kind, from_on, until_on, until_on)


def test_every_town_once_with_what_it_told() -> None:
    book = Book()
    book.training(ZHIYING, "2018-10-05", 4)
    filing(book, ZHIYING, {AMMONIA: 0, GRID: 6}, filer="经办人甲")
    filing(book, JIANGNAN, {}, filer="经办人乙")
    filing(book, SHIZHU, {GRID: 1}, month="2018-09", filer="经办人丙")
    assert found(book) == (
        Reported(JIANGNAN, "经办人乙", False, ()),
        Reported(ZHIYING, "经办人甲", False, (Compared(GRID, 6, 4, ""), Compared(AMMONIA, 0, 0, ""))),
        Reported(SHIZHU, "", False, ()),
        Reported(ZONE, "", False, ()),
    )


def test_what_is_not_ranked_is_listed_where_it_differs_and_what_is_not_known_never() -> None:
    book = Book()
    book.opening(GRID, ZHIYING, "2018-11-02", 50, period_from="2018-01-01")
    filing(book, ZHIYING, {GRID: 40, FINE: 500, "case.filed": 0})
    assert of(book, ZHIYING) == (Compared(FINE, 500, 0, ""),)


def test_records_that_do_not_count_may_be_the_reason() -> None:
    book = Book()
    contract(book)
    double = contract(book)
    book.update("trusteeship", double, voided_on="2018-11-05", void_reason="重复登记")
    firm = book.enterprise((ZHIYING, ""), (JIANGNAN, "2018-10-12"))
    book.contract(firm, "涉氨", "2018-01-01", "2018-12-31", "2019-01-01")
    contract(book, "喷涂", "2018-11-01")
    for _ in range(3):
        contract(book, "涉粉", "2018-11-01")
    filing(book, ZHIYING, {AMMONIA: 3, SPRAYING: 1, DUST: 2})
    told = {one.indicator: one.reason for one in of(book, ZHIYING)}
    assert set(told[AMMONIA].removeprefix("台账不计：").split("；")) == {
        "已作废：重复登记（1条）",
        "2018-10-12起属地为江南街道（1条）",
    }
    assert told[SPRAYING] == "台账不计：2018-11-01起，计入11月（1条）"
    assert told[DUST] == ""  # three records cannot be where a difference of two comes from


def test_of_a_figure_that_counts_each_firm_once_no_reason_is_looked_for() -> None:
    book = Book()
    firm = book.enterprise((ZHIYING, ""))
    for kind in ("涉氨", "喷涂"):
        book.contract(firm, kind, "2018-01-01", "2018-12-31", "2019-01-01")
    filing(book, ZHIYING, {"trusteeship.enterprises": 3})
    assert of(book, ZHIYING) == (Compared("trusteeship.enterprises", 3, 1, ""),)


@pytest.mark.parametrize(("told_on", "since", "said", "reason"), [
    ("2018-11-04", 2, 4, "2018-11-04报送以后登记2人次"),
    ("2018-11-04", 1, 4, "2018-11-04报送以后登记1人次"),
    ("2018-11-05", 2, 4, ""),
    ("2018-11-04", 2, 5, ""),
])  # fmt: skip
def test_what_was_entered_after_the_report_may_be_the_reason(told_on: str, since: int, said: int, reason: str) -> None:
    """Four are entered on the 3rd, the others at midnight before the 5th, by the clock of Beijing."""
    book = Book()
    for at, passed in (("2018-11-03T01:00:00Z", 4), ("2018-11-04T16:00:00Z", since)):
        with book.gate(at=at) as gate:
            given = {"town_code": ZHIYING, "held_on": "2018-10-05", "kind": "网格员", "title": "网格员培训"}
            gate.insert("training", number=book.number(), attended=passed, passed=passed, **given)
    filing(book, ZHIYING, {GRID: said}, returned_on="2018-11-01", refiled_on=told_on)
    assert of(book, ZHIYING) == (Compared(GRID, said, 4 + since, reason),)


def test_figures_that_changed_since_the_town_agreed() -> None:
    book = Book()
    filing(book, ZHIYING, {})
    filing(book, JIANGNAN, {})
    for town in (ZHIYING, JIANGNAN):
        with book.gate() as gate:
            confirmation.confirm(gate, OCTOBER, town, "经办人甲", "2018-11-02", "微信")
    assert [one.outdated for one in found(book)] == [False] * 4
    book.training(ZHIYING, "2018-10-05", 4)
    assert [one.town for one in found(book) if one.outdated] == [ZHIYING]


def test_a_town_that_merged_is_not_compared() -> None:
    book = Book()
    filing(book, ZONE, {GRID: 5})
    (zone,) = book.connection.execute("SELECT id FROM town WHERE code = ?", (ZONE,)).fetchone()
    book.update("town", zone, until_on="2018-10-15", merged_into=JIANGNAN)
    assert [(one.town, one.figures) for one in found(book)] == [(JIANGNAN, ()), (ZHIYING, ()), (SHIZHU, ())]


@pytest.mark.unmeasured
def test_of_the_demonstration_the_one_town_that_miscounted(demonstration_made: tuple[Path, list[Fault]]) -> None:
    with closing(reading(demonstration_made[0])) as connection:
        bulletin = compile_bulletin(connection, OCTOBER)
        rows = reported(connection, define(connection, OCTOBER), bulletin)
    assert [one.town for one in rows] == [town.code for town in bulletin.towns]
    ((town, figure),) = [(one, figure) for one in rows for figure in one.figures if figure.said != figure.done]
    assert (bulletin.town(town.town).name, town.filer) == ("芝英镇", "芝英经办人")
    assert (figure.indicator, figure.said - figure.done) == (AMMONIA, 2)
    assert figure.reason == "台账不计：2018-07-01起属地为经济开发区（1条）；2018-08-30止，已不在期内（1条）"
    assert bulletin.filings is not None
    assert {one.town: len(one.figures) for one in rows} == {
        unit.code: 0 if unit.code in bulletin.filings.missing else 4 for unit in bulletin.towns
    }
