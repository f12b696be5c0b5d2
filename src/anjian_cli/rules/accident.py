"""What must hold of an accident, and what follows from its casualties: the grade, and what each report of them adds to
the figures of its year.

Source: 生产安全事故报告和调查处理条例（国务院令第493号）第三条（等级，“以上”包括本数）、第十三条（续报期限）.
"""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.errors import Fault
from anjian_cli.rules.derivation import Derived, Value, row_id
from anjian_cli.rules.intervals import OPEN, Row, Rows, day, in_order, needs, next_day, number
from anjian_cli.rules.word_lists import OWN, SECTORS, Words, beside

WINDOW = {"道路运输": 7, "火灾": 7}
"""Days within which casualties may change, by sector; 30 elsewhere."""
DAYS = 30
# Deaths, serious injuries and loss in fen from which on an accident is of a grade.
GRADES = (
    ("特别重大", 30, 100, 10_000_000_000),
    ("重大", 10, 50, 5_000_000_000),
    ("较大", 3, 10, 1_000_000_000),
)
LARGER = ("较大", "重大", "特别重大")


def grade(deaths: int, serious: int, loss: int | None) -> str:
    """The grade of an accident; `loss` in fen."""
    for name, dead, injured, lost in GRADES:
        if deaths >= dead or serious >= injured or (loss or 0) >= lost:
            return name
    return "一般"


def amend_by(accident: Row, words: Words = OWN) -> str:
    """The last day on which the casualties of an accident may still change (第十三条)."""
    return next_day(day(accident, "happened_on"), _window(accident, words))


def _window(accident: Row, words: Words) -> int:
    return WINDOW.get(words.means(SECTORS, str(accident["sector"]), day(accident, "happened_on")), DAYS)


def derived(root: Rows) -> Derived:
    """Until when casualties may be corrected; of what was known from each day on the grade, and what it adds to the
    figures of its year."""
    words = beside(root)
    found: dict[tuple[str, int], dict[str, Value]] = {
        ("accident", row_id(accident)): {"amend_by": amend_by(accident, words)} for accident in root["accident"]
    }
    rows = sorted(root["casualties"], key=row_id)
    years = [day(row, "known_on")[:4] for row in rows]
    grades = [grade(_number(row, "deaths"), _number(row, "serious"), _loss(row)) for row in rows]
    deaths = by_year(years, [_number(row, "deaths") for row in rows])
    serious = by_year(years, [_number(row, "serious") for row in rows])
    larger = by_year(years, [int(reached in LARGER) for reached in grades])
    for at, row in enumerate(rows):
        found["casualties", row_id(row)] = {
            "grade": grades[at],
            "deaths_change": deaths[at],
            "serious_change": serious[at],
            "larger_change": larger[at],
        }
    return Derived(found)


def by_year(years: Sequence[str], known: Sequence[int]) -> list[int]:
    """What each of a number's successive values adds to the figures of its year (`years`, ascending).

    A fall takes back what came last. What its own year had counted is taken back on its day; what an earlier year had,
    that year never counted. So no year's running total is negative, and all together are the last value.
    """
    added: list[int] = []
    standing: list[tuple[int, int]] = []  # which value brought how many of those that are left
    for at, value in enumerate(known):
        change = value - (known[at - 1] if at else 0)
        added.append(max(0, change))
        if change > 0:
            standing.append((at, change))
        while change < 0:
            brought, number = standing.pop()
            taken = min(number, -change)
            added[at if years[brought] == years[at] else brought] -= taken
            change += taken
            if number > taken:
                standing.append((brought, number - taken))
    return added


def _number(row: Row, name: str) -> int:
    return int(str(row[name]))


def _loss(row: Row) -> int | None:
    return None if row["loss"] is None else _number(row, "loss")


def faults(root: Rows) -> list[Fault]:
    """Corrections in order, within their window, none after it was written off; written off with a reason."""
    (accident,) = root["accident"]
    happened = day(accident, "happened_on")
    found = in_order(accident, [("happened_on", "发生时间"), ("written_off_on", "核销日期")])
    found += needs(accident, ("write_off_reason", "核销原因"), ("written_off_on", "核销日期"))
    words = beside(root)
    window, limit = _window(accident, words), amend_by(accident, words)
    last = happened
    for row in sorted(root.get("casualties", ()), key=row_id):
        known = day(row, "known_on")
        if known > limit:
            found.append(Fault("E435", {"days": window, "limit": limit}, known, "known_on"))
        if known < last:
            said = {"other_title": "发生时间" if last == happened else "上次续报", "other": last}
            found.append(Fault("E214", said, known, "known_on"))
        if known > (day(accident, "written_off_on") or OPEN):
            said = {"number": number(accident), "day": day(accident, "written_off_on")}
            found.append(Fault("E449", said, None, "known_on"))
        last = known
    return found
