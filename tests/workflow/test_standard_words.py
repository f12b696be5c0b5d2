"""Words of the office's own for the grade and the kind of a standardization: which rules they take, and that they count
under their own name alone."""

from __future__ import annotations

from collections import Counter

import pytest

from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.owing import owing
from anjian_cli.bulletin.period import Period
from anjian_cli.workflow.scheme import words_on
from oracle.figures import from_days
from support.desk import SHIZHU, ZHIYING, Desk, refuses

NEW, AGAIN, SECOND = (f"standard.reached.{name}" for name in ("三级新创", "三级复评", "二级"))
VALID, DUE = "standard.valid.三级", "standard.review_due"


def word(desk: Desk, text: str, of: str, **more: str) -> None:
    desk.take("term", list=of, word=text, **more)


def reached(desk: Desk, as_of: str = "9999") -> dict[tuple[str, str], int]:
    """What was reached, by kind and grade; what came to 0 is left out."""
    found = Counter[tuple[str, str]]()
    for kind, level, quantity in desk.ledger.execute(
        "SELECT kind, level, quantity FROM fact_item WHERE fact = 'standard.reached' AND from_on <= ?", (as_of,)
    ):
        found[kind, level] += quantity
    return {key: count for key, count in found.items() if count}


@pytest.fixture
def own(desk: Desk) -> Desk:
    word(desk, "小微", "等级")
    word(desk, "定级三级", "等级", means="三级")
    word(desk, "省二级", "等级", means="二级")
    word(desk, "国家级", "等级", means="一级")
    word(desk, "定级", "创建类型", means="新创")
    word(desk, "延期", "创建类型", means="复评")
    word(desk, "升定", "创建类型", means="升级")
    word(desk, "试点", "创建类型")
    return desk


@pytest.mark.parametrize("grade", ["小微", "定级三级", "省二级", "国家级"])
@pytest.mark.parametrize("kind", ["新创", "定级", "试点"])
def test_a_grade_of_the_offices_counts_under_its_own_word_alone(own: Desk, grade: str, kind: str) -> None:
    own.standard(own.enterprise(), "2018-09-20", grade=grade, kind=kind)
    assert reached(own) == {(kind, grade): 1}
    figures = {indicator for indicator, _ in from_days(own.ledger, "2018-12-31")}
    assert figures == set()


@pytest.mark.parametrize(("grade", "kind"), [("三级", "定级"), ("三级", "试点"), ("二级", "定级")])
def test_a_kind_of_the_offices_as_well_where_kinds_are_told_apart(own: Desk, grade: str, kind: str) -> None:
    own.standard(own.enterprise(), "2018-09-20", grade=grade, kind=kind)
    assert reached(own) == {("" if grade == "二级" else kind, grade): 1}
    assert (own.figure(NEW, "2018-12-31"), own.figure(AGAIN, "2018-12-31")) == (0, 0)
    assert own.figure(SECOND, "2018-12-31") == (1 if grade == "二级" else 0)


def test_a_grade_below_all_others_takes_nothing_of_theirs_and_gives_way_to_them(own: Desk) -> None:
    firm = own.enterprise()
    own.standard(firm, "2018-03-20")
    own.standard(firm, "2018-09-20", grade="小微")
    assert reached(own) == {("新创", "三级"): 1}
    assert own.figure(VALID, "2018-10-31") == 1
    other = own.enterprise()
    own.standard(other, "2018-03-20", grade="小微")
    own.standard(other, "2018-09-20")
    assert reached(own, "2018-09-19") == {("新创", "三级"): 1, ("新创", "小微"): 1}
    assert reached(own) == {("新创", "三级"): 2}  # of two in one year the higher
    valid = own.rows("standardization", "valid_until", where=f"enterprise_id = {other} AND grade = '小微'")
    assert valid == [("2018-09-20",)]


def test_it_holds_for_three_years_and_owes_no_re_review(own: Desk) -> None:
    row = own.standard(own.enterprise(), "2018-03-20", grade="小微")
    found = own.rows("standardization", "expires_on", "valid_until", "due_from", where=f"id = {row}")
    assert found == [("2021-03-20", "2021-03-20", None)]
    assert own.rows("review_due", "id") == []


def test_two_grades_of_the_offices_own_stand_beside_each_other(own: Desk) -> None:
    word(own, "规范化", "等级")
    firm = own.enterprise()
    own.standard(firm, "2018-03-20", grade="小微")
    own.standard(firm, "2018-09-20", grade="规范化")
    assert reached(own) == {("新创", "小微"): 1, ("新创", "规范化"): 1}
    assert own.rows("standardization", "valid_until") == [("2021-03-20",), ("2021-09-20",)]


