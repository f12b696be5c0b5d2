"""An accident and its casualties as they become known: first reported, corrected within the window, written off."""

from __future__ import annotations

from typing import Any

import pytest

from anjian_cli.records import definition
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import accident
from oracle.figures import dump
from support.desk import SHIZHU, Desk, refuses

COUNT, DEATHS, INJURED, LARGER = (f"accident.{name}" for name in ("count", "deaths", "injured", "larger"))
OFF: dict[str, Any] = {"written_off_on": "2018-10-15", "write_off_reason": "经核不属生产安全事故"}


def amend(desk: Desk, row: int, on: str, **told: int | None) -> None:
    desk.step(accident.amend, row, on, told)


def known(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("casualties", "known_on", "deaths", "serious", "loss")


def test_the_first_report_counts_on_the_day_it_happened(desk: Desk) -> None:
    desk.accident(deaths=2, serious=3)
    for of, number in ((COUNT, 1), (DEATHS, 2), (INJURED, 3)):
        assert desk.figures(of, "2018-09-19", "2018-09-20", "2018-12-31", "2019-01-01") == [0, number, number, 0]
    assert desk.figure(LARGER, "2018-12-31") == 0


class TestCorrected:
    def test_on_its_own_day_september_stays(self, desk: Desk) -> None:
        row = desk.accident(deaths=2, serious=3)
        amend(desk, row, "2018-10-05", deaths=3, serious=2)
        assert desk.figures(DEATHS, "2018-09-30", "2018-10-04", "2018-10-05") == [2, 2, 3]
        assert desk.figures(INJURED, "2018-09-30", "2018-10-05") == [3, 2]
        assert desk.figures(LARGER, "2018-10-04", "2018-10-05") == [0, 1]
        assert desk.figures(COUNT, "2018-09-30", "2018-10-05") == [1, 1]
        amend(desk, row, "2018-10-20", deaths=2)
        assert desk.figures(DEATHS, "2018-10-19", "2018-10-20") == [3, 2]
        assert desk.figures(LARGER, "2018-10-19", "2018-10-20") == [1, 0]
        assert desk.rows("accident_listing", "deaths", "serious", "grade", "known_on") == [(2, 2, "一般", "2018-10-20")]

    @pytest.mark.parametrize(
        ("sector", "last", "refused"),
        [
            ("工矿商贸", "2018-10-20", "2018-10-21"),
            ("建筑施工", "2018-10-20", "2018-10-21"),
            ("其他", "2018-10-20", "2018-10-21"),
            ("道路运输", "2018-09-27", "2018-09-28"),
            ("火灾", "2018-09-27", "2018-09-28"),
        ],
    )
    def test_within_its_window(self, desk: Desk, sector: str, last: str, refused: str) -> None:
        row = desk.accident(sector=sector)
        with refuses("E435") as messages:
            amend(desk, row, refused, deaths=2)
        assert f"到{last}为止" in messages[0]
        assert desk.figure(DEATHS, "2018-12-31") == 1
        amend(desk, row, last, deaths=2)
        assert desk.figure(DEATHS, "2018-12-31") == 2

    def test_in_the_order_of_their_days(self, desk: Desk) -> None:
        row = desk.accident()
        amend(desk, row, "2018-10-05", deaths=2)
        for on in ("2018-10-04", "2018-09-19"):
            with refuses("E214"):
                amend(desk, row, on, deaths=3)
        assert known(desk) == [("2018-09-20", 1, 0, None), ("2018-10-05", 2, 0, None)]

    def test_twice_on_one_day_the_second_stands(self, desk: Desk) -> None:
        row = desk.accident()
        amend(desk, row, "2018-10-05", deaths=2)
        amend(desk, row, "2018-10-05", deaths=3, loss=100)
        assert known(desk) == [("2018-09-20", 1, 0, None), ("2018-10-05", 3, 0, 100)]

    def test_an_earlier_one_put_right_the_later_change_follows(self, desk: Desk) -> None:
        row = desk.accident()
        amend(desk, row, "2018-10-05", deaths=3)
        amend(desk, row, "2018-09-20", deaths=2)
        assert desk.figures(DEATHS, "2018-09-30", "2018-10-05") == [2, 3]

    def test_what_is_not_told_stays(self, desk: Desk) -> None:
        row = desk.accident(deaths=1, serious=4, loss=5_000)
        amend(desk, row, "2018-10-05", deaths=2, serious=None, loss=None)
        assert known(desk)[1] == ("2018-10-05", 2, 4, 5_000)

    def test_not_a_voided_one(self, desk: Desk) -> None:
        row = desk.accident()
        desk.void("accident", row)
        with refuses("E416"):
            amend(desk, row, "2018-10-05", deaths=2)


class TestGrade:
    @pytest.mark.parametrize(
        ("toll", "grade", "larger"),
        [
            ({"deaths": 2, "serious": 9, "loss": 99_999_999_9}, "一般", 0),
            ({"deaths": 3}, "较大", 1),
            ({"deaths": 0, "serious": 10}, "较大", 1),
            ({"deaths": 0, "loss": 1_000_000_000}, "较大", 1),
            ({"deaths": 10}, "重大", 1),
            ({"deaths": 30}, "特别重大", 1),
        ],
    )
    def test_bounds_include_the_number(self, desk: Desk, toll: dict[str, Any], grade: str, larger: int) -> None:
        desk.accident(**toll)
        assert desk.rows("accident_listing", "grade") == [(grade,)]
        assert desk.figure(LARGER, "2018-12-31") == larger

    @pytest.mark.parametrize(
        ("typed", "fen", "grade"),
        [
            ("12.5", 12_500_000, "一般"),
            ("999.999999", 999_999_999, "一般"),
            ("1000", 1_000_000_000, "较大"),
            ("1000万元", 1_000_000_000, "较大"),
            ("125000元", 12_500_000, "一般"),
            ("5,000", 5_000_000_000, "重大"),
            ("1亿元", 10_000_000_000, "特别重大"),
        ],
    )
    def test_trap_13_the_loss_is_exact_and_a_bare_number_is_of_ten_thousands(
        self, desk: Desk, typed: str, fen: int, grade: str
    ) -> None:
        loss = definition.record("accident").columns["loss"]
        assert loss.read(typed) == fen
        assert loss.read(loss.show(fen)) == fen
        desk.accident(loss=loss.read(typed), deaths=0)
        assert desk.rows("accident_listing", "loss", "grade") == [(fen, grade)]


class TestToldAgain:
    @pytest.fixture
    def told(self, desk: Desk) -> dict[str, Any]:
        told: dict[str, Any] = {
            "name": "示例五金厂机械伤害事故",
            "happened_on": "2018-09-20",
            "deaths": 1,
            "serious": 1,
        }
        desk.accident(**told)
        return told

    def test_unchanged(self, desk: Desk, told: dict[str, Any]) -> None:
        before = desk.head
        assert desk.accident(**told) == 1
        assert desk.head == before

    def test_with_the_day_of_a_correction(self, desk: Desk, told: dict[str, Any]) -> None:
        for _ in range(2):
            desk.accident(**{**told, "deaths": 2, "serious": 0, "known_on": "2018-10-05"})
        assert known(desk) == [("2018-09-20", 1, 1, None), ("2018-10-05", 2, 0, None)]
        assert desk.figures(DEATHS, "2018-09-30", "2018-10-05") == [1, 2]

    def test_without_a_day_a_slip_of_the_pen_is_put_right_where_it_stands(
        self, desk: Desk, told: dict[str, Any]
    ) -> None:
        desk.accident(**{**told, "deaths": 2})
        assert known(desk) == [("2018-09-20", 2, 1, None)]
        assert desk.figure(DEATHS, "2018-09-20") == 2

    def test_an_old_file_does_not_take_a_correction_back(self, desk: Desk, told: dict[str, Any]) -> None:
        amend(desk, 1, "2018-10-05", deaths=2, serious=0)
        before = desk.head
        desk.accident(**told)
        assert desk.head == before
        assert desk.figure(DEATHS, "2018-10-31") == 2

    def test_by_its_number_the_last_known_is_put_right(self, desk: Desk, told: dict[str, Any]) -> None:
        assert told["deaths"] == 1
        amend(desk, 1, "2018-10-05", deaths=2)
        desk.edit("accident", 1, deaths=1)
        assert known(desk) == [("2018-09-20", 1, 1, None), ("2018-10-05", 1, 1, None)]
        assert desk.edit("accident", 1, loss=500).changes == [("loss", None, 500)]
        desk.edit("accident", 1, loss=CLEAR)
        assert known(desk)[1] == ("2018-10-05", 1, 1, None)

    @pytest.mark.usefixtures("told")
    def test_happened_on_another_day(self, desk: Desk) -> None:
        desk.edit("accident", 1, happened_on="2018-09-10")
        assert known(desk) == [("2018-09-10", 1, 1, None)]
        assert desk.figures(DEATHS, "2018-09-09", "2018-09-10") == [0, 1]
        amend(desk, 1, "2018-10-05", deaths=2)
        with refuses("E435"):
            desk.edit("accident", 1, happened_on="2018-09-01")
        with refuses("E214"):
            desk.edit("accident", 1, happened_on="2018-10-06")

    def test_another_accident_is_not_renamed_onto_it(self, desk: Desk, told: dict[str, Any]) -> None:
        other = desk.accident()
        with refuses("E238"):
            desk.edit("accident", other, name=told["name"])


class TestWrittenOff:
    def test_all_is_taken_back_on_that_day(self, desk: Desk) -> None:
        row = desk.accident(deaths=2, serious=1)
        amend(desk, row, "2018-10-05", deaths=3)
        desk.edit("accident", row, **OFF)
        for of, before in ((COUNT, 1), (DEATHS, 3), (INJURED, 1), (LARGER, 1)):
            assert desk.figures(of, "2018-10-14", "2018-10-15", "2018-12-31") == [before, 0, 0]
        assert desk.figures(DEATHS, "2018-09-30") == [2]

    def test_it_is_corrected_no_more(self, desk: Desk) -> None:
        row = desk.accident(name="甲", **OFF)
        with refuses("E449") as messages:
            amend(desk, row, "2018-10-10", deaths=2)
        assert "已于2018-10-15核销" in messages[0]
        with refuses("E449"):
            desk.accident(name="甲", deaths=2, known_on="2018-10-16")
        amend_first = desk.accident()
        amend(desk, amend_first, "2018-10-16", deaths=2)
        with refuses("E449"):
            desk.edit("accident", amend_first, **OFF)

    def test_with_its_reason_and_not_before_it_happened(self, desk: Desk) -> None:
        row = desk.accident()
        with refuses("E424"):
            desk.edit("accident", row, written_off_on="2018-10-15")
        with refuses("E214", "E449"):
            desk.edit("accident", row, **{**OFF, "written_off_on": "2018-09-19"})

    def test_taken_back_it_counts_again(self, desk: Desk) -> None:
        row = desk.accident(**OFF)
        desk.edit("accident", row, written_off_on=CLEAR, write_off_reason=CLEAR)
        assert desk.figure(COUNT, "2018-12-31") == 1


def test_what_is_no_production_accident_does_not_count_and_is_told(desk: Desk) -> None:
    row = desk.accident(production="否", deaths=3)
    assert [desk.figure(of, "2018-12-31") for of in (COUNT, DEATHS, LARGER)] == [0, 0, 0]
    assert desk.near(COUNT) == ["非生产经营性事故"]
    desk.edit("accident", row, production="是")
    assert [desk.figure(of, "2018-12-31") for of in (COUNT, DEATHS, LARGER)] == [1, 3, 1]


def test_by_town(desk: Desk) -> None:
    row = desk.accident()
    desk.edit("accident", row, town="石柱镇")
    assert (desk.figure(DEATHS, "2018-12-31"), desk.figure(DEATHS, "2018-12-31", SHIZHU)) == (0, 1)


def test_without_casualties_nothing_is_taken(desk: Desk) -> None:
    before = dump(desk.ledger)
    for field in ("production", "known_on", "number"):
        with refuses("E256"):
            desk.accident(**{field: CLEAR})
    assert dump(desk.ledger) == before
