"""Visits under trusteeship: each within a contract of its kind that was in force on the day."""

from __future__ import annotations

from anjian_cli.errors import Fault
from anjian_cli.rules.derivation import living, row_id
from anjian_cli.rules.intervals import Rows, day, number


def faults(root: Rows) -> list[Fault]:
    """A contract in force; no more hazards closed than found."""
    contracts = living(root.get("trusteeship", ()))
    found = []
    for visit in living(root["visit"]):
        on, kind = day(visit, "visited_on"), visit["kind"]
        if not any(c["kind"] == kind and day(c, "from_on") <= on < day(c, "until_on") for c in contracts):
            found.append(
                Fault(
                    "E425", {"number": number(visit), "day": on, "kind": kind}, None, "visited_on", row_id=row_id(visit)
                )
            )
        closed, seen = visit["hazards_closed"], visit["hazards_found"]
        if isinstance(closed, int) and closed > (seen if isinstance(seen, int) else 0):
            words = {"part": f"已整改{closed}条", "whole": f"发现{seen or 0}条"}
            found.append(Fault("E259", words, str(closed), "hazards_closed", row_id=row_id(visit)))
    return found
