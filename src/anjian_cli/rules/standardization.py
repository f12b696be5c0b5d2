"""Standardization: how long a certificate holds, what counts as reached, and when it falls due for re-review.

Sources: 企业安全生产标准化评审工作管理办法（试行）（安监总办〔2014〕49号）, since November 2021
企业安全生产标准化建设定级办法（应急〔2021〕83号）: by both a certificate holds for three years from its announcement.
That an enterprise counts once a cycle is this office's rule.

Which grade and kind a word is, its list says (`word_lists.GRADES`, `UNDERTAKINGS`): an office's own takes the rules of
the one that it means, and counts under its own name alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from anjian_cli.errors import Fault
from anjian_cli.light_typing import NamedTuple
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
from anjian_cli.rules.word_lists import GRADES, UNDERTAKINGS, WordList, Words, beside, on_which

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


class Grade(NamedTuple):
    """What the rules ask of a grade. `height`: the lower, the higher the grade; `years` that a certificate holds;
    whether its re-review is `owed` (三级 only: of the others no list goes to the towns); whether it `counts`, and apart
    `by_kind`, 新创 and 复评."""

    height: int
    years: int
    owed: bool
    counts: bool
    by_kind: bool


RULES = {
    "一级": Grade(1, 3, owed=False, counts=False, by_kind=False),  # which no county reports
    "二级": Grade(2, 3, owed=False, counts=True, by_kind=False),
    "三级": Grade(3, 3, owed=True, counts=True, by_kind=True),
}
OWN = Grade(4, 3, owed=False, counts=True, by_kind=True)
"""A grade of an office's that means none of these (小微): below all of them, so that it takes nothing of theirs."""
_, AGAIN, UPGRADE = UNDERTAKINGS.words
LOWEST = GRADES.words[-1]


class Meant:
    """What the words of the records of a root mean."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def grade(self, row: Row) -> str:
        """The word whose rules a record's grade takes."""
        return self._of(GRADES, row, "grade")

    def kind(self, row: Row) -> str:
        """The word whose rules a record's kind takes."""
        return self._of(UNDERTAKINGS, row, "kind")

    def rules(self, row: Row) -> Grade:
        """The rules of a record's grade. One of the office's own counts, and by kind, whatever it means: that is what
        it was added for."""
        meant = self.grade(row)
        found = RULES.get(meant, OWN)
        return found if meant == row["grade"] else found._replace(counts=True, by_kind=True)

    def replaces(self, later: Row, row: Row) -> bool:
        """Whether a certificate takes the place of another: one of its grade or a higher one does."""
        return self.grade(later) == self.grade(row) or self.rules(later).height < self.rules(row).height

    def same(self, one: Row, other: Row) -> bool:
        """Whether two are of one grade and may be of one cycle. A kind that means none of the program's goes by
        itself."""
        kinds = self.kind(one), self.kind(other)
        known = all(kind in UNDERTAKINGS.words for kind in kinds)
        return self.grade(one) == self.grade(other) and (known or kinds[0] == kinds[1])

    def _of(self, of: WordList, row: Row, name: str) -> str:
        return self._words.means(of, str(row[name]), on_which(row, of.uses[0]) or "")


def derived(root: Rows) -> Derived:
    """All that follows from the announcements of one enterprise."""
    rows, meant = root["standardization"], Meant(beside(root))
    nothing: dict[str, Value] = dict.fromkeys(
        ("expires_on", "valid_until", "counted_as", "renews", "uncounted_on", "not_counted", "due_from", "due_until")
    )
    found = {row_id(row): {**nothing, "begun_on": _begun(row)} for row in rows}
    announced = sorted(
        (row for row in living(rows) if day(row, "announced_on")), key=lambda r: (day(r, "announced_on"), row_id(r))
    )
    for place, row in enumerate(announced):
        _hold(row, announced[place + 1 :], found[row_id(row)], meant)
    _count(announced, found, meant)
    due = [each for row in announced for each in _due(row, announced, found, root, meant)]
    for row in announced:
        own = [one for of, one, _ in due if of is row]
        if own:
            _asked(own, found[row_id(row)])
    return Derived(
        {("standardization", key): values for key, values in found.items()},
        {"review_due": [_stored(row, one, renewal) for row, one, renewal in due if meant.rules(row).owed]},
    )


