"""Which backups stay, over years of days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.rules.retention import USUAL, Keep, Point, staying
from support.examples import examples

BEGIN = datetime.fromisoformat("2026-01-01 17:30:00")
KEEPS = st.builds(Keep, st.integers(0, 10), st.integers(0, 10), st.integers(0, 30))
MOMENTS = st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2028-12-31")).map(
    lambda at: at.replace(microsecond=0)
)
BACKUPS = st.lists(st.builds(Point, st.integers(0, 5), MOMENTS), max_size=60)


def day_by_day(backups: list[Point], keep: Keep) -> set[Point]:
    """What is left if the rule is applied after each backup."""
    left: set[Point] = set()
    for backup in backups:
        left = staying(left | {backup}, keep)
    return left


def test_three_years_of_days() -> None:
    days = [Point(n, BEGIN + timedelta(days=n)) for n in range(3 * 365 + 1)]
    left = sorted(backup.moment for backup in day_by_day(days, USUAL))
    assert [f"{one:%m-%d}" for one in left[-7:]] == [f"12-{day}" for day in range(25, 32)]
    sundays = [one for one in left if one.isoweekday() == 7]
    assert [f"{one:%m-%d}" for one in sundays[-8:]] == [
        "11-12", "11-19", "11-26", "12-03", "12-10", "12-17", "12-24", "12-31",
    ]  # fmt: skip
    ends = [one for one in left if (one + timedelta(days=1)).day == 1]
    assert [f"{one:%Y-%m}" for one in ends] == [f"{year}-{month:02}" for year in (2027, 2028) for month in range(1, 13)]
    assert len(left) == 7 + 7 + 23  # the last day ends a week and a month as well
    assert set(left) == {*left[-7:], *sundays[-8:], *ends}


@given(BACKUPS, KEEPS)
@examples(100)
def test_day_by_day_is_the_same_as_all_at_once(backups: list[Point], keep: Keep) -> None:
    in_order = sorted(backups, key=lambda backup: backup.moment)
    assert day_by_day(in_order, keep) == staying(backups, keep)


@pytest.mark.unmeasured
@given(BACKUPS, KEEPS)
@examples(100)
def test_what_the_rule_promises(backups: list[Point], keep: Keep) -> None:
    left = staying(backups, keep)
    assert left <= set(backups)
    assert len(left) <= 1 + sum(keep)
    if backups:
        assert max(backups) in left
    days = sorted({backup.moment.date() for backup in backups})
    for day in days[max(0, len(days) - keep.days) :]:
        assert max(backup for backup in backups if backup.moment.date() == day) in left
    mondays = sorted({_monday(backup.moment.date()) for backup in backups})
    for monday in mondays[max(0, len(mondays) - keep.weeks) :]:
        assert max(backup for backup in backups if _monday(backup.moment.date()) == monday) in left
    months = sorted({backup.moment.date().replace(day=1) for backup in backups})
    for month in months[max(0, len(months) - keep.months) :]:
        assert max(backup for backup in backups if backup.moment.date().replace(day=1) == month) in left


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@pytest.mark.parametrize("keep", [Keep(0, 0, 0), Keep(1, 0, 0)])
def test_the_last_one_stays_whatever_the_rule(keep: Keep) -> None:
    earlier, later = Point(3, BEGIN), Point(3, BEGIN + timedelta(hours=1))
    assert staying([earlier, later], keep) == {later}


@pytest.mark.parametrize("keep", [Keep(0, 0, 0), Keep(1, 0, 0), USUAL])
def test_a_later_one_of_a_copy_that_was_left_behind_takes_nobodys_place(keep: Keep) -> None:
    furthest, behind = Point(4, BEGIN), Point(3, BEGIN + timedelta(hours=1))
    assert staying([furthest, behind], keep) == {furthest}


def test_nothing_goes_because_time_has_passed() -> None:
    long_ago = [Point(0, BEGIN - timedelta(days=1000 + n)) for n in range(5)]
    assert staying([Point(0, BEGIN), *long_ago], Keep(7, 0, 0)) == {Point(0, BEGIN), *long_ago}
