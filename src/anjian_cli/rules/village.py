"""What must hold of a village: one that ends says which it went into."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import OPEN, Rows, day


def faults(root: Rows) -> list[Fault]:
    """A village that ends names the village it went into."""
    (village,) = root["village"]
    if day(village, "until_on") != OPEN and (not village["merged_into"] or village["merged_into"] == village["code"]):
        return [Fault("E253", {}, day(village, "until_on"), "until_on")]
    return []
