"""What tests/test_across_upgrade.py asks of one random ledger, asked of more."""

from __future__ import annotations

import pytest

from test_across_upgrade import (  # noqa: F401 -- the tests are collected here, too, with another `standing`
    TRIED,
    Standing,
    test_as_of_an_operation_before_it_is_the_ledger_of_then_upgraded,
    test_it_is_whole_and_one_operation_longer,
    test_putting_the_upgrade_back_empties_what_it_filled,
    test_the_issued_month_and_what_it_differs_by_are_what_they_were,
    test_undoing_an_operation_from_before_it_is_undoing_it_before_the_upgrade,
    upgraded,
)


@pytest.fixture(scope="module", params=range(1001, 1005))
def standing(request: pytest.FixtureRequest) -> Standing:
    return Standing(request.param, 3 * TRIED)
