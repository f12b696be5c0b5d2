"""What a bulletin rests on beside its figures."""

from __future__ import annotations

from support.bulletin_ledger import Book


def test_a_month_before_any_issuer_was_written_down_names_the_first() -> None:
    book = Book()
    for name, from_on in (("甲办", "2018-11-01"), ("乙办", "2019-02-01")):
        book.setting("issuer", name, from_on)
    assert book.bulletin().issuer == "甲办"
