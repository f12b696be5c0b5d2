"""The records behind the figures of a whole bulletin at once, as far as there are few enough to be listed."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from anjian_cli.bulletin import items
from anjian_cli.bulletin.definition import Definition
from anjian_cli.bulletin.items import Item
from anjian_cli.bulletin.value import COUNTY, Bulletin

LIMIT, LIMIT_COUNTY = 100, 5_000
"""How many records of a figure are listed, and of how many in the whole county any are."""


def records_behind(
    connection: sqlite3.Connection, definition: Definition, bulletin: Bulletin
) -> dict[str, tuple[Item, ...]]:
    """The records of the towns' flows and stocks by cell code, the oldest first; of a locked month, take the ledger as
    it was then."""
    kept: list[tuple[str, Item]] = []
    for table in (table for category in bulletin.categories for table in category.indicators):
        if table.kind not in ("flow", "stock", "today") or not table.whole.done:
            continue
        indicator = definition.indicator(table.id)
        counted = items.in_figure(connection, definition, indicator, COUNTY, limit=LIMIT_COUNTY + 1)
        if len(counted) > LIMIT_COUNTY:
            continue
        of_town: dict[str, list[Item]] = defaultdict(list)
        for item in counted:
            of_town[definition.roll(item.town)].append(item)
        kept += ((cell.code, item) for cell in table.cells for item in of_town[cell.town][:LIMIT])
    found: dict[str, list[Item]] = defaultdict(list)
    for (code, _), item in zip(kept, items.described(connection, (item for _, item in kept)), strict=True):
        found[code].append(item)
    return {code: tuple(told) for code, told in found.items()}
