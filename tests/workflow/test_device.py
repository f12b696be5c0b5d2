"""Smart electricity: equipped from the day of installation, one at a time."""

from __future__ import annotations

import pytest

from anjian_cli.records.values import CLEAR
from support.desk import SHIZHU, Desk, refuses

EQUIPPED = "equipment.智慧用电"


@pytest.fixture
def firm(desk: Desk) -> int:
    return desk.enterprise()


def test_equipped_until_it_is_taken_away(desk: Desk, firm: int) -> None:
    row = desk.of("device", firm, installed_on="2018-05-09", sets=2)
    assert desk.figures(EQUIPPED, "2018-05-08", "2018-05-09", "2019-05-09") == [0, 1, 1]
    desk.edit("device", row, removed_on="2018-09-01")
    assert desk.figures(EQUIPPED, "2018-08-31", "2018-09-01") == [1, 0]
    desk.edit("device", row, removed_on=CLEAR)
    assert desk.figure(EQUIPPED, "2018-09-01") == 1


def test_more_sets_are_no_more_firms(desk: Desk, firm: int) -> None:
    row = desk.of("device", firm, installed_on="2018-05-09", sets=2)
    with refuses("E448") as messages:
        desk.of("device", firm, installed_on="2018-06-09", sets=1)
    assert "（330784109-2018-0001，2018-05-09安装）" in messages[0]
    assert desk.of("device", firm, installed_on="2018-05-09", sets=3) == row
    assert desk.figure(EQUIPPED, "2018-10-31") == 1


def test_replaced_on_the_day_it_is_taken_away(desk: Desk, firm: int) -> None:
    desk.of("device", firm, installed_on="2018-05-09", removed_on="2018-09-01")
    with refuses("E448"):
        desk.of("device", firm, installed_on="2018-08-31")
    desk.of("device", firm, installed_on="2018-09-01")
    assert desk.figures(EQUIPPED, "2018-08-31", "2018-09-01") == [1, 1]


def test_trap_10_it_goes_with_the_enterprise(desk: Desk, firm: int) -> None:
    desk.of("device", firm, installed_on="2018-05-09")
    desk.move(firm, "石柱镇", "2018-07-01")
    assert (desk.figure(EQUIPPED, "2018-06-30"), desk.figure(EQUIPPED, "2018-06-30", SHIZHU)) == (1, 0)
    assert (desk.figure(EQUIPPED, "2018-07-01"), desk.figure(EQUIPPED, "2018-07-01", SHIZHU)) == (0, 1)


def test_voided_it_is_told_near_the_figure(desk: Desk, firm: int) -> None:
    desk.void("device", desk.of("device", firm, installed_on="2018-05-09"), "没有装")
    assert desk.figure(EQUIPPED, "2018-10-31") == 0
    assert desk.near(EQUIPPED) == ["已作废：没有装"]
