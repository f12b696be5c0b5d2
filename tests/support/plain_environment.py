"""What must not be measured: coverage would bring modules of its own into a process, and double a long run's time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def plain_environment(**more: str) -> dict[str, str]:
    """This process's environment without coverage's, and with `more`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE"))}
    return kept | more


@contextmanager
def unmeasured() -> Iterator[None]:
    """Run what is inside without measuring what it covers: long runs of what shorter tests cover as well."""
    tracer = sys.gettrace()
    if type(tracer).__module__.partition(".")[0] != "coverage":  # none, or somebody looks for a fault
        yield
        return
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)
