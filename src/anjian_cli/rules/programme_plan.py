"""What must hold of a plan of stages: nothing of a year is due before the year."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Rows, order


def faults(root: Rows) -> list[Fault]:
    """The last day of a stage does not lie before its year."""
    (plan,) = root["programme_plan"]
    begun = {**plan, "begun_on": f"{plan['year']}-01-01"}
    return order(begun, ("begun_on", "年度"), ("due_on", "计划完成日期"), "E214")
