"""Every number and every list of towns that any output prints is the same, of many random ledgers."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin.compile import compile_bulletin
from support import random_ledgers
from support.printed.outputs import differences

LEDGERS = 200


@pytest.mark.parametrize("seed", range(1000, 1000 + LEDGERS))
def test_every_number_and_every_list_is_the_same(seed: int) -> None:
    made = random_ledgers.ledger(seed)
    for period in random_ledgers.periods(made):
        wrong, _ = differences(made.ledger, compile_bulletin(made.ledger, period), made.today)
        assert wrong == [], (seed, period)
    made.close()
