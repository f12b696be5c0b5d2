"""How far around a figure is looked for what does not count."""

from __future__ import annotations

from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.not_counted import not_counted
from support.bulletin_ledger import JIANGNAN, OCTOBER, Book


def near(book: Book, indicator: str) -> list[str]:
    """The reasons, of one town on 31 October 2018."""
    definition = define(book.connection, OCTOBER)
    found = not_counted(book.connection, definition, definition.indicator(indicator), JIANGNAN, [])
    return [each.reason for each in found]


def test_what_ended_a_year_ago_is_not_asked_about() -> None:
    book = Book()
    for last_on, until_on in (("2017-10-30", "2017-10-31"), ("2017-10-31", "2017-11-01")):
        book.contract(book.enterprise((JIANGNAN, ""), name=last_on), "喷涂", "2017-01-01", last_on, until_on)
    assert near(book, "trusteeship.喷涂") == ["2017-10-31止，已不在期内"]


def test_what_ended_today_is_and_what_was_never_in_force_is_not() -> None:
    book = Book()
    book.contract(book.enterprise((JIANGNAN, ""), name="甲厂"), "喷涂", "2018-01-01", "2018-10-30", "2018-10-31")
    never = book.contract(
        book.enterprise((JIANGNAN, ""), name="乙厂"), "喷涂", "2018-03-01", "2018-12-31", "2019-01-01"
    )
    book.update("trusteeship", never, ended_on="2018-03-01", end_reason="未履行")
    assert near(book, "trusteeship.喷涂") == ["2018-10-30止，已不在期内"]


def test_what_begins_within_sixty_days_is() -> None:
    book = Book()
    for held_on in ("2018-11-01", "2018-12-30", "2018-12-31"):
        book.training(JIANGNAN, held_on, 1)
    assert near(book, "training.网格员") == ["2018-11-01起，计入11月", "2018-12-30起，计入12月"]
