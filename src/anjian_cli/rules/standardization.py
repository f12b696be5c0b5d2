"""Standardization: how long a certificate holds, what counts as reached, and when it falls due for re-review.

Sources: 企业安全生产标准化评审工作管理办法（试行）（安监总办〔2014〕49号）, since November 2021
企业安全生产标准化建设定级办法（应急〔2021〕83号）: by both a certificate holds for three years from its announcement.
That an enterprise counts once a cycle is this office's rule.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from anjian_cli.errors import Fault
from anjian_cli.rules.debt import Done, Owed, owed
from anjian_cli.rules.departure import Excuse, gone
from anjian_cli.rules.derivation import Derived, Value, living, row_id
from anjian_cli.rules.intervals import (
    OPEN,
    Row,
    Rows,
    day,
    in_order,
    needs,
    new_year_after,
    next_day,
    number,
    years_after,
)

VALID = 3
"""Years a certificate holds."""
EARLY = 1
"""Years before its expiry from which on a certificate may be renewed (复评): what comes sooner is of the same cycle."""
STAGES = (
    ("begun_on", "启动日期"),
    ("consulted_on", "咨询日期"),
    ("self_assessed_on", "自评日期"),
    ("applied_on", "申请日期"),
    ("reviewed_on", "评审日期"),
    ("announced_on", "公告日期"),
)
HEIGHT = {"三级": 3, "二级": 2, "一级": 1}


def derived(root: Rows) -> Derived:
    """All that follows from the announcements of one enterprise."""
    rows = root["standardization"]
    nothing: dict[str, Value] = dict.fromkeys(
        ("expires_on", "valid_until", "counted_as", "uncounted_on", "not_counted", "due_from", "due_until")
    )
    found = {row_id(row): {**nothing, "begun_on": _begun(row)} for row in rows}
    announced = sorted(
        (row for row in living(rows) if day(row, "announced_on")), key=lambda r: (day(r, "announced_on"), row_id(r))
    )
    for place, row in enumerate(announced):
        _hold(row, announced[place + 1 :], found[row_id(row)])
    _count(announced, found)
    due = [each for row in announced for each in _due(row, announced, found, root)]
    for row in announced:
        own = [one for of, one, _ in due if of is row]
        if own:
            _asked(own, found[row_id(row)])
    return Derived(
        {("standardization", key): values for key, values in found.items()},
        {"review_due": [_stored(row, one, renewal) for row, one, renewal in due]},
    )


def _begun(row: Row) -> str:
    return min(day(row, name) for name, _ in STAGES if day(row, name))


def _hold(row: Row, later: Sequence[Row], found: dict[str, Value]) -> None:
    """From the announcement until the certificate expires, one of its grade or a higher one takes its place, or it is
    revoked. A lower one leaves it standing."""
    expires = years_after(day(row, "announced_on"), VALID)
    found["expires_on"] = expires
    takes_its_place = (day(r, "announced_on") for r in later if _height(r) <= _height(row))
    found["valid_until"] = min(expires, day(row, "revoked_on") or OPEN, next(takes_its_place, OPEN))


def _height(row: Row) -> int:
    """The lower, the higher the grade."""
    return HEIGHT[str(row["grade"])]


def _count(announced: Sequence[Row], found: dict[int, dict[str, Value]]) -> None:
    """One enterprise counts once a cycle, and once in a year: in the higher grade, if it reached two."""
    counting: list[Row] = []
    for place, row in enumerate(announced):
        counts_as = _as(row)
        if counts_as is None:
            continue
        values = found[row_id(row)]
        values["not_counted"] = _already(row, announced[:place], counting)
        if values["not_counted"] is None:
            values["counted_as"] = counts_as
            values["uncounted_on"] = row["revoked_on"]
            counting.append(row)
    for upper, lower in itertools.product(counting, counting):
        on, before = day(upper, "announced_on"), day(lower, "announced_on")
        if (upper["grade"], lower["grade"]) == ("二级", "三级") and before[:4] == on[:4] and before <= on:
            values = found[row_id(lower)]
            values["uncounted_on"] = min(on, str(values["uncounted_on"] or OPEN))


def _as(row: Row) -> str | None:
    """The indicator that an announcement counts in; None for the first grade, which no county reports."""
    if row["grade"] == "三级":
        return "三级复评" if row["kind"] == "复评" else "三级新创"
    return "二级" if row["grade"] == "二级" else None


def _already(row: Row, before: Sequence[Row], counting: Sequence[Row]) -> str | None:
    """Why an announcement does not count: the cycle of one that counts runs, or a higher certificate holds."""
    on = day(row, "announced_on")
    cycle = VALID - EARLY if row["kind"] == "复评" else VALID
    for earlier in reversed(before):
        begun, revoked = day(earlier, "announced_on"), day(earlier, "revoked_on")
        if revoked and revoked <= on:
            continue
        if earlier in counting and earlier["grade"] == row["grade"] and on < years_after(begun, cycle):
            return f"本周期内已计（{number(earlier)}，{begun}公告），一家一个周期只计一次"
        if _height(earlier) < _height(row) and on < years_after(begun, VALID):
            return f"已有更高等级的证书（{number(earlier)}，{begun}公告），不再另计"
    return None


def _due(
    row: Row, announced: Sequence[Row], found: dict[int, dict[str, Value]], root: Rows
) -> Iterator[tuple[Row, Owed, Row | None]]:
    """What a third-grade certificate owes, with the re-review by which it was done: one in the year in which it
    expires, if it was held when that year began, or a re-review that counts had renewed it before (early is in
    time). A re-review that was revoked settles nothing."""
    values = found[row_id(row)]
    begins = new_year_after(next_day(str(values["expires_on"]), -1), 0)
    later = [r for r in announced if (day(r, "announced_on"), row_id(r)) > (day(row, "announced_on"), row_id(row))]
    renewals = [r for r in later if r["grade"] == "三级"]
    standing = next((r for r in renewals if r["revoked_on"] is None), None)
    renewal = standing or next(iter(renewals), None)
    done = None if renewal is None else _done(renewal, found[row_id(renewal)], begins)
    replaced = str(values["valid_until"]) <= begins
    if row["grade"] != "三级" or (replaced and not (done and renewal and _renews(renewal, values))):
        return
    excuses = [*gone(root), *_excused(row, announced, found)]
    settled = OPEN if standing is None else day(standing, "announced_on")
    for one in owed(begins, root.get("residence", ()), done=done, settled_on=settled, excuses=excuses):
        yield row, one, renewal if one.done else None


def _renews(renewal: Row, values: dict[str, Value]) -> bool:
    """Whether it was this one that took a certificate's place."""
    return values["valid_until"] == day(renewal, "announced_on")


