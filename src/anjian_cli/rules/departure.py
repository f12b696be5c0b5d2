"""When an enterprise is gone from the county: closed (关闭), or moved away (搬迁). What it owes ends that day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from anjian_cli.rules.intervals import Row, Rows, day


class Excuse(NamedTuple):
    """Days, from the first to the first no more, on which something is not owed, and why (Chinese)."""

    from_on: str
    until_on: str
    reason: str


def gone(root: Rows) -> list[Excuse]:
    """The days on which the enterprise is not in the county. 停产 is none: it will be asked again. Nor is 搬迁 where
    the enterprise has since taken up its place in another town of the county: that was a move within it."""
    residences = root.get("residence", ())
    return [
        Excuse(day(row, "from_on"), day(row, "until_on"), f"企业{day(row, 'from_on')}起{row['state']}")
        for row in root.get("operating_state", ())
        if row["state"] == "关闭" or (row["state"] == "搬迁" and not _moved_within(row, residences))
    ]


def _moved_within(state: Row, residences: Sequence[Row]) -> bool:
    return any(
        row["town_code"] is not None and day(state, "from_on") <= day(row, "from_on") < day(state, "until_on")
        for row in residences
    )
