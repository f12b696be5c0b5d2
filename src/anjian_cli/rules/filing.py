"""What must hold of a town's report: of a month that has begun, sent back and mended in this order."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Rows, day, in_order, needs


def faults(root: Rows) -> list[Fault]:
    """Order of the days; a category is nil only in a nil report."""
    (filing,) = root["filing"]
    found = in_order(filing, [("filed_on", "报送时间"), ("returned_on", "退回日期"), ("refiled_on", "补正日期")])
    found += needs(filing, ("returned_on", "退回日期"), ("refiled_on", "补正日期"))
    if day(filing, "filed_on")[:7] < day(filing, "month"):
        found.append(Fault("E262", {"month": day(filing, "month")}, day(filing, "filed_on"), "filed_on"))
    if filing["nil_for"] is not None and filing["nil"] != "是":
        found.append(Fault("E263", {}, str(filing["nil"]), "nil"))
    return found
