"""The villages of the year's programme, and contracts that soon run out."""

from __future__ import annotations

from typing import Any

from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.details import expiring, villages
from anjian_cli.bulletin.value import VillageRow
from support.bulletin_ledger import JIANGNAN, OCTOBER, SHIZHU, ZHIYING, Book


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


def test_a_firm_that_moved_today_is_counted_where_it_is_now() -> None:
    book = Book()
    for moved_on in ("2018-10-31", "2018-11-01"):
        firm = book.enterprise((JIANGNAN, ""), (ZHIYING, moved_on), name=moved_on)
        book.contract(firm, "喷涂", "2018-01-01", "2018-11-10", "2018-11-11")
    assert expires(book) == {JIANGNAN: 1, ZHIYING: 1}


def test_one_that_begins_today_may_run_out_soon_unless_it_is_renewed() -> None:
    book = Book()
    book.contract(book.enterprise((JIANGNAN, "")), "喷涂", "2018-10-31", "2018-11-10", "2018-11-11")
    firm = book.enterprise((ZHIYING, ""), name="乙厂")
    book.contract(firm, "喷涂", "2018-10-31", "2018-11-10", "2018-11-11")
    book.contract(firm, "喷涂", "2018-11-11", "2019-10-31", "2019-11-01")
    assert expires(book) == {JIANGNAN: 1}


def test_what_happened_to_a_village_by_the_day() -> None:
    book = Book()
    towns = {"甲村": ZHIYING, "乙村": JIANGNAN, "丙村": None, "丁村": SHIZHU, "戊村": SHIZHU, "己村": SHIZHU}
    for at, (name, town) in enumerate(towns.items()):
        book.add("village", code=f"33078400{at}201", name=name, town_code=town or ZHIYING)
    done: dict[str, Any] = {"conclusion": "合格", "reward": 2_000_000}

    def enrolled(name: str, enrolled_on: str, year: int = 2018, **more: str | int | None) -> None:
        book.add(
            "responsible_village", number=book.number(), year=year, town_code=towns[name],
            village_code=f"33078400{list(towns).index(name)}201", enrolled_on=enrolled_on, **more,
        )  # fmt: skip

    on, after = ("2018-10-31", "2018-11-01")
    enrolled("甲村", on, moved_in_on=on, accepted_on=on, paid_on=on, **done)
    enrolled("乙村", "2018-01-01", agency="甲所", moved_in_on=after, accepted_on=after, paid_on=after, **done)
    enrolled("丙村", "2018-01-01", firms_to_guide=4)
    enrolled("丁村", after)
    enrolled("戊村", "2017-03-01", year=2017)
    enrolled("己村", "2018-01-01", voided_on="2018-11-05", void_reason="重复登记")
    assert villages(book.connection, define(book.connection, OCTOBER)) == (
        VillageRow(JIANGNAN, "乙村", "甲所", "", None, "", None),
        VillageRow(ZHIYING, "甲村", "", on, None, "合格", 2_000_000),
        VillageRow("", "丙村", "", "", 4, "", None),
    )
