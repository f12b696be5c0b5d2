"""Occupational hazards: when an exposed enterprise has to be tested, by the rule of those days.

Sources: 工作场所职业卫生监督管理规定（安监总局令第47号）第二十条, in force until 31 January 2021: every year.
工作场所职业卫生管理规定（卫生健康委令第5号）第二十条, from 1 February 2021: a serious one every year, any other every
three years.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from anjian_cli.errors import Fault
from anjian_cli.rules.derivation import Derived, Value, living, row_id
from anjian_cli.rules.intervals import OPEN, Rows, day, in_order, needs, new_year_after, number

THREE_YEARLY_SINCE = "2021-02-01"
CYCLE = 3


def derived(root: Rows) -> Derived:
    """The days on which each enterprise is to be tested within the year, as intervals."""
    tested = sorted({day(test, "reported_on")[:4] for test in living(root.get("health_test", ()))})
    due: list[dict[str, Value]] = [
        {
            "enterprise_id": int(str(row["enterprise_id"])),
            "exposure_id": row_id(row),
            "from_on": begin,
            "until_on": end,
        }
        for row in living(root["exposure"])
        for begin, end in due_days(day(row, "level"), day(row, "from_on"), day(row, "ended_on") or OPEN, tested)
    ]
    return Derived(rows={"test_due": due})


def due_days(level: str, begin: str, end: str, tested: Sequence[str]) -> Iterator[tuple[str, str]]:
    """When an enterprise exposed from `begin` until `end` has to be tested; `tested` are the years with a test.

    Yearly it is due all the time. Every three years it is not due in the two years after one with a test.
    """
    if level == "严重":
        yield from [(begin, end)] if begin < end else []
        return
    free = [
        (max(new_year_after(year), THREE_YEARLY_SINCE), new_year_after(year, CYCLE))
        for year in tested
        if new_year_after(year, CYCLE) > THREE_YEARLY_SINCE
    ]
    for off, on in free:
        if begin < min(off, end):
            yield begin, min(off, end)
        begin = max(begin, on)
    if begin < end:
        yield begin, end


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