def _begun(row: Row) -> str:
    return min(day(row, name) for name, _ in STAGES if day(row, name))


def _hold(row: Row, later: Sequence[Row], found: dict[str, Value], meant: Meant) -> None:
    """From the announcement until the certificate expires, one of its grade or a higher one takes its place, or it is
    revoked. A lower one leaves it standing."""
    expires = years_after(day(row, "announced_on"), meant.rules(row).years)
    found["expires_on"] = expires
    takes_its_place = (day(r, "announced_on") for r in later if meant.replaces(r, row))
    found["valid_until"] = min(expires, day(row, "revoked_on") or OPEN, next(takes_its_place, OPEN))


def _count(announced: Sequence[Row], found: dict[int, dict[str, Value]], meant: Meant) -> None:
    """One enterprise counts once a cycle, and once in a year: in the higher grade, if it reached two."""
    counting: list[Row] = []
    for place, row in enumerate(announced):
        if not meant.rules(row).counts:
            continue
        values = found[row_id(row)]
        values["not_counted"] = _already(row, announced[:place], counting, meant)
        if values["not_counted"] is None:
            values["counted_as"] = _as(row, meant)
            values["renews"] = int(meant.rules(row).owed and meant.kind(row) == AGAIN)
            values["uncounted_on"] = row["revoked_on"]
            counting.append(row)
    for upper, lower in itertools.product(counting, counting):
        on, before = day(upper, "announced_on"), day(lower, "announced_on")
        if meant.rules(upper).height < meant.rules(lower).height and before[:4] == on[:4] and before <= on:
            values = found[row_id(lower)]
            values["uncounted_on"] = min(on, str(values["uncounted_on"] or OPEN))


def _as(row: Row, meant: Meant) -> str:
    """What an announcement counts as: its grade, and behind it its kind if these are told apart."""
    return f"{row['grade']}{row['kind'] if meant.rules(row).by_kind else ''}"


def _already(row: Row, before: Sequence[Row], counting: Sequence[Row], meant: Meant) -> str | None:
    """Why an announcement does not count: the cycle of one that counts runs, or a higher certificate holds."""
    on = day(row, "announced_on")
    years = meant.rules(row).years
    cycle = years - EARLY if meant.kind(row) == AGAIN else years
    for earlier in reversed(before):
        begun, revoked = day(earlier, "announced_on"), day(earlier, "revoked_on")
        if revoked and revoked <= on:
            continue
        if earlier in counting and meant.same(earlier, row) and on < years_after(begun, cycle):
            return f"本周期内已计（{number(earlier)}，{begun}公告），一家一个周期只计一次"
        higher = meant.rules(earlier)
        if higher.height < meant.rules(row).height and on < years_after(begun, higher.years):
            return f"已有更高等级的证书（{number(earlier)}，{begun}公告），不再另计"
    return None


def _due(
    row: Row, announced: Sequence[Row], found: dict[int, dict[str, Value]], root: Rows, meant: Meant
) -> Iterator[tuple[Row, Owed, Row | None]]:
    """What a certificate owes of a grade of which re-review is owed, with the re-review by which it was done: one in
    the year in which it expires, if it was held when that year began, or a re-review that counts had renewed it before
    (early is in time). A re-review that was revoked settles nothing. Of 一级 and 二级, which no list asks of a town, it
    is what is asked for: until another of the grade is announced."""
    if meant.grade(row) not in RULES:
        return
    values = found[row_id(row)]
    begins = new_year_after(next_day(str(values["expires_on"]), -1), 0)
    later = [r for r in announced if (day(r, "announced_on"), row_id(r)) > (day(row, "announced_on"), row_id(row))]
    renewals = [r for r in later if meant.grade(r) == meant.grade(row)]
    standing = next((r for r in renewals if r["revoked_on"] is None), None)
    renewal = standing or next(iter(renewals), None)
    replaced = str(values["valid_until"]) <= begins
    excuses = [*gone(root), *_excused(row, announced, found, meant)]
    if not meant.rules(row).owed:
        again = None if standing is None else Done(max(day(standing, "announced_on"), begins))
        if not replaced:
            for one in owed(begins, root.get("residence", ()), done=again, excuses=excuses):
                yield row, one, None
        return
    done = None if renewal is None else _done(renewal, found[row_id(renewal)], begins)
    if replaced and not (done and renewal and _renews(renewal, values)):
        return
    settled = OPEN if standing is None else day(standing, "announced_on")
    for one in owed(begins, root.get("residence", ()), done=done, settled_on=settled, excuses=excuses):
        yield row, one, renewal if one.done else None


