"""What must hold of a grid: it ends after it began."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Rows, in_order


def faults(root: Rows) -> list[Fault]:
    """启用 before 停用."""
    (grid,) = root["grid"]
    return in_order(grid, [("from_on", "启用日期"), ("until_on", "停用日期")])
