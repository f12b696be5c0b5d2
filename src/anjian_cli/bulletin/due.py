"""What is due and not done, on a day: the items of the view `due_item`, and what is no row there (`due_made`). Reads
only; knows no screen and no form.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from anjian_cli.bulletin import due_made
from anjian_cli.bulletin.definition import departments_on, towns_on
from anjian_cli.bulletin.due_made import Item
from anjian_cli.bulletin.value import Town
from anjian_cli.ledger import held
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.rules.intervals import BEGINNING, OPEN
from anjian_cli.rules.unit_kinds import DEPARTMENTS, TOWNS

UNSETTLED = Town("", "未定镇街", "未定")
_READ = "kind, detail, town_code, subject, due_on, command, handle, record, record_id"
CHUNK = 20_000
"""So many hazards are told in a statement, by their ids: SQLite takes one of a million characters."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be done. `kind` and `detail` say what, `subject` of whom; `due_on` is its last day, `left` how many
    days are left until then (negative: overdue). `unit` is the unit in force whose it is, of the kind `of` (TOWNS,
    DEPARTMENTS), with code '' where it has none: a department's report is the department's, all else is a town's.
    `command` is what is typed behind `anjian`; `handle` what names the record in it, as people say it. `record` and
    `record_id` name the row that it comes from; the id is 0 where nothing is there yet (a report not filed)."""

    kind: str
    detail: str
    unit: Town
    subject: str
    due_on: str
    left: int
    command: str
    handle: str
    record: str
    record_id: int
    of: str = TOWNS

    @property
    def what(self) -> str:
        """The kind with its detail: 重大隐患整改 县级挂牌."""
        return f"{self.kind} {self.detail}".strip()

    @property
    def time_left(self) -> str:
        """逾3天, 今天, 12天."""
        return "今天" if not self.left else f"逾{-self.left}天" if self.left < 0 else f"{self.left}天"


@dataclass(frozen=True, slots=True)
class DueHazard:
    """A hazard that is due, with what its form asks for: `number` in full, `rectified_on` where only the acceptance is
    missing, `grid_officer` where one is known ('' else); `deadline_on` is its deadline in force. `answer` is the answer
    that a department owes of it, where the form asks for that: beside `due`, or the same where nothing else is due."""

    due: Due
    number: str
    description: str
    rectified_on: str | None
    grid_officer: str
    deadline_on: str
    answer: Due | None = None

    @property
    def asked(self) -> tuple[Due, ...]:
        """All that the form asks of it."""
        return (self.due,) if self.answer in (None, self.due) else (self.due, self.answer)


def due(
    connection: sqlite3.Connection,
    today: str,
    until: str,
    town: str | None = None,
    *,
    department: str | None = None,
    since: str = BEGINNING,
) -> list[Due]:
    """The things to be done on `today` that are due by `until`, and not before `since`, the longest overdue first;
    `town` is a town's code, also of one that was merged into another, '' for what has none; `department` a department's
    number, for what is its own (`due_of_unit`); None and None for all."""
    if department is not None:
        from anjian_cli.bulletin import due_of_unit  # here: other lists need none of it

        every = due(connection, today, until, since=since)
        own = due_of_unit.by_department(connection, every, today)
        return next((found for unit, found in own if unit.code == department), [])
    found = [*_others(connection, today, until, since), *_hazards(connection, today, since, until)]
    if town is None:
        return _placed(connection, found, today, None)
    _, rolled = towns_on(connection, today)
    return _placed(connection, found, today, (TOWNS, rolled.get(town, town)))


def of_records(connection: sqlite3.Connection, today: str, ids: Mapping[str, Sequence[int]]) -> list[Due]:
    """What is to be done on `today` of some records, by the names of their tables, whenever it is due, the longest
    overdue first. Raises `Refused`, as `ledger.held`."""
    found: list[Item] = []
    for record, some in ids.items():
        for start in range(0, len(some), CHUNK):
            told = ", ".join(map(str, some[start : start + CHUNK]))
            found += _items(connection, today, BEGINNING, OPEN, f"record = '{record}' AND record_id IN ({told})")
    found += due_made.of_records(connection, today, ids)
    return _placed(connection, found, today, None)


def first(
    connection: sqlite3.Connection,
    today: str,
    until: str,
    town: str | None,
    count: int,
    *,
    pressing_first: bool = False,
) -> tuple[list[Due], Mapping[int, int]]:
    """The first so many of what `due` gives of all units or of a `town`; and of the rest how many there are, by the
    days that are left. Where what is pressing comes first, it does so whenever it was due. Of hazards that are not
    among the first no row is read, unless a `town` is asked for."""
    if town is not None:
        found = due(connection, today, until, town)
        found = pressing_first_of(found) if pressing_first else found
        return found[:count], Counter(one.left for one in found[count:])
    others = _others(connection, today, until)
    on_day = _hazards_by_day(connection, today, until) + Counter(item.due_on for item in others)
    last, reached = "", 0
    for last in sorted(on_day):
        reached += on_day[last]
        if reached >= count:
            break
    early = [item for item in others if item.due_on <= last]
    items = [*early, *_hazards(connection, today, BEGINNING, last)]
    if pressing_first:
        known = set(items)
        items += [item for item in _pressing(connection, today, until) if item not in known]
    found = _placed(connection, items, today, None)
    found = (pressing_first_of(found) if pressing_first else found)[:count]
    on_day.subtract(one.due_on for one in found)
    left = _days_left(today, on_day)
    return found, {left[day]: more for day, more in on_day.items() if more}


def pressing(one: Due) -> bool:
    """Whether it does not wait: a major hazard (重大), or one under supervision (挂牌), that is overdue."""
    return one.record == "hazard" and one.left < 0 and (one.kind.startswith("重大") or one.detail.endswith("挂牌"))


def pressing_first_of(found: Sequence[Due]) -> list[Due]:
    """The same, what is pressing first, each part in its order."""
    return sorted(found, key=lambda one: not pressing(one))


def _pressing(connection: sqlite3.Connection, today: str, until: str) -> list[Item]:
    """What is due of major hazards and of those under supervision."""
    found = connection.execute(
        "SELECT id FROM hazard WHERE level = '重大' UNION SELECT hazard_id FROM supervision WHERE ? < until_on",
        (today,),
    )
    ids = [hazard for (hazard,) in found]
    items: list[Item] = []
    for start in range(0, len(ids), CHUNK):
        told = ", ".join(map(str, ids[start : start + CHUNK]))
        items += _items(connection, today, BEGINNING, min(today, until), f"record = 'hazard' AND record_id IN ({told})")
    return items


def by_kind(
    connection: sqlite3.Connection, today: str, until: str, *, since: str, sound: Collection[str] = ()
) -> tuple[Mapping[str, int], int]:
    """How many things `due` gives: those that are not of hazards by kind, in its order; and those of hazards, of which
    no row is read. Tables that the caller knows to be `sound` are not held again. Raises `Refused`, as `ledger.held`,
    where nothing can be read as it was written."""
    held.readable(connection, but=sound)
    others = _others(connection, today, until, since)
    kinds = Counter(item.kind for _, item in _ordered(connection, others, today))
    return kinds, _hazards_by_day(connection, today, until, since).total()


def _ordered(connection: sqlite3.Connection, items: Sequence[Item], today: str) -> list[tuple[Town, Item]]:
    """Items with the unit in force of each, in the order of the list: on one day departments behind the towns."""
    towns, rolled = towns_on(connection, today)
    at_town = {one.code: (at, one) for at, one in enumerate(towns)}
    place = {(TOWNS, code): at_town[into] for code, into in rolled.items()}
    last = (len(towns), UNSETTLED)
    if any(item.of == DEPARTMENTS for item in items):
        departments, _ = departments_on(connection, today)
        place |= {(DEPARTMENTS, one.code): (at, one) for at, one in enumerate(departments, len(towns) + 1)}
    placed = [(place.get((item.of, item.code or ""), last), item) for item in items]
    placed.sort(key=lambda pair: (pair[1].due_on, pair[0][0], pair[1].kind, pair[1].subject))
    return [(where, item) for (_, where), item in placed]


def _placed(
    connection: sqlite3.Connection, items: Sequence[Item], today: str, unit: tuple[str, str] | None
) -> list[Due]:
    """Items with the unit in force of each, and as people name them, in the order of the list; of one `unit` alone (its
    kind and code) where it is told. Raises `Refused`, as `ledger.held`, where they are not as they were written."""
    held.readable(connection)
    ordered = _ordered(connection, items, today)
    asked = [(where, item) for where, item in ordered if unit is None or (item.of, where.code) == unit]
    held.records(connection, {"hazard": {item.record_id for _, item in asked if item.record == "hazard"}})
    from anjian_cli.ledger import lookup  # here: counting needs no names

    handles = lookup.short_numbers(connection, (item.handle for _, item in asked), today)
    left = _days_left(today, {item.due_on for _, item in asked})
    return [
        Due(
            kind=item.kind,
            detail=item.detail,
            unit=where,
            subject=item.subject,
            due_on=item.due_on,
            left=left[item.due_on],
            command=item.command,
            handle=handle,
            record=item.record,
            record_id=item.record_id,
            of=item.of,
        )
        for (where, item), handle in zip(asked, handles, strict=True)
    ]


def _days_left(today: str, days: Iterable[str]) -> dict[str, int]:
    """How many days are left until each of some days: many things are due on one."""
    now = date.fromisoformat(today)
    return {day: (date.fromisoformat(day) - now).days for day in days}


def _others(connection: sqlite3.Connection, today: str, until: str, since: str = BEGINNING) -> list[Item]:
    """What is due, but for hazards."""
    found = _items(connection, today, since, until, "record <> 'hazard'")
    return [*found, *due_made.made(connection, today, until, since)]


def _hazards(connection: sqlite3.Connection, today: str, since: str, until: str) -> list[Item]:
    """What is due of hazards, in the order of their deadlines. Those with a deadline in force between two
    days are told one by one: SQLite hands such a condition on to the parts of the view, and keeps one with a SELECT in
    it for the end. Of all others the view would say as well that nothing is due, but only after it has looked through
    the rounds of each."""
    standing = connection.execute(
        f"SELECT hazard_id FROM hazard_deadline WHERE {_in_force(connection, today)} AND from_on <= ?1"
        " AND deadline_on BETWEEN ?2 AND ?3 ORDER BY id",
        (today, since, until),
    ).fetchall()
    order = {hazard: at for at, (hazard,) in enumerate(standing)}
    hazards = [*order]
    found = []
    for start in range(0, len(hazards), CHUNK):
        told = ", ".join(map(str, hazards[start : start + CHUNK]))
        found += _items(connection, today, since, until, f"record = 'hazard' AND record_id IN ({told})")
    return sorted(found, key=lambda item: order[item.record_id])


def _items(connection: sqlite3.Connection, today: str, since: str, until: str, condition: str) -> list[Item]:
    cursor = connection.cursor()
    cursor.row_factory = None
    # Few things fall due between two days. SQLite is told so: it would look up what is due firm by firm, of all firms,
    # for that each has one residence of today.
    found = cursor.execute(
        f"SELECT {_READ} FROM due_item"
        f" WHERE unlikely(due_on BETWEEN ?2 AND ?3) AND from_on <= ?1 AND ?1 < settled_on AND {condition}",
        (today, since, until),
    )
    return [Item(*row) for row in found]


def _hazards_by_day(connection: sqlite3.Connection, today: str, until: str, since: str = BEGINNING) -> Counter[str]:
    """How many things are due of hazards, by their last day: of each deadline that is in force one, the rectification
    or the acceptance, unless the hazard is voided or its firm closed. That is what the view comes to (a property test),
    from an index that holds all of it."""
    found = connection.execute(
        f"SELECT deadline_on, count(*) FROM hazard_deadline WHERE {_in_force(connection, today)} AND from_on <= ?1"
        " AND deadline_on BETWEEN ?4 AND ?2"
        " AND hazard_id NOT IN (SELECT id FROM hazard WHERE voided_on IS NOT NULL UNION ALL"
        "   SELECT h.id FROM operating_state o JOIN hazard h ON h.enterprise_id = o.enterprise_id"
        "   WHERE o.state = '关闭' AND o.until_on = ?3 AND o.from_on <= ?1) GROUP BY 1",
        (today, until, OPEN, since),
    )
    return Counter(dict(found))


def _in_force(connection: sqlite3.Connection, today: str) -> str:
    """A condition on deadlines that ended by `today` do not meet: that they stand open, which an index holds, unless
    the sums say that one ended later."""
    later = "SELECT 1 FROM measure_day WHERE day > ? AND measure = 'hazard.open' AND went <> 0"
    return "until_on > ?1" if connection.execute(later, (today,)).fetchone() else f"until_on = '{OPEN}'"


def by_unit(connection: sqlite3.Connection, found: Sequence[Due], today: str) -> Iterator[tuple[Town, list[Due]]]:
    """What is due, unit by unit in the office's order, departments last; who has nothing to do is left out."""
    due_of: dict[tuple[str, str], list[Due]] = {}
    for one in found:
        due_of.setdefault((one.of, one.unit.code), []).append(one)
    towns = [(TOWNS, one) for one in (*towns_on(connection, today)[0], UNSETTLED)]
    departments = [(DEPARTMENTS, one) for one in departments_on(connection, today)[0]]
    for of, unit in (*towns, *departments):
        if (of, unit.code) in due_of:
            yield unit, due_of[of, unit.code]


