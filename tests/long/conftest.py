"""At length property tests draw by chance, and many times more: see tests/support/examples.py."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.load_profile("long")


def pytest_configure(config: pytest.Config) -> None:
    """A test that is taken over from the ordinary run is taken with all its cases."""
    config.option.thorough = True
