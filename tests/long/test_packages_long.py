"""Ninety counties that deliver in random order, twice, with corrections and late ones: one result."""

from __future__ import annotations

import random

import pytest

from workflow.test_receiving import delivered_at_random


@pytest.mark.parametrize("seed", [random.randrange(10**6) for _ in range(3)])
def test_ninety_counties_in_any_order(seed: int) -> None:
    delivered_at_random(90, seed)
