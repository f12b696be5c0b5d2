"""The way out and back of many random ledgers: each comes back as it was, says what it said, and undoes the same."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.bulletin.period import ended
from anjian_cli.ledger import check
from oracle.histories import BEGINS, History
from support import out_and_back
from test_issued_month import OCTOBER, go_on, lock

LEDGERS = 100


@pytest.mark.parametrize("seed", range(2000, 2000 + LEDGERS))
def test_a_random_ledger_comes_back_as_it_was(seed: int, tmp_path: Path) -> None:
    made = History(seed, BEGINS)
    while made.today < "2018-11-02":
        made.step()
    lock(made)
    go_on(made, 60)
    out_and_back.strange_rows(made.ledger, made.today)
    with closing(out_and_back.round_trip(made.ledger, tmp_path)) as again:
        assert out_and_back.differences(made.ledger, again, tmp_path) == []
        assert check.check(again) == []
        months = out_and_back.every_month(ended(2017, 12), made.today)
        assert out_and_back.bulletins(again, months) == out_and_back.bulletins(made.ledger, months)
        chance = random.Random(seed)
        cells = chance.sample(out_and_back.cells(again, OCTOBER), 60)
        assert out_and_back.explained(again, cells) == out_and_back.explained(made.ledger, cells)
        operations = [row[0] for row in made.ledger.execute("SELECT id FROM operation ORDER BY id")]
        for operation in chance.sample(operations, 12):
            wanted = out_and_back.undone(made.ledger, operation, made.today)
            assert out_and_back.undone(again, operation, made.today) == wanted, operation
    made.close()


@pytest.mark.parametrize("seed", range(2000, 2000 + LEDGERS))
def test_whatever_byte_is_another_it_does_not_come_back(seed: int, tmp_path: Path) -> None:
    made = History(seed, BEGINS)
    for _ in range(40):
        made.step()
    chance = random.Random(seed)
    for turn in range(20):
        out_and_back.flip_a_byte(made.ledger, tmp_path / str(turn), chance)
    made.close()
