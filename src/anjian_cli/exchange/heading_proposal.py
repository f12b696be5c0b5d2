"""Headings that are nearly those of a record type: what each may stand for, to be proposed and never applied.

Chinese headings say at their end what they are (…日期, …名称, …人): two that end differently are not alike, however
much they share before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from anjian_cli.errors import Misread
from anjian_cli.exchange import headings
from anjian_cli.exchange.cells import READ_ONLY, restored
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.headings import NOTHING, Own
from anjian_cli.records.definition import Column, Record

LIKE = 0.7
"""How much of two headings must agree (as difflib counts) where neither holds the other."""
ENOUGH = 3
"""A row with fewer headings, recognised or nearly, is not taken for one of headings."""
SAMPLED = 500
"""So many rows from the top are looked through for texts that mean something else."""
_SAME = (("时间", "日期"), ("时限", "期限"), ("全称", "名称"), ("人数", "人次"), ("乡镇街道", "镇街"), ("乡镇", "镇街"))
_FILLING = ("名称", "情况", "内容", "信息", "栏")


class Pair(NamedTuple):
    """A heading as typed, the spreadsheet's letter of its column, and the field it may stand for, with its title."""

    heading: str
    column: str
    field: str
    title: str


class Both(NamedTuple):
    """A heading as typed, its column, the field it stands for, and the other one that its day may be as well, with its
    title."""

    heading: str
    column: str
    field: str
    other: str
    title: str


class Value(NamedTuple):
    """A text in the cells of a field (with its title), and what it may mean: '' for a blank."""

    field: str
    title: str
    text: str
    meant: str


class Unread(NamedTuple):
    """The first text below a heading that cannot be read as what the heading is proposed to stand for, and why."""

    heading: str
    column: str
    text: str
    reason: str


@dataclass(frozen=True)
class Proposal:
    """What the unknown headings of a sheet may stand for, and what texts in its cells may mean. `missing` are titles of
    required columns that no heading comes near to, `wanted` of those that had better be there, `left` headings that are
    near to none, `serial` those over mere numbers of rows. `twice` are columns whose field another one has before them.
    Where it `goes_on` with known records, what is missing is only wanted for new ones."""

    record: Record
    file: str
    sheet: str
    pairs: tuple[Pair, ...]
    missing: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    both: tuple[Both, ...] = ()
    values: tuple[Value, ...] = ()
    unread: tuple[Unread, ...] = ()
    serial: tuple[str, ...] = ()
    twice: tuple[Pair, ...] = ()
    goes_on: bool = False


class _Form(NamedTuple):
    """One way a field is called, reduced to what counts in a comparison. A `short` one has lost a word: it is only
    met by a heading that is the same (单位 is 单位名称, but 责任单位 is not). So is one that only lists use."""

    text: str
    field: str
    short: bool


def propose(sheet: Sheet, records: Iterable[Record], own: Mapping[str, Own] | None = None) -> Proposal | None:
    """What the headings of a sheet may stand for: of the record types the one that most of them are near to. None if
    nothing is near. Looked for in the rows in which headings are looked for."""
    best: Proposal | None = None
    most: int | None = None
    for record in records:
        told = (own or {}).get(record.name, NOTHING)
        for line, cells in sheet.rows[: headings.WITHIN]:
            found = _of_row(sheet, line, cells, record, told)
            if found is None:
                continue
            headed = sum(1 for cell in cells if cell.strip()) - len(found.left) - len(found.serial)
            if most is None or headed - len(found.missing) > most:
                best, most = found, headed - len(found.missing)
    return best


def resembled(heading: str, record: Record) -> set[str]:
    """The fields of a record that a heading is as good as a name of: in the words of one of them, or in those that
    lists use for it."""
    fields = frozenset(name for name, column in record.columns.items() if not column.shown_only)
    return {name for name, likeness in _near(heading, record, fields).items() if likeness == 1.0}


