"""Smart-electricity devices: an enterprise is equipped once at a time."""

from __future__ import annotations

import itertools

from anjian_cli.errors import Fault
from anjian_cli.rules.derivation import living, row_id
from anjian_cli.rules.intervals import OPEN, Rows, day, in_order, number


def faults(root: Rows) -> list[Fault]:
    """Order of the days; what stands there already is not installed again."""
    rows = sorted(living(root["device"]), key=lambda r: (day(r, "installed_on"), row_id(r)))
    found = []
    for row in rows:
        one = in_order(row, [("installed_on", "安装日期"), ("removed_on", "停用日期")])
        found += [fault._replace(row_id=row_id(row)) for fault in one]
    for earlier, later in itertools.pairwise(rows):
        if day(later, "installed_on") < (day(earlier, "removed_on") or OPEN):
            words = {"number": number(earlier), "day": day(earlier, "installed_on")}
            found.append(Fault("E448", words, None, "installed_on", row_id=row_id(later)))
    return found
