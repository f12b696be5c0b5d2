"""Who stands behind what a town owes, by name."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.owing import masked, owing
from anjian_cli.bulletin.period import Period
from support.bulletin_ledger import JIANGNAN, Book


def ran_out(book: Book, day: str) -> list[tuple[str, int]]:
    """The contracts that ran out: last day, and how many days ago."""
    period = Period(int(day[:4]), int(day[5:7]), day, False)
    found = owing(book.connection, define(book.connection, period))
    return [(one.due_on, one.late) for one in found if one.stage == "喷涂托管到期未续签"]


def test_a_contract_that_ran_out_is_asked_for_until_a_year_later() -> None:
    book = Book()
    book.contract(book.enterprise((JIANGNAN, "")), "喷涂", "2017-01-01", "2017-10-30", "2017-10-31")
    days = ("2017-10-30", "2017-10-31", "2018-10-30", "2018-10-31")
    assert [ran_out(book, day) for day in days] == [[], [("2017-10-30", 1)], [("2017-10-30", 365)], []]


def test_one_that_was_followed_from_the_next_day_on_is_not() -> None:
    book = Book()
    firm = book.enterprise((JIANGNAN, ""))
    book.contract(firm, "喷涂", "2017-01-01", "2018-10-09", "2018-10-10")
    assert ran_out(book, "2018-10-10") == [("2018-10-09", 1)]
    book.contract(firm, "喷涂", "2018-10-10", "2019-10-09", "2019-10-10")
    assert ran_out(book, "2018-10-10") == []


@pytest.mark.parametrize(
    ("phone", "shown"), [("13800001234", "138****1234"), ("87654321", "876*4321"), ("1234567", "*" * 7)]
)
def test_a_telephone_number_is_not_passed_on_whole(phone: str, shown: str) -> None:
    assert masked(phone) == shown
