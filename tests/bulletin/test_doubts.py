"""What is pointed out before a month is locked."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.doubts import doubts, impossibilities
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.render.screen.bulletin_table import bulletin_table as table_of
from anjian_cli.render.screen.styled_lines import text
from anjian_cli.workflow import month
from support.bulletin_ledger import JIANGNAN, OCTOBER, SHIZHU, ZHIYING, Book

GRID = "training.网格员"


def close(book: Book, period: Period = OCTOBER) -> None:
    with book.gate() as gate:
        month.close(gate, period, "0.1.0")


def test_a_quiet_month_has_nothing_to_check() -> None:
    book = Book()
    for indicator in ("training.网格员", "standard.reached.三级新创", "village.accepted", "trusteeship.喷涂"):
        for town in ("330784002", "330784109", "330784110", "330784901"):
            book.target(indicator, town, 5)
    found = doubts(book.connection, ended(2018, 11))
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
    text = "\n".join(doubts(book.connection, OCTOBER))
    assert "永康市恒达工具厂自2018-09-20起停产，“喷涂”托管合同" in text
    assert "“安全生产教育培训”没有任务而不参评的镇（街、区）：芝英、石柱、开发区。" in text
    assert "“职业卫生检测”各镇（街、区）都没有任务，本类不参评。" in text
    assert "有不分镇（街、区）或未定镇街的数字，计入合计而不参加排名：网格员。" in text
    assert "2018年10月结束以后又登记了" in text
    assert "含期初数、没有逐条记录可查的指标：立案。" in text
    assert "2018年9月已定稿的数字有1处更正，将列入本期。" in text
    assert "还没有结束" in doubts(book.connection, Period(2018, 11, "2018-11-05", False))[0]


def filing(book: Book, town: str, filed_on: str = "2018-10-31", **more: str) -> int:
    given = {"month": "2018-10", "method": "微信", "nil": "否", "due_on": "2018-10-31", **more}
    return book.add("filing", number=book.number(), town_code=town, filed_on=filed_on, **given)


def test_a_flow_that_fell_is_pointed_out() -> None:
    book = Book()
    told = {"party": "某厂", "cause": "未培训", "accident": "否", "joint": "否", "town_code": JIANGNAN}
    for number, revoked in (("1号", None), ("2号", "2018-10-20")):
        why = None if revoked is None else "事实不清"
        book.add("enforcement_case", number=book.number(), case_number=number, filed_on="2018-09-05",
                 revoked_on=revoked, revoke_reason=why, **told)  # fmt: skip
    assert "江南“非事故类立案处罚”累计比上月少了：2→1，请核对是否有撤销。" in doubts(book.connection, OCTOBER)


def test_who_has_not_reported_is_named_once_reports_are_kept() -> None:
    book = Book()
    assert not [line for line in doubts(book.connection, OCTOBER) if "月报" in line]
    filing(book, JIANGNAN)
    filing(book, ZHIYING, returned_on="2018-11-01")
    found = doubts(book.connection, OCTOBER)
    assert "石柱、开发区还没有报送月报。" in found
    assert "芝英的月报退回后还没有补正。" in found
    assert "江南、芝英、石柱、开发区还没有报送月报。" in doubts(book.connection, ended(2018, 9))


def test_what_a_town_says_of_itself_is_held_against_the_ledger() -> None:
    book = Book()
    book.training(JIANGNAN, "2018-10-05", 4)
    told = filing(book, JIANGNAN)
    book.add("filed_figure", filing_id=told, indicator=GRID, quantity=6)
    book.add("filed_figure", filing_id=told, indicator="case.fine", quantity=0)
    said = [line for line in doubts(book.connection, OCTOBER) if "镇报" in line]
    assert said == ["江南“网格员”镇报6，台账4，相差2，请用 anjian 明细 10-江南-网格员 核对。"]


def test_trap_6_no_task_no_report_and_a_nil_report_are_three_things() -> None:
    book = Book()
    book.target(GRID, JIANGNAN, 0)
    book.target(GRID, ZHIYING, 5)
    book.training(ZHIYING, "2018-10-05", 5)
    filing(book, JIANGNAN, nil="是")
    made = book.bulletin()
    table = next(t for c in made.categories for t in c.indicators if t.id == GRID)
    cells = {cell.town: cell for cell in table.cells}
    assert (cells[JIANGNAN].target, cells[JIANGNAN].rate, cells[JIANGNAN].rank) == (0, None, None)
    assert (cells[SHIZHU].target, cells[SHIZHU].rate, cells[SHIZHU].rank) == (None, None, None)
    assert (cells[ZHIYING].rate, cells[ZHIYING].rank) == (Fraction(1), 1)
    assert [phrase.filing(made, town) for town in (JIANGNAN, ZHIYING)] == ["零报告", "未报"]
    lines = text(table_of(made)).splitlines()
    told = {line.split()[0]: line.split()[1] for line in lines if line.startswith(("江南街道 ", "石柱镇 ", "芝英镇 "))}
    assert told == {"江南街道": "0", "芝英镇": "5"}
    assert "另有2个没有任务也没有数字，未列。" in lines


def _hazards(book: Book, day: str = "2018-09-30", **figures: int) -> None:
    for of, quantity in figures.items():
        since = f"{day[:4]}-01-01" if of == "found" else None
        book.opening(f"hazard.{of}", ZHIYING, day, quantity, period_from=since)


def test_what_cannot_be_is_told_by_itself_and_among_the_doubts() -> None:
    book = Book()
    _hazards(book, found=15, accepted_of_year=20, due_of_year=8, on_time_of_year=9)
    found = impossibilities(book.connection, OCTOBER)
    assert found == [
        "芝英“已销号”20条，多于“排查隐患”15条，不可能，请核对。",
        "芝英“按期整改”9条，多于“到期隐患”8条，不可能，请核对。",
    ]
    assert doubts(book.connection, OCTOBER)[:2] == found


@pytest.mark.parametrize(("still", "before", "told"), [(5, 0, 0), (4, 0, 1), (6, 0, 0), (6, 1, 0), (7, 1, 1)])
def test_open_are_those_found_less_those_closed_and_what_came_over(still: int, before: int, told: int) -> None:
    book = Book()
    if before:
        book.opening("hazard.open", ZHIYING, "2017-12-31", before, until_on="2018-09-30")
    _hazards(book, found=15, accepted_of_year=10, open=still)
    assert len(impossibilities(book.connection, OCTOBER)) == told
    asked = [line for line in doubts(book.connection, OCTOBER) if "多出的" in line]
    assert len(asked) == (still > 5 and not before)  # how many came over is not known: it may be


@pytest.mark.parametrize("unsettled", [None, 1])
def test_a_total_beside_its_towns_counts_twice(unsettled: int | None) -> None:
    book = Book()
    book.opening("case.filed", ZHIYING, "2018-09-30", 5, period_from="2018-01-01")
    whole = book.opening("case.filed", None, "2018-09-30", 5, period_from="2018-01-01")
    book.update("opening_figure", whole, unsettled=unsettled)
    found = impossibilities(book.connection, OCTOBER)
    assert [("计了两遍" in line) for line in found] == ([] if unsettled else [True])
    assert impossibilities(book.connection, ended(2019, 10)) == []  # a flow of the year before
