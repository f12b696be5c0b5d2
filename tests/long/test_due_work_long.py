"""What is due of the work that an office plans, at length: many more histories than the test command runs."""

from __future__ import annotations

from collections import Counter
from contextlib import closing

import pytest

from oracle.due_steps import DueHistory
from oracle.due_work import contradictions


@pytest.mark.parametrize("seed", range(1000, 1100))
def test_history(seed: int) -> None:
    with closing(DueHistory(seed)) as history:
        met = Counter[str]()
        for _ in range(12):
            history.steps(20)
            assert list(contradictions(history.ledger, history.model, history.telling_days(12), met)) == []
        assert met.total() > 100, met
