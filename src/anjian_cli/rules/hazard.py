"""What must hold of a hazard: found, rectified, accepted in this order; a major one with its five assurances.

Sources: 安全生产事故隐患排查治理暂行规定（总局令第16号）第三条（级别）、第十五条（五落实）、第十八条（挂牌督办的核销）.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from anjian_cli.errors import Fault
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.derivation import Derived, row_id
from anjian_cli.rules.intervals import OPEN, Row, Rows, day, gapless, new_year_after, next_day, number, order, overlaps

ASSURANCES = (
    ("responsible", "责任人"),
    ("measures", "措施"),
    ("funds", "资金"),
    ("contingency_plan", "预案"),
)


def late_from(deadline_on: str, from_on: str = "") -> str:
    """The first day on which a hazard is overdue (逾期) by a deadline in force from `from_on` on ('' = by the deadline
    itself): the day after the deadline, and not before it is in force. Stored with every deadline since version 1, and
    read by nobody since version 3: what is overdue goes by the deadline first met (`stretches`)."""
    return max(next_day(deadline_on), from_on)


class Round(NamedTuple):
    """One round of rectification, days as text: `accepted_on` is OPEN where it is not accepted yet, `until_on` the day
    a qualified one was sent back."""

    rectified_on: str
    accepted_on: str = OPEN
    qualified: bool = True
    until_on: str = OPEN


class Stretch(NamedTuple):
    """Days through which a hazard that is due is overdue (from `from_on`), awaiting acceptance (from `awaiting_from`)
    and accepted as qualified (from `done_from`), at the end of each; until_on is the first day it is none of these, and
    any of them may be empty. `round` is the place of the round that ends its being overdue, None if none does.
    `sent_back`: while overdue, it had been rectified before in vain."""

    from_on: str
    awaiting_from: str
    done_from: str
    until_on: str
    round: int | None
    sent_back: bool


def stretches(due_on: str, rounds: Sequence[Round]) -> Iterator[Stretch]:
    """What a hazard that first met a deadline on `due_on` is from then on: every day is in one stretch, but for those
    that lie in a year before which it was accepted.

    Of one that is done, `awaiting_from` is `due_on` if it was completed in time, `done_from` is `due_on` if it was
    accepted in time. A completion that was refused or sent back counts no more.
    """
    at = due_on
    for place, one in enumerate(rounds):
        awaiting = max(one.rectified_on, at)
        done = max(one.accepted_on, awaiting)
        counts = one.qualified and done < one.until_on
        until = min(one.until_on, new_year_after(done)) if counts else done
        if at < until:
            yield Stretch(at, awaiting, done, until, place if awaiting < until else None, place > 0)
        at = one.until_on if counts else done
    if at < OPEN:
        yield Stretch(at, OPEN, OPEN, OPEN, None, bool(rounds))


class Stretches(NamedTuple):
    """By column, the one stretch that each of several hazards has from its deadline on."""

    awaiting_from: list[str]
    done_from: list[str]
    until_on: list[str]


def first_stretches(
    due_on: Sequence[str], rectified_on: Sequence[str | None], accepted_on: Sequence[str | None]
) -> Stretches:
    """As `stretches`, of hazards given by column, each rectified once at most and never sent back: it has one, from
    `due_on` on."""
    awaiting = [OPEN if day is None else max(day, due) for day, due in zip(rectified_on, due_on, strict=True)]
    done = [OPEN if day is None else max(day, begun) for day, begun in zip(accepted_on, awaiting, strict=True)]
    new_year = {year: new_year_after(year) for year in {day[:4] for day in done} - {OPEN[:4]}} | {OPEN[:4]: OPEN}
    return Stretches(awaiting, done, [new_year[day[:4]] for day in done])


def derived(root: Rows) -> Derived:
    """What became of the hazard since the deadline that it met first (`stretches`): one that was extended, or sent back
    with another, by its own day is not met. What is overdue is parted where an extension begins and where its day has
    come."""
    deadlines = sorted(root.get("hazard_deadline", ()), key=row_id)
    ordered = sorted(root.get("rectification", ()), key=row_id)
    met = next((at for at, row in enumerate(deadlines) if row["due_on"] is not None), None)
    if met is None:
        return Derived(rows={"hazard_due": ()})
    rounds = [
        Round(
            day(row, "rectified_on"),
            day(row, "accepted_on") or OPEN,
            row["conclusion"] != "不合格",
            day(row, "until_on"),
        )
        for row in ordered
    ]
    extensions = [
        (day(row, "from_on"), min(day(row, "deadline_on"), day(row, "until_on")))
        for before, row in itertools.pairwise(deadlines)
        if before["ended_by"] == "延期"
    ]
    due_on = day(deadlines[met], "due_on")
    found = [
        {
            "hazard_id": row_id(root["hazard"][0]),
            "hazard_deadline_id": row_id(deadlines[met]),
            "rectification_id": None if one.round is None else row_id(ordered[one.round]),
            "due_on": due_on,
            "from_on": one.from_on,
            "awaiting_from": one.awaiting_from,
            "done_from": one.done_from,
            "until_on": one.until_on,
            "extended": int(extended),
            "sent_back": int(one.sent_back),
        }
        for each in stretches(due_on, rounds)
        for one, extended in _by_extension(each, extensions)
    ]
    return Derived(rows={"hazard_due": found})


def _by_extension(whole: Stretch, extensions: Sequence[tuple[str, str]]) -> Iterator[tuple[Stretch, bool]]:
    """A stretch, its overdue days cut at the days (from, until) of extensions; whether one holds."""
    at = whole.from_on
    for begin, end in extensions:
        begin, end = max(begin, at), min(end, whole.awaiting_from)
        if begin < end:
            if at < begin:
                yield Stretch(at, begin, begin, begin, None, whole.sent_back), False
            yield Stretch(begin, end, end, end, None, whole.sent_back), True
            at = end
    if at < whole.until_on:
        yield whole._replace(from_on=at), False


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
        *_charges(hazard, root.get("hazard_charge", ())),
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


def _charges(hazard: Row, rows: Sequence[Row]) -> list[Fault]:
    """One that was handed over has a department answerable for it on every day, from the first handing over on."""
    if not rows:
        return []
    ordered = sorted(rows, key=lambda row: day(row, "from_on"))
    found = gapless(ordered, "监管部门")
    if ordered[0]["charged_to"] != hazard["charged_to"]:
        found.append(Fault("E417", {"what": "监管部门", "day": day(hazard, "found_on")}))
    for row in ordered[1:]:
        if row["charged_to"] is None:
            found.append(Fault("E794", {}, None, "charged_to"))
        if day(row, "from_on") < day(hazard, "found_on"):
            words = {"title": "移交日期", "day": day(row, "from_on")}
            words |= {"other_title": "发现日期", "other": day(hazard, "found_on")}
            found.append(Fault("E410", words, None, "handed_over_on"))
        found += _answered(row)
    return found


def _answered(row: Row) -> Iterator[Fault]:
    """The answer to a handing over is due and given after it, and given on a day."""
    handed = ("from_on", "移交日期")
    for name, field, title in (("due_on", "answer_due_on", "答复期限"), ("answered_on", "answered_on", "答复日期")):
        yield from (fault._replace(field=field) for fault in order(row, handed, (name, title), "E214"))
    if row["answer"] is not None and row["answered_on"] is None:
        yield Fault("E424", {"title": "答复日期", "other_title": "部门答复"}, None, "answered_on")


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
