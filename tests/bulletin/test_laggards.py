"""Who lags under an office's own scheme: never more than half of those that are ranked, said where it takes effect."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.ledger import schemes
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import scheme
from support import points_ledger
from support.desk import Desk
from support.points_ledger import QIANCANG, SHIZHU

TOWNS = ("江南街道", "芝英镇", "石柱镇", "前仓镇")
HALF = "不超过有名次的一半"


def rule(desk: Desk) -> str:
    return next(line for line in compile_bulletin(desk.ledger, ended(2018, 10)).rule if line.startswith("落后名单"))


def test_of_four_two_lag_under_a_scheme_of_points() -> None:
    desk = points_ledger.made()
    bulletin = compile_bulletin(desk.ledger, ended(2018, 10))
    assert len([row for row in bulletin.scores if row.rank is not None]) == 4
    assert bulletin.laggards == (QIANCANG, SHIZHU)
    assert HALF in rule(desk)
    desk.take("setting", name="lag.last", value="1", from_on="2018-01-01")
    assert compile_bulletin(desk.ledger, ended(2018, 10)).laggards == (SHIZHU,)
    assert HALF not in rule(desk)
    desk.ledger.close()


@pytest.mark.parametrize("own", [True, False])
def test_of_the_scheme_that_every_ledger_has_as_many_as_ever(desk: Desk, own: bool) -> None:
    for code, name in (("330784002", "江南街道"), ("330784111", "前仓镇")):
        desk.take("town", code=code, name=name)
    if own:
        shipped = scheme.draft_of(desk.ledger, schemes.all_of(desk.ledger)[0])
        with desk.gate(command="scheme adopt") as gate:
            scheme.adopt(gate, replace(shipped, name="示例2018"), "2017-01-01")
    for at, town in enumerate(TOWNS):
        desk.target(100, town=town, indicator="负责人")
        desk.training(town=town, held_on="2018-05-05", kind="主要负责人", passed=40 - at, attended=40)
    bulletin = compile_bulletin(desk.ledger, ended(2018, 10))
    wanted = 2 if own else 3
    table = next(t for c in bulletin.categories for t in c.indicators if t.short == "负责人")
    category = next(c for c in bulletin.categories if c.id == "training")
    assert [len(of) for of in (table.laggards, category.laggards, bulletin.laggards)] == [wanted] * 3
    assert (HALF in rule(desk)) == own
