"""Trusteeship contracts: when they are in force, until when their renewal is asked for, what visits they owe, and that
no two of a kind overlap.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from anjian_cli.errors import Fault
from anjian_cli.rules.departure import Excuse, gone
from anjian_cli.rules.derivation import Derived, Value, living, row_id
from anjian_cli.rules.intervals import Row, Rows, day, next_day, number, order, years_after

YEAR = 365
"""Days for which the visits of a year are agreed."""
LONGEST = 10
"""Years that no contract lasts; one of so many or more is a slip of the pen."""
LAPSES = 1
"""Years after which nobody asks any more for the renewal of a contract that ran out."""


def derived(root: Rows) -> Derived:
    """The first day each contract is not in force any more, the first day on which its renewal is not asked for any
    more (None of a voided one), and the days on which it owes visits."""
    contracts = living(root["trusteeship"])
    columns: dict[tuple[str, int], dict[str, Value]] = {
        ("trusteeship", row_id(row)): {"until_on": _until(row), "renewal_settled_on": None}
        for row in root["trusteeship"]
    }
    states = root.get("operating_state", ())
    for contract in contracts:
        columns["trusteeship", row_id(contract)]["renewal_settled_on"] = _renewal_settled(contract, contracts, states)
    away = gone(root)
    due = [visit for contract in contracts for visit in _due(contract) if not _excused(str(visit["due_on"]), away)]
    return Derived(columns, {"due_visit": due})


def faults(root: Rows) -> list[Fault]:
    """Order and length of the days, an early end within them, one contract of a kind at a time."""
    contracts = living(root["trusteeship"])
    found = []
    for contract in contracts:
        found += [fault._replace(row_id=row_id(contract)) for fault in _days(contract)]
    return found + _overlapping(contracts)


def _until(contract: Row) -> str:
    return day(contract, "ended_on") or next_day(day(contract, "last_on"))


def _renewal_settled(contract: Row, contracts: Sequence[Row], states: Sequence[Row]) -> str:
    """The earliest of these days:

    - it was ended early (提前终止): that day, for it has not run out;
    - another of its kind, with whatever agency, reaches beyond it: its own first day where that one begins by the first
      day it is not in force itself, for there never was anything to ask; else the day that one begins, until which the
      firm stands without a contract;
    - the firm closed (关闭): the first day of a closure that still holds on the first day it is not in force, or begins
      later. 停产 is no end, and 搬迁 tells of a move, perhaps within the county: both are still asked;
    - it lapsed: a year after the first day it is not in force.
    """
    until = _until(contract)
    days = [years_after(until, LAPSES)]
    if contract["ended_on"] is not None:
        days.append(day(contract, "ended_on"))
    for other in contracts:
        begin, end = day(other, "from_on"), _until(other)
        if other["kind"] == contract["kind"] and until < end and begin < end:  # one never in force follows nothing
            days.append(day(contract, "from_on") if begin <= until else begin)
    days += [day(row, "from_on") for row in states if row["state"] == "关闭" and until < day(row, "until_on")]
    return min(days)


def _due(contract: Row) -> Iterator[dict[str, Value]]:
    """The visits agreed for a year, spread evenly over it: of four the last is due on the year's last day. A term that
    is no whole year owes its share, to the nearest whole visit (half a year of four: two); the last of them is due on
    its last day at the latest. Ended early, it owes those that were due before."""
    a_year = int(str(contract["visits_per_year"]))
    begin, last = day(contract, "from_on"), day(contract, "last_on")
    last = min(last, next_day(years_after(begin, LONGEST), -1))
    days = (date.fromisoformat(last) - date.fromisoformat(begin)).days + 1
    due: Counter[str] = Counter()
    for turn in range(1, (2 * days * a_year + YEAR) // (2 * YEAR) + 1):
        due[next_day(begin, min(-(-turn * YEAR // a_year), days) - 1)] += 1
    for on, visits in due.items():
        if on < _until(contract):
            yield {
                "enterprise_id": int(str(contract["enterprise_id"])),
                "trusteeship_id": row_id(contract),
                "due_on": on,
                "visits": visits,
            }


def _days(contract: Row) -> list[Fault]:
    found = order(contract, ("from_on", "起始日期"), ("last_on", "终止日期"), "E214")
    first, last, ended = (day(contract, name) for name in ("from_on", "last_on", "ended_on"))
    if ended and not first <= ended <= last:
        found.append(Fault("E413", {"day": ended, "from_on": first, "until_on": last}, None, "ended_on"))
    if next_day(last) >= years_after(first, LONGEST):
        found.append(Fault("E438", {"years": LONGEST}, last, "last_on"))
    return found


def _excused(on: str, away: Sequence[Excuse]) -> bool:
    """Whether an enterprise is gone on the day a visit would be due: nobody is there to be visited."""
    return any(one.from_on <= on < one.until_on for one in away)


def _overlapping(contracts: Sequence[Row]) -> list[Fault]:
    """Two contracts of one kind in force on one day would count one enterprise twice."""
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for contract in contracts:
        if day(contract, "from_on") < day(contract, "until_on"):
            by_kind[str(contract["kind"])].append(contract)
    found = []
    for kind, rows in by_kind.items():
        rows.sort(key=lambda r: (day(r, "from_on"), row_id(r)))
        for earlier, later in itertools.pairwise(rows):
            if day(later, "from_on") < day(earlier, "until_on"):
                # The contract that was there first is named; the one entered last is the one in question.
                standing, entered = sorted((earlier, later), key=row_id)
                words = {
                    "kind": kind,
                    "number": number(standing),
                    "from_on": standing["from_on"],
                    "until_on": next_day(day(standing, "until_on"), -1),
                    "agency": standing["agency"],
                    "next_on": standing["until_on"],
                }
                found.append(Fault("E411", words, None, "from_on", row_id=row_id(entered)))
    return found
