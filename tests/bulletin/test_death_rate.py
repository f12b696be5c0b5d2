"""Deaths of the year over what is published of the county."""

from __future__ import annotations

from fractions import Fraction

from anjian_cli.bulletin.death_rate import death_rates
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.value import Base, DeathRate
from support.desk import Desk

OCTOBER = Period(2018, 10, "2018-10-31", True)


def told(desk: Desk, deaths: int | None = 3, last_year: int | None = 6) -> tuple[DeathRate, ...]:
    return death_rates(desk.ledger, OCTOBER, deaths, last_year)


def test_over_the_latest_statistic_of_the_day_and_of_the_same_day_a_year_before(desk: Desk) -> None:
    desk.statistic("423000", from_on="2018-10-31")
    desk.statistic("400000", from_on="2017-12-31")
    desk.statistic("300000", from_on="2017-10-31")
    desk.statistic("500000", from_on="2018-11-01", today="2018-11-05")
    (found,) = told(desk)
    assert (found.base, found.rate) == (Base(423_000, "2018-10-31", "统计公报"), Fraction(3 * 100_000, 423_000))
    assert (found.last_base, found.last_rate) == (Base(300_000, "2017-10-31", "统计公报"), Fraction(2))


def test_of_two_statistics_a_rate_each(desk: Desk) -> None:
    desk.statistic("300000")
    desk.statistic("559.8亿元", kind="生产总值")
    assert [(one.title, one.rate, one.last_rate) for one in told(desk)] == [
        ("亿元生产总值死亡率", Fraction(3 * 10**10, 5_598_000_000_000), None),
        ("10万从业人员死亡率", Fraction(1), None),
    ]


def test_without_deaths_or_a_statistic_of_the_whole_county_there_is_none(desk: Desk) -> None:
    desk.statistic("300000", town="芝英镇")
    desk.void("statistic", desk.statistic("200000", from_on="2017-12-30"))
    assert told(desk) == ()
    desk.statistic("300000")
    assert told(desk, None) == ()
    assert told(desk, 0)[0].rate == 0


def test_where_the_deaths_of_the_year_before_are_not_known_only_this_years(desk: Desk) -> None:
    desk.statistic("300000", from_on="2017-10-31")
    assert [(one.last_year, one.last_base, one.last_rate) for one in told(desk, 3, None)] == [(None, None, None)]
    assert told(desk, 3, 0)[0].last_rate == 0
