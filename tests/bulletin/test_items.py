"""Items one by one: when they count, and what people know their records by."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin import items
from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.items import Item
from support.bulletin_ledger import JIANGNAN, OCTOBER, OPEN, ZHIYING, Book
from support.desk import Desk


def in_october(book: Book | Desk, indicator: str, place: str = JIANGNAN) -> list[Item]:
    connection = book.connection if isinstance(book, Book) else book.ledger
    definition = define(connection, OCTOBER)
    return items.described(connection, items.in_figure(connection, definition, definition.indicator(indicator), place))


@pytest.mark.parametrize(
    ("from_on", "until_on", "last_on"),
    [
        ("2018-01-01", OPEN, ""),
        ("2018-01-01", "2018-03-01", "2018-02-28"),
        ("2018-03-01", "2018-03-01", "2018-03-01"),  # what happens on a day
    ],
)
def test_the_last_day_it_counts(from_on: str, until_on: str, last_on: str) -> None:
    assert Item("i", ("i", "", "", ""), JIANGNAN, 1, from_on, until_on, 1, "r", 1, "r", 1).last_on == last_on


def test_a_stock_has_the_first_day_and_not_the_day_after_the_last() -> None:
    book = Book()
    begun, ended = (book.enterprise((JIANGNAN, ""), name=f"企业{number}") for number in range(2))
    book.contract(begun, "涉氨", "2018-10-31", "2019-10-30", "2019-10-31")
    book.contract(ended, "涉氨", "2017-10-31", "2018-10-30", "2018-10-31")
    assert [item.subject for item in in_october(book, "trusteeship.涉氨")] == [begun]


def test_a_flow_is_of_the_year_up_to_the_day() -> None:
    book = Book()
    for number, day in enumerate(("2017-12-31", "2018-01-01", "2018-10-31", "2018-11-01"), 1):
        book.training(JIANGNAN, day, number)
    assert [item.quantity for item in in_october(book, "training.网格员")] == [2, 3]


def test_each_record_is_told_with_the_operation_that_entered_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items, "CHUNK", 2)
    book = Book()
    moments = [f"2018-11-05T0{hour}:00:00Z" for hour in range(1, 6)]
    numbers, rows = [], []
    for at, rows_of_it in zip(moments, (1, 3, 1, 2, 1), strict=True):
        with book.gate(at=at) as gate:
            for _ in range(rows_of_it):
                numbers.append(book.number())
                rows.append(
                    gate.insert(
                        "training", number=numbers[-1], town_code=JIANGNAN, held_on="2018-10-05", kind="网格员",
                        title="培训", attended=1, passed=1,
                    )
                )  # fmt: skip
    book.update("training", rows[0], title="改过")
    found = in_october(book, "training.网格员")
    assert [item.number for item in found] == numbers
    entered = [moments[0], *moments[1:2] * 3, moments[2], *moments[3:4] * 2, moments[4]]
    assert [item.recorded_at for item in found] == entered
    for one in (found[1], found[3], found[5]):
        assert items.described(book.connection, [one]) == [one]
    assert {item.record_title for item in found} == {"培训"}


def test_it_is_known_by_its_record_and_where_that_has_no_listing_by_the_records_root(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.contract(firm)
    desk.hazard(firm, found_on="2018-10-09")
    for indicator, title in (("trusteeship.喷涂", "托管合同"), ("hazard.open", "隐患")):
        assert [item.record_title for item in in_october(desk, indicator, ZHIYING)] == [title]


def test_what_was_undone_and_done_again_was_entered_when_it_was_first(desk: Desk) -> None:
    desk.training(held_on="2018-10-05")
    first = desk.head
    desk.undo()
    desk.undo()
    assert [item.operation for item in in_october(desk, "training.网格员", ZHIYING)] == [first]
