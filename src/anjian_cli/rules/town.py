"""What must hold of a town: one that ends says where its facts go."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import OPEN, Rows, day


def faults(root: Rows) -> list[Fault]:
    """A merged or closed town names its successor, so that the year's figures have a home (trap: mergers)."""
    (town,) = root["town"]
    if day(town, "until_on") != OPEN and (not town["merged_into"] or town["merged_into"] == town["code"]):
        return [Fault("E253", {}, day(town, "until_on"), "until_on")]
    return []
