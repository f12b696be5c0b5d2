"""What is due of grids and their officers, on the days around every boundary."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin import due
from anjian_cli.bulletin.due import Due
from support.desk import SHIZHU, Desk

FAR = "9999-12-31"


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.towns()
    return desk


def grid(office: Desk, name: str = "芝英一网格", **more: str) -> int:
    return office.take("grid", **{"town": "芝英镇", "name": name, "from_on": "2018-03-01", **more}).row_id


def officer(office: Desk, name: str = "网格员甲", grid: str | None = "芝英一网格", **more: str) -> int:
    told: dict[str, str | None] = {"town": "芝英镇", "name": name, "grid": grid, **more}
    return office.take("officer", today="2018-11-05", **told).row_id


def asked(office: Desk, kind: str, *days: str) -> list[list[str]]:
    """Whom the items of a kind are about, on each of some days."""
    return [[one.subject for one in items(office, kind, day)] for day in days]


def items(office: Desk, kind: str, day: str) -> list[Due]:
    return [one for one in due.due(office.ledger, day, FAR) if one.kind == kind]


class TestVacant:
    def test_from_its_first_day_until_somebody_is_there(self, office: Desk) -> None:
        grid(office)
        (one,) = items(office, "网格无人", "2018-03-01")
        assert (one.unit.name, one.due_on, f"{one.command} {one.handle}") == (
            "芝英镇", "2018-03-31", "网格员 新增 --网格 芝英一网格",
        )  # fmt: skip
        officer(office, from_on="2018-05-02")
        days = ("2018-02-28", "2018-03-01", "2018-05-01", "2018-05-02", "2018-11-05")
        assert asked(office, "网格无人", *days) == [[], ["芝英一网格"], ["芝英一网格"], [], []]

    def test_again_from_the_day_on_which_the_last_one_is_gone(self, office: Desk) -> None:
        grid(office)
        officer(office, from_on="2018-03-01", until_on="2018-06-10")
        officer(office, "网格员乙", from_on="2018-03-01", until_on="2018-08-01")
        days = ("2018-06-10", "2018-07-31", "2018-08-01")
        assert asked(office, "网格无人", *days) == [[], [], ["芝英一网格"]]
        assert [one.due_on for one in items(office, "网格无人", "2018-08-01")] == ["2018-08-31"]
        assert [one.due_on for one in items(office, "网格无人", "2018-09-09")] == ["2018-08-31"]
        office.take("officer", town="芝英镇", name="网格员丙", grid="芝英一网格", from_on="2018-10-01")
        assert asked(office, "网格无人", "2018-09-30", "2018-10-01") == [["芝英一网格"], []]

    def test_no_more_once_the_grid_is_given_up_or_voided(self, office: Desk) -> None:
        ended, voided = grid(office, until_on="2018-07-01"), grid(office, "芝英二网格")
        office.void("grid", voided)
        assert asked(office, "网格无人", "2018-06-30", "2018-07-01") == [["芝英一网格"], []]
        assert ended

    def test_of_which_no_day_is_known(self, office: Desk) -> None:
        office.take("grid", town="芝英镇", name="芝英一网格")
        assert [one.due_on for one in items(office, "网格无人", "2018-11-05")] == ["2018-01-31"]

    def test_of_a_town_that_is_not_there_yet(self, office: Desk) -> None:
        grid(office, "石柱一网格", town="石柱镇")
        office.take("town", code=SHIZHU, from_on="2018-08-01")
        assert asked(office, "网格无人", "2018-07-31", "2018-08-01") == [[], ["石柱一网格"]]

    def test_an_officer_of_another_town_or_grid_is_none(self, office: Desk) -> None:
        grid(office)
        office.void("officer", officer(office, "网格员丙"))
        officer(office, town="石柱镇")
        officer(office, "网格员乙", None)
        assert asked(office, "网格无人", "2018-11-05") == [["芝英一网格"]]


class TestUntrained:
    def test_one_a_town_with_all_the_names(self, office: Desk) -> None:
        for name in "甲乙丙丁戊己":
            officer(office, name, None, from_on="2018-02-01")
        officer(office, "庚", None, until_on="2018-02-02")
        officer(office, "辛", None, town="石柱镇")
        office.training(officers=("甲",), held_on="2018-03-01")
        named, other = "5名未培训：乙、丙、丁、戊、己", "1名未培训：辛"
        days = ("2018-02-28", "2018-03-01", "2018-12-31", "2019-01-01")
        assert asked(office, "网格员培训", *days) == [
            [], [named, other], [named, other], ["6名未培训：甲、乙、丙、丁、戊等", other],
        ]  # fmt: skip
        (first, _) = items(office, "网格员培训", "2018-11-05")
        assert (first.due_on, f"{first.command} {first.handle}") == (
            "2018-12-31", "培训 新增 --镇街 芝英",
        )  # fmt: skip
        office.training(officers=("乙", "丙", "丁", "戊", "己"), held_on="2018-10-09")
        assert asked(office, "网格员培训", "2018-10-08", "2018-10-09") == [[named, other], [other]]

    def test_nothing_where_no_course_names_who_came(self, office: Desk) -> None:
        officer(office)
        office.void("training", office.training(officers=("网格员甲",), held_on="2018-03-01"))
        office.training()
        assert asked(office, "网格员培训", "2018-11-05", "2018-12-31") == [[], []]


class TestSilent:
    def visit(self, office: Desk, firm: int, on: str, method: str = "网格巡查", **more: str) -> int:
        return office.of(
            "inspection", firm, max("2018-11-05", on), inspected_on=on, method=method, found_any="无", **more
        )

    def test_in_the_last_week_unless_somebody_came(self, office: Desk) -> None:
        for name in ("芝英一网格", "芝英二网格"):
            grid(office, name)
        officer(office)
        firm = office.enterprise("示例甲厂")
        days = ("2018-10-24", "2018-10-25", "2018-10-31", "2018-11-01")
        assert asked(office, "网格本月未报", *days) == [[], [], [], []]
        self.visit(office, firm, "2018-10-05", inspector="王某、网格员甲")
        assert asked(office, "网格本月未报", *days) == [[], ["芝英二网格"], ["芝英二网格"], []]
        assert items(office, "网格本月未报", "2018-10-31")[0].due_on == "2018-10-31"
        assert asked(office, "网格本月未报", "2018-11-30") == [["芝英一网格", "芝英二网格"]]

    def test_what_counts_for_a_grid(self, office: Desk) -> None:
        office.village("溪心村")
        grid(office, village="溪心村")
        officer(office, "网格员乙", None)
        firm = office.enterprise("示例甲厂", village="溪心村")
        outside = office.enterprise("示例乙厂")
        self.visit(office, outside, "2018-10-05")
        last = "2018-10-31"
        assert asked(office, "网格本月未报", last) == [["芝英一网格"]]
        assert asked(office, "网格本月未报", "2018-09-30") == [[]]  # nobody had ever come on patrol
        self.visit(office, firm, "2018-10-06", "部门检查")
        self.visit(office, firm, "2018-09-30")
        assert asked(office, "网格本月未报", last) == [["芝英一网格"]]
        office.take("term", list="隐患来源", word="网格夜查")
        self.visit(office, firm, "2018-10-07", "网格夜查")
        assert asked(office, "网格本月未报", last) == [["芝英一网格"]]
        office.take("term", list="隐患来源", word="网格日查", means="网格巡查")
        self.visit(office, firm, "2018-10-28", "网格日查")
        assert asked(office, "网格本月未报", "2018-10-27", "2018-10-28") == [["芝英一网格"], []]
        grid(office, "芝英二网格", village="溪心村")  # two in one village: nobody knows which it is in
        assert asked(office, "网格本月未报", last) == [["芝英一网格", "芝英二网格"]]
        officer(office, "网格员丙", "芝英二网格")
        office.edit("enterprise", firm, grid_officer="网格员丙")
        assert asked(office, "网格本月未报", last) == [["芝英一网格"]]

    def test_a_grid_that_ends_with_the_month_is_not_asked(self, office: Desk) -> None:
        grid(office, until_on="2018-10-31")
        self.visit(office, office.enterprise(), "2018-10-05")
        assert asked(office, "网格本月未报", "2018-10-30") == [[]]

    def test_a_firm_whose_officer_s_grid_was_given_up_is_in_its_village_s(self, office: Desk) -> None:
        office.village("溪心村")
        grid(office, "芝英一网格", until_on="2018-10-01")
        grid(office, "芝英二网格", village="溪心村")
        officer(office, from_on="2018-03-01")
        firm = office.enterprise(village="溪心村", grid_officer="网格员甲")
        self.visit(office, firm, "2018-09-05")
        assert asked(office, "网格本月未报", "2018-09-30") == [["芝英二网格"]]
        self.visit(office, firm, "2018-10-05")
        assert asked(office, "网格本月未报", "2018-10-31") == [[]]

    def test_an_officer_counts_on_the_days_on_which_they_are_there(self, office: Desk) -> None:
        grid(office)
        officer(office, from_on="2018-03-01", until_on="2018-10-06")
        firm = office.enterprise("示例甲厂")
        self.visit(office, firm, "2018-10-06", inspector="网格员甲")
        assert asked(office, "网格本月未报", "2018-10-31") == [["芝英一网格"]]
        self.visit(office, firm, "2018-10-05", inspector="网格员甲")
        assert asked(office, "网格本月未报", "2018-10-31") == [[]]


def test_a_ledger_without_grids_and_officers_is_asked_nothing(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from anjian_cli.bulletin import officers_due

    monkeypatch.setattr(officers_due, "officers", None)
    assert due.due(office.ledger, "2018-10-31", FAR) == []


def test_a_merged_town_s_grid_is_that_of_the_town_it_went_into(office: Desk) -> None:
    grid(office, "石柱一网格", town="石柱镇")
    office.take("town", code=SHIZHU, until_on="2018-11-01", merged_into="330784109")
    assert [items(office, "网格无人", day)[0].unit.name for day in ("2018-10-31", "2018-11-01")] == ["石柱镇", "芝英镇"]