def _of_row(sheet: Sheet, line: int, cells: Sequence[str], record: Record, own: Own) -> Proposal | None:
    meant = ((index, own.placed.get(index, _meant(cell, record, own))) for index, cell in enumerate(cells))
    known = {index: name for index, name in meant if name}
    free = record.columns.keys() - set(known.values()) - own.fixed.keys()
    unknown = {
        index: cell.strip()
        for index, cell in enumerate(cells)
        if index not in known
        and index not in own.placed
        and headings.key(cell)
        and headings.key(cell) not in own.ignored
        and not cell.strip().endswith(READ_ONLY)
    }
    pairs = [
        Pair(unknown[index], headings.letter(index), name, record.columns[name].title)
        for index, name in sorted(_paired(unknown, record, free).items())
    ]
    fields = known | _paired(unknown, record, free)
    if len(known) + len(pairs) < ENOUGH:
        return None
    values = _values(sheet, line, fields, record, own)
    twice = tuple(_twice(cells, known, record))
    if not pairs and not values and not twice:
        return None
    both = _both(cells, fields, record, own)
    covered = {*fields.values(), *own.fixed, *(one.other for one in both)}
    covered |= {other for name in fields.values() for other in own.also.get(name, ())}
    missing = headings.required(record) - covered
    titles = tuple(column.title for name, column in record.columns.items() if name in missing)
    wanted = tuple(column.title for name, column in record.columns.items() if column.expected and name not in covered)
    near = {pair.heading for pair in pairs}
    serial = tuple(heading for heading in unknown.values() if headings.is_serial(heading))
    left = tuple(heading for heading in unknown.values() if heading not in near and heading not in serial)
    paired = {index: pair for index in fields for pair in pairs if headings.letter(index) == pair.column}
    unread = tuple(_unread(sheet, line, paired, record, values))
    goes_on = "number" in covered or headings.goes_on(record, covered)
    parts = (tuple(pairs), titles, left, wanted, both, values, unread, serial, twice, goes_on)
    return Proposal(record, sheet.file, sheet.name, *parts)


def _twice(cells: Sequence[str], known: Mapping[int, str], record: Record) -> Iterator[Pair]:
    """The columns whose field one before them has already."""
    seen: set[str] = set()
    for index, name in known.items():
        column = record.columns[name]
        if name in seen and not column.shown_only:
            yield Pair(cells[index].strip(), headings.letter(index), name, column.title)
        seen.add(name)


def _samples(sheet: Sheet, line: int, index: int) -> Iterator[str]:
    """The texts of a column below the headings, each once."""
    rows = (cells for at, cells in sheet.rows[:SAMPLED] if at > line and not headings.is_note(cells))
    yield from dict.fromkeys(cells[index].strip() for cells in rows if index < len(cells) and cells[index].strip())


def _values(sheet: Sheet, line: int, fields: Mapping[int, str], record: Record, own: Own) -> tuple[Value, ...]:
    """What texts may mean that their field does not know."""
    found = []
    for index, name in fields.items():
        column = record.columns[name]
        near = {headings.key(word): meant for word, meant in column.near_values.items()}
        for text in _samples(sheet, line, index) if near else ():
            known = headings.key(text) in own.values.get(name, {}) or _reason(text, column) is None
            if not known and headings.key(text) in near:
                found.append(Value(name, column.title, text, near[headings.key(text)]))
    return tuple(found)


def _unread(
    sheet: Sheet, line: int, paired: Mapping[int, Pair], record: Record, values: Iterable[Value]
) -> Iterator[Unread]:
    meant = {(value.field, value.text) for value in values}
    for index, pair in paired.items():
        for text in _samples(sheet, line, index):
            reason = _reason(text, record.columns[pair.field])
            if reason is not None and (pair.field, text) not in meant:
                yield Unread(pair.heading, pair.column, text, reason)
                break


