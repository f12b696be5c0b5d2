"""Locking and issuing a month; what to look at before."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin.definition import COUNTY, definition_hash
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.errors import Refused
from anjian_cli.ledger import inverse
from anjian_cli.workflow import month
from bulletin_ledger import JIANGNAN, OCTOBER, ZHIYING, Book, cell

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


def test_a_quiet_month_has_nothing_to_check() -> None:
    book = Book()
    for indicator in ("training.网格员", "standard.reached.三级新创", "village.accepted", "trusteeship.喷涂"):
        for town in ("330784002", "330784109", "330784110", "330784901"):
            book.target(indicator, town, 5)
    found = month.check(book.connection, ended(2018, 11))
    assert [line for line in found if "都没有任务" not in line] == []


def test_what_makes_one_hesitate() -> None:
    book = Book()
    book.target(GRID, JIANGNAN, 10)
    book.training(JIANGNAN, "2018-09-05", 4)
    book.training(None, "2018-09-05", 4)
    book.opening("case.filed", ZHIYING, "2018-09-30", 5, period_from="2018-01-01")
    firm = book.enterprise((JIANGNAN, ""))
    book.contract(firm, "喷涂", "2018-01-01", "2018-12-31", "2019-01-01")
    book.add("operating_state", enterprise_id=firm, state="停产", from_on="2018-09-20")
    close(book, ended(2018, 9))
    book.training(JIANGNAN, "2018-09-06", 1)
    text = "\n".join(month.check(book.connection, OCTOBER))
    assert "永康市恒达工具厂自2018-09-20起停产，“喷涂”托管合同" in text
    assert "“安全生产教育培训”没有任务而不参评的镇（街、区）：芝英、石柱、开发区。" in text
    assert "“职业卫生检测”各镇（街、区）都没有任务，本类不参评。" in text
    assert "有不分镇（街、区）或未定镇街的数字，计入合计而不参加排名：网格员。" in text
    assert "2018年10月结束以后又登记了" in text
    assert "含期初数、没有逐条记录可查的指标：立案。" in text
    assert "2018年9月已定稿的数字有1处更正，将列入本期。" in text
    assert "还没有结束" in month.check(book.connection, Period(2018, 11, "2018-11-05", False))[0]


@pytest.mark.altered
def test_a_flow_that_fell_is_pointed_out() -> None:
    book = Book()
    book.training(JIANGNAN, "2018-09-05", 4)
    # Nothing that can be entered yet takes back a flow; a revoked case will.
    book.connection.execute("INSERT INTO indicator_month VALUES ('2018-10', ?, ?, -3, 0)", (GRID, JIANGNAN))
    found = month.check(book.connection, OCTOBER)
    assert "江南“网格员培训合格”累计比上月少了：4→1，请核对是否有撤销。" in found
    assert cell(book.bulletin(), GRID, COUNTY).done == 1
