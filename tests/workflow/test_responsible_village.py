"""A responsible village and the small enterprises guided in it: within their year, each once, rewarded once."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.records.values import CLEAR
from oracle.figures import dump
from support.desk import SHIZHU, Desk, refuses

ENROLLED, ACCEPTED, GUIDED, REWARDED = (f"village.{name}" for name in ("enrolled", "accepted", "guided", "rewarded"))
PASSED: dict[str, Any] = {"accepted_on": "2018-10-10", "conclusion": "合格"}


@pytest.fixture(autouse=True)
def villages(desk: Desk) -> None:
    desk.village()
    desk.village("下园朱村", "330784109202")
    desk.village("石柱村", "330784110201")


class TestVillage:
    def test_enrolled_from_the_beginning_of_its_year(self, desk: Desk) -> None:
        row = desk.responsible()
        assert desk.figures(ENROLLED, "2017-12-31", "2018-01-01", "2018-12-31", "2019-01-01") == [0, 1, 1, 0]
        assert (desk.row("responsible_village", row)["town_code"], desk.row("responsible_village", row)["number"]) == (
            "330784109",
            "330784109-2018-0001",
        )
        desk.edit("responsible_village", row, enrolled_on="2018-03-01")
        assert desk.figures(ENROLLED, "2018-02-28", "2018-03-01") == [0, 1]
        with refuses("E261"):
            desk.edit("responsible_village", row, enrolled_on="2017-12-31")

    def test_the_same_village_of_a_year_is_one_and_of_the_next_another(self, desk: Desk) -> None:
        row = desk.responsible()
        assert desk.responsible(moved_in_on="2018-03-12") == row
        assert desk.responsible(year=2019, today="2019-01-01") != row
        with refuses("E238"):
            desk.edit("responsible_village", row, year=2019, enrolled_on="2019-01-01", today="2019-01-01")

    def test_accepted_or_not(self, desk: Desk) -> None:
        row = desk.responsible(accepted_on="2018-10-10", conclusion="不合格")
        assert desk.figure(ACCEPTED, "2018-12-31") == 0
        assert desk.near(ACCEPTED) == ["验收不合格"]
        desk.edit("responsible_village", row, accepted_on="2018-10-20", conclusion="合格")
        assert desk.figures(ACCEPTED, "2018-10-19", "2018-10-20", "2019-01-01") == [0, 1, 0]

    def test_trap_13_the_reward_is_exact_and_counts_on_the_day_it_is_paid(self, desk: Desk) -> None:
        row = desk.read(
            "responsible_village", year="2018", village="溪心村", accepted_on="2018-10-10", conclusion="合格",
            reward="2.5万元",
        ).row_id  # fmt: skip
        assert desk.figure(REWARDED, "2018-12-31") == 0
        desk.edit("responsible_village", row, paid_on="2018-11-01")
        assert desk.figures(REWARDED, "2018-10-31", "2018-11-01") == [0, 2_500_000]

    def test_promised_before_but_paid_only_if_it_passed(self, desk: Desk) -> None:
        row = desk.responsible(reward=2_000_000)
        with refuses("E436"):
            desk.edit("responsible_village", row, paid_on="2018-11-01")
        desk.edit("responsible_village", row, **PASSED, paid_on="2018-11-01")
        assert desk.figure(REWARDED, "2018-12-31") == 2_000_000
        with refuses("E436"):
            desk.edit("responsible_village", row, conclusion="不合格")
        with refuses("E424"):
            desk.edit("responsible_village", row, reward=CLEAR)

    def test_rewarded_once_in_whatever_year(self, desk: Desk) -> None:
        desk.responsible(**PASSED, reward=2_000_000, paid_on="2018-11-01")
        next_year: dict[str, Any] = {"year": 2019, "today": "2019-12-31", "accepted_on": "2019-12-10"}
        next_year |= {"conclusion": "合格", "reward": 1}
        with refuses("E440") as messages:
            desk.responsible(**next_year, paid_on="2019-12-20")
        assert "“溪心村”已在2018年领过奖励（330784109-2018-0001）" in messages[0]
        again = desk.responsible(**next_year)
        with refuses("E440"):
            desk.edit("responsible_village", again, "2019-12-31", paid_on="2019-12-20")
        desk.responsible("下园朱村", **next_year, paid_on="2019-12-20")
        desk.void("responsible_village", 1)
        desk.edit("responsible_village", again, "2019-12-31", paid_on="2019-12-20")

    def test_no_undo_brings_back_a_second_reward(self, desk: Desk) -> None:
        first = desk.responsible(**PASSED, reward=2_000_000, paid_on="2018-11-01")
        desk.void("responsible_village", first)
        voided = desk.head
        next_year: dict[str, Any] = {"year": 2019, "today": "2019-12-31", "accepted_on": "2019-12-10"}
        desk.responsible(**next_year, conclusion="合格", reward=1, paid_on="2019-12-20")
        before = dump(desk.ledger)
        with refuses("E440"):
            desk.undo(voided)
        assert dump(desk.ledger) == before

    def test_no_undo_brings_back_a_second_village_of_the_year(self, desk: Desk) -> None:
        first = desk.responsible()
        desk.edit("responsible_village", first, year=2019, enrolled_on="2019-01-01", today="2019-01-01")
        edited = desk.head
        assert desk.responsible() != first
        before = dump(desk.ledger)
        with refuses("E432"):
            desk.undo(edited)
        assert dump(desk.ledger) == before

    def test_another_village_by_its_number_is_not_rewarded_twice_either(self, desk: Desk) -> None:
        desk.responsible(**PASSED, reward=2_000_000)
        other = desk.responsible("下园朱村", **PASSED, reward=2_000_000)
        with refuses("E238"):
            desk.edit("responsible_village", other, village="溪心村")

    def test_of_namesakes_the_town_tells_which(self, desk: Desk) -> None:
        desk.village("溪心村", "330784110202")
        with refuses("E232"):
            desk.responsible()
        desk.responsible(town="石柱镇")
        assert (desk.figure(ENROLLED, "2018-12-31"), desk.figure(ENROLLED, "2018-12-31", SHIZHU)) == (0, 1)


class TestGuidance:
    @pytest.fixture
    def firm(self, desk: Desk) -> int:
        return desk.enterprise()

    def test_on_its_day_in_the_villages_town(self, desk: Desk) -> None:
        desk.responsible("石柱村")
        firm = desk.enterprise(town="芝英镇")
        desk.guided(firm, village="石柱村")
        assert desk.figures(GUIDED, "2018-05-08", "2018-05-09", "2019-01-01", town=SHIZHU) == [0, 1, 0]
        assert desk.figure(GUIDED, "2018-12-31") == 0
        assert desk.rows("responsible_village_listing", "firms_guided") == [(1,)]

    def test_only_in_a_village_of_that_years_programme(self, desk: Desk, firm: int) -> None:
        with refuses("E437") as messages:
            desk.guided(firm)
        assert "没有列入2018年主体责任村创建" in messages[0]
        desk.responsible()
        for on in ("2017-12-31", "2019-01-01"):
            with refuses("E437"):
                desk.guided(firm, on)
        desk.guided(firm, "2018-01-01")
        desk.guided(desk.enterprise(), "2018-12-31")
        assert desk.figures(GUIDED, "2018-12-31", "2019-12-31") == [2, 0]

    def test_one_enterprise_counts_once_a_village_and_year(self, desk: Desk, firm: int) -> None:
        desk.responsible()
        row = desk.guided(firm)
        assert desk.guided(firm, hazards_found=3) == row
        with refuses("E439") as messages:
            desk.guided(firm, "2018-06-01")
        assert "（330784109-2018-0001，2018-05-09）" in messages[0]
        desk.responsible(year=2019, today="2019-01-01")
        desk.guided(firm, "2019-05-09")
        assert desk.figures(GUIDED, "2018-12-31", "2019-12-31") == [1, 1]

    def test_moved_to_a_day_of_another_year(self, desk: Desk, firm: int) -> None:
        desk.responsible()
        row = desk.guided(firm)
        with refuses("E261"):
            desk.edit("guidance", row, guided_on="2017-05-09")

    def test_put_right_a_year_later_it_stays_in_its_own_year(self, desk: Desk, firm: int) -> None:
        desk.responsible()
        desk.responsible("下园朱村")
        row = desk.guided(firm)
        desk.edit("guidance", row, "2019-03-01", village="下园朱村")
        assert desk.figures(GUIDED, "2018-12-31", "2019-12-31") == [1, 0]
        assert desk.rows("responsible_village_listing", "firms_guided") == [(0,), (1,)]

    def test_another_day_or_enterprise_by_its_number(self, desk: Desk, firm: int) -> None:
        desk.responsible()
        row = desk.guided(firm)
        assert desk.edit("guidance", row, guided_on="2018-06-01").outcome == "changed"
        assert desk.figures(GUIDED, "2018-05-31", "2018-06-01") == [0, 1]
        other = desk.enterprise()
        desk.edit("guidance", row, enterprise=desk.name(other))
        assert desk.row("guidance", row)["enterprise_id"] == other

    def test_voided_it_does_not_come_back_with_the_next_table(self, desk: Desk, firm: int) -> None:
        desk.responsible()
        desk.void("guidance", desk.guided(firm), "没有去")
        assert desk.figure(GUIDED, "2018-10-31") == 0
        assert desk.near(GUIDED) == ["已作废：没有去"]
        with refuses("E236"):
            desk.guided(firm)
        desk.guided(firm, "2018-06-01")

    def test_a_village_and_an_enterprise_are_not_voided_over_what_was_done_there(self, desk: Desk, firm: int) -> None:
        desk.responsible()
        row = desk.guided(firm)
        before = dump(desk.ledger)
        with refuses("E423") as messages:
            desk.void("village", 1)
        assert "还有1条主体责任村用到它" in messages[0]
        with refuses("E423"):
            desk.void("enterprise", firm)
        assert dump(desk.ledger) == before
        desk.void("guidance", row)
        desk.void("enterprise", firm)

    def test_what_was_done_in_it_goes_with_the_village_and_comes_back_with_it(self, desk: Desk, firm: int) -> None:
        village = desk.responsible()
        row, other = desk.guided(firm), desk.guided(desk.enterprise())
        desk.void("guidance", other, "没有去")
        desk.void("responsible_village", village, "列错村")
        assert (desk.figure(GUIDED, "2018-12-31"), desk.figure(ENROLLED, "2018-12-31")) == (0, 0)
        assert desk.rows("guidance", "id", "void_reason") == [(row, "列错村"), (other, "没有去")]
        desk.void("village", 1)
        desk.undo()
        desk.undo(desk.head - 2)
        assert desk.rows("guidance", "id", "void_reason") == [(row, None), (other, "没有去")]
        assert (desk.figure(GUIDED, "2018-12-31"), desk.figure(ENROLLED, "2018-12-31")) == (1, 1)

    def test_without_an_enterprise(self, desk: Desk, firm: int) -> None:
        desk.responsible()
        with refuses("E202"):
            desk.take("guidance", village="溪心村", guided_on="2018-05-09")
        row = desk.guided(firm)
        for field in ("village", "enterprise", "town"):
            with refuses("E256"):
                desk.edit("guidance", row, **{field: CLEAR})


def test_a_reward_is_within_the_range_of_the_office(desk: Desk) -> None:
    desk.towns()
    desk.village()
    accepted = {"moved_in_on": "2018-03-01", "accepted_on": "2018-10-20", "conclusion": "合格"}
    for name, value in (("reward.least", "20000"), ("reward.most", "30000")):
        desk.read("setting", name=name, value=value, from_on="2018-01-01")
    row = desk.responsible(**accepted, reward=2_500_000)
    for wrong in (1_999_999, 3_000_001):
        with refuses("E866"):
            desk.edit("responsible_village", row, reward=wrong)
    desk.edit("responsible_village", row, reward=3_000_000)
    desk.read("setting", name="reward.most", value="25000", from_on="2018-10-21")
    desk.edit("responsible_village", row, reward=2_600_000)  # what held on the day of its acceptance
