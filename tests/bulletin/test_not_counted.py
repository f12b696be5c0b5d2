"""How far around a figure is looked for what does not count."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.explain import Asked, explain
from anjian_cli.bulletin.items import Item
from anjian_cli.bulletin.not_counted import NotCounted, not_counted
from support.bulletin_ledger import JIANGNAN, OCTOBER, ZHIYING, Book
from support.desk import Desk


def found(book: Book, indicator: str) -> list[NotCounted]:
    """Of one town on 31 October 2018."""
    definition = define(book.connection, OCTOBER)
    return not_counted(book.connection, definition, definition.indicator(indicator), JIANGNAN, [])


def near(book: Book, indicator: str) -> list[str]:
    """The reasons."""
    return [each.reason for each in found(book, indicator)]


@pytest.mark.parametrize(
    ("reason", "in_general"),
    [
        ("2018-10-30止，已不在期内", "已不在期内"),
        ("2018-11-01起，计入11月", "计入11月"),
        ("2018-10-12起属地为芝英镇", "属地为芝英镇"),
        ("已作废：2018-10-12录错", "已作废"),
        ("撤销于2019-01-03：复核", "撤销"),
        ("同一企业不重复计，已按喷涂计", "同一企业不重复计，已按喷涂计"),
    ],
)
def test_a_reason_in_general_leaves_out_what_is_said_of_one_record(reason: str, in_general: str) -> None:
    item = Item("x", ("x", "", "", ""), JIANGNAN, 1, "2018-10-01", "2018-10-31", 1, "training", 1, "training", 1)
    assert NotCounted(item, reason).reason_in_general == in_general


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
    for held_on in ("2018-10-31", "2018-11-01", "2018-12-30", "2018-12-31"):
        book.training(JIANGNAN, held_on, 1)
    assert near(book, "training.网格员") == ["2018-11-01起，计入11月", "2018-12-30起，计入12月"]


def test_of_voided_records_those_of_the_figure_the_town_and_the_year_so_far() -> None:
    book = Book()
    for town, held_on, kind in (
        (JIANGNAN, "2018-01-01", "网格员"), (JIANGNAN, "2018-10-31", "网格员"), (ZHIYING, "2018-10-05", "网格员"),
        (JIANGNAN, "2018-10-05", "主要负责人"), (JIANGNAN, "2017-12-31", "网格员"), (JIANGNAN, "2018-11-01", "网格员"),
    ):  # fmt: skip
        book.update("training", book.training(town, held_on, 1, kind), voided_on="2018-11-05", void_reason=held_on)
    assert [(one.reason, one.item.quantity) for one in found(book, "training.网格员")] == [
        ("已作废：2018-01-01", 0),
        ("已作废：2018-10-31", 0),
    ]


def test_one_that_moved_away_is_named_with_the_town_it_is_in() -> None:
    book = Book()
    firm = book.enterprise((JIANGNAN, ""), (ZHIYING, "2018-10-12"))
    book.contract(firm, "喷涂", "2018-01-01", "2018-12-31", "2019-01-01")
    assert near(book, "trusteeship.喷涂") == ["2018-10-12起属地为芝英镇"]


def test_of_a_firm_that_counts_once_each_further_contract_in_force_today() -> None:
    book = Book()
    firm = book.enterprise((JIANGNAN, ""))
    book.contract(firm, "喷涂", "2018-01-01", "2018-12-31", "2019-01-01")
    book.contract(firm, "小微", "2018-10-31", "2018-12-31", "2019-01-01")
    book.contract(firm, "涉氨", "2018-01-01", "2018-10-30", "2018-10-31")
    told = explain(book.connection, Asked(OCTOBER, JIANGNAN, "trusteeship.enterprises")).not_counted
    assert [each.reason for each in told] == ["同一企业不重复计，已按喷涂计"]


def test_a_hazard_accepted_on_the_day_it_was_found_was_never_open(desk: Desk) -> None:
    firm = desk.enterprise()
    for found_on in ("2018-10-09", "2018-10-10"):
        desk.hazard(firm, found_on=found_on, rectified_on="2018-10-10", accepted_on="2018-10-10")
    assert desk.near("hazard.open") == ["2018-10-09止，已不在期内"]


def test_a_hazard_that_is_overdue_and_extended_counts_and_is_not_told_as_to_come(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.hazard(
        firm, found_on="2018-08-01", deadline_on="2018-09-15", extended_to="2018-11-15", extended_on="2018-10-20"
    )
    assert desk.cell("hazard.overdue").done == desk.cell("hazard.due_of_year").done == 1
    assert desk.near("hazard.overdue") == desk.near("hazard.due_of_year") == []
