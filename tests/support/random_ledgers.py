"""Random ledgers with enough towns and tasks that their bulletins rank: a history of random operations, and what an
office would have set before it."""

from __future__ import annotations

import random

from anjian_cli.bulletin.period import Period, ended, period
from anjian_cli.ledger import write
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition
from anjian_cli.workflow import register
from oracle.histories import BEGINS, History
from oracle.model import Town, of

TOWNS = 9
TASKED = (
    "training.网格员", "training.负责人", "training.管理人员", "standard.reached.三级新创", "standard.reached.二级",
    "village.accepted", "trusteeship.喷涂", "trusteeship.小微", "equipment.智慧用电", "case.filed",
    "accident.deaths",
)  # fmt: skip
TRAINED = ("网格员", "主要负责人", "安全管理人员")


def ledger(seed: int, steps: int = 60) -> History:
    """A history of so many random operations; then towns up to `TOWNS`, tasks and courses in most of them."""
    made = History(seed, BEGINS)
    for _ in range(steps):
        made.step()
    chance = random.Random(seed)
    with write.gate(made.ledger, "office", at="2019-01-01T00:00:00Z", actor="测试", today=made.today) as gate:

        def take(record: str, **told: object) -> None:
            register.take(gate, definition.record(record), told, Finder(gate.connection))

        for at in range(len(of(made.model, Town)), TOWNS):
            take("town", code=f"3307849{at:02d}", name=f"丙{at}镇")
        towns = [town for (town,) in gate.connection.execute("SELECT code FROM town WHERE voided_on IS NULL")]
        fresh = [town for town in towns if town.startswith("3307849")]  # of the others some totals may be known
        there = gate.connection.execute("SELECT indicator, town_code FROM target").fetchall()
        tasked = {(row[0], row[1]) for row in there}
        for indicator in chance.sample(TASKED, 7):
            for town in towns:
                if chance.random() < 0.8 and (indicator, town) not in tasked:
                    take("target", year=2018, indicator=indicator, town=town, document="x", from_on="2018-01-01",
                         quantity=chance.choice((0, 1, 2, 5, 5, 20)))  # fmt: skip
        for at in range(40):
            passed = chance.randint(0, 5)
            day = f"2018-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
            take("training", town=chance.choice(fresh), kind=chance.choice(TRAINED), title=f"课{at}",
                 held_on=min(day, made.today), attended=passed + 1, passed=passed)  # fmt: skip
    return made


def periods(made: History) -> list[Period]:
    """The month under way, the one before it, and January."""
    year, month = int(made.today[:4]), int(made.today[5:7])
    running = period(year, month, made.today)
    return [running, running.previous(), ended(2019, 1)]
