"""A locked month against what the records say now."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.bulletin import locked_month, meaning
from anjian_cli.bulletin.correction import as_locked, diff_records, locked_period, month_diff
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.recount import Recounted, recounted
from anjian_cli.bulletin.value import COUNTY, Rescored
from anjian_cli.errors import Refused
from anjian_cli.ledger import write
from anjian_cli.ledger.history import UPGRADE
from anjian_cli.workflow import month, upgrade
from support.bulletin_ledger import JIANGNAN, OPEN, SHIZHU, ZHIYING, Book, cell, table
from support.examples import examples

GRID, AMMONIA = "training.网格员", "trusteeship.涉氨"
SEPTEMBER = ended(2018, 9)


def close(book: Book, period: object = SEPTEMBER) -> None:
    with book.gate() as gate:
        month.close(gate, period, "0.1.0")  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def first_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version of the items that `redefine` counts on from."""
    monkeypatch.setattr(meaning, "FACTS", 0)


def redefine(book: Book, change: Callable[[str], str]) -> None:
    """The program's definition of what is counted changes between two versions; an upgrade tells what that does."""
    meaning.FACTS += 1
    (sql,) = book.connection.execute("SELECT sql FROM sqlite_master WHERE name = 'training_item'").fetchone()
    changed = change(sql)
    assert changed != sql
    book.connection.executescript(f"DROP VIEW training_item; {changed};")
    from anjian_cli.ledger.sums import rebuild_sums

    rebuild_sums(book.connection)
    with book.gate() as gate:
        upgrade.recount(gate)


def test_nothing_changed_nothing_to_correct() -> None:
    book = Book()
    book.training(JIANGNAN, "2018-09-03", 5)
    close(book)
    book.training(JIANGNAN, "2018-10-03", 5)
    assert month_diff(book.connection, "2018-09") == []
    assert book.bulletin().corrections == ()
    with pytest.raises(Refused, match="E444"):
        month_diff(book.connection, "2018-08")


def test_a_late_record_is_a_correction_and_the_locked_month_stays() -> None:
    book = Book()
    book.target(GRID, JIANGNAN, 10)
    book.training(JIANGNAN, "2018-09-03", 5)
    close(book)
    late = book.training(JIANGNAN, "2018-09-20", 2)
    book.training(JIANGNAN, "2018-10-03", 1)
    (found,) = month_diff(book.connection, "2018-09")
    assert (found.month, found.indicator, found.town, found.was, found.now, found.definition) == (
        "2018-09", GRID, JIANGNAN, 5, 7, False,
    )  # fmt: skip
    assert book.cell(GRID, JIANGNAN, SEPTEMBER).done == 5
    october = book.bulletin()
    assert october.corrections == (found,)
    cell_now = cell(october, GRID, JIANGNAN)
    assert cell_now.done == found.was + (found.now - found.was) + (cell_now.this_month or 0) == 8
    (made,) = diff_records(book.connection, "2018-09", GRID, JIANGNAN)
    assert (made.item.record_id, made.quantity, made.item.description) == (late, 2, "网格员培训")


def test_a_contract_that_had_ended_is_a_correction_downwards() -> None:
    book = Book()
    firm = book.enterprise((ZHIYING, ""))
    contract = book.contract(firm, "涉氨", "2018-01-01", "2018-12-31", "2019-01-01")
    close(book)
    book.update("trusteeship", contract, ended_on="2018-09-01", until_on="2018-09-01")
    (found,) = month_diff(book.connection, "2018-09")
    assert (found.indicator, found.was, found.now) == (AMMONIA, 1, 0)
    (gone,) = diff_records(book.connection, "2018-09", AMMONIA, ZHIYING)
    assert (gone.item.record_id, gone.quantity, gone.item.until_on) == (contract, -1, "2019-01-01")
    assert "永康市恒达工具厂" in gone.item.description


def test_a_contract_that_ends_after_the_month_corrects_nothing() -> None:
    book = Book()
    firm = book.enterprise((ZHIYING, ""))
    contract = book.contract(firm, "涉氨", "2018-01-01", "2018-12-31", "2019-01-01")
    close(book)
    book.update("trusteeship", contract, ended_on="2018-10-20", until_on="2018-10-20")
    assert month_diff(book.connection, "2018-09") == []
    assert diff_records(book.connection, "2018-09", AMMONIA, ZHIYING) == []


def test_a_move_found_out_late_corrects_two_towns_and_not_the_county() -> None:
    book = Book()
    firm = book.enterprise((ZHIYING, ""))
    book.contract(firm, "涉氨", "2018-01-01", "2018-12-31", "2019-01-01")
    close(book)
    with book.gate() as gate:
        row = gate.connection.execute("SELECT id FROM residence WHERE enterprise_id = ?", (firm,)).fetchone()[0]
        gate.update("residence", row, until_on="2018-09-12")
        gate.insert("residence", enterprise_id=firm, town_code=JIANGNAN, from_on="2018-09-12", until_on=OPEN)
    found = month_diff(book.connection, "2018-09")
    assert [(c.town, c.was, c.now) for c in found] == [(JIANGNAN, 0, 1), (ZHIYING, 1, 0)]
    assert diff_records(book.connection, "2018-09", AMMONIA, COUNTY) == []
    assert [d.quantity for d in diff_records(book.connection, "2018-09", AMMONIA, JIANGNAN)] == [1]


