"""Which row of a sheet holds the headings, which column is which field, and which rows are no records.

Knows the titles of a record type, not what its cells mean. Headings are never guessed from their likeness: a
column that is not recognised is reported, not read. What a town calls its columns can be told (`Own`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from anjian_cli.errors import Fault, Place, Refused
from anjian_cli.exchange.content import Sheet
from anjian_cli.records.definition import Column, Record

WITHIN = 20
"""How many rows from the top are looked through for the headings."""

_NOTE = re.compile(
    "(?:填表人|填报人|制表人|审核人|单位负责人|填表日期|填报日期|填表说明|示例行)"
    "|(?:合计|总计|小计|共计|注|备注|说明|示例)(?![a-z\u3400-\u9fff])"
    "|共[0-9]+[条家行户起项个份]$"
)
NOTE_BEGINS = "填制审单示合总小共注备说★☆*＊"
# A value under a heading in 万元 would be read as yuan: such a bracket is no mere remark.
_SCALES = "千万亿%‰"


@dataclass(frozen=True, slots=True)
class Own:
    """What a town's own layout means, for one record type. `fields` leads from the key of a heading to its field;
    `ignored` are keys of headings that are not read and not reported; `fixed` are fields that the layout has no
    column for, with the text that stands in every row. `placed` leads from a column's index to its field, whatever its
    heading, or to '' where it is not read."""

    fields: dict[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    fixed: Mapping[str, str] = field(default_factory=dict)
    placed: Mapping[int, str] = field(default_factory=dict)


NOTHING = Own()


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of a sheet for one record type.

    `row` is the line they stand on; `fields` leads from a column's index (from 0) to its field, `titles` from
    a field to its heading as typed; `unknown` are the headings not recognised; `width` counts the columns up
    to the last that has a heading. Columns that are only shown are recognised and left out of `fields`.
    """

    row: int
    fields: dict[int, str]
    titles: dict[str, str]
    unknown: list[str]
    width: int


