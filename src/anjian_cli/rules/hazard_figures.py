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
    "hazard.awaiting": "到期待验收",
    "hazard.overdue": "逾期",
    "hazard.overdue_carried": "逾期上年转入",
    "hazard.overdue_extended": "逾期已延期",
    "hazard.overdue_sent_back": "逾期退回重改",
}
"""The figures that are held against each other, by indicator."""

_PARTS = (
    (("hazard.accepted_of_year",), "hazard.found"),
    (("hazard.on_time_of_year", "hazard.late_of_year", "hazard.awaiting", "hazard.overdue"), "hazard.due_of_year"),
    (("hazard.overdue_carried",), "hazard.overdue"),
    (("hazard.overdue_extended",), "hazard.overdue"),
    (("hazard.overdue_sent_back",), "hazard.overdue"),
)
"""Figures that count some of those that another counts, each different ones."""


def impossible(done: Mapping[str, int | None], carried: Callable[[], int | None]) -> list[str]:
    """Chinese clauses, none where all can be. `done` are the figures of one place on one day by indicator, None or
    missing where not known; `carried` says how many were open when the year began, None where that is not known: so
    many may be open beyond those found and not closed."""
    found = []
    for parts, whole in _PARTS:
        all_of = done.get(whole)
        if all_of is None:
            continue
        some = [(TITLES[part], number) for part in parts if (number := done.get(part))]
        alone = [[(title, number)] for title, number in some if number > all_of]
        together = [some] if sum(number for _, number in some) > all_of else []
        for each in alone or together:
            said = "加".join(f"“{title}”{number}条" for title, number in each)
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
