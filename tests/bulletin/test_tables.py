"""Rates, gaps, places, categories, scores and laggards of a compiled bulletin."""

from __future__ import annotations

from fractions import Fraction

import pytest

from anjian_cli.bulletin import findings
from anjian_cli.bulletin.period import Period, ended
from anjian_cli.bulletin.value import COUNTY
from support.bulletin_ledger import JIANGNAN, SHIZHU, TOWNS, ZHIYING, ZONE, Book, category, cell, table

F = Fraction
GRID, HEADS = "training.网格员", "training.负责人"
NEW, AGAIN = "standard.reached.三级新创", "standard.reached.三级复评"


def flow(book: Book, indicator: str, town: str, done: int) -> None:
    book.opening(indicator, town, "2018-10-31", done, period_from="2018-01-01")


def test_rate_gap_and_what_is_owed() -> None:
    book = Book()
    book.target(NEW, ZHIYING, 20)
    flow(book, NEW, ZHIYING, 12)
    found = book.cell(NEW, ZHIYING)
    assert (found.rate, found.gap) == (F(3, 5), F(3, 5) - F(5, 6))
    assert (found.owes_pace, found.owes_year) == (5, 8)
    assert next(row for row in book.bulletin().scores if row.town == ZHIYING).owes_most == "三级新创欠5家"


def test_no_target_a_target_of_nothing_and_a_withdrawn_one() -> None:
    book = Book()
    book.target(NEW, JIANGNAN, 0)
    book.target(NEW, ZHIYING, 5, until_on="2018-10-01")
    book.target(NEW, ZHIYING, None, from_on="2018-10-01")
    for town in (JIANGNAN, ZHIYING, SHIZHU):
        flow(book, NEW, town, 3)
    cells = [book.cell(NEW, town) for town in (JIANGNAN, ZHIYING, SHIZHU)]
    assert [(c.target, c.rate, c.rank) for c in cells] == [(0, None, None), (None, None, None), (None, None, None)]
    assert cells[0].owes_year == 0
    bulletin = book.bulletin()
    assert all(row.rank is None for row in bulletin.scores)
    assert bulletin.mean_score is None


def test_a_target_counts_from_its_day_on() -> None:
    book = Book()
    book.target(NEW, JIANGNAN, 16, until_on="2018-09-15")
    book.target(NEW, JIANGNAN, 12, from_on="2018-09-15")
    book.target(NEW, ZHIYING, 12, from_on="2018-11-01")
    assert book.cell(NEW, JIANGNAN, ended(2018, 8)).target == 16
    assert book.cell(NEW, JIANGNAN).target == 12
    assert book.cell(NEW, ZHIYING).target is None


def test_the_countys_target_is_the_sum_and_its_own_task_stands_apart() -> None:
    book = Book()
    book.target(NEW, JIANGNAN, 16)
    book.target(NEW, ZHIYING, 20)
    book.target(NEW, None, 40)
    found = table(book.bulletin(), NEW)
    assert (found.total.target, found.county_task, found.total.rank) == (36, 40, None)


def test_ties_share_a_place_and_over_completion_is_shown_but_capped() -> None:
    book = Book()
    for town, target, done in ((JIANGNAN, 4, 5), (ZHIYING, 6, 5), (SHIZHU, 12, 10), (ZONE, 10, 1)):
        book.target(GRID, town, target)
        flow(book, GRID, town, done)
    bulletin = book.bulletin()
    assert [c.rank for c in table(bulletin, GRID).cells] == [1, 2, 2, 4]
    assert cell(bulletin, GRID, JIANGNAN).rate == F(5, 4)
    assert category(bulletin, "training").rows[0].rate == 1
    assert bulletin.scores[0].score == 100
    book.setting("cap", "0")
    assert book.bulletin().scores[0].score == 125


