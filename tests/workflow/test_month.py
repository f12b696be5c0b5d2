"""Locking and issuing a month; what to look at before."""

from __future__ import annotations

from contextlib import closing

import pytest

from anjian_cli.bulletin import locked_month
from anjian_cli.bulletin.compile import compile_bulletin, kept_bulletin
from anjian_cli.bulletin.locked_month import Issued
from anjian_cli.bulletin.meaning import definition_hash
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.standing import standing
from anjian_cli.errors import Refused
from anjian_cli.ledger import check, inverse
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import before_locking, month, month_text, undo
from oracle.figures import dump, record_tables
from support.bulletin_ledger import JIANGNAN, OCTOBER, ZHIYING, Book, cell
from support.desk import refuses

GRID = "training.网格员"
ORDINARY = (GRID, "standard.reached.三级新创", "village.accepted", "trusteeship.喷涂")
"""A ranked indicator of every category that is scored by targets."""


def close(book: Book, period: Period = OCTOBER) -> None:
    with book.gate() as gate:
        month.close(gate, period, "0.1.0")


def issue(book: Book, of: str = "2018-10", number: int = 15) -> None:
    with book.gate() as gate:
        month.issue(gate, of, f"永安委办〔2018〕{number}号", "2018-11-05")


def withdraw(book: Book, of: str = "2018-10") -> int:
    """Returns the operation that did it."""
    with book.gate() as gate:
        month.withdraw(gate, of, "数字有误", "2018-11-06")
    return head(book)


def undone(book: Book, operation: int) -> int:
    with book.gate() as gate:
        undo.undo(gate, operation)
    return head(book)


def head(book: Book) -> int:
    return int(book.connection.execute("SELECT max(id) FROM operation").fetchone()[0])


def write(book: Book, text: str) -> None:
    with book.gate() as gate:
        month_text.keep(gate, "2018-10", 4, text)


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
        head, head_hash, definition_hash(book.connection, "2018-10-31"), "2018-11-05", "0.1.0",
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


