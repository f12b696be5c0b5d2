"""Records of a file that look like others, and may yet be meant so: they are kept, and said.

A document's number that stands with two enterprises; a thing that was found again some days later in the same words; a
text that differs in one letter from another one of the same day. Looked for once among all that a file brought, since
each may lie in the file or in the ledger.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.ledger.gate import Gate
from anjian_cli.records import likeness, values
from anjian_cli.workflow import in_bulk
from anjian_cli.workflow.register import STORED_AS

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record

SHORTEST = 5
"""Characters of a text from which on one letter is a slip rather than another word."""
MANY = 50
"""So many texts of one day that begin, or end, alike are numbered through; nothing is said of their letters."""
_TELLS_APART = (
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ零〇一二三四五六七八九十百甲乙丙丁戊己庚辛壬癸"
    "东南西北中上下左右前后内外大小高低新老旧早晚男女正副首末初复进出"
)
"""Characters that lists use on purpose to tell one thing from another beside it: 一车间, 二车间."""
_TELLS_NOTHING = rf"[^\n{_TELLS_APART}]+"
_SEASON = 64
"""Days that share a trace: within them the same text is found again by one look."""
MOST = 400_000
"""Traces that are held beside each other."""


class Alike(NamedTuple):
    """Two records by their ids, the first of them new or changed by this file, and by what they are alike: the code
    of the note and the field it speaks of. `known` is the number of the second; `told` is what the note says of the
    second, `told_of_one` the same of the first (whose it is, its day or its text). `days` are between them."""

    code: str
    field: str
    one: int
    other: int
    known: str
    told: str
    told_of_one: str
    days: int = 0


def found(gate: Gate, record: Record, new: Collection[int], changed: Collection[int]) -> Iterator[Alike]:
    """What is alike of the new records (ids), and of those that were changed only by a document's number."""
    for name, column in record.columns.items():
        if column.of_one and (new or changed):
            yield from _of_two_enterprises(gate, record, name, [*new, *changed])
    if new and (key := key_of_day(record)):
        yield from _nearly_the_same(gate, record, key, new)


def _of_two_enterprises(gate: Gate, record: Record, field: str, rows: Collection[int]) -> Iterator[Alike]:
    # A number without a digit (无, /) is none.
    query = (
        f"SELECT a.id, b.id, b.number, owner.name, own.name FROM json_each(?) j JOIN {record.name} a ON a.id = j.value"
        f" JOIN {record.name} b ON b.{field} = a.{field} AND b.enterprise_id <> a.enterprise_id"
        " AND b.voided_on IS NULL JOIN enterprise owner ON owner.id = b.enterprise_id"
        f" JOIN enterprise own ON own.id = a.enterprise_id WHERE a.{field} GLOB '*[0-9]*'"
    )
    for pair in in_bulk.rows_with(gate, query, rows):
        yield Alike("N329", field, *pair)


class KeyOfDay(NamedTuple):
    """A key of a record type that consists of a past day, a free text, and others: all by their columns."""

    day: str
    text: str
    others: tuple[str, ...]


def key_of_day(record: Record) -> KeyOfDay | None:
    """The key by which records of one day in nearly the same words are found; None where there is none. Names of people
    and numbers of documents are no such texts: they differ by one letter and mean another one."""
    for key in record.keys:
        days = [name for name in key if record.columns[name].past]
        texts = [
            name
            for name in key
            if not record.columns[name].refers and type(record.columns[name].parse) is values.Text and name != "number"
        ]
        if days and texts:
            others = tuple(STORED_AS.get(name, name) for name in key if name not in (days[0], texts[0]))
            return KeyOfDay(days[0], texts[0], others)
    return None