def test_the_score_is_the_mean_over_the_categories_with_a_target() -> None:
    book = Book()
    for indicator, done in ((GRID, 5), (HEADS, 10), (NEW, 3)):
        book.target(indicator, JIANGNAN, 10)
        flow(book, indicator, JIANGNAN, done)
    book.target(GRID, ZHIYING, 10)
    flow(book, GRID, ZHIYING, 4)
    rows = {row.town: row for row in book.bulletin().scores}
    assert rows[JIANGNAN].score == (F(3, 4) + F(3, 10)) / 2 * 100
    assert (rows[JIANGNAN].categories, rows[JIANGNAN].work) == (2, 30)
    assert (rows[ZHIYING].score, rows[ZHIYING].categories) == (F(40), 1)
    assert (rows[SHIZHU].score, rows[SHIZHU].rank, rows[SHIZHU].work) == (None, None, 0)
    assert book.bulletin().mean_score == (F(105, 2) + 40) / 2
    book.setting("weight.training", "3")
    rows = {row.town: row for row in book.bulletin().scores}
    assert rows[JIANGNAN].score == (3 * F(3, 4) + F(3, 10)) / 4 * 100
    assert any("权重" in line for line in book.bulletin().rule)


def test_a_denominator_that_is_another_indicator() -> None:
    book = Book()
    flow(book, "special.enrolled.喷涂", JIANGNAN, 12)
    flow(book, "special.accepted.喷涂", JIANGNAN, 10)
    found = table(book.bulletin(), "special.accepted.喷涂")
    assert found.against == "列入整治的喷涂企业"
    assert (found.cells[0].target, found.cells[0].rate, found.cells[0].gap) == (12, F(5, 6), F(0))
    assert found.total.target == 12
    assert found.cells[1].rate is None
    assert book.cell("special.accepted.喷涂", ZHIYING).rank is None


def test_a_plan_of_nothing_so_far_is_not_scored() -> None:
    book = Book()
    flow(book, "standard.review_due", JIANGNAN, 36)
    book.target(NEW, JIANGNAN, 10)
    flow(book, NEW, JIANGNAN, 10)
    book.setting(f"plan.{AGAIN}", "0 0 0 0 0 0 0 0 0 0 1/2 1")
    october = book.bulletin()
    review = table(october, AGAIN)
    assert (review.ranked, review.scored, review.pace) == (True, False, F(0))
    assert review.unscored_reason == "三级复评按年终节点考核，本月不计分"
    assert (review.cells[0].rate, review.cells[0].rank, review.cells[0].gap) == (F(0), None, None)
    assert (review.cells[0].owes_pace, review.cells[0].owes_year) == (0, 36)
    assert category(october, "standard").rows[0].rate == 1
    november = book.bulletin(ended(2018, 11))
    review = table(november, AGAIN)
    assert (review.scored, review.pace, review.cells[0].owes_pace, review.cells[0].rank) == (True, F(1, 2), 18, None)


def test_which_indicators_are_ranked_is_a_setting() -> None:
    book = Book()
    flow(book, "village.guided", JIANGNAN, 3)
    book.target("village.guided", JIANGNAN, 4)
    shown = table(book.bulletin(), "village.guided")
    assert (shown.ranked, shown.scored, shown.cells[0].rate, shown.cells[0].rank) == (False, False, F(3, 4), None)
    assert (shown.pace, shown.cells[0].owes_year) == (F(5, 6), 1)  # what has a task has a pace
    assert table(book.bulletin(), "village.enrolled").pace is None
    book.setting("ranked.village.guided", "1")
    ranked = table(book.bulletin(), "village.guided")
    assert (ranked.ranked, ranked.scored, ranked.cells[0].rank) == (True, True, 1)
    assert category(book.bulletin(), "village").rows[0].rate == F(3, 4)