class TestWithdrawn:
    """A month that was issued is taken back, corrected and issued again."""

    @pytest.fixture
    def book(self) -> Book:
        """September issued under 13 with a mistake that shows in October's, which is issued under 15."""
        book = Book()
        for town, passed in ((JIANGNAN, 5), (ZHIYING, 3)):
            book.target(GRID, town, 10)
            book.training(town, "2018-09-05", passed)
        close(book, ended(2018, 9))
        issue(book, "2018-09", 13)
        book.training(ZHIYING, "2018-09-06", 4)
        close(book)
        write(book, "十五号文里的话")
        issue(book)
        return book

    def test_it_is_open_again_and_what_was_issued_can_be_read(self, book: Book) -> None:
        issued = book.bulletin()
        withdraw(book)
        assert book.bulletin().state == ""
        assert locked_month.find(book.connection, "2018-10") is None
        write(book, "新的话")
        (one,) = locked_month.withdrawn(book.connection)
        assert kept_bulletin(book.connection, one) == replace(issued, state="withdrawn")
        assert (one.withdrawn_on, one.withdraw_reason, one.state_word) == ("2018-11-06", "数字有误", "撤回")
        assert one.cells(book.connection)[GRID, ZHIYING] == 7

    @pytest.mark.unmeasured
    def test_corrected_and_issued_again(self, book: Book) -> None:
        """What October had told of September is told again, and November corrects the October that holds."""
        told = book.bulletin().corrections
        assert [(one.month, one.town, one.was, one.now) for one in told] == [("2018-09", ZHIYING, 3, 7)]
        withdraw(book)
        book.training(JIANGNAN, "2018-10-05", 4)
        again = book.bulletin()
        assert again.corrections == told
        assert [cell(again, GRID, town).last_rank for town in (JIANGNAN, ZHIYING)] == [1, 2]  # as September was issued
        close(book)
        with refuses("E473"):
            issue(book)
        issue(book, number=16)
        book.training(ZHIYING, "2018-10-08", 5)
        november = book.bulletin(ended(2018, 11))
        assert [(one.month, one.town, one.was, one.now) for one in november.corrections] == [
            ("2018-10", ZHIYING, 7, 12)
        ]
        assert [cell(november, GRID, town).last_rank for town in (JIANGNAN, ZHIYING)] == [1, 2]  # 9 of 10 and 7 of 10
        assert (book.bulletin().state, book.bulletin().document_number) == ("issued", "永安委办〔2018〕16号")
        assert check.check(book.connection) == []

    def test_while_it_is_open_the_month_after_goes_by_the_one_before(self, book: Book) -> None:
        withdraw(book)
        november = book.bulletin(ended(2018, 11))
        assert [(one.month, one.now) for one in november.corrections] == [("2018-09", 7)]
        assert [cell(november, GRID, town).last_rank for town in (JIANGNAN, ZHIYING)] == [2, 1]  # as October stands now

    def test_only_the_last_one_issued(self, book: Book) -> None:
        with refuses("E472"):
            withdraw(book, "2018-09")
        with refuses("E471"):
            withdraw(book, "2018-08")
        withdraw(book)
        with refuses("E471"):
            withdraw(book)
        withdraw(book, "2018-09")
        assert [one.month for one in locked_month.withdrawn(book.connection)] == ["2018-09", "2018-10"]

    def test_not_behind_a_locked_month(self, book: Book) -> None:
        with book.gate(today="2018-12-03") as gate:
            month.close(gate, ended(2018, 11), "0.1.0")
        with refuses("E441") as messages:
            withdraw(book)
        assert "2018年11月已定稿。请先撤销它的定稿，再撤回" in messages[0]
        undone(book, head(book))
        withdraw(book)

    @pytest.mark.unmeasured
    def test_it_can_be_undone_and_done_again(self, book: Book) -> None:
        issued, rows = book.bulletin(), dump(book.connection, record_tables(book.connection))
        back = undone(book, withdraw(book))
        assert (book.bulletin(), dump(book.connection, record_tables(book.connection))) == (issued, rows)
        undone(book, back)
        assert book.bulletin().state == ""

    def test_its_undo_goes_no_further_than_the_next_step(self, book: Book) -> None:
        withdrawing = withdraw(book)
        write(book, "新的话")
        with refuses("E475"):
            undone(book, withdrawing)
        write(book, "十五号文里的话")
        close(book)
        with refuses("E441"):
            undone(book, withdrawing)
        undone(book, head(book))
        back = undone(book, withdrawing)
        with book.gate(today="2018-12-03") as gate:
            month.close(gate, ended(2018, 11), "0.1.0")
        with refuses("E441"):
            undone(book, back)

    @pytest.mark.unmeasured
    def test_as_of_an_operation_before_it_was_withdrawn(self, book: Book) -> None:
        issued = book.bulletin()
        at = head(book)
        withdraw(book)
        close(book)
        with closing(inverse.as_of(book.connection, at)) as then:
            assert compile_bulletin(then, OCTOBER) == issued

    def test_a_fact_that_comes_late_is_told_of_the_month_that_holds(self, book: Book) -> None:
        withdraw(book)
        with book.gate() as gate:
            gate.insert(
                "training", number=book.number(), town_code=ZHIYING, held_on="2018-10-09", kind="网格员", title="甲",
                attended=3, passed=3,
            )  # fmt: skip
        assert gate.notices == []  # September, which still holds, is not touched
        assert standing(book.connection, "2018-11-06", OCTOBER).issued == Issued("2018-09", "永安委办〔2018〕13号")


