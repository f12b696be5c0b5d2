"""Contracts that soon run out."""

from __future__ import annotations

from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.details import expiring
from support.bulletin_ledger import JIANGNAN, OCTOBER, ZHIYING, Book


def expires(book: Book) -> dict[str, int]:
    """How many, by town, on 31 October 2018."""
    return {each.town: each.contracts for each in expiring(book.connection, define(book.connection, OCTOBER))}


def test_thirty_days_ahead_and_not_a_day_more() -> None:
    book = Book()
    for town, last_on, until_on in (
        (JIANGNAN, "2018-10-31", "2018-11-01"),
        (JIANGNAN, "2018-11-30", "2018-12-01"),
        (ZHIYING, "2018-12-01", "2018-12-02"),
        (ZHIYING, "2018-10-30", "2018-10-31"),
    ):
        book.contract(book.enterprise((town, ""), name=last_on), "喷涂", "2018-01-01", last_on, until_on)
    assert expires(book) == {JIANGNAN: 2}


def test_one_that_is_followed_the_next_day_does_not_run_out() -> None:
    book = Book()
    for town, following in ((JIANGNAN, "2018-11-11"), (ZHIYING, "2018-11-12")):  # the second leaves a day between
        firm = book.enterprise((town, ""), name=following)
        book.contract(firm, "喷涂", "2018-01-01", "2018-11-10", "2018-11-11")
        book.contract(firm, "喷涂", following, "2019-10-31", "2019-11-01")
    assert expires(book) == {ZHIYING: 1}


def test_another_kind_does_not_follow_it() -> None:
    book = Book()
    firm = book.enterprise((JIANGNAN, ""))
    book.contract(firm, "喷涂", "2018-01-01", "2018-11-10", "2018-11-11")
    book.contract(firm, "小微", "2018-11-11", "2019-10-31", "2019-11-01")
    assert expires(book) == {JIANGNAN: 1}