def test_a_category_that_is_not_scored_is_ranked_apart() -> None:
    book = Book()
    book.opening("equipment.智慧用电", JIANGNAN, "2018-10-31", 3)
    book.target("equipment.智慧用电", JIANGNAN, 4)
    bulletin = book.bulletin()
    devices = table(bulletin, "equipment.智慧用电")
    assert (devices.ranked, devices.scored, devices.cells[0].rank) == (True, False, 1)
    assert devices.unscored_reason == "智慧用电不计入综合得分"
    assert category(bulletin, "equipment").rows[0].rank == 1
    assert all(row.score is None for row in bulletin.scores)


def laggards(book: Book, *done: int) -> tuple[str, ...]:
    for town, quantity in zip((JIANGNAN, ZHIYING, SHIZHU, ZONE), done, strict=True):
        book.target(GRID, town, 12)
        flow(book, GRID, town, quantity)
    bulletin = book.bulletin()
    assert table(bulletin, GRID).laggards == category(bulletin, "training").laggards == bulletin.laggards
    return bulletin.laggards


def test_laggards_are_last_and_below_the_pace() -> None:
    assert laggards(Book(), 12, 10, 9, 8) == (SHIZHU, ZONE)  # 10 of 12 is the pace


def test_a_tie_that_does_not_fit_is_no_laggard() -> None:
    assert laggards(Book(), 1, 1, 1, 1) == ()
    assert laggards(Book(), 5, 5, 5, 1) == (ZONE,)


def test_the_lag_rule_is_a_setting() -> None:
    book = Book()
    book.setting("lag.last", "2")
    book.setting("lag.below_pace", "0")
    assert laggards(book, 12, 12, 11, 11) == (SHIZHU, ZONE)
    assert any("居末2位" in line for line in book.bulletin().rule)


def test_last_places_are_those_of_the_month_before() -> None:
    book = Book()
    for town, september, october in ((JIANGNAN, 5, 0), (ZHIYING, 3, 7), (SHIZHU, 1, 0)):
        book.target(GRID, town, 20)
        book.training(town, "2018-09-03", september)
        if october:
            book.training(town, "2018-10-03", october)
    bulletin = book.bulletin()
    assert [(c.rank, c.last_rank) for c in table(bulletin, GRID).cells[:3]] == [(2, 1), (1, 2), (3, 3)]
    assert [(r.rank, r.last_rank) for r in category(bulletin, "training").rows[:3]] == [(2, 1), (1, 2), (3, 3)]
    assert [(r.town, r.rank, r.last_rank) for r in bulletin.scores[:2]] == [(ZHIYING, 1, 2), (JIANGNAN, 2, 1)]
    assert [r.last_score for r in bulletin.scores] == [15, 25, 5, None]


def test_a_place_told_with_an_opening_figure_wins() -> None:
    book = Book()
    book.target(NEW, JIANGNAN, 16)
    book.opening(NEW, JIANGNAN, "2018-09-30", 12, period_from="2018-01-01", last_rank=8)
    assert book.cell(NEW, JIANGNAN).last_rank == 8
    assert book.cell(NEW, JIANGNAN, ended(2018, 11)).last_rank == 1


def test_what_is_printed_with_the_figures() -> None:
    book = Book()
    book.setting("region_name", "永康市", "2018-11-01")
    book.setting("demonstration", "1", "2018-11-01")
    book.opening(NEW, None, "2018-09-30", 108, period_from="2018-01-01")
    bulletin = book.bulletin()
    assert (bulletin.region_name, bulletin.demonstration, bulletin.pace) == ("永康市", True, F(5, 6))
    assert len(bulletin.fingerprint) == 8
    assert bulletin.known_at == "2018-11-05T01:00:00Z"
    assert table(bulletin, NEW).note == "不分镇（街、区）含期初数（截至2018-09-30，永安委办〔2018〕13号）"
    assert table(bulletin, NEW).total.code == f"10-{COUNTY}-三级新创"
    running = book.bulletin(Period(2018, 11, "2018-11-05", False))
    assert "尚未结束" in running.notes[0]


