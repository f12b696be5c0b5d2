"""定期检查 and 行动检查未覆盖 in what is due: who is asked, on which days, and what settles it, held against a count of
its own on random firms."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from anjian_cli.bulletin import coverage, due
from anjian_cli.bulletin.due import Due
from anjian_cli.bulletin.summary_table import SummaryTable
from anjian_cli.rules.word_lists import CHANNELS
from support.desk import Desk
from support.sweeps import sweep

LATER = "2018-12-31"
VISIT = {"method": "部门检查", "found_any": "无"}
REGULAR, UNCOVERED = "定期检查", "行动检查未覆盖"
CAMPAIGN = "2018年秋季大检查"


def found(desk: Desk, today: str, kind: str = REGULAR, until: str = "9999-12-31") -> list[Due]:
    return [one for one in due.due(desk.ledger, today, until) if one.kind == kind]


def days(desk: Desk, *asked: str) -> list[list[str]]:
    """The last day of what is due, on each of some days."""
    return [[one.due_on for one in found(desk, day)] for day in asked]


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.towns()
    desk.take("setting", name="inspect.红", value="4", from_on="2017-01-01")
    return desk


def graded(desk: Desk, firm: int, day: str, grade: str = "红") -> int:
    return desk.of("risk_grade", firm, LATER, grade=grade, from_on=day, basis="示例评估")


class TestRegular:
    def test_from_the_first_day_of_the_period_to_the_last_until_somebody_comes(self, office: Desk) -> None:
        firm = office.enterprise("红色厂")
        row = graded(office, firm, "2017-12-01")
        office.of("inspection", firm, LATER, inspected_on="2018-05-10", **VISIT)
        assert days(office, "2017-12-31", "2018-01-01", "2018-03-31") == [[], ["2018-03-31"], ["2018-03-31"]]
        # What was missed is not made up: the second part of the year is asked for, the first no longer.
        assert days(office, "2018-04-01", "2018-05-09", "2018-05-10", "2018-06-30") == [["2018-06-30"]] * 2 + [[], []]
        (one,) = found(office, "2018-07-01")
        assert (one.what, one.subject, one.unit.name) == ("定期检查 红色，一年4次", "红色厂", "芝英镇")
        assert (one.command, one.handle, one.record, one.record_id) == ("检查 新增", "红色厂", "risk_grade", row)
        assert found(office, "2018-07-01", until="2018-09-29") == []
        page = due.of_records(office.ledger, "2018-07-01", {"risk_grade": [row]})
        assert [(each.kind, each.due_on) for each in page] == [(REGULAR, "2018-09-30")]
        assert due.of_records(office.ledger, "2018-07-01", {"risk_grade": [row + 1]}) == []

    def test_what_the_firm_did_itself_and_what_was_voided_settles_nothing(self, office: Desk) -> None:
        office.take("term", list=CHANNELS.name, word="自查自纠", means="企业自查")
        firm = office.enterprise()
        graded(office, firm, "2017-12-01")
        for method in ("企业自查", "自查自纠"):
            office.of("inspection", firm, inspected_on="2018-11-02", method=method, found_any="无")
        gone = office.of("inspection", firm, inspected_on="2018-11-03", **VISIT)
        assert days(office, "2018-11-02", "2018-11-03") == [["2018-12-31"], []]
        office.void("inspection", gone)
        assert days(office, "2018-11-03") == [["2018-12-31"]]

    def test_asked_of_the_grade_that_held_when_the_period_began(self, office: Desk) -> None:
        firm = office.enterprise()
        graded(office, firm, "2018-04-02")
        graded(office, firm, "2018-08-01", "黄")
        assert days(office, "2018-04-02", "2018-07-01", "2018-08-01") == [[], ["2018-09-30"], []]
        office.take("setting", name="inspect.黄", value="1", from_on="2018-12-01")
        assert days(office, "2018-12-15") == [[]]
        graded(office, office.enterprise(), "2018-10-01")  # on the first day itself
        assert days(office, "2018-10-01") == [["2018-12-31"]]
        office.void("risk_grade", 3)
        assert days(office, "2019-01-01") == [["2019-12-31"]]

    def test_of_who_is_in_operation(self, office: Desk) -> None:
        stopped, late = office.enterprise(), office.enterprise(registered_on="2018-08-15")
        graded(office, stopped, "2018-01-01")
        graded(office, late, "2018-01-01")
        office.edit("enterprise", stopped, state="停产", changed_on="2018-08-01")
        assert [len(found(office, day)) for day in ("2018-07-31", "2018-08-01", "2018-08-15")] == [1, 0, 1]
        office.void("risk_grade", 2)
        assert found(office, "2018-08-15") == []

    def test_nothing_without_a_frequency_or_a_grade(self, desk: Desk) -> None:
        firm = desk.enterprise()
        graded(desk, firm, "2018-01-01")
        assert found(desk, "2018-07-01") == []
        desk.take("setting", name="inspect.蓝", value="1", from_on="2018-01-01")
        assert found(desk, "2018-07-01") == []


class Told(NamedTuple):
    """What is known of a random firm."""

    grades: list[tuple[str, str]]
    visits: list[tuple[str, str]]
    stopped: str


TIMES = {"红": 12, "橙": 5, "黄": 2}


def spans(times: int) -> list[tuple[str, str]]:
    """The parts of 2018, each day put into the one it is of."""
    everything = [date(2018, 1, 1) + timedelta(days) for days in range(365)]
    parts: dict[int, list[str]] = {}
    for at, day in enumerate(everything):
        part = (day.month - 1) * times // 12 if 12 % times == 0 else (at * times + times - 1) // 365
        parts.setdefault(part, []).append(day.isoformat())
    return [(of[0], of[-1]) for of in parts.values()]


def wanted(told: Told, today: str) -> str | None:
    """The last day of what is due of a firm on a day."""
    before = [each for each in told.grades if each[0] <= today]
    if not before or today >= told.stopped:
        return None
    since, grade = max(before)
    for first, last in spans(TIMES[grade]) if grade in TIMES else ():
        if first <= today <= last:
            came = any(first <= day <= today and method != "企业自查" for day, method in told.visits)
            return last if since <= first and not came else None
    return None


def settled(table: SummaryTable) -> tuple[int, int]:
    assert table.total is not None
    titles = [column.full_title for column in table.columns]
    asked, kept = (table.total.values[titles.index(title)] for title in ("按频次应查期", "按频次查了"))
    assert isinstance(asked, int)
    assert isinstance(kept, int)
    return asked, kept


@sweep("seed", range(4), keep=1)
def test_random_firms_against_a_count_day_by_day(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    everything = [(date(2018, 1, 1) + timedelta(at)).isoformat() for at in range(365)]
    for grade, times in TIMES.items():
        desk.take("setting", name=f"inspect.{grade}", value=str(times), from_on="2017-01-01")
    firms: dict[str, Told] = {}
    for at in range(8):
        grades = {chance.choice(("2017-11-01", *everything)): chance.choice("红橙黄蓝") for _ in range(2)}
        visits = {(chance.choice(everything), chance.choice(("部门检查", "企业自查"))) for _ in range(6)}
        told = Told(sorted(grades.items()), sorted(visits), chance.choice((*everything, *["9999-12-31"] * 365)))
        firm = desk.enterprise(f"示例{at}厂")
        for day, grade in told.grades:
            graded(desk, firm, day, grade)
        for day, method in told.visits:
            desk.of("inspection", firm, LATER, inspected_on=day, method=method, found_any="无")
        if told.stopped < "9999":
            desk.edit("enterprise", firm, LATER, state="停产", changed_on=told.stopped)
        firms[f"示例{at}厂"] = told
    for today in chance.sample(everything, 40):
        asked = {name: last for name, told in firms.items() if (last := wanted(told, today)) is not None}
        assert {one.subject: one.due_on for one in found(desk, today)} == asked
    # Coverage asks the same: of the parts that are over, those of whom on their last day nothing was due were kept.
    asked_of = kept = 0
    for told in firms.values():
        grade = max(told.grades)[1]
        if told.stopped > LATER and grade in TIMES:
            parts = [each for each in spans(TIMES[grade]) if max(told.grades)[0] <= each[0]]
            asked_of += len(parts)
            kept += sum(wanted(told, last) is None for _, last in parts)
    assert settled(coverage.table(desk.ledger, coverage.coverage(desk.ledger, LATER), "等级")) == (asked_of, kept)


@pytest.fixture
def campaign(office: Desk) -> Desk:
    """One of September and October; the first phase asks for half of the firms, the second for all of them."""
    office.take("campaign", name=CAMPAIGN, from_on="2018-09-01", last_on="2018-10-31")
    for title, day, visited in (("排查", "2018-09-01", 50), ("攻坚", "2018-10-01", 100)):
        office.take("campaign_phase", campaign=CAMPAIGN, title=title, from_on=day, visited=visited)
    return office


def told(desk: Desk, *asked: str) -> list[list[tuple[str, str, str]]]:
    """Detail, town and last day of the campaign's items on each of some days."""
    return [[(one.detail, one.unit.short, one.due_on) for one in found(desk, day, UNCOVERED)] for day in asked]


