"""Which month is meant, and the day its figures are of."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin.period import Period, choose_month, day_after, ended, month_title, period
from anjian_cli.errors import Refused
from support.bulletin_ledger import JIANGNAN, Book

TODAY = "2018-11-05"


def chosen(book: Book, asked: tuple[int | None, int] | None, year: int | None = None, today: str = TODAY) -> str:
    return choose_month(book.connection, asked, year, today).key


def test_nothing_asked_is_the_last_ended_month() -> None:
    assert chosen(Book(), None) == "2018-10"
    assert chosen(Book(), None, today="2019-01-01") == "2018-12"
    assert chosen(Book(), None, year=2017) == "2017-12"


def test_a_month_without_its_year_is_the_latest_begun_in_a_year_with_facts_or_targets() -> None:
    book = Book()
    assert chosen(book, (None, 10), today="2026-03-01") == "2025-10"  # an empty ledger: the latest at all
    assert chosen(book, (None, 11)) == "2018-11"  # the running one has begun
    book.training(JIANGNAN, "2017-05-01", 3)
    assert chosen(book, (None, 10), today="2026-03-01") == "2017-10"
    book.target("training.网格员", JIANGNAN, 5)
    assert chosen(book, (None, 10), today="2026-03-01") == "2018-10"
    assert chosen(book, (None, 12), today=TODAY) == "2017-12"  # December 2018 has not begun
    assert chosen(book, (None, 11), today=TODAY) == "2018-11"


def test_the_end_of_a_contract_does_not_make_a_year() -> None:
    book = Book()
    enterprise = book.enterprise((JIANGNAN, ""))
    book.contract(enterprise, "喷涂", "2018-03-01", "2019-02-28", "2019-03-01")
    assert chosen(book, (None, 10), today="2026-03-01") == "2018-10"


def test_said_outright_and_contradicted() -> None:
    assert chosen(Book(), (2018, 3)) == "2018-03"
    assert chosen(Book(), (None, 3), year=2017) == "2017-03"
    with pytest.raises(Refused, match="E108"):
        chosen(Book(), (2018, 3), year=2017)


def test_a_month_that_has_not_begun_is_refused() -> None:
    with pytest.raises(Refused, match="E445"):
        chosen(Book(), (2018, 12))
    with pytest.raises(Refused, match="2019年1月"):
        chosen(Book(), None, year=2019)


@pytest.mark.parametrize(
    ("today", "as_of", "finished"),
    [("2018-10-01", "2018-10-01", False), ("2018-10-31", "2018-10-31", False), ("2018-11-01", "2018-10-31", True)],
)
def test_the_as_of_day(today: str, as_of: str, finished: bool) -> None:
    found = period(2018, 10, today)
    assert (found.as_of, found.finished) == (as_of, finished)


def test_the_same_months_of_years_before() -> None:
    assert ended(2020, 2).years_before(1) == "2019-02-28"
    assert ended(2021, 2).years_before(1) == "2020-02-29"  # a whole month against a whole month
    assert Period(2021, 2, "2021-02-20", False).years_before(1) == "2020-02-20"
    assert Period(2020, 2, "2020-02-29", False).years_before(1) == "2019-02-28"
    assert ended(2018, 1).previous() == ended(2017, 12)


def test_day_after() -> None:
    assert day_after("2018-12-31") == "2019-01-01"
    assert day_after("9999-12-31", 60) == "9999-12-31"
    assert day_after("2018-03-01", -1) == "2018-02-28"


def test_a_month_by_its_name() -> None:
    assert month_title("2018-10") == ended(2018, 10).title == "2018年10月"
    assert month_title("2018-09") == "2018年9月"
    assert ended(2018, 10).finished
