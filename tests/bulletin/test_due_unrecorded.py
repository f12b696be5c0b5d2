"""What is due and is no row, against second opinions on random offices, on any day: inspections that a campaign's phase
or a firm's grade asks for, grids without anyone or silent, officers without a course, plans to catch up."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import pytest

from anjian_cli.bulletin import due
from anjian_cli.bulletin.period import ended
from anjian_cli.workflow import month
from oracle import catch_up, covering, covering_office, grid_office, grids
from oracle.catch_up import Issued, Plan
from oracle.covering import Asked, Unit
from oracle.covering_compare import some_days
from oracle.figures import difference, new_ledger
from oracle.model import OPEN, after
from support.desk import Desk
from support.sweeps import sweep

OF_INSPECTIONS = ("行动检查未覆盖", "定期检查")
OF_GRIDS = ("网格无人", "网格员培训", "网格本月未报")
OF_CATCHING_UP = ("补差计划",)
TOWNS = {f"33078410{number}": Unit(f"第{number}镇") for number in range(1, 7)}
ISSUED = (("2018-08", "2018-09-10", "2018-09-15"), ("2018-09", "2018-10-09", "2018-10-15"))
TODAY = "2018-11-05"


def listed(ledger: sqlite3.Connection, day: str, kinds: tuple[str, ...]) -> Counter[Asked]:
    found = (one for one in due.due(ledger, day, OPEN) if one.kind in kinds)
    return Counter(Asked(one.kind, one.unit.code, one.subject.split("：")[0], one.due_on) for one in found)


@sweep("seed", range(6), keep=2)
def test_inspections_that_a_campaign_or_a_grade_asks_for(desk: Desk, seed: int) -> None:
    office = covering_office.made_up(desk.ledger, seed)
    for day in some_days(office, seed, 18):
        wanted = Counter([*covering.campaigns_uncovered(office, day), *covering.regular_inspections(office, day)])
        found = listed(desk.ledger, day, OF_INSPECTIONS)
        assert found == wanted, (day, difference(found, wanted))


@sweep("seed", range(6), keep=2)
def test_grids_and_their_officers(desk: Desk, seed: int) -> None:
    office = grid_office.made_up(desk.ledger, seed)
    for day in (*some_days(office, seed, 10), *(f"2018-{at:02}-2{at % 10}" for at in range(4, 10))):
        wanted = Counter(grids.asked(office, day))
        found = listed(desk.ledger, day, OF_GRIDS)
        assert found == wanted, (day, difference(found, wanted))


@pytest.fixture(scope="module")
def issued() -> Iterator[tuple[sqlite3.Connection, list[Issued]]]:
    """A ledger of six towns, of which those with fewest trained lag, and of whom its two letters say so."""
    with closing(new_ledger()) as ledger:
        desk, letters = Desk(ledger), []
        for at, (code, town) in enumerate(TOWNS.items()):
            desk.take("town", code=code, name=town.name)
            desk.target(20, town=town.name)
            for day in ("2018-08-09", "2018-09-09"):
                passed = (at * 7 + int(day[6])) % 9
                desk.training(town=town.name, passed=passed, attended=passed, held_on=day)
        for key, on, due_on in ISSUED:
            desk.step(month.close, ended(2018, int(key[5:])), "0.1.0")
            desk.step(month.issue, key, f"示例办〔2018〕{int(key[5:])}号", on)
            (text,) = ledger.execute("SELECT bulletin FROM issued_month WHERE month = ?", (key,)).fetchone()
            laggards = tuple(json.loads(text)["laggards"])
            assert laggards
            letters.append(Issued(key, on, laggards, due_on))
        yield ledger, letters


@sweep("seed", range(5), keep=2)
def test_plans_to_catch_up(issued: tuple[sqlite3.Connection, list[Issued]], seed: int) -> None:
    chance = random.Random(seed)
    with closing(new_ledger()) as ledger:
        ledger.deserialize(issued[0].serialize())
        ledger.row_factory = sqlite3.Row
        desk, office = Desk(ledger), catch_up.Office({code: Unit(town.name) for code, town in TOWNS.items()}, issued[1])
        lagging = sorted({code for letter in issued[1] for code in letter.laggards})
        for town in chance.sample([*TOWNS], 4) + chance.sample(lagging, min(len(lagging), 2)):
            of, on, _ = chance.choice(ISSUED)
            day = after(on, chance.randint(0, 20))
            if any((one.town, one.month) == (town, of) for one in office.plans):
                continue
            row = desk.take("catch_up", town=town, month=of, filed_on=day, plan="每周两期").row_id
            voided = chance.random() < 0.2
            if voided:
                desk.void("catch_up", row)
            office.plans.append(Plan(town, of, day, voided))
        if chance.random() < 0.6:
            code, into = chance.sample(lagging if len(lagging) > 1 else [*TOWNS], 2)
            day = after("2018-09-20", chance.randint(0, 40))
            desk.take("town", code=code, until_on=day, merged_into=into)
            office.towns[code] = Unit(TOWNS[code].name, day, into)
        met = 0
        for day in (after("2018-09-01", at) for at in range(0, 65, 2)):
            wanted, found = Counter(catch_up.asked(office, day)), listed(ledger, day, OF_CATCHING_UP)
            assert found == wanted, (day, difference(found, wanted))
            met += wanted.total()
        assert met
