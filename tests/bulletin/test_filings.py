"""Who reported the month, how, what they say their figures are, and who agreed with them."""

from __future__ import annotations

from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.filings import confirmed, due_on, filings, told
from anjian_cli.bulletin.value import Confirmed, Filings
from support.bulletin_ledger import JIANGNAN, OCTOBER, SHIZHU, ZHIYING, ZONE, Book

GRID, AMMONIA = "training.网格员", "trusteeship.涉氨"


def filing(book: Book, town: str, month: str = "2018-10", **more: str | None) -> int:
    given = {"filed_on": "2018-10-31", "due_on": "2018-10-31", "method": "微信", "nil": "否", **more}
    return book.add("filing", number=book.number(), town_code=town, month=month, **given)


def void(book: Book, row: int) -> None:
    book.update("filing", row, voided_on="2018-11-05", void_reason="报错镇街")


def agreed(by: str) -> dict[str, str]:
    return {"confirmed_on": "2018-11-02", "confirmed_by": by, "confirmed_how": "电话", "confirmed_figures": "0"}


def found(book: Book) -> Filings | None:
    return filings(book.connection, define(book.connection, OCTOBER))


def test_none_is_missing_where_none_ever_reported() -> None:
    book = Book()
    assert found(book) is None
    void(book, filing(book, JIANGNAN))
    assert found(book) is None
    filing(book, JIANGNAN, "2018-09")
    assert found(book) == Filings((JIANGNAN, ZHIYING, SHIZHU, ZONE), (), (), (), ())


def test_each_report_of_the_month_by_how_it_came() -> None:
    book = Book()
    filing(book, JIANGNAN, filed_on="2018-11-01")
    filing(book, ZHIYING, returned_on="2018-11-01")
    filing(book, SHIZHU, returned_on="2018-11-01", refiled_on="2018-11-02", nil="是")
    void(book, filing(book, ZONE))
    filing(book, ZONE, "2018-09", filed_on="2018-11-01", returned_on="2018-11-01", refiled_on="2018-11-02", nil="是")
    assert found(book) == Filings(
        missing=(ZONE,), late=(JIANGNAN,), returned=(ZHIYING, SHIZHU), mended=(SHIZHU,), nil=(SHIZHU,)
    )


def test_who_agreed_with_the_months_figures() -> None:
    book = Book()
    filing(book, ZHIYING, **agreed("经办人甲"))
    filing(book, JIANGNAN)
    filing(book, SHIZHU, "2018-09", **agreed("经办人乙"))
    void(book, filing(book, ZONE, **agreed("经办人丙")))
    assert confirmed(book.connection, define(book.connection, OCTOBER)) == (
        Confirmed(ZHIYING, "经办人甲", "2018-11-02", "电话"),
    )


def test_what_towns_say_their_figures_of_the_month_are() -> None:
    book = Book()
    rows = [filing(book, ZHIYING), filing(book, JIANGNAN), filing(book, SHIZHU, "2018-09"), filing(book, ZONE)]
    for row in rows:
        book.add("filed_figure", filing_id=row, indicator=AMMONIA, quantity=row)
        book.add("filed_figure", filing_id=row, indicator=GRID, quantity=0)
    void(book, rows[-1])
    assert told(book.connection, "2018-10") == [
        (JIANGNAN, GRID, 0),
        (JIANGNAN, AMMONIA, rows[1]),
        (ZHIYING, GRID, 0),
        (ZHIYING, AMMONIA, rows[0]),
    ]


def test_a_report_is_due_at_the_months_end_or_so_many_days_later() -> None:
    book = Book()
    assert due_on(book.connection, "2018-10") == "2018-10-31"
    book.setting("filing.grace", "5", "2018-11-30")
    assert [due_on(book.connection, month) for month in ("2018-10", "2018-11")] == ["2018-10-31", "2018-12-05"]