class TestCampaign:
    def test_one_a_town_and_phase_until_the_goal_is_reached(self, campaign: Desk) -> None:
        firms = [campaign.enterprise() for _ in range(3)]
        elsewhere = campaign.enterprise(town="石柱镇")
        visit = {"campaign": CAMPAIGN, **VISIT}
        for firm, day in ((elsewhere, "2018-09-10"), (firms[0], "2018-09-15"), (firms[1], "2018-10-10")):
            campaign.of("inspection", firm, inspected_on=day, **visit)
        nothing = ("排查要查50%，已查0/3家", "芝英", "2018-09-30")
        one = ("排查要查50%，已查1/3家", "芝英", "2018-09-30")
        both = [one, ("攻坚要查100%，已查1/3家", "芝英", "2018-10-31")]
        assert told(campaign, "2018-08-31") == [[]]
        assert told(campaign, "2018-09-14", "2018-09-15", "2018-09-30") == [[nothing], [one], [one]]
        # What was not reached in its phase may still be, as long as the campaign lasts.
        assert told(campaign, "2018-10-01") == [both]
        two = [("攻坚要查100%，已查2/3家", "芝英", "2018-10-31")]
        assert told(campaign, "2018-10-10", "2018-10-31", "2018-11-01") == [two, two, []]
        first = found(campaign, "2018-09-15", UNCOVERED)[0]
        assert (first.subject, first.command, first.handle) == (
            CAMPAIGN, f"覆盖 --行动 {CAMPAIGN} --列出 未查 --镇街", "芝英",
        )  # fmt: skip
        campaign.of("inspection", firms[2], inspected_on="2018-10-30", **visit)
        assert told(campaign, "2018-10-29", "2018-10-30") == [two, []]

    def test_of_the_firms_in_its_scope_and_without_a_town(self, campaign: Desk) -> None:
        campaign.enterprise(risks=("喷涂",))
        campaign.enterprise(town=None)
        campaign.take("campaign_scope", campaign=CAMPAIGN, kind="风险", word="胶水")
        assert told(campaign, "2018-09-10") == [[]]
        campaign.enterprise(town=None, risks=("胶水",))
        assert told(campaign, "2018-09-10") == [[("排查要查50%，已查0/1家", "未定", "2018-09-30")]]
        assert found(campaign, "2018-09-10", UNCOVERED)[0].handle == "未定"

    def test_nothing_of_a_phase_without_a_goal_or_an_end(self, office: Desk) -> None:
        office.enterprise()
        office.take("campaign", name="百日攻坚", from_on="2018-09-01")
        office.take("campaign_phase", campaign="百日攻坚", title="排查", from_on="2018-09-01", closed=90)
        office.take("campaign_phase", campaign="百日攻坚", title="攻坚", from_on="2018-10-01", visited=90)
        assert told(office, "2018-10-10") == [[]]
