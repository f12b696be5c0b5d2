"""What must hold of a diagnosis: its plan comes after it."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.derivation import living, row_id
from anjian_cli.rules.intervals import Rows, in_order


def faults(root: Rows) -> list[Fault]:
    """诊断 before 方案."""
    steps = (("diagnosed_on", "诊断日期"), ("planned_on", "方案日期"))
    return [fault._replace(row_id=row_id(row)) for row in living(root["diagnosis"]) for fault in in_order(row, steps)]
