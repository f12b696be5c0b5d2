"""Who stands behind what a town owes, by name."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin.definition import define
from anjian_cli.bulletin.owing import Owing, owing
from anjian_cli.bulletin.period import Period, day_after, ended
from anjian_cli.ledger.open import reading
from support import county
from support.bulletin_ledger import JIANGNAN, Book
from support.desk import FIVE, SHIZHU, ZHIYING, Desk

PROGRAMME, STANDARD, TESTS, HAZARDS = "安全专项整治", "安全标准化创建", "职业卫生检测", "隐患整改"


def ran_out(book: Book, day: str) -> list[tuple[str, int]]:
    """The contracts that ran out: last day, and how many days ago."""
    period = Period(int(day[:4]), int(day[5:7]), day, False)
    found = owing(book.connection, define(book.connection, period))
    return [(one.due_on, one.late) for one in found if one.stage == "喷涂托管到期未续签"]


def test_a_contract_that_ran_out_is_asked_for_until_a_year_later() -> None:
    book = Book()
    book.contract(book.enterprise((JIANGNAN, "")), "喷涂", "2017-01-01", "2017-10-30", "2017-10-31")
    days = ("2017-10-30", "2017-10-31", "2018-10-30", "2018-10-31")
    assert [ran_out(book, day) for day in days] == [[], [("2017-10-30", 1)], [("2017-10-30", 365)], []]


def test_one_that_was_followed_from_the_next_day_on_is_not() -> None:
    book = Book()
    firm = book.enterprise((JIANGNAN, ""))
    book.contract(firm, "喷涂", "2017-01-01", "2018-10-09", "2018-10-10")
    assert ran_out(book, "2018-10-10") == [("2018-10-09", 1)]
    book.contract(firm, "喷涂", "2018-10-10", "2019-10-09", "2019-10-10")
    assert ran_out(book, "2018-10-10") == []


def owed(desk: Desk, day: str) -> list[Owing]:
    return owing(desk.ledger, define(desk.ledger, Period(int(day[:4]), int(day[5:7]), day, False)))


def stages(desk: Desk, category: str, *days: str) -> list[list[str]]:
    """What is owed from each of the days on until the day before the next; before the first, nothing is."""
    found: list[list[str]] = []
    for day in days:
        before, on = (
            [one.stage for one in owed(desk, each) if one.category == category] for each in (day_after(day, -1), day)
        )
        assert before == (found[-1] if found else []), day
        found.append(on)
    return found


def test_a_firm_of_the_programme_is_named_by_its_stage_and_carried_over_at_the_years_end(desk: Desk) -> None:
    desk.enterprise()
    steps = {"inspected_on": "2018-02-01", "diagnosed_on": "2018-03-01", "planned_on": "2018-04-01"}
    accepted = {"rectified_on": "2018-05-01", "accepted_on": "2018-06-01", "conclusion": "不合格"}
    desk.programme(desk.enterprise(), **steps, **accepted)
    desk.void("programme", desk.programme(desk.enterprise()))
    days = ("2018-01-15", *steps.values(), "2018-05-01", "2018-06-01", "2019-01-01")
    assert stages(desk, PROGRAMME, *days) == [
        ["喷涂，未开始"], ["喷涂，已排查"], ["喷涂，已诊断"], ["喷涂，整改中"], ["喷涂，待验收"],
        ["喷涂，验收不合格"], ["喷涂（上年结转），验收不合格"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "done",
    [
        {"rectified_on": "2018-02-01", "accepted_on": "2018-06-01", "conclusion": "合格"},
        {"rectified_on": "2018-02-01", "excused_on": "2018-06-01", "excuse": "永安委办〔2018〕20号"},
    ],
)
def test_one_that_is_accepted_or_excused_owes_no_more(desk: Desk, done: dict[str, str]) -> None:
    desk.programme(desk.enterprise(), **done)
    found = stages(desk, PROGRAMME, "2018-01-15", "2018-02-01", "2018-06-01")
    assert found == [["喷涂，未开始"], ["喷涂，待验收"], []]


def test_a_certificate_under_way_is_named_by_its_stage_until_it_is_announced_or_given_up(desk: Desk) -> None:
    desk.enterprise()
    steps = {"begun_on": "2018-02-01", "consulted_on": "2018-03-01", "self_assessed_on": "2018-04-01"}
    steps |= {"applied_on": "2018-05-01", "reviewed_on": "2018-06-01"}
    desk.standard(desk.enterprise(), "2018-07-01", **steps)
    desk.standard(desk.enterprise(), begun_on="2018-08-01", abandoned_on="2018-09-01")
    desk.void("standardization", desk.standard(desk.enterprise(), begun_on="2018-02-01"))
    found = stages(desk, STANDARD, *steps.values(), "2018-07-01", "2018-08-01", "2018-09-01")
    words = ("启动", "咨询", "自评", "申请", "评审")
    assert found == [*([f"三级新创，{word}"] for word in words), [], ["三级新创，启动"], []]


def test_a_certificate_that_expires_is_asked_for_from_that_year_on_until_its_renewal_begins(desk: Desk) -> None:
    firm, slow, other = (desk.enterprise() for _ in range(3))
    for each in (firm, slow):
        desk.standard(each, "2015-07-01", begun_on="2015-07-01")
    desk.standard(firm, kind="复评", begun_on="2018-05-01")
    desk.void("standardization", desk.standard(slow, kind="复评", begun_on="2018-02-01"))
    desk.standard(other, begun_on="2018-03-01", abandoned_on="2018-03-02")
    asked = "到期复评，还没有启动"
    days = ("2018-01-01", "2018-03-01", "2018-03-02", "2018-05-01", "2019-01-01")
    assert stages(desk, STANDARD, *days) == [
        [asked] * 2, ["三级新创，启动", asked, asked], [asked] * 2, ["三级复评，启动", asked],
        ["三级复评，启动", "上年结转复评，还没有启动"],
    ]  # fmt: skip
    assert {one.due_on for one in owed(desk, "2018-06-01") if one.stage == asked} == {"2018-06-30"}


def test_a_certificate_whose_review_was_given_up_is_asked_for_again(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.standard(firm, "2015-07-01", begun_on="2015-07-01")
    desk.standard(firm, kind="复评", begun_on="2018-02-01", abandoned_on="2018-04-01")
    assert stages(desk, STANDARD, "2018-01-01", "2018-02-01", "2018-04-01", "2019-01-01") == [
        ["到期复评，还没有启动"], ["三级复评，启动"], ["到期复评，还没有启动"], ["上年结转复评，还没有启动"],
    ]  # fmt: skip


def test_a_contract_is_looked_for_where_the_firm_is_and_a_debt_where_it_fell_due(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.programme(firm)
    desk.contract(firm, last_on="2018-05-31")
    desk.move(firm, "石柱镇", "2018-06-15")
    assert [[one.town for one in owed(desk, day)] for day in ("2018-06-14", "2018-06-15")] == [
        [ZHIYING] * 2,
        [ZHIYING, SHIZHU],  # what is owed stays in the name of the town in which it fell due
    ]


def test_who_answers_is_the_hazards_own_then_the_safety_officer_then_the_principal(desk: Desk) -> None:
    both = desk.enterprise("甲厂", principal="老板", safety_officer="安全员")
    alone = desk.enterprise("乙厂", principal="老板")
    desk.hazard(both, **FIVE)
    desk.hazard(both, deadline_on="2018-11-01")
    desk.hazard(alone, deadline_on="2018-11-02")
    found = owed(desk, "2018-11-05")
    assert [(one.responsible, one.late) for one in found] == [(FIVE["responsible"], 5), ("安全员", 4), ("老板", 3)]


def test_in_order_of_towns_lists_and_lateness(desk: Desk) -> None:
    nowhere = desk.enterprise("丁厂", town=None)
    there, here, late = desk.enterprise("甲厂", town="石柱镇"), desk.enterprise("丙厂"), desk.enterprise("乙厂")
    for firm in (nowhere, there, late, here):
        desk.programme(firm)
    desk.hazard(here, deadline_on="2018-10-30")
    desk.hazard(late, deadline_on="2018-10-29")
    found = owed(desk, "2018-10-31")
    assert [(one.town, one.enterprise, one.category, one.late) for one in found] == [
        (ZHIYING, "丙厂", PROGRAMME, 0), (ZHIYING, "乙厂", PROGRAMME, 0),
        (ZHIYING, "乙厂", HAZARDS, 2), (ZHIYING, "丙厂", HAZARDS, 1),
        (SHIZHU, "甲厂", PROGRAMME, 0), ("", "丁厂", PROGRAMME, 0),
    ]  # fmt: skip


def test_a_list_is_called_as_the_scheme_calls_it_and_left_out_where_it_asks_for_nothing_of_it(tmp_path: Path) -> None:
    with closing(reading(county.made(tmp_path / "少.db", "社会化服务"))) as ledger:
        found = {one.category for one in owing(ledger, define(ledger, ended(2026, 10)))}
    assert found == {"有限空间和粉尘涉爆专项", "标准化定级", "持证和许可到期", HAZARDS}
