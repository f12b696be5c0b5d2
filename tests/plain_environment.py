"""The environment of a subprocess that must not be measured: coverage would bring modules of its own."""

from __future__ import annotations

import os


def plain_environment(**more: str) -> dict[str, str]:
    """This process's environment without coverage's, and with `more`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE"))}
    return kept | more
