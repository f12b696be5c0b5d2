"""What fewer is better of: a target there is a control figure, neither owed nor met; and what the county's total is
held against, which towns without a task are not in."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from anjian_cli.bulletin import control, findings, phrase, ranking
from anjian_cli.bulletin.briefing import briefing
from anjian_cli.bulletin.chat import chat
from anjian_cli.bulletin.notice import attachments, notice
from anjian_cli.bulletin.outlook import outlook
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.workflow import month
from oracle import tasks
from support.bulletin_ledger import JIANGNAN, OCTOBER, SHIZHU, TOWNS, ZHIYING, ZONE, Book, category, table
from support.sweeps import sweep

DEATHS, COUNT, LATE, OVERDUE = "accident.deaths", "accident.count", "report.late", "hazard.overdue"
NEW, TRAINED, ELECTRIC = "standard.reached.三级新创", "training.网格员", "equipment.智慧用电"
CODES = [code for code, *_ in TOWNS]


def told(book: Book, indicator: str, done: dict[str, int], targets: dict[str, int | None]) -> None:
    """What each town (or '' for 未定镇街) has done, and what each was given."""
    for town, number in done.items():
        book.opening(indicator, town or None, "2018-10-31", number, period_from="2018-01-01")
    for town, target in targets.items():
        book.target(indicator, town or None, target)


def row_9() -> Book:
    book = Book()
    told(book, DEATHS, {ZHIYING: 2}, {ZHIYING: 2, SHIZHU: 2})
    book.setting(f"ranked.{DEATHS}", "1")
    return book


def letter(bulletin: Bulletin) -> str:
    found = notice(bulletin)
    return "".join(p.heading + p.text for section in found.sections for p in section.paragraphs)


def test_row_9_who_has_used_up_its_control_figure_is_not_first() -> None:
    bulletin = row_9().bulletin()
    found = table(bulletin, DEATHS)
    cells = {cell.town: cell for cell in found.cells}
    assert [(cells[t].control, cells[t].done, cells[t].left, cells[t].rank) for t in (ZHIYING, SHIZHU)] == [
        (2, 2, 0, 2),
        (2, 0, 2, 1),
    ]
    for cell in (*found.cells, found.total):
        assert (cell.target, cell.rate, cell.gap, cell.owes_pace, cell.owes_year) == (None,) * 5
    assert (found.total.control, found.total.done, found.total.left) == (4, 2, 2)
    assert (found.pace, found.scored, found.laggards, found.unscored_reason) == (None, False, (), "")
    assert category(bulletin, "accident").rows == ()
    assert all(row.score is None and row.work == 0 for row in bulletin.scores)
    assert bulletin.mean_score is None
    assert outlook(bulletin) == ()
    assert "死亡人数控制数4人，已发生2人，剩余2人。" in letter(bulletin)
    for word in ("欠", "完成率", "落后", "100.00", "首位"):
        assert word not in letter(bulletin)
    assert "控制" not in chat(bulletin)  # nobody is over
    assert attachments(bulletin)[-1] == "控制指标情况表"
    assert "死亡人数下达的是控制数，不是任务" in bulletin.rule[-1]


def test_places_by_use_are_ruled_only_for_what_is_ranked() -> None:
    book = row_9()
    book.target("accident.count", ZHIYING, 1)
    ranked, unranked = book.bulletin().rule[-2:]
    assert ranked.startswith("死亡人数下达的是控制数，不是任务：按已用去的比例从少到多排名次")
    assert unranked.startswith("事故起数下达的是控制数，不是任务：不排名次，不计完成率")


def test_a_control_figure_that_is_exceeded_is_named_everywhere() -> None:
    book = row_9()
    book.opening(DEATHS, SHIZHU, "2018-10-31", 3, period_from="2018-01-01")
    book.target(DEATHS, None, 6)
    bulletin = book.bulletin()
    found = table(bulletin, DEATHS)
    assert [(cell.town, cell.left) for cell in control.exceeding(found)] == [(SHIZHU, -1)]
    assert {cell.town: cell.rank for cell in found.cells if cell.rank} == {ZHIYING: 1, SHIZHU: 2}
    over = "超出控制数的：石柱镇（控制数2人，已发生3人，超出1人）"
    said = f"死亡人数控制数4人，已发生5人，超出1人；市里控制数6人，已发生5人，剩余1人；{over}。"
    assert said in letter(bulletin)
    assert f"死亡人数{over}。" in chat(bulletin)
    assert said in "".join(briefing(bulletin, ()))
    assert found.laggards == ()


@pytest.mark.parametrize(
    ("used", "places"),
    [
        ({"甲": (2, 2), "乙": (0, 2)}, {"甲": 2, "乙": 1}),
        ({"甲": (1, 4), "乙": (1, 2), "丙": (2, 8)}, {"甲": 1, "乙": 3, "丙": 1}),
        ({"甲": (0, 0), "乙": (0, 3), "丙": (1, 9)}, {"甲": 1, "乙": 1, "丙": 3}),  # 0 of 0 is as good as 0 of 3
        ({"甲": (1, 0), "乙": (9, 3)}, {"甲": 2, "乙": 1}),  # of a control figure of 0 anything is the last
        ({"甲": (1, 0), "乙": (2, 0), "丙": (9, 3)}, {"甲": 2, "乙": 3, "丙": 1}),
        ({"甲": (0, 2), "乙": (0, 0)}, {}),  # nothing has happened: no place to have
        ({}, {}),
    ],
)
def test_places_go_by_the_share_that_is_used(used: dict[str, tuple[int, int]], places: dict[str, int]) -> None:
    assert ranking.places_by_use(used) == places
    assert tasks.places({town: n for town, (n, _) in used.items()}, {t: c for t, (_, c) in used.items()}) == places


def test_without_the_setting_nobody_has_a_place_and_the_figures_stand() -> None:
    book = Book()
    told(book, DEATHS, {ZHIYING: 2}, {ZHIYING: 2})
    found = table(book.bulletin(), DEATHS)
    assert [cell.rank for cell in found.cells] == [None] * len(TOWNS)
    assert found.controlled
    assert found.total.left == 0
    assert not table(book.bulletin(), COUNT).controlled


def test_a_control_figure_of_nothing_is_one() -> None:
    book = Book()
    told(book, LATE, {}, {ZHIYING: 0})
    bulletin = book.bulletin()
    assert control.sentences(bulletin) == ["迟报控制数0次，已发生0次，剩余0次。"]
    assert phrase.says_anything(table(bulletin, LATE))


def test_a_stock_is_there_and_does_not_happen() -> None:
    book = Book()
    book.opening(OVERDUE, ZHIYING, "2018-10-31", 3)
    book.target(OVERDUE, ZHIYING, 2)
    assert control.sentences(book.bulletin()) == [
        "逾期控制数2条，现有3条，超出1条；超出控制数的：芝英镇（控制数2条，现有3条，超出1条）。"
    ]


def test_what_is_not_known_is_neither_left_nor_over() -> None:
    book = Book()
    book.opening(DEATHS, ZHIYING, "2018-11-30", 3, period_from="2018-01-01")
    book.target(DEATHS, ZHIYING, 2)
    book.setting(f"ranked.{DEATHS}", "1")
    bulletin = book.bulletin()
    (cell,) = (cell for cell in table(bulletin, DEATHS).cells if cell.town == ZHIYING)
    assert (cell.left, cell.exceeded, cell.rank) == (None, False, None)
    assert control.sentences(bulletin) == ["死亡人数控制数2人，已发生数无从得知。"]


def test_a_locked_month_keeps_it_and_a_town_agrees_with_it() -> None:
    book = row_9()
    with book.gate() as gate:
        month.close(gate, OCTOBER, "0.3.0")
    bulletin = book.bulletin()
    assert bulletin.state == "closed"
    assert table(bulletin, DEATHS).total.left == 2
    kept = book.connection.execute(
        "SELECT town_code, target, rank FROM month_cell WHERE indicator = ? ORDER BY town_code", (DEATHS,)
    ).fetchall()
    assert [tuple(row) for row in kept] == [(ZHIYING, 2, 2), (SHIZHU, 2, 1)]


def test_row_10_the_county_s_rate_is_of_the_towns_with_a_task() -> None:
    book = Book()
    book.target(NEW, ZHIYING, 10, until_on="2018-07-01")
    book.target(NEW, ZHIYING, 5, from_on="2018-07-01")
    book.target(NEW, SHIZHU, 0)
    book.target(NEW, JIANGNAN, 4, until_on="2018-09-01")
    book.target(NEW, JIANGNAN, None, from_on="2018-09-01")
    book.target(NEW, None, 6)
    told(book, NEW, {ZHIYING: 1, SHIZHU: 1, JIANGNAN: 1}, {})
    bulletin = book.bulletin()
    found = table(bulletin, NEW)
    assert (found.total.done, found.total.target, found.total.rate) == (1, 5, Fraction(1, 5))
    assert (found.whole.done, found.whole.rate, found.whole.target) == (3, None, None)
    assert found.untasked == (JIANGNAN, SHIZHU, ZONE)
    assert category(bulletin, "standard").total_rate == Fraction(1, 5)
    beside = "另有无任务的镇（街、区）完成2家，全市共3家"
    assert phrase.beside(bulletin, found) == beside
    assert phrase.whole_task(bulletin, found) == "市里任务：6家，全市已有3家，为50.00%。"
    assert f"三级新创完成年度任务的20.00%，低于序时进度63.33个百分点。三级新创{beside}。" in letter(bulletin)


def test_what_has_no_town_is_held_against_the_tasks() -> None:
    book = Book()
    told(book, TRAINED, {ZHIYING: 10, SHIZHU: 7, "": 5}, {ZHIYING: 20})
    found = table(book.bulletin(), TRAINED)
    assert (found.total.done, found.whole.done, found.total.rate) == (15, 22, Fraction(3, 4))


def test_where_every_town_has_a_task_or_none_nothing_stands_beside() -> None:
    book = Book()
    told(book, TRAINED, {ZHIYING: 10, SHIZHU: 7}, dict.fromkeys(CODES, 20))
    told(book, NEW, {ZHIYING: 10}, {})
    book.setting(f"ranked.{ELECTRIC}", "0")
    bulletin = book.bulletin()
    for of in (TRAINED, NEW):
        assert table(bulletin, of).everywhere is None
        assert table(bulletin, of).untasked == ()
        assert phrase.beside(bulletin, table(bulletin, of)) == ""


def test_what_a_town_without_a_task_does_not_know_leaves_the_rate_as_it_is() -> None:
    book = Book()
    told(book, TRAINED, {ZHIYING: 10}, {ZHIYING: 20})
    book.opening(TRAINED, SHIZHU, "2018-11-30", 3, period_from="2018-01-01")
    bulletin = book.bulletin()
    found = table(bulletin, TRAINED)
    assert (found.total.done, found.total.rate, found.whole.done) == (10, Fraction(1, 2), None)
    assert phrase.beside(bulletin, found) == "另有无任务的镇（街、区）完成数无从得知"


def test_a_stock_of_towns_without_a_task_is_there() -> None:
    book = Book()
    book.opening(ELECTRIC, ZHIYING, "2018-09-30", 3)
    book.opening(ELECTRIC, SHIZHU, "2018-09-30", 4)
    book.target(ELECTRIC, ZHIYING, 6)
    bulletin = book.bulletin()
    found = table(bulletin, ELECTRIC)
    assert (found.total.done, found.total.last_month, found.total.months[-1]) == (3, 3, 3)
    assert phrase.beside(bulletin, found) == "另有无任务的镇（街、区）有4家，全市共7家"


@pytest.mark.unmeasured
@sweep("seed", range(40), keep=12)
def test_the_county_is_the_towns_with_a_task_and_what_has_no_town(seed: int) -> None:
    chance = random.Random(seed)
    book = Book()
    given: dict[str, dict[str, int | None]] = {}
    done: dict[str, dict[str, int]] = {}
    for of in (DEATHS, LATE, NEW, TRAINED):
        given[of] = {code: chance.choice([None, 0, 1, 2, 3, 6]) for code in CODES}
        done[of] = {code: chance.randrange(5) for code in (*CODES, "")}
        told(book, of, done[of], {code: number for code, number in given[of].items() if number is not None})
    book.setting(f"ranked.{DEATHS}", "1")
    bulletin = book.bulletin()
    for of in given:
        found = table(bulletin, of)
        county = tasks.county(done[of], given[of], less=found.less)
        assert (found.total.done, found.total.asked) == (county.done, county.asked)
        assert (found.whole.done or 0) - (found.total.done or 0) == county.beside
        if not found.less and county.asked:
            assert found.total.rate == Fraction(county.done, county.asked)
        if found.less and county.asked is not None:
            assert found.total.left == county.asked - county.done
    ranks = {cell.town: cell.rank for cell in table(bulletin, DEATHS).cells if cell.rank is not None}
    assert ranks == tasks.places(done[DEATHS], given[DEATHS])
    assert DEATHS not in {t.id for c in findings.scored(bulletin) for t in findings.scored_tables(c)}


def test_the_county_s_own_control_figure_alone_is_held_against_all() -> None:
    book = Book()
    told(book, COUNT, {ZHIYING: 2, "": 1}, {})
    book.target(COUNT, None, 2)
    bulletin = book.bulletin()
    found = table(bulletin, COUNT)
    assert (found.total.control, found.everywhere, found.controlled) == (None, None, True)
    assert control.sentences(bulletin) == ["事故起数市里控制数2起，已发生3起，超出1起。"]


def test_accidents_are_told_of_all_whoever_has_a_control_figure() -> None:
    book = Book()
    told(book, COUNT, {ZHIYING: 2, SHIZHU: 3}, {ZHIYING: 4})
    told(book, DEATHS, {SHIZHU: 3}, {ZHIYING: 1})
    said = letter(book.bulletin())
    assert "发生生产安全事故5起、死亡3人" in said
    beside = "（另有没有控制数的镇（街、区）发生3起，全市共5起）"
    assert f"事故起数控制数4起，已发生2起，剩余2起{beside}。" in said
