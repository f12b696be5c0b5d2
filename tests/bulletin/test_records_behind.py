"""The records behind a whole bulletin's figures: of which figures, and how many."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin import records_behind
from anjian_cli.bulletin.definition import define
from support.bulletin_ledger import JIANGNAN, OCTOBER, ZHIYING, Book


def behind(book: Book) -> dict[str, list[int]]:
    """The quantities behind each cell, by its code."""
    found = records_behind.records_behind(book.connection, define(book.connection, OCTOBER), book.bulletin())
    return {code: [item.quantity for item in told] for code, told in found.items()}


def test_flows_and_stocks_are_listed_and_what_is_counted_from_them_is_not() -> None:
    book = Book()
    book.training(JIANGNAN, "2018-10-05", 4)
    book.training(ZHIYING, "2018-10-05", 5)
    book.training(ZHIYING, "2018-03-05", 6)
    book.opening("trusteeship.涉氨", ZHIYING, "2018-09-30", 3)
    book.opening("trusteeship.enterprises", ZHIYING, "2018-09-30", 2)
    assert behind(book) == {"10-江南-网格员": [4], "10-芝英-网格员": [6, 5], "10-芝英-涉氨": [3]}


def test_a_figure_of_more_than_so_many_records_in_the_county_lists_none(monkeypatch: pytest.MonkeyPatch) -> None:
    book = Book()
    monkeypatch.setattr(records_behind, "LIMIT", 2)
    monkeypatch.setattr(records_behind, "LIMIT_COUNTY", 3)
    for day in (1, 2, 3):
        book.training(JIANGNAN, f"2018-10-0{day}", day)
    assert list(behind(book).values()) == [[1, 2]]
    book.training(ZHIYING, "2018-10-04", 4)
    assert behind(book) == {}