def _reason(text: str, column: Column) -> str | None:
    """Why a text cannot be read as a field; None if it can."""
    try:
        column.read_as_own(restored(text))
    except Misread as misread:
        return misread.fault(text).reason
    return None


def _both(cells: Sequence[str], fields: Mapping[int, str], record: Record, own: Own) -> tuple[Both, ...]:
    """Of two days of which a list has but one, the other; where it says how it ended."""
    ended = any(name in fields.values() for name in record.outcome[:1])
    told = own.covered(fields.values())
    there = [name for name in record.same_day if name in told]
    if not ended or len(there) != 1:
        return ()
    index = next((index for index, name in fields.items() if name == there[0]), None)
    if index is None:
        return ()
    return tuple(
        Both(cells[index].strip(), headings.letter(index), there[0], name, record.columns[name].title)
        for name in record.same_day
        if name not in told
    )


def _meant(cell: str, record: Record, own: Own) -> str | None:
    return own.fields.get(headings.key(cell)) or headings.field_of(cell, record)


def _paired(unknown: Mapping[int, str], record: Record, free: Iterable[str]) -> dict[int, str]:
    """Columns that are nearest to a field to which they are the nearest. Of two that are equally near to one field,
    or two fields that are equally near, nobody can say which is meant."""
    near = {
        (index, name): likeness
        for index, heading in unknown.items()
        for name, likeness in _near(heading, record, frozenset(free)).items()
    }

    def alone(index: int, name: str, likeness: float) -> bool:
        rivals = (other for at, other in near.items() if at != (index, name) and (at[0] == index or at[1] == name))
        return all(other < likeness for other in rivals)

    return {index: name for (index, name), likeness in near.items() if alone(index, name, likeness)}


def _near(heading: str, record: Record, free: frozenset[str]) -> dict[str, float]:
    """The free fields that a heading is near to, each with how near (0 to 1)."""
    found: dict[str, float] = {}
    for text in dict.fromkeys(_reduced(heading)):
        for form in _forms(record).get(text[-1:], ()):
            if form.field not in free or headings.other_scale(heading, record.columns[form.field]):
                continue
            likeness = float(text == form.text) if form.short else _likeness(text, form.text)
            if likeness > found.get(form.field, 0):
                found[form.field] = likeness
    return found


def _likeness(text: str, form: str) -> float:
    """How near two reduced headings with the same last character are, from 0 (not at all) to 1 (the same)."""
    if text == form:
        return 1.0
    if len(form) >= 2 and text.endswith(form):
        return 0.9 + min(len(form), 9) / 100
    if len(text) >= 3 and (form.endswith(text) or sorted(text) == sorted(form)):
        return 0.85
    if len(set(text) & set(form)) < 2:
        return 0.0
    ratio = SequenceMatcher(None, text, form, autojunk=False).ratio()
    return ratio * 0.85 if ratio >= LIKE else 0.0


def _reduced(heading: str) -> Iterator[str]:
    """A heading without its remark, with one word for what has several; and the same without a filling word."""
    text = headings.without_remark(headings.key(heading)).replace("_", "")
    for word, usual in _SAME:
        text = text.replace(word, usual)
    if text:
        yield text
    for word in _FILLING:
        if len(text) >= len(word) + 2 and text.endswith(word):
            yield text.removesuffix(word)


@lru_cache(maxsize=64)
def _forms(record: Record) -> dict[str, list[_Form]]:
    """How the fields that a file may bring are called, by the last character. A number is the ledger's own: a town's
    numbering of its rows never stands for it."""
    found: dict[str, list[_Form]] = {}
    for name, column in record.columns.items():
        if column.shown_only or name == "number":
            continue
        for heading in headings.headings_of(name, record):
            for number, text in enumerate(_reduced(heading)):
                found.setdefault(text[-1], []).append(_Form(text, name, short=number > 0))
        for text in dict.fromkeys(text for word in column.near for text in _reduced(word)):
            found.setdefault(text[-1], []).append(_Form(text, name, short=True))
    return found
