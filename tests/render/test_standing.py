"""How a town stands beside the others, in words."""

from __future__ import annotations

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.render.standing import standing
from support.desk import ZHIYING, Desk


def test_a_town_that_has_no_place_is_not_said_to_have_one(desk: Desk) -> None:
    desk.target(10)
    found = compile_bulletin(desk.ledger, ended(2018, 10))
    assert standing(found, ZHIYING).startswith("芝英镇：综合得分0.00分，不排名次，")
