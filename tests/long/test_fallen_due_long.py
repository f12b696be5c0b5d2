"""到期 and its four parts over random ledgers, at length: on every day of two years, and wherever they are said."""

from __future__ import annotations

from datetime import date

import pytest

from oracle.fallen_due import contradictions, telling_days, unequal_days
from oracle.histories import History

LEDGERS, STEPS = 200, 60
FIRST, DAYS = date(2018, 1, 1), 730


@pytest.mark.parametrize("seed", range(2000, 2000 + LEDGERS))
def test_what_fell_due_is_said_alike_and_is_the_sum_of_its_parts(seed: int) -> None:
    made = History(seed)
    made.run(STEPS)
    assert list(unequal_days(made.ledger, FIRST, DAYS)) == []
    for day in ("2018-10-31", "2018-12-31", "2019-01-31", *telling_days(made.ledger)):
        assert list(contradictions(made.ledger, day)) == []
    made.close()