def test_one_that_means_the_third_owes_re_review_and_is_of_one_cycle_with_it(own: Desk) -> None:
    firm = own.enterprise()
    own.standard(firm, "2015-06-01", grade="定级三级")
    assert own.figures(DUE, "2017-12-31", "2018-01-01") == [0, 1]
    own.standard(firm, "2018-05-01", kind="复评", grade="定级三级")
    assert reached(own) == {("新创", "定级三级"): 1, ("复评", "定级三级"): 1}
    assert own.rows("review_due", "done_on", where="done_on IS NOT NULL") == [("2018-05-01",)]
    assert own.figure("standard.review_apart", "2018-12-31") == 0
    row = own.standard(firm, "2019-05-01")
    ((told,),) = own.rows("standardization", "not_counted", where=f"id = {row}")
    assert str(told).startswith("本周期内已计")


def test_a_kind_that_means_re_review_settles_what_is_owed(own: Desk) -> None:
    firm = own.enterprise()
    own.standard(firm, "2015-06-01")
    own.standard(firm, "2018-05-01", kind="延期")
    assert own.figures(DUE, "2018-04-30", "2018-12-31") == [1, 1]
    assert own.rows("review_due", "done_on", where="done_on IS NOT NULL") == [("2018-05-01",)]
    assert reached(own) == {("新创", "三级"): 1, ("延期", "三级"): 1}
    assert own.figure(AGAIN, "2018-12-31") == 0  # a scheme asks for 复评|延期


def test_a_re_review_by_another_word_of_which_none_was_owed_is_apart(own: Desk) -> None:
    own.standard(own.enterprise(), "2018-05-01", kind="延期")
    assert own.figure("standard.review_apart", "2018-12-31") == 1


def test_a_kind_that_means_none_leaves_the_cycle_of_the_others_alone(own: Desk) -> None:
    firm = own.enterprise()
    own.standard(firm, "2018-03-20", kind="试点")
    own.standard(firm, "2018-09-20")
    assert own.figure(NEW, "2018-12-31") == 1
    other = own.enterprise()
    own.standard(other, "2018-03-20", kind="定级")
    own.standard(other, "2018-09-20")
    assert own.figure(NEW, "2018-12-31") == 1  # 定级 was the creation of this cycle


@pytest.mark.parametrize(
    ("kinds", "code"), [(("新创", "定级"), "E429"), (("复评", "延期"), "E429"), (("新创", "试点"), "")]
)
def test_two_at_a_time(own: Desk, kinds: tuple[str, str], code: str) -> None:
    firm = own.enterprise()
    own.standard(firm, kind=kinds[0], begun_on="2018-03-01")
    if not code:
        assert own.standard(firm, kind=kinds[1], begun_on="2018-04-01")
        return
    with refuses(code):
        own.standard(firm, kind=kinds[1], begun_on="2018-04-01")


@pytest.mark.parametrize("grade", ["三级", "定级三级", "小微"])
def test_nobody_is_upgraded_to_the_lowest_grade(own: Desk, grade: str) -> None:
    for kind in ("升级", "升定"):
        with refuses("E427") as messages:
            own.standard(own.enterprise(), grade=grade, kind=kind, begun_on="2018-03-01")
        assert f"没有升到{grade}的升级" in messages[0]
    assert own.standard(own.enterprise(), grade="省二级", kind="升定", begun_on="2018-03-01")


def test_the_word_is_of_the_day_of_the_first_stage(desk: Desk) -> None:
    word(desk, "定级", "创建类型", means="新创", from_on="2018-05-01")
    row = desk.standard(desk.enterprise(), kind="定级", consulted_on="2018-05-01")
    desk.edit("standardization", row, announced_on="2018-09-01")
    with refuses("E740"):
        desk.standard(desk.enterprise(), "2018-09-20", kind="定级", consulted_on="2018-04-30")
    with refuses("E741"):
        desk.edit("standardization", row, consulted_on="2018-04-30", begun_on="2018-04-30")


def test_a_scheme_may_ask_for_them(own: Desk) -> None:
    known = words_on(own.ledger, "2018-10-31")
    assert known("等级") == ("一级", "二级", "三级", "小微", "定级三级", "省二级", "国家级")
    assert known("创建类型") == ("新创", "复评", "升级", "定级", "延期", "升定", "试点")
    assert "有限空间" in (known("隐患类别") or ())


def test_what_a_word_means_does_not_change_under_records(own: Desk) -> None:
    (row,) = own.ledger.execute("SELECT id FROM term WHERE word = '小微'").fetchone()
    own.standard(own.enterprise(), grade="小微", begun_on="2018-03-01")
    with refuses("E744"):
        own.edit("term", row, means="三级")


@pytest.mark.parametrize("kind", ["复评", "延期"])
def test_a_re_review_under_way_stands_in_the_name_of_the_town_where_it_is_owed(own: Desk, kind: str) -> None:
    firm = own.enterprise()
    own.standard(firm, "2015-06-01")
    own.move(firm, SHIZHU, "2018-02-01")
    own.standard(firm, kind=kind, begun_on="2018-03-01")
    found = owing(own.ledger, define(own.ledger, Period(2018, 10, "2018-10-31", False)))
    assert [(one.town, one.stage) for one in found] == [(ZHIYING, f"三级{kind}，启动")]