def _done(renewal: Row, values: dict[str, Value], begins: str) -> Done | None:
    """By a re-review that counts, not before the year in which it was owed. Taken back in a later year it never
    counted."""
    if values["counted_as"] != "三级复评":
        return None
    on, undone = max(day(renewal, "announced_on"), begins), str(values["uncounted_on"] or OPEN)
    return None if undone <= on or (undone != OPEN and undone[:4] != on[:4]) else Done(on, undone)


def _excused(row: Row, announced: Sequence[Row], found: dict[int, dict[str, Value]]) -> Iterator[Excuse]:
    """Taken off by the office (核减), revoked, or under a certificate of a higher grade: for good by one that came
    after it, as long as it holds by one that was there before."""
    on = day(row, "announced_on")
    if row["excused_on"] is not None:
        yield Excuse(day(row, "excused_on"), OPEN, f"{row['excused_on']}核减：{row['excuse']}")
    if row["revoked_on"] is not None:
        yield Excuse(day(row, "revoked_on"), OPEN, f"{row['revoked_on']}证书被撤销")
    for higher in announced:
        if _height(higher) < HEIGHT["三级"]:
            since, until = day(higher, "announced_on"), str(found[row_id(higher)]["valid_until"])
            told = f"{since}取得{higher['grade']}证书（{number(higher)}）"
            yield Excuse(since, until if since <= on else OPEN, told)


def _asked(own: Sequence[Owed], values: dict[str, Value]) -> None:
    """From when on, and until when, re-review is asked for."""
    done = next((one.done.on for one in own if one.done and one.done.undone_on == OPEN), OPEN)
    values["due_from"] = own[0].from_on
    values["due_until"] = max(own[0].from_on, min(done, own[-1].until_on))


def _stored(row: Row, one: Owed, renewal: Row | None) -> dict[str, Value]:
    undone = one.done.undone_on if one.done else OPEN
    return {
        "enterprise_id": row["enterprise_id"],
        "standardization_id": row_id(row),
        "renewal_id": None if renewal is None else row_id(renewal),
        "town_code": one.town_code,
        "from_on": one.from_on,
        "until_on": one.until_on,
        "carried": int(one.carried),
        "done_on": one.done.on if one.done else None,
        "undone_on": None if undone == OPEN else undone,
        "reason": one.reason,
    }


def faults(root: Rows) -> list[Fault]:
    """Order of the stages; an upgrade leads upwards; one undertaking of a grade at a time."""
    rows = living(root["standardization"])
    found = []
    for row in rows:
        found += [fault._replace(row_id=row_id(row)) for fault in _one(row)]
    return found + _at_once(rows)


def _one(row: Row) -> list[Fault]:
    found = in_order(row, STAGES)
    found += in_order(row, [("announced_on", "公告日期"), ("revoked_on", "撤销日期")])
    found += in_order(row, [("begun_on", "启动日期"), ("abandoned_on", "中止日期")])
    found += needs(row, ("announced_on", "公告日期"), ("revoked_on", "撤销日期"), ("certificate_number", "证书编号"))
    found += needs(row, ("excuse", "核减依据"), ("excused_on", "核减日期"))
    if row["announced_on"] is not None and row["abandoned_on"] is not None:
        found.append(Fault("E428", {"day": row["announced_on"]}, day(row, "abandoned_on"), "abandoned_on"))
    if row["kind"] == "升级" and row["grade"] == "三级":
        found.append(Fault("E427", {}, "升级", "kind"))
    return found


def _at_once(rows: Sequence[Row]) -> list[Fault]:
    """Two undertakings of one grade that run at the same time would count one enterprise twice."""
    found = []
    for one, other in itertools.combinations(sorted(rows, key=row_id), 2):
        if one["grade"] != other["grade"] or (one["kind"] == "复评") != (other["kind"] == "复评"):
            continue
        if max(day(one, "begun_on"), day(other, "begun_on")) < min(_ended(one), _ended(other)):
            words = {"grade": one["grade"], "kind": one["kind"], "number": number(one)}
            found.append(Fault("E429", words, None, "kind", row_id=row_id(other)))
    return found


def _ended(row: Row) -> str:
    return day(row, "announced_on") or day(row, "abandoned_on") or OPEN
