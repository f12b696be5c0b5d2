"""What must hold of an enterprise: how it is identified, where it is on every day, and its trusteeship contracts."""

from __future__ import annotations

import itertools
from collections import defaultdict

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import Row, Rows, day, gapless, next_day, number, order, overlaps


def faults(root: Rows) -> list[Fault]:
    """Identity, town by date, operating state by date, contracts."""
    (enterprise,) = root["enterprise"]
    contracts = [c for c in root.get("trusteeship", ()) if c["voided_on"] is None]
    found = []
    if not (enterprise["credit_code"] or enterprise["registration_number"] or enterprise["no_code_reason"]):
        found.append(Fault("E228", {}, None, "credit_code"))
    found += gapless(root.get("residence", ()), "企业属地")
    if "operating_state" in root:
        found += overlaps(root["operating_state"], "经营状态")
    if enterprise["voided_on"] is not None and contracts:
        found.append(Fault("E422", {"number": number(enterprise), "found": f"托管合同{number(contracts[0])}"}))
    for contract in contracts:
        found += [fault._replace(row_id=_id(contract)) for fault in _dates(contract)]
    return found + _overlapping(contracts)


def _dates(contract: Row) -> list[Fault]:
    found = order(contract, ("from_on", "起始日期"), ("last_on", "终止日期"), "E214")
    ended = day(contract, "ended_on")
    if ended and not day(contract, "from_on") <= ended <= day(contract, "last_on"):
        words = {"day": ended, "from_on": contract["from_on"], "until_on": contract["last_on"]}
        found.append(Fault("E413", words, None, "ended_on"))
    return found


def _overlapping(contracts: list[Row]) -> list[Fault]:
    """Two contracts of one kind in force on one day would count one enterprise twice."""
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for contract in contracts:
        if day(contract, "from_on") < day(contract, "until_on"):
            by_kind[str(contract["kind"])].append(contract)
    found = []
    for kind, rows in by_kind.items():
        rows.sort(key=lambda r: (day(r, "from_on"), _id(r)))
        for earlier, later in itertools.pairwise(rows):
            if day(later, "from_on") < day(earlier, "until_on"):
                # The contract that was there first is named; the one entered last is the one in question.
                standing, entered = sorted((earlier, later), key=_id)
                words = {
                    "kind": kind,
                    "number": number(standing),
                    "from_on": standing["from_on"],
                    "until_on": next_day(day(standing, "until_on"), -1),
                    "agency": standing["agency"],
                    "next_on": standing["until_on"],
                }
                found.append(Fault("E411", words, None, "from_on", row_id=_id(entered)))
    return found


def _id(row: Row) -> int:
    return int(str(row["id"]))
