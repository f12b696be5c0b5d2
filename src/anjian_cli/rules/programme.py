"""Special rectification: the order of its steps, once a year and kind, accepted before it goes into trusteeship; and
until when an enterprise that was enrolled owes its acceptance.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from anjian_cli.errors import Fault
from anjian_cli.rules.debt import Done, owed
from anjian_cli.rules.departure import Excuse, gone
from anjian_cli.rules.derivation import Derived, Value, living, row_id
from anjian_cli.rules.intervals import OPEN, Row, Rows, day, in_order, needs, number
from anjian_cli.rules.word_lists import ENROLMENTS, ENTRUSTED, OUTCOMES, PROGRAMMES, Words, beside

STEPS = (
    ("enrolled_on", "纳入日期"),
    ("inspected_on", "排查日期"),
    ("diagnosed_on", "诊断日期"),
    ("planned_on", "方案日期"),
    ("rectified_on", "整改完成日期"),
    ("accepted_on", "验收日期"),
)
ACCEPTED_FIRST = ("喷涂", "涉氨")
"""Kinds whose newly found enterprises pass acceptance before they are taken under trusteeship."""


def derived(root: Rows) -> Derived:
    """What every enrolment owes: acceptance as qualified, unless the enterprise is gone, the enrolment was taken off
    (核减) or the enterprise shut down (关停)."""
    words = beside(root)
    residences, away = root.get("residence", ()), gone(root)
    rows: list[dict[str, Value]] = []
    for row in living(root["programme"]):
        done = Done(day(row, "accepted_on")) if row["conclusion"] == "合格" else None
        for piece in owed(day(row, "enrolled_on"), residences, done=done, excuses=[*away, *_excused(row, words)]):
            rows.append(
                {
                    "enterprise_id": row["enterprise_id"],
                    "programme_id": row_id(row),
                    "town_code": piece.town_code,
                    "from_on": piece.from_on,
                    "until_on": piece.until_on,
                    "carried": int(piece.carried),
                    "done_on": piece.done.on if piece.done else None,
                    "reason": piece.reason,
                }
            )
    return Derived(rows={"programme_due": rows})


def _excused(row: Row, words: Words) -> Iterator[Excuse]:
    if row["excused_on"] is not None:
        on = day(row, "excused_on")
        yield Excuse(on, OPEN, f"{on}核减：{row['excuse']}")
    if _shut_down(row, words):
        on = day(row, "outcome_on") or day(row, "accepted_on")
        yield Excuse(on, OPEN, f"{on}{row['outcome']}")


def _shut_down(row: Row, words: Words) -> bool:
    if row["outcome"] is None:
        return False
    on = day(row, "outcome_on") or day(row, "accepted_on") or day(row, "enrolled_on")
    return words.means(OUTCOMES, str(row["outcome"]), on) == "关停"


def faults(root: Rows) -> list[Fault]:
    """Each enrolment by itself, and against the others and the contracts of the enterprise."""
    rows, words = living(root["programme"]), beside(root)
    found = []
    for row in rows:
        found += [fault._replace(row_id=row_id(row)) for fault in _one(row, words)]
    return [*found, *_twice(rows), *_trusteeship(rows, living(root.get("trusteeship", ())), words)]


def _one(row: Row, words: Words) -> list[Fault]:
    # An enterprise found in an inspection is enrolled afterwards: the order holds from its enrolment on or without it.
    steps = STEPS if day(row, "inspected_on") >= day(row, "enrolled_on") else STEPS[1:]
    found = in_order(row, steps)
    found += in_order(row, [("enrolled_on", "纳入日期"), ("accepted_on", "验收日期")])
    found += in_order(row, [("enrolled_on", "纳入日期"), ("excused_on", "核减日期")])
    found += in_order(row, [("enrolled_on", "纳入日期"), ("outcome_on", "处置日期")])
    found += needs(row, ("conclusion", "验收结论"), ("accepted_on", "验收日期"))
    found += needs(row, ("accepted_on", "验收日期"), ("conclusion", "验收结论"))
    found += needs(row, ("excuse", "核减依据"), ("excused_on", "核减日期"))
    found += needs(row, ("outcome", "处置结果"), ("outcome_on", "处置日期"))
    if row["outcome"] is not None and row["conclusion"] != "合格" and not _shut_down(row, words):
        found.append(Fault("E447", {}, str(row["outcome"]), "outcome"))
    elif row["outcome"] is not None and row["accepted_on"] is None:
        found += needs(row, ("outcome_on", "处置日期"), ("outcome", "处置结果"))
    return found


def _twice(rows: Sequence[Row]) -> list[Fault]:
    found = []
    for one, other in itertools.combinations(sorted(rows, key=row_id), 2):
        year = day(one, "enrolled_on")[:4]
        if one["kind"] == other["kind"] and day(other, "enrolled_on")[:4] == year:
            words = {"year": year, "kind": one["kind"], "number": number(one)}
            found.append(Fault("E430", words, None, "kind", row_id=row_id(other)))
    return found


def _trusteeship(rows: Sequence[Row], contracts: Sequence[Row], words: Words) -> list[Fault]:
    found = []
    for row in rows:
        enrolled_on = day(row, "enrolled_on")
        meant = words.means(PROGRAMMES, str(row["kind"]), enrolled_on)
        if meant not in ACCEPTED_FIRST or words.means(ENROLMENTS, str(row["reason"]), enrolled_on) != "新发现":
            continue
        accepted = day(row, "accepted_on") if row["conclusion"] == "合格" else ""
        for contract in contracts:
            begins = day(contract, "from_on")
            same = contract["kind"] == row["kind"] or words.means(ENTRUSTED, str(contract["kind"]), begins) == meant
            if same and enrolled_on <= begins < (accepted or OPEN):
                said = {"kind": row["kind"], "number": number(row), "contract": number(contract)}
                said |= {"state": f"{accepted}才验收合格" if accepted else "还没有验收合格"}
                found.append(Fault("E426", said, begins, "accepted_on", row_id=row_id(row)))
    return found
