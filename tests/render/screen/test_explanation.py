from __future__ import annotations

import csv
import io
import json

import pytest

from anjian_cli.bulletin.explain import Explanation, explain, parse_code
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.screen import explanation
from anjian_cli.render.screen.styled_lines import text
from anjian_cli.render.width import columns
from support.bulletin_ledger import JIANGNAN, ZHIYING, Book

TODAY = "2018-11-05"


@pytest.fixture(scope="module")
def book() -> Book:
    made = Book()
    made.target("trusteeship.涉氨", JIANGNAN, 4)
    made.target("trusteeship.涉氨", JIANGNAN, 5, from_on="2018-06-01", year=2018)
    stays = made.enterprise((JIANGNAN, ""), name="永康市恒达冷冻厂")
    ended = made.enterprise((JIANGNAN, ""), name="永康市冰峰冷库")
    made.contract(stays, "涉氨", "2018-03-01", "2019-02-28", "2019-03-01")
    made.contract(ended, "涉氨", "2017-09-01", "2018-08-31", "2018-09-01")
    made.training(ZHIYING, "2018-03-02", 12)
    made.training(ZHIYING, "2018-10-08", 30)
    return made


def found(book: Book, *words: str) -> Explanation:
    return explain(book.connection, parse_code(book.connection, words, TODAY))


def test_a_stock_with_what_does_not_count(book: Book) -> None:
    shown = text(explanation.lines(found(book, "10-江南-涉氨")))
    head, days, figure, *rest = shown.splitlines()
    assert head == "10-江南-涉氨  江南街道  涉氨企业在托管"
    assert days == "2018年10月（现在算出），截至2018年10月31日"
    assert figure.startswith("1家，年度任务")
    assert "计入的（1条）" in rest
    assert "没有计入的（1条）" in rest
    assert "永康市恒达冷冻厂" in shown
    assert "2018-08-31止，已不在期内" in shown
    assert "永安委〔2018〕3号" in shown


def test_the_items_add_up_to_the_figure(book: Book) -> None:
    shown = text(explanation.lines(found(book, "10-芝英-网格员"))).splitlines()
    (total,) = [line for line in shown if line.startswith("合计")]
    assert total.split() == ["合计", "42"]
    assert "42人次。" in shown


def test_nothing_counts(book: Book) -> None:
    shown = text(explanation.lines(found(book, "10-石柱-涉氨")))
    assert "计入的（0条）\n（没有）" in shown
    assert "没有计入的" not in shown


def test_it_fits_a_terminal(book: Book) -> None:
    shown = text(explanation.lines(found(book, "10-江南-涉氨"), 80))
    assert [line for line in shown.splitlines() if columns(line) > 80] == []


def test_many_that_do_not_count_are_told_by_reason_first_on_a_terminal_and_all_elsewhere() -> None:
    book = Book()
    for day in range(1, 13):
        firm = book.enterprise((JIANGNAN, ""), name=f"永康市第{day:02}厂")
        book.contract(firm, "涉氨", "2017-09-01", f"2018-08-{day:02}", f"2018-08-{day + 1:02}")
    ended = [
        book.contract(firm, "涉氨", "2018-09-01", "2018-10-01", "2018-10-02")
        for firm in (book.enterprise((JIANGNAN, ""), name=f"永康市又{n}厂") for n in range(9))
    ]
    for contract in ended[:2]:
        book.update("trusteeship", contract, voided_on=TODAY, void_reason="重复：同一份")
    one = found(book, "10-江南-涉氨")
    assert len(one.not_counted) == 21
    on_terminal = text(explanation.lines(one, 80)).split("没有计入的（21条）\n")[1].splitlines()
    assert [line.split() for line in on_terminal[2:4]] == [["已不在期内", "19"], ["已作废", "2"]]
    assert on_terminal[5] == "先列20条（全部：加上 -o 明细.csv）"
    numbers = [near.item.number for near in one.not_counted]
    assert [line.split()[0] for line in on_terminal[8:28]] == numbers[:20]
    assert numbers[20] not in "".join(on_terminal)
    assert [line for line in on_terminal if columns(line) > 80] == []
    elsewhere = text(explanation.lines(one))
    assert [number for number in numbers if number not in elsewhere] == []
    assert "先列" not in elsewhere
    fewer = text(explanation.lines(replace(one, not_counted=one.not_counted[:20]), 80))
    assert "先列" not in fewer
    assert "条数" not in fewer


def test_for_programs(book: Book) -> None:
    one = found(book, "10-江南-涉氨")
    rows = list(csv.DictReader(io.StringIO(explanation.delimited(one), newline="")))
    assert [(row["是否计入"], row["数量"], row["起"], row["至"]) for row in rows] == [
        ("是", "1", "2018-03-01", "2019-02-28"),
        ("否", "1", "2017-09-01", "2018-08-31"),
    ]
    assert rows[1]["原因"] == "2018-08-31止，已不在期内"
    whole = json.loads(explanation.structured(one))
    assert (whole["figure"], whole["month"], whole["indicator"]) == (1, "2018-10", "trusteeship.涉氨")
    assert whole["cell"]["rate"] == (None if one.cell.rate is None else f"1/{one.cell.rate.denominator}")
    assert sum(item["quantity"] for item in whole["counted"]) == 1
    assert whole["not_counted"][0]["reason"] == rows[1]["原因"]
