"""Occupational health tests: each enterprise counts once a year, from the day of the report."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from anjian_cli.errors import Fault
from anjian_cli.rules.derivation import Derived, Value, living, row_id
from anjian_cli.rules.intervals import Row, Rows, day, in_order, new_year_after


def derived(root: Rows) -> Derived:
    """What counts as tested, over the limit and remedied, and until when."""
    rows = root["health_test"]
    nothing: dict[str, Value] = dict.fromkeys(("tested_until", "over_until", "remedied_from", "remedied_until"))
    found = {row_id(row): dict(nothing) for row in rows}
    ordered = sorted(living(rows), key=lambda r: (day(r, "reported_on"), row_id(r)))
    for year, of_year in itertools.groupby(ordered, key=lambda r: day(r, "reported_on")[:4]):
        tests = list(of_year)
        ends = new_year_after(f"{year}-01-01")
        found[row_id(tests[0])]["tested_until"] = ends
        _over(ends, [test for test in tests if test["points_over"]], found)
    return Derived({("health_test", key): values for key, values in found.items()})


def _over(ends: str, over: Sequence[Row], found: dict[int, dict[str, Value]]) -> None:
    """Over the limit from the first such report; remedied while all reports so far are."""
    if over:
        found[row_id(over[0])]["over_until"] = ends
    done = ""
    for place, test in enumerate(over):
        remedied = day(test, "remedied_on")
        if not remedied:
            return
        done = max(done, remedied, day(test, "reported_on"))
        until = day(over[place + 1], "reported_on") if place + 1 < len(over) else ends
        if done < until:
            found[row_id(test)] |= {"remedied_from": done, "remedied_until": until}


def faults(root: Rows) -> list[Fault]:
    """Order of the days; no more points over the limit than measured; nothing remedied where nothing was over."""
    found = []
    for test in living(root["health_test"]):
        one = in_order(test, [("sampled_on", "采样日期"), ("reported_on", "报告日期")])
        one += in_order(
            test, [("sampled_on", "采样日期"), ("remedied_on", "整改完成日期"), ("retested_on", "复测日期")]
        )
        points, over = (int(str(test[name])) for name in ("points", "points_over"))
        if over > points:
            words = {"part": f"超标点{over}个", "whole": f"检测点{points}个"}
            one.append(Fault("E259", words, str(over), "points_over"))
        if test["remedied_on"] is not None and not over:
            one.append(Fault("E260", {}, day(test, "remedied_on"), "remedied_on"))
        found += [fault._replace(row_id=row_id(test)) for fault in one]
    return found