def hazards(
    connection: sqlite3.Connection, found: Sequence[Due], today: str, *, phones: bool = False, answers: bool = False
) -> list[DueHazard]:
    """The hazards among what is due, each once, by grid officer, those without one last; telephone numbers in their
    descriptions masked unless `phones`: a town may have those of its own firms. With `answers` those too of which a
    department owes an answer: a town is not asked for that."""
    owed = _answers(connection, found) if answers else {}
    asked = {one.record_id: one for one in found if one.record == "hazard"}
    made = [
        _hazard(connection, hazard, one, today, phones=phones, answer=owed.get(hazard))
        for hazard, one in (owed | asked).items()
    ]
    return sorted(made, key=lambda one: (not one.grid_officer, one.grid_officer, one.due.due_on))


def _answers(connection: sqlite3.Connection, found: Sequence[Due]) -> dict[int, Due]:
    """The answers that are owed (移交答复), by the hazard."""
    handed_over = "SELECT hazard_id FROM hazard_charge WHERE id = ?"
    return {
        connection.execute(handed_over, (one.record_id,)).fetchone()[0]: one
        for one in found
        if one.record == "hazard_charge"
    }


def _hazard(
    connection: sqlite3.Connection, hazard: int, one: Due, today: str, *, phones: bool, answer: Due | None
) -> DueHazard:
    row: Mapping[str, str | None] = connection.execute(
        "SELECT h.number, h.description, COALESCE(e.grid_officer, (SELECT group_concat(o.name, '、') FROM officer o"
        "   JOIN residence r ON r.village_code = o.village_code AND r.until_on = ?3"
        "   WHERE r.enterprise_id = e.id AND o.voided_on IS NULL AND COALESCE(o.from_on, '') <= ?2"
        "   AND ?2 < COALESCE(o.until_on, ?3)), '') AS grid_officer,"
        " (SELECT rectified_on FROM rectification WHERE hazard_id = h.id AND conclusion IS NULL) AS rectified_on,"
        " (SELECT deadline_on FROM hazard_deadline WHERE hazard_id = h.id ORDER BY id DESC LIMIT 1) AS deadline_on"
        " FROM hazard h JOIN enterprise e ON e.id = h.enterprise_id WHERE h.id = ?1",
        (hazard, today, OPEN),
    ).fetchone()
    from anjian_cli.records import masking  # here: a list of what is due shows no text

    description = masking.in_text(str(row["description"]), phones=phones)
    return DueHazard(
        due=one,
        number=str(row["number"]),
        description=description,
        rectified_on=row["rectified_on"],
        grid_officer=str(row["grid_officer"]),
        deadline_on=str(row["deadline_on"]),
        answer=answer,
    )