class TestBeforeLocking:
    """What is looked at; what an ordinary month must not be asked."""

    @pytest.fixture
    def book(self) -> Book:
        book = Book()
        for indicator in ORDINARY:
            book.target(indicator, JIANGNAN, 10)
        firm = book.enterprise((JIANGNAN, ""))
        book.add("exposure", number=book.number(), enterprise_id=firm, level="严重", from_on="2018-01-01")
        book.add(
            "programme", number=book.number(), enterprise_id=firm, action="整治", kind="喷涂", enrolled_on="2018-01-15"
        )
        book.training(JIANGNAN, "2018-01-09", 1)
        book.contract(firm, "喷涂", "2018-01-01", "2018-12-31", "2019-01-01")
        self.filed(book, "2018-10")
        return book

    def filed(self, book: Book, of: str) -> None:
        book.add(
            "filing", number=book.number(), town_code=JIANGNAN, month=of, filed_on=f"{of}-28", method="微信", nil="否",
            due_on=f"{of}-28",
        )  # fmt: skip

    def unusual(self, book: Book, period: Period = OCTOBER, *, issuing: bool = False) -> tuple[str, ...]:
        return before_locking.look(book.connection, period, issuing=issuing).unusual

    def test_an_ordinary_month(self, book: Book) -> None:
        seen = before_locking.look(book.connection, OCTOBER, issuing=False)
        assert seen.unusual == ()
        assert "芝英、石柱、开发区还没有报送月报。" in seen.remarks

    def test_an_empty_one(self) -> None:
        idle, silent, unranked = self.unusual(Book())
        assert idle.startswith("没有一个镇（街、区）有任务：安全生产教育培训、")
        assert (silent, unranked) == ("没有收到一个镇（街、区）的月报", "没有一个镇（街、区）有名次")

    def test_a_category_without_tasks(self, book: Book) -> None:
        book.update("target", 1, voided_on="2018-11-01", void_reason="误报")
        assert self.unusual(book) == ("没有一个镇（街、区）有任务：安全生产教育培训",)

    def test_no_report_of_this_month(self, book: Book) -> None:
        self.filed(book, "2018-08")
        assert self.unusual(book, ended(2018, 9)) == ("没有收到一个镇（街、区）的月报",)

    @pytest.mark.unmeasured
    def test_out_of_turn(self, book: Book) -> None:
        close(book, ended(2018, 8))
        assert self.unusual(book) == ("上一个定稿的是2018年8月，中间隔着没有定稿的月份",)
        close(book)
        assert self.unusual(book, issuing=True) == ("2018年8月已定稿，还没有印发",)
        issue(book, "2018-08", 12)
        assert self.unusual(book, issuing=True) == ()
        with book.gate(today="2018-12-03") as gate:
            assert before_locking.look(gate.connection, ended(2018, 11), issuing=False).unusual == (
                "没有收到一个镇（街、区）的月报",
            )

    def test_what_was_looked_at_is_what_is_locked(self, book: Book) -> None:
        with book.gate(today="2018-11-03") as gate:
            seen = before_locking.look(gate.connection, OCTOBER, issuing=False)
            assert seen.bulletin == compile_bulletin(gate.connection, OCTOBER)
            assert month.close(gate, OCTOBER, "0.1.0", seen.bulletin) is seen.bulletin
        found = locked_month.find(book.connection, OCTOBER.key)
        assert found is not None
        assert replace(seen.bulletin, state="closed", witness="") == replace(found.bulletin(), witness="")

    def test_what_will_be_asked_is_told_by_the_check_as_well(self, book: Book) -> None:
        close(book, ended(2018, 8))
        assert before_locking.asked_later(book.connection, OCTOBER) == [
            "定稿时要您确认：上一个定稿的是2018年8月，中间隔着没有定稿的月份。"
        ]
        assert before_locking.asked_later(book.connection, Period(2018, 10, "2018-10-20", False)) == []
        close(book)
        assert before_locking.asked_later(book.connection, OCTOBER) == ["印发时要您确认：2018年8月已定稿，还没有印发。"]
        issue(book, "2018-08", 12)
        issue(book, "2018-10", 13)
        assert before_locking.asked_later(book.connection, OCTOBER) == []

    @pytest.mark.altered
    @pytest.mark.parametrize("issuing", [False, True])
    def test_a_ledger_that_is_not_whole(self, book: Book, issuing: bool) -> None:
        book.connection.execute("UPDATE target SET quantity = 11 WHERE id = 1")
        with refuses("E708", "E706"), book.gate() as gate:
            before_locking.look(gate.connection, OCTOBER, issuing=issuing)

    def test_figures_that_cannot_be(self, book: Book) -> None:
        for of, quantity, since in (("found", 15, "2018-01-01"), ("accepted_of_year", 20, None)):
            book.opening(f"hazard.{of}", JIANGNAN, "2018-09-30", quantity, period_from=since)
        with refuses("E479") as messages, book.gate() as gate:
            before_locking.look(gate.connection, OCTOBER, issuing=False)
        assert "“已销号”20条，多于“排查隐患”15条" in messages[0]