def _renews(renewal: Row, values: dict[str, Value]) -> bool:
    """Whether it was this one that took a certificate's place."""
    return values["valid_until"] == day(renewal, "announced_on")


def _done(renewal: Row, values: dict[str, Value], begins: str) -> Done | None:
    """By a re-review that counts, not before the year in which it was owed. Taken back in a later year it never
    counted."""
    if not values["renews"]:
        return None
    on, undone = max(day(renewal, "announced_on"), begins), str(values["uncounted_on"] or OPEN)
    return None if undone <= on or (undone != OPEN and undone[:4] != on[:4]) else Done(on, undone)


def _excused(row: Row, announced: Sequence[Row], found: dict[int, dict[str, Value]], meant: Meant) -> Iterator[Excuse]:
    """Taken off by the office (核减), revoked, or under a certificate of a higher grade: for good by one that came
    after it, as long as it holds by one that was there before."""
    on = day(row, "announced_on")
    if row["excused_on"] is not None:
        yield Excuse(day(row, "excused_on"), OPEN, f"{row['excused_on']}核减：{row['excuse']}")
    if row["revoked_on"] is not None:
        yield Excuse(day(row, "revoked_on"), OPEN, f"{row['revoked_on']}证书被撤销")
    for higher in announced:
        if meant.rules(higher).height < meant.rules(row).height:
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
    rows, meant = living(root["standardization"]), Meant(beside(root))
    found = []
    for row in rows:
        found += [fault._replace(row_id=row_id(row)) for fault in _one(row, meant)]
    return found + _at_once(rows, meant)


def _one(row: Row, meant: Meant) -> list[Fault]:
    found = in_order(row, STAGES)
    found += in_order(row, [("announced_on", "公告日期"), ("revoked_on", "撤销日期")])
    found += in_order(row, [("begun_on", "启动日期"), ("abandoned_on", "中止日期")])
    found += needs(row, ("announced_on", "公告日期"), ("revoked_on", "撤销日期"), ("certificate_number", "证书编号"))
    found += needs(row, ("excuse", "核减依据"), ("excused_on", "核减日期"))
    if row["announced_on"] is not None and row["abandoned_on"] is not None:
        found.append(Fault("E428", {"day": row["announced_on"]}, day(row, "abandoned_on"), "abandoned_on"))
    if meant.kind(row) == UPGRADE and meant.rules(row).height >= RULES[LOWEST].height:
        found.append(Fault("E427", {"grade": row["grade"]}, str(row["kind"]), "kind"))
    return found


def _at_once(rows: Sequence[Row], meant: Meant) -> list[Fault]:
    """Two undertakings of one grade that run at the same time would count one enterprise twice."""
    found = []
    for one, other in itertools.combinations(sorted(rows, key=row_id), 2):
        if not meant.same(one, other) or (meant.kind(one) == AGAIN) != (meant.kind(other) == AGAIN):
            continue
        if max(day(one, "begun_on"), day(other, "begun_on")) < min(_ended(one), _ended(other)):
            words = {"grade": one["grade"], "kind": one["kind"], "number": number(one)}
            found.append(Fault("E429", words, None, "kind", row_id=row_id(other)))
    return found


def _ended(row: Row) -> str:
    return day(row, "announced_on") or day(row, "abandoned_on") or OPEN
