"""What must hold of a department: it ends after it began, and what went into another one has ended."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Rows, day, needs


def faults(root: Rows) -> list[Fault]:
    """One that leaves (停用) may go into no other: what was counted for it counts for none from then on."""
    (department,) = root["department"]
    found = needs(department, ("until_on", "停用日期"), ("merged_into", "并入"))
    begun, ended = day(department, "from_on"), day(department, "until_on")
    if begun and ended and ended <= begun:
        found.append(Fault("E214", {"other_title": "启用日期", "other": begun}, ended, "until_on"))
    if department["merged_into"] is not None and department["merged_into"] == department["number"]:
        found.append(Fault("E790", {}, None, "merged_into"))
    return found
