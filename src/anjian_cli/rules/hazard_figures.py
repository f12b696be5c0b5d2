"""What cannot be among the figures of hazards, whoever says them: a part that is more than its whole, open ones that
are not those found less those closed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

TITLES: Mapping[str, str] = {
    "hazard.found": "排查隐患",
    "hazard.accepted_of_year": "已销号",
    "hazard.open": "未销号",
    "hazard.due_of_year": "到期隐患",
    "hazard.on_time_of_year": "按期整改",
    "hazard.late_of_year": "逾期后整改",
}
"""The figures that are held against each other, by indicator."""

_PARTS = (
    (("hazard.accepted_of_year",), "hazard.found"),
    (("hazard.on_time_of_year",), "hazard.due_of_year"),
    (("hazard.late_of_year",), "hazard.due_of_year"),
    (("hazard.on_time_of_year", "hazard.late_of_year"), "hazard.due_of_year"),
)
"""Of which one figure counts some of those that another counts, and the same of both together."""


def impossible(done: Mapping[str, int | None], carried: Callable[[], int | None]) -> list[str]:
    """Chinese clauses, none where all can be. `done` are the figures of one place on one day by indicator, None or
    missing where not known; `carried` says how many were open when the year began, None where that is not known: so
    many may be open beyond those found and not closed."""
    found = []
    for parts, whole in _PARTS:
        of, all_of = [done.get(part) for part in parts], done.get(whole)
        known = [number for number in of if number is not None]
        if all_of is None or len(known) < len(of) or sum(known) <= all_of:
            continue
        if len(parts) == 1 or max(known) <= all_of:  # one of them alone was told
            said = "加".join(f"“{TITLES[part]}”{number}条" for part, number in zip(parts, known, strict=True))
            found.append(f"{said}，多于“{TITLES[whole]}”{all_of}条")
    more = _more_open(done)
    before = carried() if more > 0 else 0
    if more < 0 or (before is not None and more > before):
        found.append(f"{_compared(done)}，上年转入的至多{before}条" if before else _compared(done))
    return found


def unexplained(done: Mapping[str, int | None], carried: Callable[[], int | None]) -> list[str]:
    """A clause where more are open than were found and not closed, and how many came over from the year before is not
    known; arguments as of `impossible`."""
    more = _more_open(done)
    return [f"{_compared(done)}，多出的{more}条应是上年转入的"] if more > 0 and carried() is None else []


def _more_open(done: Mapping[str, int | None]) -> int:
    """How many more are open than were found and not closed; 0 where that is not known, or already closed is wrong."""
    all_of, closed, still = _of_open(done)
    if all_of is None or closed is None or still is None or closed > all_of:
        return 0
    return still - (all_of - closed)


def _compared(done: Mapping[str, int | None]) -> str:
    all_of, closed, still = _of_open(done)
    return f"“排查隐患”{all_of}条减“已销号”{closed}条为{(all_of or 0) - (closed or 0)}条，“未销号”却是{still}条"


def _of_open(done: Mapping[str, int | None]) -> tuple[int | None, int | None, int | None]:
    return done.get("hazard.found"), done.get("hazard.accepted_of_year"), done.get("hazard.open")