def letter(index: int) -> str:
    """The spreadsheet's letters for a column's index: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def index(letters: str) -> int:
    """The index of a column by its letters: A is 0, AA is 26."""
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - ord("A") + 1
    return number - 1


def overlong(cells: Sequence[str], width: int) -> int:
    """How many cells a row has if something stands beyond the last heading, else 0 (see E307)."""
    for index in range(len(cells) - 1, width - 1, -1):
        if _visible(cells[index]):
            return index + 1
    return 0


def is_note(cells: Sequence[str]) -> bool:
    """Whether a row is a total, a signature, a remark or an example, by the first cell that is not blank."""
    for cell in cells:
        if seen := cell.strip():
            # Most rows are records, and files hold a million: the first character decides nearly all.
            return seen[0] in NOTE_BEGINS and _NOTE.match(key(seen)) is not None
    return False


def match(sheet: Sheet, record: Record, within: int = WITHIN, own: Own = NOTHING) -> Heading:
    """The heading row of `sheet`: of its first `within` rows the one with the most headings of `record`, read alone
    or together with the row above it. What a town's `own` headings mean goes before what they would mean otherwise.

    Two must be recognised, or one if no other is required. Raises `Refused`: E301 (no such row), or all of
    E308 (two columns for one field) and E310 (required columns missing) at once.
    """
    place = Place(file=sheet.file, sheet=sheet.name)
    best = _best_row(sheet, record, within, own)
    if best is None:
        raise none_found(place, [record], within)
    row, found, cells = best.line, best.found, best.cells
    faults = []
    fields: dict[int, str] = {}
    titles: dict[str, str] = {}
    for index, name in found.items():
        if record.columns[name].shown_only:
            continue
        title = cells[index].strip()
        if name in titles:
            at = Place(sheet.file, sheet.name, row, column=letter(index))
            before = next(other for other, field in fields.items() if field == name)
            words = {"title": title, "first": letter(before), "second": letter(index)}
            faults.append(Fault("E308", words, field=name, place=at))
            continue
        fields[index] = name
        titles[name] = title
    # A file that names its records by number may bring only what changes.
    if missing := set() if "number" in titles else required(record) - titles.keys() - own.fixed.keys():
        named = "、".join(column.title for name, column in record.columns.items() if name in missing)
        words = {"titles": named, "template": _template(record)}
        faults.append(Fault("E310", words, place=Place(sheet.file, sheet.name, row)))
    if faults:
        raise Refused(faults)
    headed = [index for index, cell in enumerate(cells) if _visible(cell)]
    passed = {index for index in headed if key(cells[index]) in own.ignored or index in own.placed}
    unknown = [cells[index].strip() for index in headed if index not in found and index not in passed]
    return Heading(row, fields, titles, unknown, headed[-1] + 1)


def recognise(sheet: Sheet, records: Sequence[Record], own: Mapping[str, Own] | None = None) -> Record:
    """The record type a sheet holds: the one with the most headings recognised; of several, the one with all
    required headings there, then the one that alone has a layout of its `own` (by name of the record type).

    Raises `Refused`: E301 if none is recognised, E311 if several are as likely, and what `match` refuses.
    """
    own = own or {}
    scores: dict[str, tuple[int, bool]] = {}
    for record in records:
        told = own.get(record.name, NOTHING)
        best = _best_row(sheet, record, WITHIN, told)
        if best is not None:
            recognised = set(best.found.values())
            scores[record.name] = len(recognised), required(record) <= recognised | told.fixed.keys()
    place = Place(file=sheet.file, sheet=sheet.name)
    if not scores:
        raise none_found(place, records)
    # The number goes first: a hazard sheet without its description must not be taken for one of enterprises.
    likely = [record for record in records if scores.get(record.name) == max(scores.values())]
    if len(likely) > 1:
        likely = [record for record in likely if record.name in own] or likely
    if len(likely) > 1:
        words = {"kinds": "、".join(record.title for record in likely), "noun": likely[0].noun}
        raise Refused([Fault("E311", words, place=place)])
    match(sheet, likely[0], own=own.get(likely[0].name, NOTHING))
    return likely[0]


def most(sheet: Sheet, records: Iterable[Record], own: Mapping[str, Own] | None = None) -> int:
    """How many headings are recognised in a sheet, at most, for one of the record types."""
    found = (_best_row(sheet, record, WITHIN, (own or {}).get(record.name, NOTHING)) for record in records)
    return max((len(set(best.found.values())) for best in found if best), default=0)


def required(record: Record) -> set[str]:
    """The fields of a record that a file must have a column for."""
    return {name for name, column in record.columns.items() if column.required}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that may hold the headings: its line, its cells read together with those above, recognised columns."""

    line: int
    cells: Sequence[str]
    found: dict[int, str]


def _best_row(sheet: Sheet, record: Record, within: int, own: Own) -> _Row | None:
    """The first row that has the most headings of a record, if it has enough."""
    known = _known(record) | dict.fromkeys(own.ignored, "") | own.fields
    needed = required(record)
    best: _Row | None = None
    most = 0
    above: list[str] = []
    for line, cells in sheet.rows[:within]:
        alone = {index: name for index, cell in enumerate(cells) if (name := _field(cell, known))}
        for row in (_Row(line, cells, alone), _joined(line, above, cells, known)):
            if own.placed:
                row = replace(row, found={i: name for i, name in {**row.found, **own.placed}.items() if name})
            recognised = set(row.found.values())
            enough = len(recognised) >= 2 or (recognised and recognised == needed)
            if enough and len(recognised) > most:
                best, most = row, len(recognised)
        above = cells
    return best


