"""What is said of rows that are right each by itself: alike, of another year than the title's, far from the usual."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.errors import Fault
from anjian_cli.ledger import create
from anjian_cli.workflow import look_alikes
from support.import_ledger import JINGGONG, STANDING, standing, take

HAZARDS = "企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限,资金（元）\n"


def notes(found: list[Fault]) -> list[tuple[str, int | None]]:
    return [(fault.code, fault.place.row) for fault in found if fault.code[:3] in ("N32", "N33")]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return standing(tmp_path / "a.db")


def hazards(*rows: str) -> str:
    return HAZARDS + "".join(f"永康市精工五金厂,{row}\n" for row in rows)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("2018-09-20,网格巡查,一般,通道堵塞", "2018-09-26,网格巡查,一般,通道堵塞。", ["N330"]),
        ("2018-09-20,网格巡查,一般,通道堵塞", "2018-09-27,网格巡查,一般,通道堵塞", []),
        ("2018-09-20,网格巡查,一般,车间通道堵塞", "2018-09-20,网格巡查,一般,车间通道堵寒", ["N331"]),
        ("2018-09-20,网格巡查,一般,一车间通道堵塞", "2018-09-20,网格巡查,一般,二车间通道堵塞", []),
        ("2018-09-20,网格巡查,一般,3号炉无护栏", "2018-09-20,网格巡查,一般,4号炉无护栏", []),
        ("2018-09-20,网格巡查,一般,堵塞通道", "2018-09-20,网格巡查,一般,堵寒通道", []),
        ("2018-09-20,网格巡查,一般,车间通道堵塞", "2018-09-21,网格巡查,一般,车间通道堵寒", []),
        ("2018-09-20,网格巡查,一般,车间通道堵塞", "2018-09-20,网格巡查,一般,仓库照明损坏", []),
    ],
)
def test_two_that_look_alike(ledger: Path, first: str, second: str, said: list[str]) -> None:
    """In one file the lower one bears the note, whichever comes first; against the ledger the new one."""
    for rows in ((first, second), (second, first)):
        report = take(ledger, hazards(*(f"{row},2018-10-31," for row in rows)), "hazard", dry_run=True)
        assert notes(report.notes) == [(code, 3) for code in said]
    assert take(ledger, hazards(f"{first},2018-10-31,"), "hazard").taken
    report = take(ledger, hazards(f"{second},2018-10-31,"), "hazard")
    assert notes(report.notes) == [(code, 2) for code in said]
    if said:
        assert "台账中的" in str(next(fault for fault in report.notes if fault.code in said))
    # What is there already is not said again.
    assert notes(take(ledger, hazards(f"{second},2018-10-31,"), "hazard").notes) == []


@pytest.mark.altered
def test_what_was_voided_is_not_alike(ledger: Path) -> None:
    assert take(ledger, hazards("2018-09-20,网格巡查,一般,通道堵塞,2018-10-31,"), "hazard").taken
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute(
            "UPDATE hazard SET voided_on = '2018-10-01', void_reason = '录错' WHERE description = '通道堵塞'"
        )
        connection.commit()
    report = take(ledger, hazards("2018-09-21,网格巡查,一般,通道堵塞,2018-10-31,"), "hazard", dry_run=True)
    assert notes(report.notes) == []


TEXTS = st.text("通道堵塞寒一二3", min_size=4, max_size=7)
DAYS = st.sampled_from([f"2018-0{month}-{day:02}" for month in (2, 3) for day in range(1, 29, 2)])


@pytest.mark.unmeasured
@given(st.lists(st.tuples(st.integers(1, 2), DAYS, TEXTS), min_size=2, max_size=12))
def test_whatever_is_alike_has_a_trace_in_common(rows: list[tuple[int, str, str]]) -> None:
    traces = look_alikes.traces([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows], 7)
    for (one, first), (other, second) in combinations(enumerate(rows), 2):
        days = abs(int(first[1][5:7]) * 28 + int(first[1][8:]) - int(second[1][5:7]) * 28 - int(second[1][8:]))
        same = first[0] == second[0] and first[2] == second[2] and days < 7
        near = first[:2] == second[:2] and look_alikes.is_a_letter_off(first[2], second[2])
        if same or near:
            assert any(column[one] == column[other] is not None for column in traces)


@pytest.mark.parametrize(("deadline", "said"), [("2019-03-22", []), ("2019-03-23", ["N332"]), ("2019-10-31", ["N332"])])
def test_a_deadline_far_ahead(ledger: Path, deadline: str, said: list[str]) -> None:
    report = take(ledger, hazards(f"2018-09-20,网格巡查,一般,通道堵塞,{deadline},"), "hazard")
    assert notes(report.notes) == [(code, 2) for code in said]


@pytest.mark.parametrize(
    ("title", "years", "said"),
    [
        ("2018年9月隐患台账", "2017", True),
        ("2018年9月隐患台账", "2018", False),
        ("2018年度隐患台账", "2017", True),
        ("9月份隐患", "2017", True),
        ("9月份隐患", "2018", False),
        ("12月隐患", "2018", False),  # the latest December was in 2017: nine months away
        ("2017—2018年隐患", "2017", True),  # 2017 without 年 is no year
        ("2017年、2018年隐患", "2016", False),
        ("永安委〔2018〕3号附件：隐患", "2017", False),
        ("1月、2月隐患", "2017", False),
        ("隐患台账", "2017", False),
    ],
)
def test_a_year_that_the_title_contradicts(ledger: Path, title: str, years: str, said: bool) -> None:
    text = f"{title},,,,,,\n" + hazards(f"{years}-09-20,网格巡查,一般,通道堵塞,{years}-10-31,")
    assert notes(take(ledger, text, "hazard", dry_run=True).notes) == ([("N333", None)] if said else [])


def test_one_row_of_the_titles_year_is_enough(ledger: Path) -> None:
    rows = hazards("2017-09-20,网格巡查,一般,通道堵塞,2017-10-31,", "2018-09-20,网格巡查,一般,无警示标志,2018-10-31,")
    assert notes(take(ledger, f"2018年9月,,,,,,\n{rows}", "hazard", dry_run=True).notes) == []


def test_amounts_far_from_the_usual(ledger: Path) -> None:
    """By the file where the ledger has too few; then by the ledger."""
    usual = [f"2018-09-2{n},网格巡查,一般,第{n}处积尘,2018-10-31,{3 + n}000" for n in range(6)]
    odd = "2018-09-20,网格巡查,一般,电箱无盖,2018-10-31,{}"
    report = take(ledger, hazards(*usual, odd.format("0.5")), "hazard", dry_run=True)
    assert notes(report.notes) == [("N334", 8)]
    assert "这份文件里" in str(report.notes[0])
    assert take(ledger, hazards(*usual), "hazard").taken
    for amount, said in (("0.5", True), ("50", False), ("500000", False), ("50000000", True)):
        report = take(ledger, hazards(odd.format(amount)), "hazard", dry_run=True)
        assert notes(report.notes) == ([("N334", 2)] if said else [])


@pytest.mark.parametrize(
    ("above", "heading", "code"),
    [
        ("单位：万元", "资金", "E456"),
        ("（单位:人、万元）", "资金", "E456"),
        ("金额单位：千元", "整改资金", "E456"),
        ("单位：万元", "资金（元）", None),
        ("单位：元", "资金", None),
    ],
)
def test_a_unit_above_the_headings(ledger: Path, above: str, heading: str, code: str | None) -> None:
    rows = hazards("2018-09-20,网格巡查,一般,通道堵塞,2018-10-31,5").replace("资金（元）", heading)
    report = take(ledger, f"{above},,,,,,\n{rows}", "hazard", dry_run=True)
    assert [fault.code for fault in report.faults] == ([code] if code else [])


def test_a_number_without_digits_is_no_ones(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    create.create(path)
    for record in ("setting", "town", "village", "enterprise"):
        assert take(path, STANDING[record], record).taken
    head = "企业名称,统一社会信用代码,检测机构,采样日期,报告日期,报告编号,检测点（个）,超标点（个）\n"
    tested = "示例公司,2018-09-10,2018-09-25,{0},1,0\n"
    rows = f"永康市精工五金厂,{JINGGONG},{tested}永康市旧厂,,{tested}"
    for number, said in (("无", []), ("/", []), ("检1", [("N329", 3)])):
        assert notes(take(path, head + rows.format(number), "health_test", dry_run=True).notes) == said
