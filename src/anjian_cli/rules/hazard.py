"""What must hold of a hazard: found, rectified, accepted in this order; a major one with its five assurances.

Sources: 安全生产事故隐患排查治理暂行规定（总局令第16号）第三条（级别）、第十五条（五落实）、第十八条（挂牌督办的核销）.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from anjian_cli.errors import Fault
from anjian_cli.rules.intervals import OPEN, Row, Rows, day, next_day, number, order, overlaps

ASSURANCES = (
    ("responsible", "责任人"),
    ("measures", "措施"),
    ("funds", "资金"),
    ("contingency_plan", "预案"),
)


def late_from(deadline_on: str, from_on: str = "") -> str:
    """The first day on which a hazard is overdue (逾期) by a deadline in force from `from_on` on ('' = by the deadline
    itself): the day after the deadline, and not before it is in force. Stored with every deadline."""
    return max(next_day(deadline_on), from_on)


def faults(root: Rows) -> list[Fault]:
    """Order of dates, five assurances, deadlines in force, rounds of rectification, listing."""
    (hazard,) = root["hazard"]
    deadlines = sorted(root.get("hazard_deadline", ()), key=lambda r: int(str(r["id"])))
    rounds = sorted(root.get("rectification", ()), key=lambda r: int(str(r["id"])))
    listings = root.get("supervision", ())
    return [
        *order(hazard, ("found_on", "发现日期"), ("deadline_on", "整改期限"), "E214"),
        *order(hazard, ("found_on", "发现日期"), ("reported_on", "上报日期"), "E214"),
        *_assurances(hazard),
        *_deadlines(hazard, deadlines),
        *(fault for row in rounds for fault in _round(hazard, row)),
        *(fault for earlier, later in itertools.pairwise(rounds) for fault in _next_round(earlier, later)),
        *_accepted_by_the_listing_level(hazard, listings, rounds),
        *_listings(hazard, listings),
    ]


JUDGED = ("level", "found_on", "deadline_on", "reported_on", "rectified_on", "accepted_on")
"""What `doubtful` looks at."""


def doubtful(
    level: Sequence[str],
    found_on: Sequence[str],
    deadline_on: Sequence[str],
    reported_on: Sequence[str | None],
    rectified_on: Sequence[str | None],
    accepted_on: Sequence[str | None],
) -> set[int]:
    """Of new hazards given by column, never listed or extended, at most rectified and accepted as qualified once: the
    places of those with which `faults` may find fault. With the others it finds none."""
    rows = zip(level, found_on, deadline_on, reported_on, rectified_on, accepted_on, strict=True)
    return {
        at
        for at, (grade, found, deadline, reported, rectified, accepted) in enumerate(rows)
        if grade != "一般"  # a major one needs its five assurances
        or deadline < found
        or (reported and reported < found)
        or (rectified and rectified < found)
        or (accepted and not (rectified and rectified <= accepted))
    }


def _assurances(hazard: Row) -> list[Fault]:
    """A major hazard names measures, responsible person, funds, deadline and contingency plan (五落实)."""
    if hazard["level"] != "重大":
        return []
    missing = [(column, title) for column, title in ASSURANCES if hazard[column] is None]
    if not missing:
        return []
    return [Fault("E251", {"missing": "、".join(f"“{title}”" for _, title in missing)}, None, missing[0][0])]


def _deadlines(hazard: Row, rows: list[Row]) -> list[Fault]:
    """Deadlines follow one another; the first is the original one from the day the hazard was found."""
    if not rows:
        return [Fault("E417", {"what": "整改期限", "day": day(hazard, "found_on")})]
    found = overlaps(rows, "整改期限")
    if day(rows[0], "from_on") != day(hazard, "found_on"):
        words = {"title": "整改期限起始", "day": day(rows[0], "from_on")}
        found.append(Fault("E410", {**words, "other_title": "发现日期", "other": day(hazard, "found_on")}))
    return found


def _round(hazard: Row, row: Row) -> list[Fault]:
    with_found = {**row, "found_on": hazard["found_on"]}
    found = order(with_found, ("found_on", "发现日期"), ("rectified_on", "整改完成日期"), "E214")
    found += order(row, ("rectified_on", "整改完成日期"), ("accepted_on", "验收日期"), "E214")
    found += order(row, ("accepted_on", "验收日期"), ("until_on", "退回日期"))
    if row["conclusion"] == "不合格" and not row["failure_reason"]:
        found.append(Fault("E420", {}, None, "failure_reason"))
    return found


def _next_round(earlier: Row, later: Row) -> list[Fault]:
    """What failed or was sent back is rectified again afterwards, not before."""
    sent_back = day(earlier, "until_on") != OPEN
    end, title = ("until_on", "退回日期") if sent_back else ("accepted_on", "上次验收日期")
    return order({**later, "ended": earlier[end]}, ("ended", title), ("rectified_on", "整改完成日期"))


def _accepted_by_the_listing_level(hazard: Row, listings: Sequence[Row], rounds: Sequence[Row]) -> list[Fault]:
    """Only the level that listed a hazard accepts it while it is listed (第十八条)."""
    found = []
    for row in rounds:
        accepted = day(row, "accepted_on")
        for listing in listings:
            if not accepted or row["conclusion"] != "合格":
                continue
            begun, ended = day(listing, "from_on"), day(listing, "until_on")
            # Listed on the day it was accepted, and listed beyond it: listed anew after it was sent back that day.
            listed = begun < accepted <= ended or begun == accepted == ended
            if listed and row["accepted_level"] != listing["level"]:
                document = f"（{listing['document']}）" if listing["document"] else ""
                words = {
                    "number": number(hazard),
                    "given": row["accepted_level"] or "未注明级别的单位",
                    "level": listing["level"],
                    "document": document,
                }
                found.append(Fault("E402", words, None, "accepted_on"))
    return found


def _listings(hazard: Row, listings: Sequence[Row]) -> list[Fault]:
    found = overlaps(listings, "挂牌督办")
    if listings and hazard["level"] != "重大":
        found.append(Fault("E407", {"number": number(hazard)}, None, "supervision_level"))
    for row in listings:
        if day(row, "from_on") < day(hazard, "found_on"):
            words = {"title": "挂牌日期", "day": day(row, "from_on")}
            words |= {"other_title": "发现日期", "other": day(hazard, "found_on")}
            found.append(Fault("E410", words, None, "supervised_on"))
    return found
