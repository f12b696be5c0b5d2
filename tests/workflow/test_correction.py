"""What was entered wrongly of an enterprise or an accident is put right as if it had been entered rightly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import accident, register
from support.desk import SHIZHU, ZHIYING, Desk, refuses


def correct(desk: Desk, record: str, row: int, **given: Any) -> None:
    number = desk.row(record, row)["number"]
    with desk.gate(command=f"{record} edit --correct --why 录错") as gate:
        register.correct(gate, definition.record(record), {"number": number, **given}, Finder(gate.connection))


def places(desk: Desk, firm: int) -> list[tuple[object, ...]]:
    return desk.rows("residence", "town_code", "from_on", "until_on", where=f"enterprise_id = {firm}")


def test_a_name_that_was_mistyped_was_never_a_name(desk: Desk) -> None:
    firm = desk.enterprise("永康市恒大工具厂")
    correct(desk, "enterprise", firm, name="永康市恒达工具厂")
    assert desk.name(firm) == "永康市恒达工具厂"
    assert desk.rows("former_name", "name") == []
    desk.edit("enterprise", firm, name="永康市恒达五金厂")  # this one is a renaming
    assert desk.rows("former_name", "name") == [("永康市恒达工具厂",)]


def test_the_day_and_the_town_of_a_move(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.move(firm, "石柱镇", "2018-10-01")
    correct(desk, "enterprise", firm, changed_on="2018-09-01")
    assert places(desk, firm) == [
        (ZHIYING, "0001-01-01", "2018-09-01"),
        (SHIZHU, "2018-09-01", "9999-12-31"),
    ]
    correct(desk, "enterprise", firm, changed_on=CLEAR)
    assert places(desk, firm) == [(ZHIYING, "0001-01-01", "9999-12-31")]
    correct(desk, "enterprise", firm, town="石柱镇")
    assert places(desk, firm) == [(SHIZHU, "0001-01-01", "9999-12-31")]
    with refuses("E482"):
        correct(desk, "enterprise", firm, changed_on="2018-09-01")


def test_the_state_and_its_day(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.edit("enterprise", firm, state="关闭", changed_on="2018-10-01")
    correct(desk, "enterprise", firm, state="停产", changed_on="2018-09-20")
    assert desk.rows("operating_state", "state", "from_on", "until_on") == [("停产", "2018-09-20", "9999-12-31")]
    desk.move(firm, "石柱镇", "2018-10-10")
    with refuses("E488"):
        correct(desk, "enterprise", firm, changed_on="2018-10-11")
    correct(desk, "enterprise", firm, state="停产", changed_on="2018-09-21")
    assert desk.rows("operating_state", "from_on") == [("2018-09-21",)]
    assert places(desk, firm)[1][1] == "2018-10-10"
    correct(desk, "enterprise", firm, state="在营")
    assert desk.rows("operating_state", "state") == []
    with refuses("E482"):
        correct(desk, "enterprise", firm, state="关闭")


def test_a_move_cannot_lie_before_the_one_before_it(desk: Desk) -> None:
    firm = desk.enterprise()
    desk.move(firm, "石柱镇", "2018-08-01")
    desk.move(firm, "芝英镇", "2018-10-01")
    with refuses("E410"):
        correct(desk, "enterprise", firm, changed_on="2018-08-01")
    correct(desk, "enterprise", firm, changed_on="2018-08-02")
    assert [row[1] for row in places(desk, firm)] == ["0001-01-01", "2018-08-01", "2018-08-02"]


def test_the_day_of_a_later_report_of_casualties(desk: Desk) -> None:
    row = desk.accident("2018-10-20")
    with refuses("E482"):
        correct(desk, "accident", row, known_on="2018-10-25")
    desk.step(accident.amend, row, "2018-10-30", {"deaths": 2})
    correct(desk, "accident", row, known_on="2018-10-25")
    assert desk.rows("casualties", "known_on", "deaths") == [("2018-10-20", 1), ("2018-10-25", 2)]
    correct(desk, "accident", row, deaths="3")
    assert desk.rows("casualties", "known_on", "deaths") == [("2018-10-20", 1), ("2018-10-25", 3)]
    with refuses("E214"):
        correct(desk, "accident", row, known_on="2018-10-19")
    correct(desk, "accident", row, known_on=CLEAR)
    assert desk.rows("casualties", "known_on", "deaths") == [("2018-10-20", 1)]


@pytest.mark.parametrize(
    ("record", "field", "wrong", "right"),
    [
        ("training", "held_on", "2018-10-09", "2018-10-19"),
        ("enforcement_case", "case_number", "永安监立案〔2018〕90号", "永安监立案〔2018〕91号"),
        ("enforcement_case", "filed_on", "2018-09-10", "2018-09-12"),
        ("filing", "filed_on", "2018-10-31", "2018-10-30"),
        ("statistic", "from_on", "2017-12-31", "2017-11-30"),
    ],
)
def test_a_record_of_one_row_is_put_right_in_it(desk: Desk, record: str, field: str, wrong: str, right: str) -> None:
    made: dict[str, Callable[..., int]] = {
        "training": desk.training,
        "enforcement_case": desk.case,
        "filing": desk.filing,
        "statistic": lambda **more: desk.statistic("42.3万人", **more),
    }
    row = made[record](**{field: wrong})
    correct(desk, record, row, **{field: right})
    assert desk.row(record, row)[field] == right
    assert len(desk.rows(record, "id")) == 1
