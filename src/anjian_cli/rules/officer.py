"""What must hold of a grid officer: leaves after having come."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Rows, in_order


def faults(root: Rows) -> list[Fault]:
    """到岗 before 离岗."""
    (officer,) = root["officer"]
    return in_order(officer, [("from_on", "到岗日期"), ("until_on", "离岗日期")])