def traces(
    whose: Sequence[Hashable], days: Sequence[str], texts: Sequence[str], within: int
) -> list[Sequence[int | None]]:
    """What records leave behind, given by column (whose they are, their days, the keys of their texts), so that any two
    that are alike have a trace in common: each of them in several columns, None for none. Others may have one in
    common by chance.

    The text in its season, and where that ends or begins less than `within` days away, at its edge; both halves of the
    text on its day, of which a changed letter leaves one, with all that tells one from the next.
    """
    left: list[Sequence[int | None]] = []
    if within:
        season, edge = dict[str, int](), dict[str, int | None]()
        for day in set(days):
            at = date.fromisoformat(day).toordinal()
            season[day] = at // _SEASON
            near = (at + within) // _SEASON
            edge[day] = -near if near != (at - within) // _SEASON else None
        said = [hash(both) for both in zip(whose, texts, strict=True)]
        left.append([one ^ season[day] for one, day in zip(said, days, strict=True)])
        at_edge = [edge[day] for day in days]
        left.append([None if near is None else one ^ near for one, near in zip(said, at_edge, strict=True)])
    sizes = list(map(len, texts))
    marks = re.sub(_TELLS_NOTHING, "", "\n".join(texts)).split("\n") if texts else []
    bases = [hash(one) for one in zip(whose, days, marks, sizes, strict=True)]
    rows = list(zip(bases, texts, sizes, strict=True))
    left.append([base ^ hash(text[: size // 2]) if size >= SHORTEST else None for base, text, size in rows])
    left.append([base - hash(text[size // 2 :]) if size >= SHORTEST else None for base, text, size in rows])
    return left


class Traces:
    """The traces of many records, in the order of a file. After `MOST` of them it begins anew: of a million rows those
    that lie far apart are not held beside each other, for the memory that would take."""

    def __init__(self) -> None:
        self._known: dict[int, set[int | None]] = defaultdict(set)

    def again(self, places: Sequence[int], columns: Sequence[Sequence[int | None]]) -> set[int]:
        """The places of the records that have a trace of an earlier one; `columns` as `traces` makes them."""
        found: set[int] = set()
        for number, column in enumerate(columns):
            known, fresh = self._known[number], set(column)
            fresh.discard(None)
            if len(fresh) < len(column) - column.count(None):
                here = set[int]()
                for at, one in zip(places, column, strict=True):
                    if one is not None:
                        if one in here:
                            found.add(at)
                        here.add(one)
            if not known.isdisjoint(fresh):
                found.update(at for at, one in zip(places, column, strict=True) if one in known)
            known |= fresh
        if sum(map(len, self._known.values())) > MOST:
            self._known.clear()
        return found


def days_around(first: str, last: str, within: int) -> tuple[str, str]:
    """The days between which records may lie that are alike some of these days."""
    wider = timedelta(within)
    return (date.fromisoformat(first) - wider).isoformat(), (date.fromisoformat(last) + wider).isoformat()


def _nearly_the_same(gate: Gate, record: Record, key: KeyOfDay, new: Collection[int]) -> Iterator[Alike]:
    wanted, within = set(new), record.doubled_within
    these = "id IN (SELECT value FROM json_each(?1))"
    ends = f"SELECT min({key.day}), max({key.day}) FROM {record.name} WHERE {these}"
    ((first, last),) = in_bulk.rows_with(gate, ends, wanted)
    columns = ", ".join(("id", "number", key.day, key.text, *key.others))
    whose = key.others[0] if key.others else key.day
    query = (
        f"SELECT {columns} FROM {record.name} WHERE voided_on IS NULL AND {key.day} BETWEEN ?2 AND ?3"
        f" AND {key.text} IS NOT NULL"
        f" AND {whose} IN (SELECT {whose} FROM {record.name} WHERE {these})"
    )
    there = in_bulk.rows_with(gate, query, wanted, *days_around(first, last, within))
    texts = likeness.keys([row[3] for row in there])
    said = set()
    for column in traces([row[4:] for row in there], [row[2] for row in there], texts, within):
        for some in _shared(column):
            pairs = ((one, other) for one in some if there[one][0] in wanted for other in some if other != one)
            for one, other in pairs:
                if (one, other) in said:
                    continue
                alike = _alike(record, key, (there[one], texts[one]), (there[other], texts[other]))
                if alike is not None:
                    said.add((one, other))
                    yield alike


def _shared(column: Sequence[int | None]) -> Iterable[list[int]]:
    """The places of each trace that several records have, and not so many that they are numbered through."""
    seen, again = set[int | None](), set[int | None]()
    for trace in column:
        (again if trace in seen else seen).add(trace)
    again.discard(None)
    places: dict[int | None, list[int]] = defaultdict(list)
    for at, trace in enumerate(column):
        if trace in again:
            places[trace].append(at)
    return (some for some in places.values() if len(some) <= MANY)


def _alike(
    record: Record, key: KeyOfDay, one: tuple[Sequence[str], str], other: tuple[Sequence[str], str]
) -> Alike | None:
    (row, text), (beside, near) = one, other
    ids = int(row[0]), int(beside[0]), str(beside[1])
    if text == near:
        apart = abs((date.fromisoformat(row[2]) - date.fromisoformat(beside[2])).days)
        if 0 < apart < record.doubled_within:
            return Alike("N330", key.day, *ids, beside[2], row[2], apart)
    elif row[2] == beside[2] and is_a_letter_off(text, near):
        return Alike("N331", key.text, *ids, beside[3], row[3])
    return None


def is_a_letter_off(one: str, other: str) -> bool:
    """Whether of two texts one letter is another, none of those that tell one thing from the next."""
    if len(one) != len(other) or len(one) < SHORTEST:
        return False
    pairs = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(pairs) == 1 and set(_TELLS_APART).isdisjoint(pairs[0])
