"""What is due of the work that an office plans, and what it has inspected, at length: many more histories and offices
than the test command runs."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing

import pytest

from oracle import covering_compare, work_office
from oracle.covering_compare import some_days
from oracle.covering_office import made_up
from oracle.due_steps import DueHistory
from oracle.due_work import contradictions
from oracle.figures import new_ledger
from oracle.telling import telling_days


@pytest.mark.parametrize("seed", range(1000, 1100))
def test_history(seed: int) -> None:
    with closing(DueHistory(seed)) as history:
        met = Counter[str]()
        for _ in range(5):
            history.steps(50)
            assert list(contradictions(history.ledger, history.model, history.telling_days(50), met)) == []
        assert met.total() > 100, met


@pytest.mark.parametrize("seed", range(2000, 2200))
def test_office(seed: int) -> None:
    """Coverage, and what is due, in many more offices."""
    with closing(new_ledger()) as ledger:
        office = made_up(ledger, seed)
        assert list(covering_compare.contradictions(ledger, office, some_days(office, seed, 12))) == []
    with closing(new_ledger()) as ledger:
        model = work_office.made_up(ledger, seed, 20)
        days = telling_days(model, random.Random(seed), 100)
        assert list(contradictions(ledger, model, days, Counter())) == []
