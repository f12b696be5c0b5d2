"""What must hold of the phases of a campaign: within it, and no two from one day."""

from __future__ import annotations

import itertools

from anjian_cli.errors import Fault
from anjian_cli.rules.derivation import living, row_id
from anjian_cli.rules.intervals import Rows, day, in_order, order


def faults(root: Rows) -> list[Fault]:
    """Each begins within the campaign; the next one ends it."""
    (campaign,) = root["campaign"]
    rows = sorted(living(root["campaign_phase"]), key=lambda row: (day(row, "from_on"), row_id(row)))
    found: list[Fault] = []
    for row in rows:
        told = {"from_on": row["from_on"], "begun_on": campaign["from_on"], "ended_on": campaign["last_on"]}
        early = in_order(told, [("begun_on", "行动的起始日期"), ("from_on", "阶段起")])
        late = order(told, ("from_on", "阶段起"), ("ended_on", "行动的结束日期"))
        found += [fault._replace(row_id=row_id(row), field="from_on") for fault in (*early, *late)]
    for earlier, later in itertools.pairwise(rows):
        if day(earlier, "from_on") == day(later, "from_on"):
            said = {"what": "行动阶段", "day": day(later, "from_on")}
            found.append(Fault("E417", said, None, "from_on", row_id=row_id(later)))
    return found
