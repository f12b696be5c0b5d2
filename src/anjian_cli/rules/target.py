"""What must hold of a target: it takes effect within its year or before."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Rows, day


def faults(root: Rows) -> list[Fault]:
    """A target of 2018 that would begin in 2019 could never count."""
    (target,) = root["target"]
    if day(target, "from_on")[:4] > str(target["year"]):
        return [Fault("E255", {"year": target["year"]}, day(target, "from_on"), "from_on")]
    return []
