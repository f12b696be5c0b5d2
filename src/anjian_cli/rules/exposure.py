"""Occupational hazards: when an exposed enterprise has to be tested, by the rule of those days.

Sources: 工作场所职业卫生监督管理规定（安监总局令第47号）第二十条, in force until 31 January 2021: every year.
工作场所职业卫生管理规定（卫生健康委令第5号）第二十条, from 1 February 2021: a serious one every year, any other every
three years.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from anjian_cli.errors import Fault
from anjian_cli.rules.departure import Excuse, gone
from anjian_cli.rules.derivation import Derived, Value, living, row_id
from anjian_cli.rules.intervals import OPEN, Rows, day, in_order, needs, new_year_after, number, years_after

THREE_YEARLY_SINCE = "2021-02-01"
CYCLE = 3


def derived(root: Rows) -> Derived:
    """The days on which each enterprise is to be tested within the year, as intervals, with the last day of the first
    test in them; what was tested in a year stays due to its end, though the enterprise goes or its exposure ends."""
    tests = sorted(day(test, "reported_on") for test in living(root.get("health_test", ())))
    exposures = sorted(living(root["exposure"]), key=lambda row: (day(row, "from_on"), row_id(row)))
    due: list[dict[str, Value]] = []
    for place, row in enumerate(exposures):
        following = next((day(later, "from_on") for later in exposures[place + 1 :]), OPEN)
        level, ended = str(row["level"]), day(row, "ended_on") or OPEN
        excuses = [*gone(root), Excuse(ended, OPEN, f"{ended}核减：{row['end_reason']}")]
        excuses = [one._replace(from_on=_kept(one.from_on, tests)) for one in excuses]
        for from_on, until_on, reason in due_days(level, day(row, "from_on"), excuses, tests):
            until = min(until_on, max(following, ended))
            if from_on < until:
                last_test = _reckoned_from(level, from_on, tests)
                due.append(
                    {
                        "enterprise_id": row["enterprise_id"],
                        "exposure_id": row_id(row),
                        "from_on": from_on,
                        "until_on": until,
                        "due_on": years_after(last_test, CYCLE) if last_test else f"{from_on[:4]}-12-31",
                        "last_test_on": last_test,
                        "reason": reason,
                    }
                )
    return Derived(rows={"test_due": due})


def _kept(ends: str, tests: Sequence[str]) -> str:
    """When it ends for what was tested before in that year: with the year."""
    return new_year_after(ends) if any(ends[:4] == on[:4] and on < ends for on in tests) else ends


def _reckoned_from(level: str, from_on: str, tests: Sequence[str]) -> str | None:
    """The last test before days that begin after a cycle; None where the year's end is the last day."""
    if level == "严重" or from_on < THREE_YEARLY_SINCE:
        return None
    before = [on for on in tests if on < from_on]
    return before[-1] if before and new_year_after(before[-1], CYCLE) == from_on else None


def due_days(
    level: str, begin: str, excuses: Sequence[Excuse], tests: Sequence[str]
) -> Iterator[tuple[str, str, str | None]]:
    """When an enterprise exposed from `begin` on has to be tested, but for the days on which it is excused: from,
    until, the excuse that ended it. `tests` are the days of its reports, in order.

    Yearly it is due all the time. Every three years it is not due in the two years after one with a test.
    """
    free: list[tuple[str, str, str | None]] = [(*one,) for one in excuses]
    if level != "严重":
        free += [(max(new_year_after(on), THREE_YEARLY_SINCE), new_year_after(on, CYCLE), None) for on in tests]
    for off, on, reason in sorted(free, key=lambda one: one[:2]):
        if off >= on:
            continue
        if begin < off:
            yield begin, off, reason
        begin = max(begin, on)
    if begin < OPEN:
        yield begin, OPEN, None


def faults(root: Rows) -> list[Fault]:
    """Order of the days; an enterprise stands in the list once at a time."""
    rows = sorted(living(root["exposure"]), key=lambda r: (day(r, "from_on"), row_id(r)))
    found = []
    for row in rows:
        one = in_order(row, [("from_on", "接触起始日期"), ("ended_on", "核减日期")])
        one += needs(row, ("end_reason", "核减依据"), ("ended_on", "核减日期"))
        found += [fault._replace(row_id=row_id(row)) for fault in one]
    for place, row in enumerate(rows[1:], 1):
        earlier = rows[place - 1]
        if day(row, "from_on") < (day(earlier, "ended_on") or OPEN):
            words = {"number": number(earlier), "from_on": day(earlier, "from_on")}
            found.append(Fault("E446", words, None, "from_on", row_id=row_id(row)))
    return found
