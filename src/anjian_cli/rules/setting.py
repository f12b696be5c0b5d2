"""What must hold of a setting: nothing beyond what its own columns guard."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Rows


def faults(root: Rows) -> list[Fault]:
    """None: the value was read by its own parser, and the schema guards its days."""
    del root
    return []
