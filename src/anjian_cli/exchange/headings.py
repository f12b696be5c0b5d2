"""Which row of a sheet holds the headings, which column is which field, and which rows are no records.

Knows the titles of a record type, not what its cells mean. Headings are never guessed from their likeness: a
column that is not recognised is reported, not read. What a town calls its columns can be told (`Own`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from anjian_cli.errors import Fault, Place, Refused
from anjian_cli.exchange.content import Sheet
from anjian_cli.records.definition import Column, Record
from anjian_cli.rules import place_names

WITHIN = 20
"""How many rows from the top are looked through for the headings."""

OF_ALL = f"全[{''.join(place_names.LEVELS)}]"
"""What may stand before the word for a total: 全市合计."""
_NOTE = re.compile(
    "(?:填表人|填报人|制表人|审核人|单位负责人|填表日期|填报日期|填表说明|示例行)"
    f"|(?:{OF_ALL})?(?:合计|总计|小计|共计|注|备注|说明|示例)(?![a-z\u3400-\u9fff])"
    "|共[0-9]+[条家行户起项个份]$"
)
SERIAL = {"序号", "序", "no", "no."}
"""Keys of headings over a serial number, which says nothing of a record."""
_PLAIN_NOTE = re.compile(
    "(?:填表人|填报人|制表人|审核人|单位负责人|填表日期|填报日期|填表说明|示例行|注|备注|说明|示例)(?::.*)?$"
    f"|(?:{OF_ALL})?(?:合计|总计|小计|共计)(?::.*)?$"
    f"|(?:{OF_ALL})?(?:合计|总计|共计|共):?[0-9]+[条家行户起项个份]$",
    re.DOTALL,
)
_BEGINS_BLOCK = re.compile("(?:填表说明|说明|备注|注)(?![a-z\u3400-\u9fff])|填表说明")
NOTE_BEGINS = "填制审单示合总小共注备说全★☆*＊"
# A value under a heading in 万元 would be read as yuan: such a bracket is no mere remark.
_SCALES = "千万亿%‰"


@dataclass(frozen=True, slots=True)
class Own:
    """What a town's own layout means, for one record type. `fields` leads from the key of a heading to its field;
    `ignored` are keys of headings that are not read and not reported; `fixed` are fields that the layout has no
    column for, with the text that stands in every row. `also` leads from a field to others that its column tells as
    well; `values` from a field to what its cells mean, by the keys of their texts.
    `placed` leads from a column's index to its field, whatever its heading, or to '' where it is not read."""

    fields: dict[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    fixed: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    placed: Mapping[int, str] = field(default_factory=dict)

    def covered(self, names: Iterable[str]) -> set[str]:
        """The fields that a sheet tells which has columns for those named."""
        return {*names, *self.fixed, *(other for name in names for other in self.also.get(name, ()))}


NOTHING = Own()


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of a sheet for one record type.

    `row` is the line they stand on; `fields` leads from a column's index (from 0) to its field, `titles` from
    a field to its heading as typed; `unknown` are the headings not recognised; `width` counts the columns up
    to the last that has a heading. Columns that are only shown are recognised and left out of `fields`. `stands` leads
    from a column that was put behind them to the one whose cells it repeats.
    """

    row: int
    fields: dict[int, str]
    titles: dict[str, str]
    unknown: list[str]
    width: int
    stands: dict[int, int] = field(default_factory=dict)


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


def is_plain_note(cells: Sequence[str]) -> bool:
    """Whether a row is a note whatever else stands in it: its first cell is such a word and no more, or a colon comes
    next (说明：…, 示例：芝英镇)."""
    return is_note(cells) and _PLAIN_NOTE.match(_first(cells)) is not None


def begins_block(cells: Sequence[str]) -> bool:
    """Whether a note may go on in the rows below it (说明)."""
    return is_note(cells) and _BEGINS_BLOCK.match(_first(cells)) is not None


def _first(cells: Sequence[str]) -> str:
    return next((key(cell) for cell in cells if cell.strip()), "")


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
    row, known, cells = best.line, best.fields, best.cells
    faults = []
    fields: dict[int, str] = {}
    titles: dict[str, str] = {}
    for index, name in known.items():
        if record.columns[name].shown_only:
            continue
        title = cells[index].strip()
        if name in titles:
            at = Place(sheet.file, sheet.name, row, column=letter(index))
            before = next(other for other, field in fields.items() if field == name)
            words = {"title": title, "first": letter(before), "second": letter(index), "kind": record.title}
            faults.append(Fault("E308", words, field=name, place=at))
            continue
        fields[index] = name
        titles[name] = title
    # A file that names its records by number may bring only what changes.
    told = own.covered(titles)
    if missing := set() if "number" in told or goes_on(record, told) else required(record) - told:
        named = "、".join(column.title for name, column in record.columns.items() if name in missing)
        number = record.columns.get("number")
        other = f"；登记过的，也可用“{number.title}”一列指明是哪一条，只填要改的列" if number else ""
        words = {"titles": named, "template": _template(record), "other": other}
        faults.append(Fault("E310", words, place=Place(sheet.file, sheet.name, row)))
    if faults:
        raise Refused(faults)
    headed = [index for index, cell in enumerate(cells) if _visible(cell)]
    passed = {index for index in headed if key(cells[index]) in own.ignored or index in own.placed}
    unknown = [cells[index].strip() for index in headed if index not in known and index not in passed]
    return Heading(row, fields, titles, unknown, headed[-1] + 1)


def likely(sheet: Sheet, records: Sequence[Record], own: Mapping[str, Own] | None = None) -> list[Record]:
    """The record types of which a sheet has the most headings; of several, those with all required headings there,
    then those that have a layout of their `own` (by name of the record type). Raises `Refused` E301 for none.
    """
    own = own or {}
    scores: dict[str, tuple[int, bool]] = {}
    for record in records:
        told = own.get(record.name, NOTHING)
        best = _best_row(sheet, record, WITHIN, told)
        if best is not None:
            recognised = set(best.fields.values())
            scores[record.name] = len(recognised), required(record) <= told.covered(recognised)
    if not scores:
        raise none_found(Place(file=sheet.file, sheet=sheet.name), records)
    # The number goes first: a hazard sheet without its description must not be taken for one of enterprises.
    found = [record for record in records if scores.get(record.name) == max(scores.values())]
    return [record for record in found if record.name in own] or found


def found(sheet: Sheet, record: Record, own: Own = NOTHING) -> Found | None:
    """The row that `match` takes for the headings; None if none has enough of them."""
    return _best_row(sheet, record, WITHIN, own)


def rows(sheet: Sheet, record: Record) -> Iterator[Found]:
    """Every row in which headings are looked for, with those of a record."""
    known = _known(record)
    for line, cells in islice(sheet.rows, WITHIN):
        yield Found(line, cells, {index: name for index, cell in enumerate(cells) if (name := _field(cell, known))})


def is_serial(heading: str) -> bool:
    """Whether a heading is that of a mere serial number of rows."""
    return key(heading) in SERIAL


def most(sheet: Sheet, records: Iterable[Record], own: Mapping[str, Own] | None = None) -> int:
    """How many headings are recognised in a sheet, at most, for one of the record types."""
    found = (_best_row(sheet, record, WITHIN, (own or {}).get(record.name, NOTHING)) for record in records)
    return max((len(set(best.fields.values())) for best in found if best), default=0)


def goes_on(record: Record, told: Collection[str]) -> bool:
    """Whether columns tell which known record is meant, without its number, and a step of its life: a list that closes
    hazards needs no more."""
    if not record.steps & set(told):
        return False
    instead = {"enterprise": "credit_code"}
    return any(
        key != ("number",) and all(name in told or instead.get(name) in told for name in key) for key in record.keys
    )


def required(record: Record) -> set[str]:
    """The fields of a record that a file must have a column for."""
    return {name for name, column in record.columns.items() if column.required}


@dataclass(frozen=True, slots=True)
class Found:
    """A row that may hold the headings: its line, its cells read together with those above, recognised columns."""

    line: int
    cells: Sequence[str]
    fields: dict[int, str]


def _best_row(sheet: Sheet, record: Record, within: int, own: Own) -> Found | None:
    """The first row that has the most headings of a record, if it has enough."""
    known = _known(record) | dict.fromkeys(own.ignored, "") | own.fields
    needed = required(record)
    best: Found | None = None
    most = 0
    above: list[str] = []
    for line, cells in sheet.rows[:within]:
        alone = {index: name for index, cell in enumerate(cells) if (name := _field(cell, known))}
        for row in (Found(line, cells, alone), _joined(line, above, cells, known)):
            if own.placed:
                row = replace(row, fields={i: name for i, name in {**row.fields, **own.placed}.items() if name})
            recognised = set(row.fields.values())
            enough = len(recognised) >= 2 or (recognised and recognised == needed)
            if enough and len(recognised) > most:
                best, most = row, len(recognised)
        above = cells
    return best


def _joined(line: int, above: Sequence[str], cells: Sequence[str], known: dict[str, str]) -> Found:
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
    return Found(line, joined, found)


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
