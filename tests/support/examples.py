"""How property tests draw: in the test command a few examples, always the same; at length many more, by chance.

`checks` holds wherever no other profile is named, so that a landing never hangs on luck. `long` is loaded by
tests/long, or named: `pytest -m hypothesis --hypothesis-profile=long` runs every property test at length.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

LONGER = 10
"""So many times the examples of the test command are drawn at length."""


ordinary_run = True
"""Whether `--thorough` was not given (tests/conftest.py)."""


def register() -> None:
    """Make the profiles known, and load that of the test command."""
    # How slow a busy machine draws says nothing about a test.
    slow = [HealthCheck.too_slow]
    settings.register_profile("checks", derandomize=True, deadline=None, suppress_health_check=slow)
    settings.register_profile(
        "long", derandomize=False, deadline=None, max_examples=100 * LONGER, suppress_health_check=slow, print_blob=True
    )
    settings.load_profile("checks")


def examples(number: int, *suppressed: HealthCheck, ordinary: int | None = None) -> settings:
    """The settings of a test that draws so many examples in the test command, where 100 would take too long; without
    `--thorough` as many as are `ordinary`, where even these do."""
    base = settings()
    if ordinary is not None and ordinary_run and base.derandomize:
        number = ordinary
    number *= 1 if base.derandomize else LONGER
    return settings(max_examples=number, suppress_health_check=[*base.suppress_health_check, *suppressed])
