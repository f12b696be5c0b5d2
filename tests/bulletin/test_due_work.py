"""What is due of the work that an office plans, against a second opinion (`oracle.due_work`): on any day, also a past
one, what is listed is what the facts of that day ask for."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing

import pytest

from oracle import due_work
from oracle.due_steps import DueHistory
from oracle.telling import telling_days
from oracle.work_office import made_up
from support.desk import Desk
from support.sweeps import sweep


@sweep("seed", range(6), keep=2)
def test_what_is_due_of_planned_work_in_random_offices(desk: Desk, seed: int) -> None:
    model, met = made_up(desk.ledger, seed), Counter[str]()
    days = telling_days(model, random.Random(seed), 35)
    assert list(due_work.contradictions(desk.ledger, model, days, met)) == []
    assert met.keys() == {*due_work.KINDS}


@pytest.mark.unmeasured
def test_what_is_due_of_planned_work_in_a_random_history() -> None:
    """With what was refused, put right and taken back along the way."""
    with closing(DueHistory(1)) as history:
        met = Counter[str]()
        history.steps(100)
        assert list(due_work.contradictions(history.ledger, history.model, history.telling_days(40), met)) == []
        assert met