def test_scores_and_places_that_would_be_others_now() -> None:
    book = Book()
    for town, passed in ((JIANGNAN, 5), (ZHIYING, 7)):
        book.target(GRID, town, 10)
        book.training(town, "2018-09-03", passed)
    close(book)
    book.contract(book.enterprise((ZHIYING, "")), "涉氨", "2018-01-01", "2018-12-31", "2019-01-01")
    october = book.bulletin()
    assert october.corrections
    assert october.rescored == ()  # no task hangs on it
    book.training(JIANGNAN, "2018-09-20", 3)
    assert book.bulletin().rescored == (
        Rescored("2018-09", ZHIYING, Fraction(70), Fraction(70), 1, 2),
        Rescored("2018-09", JIANGNAN, Fraction(50), Fraction(80), 2, 1),
    )


@pytest.mark.parametrize("at", [9, 10])
def test_the_ledger_is_taken_back_only_where_facts_have_come_since(at: int) -> None:
    book = Book()
    held = book.training(JIANGNAN, "2018-09-03", 5)
    close(book, ended(2018, at))
    with write.gate(book.connection, UPGRADE, at="2018-11-05T02:00:00Z", actor="测试", today="2018-11-05") as gate:
        gate.update("training", held, remark="升级补齐")
    with book.gate() as gate:
        gate.insert("month_text", month="2018-10", section=1, text="另行安排")
    locked = locked_month.find(book.connection, f"2018-{at:02d}")
    assert locked is not None
    assert locked_period(locked) == ended(2018, at)
    with as_locked(book.connection, locked) as then:
        assert then is book.connection
    book.training(JIANGNAN, "2018-09-04", 5)
    with as_locked(book.connection, locked) as then:
        assert then.execute("SELECT count(*) FROM training").fetchone()[0] == 1


@pytest.mark.altered
def test_a_changed_definition_is_told_apart() -> None:
    book = Book()
    book.training(JIANGNAN, "2018-09-03", 5)
    close(book)
    redefine(book, lambda sql: sql.replace("held_on, '9999-12-31', passed,", "held_on, '9999-12-31', 2 * passed,", 1))
    assert [(c.was, c.now, c.definition) for c in month_diff(book.connection, "2018-09")] == [(5, 10, True)]
    book.training(JIANGNAN, "2018-09-20", 1)
    assert [(c.was, c.now, c.definition) for c in month_diff(book.connection, "2018-09")] == [
        (5, 10, True),
        (10, 12, False),
    ]


@pytest.mark.altered
def test_recounted_are_the_cells_that_mean_something_else_now() -> None:
    book = Book()
    book.training(JIANGNAN, "2018-09-03", 5)
    book.training(ZHIYING, "2018-09-03", 7)
    book.update("training", book.training(SHIZHU, "2018-09-03", 8), voided_on="2018-11-05", void_reason="重复登记")
    close(book)
    assert list(recounted(book.connection)) == []
    redefine(book, lambda sql: sql.replace("passed > 0", "passed > 5", 1))
    assert list(recounted(book.connection)) == [Recounted(1, GRID, JIANGNAN, 0)]


@pytest.mark.altered
def test_what_is_no_longer_counted_at_all_comes_to_nothing() -> None:
    book = Book()
    book.training(JIANGNAN, "2018-09-03", 5)
    close(book)
    redefine(book, lambda sql: sql.replace("passed > 0", "passed > 5", 1))
    assert [(c.was, c.now, c.definition) for c in month_diff(book.connection, "2018-09")] == [(5, 0, True)]


def test_what_was_not_known_when_it_was_locked_is_not_corrected() -> None:
    book = Book()
    book.opening("trusteeship.喷涂", None, "2018-10-15", 80)
    book.training(JIANGNAN, "2018-09-03", 5)
    close(book)
    book.opening("trusteeship.喷涂", None, "2018-09-15", 78, until_on="2018-10-15")
    assert book.bulletin().corrections == ()
    book.training(JIANGNAN, "2018-09-04", 1)
    assert [c.indicator for c in book.bulletin().corrections] == [GRID]


facts = st.lists(
    st.tuples(st.sampled_from([JIANGNAN, ZHIYING, None]), st.integers(1, 12), st.integers(1, 9)), max_size=5
)


@pytest.mark.unmeasured
@examples(8, ordinary=3)
@given(facts, facts, st.integers(0, 4))
def test_cumulative_is_issued_before_and_corrections_and_this_month(
    before: list[tuple[str | None, int, int]], after: list[tuple[str | None, int, int]], void: int
) -> None:
    book = Book()
    rows = [book.training(town, f"2018-{at:02d}-10", passed) for town, at, passed in before]
    close(book)
    for town, at, passed in after:
        book.training(town, f"2018-{at:02d}-10", passed)
    if void < len(rows):
        book.update("training", rows[void], voided_on="2018-11-05", void_reason="重复")
    september, october = book.bulletin(SEPTEMBER), book.bulletin()
    by_town = {c.town: c.now - c.was for c in october.corrections if c.indicator == GRID}
    for town in (JIANGNAN, ZHIYING):
        was, now = cell(september, GRID, town), cell(october, GRID, town)
        assert now.done == (was.done or 0) + by_town.get(town, 0) + (now.this_month or 0)
        made = diff_records(book.connection, "2018-09", GRID, town)
        assert sum(d.quantity for d in made) == by_town.get(town, 0)
    total, before_total = table(october, GRID).total, table(september, GRID).total
    assert total.done == (before_total.done or 0) + sum(by_town.values()) + (total.this_month or 0)


@pytest.mark.altered
def test_the_next_month_is_locked_under_a_changed_definition() -> None:
    book = Book()
    book.training(JIANGNAN, "2018-09-03", 5)
    close(book)
    redefine(book, lambda sql: sql.replace("held_on, '9999-12-31', passed,", "held_on, '9999-12-31', 2 * passed,", 1))
    close(book, ended(2018, 10))
    assert [(c.was, c.now, c.definition) for c in book.bulletin().corrections] == [(5, 10, True)]
    assert book.cell(GRID, JIANGNAN, SEPTEMBER).done == 5
