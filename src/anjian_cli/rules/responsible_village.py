"""What must hold of a responsible village: its steps in order, within its year, each enterprise guided once."""

from __future__ import annotations

import itertools

from anjian_cli.errors import Fault
from anjian_cli.rules.derivation import living, row_id
from anjian_cli.rules.intervals import Row, Rows, day, in_order, needs, number


def faults(root: Rows) -> list[Fault]:
    """The village by itself, and the enterprises guided in it."""
    (village,) = root["responsible_village"]
    guided = living(root.get("guidance", ()))
    found = [*_village(village)]
    if village["voided_on"] is not None and guided:
        found.append(Fault("E422", {"number": number(village), "found": number(guided[0])}))
    year = str(village["year"])
    for row in guided:
        if day(row, "guided_on")[:4] != year:
            words = {"year": year, "title": "指导日期"}
            found.append(Fault("E261", words, day(row, "guided_on"), "guided_on", row_id=row_id(row)))
    for one, other in itertools.combinations(guided, 2):
        if one["enterprise_id"] == other["enterprise_id"]:
            words = {"number": number(one), "day": day(one, "guided_on")}
            found.append(Fault("E439", words, None, "enterprise", row_id=row_id(other)))
    return found


def _village(village: Row) -> list[Fault]:
    found = in_order(village, [("enrolled_on", "列入日期"), ("accepted_on", "验收日期"), ("paid_on", "拨付日期")])
    found += needs(village, ("conclusion", "验收结论"), ("accepted_on", "验收日期"))
    found += needs(village, ("accepted_on", "验收日期"), ("conclusion", "验收结论"))
    found += needs(village, ("reward", "奖励金额"), ("paid_on", "拨付日期"))
    # What is promised may be written down before; paid is what passed the year's acceptance.
    if village["paid_on"] is not None and village["conclusion"] != "合格":
        found.append(Fault("E436", {}, day(village, "paid_on"), "paid_on"))
    if day(village, "enrolled_on")[:4] != str(village["year"]):
        words = {"year": village["year"], "title": "列入日期"}
        found.append(Fault("E261", words, day(village, "enrolled_on"), "enrolled_on"))
    return found
