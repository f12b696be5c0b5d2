"""What a bulletin rests on: of a month that is open as it is now, of a locked one as it was then."""

from __future__ import annotations

from anjian_cli.bulletin.evidence import Evidence, facts, left_out, tasks
from anjian_cli.bulletin.owing import Owing
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import month
from support.bulletin_ledger import JIANGNAN, OCTOBER, SHIZHU, ZHIYING, Book

GRID = "training.网格员"
DOCUMENT = "永安委办〔2018〕14号"


def owed(town: str) -> Owing:
    return Owing(town, "hazard", "甲厂", "", "逾期未整改", "2018-10-31", 0, "", "")


def test_what_one_town_owes() -> None:
    mine, other = owed(ZHIYING), owed(JIANGNAN)
    assert Evidence(owing=(mine, other)).of(ZHIYING) == (mine,)


def test_an_open_month_rests_on_what_is_known_now() -> None:
    book = Book()
    target = book.target(GRID, ZHIYING, 8)
    bulletin = book.bulletin()
    book.update("target", target, quantity=6)
    with facts(book.connection, bulletin) as (then, definition):
        assert then is book.connection
        assert definition.period == OCTOBER
    assert [one.quantity for one in tasks(book.connection, bulletin)] == [6]


def test_a_locked_or_withdrawn_month_rests_on_what_was_known_then() -> None:
    book = Book()
    target = book.target(GRID, ZHIYING, 8)
    with book.gate() as gate:
        month.close(gate, OCTOBER, "0.1.0")
    with book.gate() as gate:
        month.issue(gate, OCTOBER.key, DOCUMENT, "2018-11-05")
    issued = book.bulletin()
    book.update("target", target, quantity=6)
    assert [one.quantity for one in tasks(book.connection, issued)] == [8]
    with book.gate() as gate:
        month.withdraw(gate, OCTOBER.key, "数字有误", "2018-11-05")
    withdrawn = replace(issued, state="withdrawn", document_number=DOCUMENT)
    assert [one.quantity for one in tasks(book.connection, withdrawn)] == [8]
    assert [one.quantity for one in tasks(book.connection, book.bulletin())] == [6]


def test_left_out_is_what_stands_near_a_figure_that_is_scored() -> None:
    book = Book()
    for town in (ZHIYING, SHIZHU):
        book.target(GRID, town, 8)
    rows = [book.training(town, "2018-10-05", 1) for town in (ZHIYING, SHIZHU)]
    for row in rows:
        book.update("training", row, voided_on="2018-11-05", void_reason="重复")
    told = {"party": "某厂", "cause": "未培训", "accident": "否", "joint": "否", "town_code": ZHIYING}
    book.add("enforcement_case", number=book.number(), case_number="1号", filed_on="2018-10-05",
             voided_on="2018-11-05", void_reason="重复", **told)  # fmt: skip
    found = left_out(book.connection, book.bulletin(), ZHIYING)
    assert [(one.item.indicator, one.reason) for one in found] == [(GRID, "已作废：重复")]
