"""Places, laggards and what is owed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.bulletin import ranking

F = Fraction


def test_equal_fractions_share_a_place_and_the_next_is_left_out() -> None:
    values = {"a": F(1, 2), "b": F(2, 4), "c": F(1), "d": F(0)}
    assert ranking.places(values) == {"c": 1, "a": 2, "b": 2, "d": 4}


def test_what_only_looks_equal_does_not_share_a_place() -> None:
    values = {"a": F(8333, 10000), "b": F(5, 6)}
    assert ranking.places(values) == {"b": 1, "a": 2}


@pytest.mark.unmeasured
@given(st.dictionaries(st.text(max_size=3), st.fractions(0, 1), max_size=20))
def test_a_place_is_one_more_than_the_number_of_the_better(values: dict[str, Fraction]) -> None:
    for key, place in ranking.places(values).items():
        assert place == 1 + sum(other > values[key] for other in values.values())


def test_the_last_places_in_their_order() -> None:
    assert ranking.last_places({"a": 1, "b": 2, "c": 3, "d": 4}, 3, "abcd") == ("b", "c", "d")
    assert ranking.last_places({"a": 4, "b": 3, "c": 2, "d": 1}, 2, "abcd") == ("b", "a")
    assert ranking.last_places({"a": 1, "b": 2, "c": 2, "d": 4}, 3, "abcd") == ("b", "c", "d")


def test_a_tie_that_does_not_fit_is_left_out_whole() -> None:
    assert ranking.last_places({"a": 1, "b": 2, "c": 2, "d": 4}, 2, "abcd") == ("d",)
    assert ranking.last_places({"a": 1, "b": 1, "c": 1, "d": 1}, 3, "abcd") == ()


def test_the_first_places_go_by_the_same_rule_from_the_other_end() -> None:
    assert ranking.first_places({"a": 4, "b": 2, "c": 1, "d": 2}, 3, "abcd") == ("c", "b", "d")
    assert ranking.first_places({"a": 4, "b": 2, "c": 1, "d": 2}, 2, "abcd") == ("c",)


def test_who_lags_is_among_the_last_and_by_setting_below_the_pace() -> None:
    ranks, gaps = {"a": 1, "b": 2, "c": 3}, {"a": F(1), "b": F(0), "c": F(-1, 100)}
    assert ranking.laggards(ranks, gaps, 2, "abc", below_pace=True) == ("c",)
    assert ranking.laggards(ranks, gaps, 2, "abc", below_pace=False) == ("b", "c")


def test_where_nobody_has_done_anything_there_is_no_place() -> None:
    assert ranking.places({"a": F(0), "b": F(0)}) == {}
    assert ranking.places({"a": F(0)}) == {}
    assert ranking.places({"a": F(0), "b": F(1, 10**9)}) == {"a": 2, "b": 1}
    assert ranking.places({}) == {}


def test_who_is_first_is_not_the_last_as_well() -> None:
    assert ranking.laggards({"a": 1}, {"a": F(-1)}, 3, "a", below_pace=True) == ()
    level = {"a": 1, "b": 1}
    assert ranking.laggards(level, dict.fromkeys(level, F(-1)), 3, "ab", below_pace=True) == ()
    behind = {"a": 1, "b": 2, "c": 2, "d": 2}
    assert ranking.laggards(behind, dict.fromkeys(behind, F(-1)), 3, "abcd", below_pace=True) == ("b", "c", "d")


def test_never_more_than_half_of_those_that_have_a_place() -> None:
    ranked = [dict.fromkeys("abcdefgh"[:count], 1) for count in (1, 2, 3, 5, 6, 8)]
    assert [ranking.at_most_half(ranks, 3) for ranks in ranked] == [0, 1, 1, 2, 3, 3]
    said = ranking.laggards_rule(3, below_pace=False, halved=True)
    assert said == "落后名单取居末3位的，不超过有名次的一半；并列而装不下的一并不列，居首位的不列。"


def test_the_rules_as_they_are_printed() -> None:
    assert (
        ranking.places_rule()
        == "名次按精确分数比较，并列同名次，其后名次顺延（1、2、2、4）；都还没有完成的，不排名次。"
    )
    assert (
        ranking.laggards_rule(3, below_pace=True)
        == "落后名单取低于序时进度且居末3位的；并列而装不下的一并不列，居首位的不列。"
    )
    assert ranking.laggards_rule(2, below_pace=False) == "落后名单取居末2位的；并列而装不下的一并不列，居首位的不列。"
    capped = "类别完成率=该类各评排名指标完成率的平均数（单项超过100%的按100%计）。"
    assert [ranking.category_rule(cap=cap) for cap in (True, False)] == [capped, capped.replace("按100%", "按实")]
    score = "综合得分=各参评类别完成率的平均数×100，单位为分；某类没有任务的，该类不参评；"
    assert ranking.score_rule({}) == f"{score}各类权重相等。"
    assert ranking.score_rule({"教育培训": "2", "标准化": "1"}) == f"{score}权重：教育培训2、标准化1。"


def test_a_category_s_rate_is_a_mean_of_rates_that_may_be_capped() -> None:
    assert ranking.category_rate([F(2), F(1, 2)], cap=True) == F(3, 4)
    assert ranking.category_rate([F(2), F(1, 2)], cap=False) == F(5, 4)
    assert ranking.category_rate([], cap=True) is None


def test_owed_is_rounded_up_and_never_negative() -> None:
    assert ranking.owed(12, 20, F(10, 12)) == 5  # 16.67 -> 17
    assert ranking.owed(8, 16, F(10, 12)) == 6
    assert ranking.owed(17, 20, F(10, 12)) == 0
    assert ranking.owed(19, 20, F(10, 12)) == 0
    assert ranking.owed(5, 6, F(10, 12)) == 0
    assert ranking.owed(None, 6, F(1)) is None
    assert ranking.owed(1, None, F(1)) is None


def test_a_rate_needs_a_target_above_nothing() -> None:
    assert ranking.rate(3, 0) is None
    assert ranking.rate(3, None) is None
    assert ranking.rate(None, 3) is None
    assert ranking.rate(6, 5) == F(6, 5)


COUNTS = st.none() | st.integers(0, 200)


@given(COUNTS, COUNTS, st.fractions(0, 1, max_denominator=400))
def test_the_lead_is_the_rate_less_what_is_due(done: int | None, target: int | None, share: Fraction) -> None:
    rate = ranking.rate(done, target)
    assert ranking.lead(done, target, share) == (None if rate is None else rate - share)


@given(st.lists(st.integers(0, 6), max_size=12), st.integers(0, 5))
def test_the_last_places_are_those_behind_which_there_is_room(values: list[int], count: int) -> None:
    ranks = ranking.places({str(at): F(value) for at, value in enumerate(values)})
    found = ranking.last_places(ranks, count, sorted(ranks))
    assert len(found) <= count
    named = {ranks[key] for key in found}
    assert sorted(key for key in ranks if ranks[key] in named) == sorted(found)  # who shares a place is named together
    rest = [place for place in ranks.values() if place not in named]
    assert all(place > max(rest) for place in named if rest)
    if rest:  # those before them do not fit any more
        assert len(found) + rest.count(max(rest)) > count


def test_means() -> None:
    assert ranking.mean([]) is None
    assert ranking.mean([F(1), F(0)]) == F(1, 2)
    assert ranking.weighted_mean([(F(1), F(3)), (F(0), F(1))]) == F(3, 4)
    assert ranking.weighted_mean([(F(1), F(0))]) is None


@given(st.lists(st.tuples(st.fractions(-5, 5, max_denominator=60), st.fractions(0, 3, max_denominator=12)), max_size=9))
def test_means_are_those_of_sums_one_by_one(pairs: list[tuple[Fraction, Fraction]]) -> None:
    values, weights = [value for value, _ in pairs], [weight for _, weight in pairs]
    assert ranking.mean(values) == (sum(values, Fraction()) / len(values) if values else None)
    whole = sum(weights, Fraction())
    weighted = sum((value * weight for value, weight in pairs), Fraction())
    assert ranking.weighted_mean(pairs) == (weighted / whole if whole else None)