def test_figures_of_several_indicators_are_summed_in_one_unit_and_where_all_are_known() -> None:
    bulletin = Book().bulletin()
    people, others, firms = (table(bulletin, of) for of in (GRID, HEADS, NEW))
    assert findings.summed([people, others], [3, 4]) == 7
    assert findings.summed([people, firms], [3, 4]) is None
    assert findings.summed([people, others], [3, None]) is None
    assert findings.summed([], []) is None


def test_what_a_town_owes_most_is_where_it_is_farthest_behind() -> None:
    book = Book()
    for indicator, done in ((GRID, 8), (NEW, 1), (HEADS, 7)):
        book.target(indicator, JIANGNAN, 10)
        flow(book, indicator, JIANGNAN, done)
    assert book.bulletin().scores[0].owes_most == "三级新创欠8家"


def test_january_has_no_month_before_it() -> None:
    book = Book()
    book.target(GRID, JIANGNAN, 10)
    book.training(JIANGNAN, "2018-01-09", 3)
    assert category(book.bulletin(ended(2018, 1)), "training").last_rate is None
    assert category(book.bulletin(ended(2018, 2)), "training").last_rate == F(3, 10)


def test_a_line_for_what_has_no_town_only_where_there_is_something_to_say() -> None:
    book = Book()
    book.training(JIANGNAN, "2018-10-09", 1)
    assert table(book.bulletin(), GRID).other is None
    book.training(None, "2018-10-09", 1)
    assert book.cell(GRID, "").done == 1
    book.opening("case.filed", None, "2018-09-30", 61, period_from="2018-01-01")
    assert book.cell("case.filed", "", ended(2018, 8)).done is None  # not known is not nothing


@pytest.mark.parametrize(
    ("there", "resting", "who"),
    [(1, 1, "江南"), (2, 2, "各镇（街道）"), (4, 4, "各镇（街、区）"), (4, 3, "江南、芝英、石柱")],
)
def test_whose_figures_rest_on_totals(there: int, resting: int, who: str) -> None:
    book = Book(TOWNS[:there])
    for code, *_ in TOWNS[:resting]:
        book.opening("trusteeship.喷涂", code, "2018-10-31", 5)
    assert table(book.bulletin(), "trusteeship.喷涂").note == f"{who}含期初数（截至2018-10-31，永安委办〔2018〕13号）"
    assert table(book.bulletin(), "trusteeship.涉氨").note == ""


def test_which_totals_a_figure_rests_on() -> None:
    book = Book()
    book.opening("trusteeship.喷涂", JIANGNAN, "2017-12-31", 5, until_on="2018-10-31")
    book.opening("case.filed", JIANGNAN, "2017-12-31", 5, period_from="2017-01-01")
    assert "截至2017-12-31" in table(book.bulletin(ended(2018, 9)), "trusteeship.喷涂").note  # it is still there
    assert table(book.bulletin(), "trusteeship.喷涂").note == ""
    assert table(book.bulletin(ended(2018, 9)), "case.filed").note == ""  # another year's


def test_the_county_s_own_rate_and_its_distance_from_the_pace() -> None:
    book = Book()
    for indicator, done in ((GRID, 5), (HEADS, 10)):
        book.target(indicator, JIANGNAN, 10)
        flow(book, indicator, JIANGNAN, done)
    training = category(book.bulletin(), "training")
    assert (training.total_rate, training.gap) == (F(3, 4), F(3, 4) - F(5, 6))
    nothing = category(book.bulletin(), "standard")
    assert (nothing.total_rate, nothing.gap) == (None, None)


def test_who_has_no_score_stands_last() -> None:
    book = Book()
    for town, done in ((ZHIYING, 1), (SHIZHU, 2), (ZONE, 3)):
        book.target(GRID, town, 10)
        flow(book, GRID, town, done)
    assert [row.town for row in book.bulletin().scores] == [ZONE, SHIZHU, ZHIYING, JIANGNAN]
