"""Which backups stay, over years of days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.rules.retention import USUAL, Keep, staying
from support.examples import examples

BEGIN = datetime.fromisoformat("2026-01-01 17:30:00")
KEEPS = st.builds(Keep, st.integers(0, 10), st.integers(0, 10), st.integers(0, 30))
MOMENTS = st.lists(
    st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2028-12-31")).map(
        lambda at: at.replace(microsecond=0)
    ),
    max_size=60,
)


def day_by_day(moments: list[datetime], keep: Keep) -> set[datetime]:
    """What is left if the rule is applied after each backup."""
    left: set[datetime] = set()
    for moment in moments:
        left = staying(left | {moment}, keep)
    return left


def test_three_years_of_days() -> None:
    days = [BEGIN + timedelta(days=n) for n in range(3 * 365 + 1)]
    left = sorted(day_by_day(days, USUAL))
    assert [f"{one:%m-%d}" for one in left[-7:]] == [f"12-{day}" for day in range(25, 32)]
    sundays = [one for one in left if one.isoweekday() == 7]
    assert [f"{one:%m-%d}" for one in sundays[-8:]] == [
        "11-12", "11-19", "11-26", "12-03", "12-10", "12-17", "12-24", "12-31",
    ]  # fmt: skip
    ends = [one for one in left if (one + timedelta(days=1)).day == 1]
    assert [f"{one:%Y-%m}" for one in ends] == [f"{year}-{month:02}" for year in (2027, 2028) for month in range(1, 13)]
    assert len(left) == 7 + 7 + 23  # the last day ends a week and a month as well
    assert set(left) == {*left[-7:], *sundays[-8:], *ends}


@given(MOMENTS, KEEPS)
@examples(100)
def test_day_by_day_is_the_same_as_all_at_once(moments: list[datetime], keep: Keep) -> None:
    assert day_by_day(sorted(moments), keep) == staying(moments, keep)


@pytest.mark.unmeasured
@given(MOMENTS, KEEPS)
@examples(100)
def test_what_the_rule_promises(moments: list[datetime], keep: Keep) -> None:
    left = staying(moments, keep)
    assert left <= set(moments)
    assert len(left) <= max(1, sum(keep))
    if moments:
        assert max(moments) in left
    days = sorted({one.date() for one in moments})
    for day in days[len(days) - keep.days :] if keep.days < len(days) else days:
        assert max(one for one in moments if one.date() == day) in left
    mondays = sorted({_monday(one.date()) for one in moments})
    for monday in mondays[max(0, len(mondays) - keep.weeks) :]:
        assert max(one for one in moments if _monday(one.date()) == monday) in left
    months = sorted({one.date().replace(day=1) for one in moments})
    for month in months[max(0, len(months) - keep.months) :]:
        assert max(one for one in moments if one.date().replace(day=1) == month) in left


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@pytest.mark.parametrize("keep", [Keep(0, 0, 0), Keep(1, 0, 0)])
def test_the_newest_stays_whatever_the_rule(keep: Keep) -> None:
    assert staying([BEGIN, BEGIN + timedelta(hours=1)], keep) == {BEGIN + timedelta(hours=1)}


def test_nothing_goes_because_time_has_passed() -> None:
    long_ago = [BEGIN - timedelta(days=1000 + n) for n in range(5)]
    assert staying([BEGIN, *long_ago], Keep(7, 0, 0)) == {BEGIN, *long_ago}