def _joined(line: int, above: Sequence[str], cells: Sequence[str], known: dict[str, str]) -> _Row:
    """A row read as the lower line of headings in two lines: 整改 over 完成日期|验收日期 is 整改完成日期, 整改验收日期.

    A cell merged over both lines stands in the upper one; one merged over several columns in the first of these.
    """
    joined: list[str] = []
    found = {}
    over = ""
    for index in range(max(len(above), len(cells))):
        upper = above[index] if index < len(above) else ""
        lower = cells[index] if index < len(cells) else ""
        over = upper if _visible(upper) else over
        both = f"{over.strip()}{lower.strip()}" if _visible(lower) else upper
        title = next((title for title in (both, lower) if _field(title, known)), lower or upper)
        if name := _field(title, known):
            found[index] = name
        joined.append(title)
    return _Row(line, joined, found)


def field_of(heading: str, record: Record) -> str | None:
    """The field that a heading stands for in every layout: a title, an alias or the field's English name."""
    return _field(heading, _known(record)) or None


def headings_of(name: str, record: Record) -> tuple[str, ...]:
    """All headings that stand for a field in every layout, its title first."""
    column = record.columns[name]
    return (column.title, name, *column.aliases)


def other_scale(heading: str, column: Column) -> bool:
    """Whether a heading says in its bracket that values are in another unit than the column's: 万元 for 元."""
    told, meant = _remark(key(heading)), {_remark(key(title)) for title in (column.title, *column.aliases)}
    if told in meant or not ("元" in told or _scaled(told)):
        return False
    return any(map(_scaled, (told, *meant)))


def _field(heading: str, known: Mapping[str, str]) -> str | None:
    found = key(heading)
    return known[found] if found in known else known.get(without_remark(found))


@lru_cache(maxsize=64)
def _known(record: Record) -> dict[str, str]:
    """Key of a heading to the field it stands for. Full titles go before those without their remark."""
    full: dict[str, str] = {}
    short: dict[str, str] = {}
    for name in record.columns:
        for heading in headings_of(name, record):
            full.setdefault(key(heading), name)
            short.setdefault(without_remark(key(heading)), name)
    return short | full


@lru_cache(maxsize=4096)
def key(heading: str) -> str:
    """What two spellings of a heading have in common."""
    narrow = unicodedata.normalize("NFKC", heading).lower()
    visible = "".join(char for char in narrow if unicodedata.category(char) not in ("Cf", "Cc", "Zs"))
    return visible.strip("★☆*:")


@lru_cache(maxsize=4096)
def without_remark(key: str) -> str:
    """A key without a bracket at its end, such as (家) or (必填), unless that multiplies the values."""
    remark = _remark(key)
    return key if _scaled(remark) else key.removesuffix(remark)


def _scaled(remark: str) -> bool:
    return any(scale in remark for scale in _SCALES)


def _remark(key: str) -> str:
    found = re.search(r"(?<=.)\([^()]*\)$", key)
    return found[0] if found else ""


def _visible(cell: str) -> bool:
    return bool(cell) and bool(key(cell))


def none_found(place: Place, records: Sequence[Record], within: int = WITHIN) -> Refused:
    """E301, with titles that were looked for, and how to get a template: of the record type; of several, the titles
    that most of them have, and a form for all."""
    if len(records) == 1:
        columns = sorted(records[0].columns.values(), key=lambda column: not column.required)
        titles, template = [column.title for column in columns[:2]], _template(records[0])
    else:
        every = Counter(
            column.title
            for record in records
            for name, column in record.columns.items()
            if name not in ("number", "remark")  # every form has these, and they say nothing
        )
        titles, template = [title for title, _ in every.most_common(4)], "anjian 空表 -o 空表.xlsx"
    wanted = "".join(f"“{title}”" for title in titles)
    return Refused([Fault("E301", {"rows": within, "wanted": wanted, "template": template}, place=place)])


def _template(record: Record) -> str:
    return f"anjian {record.noun} template -o {record.title}空表.xlsx"
