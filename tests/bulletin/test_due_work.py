"""What is due of the work that an office plans, against a second opinion on random histories: on any day, also a past
one, what is listed is what the facts of that day ask for."""

from __future__ import annotations

from collections import Counter
from contextlib import closing

import pytest

from oracle.due_steps import DueHistory
from oracle.due_work import contradictions


@pytest.mark.unmeasured
@pytest.mark.parametrize("seed", range(2))
def test_what_is_due_of_planned_work_in_random_histories(seed: int) -> None:
    with closing(DueHistory(seed)) as history:
        met = Counter[str]()
        history.steps(120)
        assert list(contradictions(history.ledger, history.model, history.telling_days(100), met)) == []
        assert met.total() > 100, met
