"""The sums of a ledger of version 4 or before, in which every item named the indicator that counts it: to be checked
before it is upgraded. An upgrade counts them anew, by measure."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from anjian_cli.ledger.sums import Apart
from anjian_cli.rules.intervals import OPEN

LAST = 4
"""The last version that has them."""
DAYS, MONTHS = "indicator_day", "indicator_month"


def counted_apart(connection: sqlite3.Connection) -> Apart:
    """As `sums.counted_apart`, by indicator and town."""
    found: Apart = {}
    for indicator, town, from_on, until_on, quantity in connection.execute(
        "SELECT indicator, town_code, from_on, until_on, quantity FROM indicator_item"
    ):
        came, went = found.setdefault((indicator, town), (defaultdict(int), defaultdict(int)))
        came[from_on] += quantity
        if until_on < OPEN:
            went[until_on] += quantity
    return found
