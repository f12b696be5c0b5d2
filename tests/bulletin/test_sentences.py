"""The letter's sentences at the bounds of their rules; each rule's own sentence stands in test_notice."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.bulletin import sentences
from anjian_cli.bulletin.value import Category, CategoryRow, Correction, Rescored, ScoreRow
from anjian_cli.light_dataclasses import replace
from support.letter_builder import PACE, UNITS, category, cell, of, table


def test_ends_in_words() -> None:
    assert [sentences.first(count) for count in (1, 2, 3)] == ["首位", "前两位", "前三位"]


def rated(title: str, rate: str) -> Category:
    return category(title, title, [], total_rate=Fraction(rate), gap=Fraction(rate) - PACE)


def test_the_mean_and_every_category_once_the_highest_rate_first() -> None:
    scores = [ScoreRow(unit.code, Fraction(80), 1, None, 6, 0, "") for unit in UNITS[:2]]
    without = [ScoreRow(unit.code, None, None, None, 0, 0, "") for unit in UNITS[2:5]]
    made = [rated("甲", "0"), rated("乙", "0.5"), rated("丙", "0.9"), rated("丁", "0.95")]
    made += [category("戊", "戊", []), replace(rated("己", "1"), gap=None)]
    said = sentences.mean_score(of(*made, scores=(*scores, *without), mean_score=Fraction(80)))
    assert said == (
        "10月底序时进度为83.33%。全市2个镇（街、区）四项重点工作综合得分平均为80.00分；"
        "另有3个镇（街、区）没有任务，不评分。"
        "从单项看，丁（95.00%）、丙（90.00%）高于序时进度，乙（50.00%）、甲（0.00%）低于序时进度。"
    )


def test_two_kinds_of_work_are_counted_as_one_says_it() -> None:
    scores = (ScoreRow(UNITS[0].code, Fraction(80), 1, None, 2, 0, ""),)
    found = of(rated("甲", "0.8"), rated("乙", "0.8"), scores=scores, mean_score=Fraction(80))
    assert "全市1个镇（街、区）两项重点工作综合得分平均为80.00分。" in sentences.mean_score(found)


def test_the_month_that_was_scored_again() -> None:
    code = UNITS[0].code
    again = Rescored("2018-10", code, Fraction(74), Fraction(73), 1, 1)
    wrong = Correction("2018-10", "a", code, 4, 3, False)
    found = replace(of(), corrections=(wrong,), rescored=(again,))
    assert "；10月东城街道综合得分由74.00分更正为73.00分" in sentences.corrected(found)


@pytest.mark.parametrize(
    "done", [{}, {"filed": 3}, {"fine": 3}, {"filed": None, "fine": 3}, {"filed": 3, "fine": None}]
)
def test_cases_of_which_a_part_is_not_known_are_not_told(done: dict[str, int | None]) -> None:
    tables = [table(f"case.{name}", name, [], cell(number)) for name, number in done.items()]
    assert sentences.cases(of(category("case", "", tables, scored=False))) == ""


@pytest.mark.parametrize(
    "done", [{}, {"count": 3}, {"deaths": 3}, {"count": None, "deaths": 3}, {"count": 3, "deaths": None}]
)
def test_accidents_of_which_a_part_is_not_known_are_not_told(done: dict[str, int | None]) -> None:
    tables = [table(f"accident.{name}", name, [], cell(number)) for name, number in done.items()]
    assert sentences.accidents(of(category("accident", "", tables, scored=False))) == ""
    assert sentences.accidents(of()) == ""


@pytest.mark.parametrize(
    ("idle", "said"),
    [(5, "；东城街道、西城街道、江南街道、石柱镇、前仓镇10月份无新增。"), (6, "；其中6个镇（街道）10月份无新增。")],
)
def test_of_five_who_brought_nothing_new_the_names_are_told(idle: int, said: str) -> None:
    cells = [cell(0, 12, this_month=int(at >= idle)) for at in range(8)]
    found = category("standard", "", [table("standard.reached.三级新创", "三级新创", cells, cell(0, 96))])
    slow = sentences.slow(of(found, towns=UNITS[:8]))
    assert slow is not None
    assert slow[1].endswith(said)


def test_towns_that_are_often_behind_alike_are_told_together() -> None:
    lags = [
        tuple(CategoryRow(unit.code, Fraction(1, 2), 1, None, Fraction(1 if at == 5 else -1, 10)) for unit in UNITS[:2])
        for at in range(6)
    ]
    found = of(*(category(str(at), str(at), [], rows=rows) for at, rows in enumerate(lags)))
    assert sentences.often_behind(found) == "东城街道、西城街道各有5项低于序时进度。"


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (0, "挂牌督办在办隐患9条。"),
        (1, "挂牌督办在办隐患9条，在东城街道。"),
        (2, "挂牌督办在办隐患9条，分别在东城街道、西城街道。"),
        (5, "挂牌督办在办隐患9条，分别在东城街道、西城街道、江南街道、石柱镇、前仓镇。"),
        (6, "挂牌督办在办隐患9条。"),
    ],
)
def test_where_hazards_under_supervision_are(places: int, said: str) -> None:
    numbers = {"due": 9, "on_time": 8, "late": 1}
    tables = [table(f"hazard.{name}_of_year", name, [], cell(done)) for name, done in numbers.items()]
    listed = table("hazard.listed", "挂牌", [cell(int(at < places)) for at in range(8)], cell(9))
    found = category("hazard", "", [*tables, listed], scored=False)
    assert sentences.rectification(of(found)).partition("。")[2] == said
