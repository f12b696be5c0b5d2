"""What must hold of a campaign: its three phases follow one another."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Rows, in_order


def faults(root: Rows) -> list[Fault]:
    """宣传发动, 集中推进, 总结提高, the end."""
    (campaign,) = root["campaign"]
    phases = [
        ("from_on", "宣传发动起"),
        ("push_on", "集中推进起"),
        ("summary_on", "总结提高起"),
        ("last_on", "结束日期"),
    ]
    return in_order(campaign, phases)
