"""Locking and issuing a month; what to look at before."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin.definition import definition_hash
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.errors import Refused
from anjian_cli.ledger import inverse
from anjian_cli.workflow import month
from support.bulletin_ledger import JIANGNAN, OCTOBER, ZHIYING, Book, cell

GRID = "training.网格员"


def close(book: Book, period: Period = OCTOBER) -> None:
    with book.gate() as gate:
        month.close(gate, period, "0.1.0")


def issue(book: Book, of: str = "2018-10") -> None:
    with book.gate() as gate:
        month.issue(gate, of, "永安委办〔2018〕15号", "2018-11-05")


def test_an_issued_month_never_changes() -> None:
    book = Book()
    book.target(GRID, JIANGNAN, 10)
    book.training(JIANGNAN, "2018-10-05", 4)
    computed = book.bulletin()
    close(book)
    closed = book.bulletin()
    assert (closed.state, closed.categories, closed.scores) == ("closed", computed.categories, computed.scores)
    assert (closed.fingerprint, closed.known_at) == (computed.fingerprint, computed.known_at)
    issue(book)
    issued = book.bulletin()
    assert (issued.state, issued.document_number, issued.issued_on) == (
        "issued", "永安委办〔2018〕15号", "2018-11-05",
    )  # fmt: skip
    book.training(JIANGNAN, "2018-10-06", 2)
    book.setting("cap", "0")
    assert book.bulletin() == issued
    assert cell(book.bulletin(ended(2018, 11)), GRID, JIANGNAN).last_rank == 1


def test_the_places_of_the_month_before_are_those_that_were_issued() -> None:
    book = Book()
    for town, passed in ((JIANGNAN, 5), (ZHIYING, 3)):
        book.target(GRID, town, 10)
        book.training(town, "2018-09-05", passed)
    close(book, ended(2018, 9))
    book.training(ZHIYING, "2018-09-06", 4)
    october = book.bulletin()
    assert [(cell(october, GRID, t).rank, cell(october, GRID, t).last_rank) for t in (JIANGNAN, ZHIYING)] == [
        (2, 1),
        (1, 2),
    ]


def test_what_is_kept() -> None:
    book = Book()
    book.target(GRID, JIANGNAN, 10)
    book.target(GRID, ZHIYING, 10)
    book.training(JIANGNAN, "2018-10-05", 4)
    book.training(None, "2018-10-05", 1)
    head, head_hash = book.connection.execute("SELECT id, hash FROM operation ORDER BY id DESC").fetchone()
    close(book)
    row = book.connection.execute("SELECT * FROM issued_month").fetchone()
    assert (row["head"], row["head_hash"], row["definition"], row["closed_on"], row["program_version"]) == (
        head, head_hash, definition_hash(book.connection), "2018-11-05", "0.1.0",
    )  # fmt: skip
    cells = book.connection.execute("SELECT town_code, done, this_month, target, rank FROM month_cell ORDER BY id")
    assert [tuple(c) for c in cells] == [(JIANGNAN, 4, 4, 10, 1), (ZHIYING, 0, 0, 10, 2), ("", 1, 1, None, None)]


def test_a_month_that_has_not_ended_is_not_locked() -> None:
    with pytest.raises(Refused, match="E442"):
        close(Book(), Period(2018, 11, "2018-11-05", False))


def test_a_month_is_locked_once_and_never_behind_a_later_one() -> None:
    book = Book()
    close(book, ended(2018, 8))  # the months before need not be locked
    with pytest.raises(Refused, match="2018年8月已定稿"):
        close(book, ended(2018, 8))
    close(book)
    with pytest.raises(Refused, match="2018年10月已定稿"):
        close(book, ended(2018, 9))
    issue(book)
    with pytest.raises(Refused, match="2018年10月已印发"):
        close(book)


def test_an_empty_ledger_is_not_locked() -> None:
    with pytest.raises(Refused, match="E107"):
        close(Book(towns=()))


def test_only_a_locked_month_is_issued_and_only_once() -> None:
    book = Book()
    with pytest.raises(Refused, match="E443"):
        issue(book)
    close(book)
    issue(book)
    with pytest.raises(Refused, match="2018年10月已印发"):
        issue(book)


def test_locking_can_be_undone_before_it_is_issued() -> None:
    book = Book()
    book.training(JIANGNAN, "2018-10-05", 4)
    close(book)
    last = book.connection.execute("SELECT max(id) FROM operation").fetchone()[0]
    with book.gate() as gate:
        inverse.undo(gate, last)
    assert book.bulletin().state == ""
    close(book)
