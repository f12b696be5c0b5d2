"""The sums of a ledger of version 4 or before, in which every item named the indicator that counts it: to be checked
before it is upgraded. An upgrade counts them anew, by measure."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from anjian_cli.rules.intervals import OPEN

LAST = 4
"""The last version that has them."""
DAYS, MONTHS = "indicator_day", "indicator_month"


def counted(connection: sqlite3.Connection) -> tuple[dict[tuple[str, str, str], int], dict[tuple[str, str, str], int]]:
    """As `sums.counted`, by day, indicator and town."""
    came: dict[tuple[str, str, str], int] = defaultdict(int)
    went: dict[tuple[str, str, str], int] = defaultdict(int)
    for indicator, town, from_on, until_on, quantity in connection.execute(
        "SELECT indicator, town_code, from_on, until_on, quantity FROM indicator_item"
    ):
        came[from_on, indicator, town] += quantity
        if until_on < OPEN:
            went[until_on, indicator, town] += quantity
    return came, went
