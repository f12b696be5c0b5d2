"""What must hold of a closed or issued month: neither happens before the month has ended, nor is it withdrawn before
it is issued."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Rows, order


def faults(root: Rows) -> list[Fault]:
    """The figures are of the month's end, locked after it, and issued after that; withdrawn after that."""
    (month,) = root["issued_month"]
    return [
        *order(month, ("as_of", "截至日期"), ("closed_on", "定稿日期")),
        *order(month, ("as_of", "截至日期"), ("issued_on", "印发日期")),
        *order(month, ("issued_on", "印发日期"), ("withdrawn_on", "撤回日期")),
    ]
