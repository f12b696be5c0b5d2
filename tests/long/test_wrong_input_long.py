"""What tests/test_wrong_input.py asks of every option with one wrong word, asked with each of them."""

from __future__ import annotations

import pytest

from test_wrong_input import (  # noqa: F401 -- the test is collected here, too, with other words
    WRONG,
    Chosen,
    ledger,
    made,
    test_every_option,
)


@pytest.fixture
def wrong_words() -> Chosen:
    return lambda _: WRONG
