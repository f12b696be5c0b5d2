"""The clerk's own words of a month, by section."""

from __future__ import annotations

from anjian_cli.bulletin import month_text
from anjian_cli.bulletin.value import OwnText
from support.bulletin_ledger import Book


def test_the_words_of_a_month_are_its_own_and_those_taken_away_are_none() -> None:
    book = Book()
    for month, section, text in (("2018-10", 4, "四"), ("2018-10", 1, "一"), ("2018-10", 2, ""), ("2018-09", 3, "三")):
        book.add("month_text", month=month, section=section, text=text)
    assert month_text.texts(book.connection, "2018-10") == (OwnText(1, "一"), OwnText(4, "四"))
