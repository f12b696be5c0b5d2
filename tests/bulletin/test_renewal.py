"""The renewal of a contract that runs out: the to-do list, the count of those that soon run out and the list of what is
owed go by one stored day, so they name the same contracts on any day."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.bulletin import details, due
from anjian_cli.bulletin.definition import Definition, define
from anjian_cli.bulletin.owing import owing
from anjian_cli.bulletin.period import Period
from anjian_cli.rules.intervals import next_day
from oracle.figures import new_ledger
from support.desk import SHIZHU, ZHIYING, Desk
from support.examples import examples

FAR = "9999-12-31"
LATER = "2030-01-01"  # the day on which the histories are written down


def of_day(desk: Desk, day: str) -> Definition:
    return define(desk.ledger, Period(int(day[:4]), int(day[5:7]), day, False))


def to_do(desk: Desk, day: str, until: str = FAR) -> list[tuple[str, str]]:
    """Kind and last day of the contracts whose renewal is asked for."""
    return sorted((one.detail, one.due_on) for one in due.due(desk.ledger, day, until) if one.kind == "托管合同到期")


def soon(desk: Desk, day: str) -> dict[str, int]:
    return {one.town: one.contracts for one in details.expiring(desk.ledger, of_day(desk, day))}


def owed(desk: Desk, day: str) -> list[tuple[str, str]]:
    found = [one for one in owing(desk.ledger, of_day(desk, day)) if one.stage.endswith("托管到期未续签")]
    return sorted((one.stage.removesuffix("托管到期未续签"), one.due_on) for one in found)


def named(desk: Desk, *days: str) -> list[tuple[int, int, int]]:
    """How many each of the three has on the days: to do (overdue or within thirty days), soon to run out, owed."""
    return [
        (len(to_do(desk, day, next_day(day, 30))), sum(soon(desk, day).values()), len(owed(desk, day))) for day in days
    ]


def test_thirty_days_before_its_last_day_and_a_year_after(desk: Desk) -> None:
    desk.contract(desk.enterprise(), last_on="2018-10-31")
    days = ("2018-09-30", "2018-10-01", "2018-10-31", "2018-11-01", "2019-10-31", "2019-11-01")
    assert named(desk, *days) == [(0, 0, 0), (1, 1, 0), (1, 1, 0), (1, 0, 1), (1, 0, 1), (0, 0, 0)]


def test_until_a_renewal_with_a_gap_begins(desk: Desk) -> None:
    """Before, the to-do dropped it as soon as the renewal was registered, and the annex never."""
    firm = desk.enterprise()
    desk.contract(firm, last_on="2018-10-31")
    desk.contract(firm, from_on="2018-11-20", last_on="2019-11-19")
    days = ("2018-10-31", "2018-11-01", "2018-11-19", "2018-11-20")
    assert named(desk, *days) == [(1, 1, 0), (1, 0, 1), (1, 0, 1), (0, 0, 0)]


def test_a_renewal_without_a_gap_by_another_agency(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.contract(firm, last_on="2018-10-31")
    desk.contract(firm, from_on="2018-11-01", last_on="2019-10-31", agency="另一公司")
    assert named(desk, "2018-10-31", "2018-11-01") == [(0, 0, 0), (0, 0, 0)]
    desk.void("trusteeship", 2)
    assert named(desk, "2018-10-31", "2018-11-01") == [(1, 1, 0), (1, 0, 1)]


def test_a_closed_firm_is_not_asked(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.contract(firm, last_on="2018-10-31")
    desk.edit("enterprise", firm, LATER, state="关闭", changed_on="2018-11-10")
    assert named(desk, "2018-11-09", "2018-11-10") == [(1, 0, 1), (0, 0, 0)]
    desk.edit("enterprise", firm, LATER, state="在营", changed_on="2018-11-10")
    assert named(desk, "2018-11-10") == [(1, 0, 1)]
    desk.edit("enterprise", firm, LATER, state="关闭", changed_on="2018-10-20")  # before it runs out
    assert named(desk, "2018-10-19", "2018-10-20", "2018-11-01") == [(1, 1, 0), (0, 0, 0), (0, 0, 0)]


def test_one_that_was_ended_has_not_run_out(desk: Desk) -> None:
    """Its agreed last day was far away: it is not among those that soon run out even on the day before its end."""
    contract = desk.contract(desk.enterprise(), visits_per_year=0)
    desk.edit("trusteeship", contract, ended_on="2018-10-20", end_reason="停产")
    assert to_do(desk, "2018-10-19") == [("喷涂", "2019-02-28")]
    assert named(desk, "2018-10-19", "2018-10-20") == [(0, 0, 0), (0, 0, 0)]
    assert to_do(desk, "2018-10-20") == []


def test_the_figures_go_by_the_town_of_the_day_and_the_to_do_by_that_of_now(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.contract(firm, last_on="2018-10-31")
    desk.move(firm, "石柱镇", "2018-11-02")
    assert soon(desk, "2018-10-31") == {ZHIYING: 1}
    assert [one.town for day in ("2018-11-01", "2018-11-02") for one in owing(desk.ledger, of_day(desk, day))] == [
        ZHIYING, SHIZHU,
    ]  # fmt: skip
    assert [len(due.due(desk.ledger, "2018-10-31", "2018-10-31", town)) for town in (ZHIYING, SHIZHU)] == [0, 4]


@dataclass(frozen=True)
class Contract:
    kind: str
    from_on: str
    last_on: str
    ended_on: str | None
    void: bool

    @property
    def until_on(self) -> str:
        return self.ended_on or next_day(self.last_on)


KINDS = ("喷涂", "小微")
TERMS = st.tuples(
    st.sampled_from(KINDS), st.sampled_from((0, 1, 25, 400)), st.sampled_from((9, 40, 364, 365)),
    st.sampled_from((None, None, None, 0, 5)), st.sampled_from((False, False, False, True)),
)  # fmt: skip
"""Of a contract: kind, days after the one before, how long, ended so many days after it began, voided."""
CLOSURES = st.lists(st.tuples(st.integers(0, 900), st.sampled_from((1, 30, 300))), max_size=2)
BEGIN = "2015-02-20"


def contracts_of(terms: list[tuple[str, int, int, int | None, bool]]) -> list[Contract]:
    """One after the other of each kind, for two of a kind may not overlap. What is voided takes no days. None begins on
    the day of another of its kind: it would be the same one told again."""
    free = dict.fromkeys(KINDS, BEGIN)
    found: list[Contract] = []
    for kind, gap, length, ended, void in terms:
        begin = next_day(free[kind], gap)
        if any((one.kind, one.from_on) == (kind, begin) for one in found):
            begin = next_day(begin)
        one = Contract(kind, begin, next_day(begin, length), None if ended is None else next_day(begin, ended), void)
        found.append(one)
        if not void:
            free[kind] = one.until_on
    return found


def asked(one: Contract, contracts: list[Contract], closures: list[tuple[str, str]], day: str) -> bool:
    """Whether a contract's renewal is asked for on a day, told from that day's side."""
    end = date.fromisoformat(one.until_on)
    a_year_later = date(end.year + 1, 3, 1) if (end.month, end.day) == (2, 29) else end.replace(year=end.year + 1)
    if one.void or not one.from_on <= day < a_year_later.isoformat() or (one.ended_on or FAR) <= day:
        return False
    followed = any(
        other.kind == one.kind and not other.void and other.from_on < other.until_on and other.until_on > one.until_on
        and other.from_on <= max(one.until_on, day)
        for other in contracts
    )  # fmt: skip
    return not followed and not any(begin <= day and until > one.until_on for begin, until in closures)


@pytest.mark.unmeasured
@given(st.lists(TERMS, min_size=1, max_size=5), CLOSURES)
@examples(5, ordinary=2)
def test_all_three_name_the_contracts_that_the_rule_names(
    terms: list[tuple[str, int, int, int | None, bool]], closed: list[tuple[int, int]]
) -> None:
    contracts = contracts_of(terms)
    closures: list[tuple[str, str]] = []
    for after, length in sorted(closed):
        begin = next_day(BEGIN, after)
        if not closures or closures[-1][1] < begin:
            closures.append((begin, next_day(begin, length)))
    with closing(new_ledger()) as ledger:
        desk = Desk(ledger)
        desk.towns()
        firm = desk.enterprise()
        for one in contracts:
            told = {"kind": one.kind, "from_on": one.from_on, "last_on": one.last_on, "visits_per_year": 0}
            row = desk.contract(firm, today=LATER, ended_on=one.ended_on, **told)
            if one.void:
                desk.void("trusteeship", row)
        for begin, until in closures:
            desk.edit("enterprise", firm, LATER, state="关闭", changed_on=begin)
            desk.edit("enterprise", firm, LATER, state="在营", changed_on=until)
        edges = {edge for one in contracts for edge in (one.from_on, one.last_on, one.until_on)}
        edges |= {edge for closure in closures for edge in closure}
        edges |= {next_day(one.last_on, days) for one in contracts for days in (-30, 366)}
        for day in sorted({next_day(edge, near) for edge in edges for near in (-1, 0, 1)}):
            wanted = [one for one in contracts if asked(one, contracts, closures, day)]
            assert to_do(desk, day) == sorted((one.kind, one.last_on) for one in wanted), day
            ran_out = [one for one in wanted if one.last_on < day]
            assert owed(desk, day) == sorted((one.kind, one.last_on) for one in ran_out), day
            near = [one for one in wanted if day <= one.last_on <= next_day(day, 30)]
            assert sum(soon(desk, day).values()) == len(near), day
