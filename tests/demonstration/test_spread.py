"""Totals spread over rows, towns and days add up exactly, and are spread always in the same way."""

from __future__ import annotations

from collections import Counter

import pytest

from anjian_cli.demonstration import spread


@pytest.mark.parametrize(("total", "weights"), [(2364, (10, 20, 30)), (43, (1,) * 525), (0, (3, 4)), (7, (5,))])
def test_shares_add_up(total: int, weights: tuple[int, ...]) -> None:
    found = spread.shares(total, weights)
    assert len(found) == len(weights)
    assert sum(found) == total
    assert all(abs(share - total * weight / sum(weights)) < 1 for share, weight in zip(found, weights, strict=True))


def test_evenly_is_one_or_none_in_turn() -> None:
    assert spread.evenly(3, 6) == [0, 1, 0, 1, 0, 1]
    assert spread.evenly(7, 3) == [2, 2, 3]


def test_places_come_up_as_often_as_their_weight_says() -> None:
    assert Counter(spread.in_turn((1, 2, 5), 16)) == {0: 2, 1: 4, 2: 10}
    assert list(spread.in_turn((1, 1), 4)) == [0, 1, 0, 1]


def test_days_run_from_the_first_to_the_last() -> None:
    assert spread.days("2018-10-30", "2018-11-03", 3) == ["2018-10-30", "2018-11-01", "2018-11-03"]
    assert spread.days("2018-10-30", "2018-11-03", 1) == ["2018-10-30"]
    assert spread.days("2018-10-30", "2018-11-03", 0) == []
